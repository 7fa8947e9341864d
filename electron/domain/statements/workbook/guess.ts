// What is proposed for a table whose header nobody understands: a start for the person who names its columns.

import type { TableProfile } from '../table/profile.ts'
import { findDecimalMark, readCellAmount } from '../table/amounts.ts'
import { findDateOrder } from '../table/dates.ts'
import { accountAbove, currencyAbove } from '../table/surroundings.ts'
import type { SheetCell } from './cells.ts'

/**
 * A proposal, never certain, from rows that hold both a date and a sum: the columns where most of them stand. `texts` are
 * the same rows as text. Null when there is no such row, that is, no table of dated sums at all.
 */
export function guessTable(sample: readonly SheetCell[][], texts: readonly string[][]): TableProfile | null {
  const rows = texts.flatMap((cells, at) => {
    const days = columnsOf(cells, isDay)
    const sums = columnsOf(
      cells,
      (text, column) => isSum(text, sample[at]?.[column]) && !days.includes(column),
    )
    return days.length > 0 && sums.length > 0 ? [{ at, cells, days, sums }] : []
  })
  const [first] = rows
  const bankDay = mostFrequent(rows.flatMap(({ days }) => days))
  const amount = mostFrequent(rows.flatMap(({ sums }) => sums))
  if (first === undefined || bankDay === undefined || amount === undefined) return null
  const above = texts.slice(0, first.at)
  const order = findDateOrder(rows.map(({ cells }) => cells[bankDay] ?? ''))
  const currency = currencyAbove(above)
  return {
    mapping: {
      skipRows: Math.min(first.at, 200),
      columns: { bankDay, amount },
      dateOrder: order?.order ?? 'dmy',
      decimalMark: findDecimalMark(rows.map(({ cells }) => cells[amount] ?? ''))?.mark ?? '.',
      creditWords: [],
      invertSign: false,
      account: accountAbove(above),
      ...(currency !== '' && { currency }),
    },
    certain: false,
    score: 0,
  }
}

function columnsOf(cells: readonly string[], test: (text: string, column: number) => boolean): number[] {
  return cells.flatMap((text, column) => (text !== '' && test(text, column) ? [column] : []))
}

function isDay(text: string): boolean {
  return text.length < 40 && findDateOrder([text]) !== null
}

/** A number, or a text with a fraction: whole numbers as text are names of something. */
function isSum(text: string, cell: SheetCell | undefined): boolean {
  if (typeof cell === 'number') return true
  return /[.,]\d\d\D*$/.test(text) && (readCellAmount(text, ',', '').ok || readCellAmount(text, '.', '').ok)
}

function mostFrequent(columns: readonly number[]): number | undefined {
  const counts = new Map<number, number>()
  for (const column of columns) counts.set(column, (counts.get(column) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0]
}
