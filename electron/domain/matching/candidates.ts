// Which payments are worth comparing with a line, through indexes by number, sum and payer, so that the cost
// grows with the lines and not with lines times payments.

import { findLikelyPayers } from './likely-payers.ts'
import { findMentions } from './mentions.ts'
import type { PurposeNumber } from './purpose-number.ts'
import { dayOf, lineHandles, sumKey } from './portal-index.ts'
import type { NumberEntry, NumberOf, Owing, PortalIndex } from './portal-index.ts'
import type { ReadyLine, ReadyPayer, ReadyPayment } from './prepare.ts'

/** Payments taken from one bucket of a popular number, sum or payer, those nearest in time to the line. */
const bucketLimit = 12
const bearersLimit = 60
/** Payers that share one handle and are looked at. */
const sharersLimit = 20

/** A number of the purpose and one payment that bears it. */
export interface Named {
  number: PurposeNumber
  of: NumberOf
  /** A part of the payment's number was left out. */
  loose: boolean
}

export interface Candidate {
  ready: ReadyPayment
  named: readonly Named[]
}

/** Who paid a line, as far as one portal knows. */
export interface Who {
  /** Payers tied to the line by tax number, account, name, alias, a garbled name or a mention. */
  payers: ReadonlySet<Owing>
  /** The payers whose own tax number, account or exact name stands on the line, by which of them. */
  byTaxId: readonly Owing[]
  byAccount: readonly Owing[]
  byName: readonly Owing[]
  /** The payers whom the purpose names, looked for only where nothing else ties the line to a payer. */
  byMention: readonly Owing[]
}

/** What a line found in one portal. */
export interface Found {
  index: PortalIndex
  who: Who
  candidates: Candidate[]
  /** For each sought number of the line the payments that bear it, those without money left included. */
  bearers: ReadonlyMap<PurposeNumber, readonly NumberEntry[]>
}

/** Open payments of the index that deserve comparing with an incoming line. */
export function findCandidates(line: ReadyLine, index: PortalIndex): Found {
  const bearers = findBearers(line, index)
  const who = findWho(line, index)
  const chosen = new Map<number, Candidate & { named: Named[] }>()
  const add = (ready: ReadyPayment, named?: Named): void => {
    if (!ready.open || !mayPay(line, ready)) return
    const known = chosen.get(ready.at)
    if (!known) chosen.set(ready.at, { ready, named: named ? [named] : [] })
    else if (named) known.named.push(named)
  }
  for (const [number, entries] of bearers) {
    for (const { ready, of, loose } of nearest(entries, line.day, bearersLimit, entryDay))
      add(ready, { number, of, loose })
  }
  const sum = sumKey(line.line.currency, line.line.leftMinor)
  for (const ready of ofLineSum(line, index)) add(ready)
  for (const own of who.payers) {
    for (const ready of nearest(ofSum(own, line, sum), line.day, bucketLimit, dayOf)) add(ready)
  }
  if (chosen.size === 0) {
    for (const own of who.payers) for (const ready of nearest(own.payments, line.day, 5, dayOf)) add(ready)
  }
  const candidates = [...chosen.values()].sort((a, b) => a.ready.at - b.ready.at)
  return { index, who, candidates, bearers }
}

/** Open payments over the line's very sum, whoever is to pay them; of a popular sum those nearest in time. */
export function ofLineSum(line: ReadyLine, index: PortalIndex): readonly ReadyPayment[] {
  const { currency, leftMinor } = line.line
  return nearest(index.bySum.get(sumKey(currency, leftMinor)) ?? [], line.day, bucketLimit, dayOf)
}

function ofSum(own: Owing, line: ReadyLine, sum: string): readonly ReadyPayment[] {
  if (own.bySum) return own.bySum.get(sum) ?? []
  const { currency, leftMinor } = line.line
  return own.payments.filter(
    ({ payment }) => payment.leftMinor === leftMinor && payment.currency === currency,
  )
}

function findBearers(line: ReadyLine, index: PortalIndex): Map<PurposeNumber, readonly NumberEntry[]> {
  const bearers = new Map<PurposeNumber, readonly NumberEntry[]>()
  for (const number of line.sought) {
    const entries = index.byNumber.get(number.key)
    if (entries) bearers.set(number, entries)
  }
  return bearers
}

/** Who paid the line: by requisites first; only when they tell nobody, by garbled names and the purpose's words. */
export function findWho(line: ReadyLine, index: PortalIndex): Who {
  const isBank = line.name.isBank
  const byTaxId = sharers(index, isBank ? '' : line.taxId && `t${line.taxId}`)
  const byAccount = sharers(index, line.account && `a${line.account}`)
  const [nameHandle = ''] = isBank ? [] : lineHandles('', '', line.name.key)
  const byName = sharers(index, nameHandle)
  const payers = new Set<Owing>([...byTaxId, ...byAccount, ...byName, ...aliased(line, index)])
  let byMention = nobody
  if (payers.size === 0) {
    for (const own of findLikelyPayers(line.name, index)) payers.add(own)
    byMention = [...findMentions(line, index).keys()]
    for (const own of byMention) payers.add(own)
  }
  return { payers, byTaxId, byAccount, byName, byMention }
}

function sharers(index: PortalIndex, handle: string): readonly Owing[] {
  if (handle === '') return nobody
  const all = index.payers.get(handle) ?? nobody
  return all.length > sharersLimit ? all.slice(0, sharersLimit) : all
}

const nobody: readonly Owing[] = []

/** Whether the payer is one of them. */
export function isAmong(payer: { key: string }, some: readonly Owing[]): boolean {
  return some.some((own) => own.payer.key === payer.key)
}

function aliased(line: ReadyLine, index: PortalIndex): Owing[] {
  if (index.aliases.size === 0) return []
  return aliasHandles(line).flatMap((handle) =>
    [...(index.aliases.get(handle)?.keys() ?? [])].sort().flatMap((key) => sharers(index, `k${key}`)),
  )
}

/** Whether earlier decisions say that this line's name or account pays for this payer. */
export function knownAlias(line: ReadyLine, payer: ReadyPayer, index: PortalIndex): boolean {
  if (index.aliases.size === 0) return false
  return aliasHandles(line).some((handle) => index.aliases.get(handle)?.has(payer.key))
}

/** A bank's name and an account that a bank pays from are nobody's alias. */
function aliasHandles(line: ReadyLine): string[] {
  return lineHandles('', line.account, line.name.isBank ? '' : line.name.key)
}

/** The open payments of whoever paid the line, nearest in time first; for finding sets that make up its sum. */
export function findOfPayer(line: ReadyLine, { who }: Found, limit: number): ReadyPayment[] {
  const found = new Map<number, ReadyPayment>()
  for (const own of who.payers) {
    for (const ready of nearest(own.payments, line.day, limit, dayOf)) {
      if (mayPay(line, ready)) found.set(ready.at, ready)
    }
  }
  return [...found.values()].sort((a, b) => a.at - b.at)
}

/** Money rule 4 and the currency: whether money of this line could be for this payment at all. */
export function mayPay(line: ReadyLine, ready: ReadyPayment): boolean {
  const { bound, currency } = line.line
  const { payment } = ready
  if (payment.currency !== currency || payment.gone) return false
  if (bound === null) return true
  if (bound.portalId !== payment.portalId) return false
  return (
    bound.ownCompanyId === null ||
    payment.ownCompanyId === null ||
    bound.ownCompanyId === payment.ownCompanyId
  )
}

/** At most `limit` entries of a bucket ordered by day, those around the given day. */
function nearest<Entry>(
  entries: readonly Entry[],
  day: number,
  limit: number,
  dayOfEntry: (entry: Entry) => number,
): readonly Entry[] {
  if (entries.length <= limit) return entries
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >> 1
    const entry = entries[middle]
    if (entry !== undefined && dayOfEntry(entry) <= day) low = middle + 1
    else high = middle
  }
  const start = Math.max(0, Math.min(low - Math.ceil(limit * 0.75), entries.length - limit))
  return entries.slice(start, start + limit)
}

function entryDay(entry: NumberEntry): number {
  return dayOf(entry.ready)
}
