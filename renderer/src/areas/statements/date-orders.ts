// How a date of two small numbers reads, the day first or the month first.

import type { StatementIssue } from '../../../../electron/contract/statement.ts'
import type { Text } from '../../text/language.ts'

export type DateOrder = 'dmy' | 'mdy' | 'ymd'

/** Stands in where the file's own date is not told: any date of which both readings are days. */
const example = '03/04/2026'

/** The first date of the file that may be read in two ways, as it stands there. */
export function ambiguousDate(issues: readonly StatementIssue[]): string {
  const text = issues.find((issue) => issue.code === 'date.ambiguous')?.text ?? ''
  const found = /\d{1,2}\s?[./'\-\s]\s?\d{1,2}\s?[./'\-\s]\s?\d{2,4}/.exec(text)
  return found?.[0] ?? example
}

/** The same date read both ways, `YYYY-MM-DD`; null where it is no date of day, month and year. */
export function readingsOf(date: string): { dmy: string; mdy: string } | null {
  const [first, second, year] = (date.match(/\d+/g) ?? []).map(Number)
  if (first === undefined || second === undefined || year === undefined) return null
  const full = year < 100 ? 2000 + year : year
  const day = (month: number, of: number) => {
    const at = new Date(Date.UTC(full, month - 1, of))
    return at.getUTCMonth() === month - 1 && at.getUTCDate() === of ? at.toISOString().slice(0, 10) : null
  }
  const dmy = day(second, first)
  const mdy = day(first, second)
  return dmy && mdy ? { dmy, mdy } : null
}

/** `3 April 2026` in the person's language. */
export function spelledDay(day: string, { format }: Text): string {
  return new Intl.DateTimeFormat(format.value.locale, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(new Date(`${day}T00:00:00Z`))
}
