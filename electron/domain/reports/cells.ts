// What a report is before it becomes a file: sheets of typed cells. Writers receive nothing else.

import { byCode } from '../../contract/money.ts'

export type Cell =
  | { kind: 'text'; text: string }
  | { kind: 'money'; minor: number; currency: string }
  | { kind: 'day'; day: string }
  | { kind: 'moment'; at: string }
  | { kind: 'number'; value: number }
  | { kind: 'percent'; share: number }
  | { kind: 'empty' }

export interface Column {
  title: string
  /** In characters. */
  width: number
  align?: 'right'
}

export interface Sheet {
  name: string
  columns: readonly Column[]
  rows: Iterable<readonly Cell[]>
  /** Rows after the last one, asked for when the others are through: totals, and what the report rests on. */
  footer?: () => readonly (readonly Cell[])[]
}

export const empty: Cell = { kind: 'empty' }
export const textCell = (text: string): Cell => (text === '' ? empty : { kind: 'text', text })
export const moneyCell = (minor: number, currency: string): Cell => ({ kind: 'money', minor, currency })
export const dayCell = (day: string | null): Cell => (day === null ? empty : { kind: 'day', day })
export const momentCell = (at: string | null): Cell => (at === null ? empty : { kind: 'moment', at })
export const numberCell = (value: number): Cell => ({ kind: 'number', value })

/** Adds up one column of money while its rows pass by; totals per currency. */
export function createTally(): {
  add(minor: number, currency: string): void
  count(): number
  sums(): { minor: number; currency: string }[]
} {
  const sums = new Map<string, number>()
  let count = 0
  return {
    add: (minor, currency) => {
      count += 1
      sums.set(currency, (sums.get(currency) ?? 0) + minor)
    },
    count: () => count,
    sums: () => [...sums].sort(byCode).map(([currency, minor]) => ({ minor, currency })),
  }
}
