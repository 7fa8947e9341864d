// Whether it can be known from a table's rows which sums came in and which went out.

import type { DecimalMark } from './amounts.ts'
import { readCellAmount } from './amounts.ts'
import { BalanceChain } from './balance.ts'
import type { Columns } from './columns.ts'
import { cellsOf } from './columns.ts'
import { readDate } from './dates.ts'
import type { DateOrder } from './dates.ts'
import { headerText } from './headers.ts'
import { partyInCell } from './parties.ts'
import { cardWords } from './words.ts'

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
 * then a person has to look.
 */
export function findSigns({ columns, titles, data, mark, account, named }: Table): SignsFound {
  const known = { certain: true, invert: false }
  const { amount, balance, direction } = columns
  if (amount === undefined || direction !== undefined) return known
  const cells = cellsOf(data, amount).filter((cell) => /\d/.test(cell))
  const sums = data.map((row) => minorOf(row[amount] ?? '', mark))
  if (balance !== undefined) {
    const balances = data.map((row) => minorOf(row[balance] ?? '', mark))
    if (follows(sums, balances, 1)) return known
    if (follows(sums, balances, -1)) return { certain: true, invert: true }
  }
  if (columns.payerAccount !== undefined && columns.payeeAccount !== undefined && account !== '') return known
  const negative = sums.filter((sum) => sum !== null && sum < 0).length
  const card = titles.some((title) => cardWords.test(headerText(title))) && !isShop(titles)
  // Card statements list purchases without a minus, and what was paid back with one.
  if (card && balance === undefined && negative * 2 < cells.length)
    return { certain: cells.length === 0, invert: cells.length > 0 }
  return {
    certain: cells.length === 0 || isSigned(cells, negative, named || balance !== undefined),
    invert: false,
  }
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
  return statement || plus > 0 || negative * 5 > cells.length
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
      .filter((account) => account !== '')
    if (sides.length === 0) continue
    rows++
    left = new Set(left === null ? sides : sides.filter((account) => left?.has(account)))
  }
  const [only = '', ...others] = left ?? []
  return rows > 1 && others.length === 0 ? only : ''
}
