/** Moments are milliseconds since 1970 inside, ISO 8601 with an offset outside; days are `YYYY-MM-DD`. */

export const DAY_MS = 86_400_000

const formats = new Map<string, Intl.DateTimeFormat>()

function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  formats.set(zone, made)
  return made
}

const offsetPattern = /([+-])(\d{2}):?(\d{2})$/

function offsetOfText(text: string): number | undefined {
  const found = offsetPattern.exec(text)
  if (!found) return undefined
  const minutes = Number(found[2]) * 60 + Number(found[3])
  return found[1] === '-' ? -minutes : minutes
}

const QUARTER_MS = 900_000

/** Asking Intl costs more than printing a whole payment, and offsets change on quarters of an hour only. */
const askedOffsets = new Map<string, Map<number, number>>()

function askOffset(zone: string, atMs: number): number {
  const name = formatFor(zone)
    .formatToParts(atMs)
    .find((part) => part.type === 'timeZoneName')
  return offsetOfText(name?.value ?? '') ?? 0
}

/** Minutes east of UTC that a zone (`Europe/Moscow` or a fixed `+03:00`) has at a moment. */
export function offsetMinutes(zone: string, atMs: number): number {
  if (zone === '' || zone === 'UTC') return 0
  const fixed = offsetOfText(zone)
  if (fixed !== undefined) return fixed
  const quarter = Math.floor(atMs / QUARTER_MS)
  const asked = askedOffsets.get(zone) ?? new Map<number, number>()
  askedOffsets.set(zone, asked)
  const known = asked.get(quarter)
  if (known !== undefined) return known
  const offset = askOffset(zone, atMs)
  asked.set(quarter, offset)
  return offset
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** `YYYY-MM-DDThh:mm:ss±hh:mm` in the given zone. */
export function printMoment(atMs: number, zone: string): string {
  const offset = offsetMinutes(zone, atMs)
  const local = new Date(Math.floor(atMs / 1000) * 1000 + offset * 60_000).toISOString().slice(0, 19)
  const size = Math.abs(offset)
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

const momentPattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/

/** Reads ISO text; one without an offset is read in `zone`. Undefined when it is not a date. */
export function readMoment(text: string, zone: string): number | undefined {
  const found = momentPattern.exec(text.trim())
  if (!found) return undefined
  const [, year, month, day, hour = '00', minute = '00', second = '00', offset] = found
  const local = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  if (Number.isNaN(local)) return undefined
  if (offset === 'Z') return local
  const given = offset === undefined ? undefined : offsetOfText(offset)
  return local - (given ?? offsetMinutes(zone, local)) * 60_000
}

/** Midnight UTC of a day, for arithmetic on days without any clock. */
export function dayMs(day: string): number {
  return Date.parse(`${day}T00:00:00Z`)
}

export function addDays(day: string, days: number): string {
  return new Date(dayMs(day) + days * DAY_MS).toISOString().slice(0, 10)
}

export function isWeekend(day: string): boolean {
  const weekday = new Date(dayMs(day)).getUTCDay()
  return weekday === 0 || weekday === 6
}

/** `19.11.2026` */
export function russianDay(day: string): string {
  return `${day.slice(8, 10)}.${day.slice(5, 7)}.${day.slice(0, 4)}`
}
