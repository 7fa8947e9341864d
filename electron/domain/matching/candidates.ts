// Which payments are worth comparing with a line: indexes by number, sum and payer, so that the cost grows
// with the lines and not with lines times payments.

import type { PurposeNumber } from './purpose-number.ts'
import { nameForm } from './normalise.ts'
import { accountKey } from './normalise.ts'
import { numbersOf } from './prepare.ts'
import type { ReadyLine, ReadyPayer, ReadyPayment } from './prepare.ts'
import type { PayerAlias } from './types.ts'

/** Payments taken from one bucket of a popular number, sum or payer, those nearest in time to the line. */
const bucketLimit = 12
/** Payers that share one handle and are looked at. */
const sharersLimit = 20
/** A payer with more open payments than this has them indexed by sum. */
const lookedThrough = 48

export type NumberOf = 'payment' | 'order' | 'invoice'
/** A number of the purpose and one payment that bears it. */
export interface Named {
  number: PurposeNumber
  of: NumberOf
}

interface NumberEntry {
  ready: ReadyPayment
  of: NumberOf
}

/** The payments of one portal under everything by which a line may find them. Buckets are ordered by day, then id. */
export interface PortalIndex {
  portalId: string
  byNumber: ReadonlyMap<string, readonly NumberEntry[]>
  bySum: ReadonlyMap<string, readonly ReadyPayment[]>
  /** Payers under their tax numbers, accounts, names and keys (`t…`, `a…`, `n…`, `k…`). */
  payers: ReadonlyMap<string, readonly Owing[]>
  /** Payer keys that earlier decisions tied to a statement's name or account (`n…`, `a…`). */
  aliases: ReadonlyMap<string, ReadonlySet<string>>
}

/** One payer's open payments, ordered by day, then id; also by sum, where they are too many to look through. */
interface Owing {
  payments: ReadyPayment[]
  bySum: Map<string, ReadyPayment[]> | null
}

export interface Candidate {
  ready: ReadyPayment
  named: readonly Named[]
}

/** What a line found in one portal. */
export interface Found {
  index: PortalIndex
  candidates: Candidate[]
  /** For each sought number of the line the payments that bear it, those without money left included. */
  bearers: ReadonlyMap<PurposeNumber, readonly NumberEntry[]>
}

export function indexPayments(
  payments: readonly ReadyPayment[],
  aliases: readonly PayerAlias[],
): PortalIndex[] {
  const portals = new Map<string, ReadyPayment[]>()
  for (const ready of payments) push(portals, ready.payment.portalId, ready)
  return [...portals].map(([portalId, own]) => indexPortal(portalId, own, aliases))
}

function indexPortal(
  portalId: string,
  payments: readonly ReadyPayment[],
  aliases: readonly PayerAlias[],
): PortalIndex {
  const byNumber = new Map<string, NumberEntry[]>()
  const bySum = new Map<string, ReadyPayment[]>()
  const owing = new Map<ReadyPayer, Owing>()
  const ordered = payments.toSorted((a, b) => dayOf(a) - dayOf(b) || a.at - b.at)
  for (const ready of ordered) {
    for (const { of, keys } of numbersOf(ready)) for (const key of keys) push(byNumber, key, { ready, of })
    if (!ready.open) continue
    push(bySum, sumKey(ready.payment.currency, ready.payment.leftMinor), ready)
    if (!ready.payer) continue
    const known = owing.get(ready.payer)
    if (known) known.payments.push(ready)
    else owing.set(ready.payer, { payments: [ready], bySum: null })
  }
  return { portalId, byNumber, bySum, payers: indexPayers(owing), aliases: indexAliases(portalId, aliases) }
}

function indexPayers(owing: ReadonlyMap<ReadyPayer, Owing>): Map<string, Owing[]> {
  const payers = new Map<string, Owing[]>()
  for (const [payer, own] of owing) {
    for (const handle of handlesOf(payer)) push(payers, handle, own)
    if (own.payments.length <= lookedThrough) continue
    own.bySum = new Map()
    for (const ready of own.payments)
      push(own.bySum, sumKey(ready.payment.currency, ready.payment.leftMinor), ready)
  }
  return payers
}

function ofSum(own: Owing, line: ReadyLine, sum: string): readonly ReadyPayment[] {
  if (own.bySum) return own.bySum.get(sum) ?? []
  const { currency, leftMinor } = line.line
  return own.payments.filter(
    ({ payment }) => payment.leftMinor === leftMinor && payment.currency === currency,
  )
}

function indexAliases(portalId: string, aliases: readonly PayerAlias[]): Map<string, Set<string>> {
  const known = new Map<string, Set<string>>()
  for (const alias of aliases) {
    if (alias.portalId !== portalId) continue
    for (const handle of lineHandles('', accountKey(alias.account), nameForm(alias.name).key)) {
      const payers = known.get(handle)
      if (payers) payers.add(alias.payerKey)
      else known.set(handle, new Set([alias.payerKey]))
    }
  }
  return known
}

/** Open payments of the index that deserve comparing with an incoming line. */
export function findCandidates(line: ReadyLine, index: PortalIndex): Found {
  const bearers = findBearers(line, index)
  const chosen = new Map<number, Candidate & { named: Named[] }>()
  const add = (ready: ReadyPayment, named?: Named): void => {
    if (!ready.open || !mayPay(line, ready)) return
    const known = chosen.get(ready.at)
    if (!known) chosen.set(ready.at, { ready, named: named ? [named] : [] })
    else if (named) known.named.push(named)
  }
  for (const [number, entries] of bearers) {
    for (const { ready, of } of nearest(entries, line.day, 60, entryDay)) add(ready, { number, of })
  }
  const sum = sumKey(line.line.currency, line.line.leftMinor)
  const payers = payersOf(line, index)
  for (const ready of nearest(index.bySum.get(sum) ?? [], line.day, bucketLimit, dayOf)) add(ready)
  for (const own of payers) {
    for (const ready of nearest(ofSum(own, line, sum), line.day, bucketLimit, dayOf)) add(ready)
  }
  if (chosen.size === 0) {
    for (const own of payers) for (const ready of nearest(own.payments, line.day, 5, dayOf)) add(ready)
  }
  return { index, candidates: [...chosen.values()].sort((a, b) => a.ready.at - b.ready.at), bearers }
}

function findBearers(line: ReadyLine, index: PortalIndex): Map<PurposeNumber, readonly NumberEntry[]> {
  const bearers = new Map<PurposeNumber, readonly NumberEntry[]>()
  for (const number of line.sought) {
    const entries = index.byNumber.get(number.key)
    if (entries) bearers.set(number, entries)
  }
  return bearers
}

/** The open payments of whoever paid the line, nearest in time first; for finding sets that make up its sum. */
export function findOfPayer(line: ReadyLine, index: PortalIndex, limit: number): ReadyPayment[] {
  const found = new Map<number, ReadyPayment>()
  for (const own of payersOf(line, index)) {
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

/** Whether earlier decisions say that this line's name or account pays for this payer. */
export function knownAlias(line: ReadyLine, ready: ReadyPayment, index: PortalIndex): boolean {
  const payerKey = ready.payer?.key
  if (payerKey === undefined || index.aliases.size === 0) return false
  return lineHandles('', line.account, line.name.key).some((handle) =>
    index.aliases.get(handle)?.has(payerKey),
  )
}

/** Whoever may have paid the line; of a tax number or account that very many share only the first ones. */
function payersOf(line: ReadyLine, index: PortalIndex): Set<Owing> {
  const found = new Set<Owing>()
  for (const handle of payerHandles(line, index)) {
    for (const own of (index.payers.get(handle) ?? []).slice(0, sharersLimit)) found.add(own)
  }
  return found
}

function payerHandles(line: ReadyLine, index: PortalIndex): string[] {
  const handles = lineHandles(line.taxId, line.account, line.name.isBank ? '' : line.name.key)
  if (index.aliases.size === 0) return handles
  const aliased = handles.flatMap((handle) =>
    [...(index.aliases.get(handle) ?? [])].sort().map((key) => `k${key}`),
  )
  return [...handles, ...aliased]
}

function lineHandles(taxId: string, account: string, name: string): string[] {
  const handles: string[] = []
  if (taxId !== '') handles.push(`t${taxId}`)
  if (account !== '') handles.push(`a${account}`)
  if (name.length >= 4) handles.push(`n${name}`)
  return handles
}

function handlesOf(payer: ReadyPayer): Set<string> {
  return new Set([
    `k${payer.key}`,
    ...payer.taxIds.map((id) => `t${id}`),
    ...payer.accounts.map((account) => `a${account}`),
    ...payer.names.filter(({ key }) => key.length >= 4).map(({ key }) => `n${key}`),
  ])
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

function dayOf(ready: ReadyPayment): number {
  return ready.billDay ?? 0
}

function entryDay(entry: NumberEntry): number {
  return dayOf(entry.ready)
}

function sumKey(currency: string, minor: number): string {
  return `${currency}${minor}`
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
