// What the shape of a row says before its cells are read: titles over parts of a table, and rows wider than their header.

import type { ColumnMapping } from '../../../contract/statement-file.ts'
import { readCellAmount } from './amounts.ts'
import { plainCell } from './cells.ts'
import { currencyOfCell } from './currencies.ts'
import { bookedTitles, leftOutWords, unbookedWords } from './words.ts'

/**
 * Whether a row of nothing but a few words begins rows that are not booked yet (true) or ends them (false); null for
 * anything else, such as a sentence about entries that the file does not list.
 */
export function announces(cells: readonly string[]): boolean | null {
  const full = cells.map(plainCell).filter((cell) => cell !== '')
  const [first] = full
  if (full.length > 2 || first === undefined || first.length >= 80) return null
  const text = first.toLowerCase()
  if (bookedTitles.test(text)) return false
  return unbookedWords.test(text) && !leftOutWords.test(text) ? true : null
}

type Mapping = Pick<ColumnMapping, 'columns' | 'decimalMark'>

/**
 * Whether a row has more cells than its header (`width`) and a delimiter inside a text may have shifted the sum: the cells
 * that then would hold it could be read as it. Where they could not, the surplus is text at the row's end.
 */
export function mayBeShifted(cells: readonly string[], width: number, mapping: Mapping): boolean {
  const beyond = cells.findLastIndex((cell) => plainCell(cell) !== '') + 1 - width
  if (beyond <= 0) return false
  const { columns, decimalMark } = mapping
  const { amount, credit, debit, balance, currency } = columns
  const figures = [amount, credit, debit, balance].filter((column) => column !== undefined)
  const last = Math.max(...figures, currency ?? -1)
  const fits = (cell: string): boolean =>
    cell === ''
      ? last === credit || last === debit || last === balance
      : last === currency
        ? currencyOfCell(cell) !== ''
        : readCellAmount(cell, decimalMark, '').ok
  if (!fits(plainCell(cells[last] ?? ''))) return true
  // A shift moves everything right of it, the last of these columns always.
  return cells.slice(last + 1, last + 1 + beyond).some((cell) => fits(plainCell(cell)))
}

/** The text beyond the header, with that of its last column where no role has it; '' for rows that fit. */
export function textBeyond(
  cells: readonly string[],
  width: number,
  columns: ColumnMapping['columns'],
): string {
  if (cells.length <= width || cells.slice(width).every((cell) => plainCell(cell) === '')) return ''
  const taken = Object.values(columns).includes(width - 1)
  return cells
    .slice(taken ? width : width - 1)
    .map(plainCell)
    .filter((cell) => cell !== '')
    .join(' ')
}
