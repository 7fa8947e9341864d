// Calendar days as numbers, so that they can be subtracted.

/** Days since 1970-01-01 of `YYYY-MM-DD` or of a moment's UTC day; null for null and for what is no date. */
export function dayNumber(text: string | null): number | null {
  if (text === null || text.length < 10) return null
  const millis = Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1, Number(text.slice(8, 10)))
  return Number.isNaN(millis) ? null : Math.round(millis / 86_400_000)
}

/** The day of a date as purposes write it: `12.09.2026`, `12/09/26`, `2026-09-12`; null where it names no day. */
export function dayOfDate(text: string): number | null {
  const parts = text.split(/[./-]/)
  if (parts.length !== 3) return null
  const [first = '', month = '', last = ''] = parts
  const [year, day] = first.length === 4 ? [first, last] : [last.length === 2 ? `20${last}` : last, first]
  return dayNumber(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
}
