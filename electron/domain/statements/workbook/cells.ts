// What the cell of a sheet holds, and how it is written as the text that the table code reads.

import { dayNumber, dayOfNumber } from '../bank-days.ts'

/** Text (dates are `YYYY-MM-DD` already), a plain number, or null for a formula whose value nobody computed. */
export type SheetCell = string | number | null

/** Takes a row's number (1-based) and its cells up to the last full one; answers whether more rows are wanted. */
export type OnSheetRow = (row: number, cells: SheetCell[]) => boolean

export interface Sheet {
  name: string
  hidden: boolean
  /** Whether bare numbers count days from 1904 instead of 1900. */
  from1904: boolean
  /** What of it could not be read; complete once all rows were. */
  readonly flaws: SheetFlaws
  /** Reads the rows that are in the file, in its order; empty ones may be left out. */
  rows(onRow: OnSheetRow): void
}

export interface SheetFlaws {
  /** The first full cell beyond `widestRow`: its row (1-based) and what it holds. */
  wide: { row: number; text: string } | null
  /** The file ends in the middle of the sheet. */
  cut: boolean
}

/** Puts a cell into its row; empty ones are left out, and one that is too far to the right is noted. */
export function putCell(
  cells: SheetCell[],
  column: number,
  cell: SheetCell,
  row: number,
  flaws: SheetFlaws,
): void {
  if (cell === '') return
  if (column >= widestRow) {
    flaws.wide ??= { row, text: String(cell ?? '') }
    return
  }
  while (cells.length < column) cells.push('')
  cells[column] = cell
}

/** Columns beyond this are not read: the older format ends here, and a lying range costs its width in every row. */
export const widestRow = 256
/** A sheet has no more rows than this; a number beyond is a mistake of its writer. */
export const lastRow = 1_048_576
/** Most cells with something in them; beyond it is Refusal `statement.tooManyCells`. */
export const mostCells = 1_000_000

/** What a number format makes of a number, as far as reading needs it. */
export interface NumberStyle {
  date: boolean
  /** Digits that a whole number is filled up to with zeros (format `0000000000`), 0 for none. */
  padded: number
}

/**
 * Reads a number format's code (ECMA-376 part 1, 18.8.31). Dates are formats with a day or a year in them, in the letters
 * of the languages whose programs write them untranslated; times and durations are no dates.
 */
export function styleOfFormat(code: string): NumberStyle {
  const bare = code
    .slice(0, 255)
    .replaceAll(/"[^"]*"|\[[^\]]*\]|\\.|_.|\*./g, '')
    .split(';')[0]
  const plain = (bare ?? '').trim().toLowerCase()
  const padded = /^0{2,}$/.test(plain) ? plain.length : 0
  const worded = /^(general|standard|estándar|standaard|основной|@)$/.test(plain)
  const date = !worded && /[yd]|гг|дд|jj|tt|aaaa/.test(plain) && !/[#?]|0[.,]0/.test(plain)
  return { date, padded }
}

/** Built-in formats that are dates (18.8.30), those of East Asian locales included. */
export function isDateFormatId(id: number): boolean {
  return (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)
}

/** A number by its style: text for dates and padded numbers, else the number itself. */
export function cellOfNumber(value: number, style: NumberStyle | undefined, from1904: boolean): SheetCell {
  if (style?.date === true) return dayOfSerial(value, from1904) ?? value
  if (style !== undefined && style.padded > 0 && Number.isSafeInteger(value) && value >= 0)
    return String(value).padStart(style.padded, '0')
  return value
}

const epoch1900 = dayNumber('1899-12-30')
const epoch1904 = dayNumber('1904-01-01')

/**
 * The day of a serial date as `YYYY-MM-DD`, by calendar arithmetic; undefined when it is outside of 1900 to 9999. In
 * the 1900 system day 60 is the 29th of February 1900, which never was: it is written so and cannot be read as a day.
 */
export function dayOfSerial(serial: number, from1904: boolean): string | undefined {
  // Half a millisecond: what a fraction is off by for being binary, and less than any time that is written.
  const whole = Math.floor(serial + 0.5 / 86_400_000)
  if (from1904) return whole < 0 || whole > 2_957_003 ? undefined : dayOfNumber(epoch1904 + whole)
  if (whole < 1 || whole > 2_958_465) return undefined
  if (whole === 60) return '1900-02-29'
  return dayOfNumber(epoch1900 + whole + (whole < 60 ? 1 : 0))
}

/** What a cell of ISO 8601 holds: its day, or the time where there is no day (serial dates below 1 are written so too). */
export function dayOrTime(text: string): string {
  const trimmed = text.trim()
  if (!/^\d{4}-\d\d-\d\d/.test(trimmed)) return trimmed
  return /^1899-12-3[01]T\d/.test(trimmed) ? trimmed.slice(11, 19) : trimmed.slice(0, 10)
}

/** Serials of 1980 to 2099: what a number without a date format may mean in a column of dates. */
export function dayOfBareNumber(value: number, from1904: boolean): string | undefined {
  const shift = from1904 ? 1462 : 0
  return value + shift >= 29_221 && value + shift < 73_051 ? dayOfSerial(value, from1904) : undefined
}

/**
 * A number's exact decimal text without exponent. Fifteen significant digits are what Excel shows and keeps of a number;
 * what a double holds beyond them is the noise of computing (`30.000000000000004` is 30).
 */
export function numberText(value: number, mark: ',' | '.'): string {
  if (!Number.isFinite(value)) return ''
  // Sixteen characters with a mark among them are fifteen digits.
  const shortest = String(value)
  const exact = Number.isSafeInteger(value) || shortest.length <= 16
  const text = exact ? shortest : String(Number(value.toPrecision(15)))
  const plain = text.includes('e') ? withoutExponent(text) : text
  return mark === ',' ? plain.replace('.', ',') : plain
}

function withoutExponent(text: string): string {
  const [mantissa = '', exponent = '0'] = text.split('e')
  const negative = mantissa.startsWith('-') ? '-' : ''
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.')
  const point = whole.length + Number(exponent)
  const digits = whole + fraction
  if (point <= 0) return `${negative}0.${'0'.repeat(-point)}${digits}`
  return `${negative}${digits.padEnd(point, '0').slice(0, point)}${digits.length > point ? `.${digits.slice(point)}` : ''}`
}

/** Whether a number has more digits than a double keeps: an account stored as a number has lost its last ones. */
export function hasLostDigits(cell: SheetCell): boolean {
  return typeof cell === 'number' && Math.abs(cell) >= 1e15
}
