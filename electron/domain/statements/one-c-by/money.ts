// Which of a Belarusian statement's sums are in the account's own currency. An account in roubles has one pair of
// sums; one in another currency has two, its own and their worth in roubles, and banks disagree which has the Q.

import { currencyOf, type Currency } from '../../../contract/money.ts'
import { readAmount, type AmountReading } from '../amount-text.ts'
import { firstOf, type Keys } from './document.ts'

/** Numbers of ISO 4217 that accounts in Belarus are kept in; 974 was the rouble until 2016. */
const byNumber: Readonly<Record<string, string>> = {
  '933': 'BYN',
  '974': 'BYR',
  '840': 'USD',
  '978': 'EUR',
  '643': 'RUB',
  '810': 'RUB',
  '156': 'CNY',
  '985': 'PLN',
  '980': 'UAH',
  '398': 'KZT',
  '826': 'GBP',
  '756': 'CHF',
  '392': 'JPY',
  '752': 'SEK',
  '578': 'NOK',
  '208': 'DKK',
  '203': 'CZK',
  '124': 'CAD',
  '036': 'AUD',
  '949': 'TRY',
  '784': 'AED',
  '981': 'GEL',
  '051': 'AMD',
  '944': 'AZN',
  '417': 'KGS',
  '498': 'MDL',
  '860': 'UZS',
}

/** The currency of an alphabetic or numeric code; undefined for anything else. */
export function currencyOfCode(code: string): Currency | undefined {
  const text = code.trim()
  if (/^\d{1,3}$/.test(text)) {
    const digits = text.padStart(3, '0')
    return Object.hasOwn(byNumber, digits) ? currencyOf(byNumber[digits] ?? '') : undefined
  }
  return currencyOf(text)
}

/** Which key has the account's own money: the plain one, or the one with a Q behind it. */
export type Pair = 'plain' | 'Q'

/**
 * Told by the header. `InRate=4.4640/10.00` is the worth of ten units in roubles and shows which balance is which;
 * else the balances' names do (`RestIn` beside `RestInQ`: the second is the worth; `InCreQ` beside `InCre`: the first);
 * else the kind of export (6 names them as `RestIn` does).
 */
export function pairOf(head: Keys, type: string): Pair {
  return pairByRate(head) ?? pairByNames(head) ?? (type === '6' ? 'plain' : 'Q')
}

function pairByNames(head: Keys): Pair | undefined {
  if (head.has('RestIn') && head.has('RestInQ')) return 'plain'
  return head.has('InCreQ') || head.has('InDebQ') || head.has('CrInQ') ? 'Q' : undefined
}

function pairByRate(head: Keys): Pair | undefined {
  const [rate = NaN, units = 1] = (head.get('InRate') ?? '').split('/').map(Number)
  const plain = Number(firstOf(head, 'InCre', 'RestIn')) || 0
  const other = Number(firstOf(head, 'InCreQ', 'RestInQ')) || 0
  if (!(rate > 0 && units > 0 && plain > 0 && other > 0)) return undefined
  // Only which of two readings fits is asked here, no sum is taken from it: a hundredth of the sum is near enough.
  const fits = (own: number, worth: number) => Math.abs((own * rate) / units - worth) <= worth / 100 + 0.01
  if (fits(other, plain) === fits(plain, other)) return undefined
  return fits(other, plain) ? 'Q' : 'plain'
}

export interface Sides {
  debit: AmountReading
  credit: AmountReading
}

/** What a document takes from the account and what it brings; a side that is not named is missing. */
export function sidesOf(keys: Keys, pair: Pair, currency: Currency): Sides {
  const read = (...names: string[]) => readAmount(firstOf(keys, ...names), currency)
  // `Db` and `Credit` have no worth in roubles beside them; `Deb` and `Cre` without their Q are nothing but the worth.
  const q = pair === 'Q' && ['DebQ', 'CreQ', 'Deb', 'Cre'].some((key) => keys.has(key))
  return q
    ? { debit: read('DebQ'), credit: read('CreQ') }
    : { debit: read('Db', 'Deb', 'Debit'), credit: read('Credit', 'Cre') }
}

export interface Balance {
  minor: number | null
  /** The text of a balance that is there and cannot be read. */
  wrong: string | null
}

/** The balance at the start (`in`) or the end (`out`): one sum, or one for each side of the account. */
export function balanceOf(keys: Keys, at: 'in' | 'out', pair: Pair, currency: Currency): Balance {
  const names = at === 'in' ? openingNames : closingNames
  const q = pair === 'Q'
  const single = firstOf(keys, ...(q ? [names.singleQ, names.single] : [names.single]))
  if (single !== '') return balance(readAmount(single, currency), { minor: 0 }, single)
  const debits = q ? names.debitQ : names.debit
  const credits = q ? names.creditQ : names.credit
  const [debit, credit] = [firstOf(keys, ...debits), firstOf(keys, ...credits)]
  if (debit === '' && credit === '') return { minor: null, wrong: null }
  const zero: AmountReading = { minor: 0 }
  return balance(
    credit === '' ? zero : readAmount(credit, currency),
    debit === '' ? zero : readAmount(debit, currency),
    `${debit} ${credit}`.trim(),
  )
}

function balance(credit: AmountReading, debit: AmountReading, text: string): Balance {
  if ('wrong' in credit || 'wrong' in debit) return { minor: null, wrong: text }
  return { minor: credit.minor - debit.minor, wrong: null }
}

const openingNames = {
  single: 'RestIn',
  singleQ: 'RestInQ',
  debit: ['DebIn', 'InDeb'],
  credit: ['CrIn', 'InCre'],
  debitQ: ['InDebQ', 'DebInQ'],
  creditQ: ['InCreQ', 'CrInQ'],
}
const closingNames = {
  single: 'RestOut',
  singleQ: 'RestOutQ',
  debit: ['DebOut', 'OutDeb'],
  credit: ['CrOut', 'OutCre'],
  debitQ: ['OutDebQ', 'DebOutQ'],
  creditQ: ['OutCreQ', 'CrOutQ'],
}
