// The sub-fields of :61: and of the balances, which stand glued together without marks (SWIFT Standards
// MT 940, field 61: 6!n[4!n]2a[1!a]15d1!a3!c16x[//16x][34x]).

import { exponentOf, parseDecimal, type Currency } from '../../../contract/money.ts'
import type { IssueCode } from '../../../contract/statement.ts'
import type { BankDay } from '../../../contract/values.ts'
import { dayNumber, dayOf, fullYear } from '../bank-days.ts'

/** A :61: taken apart. The amount stays text until the currency is known. */
export interface EntryFields {
  valueDay: BankDay | null
  /** The entry date, or the value date where there is none; null when neither is a day of the calendar. */
  bankDay: BankDay | null
  /** True when a date was written that the calendar does not have. */
  impossible: boolean
  sign: 1 | -1
  reversal: boolean
  /** True for EC and ED: entries that are only expected. */
  expected: boolean
  amount: string
  reference: string
  bankReference: string
  /** What stands on the lines after the first. */
  details: string
}

// Value date, entry date (four figures, or blanks in its place), mark, funds code, amount, type and code, rest.
// A mark that begins with R or E takes two letters: `RC15,` reverses a credit, while in `CR15,` the R is the
// funds code, the third letter of EUR.
const entry =
  /^(\d{6})(\d{4}| {4})? ?(RC|RD|EC|ED|C|D)[A-Z]? ?(\d[\d.,']*|,\d+) ?(?:(?!NONREF)[NFS](?:[A-Z0-9]{3}|[A-Z0-9]{2}(?= |$)|(?=\/\/|$)))?(.*)$/s

/**
 * Takes a :61: apart; undefined when its first line does not hold at least date, mark and amount. `shortDay` is the
 * file's reader of days.
 */
export function readEntry(lines: readonly string[], shortDay: ReadShortDay): EntryFields | undefined {
  const first = lines[0] ?? ''
  const alone = entry.exec(first)
  // Some banks break the line before the amount.
  const joined = alone ?? entry.exec(first + (lines[1] ?? ''))
  if (!joined) return undefined
  const [, value = '', entryDay = '', mark = '', amount = '', rest = ''] = joined
  const valueDay = shortDay(value)
  const dated = entryDay !== '' && entryDay !== '    '
  const booked = dated ? entryDayOf(entryDay, value, valueDay, shortDay) : undefined
  const slashes = rest.indexOf('//')
  return {
    valueDay,
    bankDay: booked ?? valueDay,
    impossible: valueDay === null || (booked === undefined && dated),
    sign: mark === 'C' || mark === 'RD' || mark === 'EC' ? 1 : -1,
    reversal: mark.startsWith('R'),
    expected: mark.startsWith('E'),
    amount,
    reference: (slashes < 0 ? rest : rest.slice(0, slashes)).trimEnd(),
    bankReference: slashes < 0 ? '' : rest.slice(slashes + 2).trim(),
    details: textBelow(lines, alone ? 1 : 2),
  }
}

function textBelow(lines: readonly string[], from: number): string {
  if (lines.length <= from) return ''
  return lines
    .slice(from)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
}

export interface BalanceFields {
  day: BankDay | null
  currency: string
  sign: 1 | -1
  amount: string
}

/**
 * `C100722EUR0,00`; undefined when it is nothing of the kind. A first line with a whole amount says all of it: what
 * stands below (a heading between two messages) must not run into the number. `currency` is '' where it was left out.
 */
export function readBalance(lines: readonly string[], shortDay: ReadShortDay): BalanceFields | undefined {
  const tight = (text: string) => text.replaceAll(/\s/g, '')
  const parts = wholeBalance.exec(tight(lines[0] ?? '')) ?? balance.exec(tight(lines.join('')))
  if (!parts) return undefined
  const [, mark, date = '', currency = '', amount = ''] = parts
  return { day: shortDay(date), currency, sign: mark === 'C' ? 1 : -1, amount }
}

const balance = /^([CD])R?(\d{6})([A-Z]{3}|)(\d[\d.,']*|,\d+)/
const wholeBalance = /^([CD])R?(\d{6})([A-Z]{3}|)(\d[\d.']*,\d*|,\d+)/

/**
 * The amount of a :61: or a balance in minor units. The mark is a comma, or a dot in some banks' files, and
 * may end the number (`15,`); some leave it out.
 */
export function readSwiftAmount(text: string, currency: Currency): { minor: number } | { wrong: IssueCode } {
  const plain = text.includes("'") ? text.replaceAll("'", '') : text
  const minor = parseDecimal(plain, currency, plain.includes(',') ? ',' : '.')
  if (minor !== undefined) return { minor }
  const fraction = /^\d*[.,](\d+)$/.exec(plain)?.[1] ?? ''
  return { wrong: fraction.length > exponentOf(currency) ? 'amount.precision' : 'amount.unreadable' }
}

/** Reads `YYMMDD`; null for a day that the calendar does not have. */
export type ReadShortDay = (text: string) => BankDay | null

/** A reader that remembers the last day: entries come by days. */
export function createShortDayReader(): ReadShortDay {
  let last = ''
  let day: BankDay | null = null
  return (text) => {
    if (text === last) return day
    last = text
    day =
      dayOf(fullYear(Number(text.slice(0, 2))), Number(text.slice(2, 4)), Number(text.slice(4, 6))) ?? null
    return day
  }
}

/** The entry date `MMDD` beside the value date as written and as a day, which lacks where the calendar lacks it. */
function entryDayOf(
  text: string,
  value: string,
  valueDay: BankDay | null,
  shortDay: ReadShortDay,
): BankDay | undefined {
  if (valueDay === null) return nearestDay(text, shortDay(`${value.slice(0, 4)}01`))
  // Nearly every entry is booked on its value date.
  return value.endsWith(text) ? valueDay : nearestDay(text, valueDay)
}

/** `MMDD` in the year that brings it closest to the value date: an entry of 2 January may be valued 31 December. */
function nearestDay(text: string, around: BankDay | null): BankDay | undefined {
  if (around === null) return undefined
  const year = Number(around.slice(0, 4))
  let best: BankDay | undefined
  for (const tried of [year, year - 1, year + 1]) {
    const day = dayOf(tried, Number(text.slice(0, 2)), Number(text.slice(2, 4)))
    if (day === undefined) continue
    if (
      best === undefined ||
      Math.abs(dayNumber(day) - dayNumber(around)) < Math.abs(dayNumber(best) - dayNumber(around))
    )
      best = day
  }
  return best
}
