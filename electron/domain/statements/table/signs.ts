// Whether it can be known from a table's rows which sums came in and which went out.

import type { DecimalMark } from './amounts.ts'
import { readCellAmount } from './amounts.ts'
import { BalanceChain } from './balance.ts'
import type { Columns } from './columns.ts'
import { cellsOf } from './columns.ts'
import { plainCell } from './cells.ts'
import { findDateOrder, readDate } from './dates.ts'
import type { DateOrder } from './dates.ts'
import { headerText, paymentRolesOf } from './headers.ts'
import { partyInCell } from './parties.ts'
import { cardWords, debitWords } from './words.ts'

export interface SignsFound {
  /** False when nothing in the table tells what a sum without a sign means. */
  certain: boolean
  invert: boolean
}

interface Table {
  columns: Columns
  titles: readonly string[]
  data: readonly string[][]
  mark: DecimalMark
  /** The own account, when it is known. */
  account: string
  /** Whether the file names it. */
  named: boolean
}

/**
 * A pair of columns, a flag, a minus or plus in at least one cell, the sides on which the own account stands, or a
 * balance beside the sums settle it. Sums that are all bare numbers may be a card's purchases or a list without signs:
 * then a person has to look. So they have where a pair of columns reads as the two sides of a journal's entries.
 */
export function findSigns(given: Table): SignsFound {
  const table = { ...given, data: datedRows(given) }
  const { columns, titles, data, mark, account, named } = table
  const known = { certain: true, invert: false }
  const { amount, balance, direction } = columns
  if (amount === undefined) return { certain: !isJournal(table), invert: false }
  const cells = cellsOf(data, amount).filter((cell) => /\d/.test(cell))
  const sums = data.map((row) => minorOf(row[amount] ?? '', mark))
  if (direction !== undefined) return { certain: isFlagged(table, direction, sums), invert: false }
  if (balance !== undefined) {
    const balances = data.map((row) => minorOf(row[balance] ?? '', mark))
    if (follows(sums, balances, 1)) return known
    if (follows(sums, balances, -1)) return { certain: true, invert: true }
  }
  if (standsOnSides(columns, data, account, sums)) return known
  const negative = sums.filter((sum) => sum !== null && sum < 0).length
  const card = titles.some((title) => cardWords.test(headerText(title))) && !isShop(titles)
  // Card statements list purchases without a minus, and what was paid back with one; half of each is either.
  const settled = paymentRolesOf(titles).size > 0
  if (
    card &&
    balance === undefined &&
    negative * 2 <= cells.length &&
    (negative * 2 < cells.length || !settled)
  )
    return { certain: cells.length === 0, invert: negative * 2 < cells.length }
  const statement = named || balance !== undefined || (cells.length < fewest && namesOtherSide(columns))
  return {
    certain: cells.length === 0 || isSigned(cells, negative, statement),
    invert: false,
  }
}

/** Totals and remarks stand among the lines and are none. */
function datedRows({ columns, data }: Table): readonly string[][] {
  const { bankDay } = columns
  if (bankDay === undefined) return data
  const dated = data.filter((row) => findDateOrder([row[bankDay] ?? '']) !== null)
  return dated.length > 0 ? dated : data
}

/** Own accounts of banks are no shorter; a chart of accounts has codes such as 51 and 62.01. */
const shortestAccount = 7

/** Whether every sum has the own account on one of its two sides. */
function standsOnSides(
  columns: Columns,
  data: readonly string[][],
  account: string,
  sums: readonly (number | null)[],
): boolean {
  const { payerAccount, payeeAccount } = columns
  if (payerAccount === undefined || payeeAccount === undefined || account.length < shortestAccount)
    return false
  return data.every((row, at) => {
    const sides = [payerAccount, payeeAccount].map(
      (column) => partyInCell(plainCell(row[column] ?? '')).account,
    )
    return (sums[at] ?? null) === null || sides.includes(account)
  })
}

/**
 * Whether the flag says of every sum which way it went. One that marks one direction only leaves open what a sum without
 * it is, unless a balance tells.
 */
function isFlagged(
  { columns, data, mark }: Table,
  direction: number,
  sums: readonly (number | null)[],
): boolean {
  const flags = cellsOf(data, direction)
  const bare = sums.some((sum, at) => sum !== null && sum !== 0 && flags[at] === '')
  if (!bare || columns.balance === undefined) return !bare
  const balances = cellsOf(data, columns.balance).map((cell) => minorOf(cell, mark))
  const signed = sums.map((sum, at) => {
    const out = debitWords.includes((flags[at] ?? '').toLowerCase())
    return sum === null ? null : out ? -Math.abs(sum) : sum
  })
  return follows(signed, balances, 1)
}

/**
 * The double entry of a bookkeeping program: a sum on both sides of a row, or rows of which each day's debits are its
 * credits. Read as a statement, one payment would be money in and money out.
 */
function isJournal({ columns, data, mark }: Table): boolean {
  const { credit, debit, bankDay, balance } = columns
  if (credit === undefined || debit === undefined) return false
  const days = new Map<string, number>()
  let rows = 0
  let both = 0
  for (const row of data) {
    const [inMinor, outMinor] = [minorOf(row[credit] ?? '', mark) ?? 0, minorOf(row[debit] ?? '', mark) ?? 0]
    if (inMinor === 0 && outMinor === 0) continue
    rows++
    if (inMinor !== 0 && outMinor !== 0) both++
    const day = row[bankDay ?? -1] ?? ''
    days.set(day, (days.get(day) ?? 0) + Math.abs(inMinor) - Math.abs(outMinor))
  }
  if (both * 2 > rows) return true
  // The last day may go on behind the rows that are looked at.
  const whole = data.length < 1000 ? [...days.values()] : [...days.values()].slice(0, -1)
  return balance === undefined && rows > 1 && whole.length > 0 && whole.every((minor) => minor === 0)
}

/** Exports of payment services name the customer's card; what they list comes in. */
function isShop(titles: readonly string[]): boolean {
  return titles.some((title) => /refund|payout|customer/.test(headerText(title)))
}

/**
 * Where most sums have a minus, or each its sign, the bare ones came in. Few minuses in a list that names no account may be
 * what was paid back on a card; pluses here and there and no minus leave open what the bare sums are.
 */
function isSigned(cells: readonly string[], negative: number, statement: boolean): boolean {
  const plus = cells.filter((cell) => /^\s*\+|\+\s*$|\b(CR|Кт)\.?$/i.test(cell)).length
  if (negative === 0) return plus > 0 && plus === cells.filter((cell) => /[1-9]/.test(cell)).length
  if (statement || plus > 0 || negative === cells.length) return true
  return cells.length >= fewest && negative * 5 > cells.length
}

/** Of fewer sums with and without a minus it cannot be told whether the minus is what was paid or what was paid back. */
const fewest = 3

/** A card's statement has nothing of the other side but the text of the purchase. */
function namesOtherSide({ counterpartyName, counterpartyAccount, counterpartyTaxId }: Columns): boolean {
  return [counterpartyName, counterpartyAccount, counterpartyTaxId].some((column) => column !== undefined)
}

function minorOf(cell: string, mark: DecimalMark): number | null {
  const read = readCellAmount(cell, mark, '')
  return read.ok ? read.minor : null
}

/** Whether the balances follow from the sums, taken as they are (1) or the other way round (-1). */
function follows(
  sums: readonly (number | null)[],
  balances: readonly (number | null)[],
  sign: 1 | -1,
): boolean {
  const chain = new BalanceChain()
  let seen = 0
  for (const [at, sum] of sums.entries()) {
    const balance = balances[at] ?? null
    if (sum === null) continue
    if (!chain.take(sum * sign, balance)) return false
    if (balance !== null && sum !== 0) seen++
  }
  return seen > 1
}

/**
 * The account that stands in every row, now as the payer's and now as the payee's, or on one side throughout while the
 * other side varies; '' when no account does, or two do.
 */
export function accountOfSides(data: readonly string[][], columns: Columns, order: DateOrder): string {
  const { payerAccount, payeeAccount, bankDay } = columns
  if (payerAccount === undefined || payeeAccount === undefined || bankDay === undefined) return ''
  let left: Set<string> | null = null
  let rows = 0
  for (const row of data) {
    if (!readDate(row[bankDay] ?? '', order).ok) continue
    const sides = [payerAccount, payeeAccount]
      .map((column) => partyInCell(row[column] ?? '').account)
      .filter((account) => account.length >= shortestAccount)
    if (sides.length === 0) continue
    rows++
    left = new Set(left === null ? sides : sides.filter((account) => left?.has(account)))
  }
  const [only = '', ...others] = left ?? []
  return rows > 1 && others.length === 0 ? only : ''
}
