// Finds out what a table's columns are, from its first rows: where the header stands, what its words mean, and
// what the cells below say about dates, marks and signs. Serves delimited text and sheets alike.

import type { ColumnMapping, GivenFacts } from '../../../contract/statement-file.ts'
import type { DecimalMark } from './amounts.ts'
import { findDecimalMark } from './amounts.ts'
import { plainCell } from './cells.ts'
import type { Columns } from './columns.ts'
import { cellsOf, namedColumns } from './columns.ts'
import { contentColumns } from './content.ts'
import { currencyOfAccount, currencyOfCell } from './currencies.ts'
import { findDateOrder } from './dates.ts'
import { findTableHead, isNumbering } from './head.ts'
import type { TableHead } from './head.ts'
import { headerText } from './headers.ts'
import { accountOfSides, findSigns } from './signs.ts'
import { accountAbove, currencyAbove } from './surroundings.ts'
import { creditWords, debitWords } from './words.ts'

export { headerWordsOf } from './head.ts'

export interface TableProfile {
  /** Everything but the delimiter, which a sheet does not have. */
  mapping: Omit<ColumnMapping, 'delimiter'>
  /** False when a person must look first: a guess about columns, dates, marks or signs was not settled by the cells. */
  certain: boolean
  /** How many roles the header's words gave; what competing readings of one file are compared by. */
  score: number
}

/**
 * The profile of a table from its first rows, or null when nothing in them looks like dated sums. `usualMark`
 * is the decimal mark taken when no cell settles it; `given` what a person said of the file.
 */
export function findTableProfile(
  rows: readonly string[][],
  usualMark: DecimalMark,
  given: GivenFacts = {},
): TableProfile | null {
  const head = findTableHead(rows)
  if (!head) return null
  const printed = rows[head.rows - 1]?.join('\t')
  const isRepeated = (row: readonly string[]) => head.titles.length > 0 && row.join('\t') === printed
  const above = rows.slice(0, head.titles.length > 0 ? head.rows - 1 : head.rows)
  const data = rows
    .slice(head.rows)
    .filter((row) => row.some((cell) => plainCell(cell) !== '') && !isNumbering(row) && !isRepeated(row))
  const columns =
    head.titles.length > 0
      ? namedColumns(head.titles, data, given.account ?? accountAbove(above))
      : contentColumns(data, above.at(-1))
  const { bankDay = columns.valueDay, ...others } = columns
  if (bankDay === undefined || !hasSum(columns)) return null
  const profile = settled({ bankDay, others, head, above, data }, usualMark, given)
  // Only the value's day is written in full: whether it may stand for the day of booking a person decides.
  return columns.bankDay === undefined ? { ...profile, certain: false } : profile
}

function hasSum(columns: Columns): boolean {
  return columns.amount !== undefined || (columns.credit !== undefined && columns.debit !== undefined)
}

interface Findings {
  bankDay: number
  others: Omit<Columns, 'bankDay'>
  head: TableHead
  above: string[][]
  data: string[][]
}

function settled(
  { bankDay, others, head, above, data }: Findings,
  usualMark: DecimalMark,
  given: GivenFacts,
): TableProfile {
  const { titles } = head
  const dates = datesOf(cellsOf(data, bankDay), given)
  const sumColumns = [others.amount, others.credit, others.debit].filter((column) => column !== undefined)
  const marks = findDecimalMark(
    [...sumColumns, ...(others.balance === undefined ? [] : [others.balance])].flatMap((column) =>
      cellsOf(data, column),
    ),
  )
  const decimalMark = marks?.settled ? marks.mark : usualMark
  const columns = { bankDay, ...others }
  const account =
    others.account === undefined
      ? given.account || accountAbove(above) || accountOfSides(data, columns, dates.order)
      : ''
  const currency =
    given.currency ??
    (currencyAbove(above) || currencyOfTitles(titles, sumColumns) || currencyOfAccount(account))
  const named = others.account !== undefined || accountAbove(above) !== ''
  const signs = findSigns({ columns, titles, data, mark: decimalMark, account, named })
  const mapping: TableProfile['mapping'] = {
    skipRows: head.rows,
    columns,
    dateOrder: dates.order,
    decimalMark,
    creditWords: others.direction === undefined ? [] : wordsMeaningIn(cellsOf(data, others.direction)),
    invertSign: signs.invert,
    account,
    ...(currency === '' ? {} : { currency }),
  }
  // Without any row there is nothing that could be misread.
  const dated = dates.certain || data.length === 0
  const certain = titles.length > 0 && dated && marks?.certain !== false && signs.certain
  return { mapping, certain, score: head.score }
}

/** The order of the dates, or where the cells leave it open the one that a person said. */
function datesOf(
  cells: readonly string[],
  given: GivenFacts,
): { order: ColumnMapping['dateOrder']; certain: boolean } {
  const found = findDateOrder(cells)
  if (found?.certain) return found
  if (given.dateOrder !== undefined) return { order: given.dateOrder, certain: found !== null }
  return found ?? { order: 'dmy', certain: false }
}

function wordsMeaningIn(cells: string[]): string[] {
  const words = new Set(cells.map((cell) => cell.toLowerCase()))
  const known = [...words].filter((word) => creditWords.includes(word) && !debitWords.includes(word))
  // Only what went out is marked: then what is not marked came in.
  if (known.length === 0 && words.has('') && [...words].some((word) => debitWords.includes(word))) return ['']
  return known.slice(0, 20)
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
      if (currency !== '' && !/^(по|для|der|and|net|amt|top|all)$/.test(word)) return currency
    }
  }
  return ''
}
