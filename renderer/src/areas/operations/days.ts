// Calendar days of the person's own clock.

import type { BankDay } from '../../../../electron/contract/values.ts'

/** The day on which `at` falls where this computer stands. */
export function localDay(at: Date): BankDay {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** Days are counted by the calendar: no hour of a summer time is lost. */
export function addDays(day: BankDay, days: number): BankDay {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}

export const periodNames = ['month', 'lastMonth', 'quarter', 'year'] as const
export type PeriodName = (typeof periodNames)[number]

/** First and last day of a named period around the calendar day `today`. */
export function periodOf(name: PeriodName, today: BankDay): { from: BankDay; to: BankDay } {
  const year = Number(today.slice(0, 4))
  const month = Number(today.slice(5, 7)) - 1
  const span = (fromMonth: number, months: number) => ({
    from: new Date(Date.UTC(year, fromMonth, 1)).toISOString().slice(0, 10),
    to: new Date(Date.UTC(year, fromMonth + months, 0)).toISOString().slice(0, 10),
  })
  if (name === 'month') return span(month, 1)
  if (name === 'lastMonth') return span(month - 1, 1)
  return name === 'quarter' ? span(month - (month % 3), 3) : span(0, 12)
}

/** Which named period exactly these days are; 'any' without days, 'custom' for all others. */
export function periodNameOf(from: string, to: string, today: BankDay): PeriodName | 'any' | 'custom' {
  if (from === '' && to === '') return 'any'
  const named = periodNames.find((name) => {
    const period = periodOf(name, today)
    return period.from === from && period.to === to
  })
  return named ?? 'custom'
}
