// A portal's calendar: bank days and moments in the zone its user works in (`profile.TIME_ZONE`), money rule 8.

import type { BankDay, Moment } from '../../contract/values.ts'

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Whether the runtime knows the zone: an IANA name, or an offset like `+03:00`. */
export function isZone(zone: string): boolean {
  try {
    formatterOf(zone)
    return true
  } catch {
    return false
  }
}

/** The calendar day a moment falls on in the zone. Throws RangeError for an unknown zone or an unreadable moment. */
export function dayIn(moment: Moment, zone: string): BankDay {
  const at = Date.parse(moment)
  return new Date(at + offsetOnDayOf(at, zone)).toISOString().slice(0, 10)
}

const dayMs = 86_400_000
const steadyDays = new Map<string, Map<number, number | null>>()

/**
 * The zone's offset at a moment. Asking the calendar costs ten microseconds and a refresh asks for every date, so a
 * UTC day that ends with the offset it began with is asked only once.
 */
function offsetOnDayOf(at: number, zone: string): number {
  let days = steadyDays.get(zone)
  if (days === undefined) steadyDays.set(zone, (days = new Map<number, number | null>()))
  const day = Math.floor(at / dayMs)
  let offset = days.get(day)
  if (offset === undefined) {
    const first = offsetAt(day * dayMs, zone)
    offset = offsetAt((day + 1) * dayMs, zone) === first ? first : null
    days.set(day, offset)
  }
  return offset ?? offsetAt(at, zone)
}

/**
 * The calendar day of a date as the portal prints it: `YYYY-MM-DD` stands for itself, a moment with an offset is taken
 * into the zone; null for anything else.
 */
export function dayOf(text: string | null, zone: string): BankDay | null {
  if (text === null) return null
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text
  const moment = momentOf(text)
  return moment === null ? null : dayIn(moment, zone)
}

/** 12:00 of a bank day with the zone's own offset for that day: `2026-11-18T12:00:00+03:00`. */
export function noonOf(day: BankDay, zone: string): string {
  const asUtc = Date.parse(`${day}T12:00:00Z`)
  let offsetMs = offsetAt(asUtc, zone)
  // Once more at the moment found, for zones whose offset changes within the difference.
  offsetMs = offsetAt(asUtc - offsetMs, zone)
  return `${day}T12:00:00${offsetText(offsetMs)}`
}

/** A moment as the portal prints it, with an offset, in UTC; null for empty, offset-less or unreadable text. */
export function momentOf(text: unknown): Moment | null {
  if (
    typeof text !== 'string' ||
    !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(text)
  )
    return null
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

function offsetAt(at: number, zone: string): number {
  const whole = Math.floor(at / 1000) * 1000
  return Date.parse(`${wall(new Date(whole), zone)}Z`) - whole
}

/** The zone's wall clock as `YYYY-MM-DDThh:mm:ss`. */
function wall(at: Date, zone: string): string {
  const parts = new Map(
    formatterOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? '00'
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}`
}

function offsetText(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / 60_000)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${offsetMs < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formatters.set(zone, made)
  return made
}
