// Finds out what a table's columns are, from its first rows: where the header stands, what its words mean, and
// what the cells below say about dates, marks and signs. Serves delimited text and sheets alike.

import type { ColumnMapping } from '../../contract/statement.ts'
import type { DecimalMark } from './table-amounts.ts'
import { findDecimalMark, readCellAmount } from './table-amounts.ts'
import { plainCell } from './table-cells.ts'
import { currencyOfAccount, currencyOfCell } from './table-currencies.ts'
import { findDateOrder, readDate } from './table-dates.ts'
import type { ColumnRole } from './table-headers.ts'
import { cardWords, creditWords, debitWords, headerText, rolesOf } from './table-headers.ts'
import { accountAbove, currencyAbove } from './table-surroundings.ts'

type Columns = Partial<Record<ColumnRole, number>>

export interface TableProfile {
  /** Everything but the delimiter, which a sheet does not have. */
  mapping: Omit<ColumnMapping, 'delimiter'>
  /** False when a person must look first: a guess about columns, dates, marks or signs was not settled by the cells. */
  certain: boolean
  /** How many roles the header's words gave; what competing readings of one file are compared by. */
  score: number
}

/** Header rows are sought this far down. */
const deepestHeader = 60

/**
 * The profile of a table from its first rows, or null when nothing in them looks like dated sums. `usualMark`
 * is the decimal mark taken when no cell settles it.
 */
export function findTableProfile(rows: readonly string[][], usualMark: DecimalMark): TableProfile | null {
  const header = findHeader(rows)
  if (!header) return null
  const above = rows.slice(0, header.at)
  const data = rows.slice(header.at + 1).filter((row) => row.some((cell) => plainCell(cell) !== ''))
  const titles = header.named ? (rows[header.at] ?? []) : []
  const columns = header.named ? namedColumns(titles, data, accountAbove(above)) : contentColumns(data)
  const { bankDay, ...others } = columns
  if (bankDay === undefined || !hasSum(columns)) return null
  return settled({ bankDay, others, header, above, data, titles }, usualMark)
}

interface Findings {
  bankDay: number
  others: Omit<Columns, 'bankDay'>
  header: Header
  above: string[][]
  data: string[][]
  titles: string[]
}

function settled(
  { bankDay, others, header, above, data, titles }: Findings,
  usualMark: DecimalMark,
): TableProfile {
  const dates = findDateOrder(cellsOf(data, bankDay))
  const sumColumns = [others.amount, others.credit, others.debit].filter((column) => column !== undefined)
  const sums = sumColumns.flatMap((column) => cellsOf(data, column))
  const marks = findDecimalMark(sums)
  const decimalMark = marks?.settled ? marks.mark : usualMark
  const account = others.account === undefined ? accountAbove(above) : ''
  const currency = currencyAbove(above) || currencyOfTitles(titles, sumColumns) || currencyOfAccount(account)
  const inverted = looksInverted(titles, others, data, decimalMark)
  const mapping: TableProfile['mapping'] = {
    skipRows: header.at + 1,
    columns: { bankDay, ...others },
    dateOrder: dates?.order ?? 'dmy',
    decimalMark,
    creditWords: others.direction === undefined ? [] : wordsMeaningIn(cellsOf(data, others.direction)),
    invertSign: inverted,
    account,
    ...(currency === '' ? {} : { currency }),
  }
  // Without any row there is nothing that could be misread.
  const dated = dates?.certain === true || data.length === 0
  const certain = header.named && dated && marks?.certain !== false && !inverted
  return { mapping, certain, score: header.score }
}

interface Header {
  /** Index of the header row; -1 when the first row already holds data. */
  at: number
  named: boolean
  score: number
}

/** The row whose words name most roles, a day and a sum among them; else data without any header. */
function findHeader(rows: readonly string[][]): Header | null {
  let best: Header | null = null
  for (const [at, row] of rows.slice(0, deepestHeader).entries()) {
    const roles = new Set(row.flatMap((cell) => rolesOf(cell)[0]?.role ?? []))
    const sum = roles.has('amount') || roles.has('credit') || roles.has('debit')
    // A long sentence or a row with values in it is no header, whatever words it contains.
    const values = row.filter((cell) => readDate(cell, 'dmy').ok).length
    if (roles.has('bankDay') && sum && values === 0 && roles.size > (best?.score ?? 0))
      best = { at, named: true, score: roles.size }
  }
  if (best) return best
  const first = rows.findIndex((row) => row.some((cell) => findDateOrder([cell]) !== null))
  return first < 0 ? null : { at: first - 1, named: false, score: 0 }
}

function hasSum(columns: Columns): boolean {
  return columns.amount !== undefined || (columns.credit !== undefined && columns.debit !== undefined)
}

interface Candidate {
  column: number
  role: ColumnRole
  rank: number
}

/** One column per role and one role per column, the strongest claims first. */
function namedColumns(titles: readonly string[], data: string[][], own: string): Columns {
  const candidates: Candidate[] = []
  for (const [column, title] of titles.entries()) {
    const cells = cellsOf(data, column)
    for (const { role, weight } of rolesOf(title)) {
      const fit = fitOf(role, cells)
      if (fit >= 0) candidates.push({ column, role, rank: weight + fit - column / 1000 })
    }
  }
  candidates.sort((a, b) => b.rank - a.rank)
  const columns: Columns = {}
  const taken = new Set<number>()
  for (const { column, role } of candidates) {
    if (columns[role] !== undefined || taken.has(column)) continue
    columns[role] = column
    taken.add(column)
  }
  return withOwnAccount(withOneSum(columns, data), data, own)
}

/**
 * How the cells below support a role: negative refuses it, 0 to 2 adds to the words' weight. Names, numbers
 * and accounts of the other side vary, those of the account's owner repeat: more distinct cells win.
 */
function fitOf(role: ColumnRole, cells: string[]): number {
  const full = cells.filter((cell) => cell !== '')
  if (full.length === 0) return 0
  const share = (test: (cell: string) => boolean): number => full.filter(test).length / full.length
  const varied = new Set(full).size / full.length + full.length / cells.length
  switch (role) {
    case 'bankDay':
    case 'valueDay':
      // Totals and remarks may outnumber the lines of a short statement: one date is enough.
      return full.some((cell) => findDateOrder([cell]) !== null) ? full.length / cells.length : -1
    case 'amount':
    case 'credit':
    case 'debit':
    case 'balance':
      return share((cell) => /\d/.test(cell)) < 0.5 ? -1 : full.length / cells.length
    case 'counterpartyName':
      return share((cell) => /^[A-Z]{2}\d{2}[A-Z\d ]{8,}$|^[\d -]{9,}$/.test(cell)) > 0.5 ? -1 : varied
    case 'counterpartyAccount':
    case 'account':
      return share((cell) => /^[A-Z\d][A-Z\d .-]{3,41}$/i.test(cell)) < 0.5 ? -1 : varied
    case 'currency':
      return share((cell) => currencyOfCell(cell) !== '') < 0.8 ? -1 : 1
    case 'direction':
      return share((cell) => isDirection(cell)) < 0.8 ? -1 : 1
    default:
      return varied
  }
}

function isDirection(cell: string): boolean {
  const word = cell.toLowerCase()
  return creditWords.includes(word) || debitWords.includes(word)
}

/** Of a signed sum and a pair of columns one is enough: the sum when its cells carry signs, else the pair. */
function withOneSum(columns: Columns, data: string[][]): Columns {
  const { amount, credit, debit, direction, ...others } = columns
  if (credit === undefined || debit === undefined) {
    const single = amount ?? credit ?? debit
    if (single === undefined) return others
    return direction === undefined ? { ...others, amount: single } : { ...others, amount: single, direction }
  }
  const signed = amount !== undefined && cellsOf(data, amount).some((cell) => /^[-\u2212(]|-$/.test(cell))
  return signed ? { ...others, amount } : { ...others, credit, debit }
}

/**
 * A bare "account" column is ours when it holds the account named above the header, or else repeats one number,
 * or when another column is the counterparty's.
 */
function withOwnAccount(columns: Columns, data: string[][], own: string): Columns {
  const { account, ...others } = columns
  if (account === undefined || others.counterpartyAccount !== undefined) return columns
  const cells = cellsOf(data, account).map((cell) => cell.replace(/\s/g, ''))
  const expected = own === '' ? cells[0] : own
  const same = cells.length > 1 && cells.every((cell) => cell !== '' && cell === expected)
  return same ? columns : { ...others, counterpartyAccount: account }
}

/** Columns of a table without a header, by content alone: the first dates, the first sums with a fraction, the longest text. */
function contentColumns(data: string[][]): Columns {
  const width = Math.max(0, ...data.map((row) => row.length))
  const columns: Columns = {}
  let longest = 0
  for (let column = 0; column < width; column++) {
    const cells = cellsOf(data, column)
    const share = (test: (cell: string) => boolean): number =>
      cells.filter(test).length / Math.max(cells.length, 1)
    const length = cells.reduce((sum, cell) => sum + cell.length, 0)
    if (share((cell) => findDateOrder([cell]) !== null) > 0.8) columns.bankDay ??= column
    else if (share((cell) => /^[-+(\u2212]?[\d\s.,'\u00a0]*[.,]\d{2}\)?-?$/.test(cell)) > 0.8)
      columns.amount ??= column
    else if (share((cell) => /^[A-Z]{3}$/.test(cell)) > 0.8) columns.currency ??= column
    else if (length > longest) {
      columns.purpose = column
      longest = length
    }
  }
  return columns
}

function cellsOf(data: readonly string[][], column: number): string[] {
  return data.map((row) => plainCell(row[column] ?? ''))
}

function wordsMeaningIn(cells: string[]): string[] {
  const words = new Set(cells.map((cell) => cell.toLowerCase()))
  return [...words].filter((word) => creditWords.includes(word)).slice(0, 20)
}

/** `Betrag (EUR)`, `Сумма, руб.`: the currency in the title of the sums' column. */
function currencyOfTitles(titles: readonly string[], columns: readonly number[]): string {
  for (const column of columns) {
    for (const word of headerText(titles[column] ?? '')
      .split(/[\s,.()/:]+/)
      .slice(1)) {
      const currency =
        word.length === 3 || /^руб|^₽|^€|^\$|^тг|^тенге/.test(word)
          ? currencyOfCell(word.replace(/^руб.*/, 'руб'))
          : ''
      if (currency !== '' && !/^(по|для|der|and|net|amt)$/.test(word)) return currency
    }
  }
  return ''
}

/** Card statements list purchases without a minus; only a person can say whether this one does. */
function looksInverted(
  titles: readonly string[],
  columns: Columns,
  data: string[][],
  mark: DecimalMark,
): boolean {
  if (columns.amount === undefined || columns.direction !== undefined || columns.balance !== undefined)
    return false
  if (!titles.some((title) => cardWords.test(headerText(title)))) return false
  const sums = cellsOf(data, columns.amount).map((cell) => readCellAmount(cell, mark, ''))
  const plus = sums.filter((sum) => sum.ok && sum.minor > 0).length
  return plus * 2 > sums.length
}
