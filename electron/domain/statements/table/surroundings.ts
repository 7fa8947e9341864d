// What stands around a table's lines: the account, the currency and the balances in the rows above the header
// and below the last line.

import type { DecimalMark } from './amounts.ts'
import { readCellAmount } from './amounts.ts'
import { plainCell } from './cells.ts'
import { currencyOfCell } from './currencies.ts'
import { readDate } from './dates.ts'
import { headerText } from './headers.ts'
import { bankAccountWords, closingWords, currencyWords, openingWords, ownAccountWords } from './words.ts'

/** The account number that the rows above a header name, blanks removed; '' when none does. */
export function accountAbove(rows: readonly string[][]): string {
  for (const row of rows) {
    const ours = row.filter((cell) => !bankAccountWords.test(headerText(cell)))
    const found = labelled(ours, ownAccountWords, accountOf)
    if (found !== '') return found
  }
  return ''
}

/** The ISO code of the currency that the rows above a header name; '' when none does. */
export function currencyAbove(rows: readonly string[][]): string {
  for (const row of rows) {
    const found = labelled(row, currencyWords, currencyOfCell)
    if (found !== '') return found
  }
  return ''
}

/** Whether a cell is nothing but the label of a balance, perhaps with a day: such a row is no line even when it has a date. */
export function isBalanceLabel(cell: string): boolean {
  const text = headerText(cell)
  const label = openingWords.exec(text) ?? closingWords.exec(text)
  return label !== null && !/\p{L}{3,}/u.test(text.replace(label[0], '').replace(/дня|дату|сч[её]та/g, ''))
}

export interface BalanceAround {
  kind: 'opening' | 'closing'
  minor: number
}

/** The opening or closing balance that a row beside the lines states. */
export function balanceOfRow(
  row: readonly string[],
  mark: DecimalMark,
  currency: string,
): BalanceAround | null {
  const text = headerText(row.join(' '))
  const kind = openingWords.test(text) ? 'opening' : closingWords.test(text) ? 'closing' : null
  if (kind === null) return null
  const found = labelled(row, kind === 'opening' ? openingWords : closingWords, (cell) => {
    const read = readCellAmount(cell, mark, currency)
    return read.ok && /\d/.test(cell) ? String(read.minor) : ''
  })
  return found === '' ? null : { kind, minor: Number(found) }
}

/** The balances of a row of sums whose labels stand in the row above, each over its sum. */
export function balancesUnder(
  labels: readonly string[],
  row: readonly string[],
  mark: DecimalMark,
  currency: string,
): BalanceAround[] {
  return labels.flatMap((label, column): BalanceAround[] => {
    const cell = plainCell(row[column] ?? '')
    if (!/\d/.test(cell) || !isBalanceLabel(label)) return []
    const read = readCellAmount(cell, mark, currency)
    const kind = openingWords.test(headerText(label)) ? 'opening' : 'closing'
    return read.ok ? [{ kind, minor: read.minor }] : []
  })
}

/** The first value after a label: in the same cell after its colon or last word, or in the next full cell. */
function labelled(row: readonly string[], label: RegExp, valueOf: (cell: string) => string): string {
  const at = row.findIndex((cell) => label.test(headerText(cell)))
  if (at < 0) return ''
  const own = plainCell(row[at] ?? '')
  const inside = own.includes(':')
    ? valueOf(own.slice(own.lastIndexOf(':') + 1).trim())
    : valueOf(own.split(/\s+/).slice(1).join(' '))
  if (inside !== '') return inside
  for (const cell of row.slice(at + 1)) {
    const value = valueOf(plainCell(cell))
    if (value !== '') return value
  }
  return ''
}

/** An IBAN, in one piece or in groups of four, or at least eight digits with blanks between them. */
function accountOf(text: string): string {
  const solid = /(?:^|[^A-Z\d])([A-Z]{2}\d{2}[A-Z\d]{8,30})(?![A-Za-z\d])/.exec(text)
  if (solid) return solid[1] ?? ''
  const groups = /(?:^|[^A-Z\d])([A-Z]{2}\d{2}(?: [A-Z\d]{4}){2,7}(?: [A-Z\d]{1,3})?)(?![A-Za-z\d])/.exec(
    text,
  )
  // A currency may follow the last group and look like one more.
  if (groups) return (groups[1] ?? '').replace(/ [A-Z]+$/, '').replace(/ /g, '')
  const digits = /(?:^|\D)(\d(?:[ \u00a0]?\d){7,27})(?!\d)/.exec(text)
  const number = (digits?.[1] ?? '').replace(/[ \u00a0]/g, '')
  return readDate(number, 'ymd').ok ? '' : number
}
