// The figures of the Reports screen from the overview the backend answers. Sums of different currencies never meet.

import type { ReportOverview } from '../../../../electron/contract/report.ts'
import type { BankDay } from '../../../../electron/contract/values.ts'

type Days = ReportOverview['days']

export interface Share {
  currency: string
  inMinor: number
  matchedMinor: number
  /** 0..1; null when nothing came in. */
  share: number | null
}

/** The currency a person means first: that of most days with money, then of most open payments. */
export function mainCurrency(overview: Pick<ReportOverview, 'currencies' | 'days' | 'ageing'>): string {
  const weight = (currency: string) => {
    const days = overview.days.filter((day) => day.currency === currency).length
    const open = overview.ageing.find((entry) => entry.currency === currency)?.counts ?? []
    return [days, open.reduce((sum, count) => sum + count, 0)] as const
  }
  const heaviest = overview.currencies
    .map((currency) => ({ currency, weight: weight(currency) }))
    .sort((a, b) => b.weight[0] - a.weight[0] || b.weight[1] - a.weight[1])
  return heaviest[0]?.currency ?? ''
}

/** How much of what came in is matched, over the whole period, for one currency. */
export function shareOf(days: Days, currency: string): Share {
  let inMinor = 0
  let matchedMinor = 0
  for (const day of days) {
    if (day.currency !== currency) continue
    inMinor += day.inMinor
    matchedMinor += day.matchedMinor
  }
  return { currency, inMinor, matchedMinor, share: inMinor === 0 ? null : matchedMinor / inMinor }
}

/** `1` is written only when nothing is missing: 0.9996 is 99 %, not 100 %. */
export function sharePercent(share: number): number {
  return share >= 1 ? 100 : Math.min(99, Math.round(share * 100))
}

export interface DayPoint {
  day: BankDay
  matchedMinor: number
  /** What came in and is not matched yet; never below zero. */
  openMinor: number
}

/** One currency's days in order; days on which nothing happened are not invented. */
export function dayPoints(days: Days, currency: string): DayPoint[] {
  return days
    .filter((day) => day.currency === currency)
    .sort((a, b) => (a.day < b.day ? -1 : 1))
    .map(({ day, inMinor, matchedMinor }) => ({
      day,
      matchedMinor,
      openMinor: Math.max(0, inMinor - matchedMinor),
    }))
}

/** Months of more than `limit` days become weeks (named by their Monday), so that bars stay readable. */
export function condensed(
  points: readonly DayPoint[],
  limit: number,
): { points: DayPoint[]; by: 'day' | 'week' } {
  if (points.length <= limit) return { points: [...points], by: 'day' }
  const weeks = new Map<BankDay, DayPoint>()
  for (const point of points) {
    const day = mondayOf(point.day)
    const week = weeks.get(day) ?? { day, matchedMinor: 0, openMinor: 0 }
    week.matchedMinor += point.matchedMinor
    week.openMinor += point.openMinor
    weeks.set(day, week)
  }
  return { points: [...weeks.values()], by: 'week' }
}

/** The Monday of the day's week, by the calendar alone. */
export function mondayOf(day: BankDay): BankDay {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
  return date.toISOString().slice(0, 10)
}

export const ageBands = ['upTo7', 'upTo30', 'upTo90', 'more'] as const
export type AgeBand = (typeof ageBands)[number]

export interface AgeRow {
  band: AgeBand
  minor: number
  count: number
}

/** The four bands of one currency, youngest first; zeros where the currency has no open payment. */
export function ageRows(overview: Pick<ReportOverview, 'ageing'>, currency: string): AgeRow[] {
  const ageing = overview.ageing.find((entry) => entry.currency === currency)
  return ageBands.map((band, index) => ({
    band,
    minor: ageing?.[band].minor ?? 0,
    count: ageing?.counts[index] ?? 0,
  }))
}
