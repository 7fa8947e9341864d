// The first invented world with a known truth: five portals that number in their own ways, years of history,
// payers of five languages, and every trouble that accountants name. Another world is in `matching-market.ts`.

import { defaultSettings } from '../../electron/domain/matching/types.ts'
import type { MatchLine, MatchPayment, PayerAlias } from '../../electron/domain/matching/types.ts'
import { addAnyLine } from './matching-books-lines.ts'
import { buildParty } from './matching-parties.ts'
import type { Party, Speech } from './matching-parties.ts'
import { chanceOf, dayText, judgeWorld, pick, shuffle, upTo } from './matching-truth.ts'
import type { Clues, Random, TruthWorld } from './matching-truth.ts'

export interface Owed {
  payment: MatchPayment
  party: Party
  billDay: number
}

export interface Own {
  account: string
  portalId: string
  ownCompanyId: number
  currency: string
  speech: Speech
}

export interface Books {
  random: Random
  parties: Party[]
  owed: Owed[]
  byParty: Map<Party, Owed[]>
  /** Payments that no line has paid yet; those of the portal's last year first to go. */
  free: Owed[]
  taken: Set<Owed>
  lines: MatchLine[]
  clues: Map<number, Clues>
  aliases: PayerAlias[]
  withoutPayments: Set<number>
}

export const own: readonly Own[] = [
  { account: '40702810100000000001', portalId: 'p_books_ru', ownCompanyId: 1, currency: 'RUB', speech: 'ru' },
  { account: '40702810200000000002', portalId: 'p_books_ru', ownCompanyId: 2, currency: 'RUB', speech: 'ru' },
  {
    account: 'BY13NBRB3600900000002Z00AB00',
    portalId: 'p_books_by',
    ownCompanyId: 3,
    currency: 'BYN',
    speech: 'be',
  },
  { account: 'KZ86125KZT5004100100', portalId: 'p_books_kz', ownCompanyId: 4, currency: 'KZT', speech: 'kk' },
  {
    account: 'GB29NWBK60161331926819',
    portalId: 'p_books_en',
    ownCompanyId: 5,
    currency: 'GBP',
    speech: 'en',
  },
  {
    account: 'DE89370400440532013000',
    portalId: 'p_books_de',
    ownCompanyId: 6,
    currency: 'EUR',
    speech: 'de',
  },
]

/** How each portal numbers its orders; `year` restarts the count. */
const styles: Record<string, { year: boolean; number: (count: number, year: number) => string }> = {
  p_books_ru: { year: false, number: (count) => String(1000 + count) },
  p_books_by: { year: true, number: (count, year) => `А-${count}/${String(year).slice(2)}` },
  p_books_kz: { year: true, number: (count) => String(count) },
  p_books_en: { year: true, number: (count, year) => `INV${year}-${count}` },
  p_books_de: { year: false, number: (count) => `RE-${String(10_000 + count)}` },
}

const firstDay = Date.UTC(2024, 0, 8) / 86_400_000
export const lastDay = Date.UTC(2026, 8, 30) / 86_400_000
const popular = [
  100_000, 250_000, 500_000, 1_000_000, 199_000, 1_500_000, 300_000, 1_200_000, 99_000, 490_000,
]

export function buildBooks(size: { lines: number; payments: number; seed: number }): TruthWorld {
  const random = chanceOf(size.seed)
  const books: Books = {
    random,
    parties: [],
    owed: [],
    byParty: new Map(),
    free: [],
    taken: new Set(),
    lines: [],
    clues: new Map(),
    aliases: [],
    withoutPayments: new Set(),
  }
  buildParties(books, Math.max(12, Math.round(size.payments / 7)))
  buildPayments(books, size.payments)
  books.free = shuffle(
    books.owed.filter(({ payment }) => payment.leftMinor > 0),
    random,
  )
  while (books.lines.length < size.lines) addAnyLine(books)
  const input = {
    lines: books.lines,
    payments: books.owed.map(({ payment }) => payment).filter(({ id }) => !books.withoutPayments.has(id)),
    rejected: [],
    aliases: books.aliases,
    settings: defaultSettings,
  }
  return { input, truth: judgeWorld(input, books.clues) }
}

function buildParties(books: Books, count: number): void {
  const { random } = books
  const speeches: readonly Speech[] = ['ru', 'ru', 'ru', 'ru', 'be', 'kk', 'en', 'de']
  for (let at = 0; at < count; at += 1) books.parties.push(buildParty(at, pick(speeches, random), random))
}

function buildPayments(books: Books, count: number): void {
  const { random } = books
  const span = lastDay - firstDay
  const days = Array.from({ length: count }, (_, at) => {
    const share = at / count
    return firstDay + Math.floor(span * (share < 0.35 ? share * 1.7 : 0.595 + (share - 0.35) * 0.62))
  })
  const counts = new Map<string, number>()
  for (let at = 0; books.owed.length < count; at += 1) {
    const party = pick(books.parties, random)
    addOrder(books, { party, billDay: days[Math.min(at, count - 1)] ?? firstDay, counts, limit: count })
  }
}

function addOrder(
  books: Books,
  order: { party: Party; billDay: number; counts: Map<string, number>; limit: number },
): void {
  const { random } = books
  const { party, billDay, counts } = order
  const account = pick(
    own.filter(({ speech }) => speech === party.speech),
    random,
  )
  const year = new Date(billDay * 86_400_000).getUTCFullYear()
  const style = styles[account.portalId]
  const counter = style?.year ? `${account.portalId} ${year}` : account.portalId
  const next = (counts.get(counter) ?? 0) + 1
  counts.set(counter, next)
  const orderNumber = style?.number(next, year) ?? ''
  const parts = random() < 0.1 ? 2 + upTo(3, random) : 1
  const evenly = random() < 0.4
  const sum = sumOf(random)
  const isHistory = billDay < firstDay + 700
  for (let part = 1; part <= parts && books.owed.length < order.limit; part += 1) {
    const sumMinor = parts > 1 && !evenly ? sumOf(random) : sum
    const isClosed = isHistory && random() < 0.9
    const payment: MatchPayment = {
      portalId: account.portalId,
      id: books.owed.length + 1,
      accountNumber: `${orderNumber}/${part}`,
      orderNumber,
      ownerNumber: random() < 0.08 ? String(70_000 + next) : '',
      sumMinor,
      leftMinor: isClosed ? 0 : sumMinor,
      currency: account.currency,
      paid: isClosed,
      paidAt: isClosed ? `${dayText(billDay + upTo(20, random))}T09:00:00.000Z` : null,
      billDay: dayText(billDay),
      payBeforeDay: random() < 0.5 ? dayText(billDay + 14) : null,
      payer:
        random() < 0.01
          ? null
          : { key: party.key, names: party.names, taxIds: party.taxIds, accounts: party.accounts },
      ownCompanyId: random() < 0.95 ? account.ownCompanyId : null,
      isReturn: false,
      paySystemIsCash: false,
      gone: false,
    }
    const owed = { payment, party, billDay }
    books.owed.push(owed)
    const known = books.byParty.get(party)
    if (known) known.push(owed)
    else books.byParty.set(party, [owed])
  }
}

function sumOf(random: Random): number {
  return random() < 0.3 ? pick(popular, random) : 5_000 + upTo(9_000_000, random)
}
