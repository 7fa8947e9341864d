// Dates as people's tables write them. The order of day and month is decided for a whole column, never for
// one cell; month names settle it by themselves.

import { dayOf, fullYear } from '../bank-days.ts'

export type DateOrder = 'dmy' | 'mdy' | 'ymd'

export type DateRead =
  { ok: true; day: string } | { ok: false; code: 'date.unreadable' | 'date.impossible' | 'date.missing' }

/**
 * Month names by their beginnings: English, Russian, German, Kazakh, Belarusian, French, Spanish, Italian, Dutch,
 * Swedish, Polish, Czech. The longest beginning that fits decides.
 */
const monthNames: readonly (readonly string[])[] = [
  ['jan', 'янв', 'jän', 'қаң', 'ene', 'gen', 'sty', 'led', 'студ'],
  ['feb', 'фев', 'fév', 'fev', 'ақп', 'lut', 'úno', 'unor', 'лют'],
  ['mar', 'мар', 'mär', 'maa', 'mrt', 'mrz', 'нау', 'bře', 'brez', 'сак'],
  ['apr', 'апр', 'avr', 'abr', 'сәу', 'kwi', 'dub', 'кра'],
  ['may', 'мая', 'май', 'mai', 'mei', 'maj', 'mag', 'мам', 'kvě', 'kvet', 'тра'],
  ['jun', 'июн', 'juin', 'giu', 'мау', 'cze', 'červ', 'cerv', 'čvn', 'чэр'],
  ['jul', 'июл', 'juil', 'lug', 'шіл', 'lip', 'července', 'červenec', 'cervenec', 'čvc', 'ліп'],
  ['aug', 'авг', 'aoû', 'aou', 'ago', 'там', 'sie', 'srp', 'жні'],
  ['sep', 'сен', 'set', 'қыр', 'wrz', 'zář', 'zari', 'вер'],
  ['oct', 'окт', 'okt', 'ott', 'қаз', 'paź', 'paz', 'říj', 'rij', 'кас'],
  ['nov', 'ноя', 'қар', 'lis', 'ліс'],
  ['dec', 'дек', 'dez', 'déc', 'dic', 'жел', 'gru', 'pro', 'сне'],
]

interface DateParts {
  first: number
  second: number
  third: number
  /** Which of the three is the year, when its four digits tell. */
  yearAt: 0 | 2 | null
  separator: string
  /** Set when the middle part was a month's name: day and month are then known. */
  named: boolean
}

/**
 * Reads a cell's day; a time after it is dropped. `order` decides what digits alone leave open; a date that
 * contradicts it is `date.impossible`, so that a column read in the wrong order does not pass silently.
 */
export function readDate(cell: string, order: DateOrder): DateRead {
  const text = cell.trim()
  if (text === '') return { ok: false, code: 'date.missing' }
  const parts = partsOf(text)
  if (!parts) return { ok: false, code: 'date.unreadable' }
  const day = dayOfParts(parts, order)
  return day === undefined ? { ok: false, code: 'date.impossible' } : { ok: true, day }
}

function dayOfParts(parts: DateParts, order: DateOrder): string | undefined {
  const { first, second, third } = parts
  if (parts.yearAt === 0) return dayOf(first, second, third)
  if (parts.named) return dayOf(wholeYear(third), second, first)
  // A year in front was promised and did not come: points stand between day, month and year everywhere.
  const settled = order === 'ymd' && parts.yearAt === 2 ? (parts.separator === '.' ? 'dmy' : null) : order
  if (settled === 'ymd') return dayOf(wholeYear(first), second, third)
  if (settled === 'dmy') return dayOf(wholeYear(third), second, first)
  return settled === 'mdy' ? dayOf(wholeYear(third), first, second) : undefined
}

function wholeYear(year: number): number {
  return year >= 100 ? year : fullYear(year)
}

/** A time may be glued to the year. */
const numeric = /^(\d{4}|\d{1,2})([.\-/ ])\s?(\d{1,2})\2\s?(\d{4}|\d{1,2})(?:(?!\d)|(?=[0-2]\d:[0-5]\d))/
/** `20260305`, and with its time as `20260305143000`. */
const compact = /^(\d{4})(\d{2})(\d{2})(?:[0-2]\d[0-5]\d[0-5]\d)?(?!\d)/
const withName =
  /^(?:\p{L}{2,9}\.?,? +)?(\d{1,2})[.\-/ ]*\s?(?:de )?(\p{L}{3,12})\.?[\-/., ]*(?:de )?(\d{4}|\d{2})(?!\d)/u
const nameFirst = /^(\p{L}{3,12})\.? +(\d{1,2}),? +(\d{4})(?!\d)/u

function partsOf(text: string): DateParts | null {
  const digits = numeric.exec(text)
  if (digits) {
    const [, a = '', separator = '', b = '', c = ''] = digits
    if (a.length === 4 && c.length === 4) return null
    const yearAt = a.length === 4 ? 0 : c.length === 4 ? 2 : null
    return { first: Number(a), second: Number(b), third: Number(c), yearAt, separator, named: false }
  }
  const solid = compact.exec(text)
  if (solid) {
    return {
      first: Number(solid[1]),
      second: Number(solid[2]),
      third: Number(solid[3]),
      yearAt: 0,
      separator: '',
      named: false,
    }
  }
  const named = withName.exec(text)
  if (named) return namedParts(named[1], named[2], named[3])
  const american = nameFirst.exec(text)
  return american ? namedParts(american[2], american[1], american[3]) : null
}

function namedParts(day = '', name = '', year = ''): DateParts | null {
  const month = monthOf(name)
  if (month === 0) return null
  return { first: Number(day), second: month, third: Number(year), yearAt: null, separator: '', named: true }
}

function monthOf(name: string): number {
  const lower = name.toLowerCase()
  let found = { month: 0, length: 0 }
  for (const [at, beginnings] of monthNames.entries()) {
    for (const { length } of beginnings.filter((beginning) => lower.startsWith(beginning)))
      if (length > found.length) found = { month: at + 1, length }
  }
  return found.month
}

/**
 * The order in which a column's cells write their dates, from all of them at once: `certain` is false when
 * every cell would be a day in two orders. Null when the cells are no dates.
 */
export function findDateOrder(cells: readonly string[]): { order: DateOrder; certain: boolean } | null {
  const dates = cells.map((cell) => partsOf(cell.trim())).filter((parts) => parts !== null)
  if (dates.length === 0) return null
  if (dates.every((parts) => parts.yearAt === 0)) return { order: 'ymd', certain: true }
  const open = dates.filter((parts) => parts.yearAt !== 0 && !parts.named)
  if (open.length === 0) return { order: 'dmy', certain: true }
  const orders: DateOrder[] = open.some((parts) => parts.yearAt === 2)
    ? ['dmy', 'mdy']
    : ['dmy', 'mdy', 'ymd']
  const fits = (order: DateOrder): number =>
    open.filter((parts) => dayOfParts(parts, order) !== undefined).length
  const ranked = orders.map((order) => ({ order, fit: fits(order) })).sort((a, b) => b.fit - a.fit)
  const [best, next] = ranked
  if (!best || best.fit === 0) return null
  // Points are written between day, month and year only; with slashes or dashes a tie stays a question.
  const pointed = best.order === 'dmy' && open.every((parts) => parts.separator === '.')
  // A slip or two may be no day of any calendar; a column of which a fifth does not fit was not understood.
  const fitting = best.fit >= open.length * 0.8
  return { order: best.order, certain: fitting && (pointed || best.fit > (next?.fit ?? 0)) }
}
