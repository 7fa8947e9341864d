// The payments of one portal under everything by which a line may find them, kept in step when a payment changes.

import type { NumberMask } from './masks.ts'
import { accountKey, nameForm } from './normalise.ts'
import { eachNumberKey } from './prepare.ts'
import type { ReadyPayer, ReadyPayment } from './prepare.ts'
import type { Tolerances } from './sums.ts'
import type { PayerAlias } from './types.ts'
import type { Weights } from './weights.ts'

/** A payer with more open payments than this has them indexed by sum. */
const lookedThrough = 48

export type NumberOf = 'payment' | 'order' | 'invoice'

export interface NumberEntry {
  ready: ReadyPayment
  of: NumberOf
  /** Found under a key that leaves a part of the number out. */
  loose: boolean
}

/** One payer's open payments, ordered by day, then id; also by sum, where they are too many to look through. */
export interface Owing {
  payer: ReadyPayer
  payments: ReadyPayment[]
  bySum: Map<string, ReadyPayment[]> | null
}

/** Buckets are ordered by day, then id. */
export interface PortalIndex {
  portalId: string
  masks: readonly NumberMask[]
  weights: Weights
  tolerances: Tolerances
  /** Also payments without money left: a number that one of them bears is nobody else's. */
  byNumber: ReadonlyMap<string, NumberEntry[]>
  /** Open payments only. */
  bySum: Map<string, ReadyPayment[]>
  /** All payers under their tax numbers, accounts, names and keys (`t…`, `a…`, `n…`, `k…`). */
  payers: ReadonlyMap<string, Owing[]>
  /** Payers under each word of their names. */
  words: ReadonlyMap<string, Owing[]>
  /** Words of names under themselves with one letter left out: built when first needed. */
  nearWords: Map<string, string[]> | null
  /** Payer keys that earlier decisions tied to a statement's name or account (`n…`, `a…`), and by how many. */
  aliases: Map<string, Map<string, number>>
}

export interface IndexOptions {
  weights: Weights
  tolerances: Tolerances
  aliases: readonly PayerAlias[]
  /** How each portal writes its numbers. */
  masks: ReadonlyMap<string, readonly NumberMask[]>
}

export function indexPayments(payments: readonly ReadyPayment[], options: IndexOptions): PortalIndex[] {
  const portals = new Map<string, ReadyPayment[]>()
  for (const ready of payments) push(portals, ready.payment.portalId, ready)
  return [...portals].map(([portalId, own]) => indexPortal(portalId, own, options))
}

function indexPortal(
  portalId: string,
  payments: readonly ReadyPayment[],
  { weights, tolerances, aliases, masks }: IndexOptions,
): PortalIndex {
  const byNumber = new Map<string, NumberEntry[]>()
  const bySum = new Map<string, ReadyPayment[]>()
  const owing = new Map<ReadyPayer, Owing>()
  const ownMasks = masks.get(portalId) ?? []
  const ordered = payments.toSorted(compareByDay)
  for (const ready of ordered) {
    eachNumberKey(ready, ownMasks, (key, of, loose) => push(byNumber, key, { ready, of, loose }))
    const own = owingOf(ready, owing)
    if (!ready.open) continue
    push(bySum, sumKeyOf(ready), ready)
    own?.payments.push(ready)
  }
  const index: PortalIndex = {
    portalId,
    masks: ownMasks,
    weights,
    tolerances,
    byNumber,
    bySum,
    payers: indexPayers(owing),
    words: indexWords(owing),
    nearWords: null,
    aliases: new Map(),
  }
  for (const alias of aliases) addAlias(index, alias)
  return index
}

function owingOf({ payer }: ReadyPayment, owing: Map<ReadyPayer, Owing>): Owing | null {
  if (!payer) return null
  const known = owing.get(payer)
  if (known) return known
  const own: Owing = { payer, payments: [], bySum: null }
  owing.set(payer, own)
  return own
}

function indexPayers(owing: ReadonlyMap<ReadyPayer, Owing>): Map<string, Owing[]> {
  const payers = new Map<string, Owing[]>()
  for (const own of owing.values()) {
    for (const handle of handlesOf(own.payer)) push(payers, handle, own)
    if (own.payments.length <= lookedThrough) continue
    own.bySum = new Map()
    for (const ready of own.payments) push(own.bySum, sumKeyOf(ready), ready)
  }
  return payers
}

function indexWords(owing: ReadonlyMap<ReadyPayer, Owing>): Map<string, Owing[]> {
  const words = new Map<string, Owing[]>()
  for (const own of owing.values()) {
    const ownWords = new Set(own.payer.names.flatMap((name) => name.words))
    for (const word of ownWords) if (word.length >= 3) push(words, word, own)
  }
  return words
}

/** Remembers that a statement's name or account pays for a payer of this portal; of another portal nothing. */
export function addAlias(index: PortalIndex, alias: PayerAlias): void {
  countAlias(index, alias, 1)
}

/** Forgets it again, unless another decision says the same. */
export function dropAlias(index: PortalIndex, alias: PayerAlias): void {
  countAlias(index, alias, -1)
}

function countAlias(index: PortalIndex, alias: PayerAlias, by: 1 | -1): void {
  if (alias.portalId !== index.portalId) return
  for (const handle of lineHandles('', accountKey(alias.account), nameForm(alias.name).key)) {
    const payers = index.aliases.get(handle) ?? new Map<string, number>()
    const count = (payers.get(alias.payerKey) ?? 0) + by
    if (count > 0) payers.set(alias.payerKey, count)
    else payers.delete(alias.payerKey)
    if (payers.size > 0) index.aliases.set(handle, payers)
    else index.aliases.delete(handle)
  }
}

/** Takes an open payment out of the buckets that say how much is left, before that changes. */
export function withdraw(index: PortalIndex, ready: ReadyPayment): void {
  if (!ready.open) return
  const sum = sumKeyOf(ready)
  removeFrom(index.bySum.get(sum), ready)
  for (const own of owingsOf(index, ready)) {
    removeFrom(own.payments, ready)
    removeFrom(own.bySum?.get(sum), ready)
  }
}

/** Puts it back, where it is still open, at its place by day and id. */
export function reinstate(index: PortalIndex, ready: ReadyPayment): void {
  if (!ready.open) return
  const sum = sumKeyOf(ready)
  insertInto(bucketOf(index.bySum, sum), ready)
  for (const own of owingsOf(index, ready)) {
    insertInto(own.payments, ready)
    if (own.bySum) insertInto(bucketOf(own.bySum, sum), ready)
  }
}

function owingsOf(index: PortalIndex, { payer }: ReadyPayment): Owing[] {
  if (!payer) return []
  return (index.payers.get(`k${payer.key}`) ?? []).filter((own) => own.payer === payer)
}

function bucketOf(map: Map<string, ReadyPayment[]>, key: string): ReadyPayment[] {
  const known = map.get(key)
  if (known) return known
  const bucket: ReadyPayment[] = []
  map.set(key, bucket)
  return bucket
}

function removeFrom(bucket: ReadyPayment[] | undefined, ready: ReadyPayment): void {
  const at = bucket?.indexOf(ready) ?? -1
  if (at >= 0) bucket?.splice(at, 1)
}

function insertInto(bucket: ReadyPayment[], ready: ReadyPayment): void {
  const at = bucket.findIndex((other) => compareByDay(ready, other) < 0)
  bucket.splice(at < 0 ? bucket.length : at, 0, ready)
}

/** Handles of a line's counterparty, or of an alias; too short a name is none. */
export function lineHandles(taxId: string, account: string, name: string): string[] {
  const handles: string[] = []
  if (taxId !== '') handles.push(`t${taxId}`)
  if (account !== '') handles.push(`a${account}`)
  if (name.length >= 4) handles.push(`n${name}`)
  return handles
}

export function handlesOf(payer: ReadyPayer): Set<string> {
  return new Set([
    `k${payer.key}`,
    ...payer.taxIds.map((id) => `t${id}`),
    ...payer.accounts.map((account) => `a${account}`),
    ...payer.names.filter(({ key }) => key.length >= 4).map(({ key }) => `n${key}`),
  ])
}

export function dayOf(ready: ReadyPayment): number {
  return ready.billDay ?? 0
}

export function sumKey(currency: string, minor: number): string {
  return `${currency}${minor}`
}

function sumKeyOf({ payment }: ReadyPayment): string {
  return sumKey(payment.currency, payment.leftMinor)
}

function compareByDay(a: ReadyPayment, b: ReadyPayment): number {
  return dayOf(a) - dayOf(b) || a.at - b.at
}

export function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
