// Sums, days, moments and amounts as the person's own locale writes them. A sum goes to Intl as exact decimal
// text made from its minor units, so that no fraction ever rounds it.

import { exponentOf, formatDecimal } from '../../../electron/contract/money.ts'
import type { Currency } from '../../../electron/contract/money.ts'

export type Language = 'ru' | 'en'

export interface SumOfRow {
  minor: number
  currency: string
}

export interface Format {
  readonly locale: string
  /** `12 430,00`: all digits of the currency, without its code. */
  amount(minor: number, currency: string): string
  /** `+12 430,00` or `−150,00`: for movements. */
  movement(minor: number, currency: string): string
  /** `12 430,00 RUB`. */
  sum(minor: number, currency: string): string
  /** `1 842 310,50 RUB · 3 100,00 USD`, or a dash. */
  sums(sums: readonly SumOfRow[]): string
  /** A bank day `YYYY-MM-DD` as `19.11.2026`; '' for none. */
  day(day: string | null): string
  /** The day without its year. */
  shortDay(day: string | null): string
  /** A month and year of a bank day. */
  month(day: string): string
  /** A moment in the computer's zone: day and time to the minute. */
  moment(moment: string | null): string
  /** The same to the second, for the journal. */
  exactMoment(moment: string): string
  /** Only the time, when the moment is of today, else day and time. */
  recent(moment: string | null, now: Date): string
  count(n: number): string
  percent(share: number): string
  bytes(n: number): string
  /** `18 s`, `4 min`, `1 h 20 min`. */
  duration(ms: number): string
  list(words: readonly string[]): string
}

/** The most exact tag for `language` among those the person prefers (`navigator.languages`). */
export function localeTag(language: Language, preferred: readonly string[]): string {
  const own = preferred.find((tag) => tag.toLowerCase().split('-')[0] === language)
  return own ?? (language === 'ru' ? 'ru-RU' : 'en-GB')
}

/** `timeZone` is for tests; the computer's own otherwise. */
export function createFormat(locale: string, timeZone?: string): Format {
  const numbers = new Map<number, Intl.NumberFormat>()
  const zone = timeZone === undefined ? {} : { timeZone }
  const dayFormat = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
  })
  const shortDayFormat = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    day: '2-digit',
    month: '2-digit',
  })
  const monthFormat = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'long', year: 'numeric' })
  const momentParts = {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  } as const
  const momentFormat = new Intl.DateTimeFormat(locale, { ...zone, ...momentParts })
  const exactFormat = new Intl.DateTimeFormat(locale, { ...zone, ...momentParts, second: '2-digit' })
  const timeFormat = new Intl.DateTimeFormat(locale, { ...zone, hour: '2-digit', minute: '2-digit' })
  const plainDay = new Intl.DateTimeFormat('en-CA', {
    ...zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  const countFormat = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const percentFormat = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const listFormat = new Intl.ListFormat(locale, { type: 'conjunction' })

  function numberFormat(digits: number): Intl.NumberFormat {
    let one = numbers.get(digits)
    if (!one) {
      one = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })
      numbers.set(digits, one)
    }
    return one
  }

  function absolute(minor: number, currency: string): string {
    const money = { minor: Math.abs(minor), currency: currency as Currency }
    return numberFormat(exponentOf(money.currency)).format(formatDecimal(money) as `${number}`)
  }

  function unit(value: number, name: string, digits = 0, unitDisplay: 'short' | 'long' = 'short'): string {
    return new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay,
      maximumFractionDigits: digits,
    }).format(value)
  }

  const amount = (minor: number, currency: string) => (minor < 0 ? '−' : '') + absolute(minor, currency)
  const sum = (minor: number, currency: string) => `${amount(minor, currency)}\u00A0${currency}`
  const byDay = (format: Intl.DateTimeFormat, day: string | null) => {
    const at = day ? new Date(`${day}T00:00:00Z`) : undefined
    return at && !Number.isNaN(at.getTime()) ? format.format(at) : ''
  }
  const byMoment = (format: Intl.DateTimeFormat, moment: string | null) =>
    moment ? format.format(new Date(moment)) : ''

  return {
    locale,
    amount,
    movement: (minor, currency) => (minor < 0 ? '−' : '+') + absolute(minor, currency),
    sum,
    sums: (sums) => (sums.length === 0 ? '—' : sums.map((one) => sum(one.minor, one.currency)).join(' · ')),
    day: (day) => byDay(dayFormat, day),
    shortDay: (day) => byDay(shortDayFormat, day),
    month: (day) => byDay(monthFormat, day),
    moment: (moment) => byMoment(momentFormat, moment),
    exactMoment: (moment) => byMoment(exactFormat, moment),
    recent(moment, now) {
      if (!moment) return ''
      const at = new Date(moment)
      return plainDay.format(at) === plainDay.format(now) ? timeFormat.format(at) : momentFormat.format(at)
    },
    count: (n) => countFormat.format(n),
    percent: (share) => percentFormat.format(share),
    bytes(n) {
      // The short English form has no plural: `903 byte`.
      if (n < 1024) return unit(n, 'byte', 0, 'long')
      if (n < 1024 * 1024) return unit(n / 1024, 'kilobyte')
      return unit(n / 1024 / 1024, 'megabyte', 1)
    },
    duration(ms) {
      const seconds = Math.max(1, Math.round(ms / 1000))
      if (seconds < 60) return unit(seconds, 'second')
      const minutes = Math.round(seconds / 60)
      if (minutes < 60) return unit(minutes, 'minute')
      const rest = minutes % 60
      return unit(Math.floor(minutes / 60), 'hour') + (rest ? ` ${unit(rest, 'minute')}` : '')
    },
    list: (words) => listFormat.format(words),
  }
}
