// What the generators of bookkeeping worlds share: chance, the truth about lines, and whether a person could
// have told it. Knows nothing of how the matcher works.

import type { MatchInput, MatchLine, MatchPayment } from '../../electron/domain/matching/types.ts'

export type Random = () => number

/** What really happened with a line: the payments it pays, none for money that belongs to no payment. */
export interface Truth {
  /** The noise the line was made with. */
  kind: string
  paymentIds: number[]
  /** A person could tell the true payments from the line, the payments and the stored aliases. */
  told: boolean
}

export interface TruthWorld {
  input: MatchInput
  truth: Map<number, Truth>
}

/** What the generator knows to be readable on a line. */
export interface Clues {
  kind: string
  paymentIds: number[]
  /** Numbers that stand whole in the purpose, as the portal writes them or as everybody shortens them. */
  writes: readonly string[]
  /** Payers whom a person recognises in the counterparty or in the words of the purpose. */
  knows: readonly string[]
  /** The counterparty is plainly somebody else, whom nothing ties to the payer. */
  isStranger: boolean
  /** Money that a person would not give to any payment although it could be (a repeat, a reversed line). */
  neverTold: boolean
}

/** The same numbers in [0, 1) for the same seed (mulberry32). */
export function chanceOf(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

export function pick<Value>(list: readonly Value[], random: Random): Value {
  const value = list[Math.floor(random() * list.length)]
  if (value === undefined) throw new Error('nothing to pick from')
  return value
}

export function upTo(limit: number, random: Random): number {
  return Math.floor(random() * limit)
}

export function digits(length: number, random: Random): string {
  return Array.from({ length }, () => upTo(10, random)).join('')
}

export function shuffle<Value>(list: Value[], random: Random): Value[] {
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = upTo(at + 1, random)
    const held = list[at]
    const moved = list[other]
    if (held === undefined || moved === undefined) continue
    list[at] = moved
    list[other] = held
  }
  return list
}

export function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}

/** `12.09.2026` */
export function dotted(day: number): string {
  const [year = '', month = '', date = ''] = dayText(day).split('-')
  return `${date}.${month}.${year}`
}

export function dayOf(text: string | null): number {
  return text === null ? 0 : Math.round(Date.parse(text.slice(0, 10)) / 86_400_000)
}

/** How payers shorten a portal's number: without the payment's ordinal. */
export function shortened(accountNumber: string): string {
  return accountNumber.replace(/\/\d{1,3}$/, '')
}

interface Books {
  byNumber: Map<string, MatchPayment[]>
  byPayer: Map<string, MatchPayment[]>
  /** Payments whose own line writes their number: nobody else's in a person's eyes. */
  spoken: Set<number>
}

/** Judges every line as a person with all books open would. */
export function judgeWorld(input: MatchInput, clues: ReadonlyMap<number, Clues>): Map<number, Truth> {
  const books: Books = { byNumber: new Map(), byPayer: new Map(), spoken: new Set() }
  const byId = new Map(input.payments.map((payment) => [payment.id, payment]))
  for (const payment of input.payments) {
    if (payment.leftMinor === 0 || payment.gone) continue
    for (const number of new Set([payment.accountNumber, payment.orderNumber, payment.ownerNumber]))
      if (number !== '') add(books.byNumber, `${payment.portalId} ${number}`, payment)
    if (payment.payer) add(books.byPayer, payment.payer.key, payment)
  }
  for (const { writes, paymentIds } of clues.values())
    if (writes.length > 0) for (const id of paymentIds) books.spoken.add(id)
  const truth = new Map<number, Truth>()
  for (const line of input.lines) {
    const clue = clues.get(line.id)
    if (!clue) continue
    const wanted = clue.paymentIds.flatMap((id) => byId.get(id) ?? [])
    const told = !clue.neverTold && wanted.length > 0 && couldTell(line, clue, wanted, books)
    truth.set(line.id, { kind: clue.kind, paymentIds: clue.paymentIds, told })
  }
  return truth
}

function add(map: Map<string, MatchPayment[]>, key: string, payment: MatchPayment): void {
  const list = map.get(key)
  if (list) list.push(payment)
  else map.set(key, [payment])
}

function couldTell(line: MatchLine, clue: Clues, wanted: readonly MatchPayment[], books: Books): boolean {
  if (clue.isStranger || line.leftMinor <= 0) return false
  const ids = new Set(wanted.map(({ id }) => id))
  const payers = new Set(clue.knows)
  const fits = (payment: MatchPayment): boolean =>
    payment.currency === line.currency &&
    (line.bound === null || line.bound.portalId === payment.portalId) &&
    (line.bound === null || payment.ownCompanyId === null || payment.ownCompanyId === line.bound.ownCompanyId)
  if (clue.writes.length > 0) {
    const bearers = clue.writes.map((number) =>
      (books.byNumber.get(`${wanted[0]?.portalId} ${number}`) ?? []).filter(
        (payment) => fits(payment) && (payers.size === 0 || payers.has(payment.payer?.key ?? '')),
      ),
    )
    const all = [...new Set(bearers.flat())]
    if (all.length === wanted.length && all.every(({ id }) => ids.has(id))) return true
    const exact = all.filter((payment) => payment.leftMinor === line.leftMinor)
    if (wanted.length === 1) return exact.length === 1 && exact.every(({ id }) => ids.has(id))
    return all.length <= 12 && onlySet(all, line.leftMinor, ids)
  }
  const day = dayOf(line.bankDay)
  const owed = [...payers]
    .flatMap((key) => books.byPayer.get(key) ?? [])
    .filter((payment) => fits(payment) && (ids.has(payment.id) || !books.spoken.has(payment.id)))
    .filter(({ billDay }) => day - dayOf(billDay) >= -5)
  const exact = owed.filter((payment) => payment.leftMinor === line.leftMinor)
  if (wanted.length === 1) return exact.length === 1 && exact.every(({ id }) => ids.has(id))
  return exact.length === 0 && owed.length <= 12 && onlySet(owed, line.leftMinor, ids)
}

/** Whether exactly one set of payments makes the sum, and it is the true one. */
function onlySet(payments: readonly MatchPayment[], sum: number, ids: ReadonlySet<number>): boolean {
  let sets = 0
  let isTrue = false
  for (let mask = 1; mask < 1 << payments.length; mask += 1) {
    const set = payments.filter((_, at) => (mask >> at) & 1)
    if (set.reduce((total, { leftMinor }) => total + leftMinor, 0) !== sum) continue
    sets += 1
    isTrue = set.length === ids.size && set.every(({ id }) => ids.has(id))
  }
  return sets === 1 && isTrue
}
