// The arithmetic of dividing one line between several payments, to the last kopeck.

import { currencyOf, formatDecimal, parseDecimal } from '../../../../electron/contract/money.ts'

export interface SplitRow {
  paymentId: number
  accountNumber: string
  payerName: string
  /** What the payment is for, in the line's currency. */
  paymentSumMinor: number
  /** What the person typed; a comma or a dot as the mark, blanks anywhere. */
  typed: string
}

export type SplitTrouble = 'unreadable' | 'notPositive'

export interface SplitState {
  rows: { amountMinor: number | null; trouble: SplitTrouble | null; over: boolean }[]
  /** What is left of the line; negative when more was given away than there is. */
  restMinor: number
  overLine: boolean
  overPayment: boolean
  /** Every row is readable, at least one exists and the line is not exceeded. */
  acceptable: boolean
}

/** Reads a sum as people type it (`1 234,5`, `1234.50`); undefined for anything that is not exactly a sum. */
export function readTyped(typed: string, currency: string): number | undefined {
  const code = currencyOf(currency)
  if (!code) return undefined
  const plain = typed.replace(/[\s\u00a0\u202f']/g, '').replace(',', '.')
  return plain === '' ? undefined : parseDecimal(plain, code)
}

/** A sum as it stands in an input: no grouping, the locale's mark. */
export function typedOf(minor: number, currency: string, mark: ',' | '.'): string {
  const code = currencyOf(currency)
  return code ? formatDecimal({ minor, currency: code }).replace('.', mark) : String(minor)
}

/** Judges the rows against what the line still has. `leftMinor` is unsigned, in minor units of `currency`. */
export function judgeSplit(rows: readonly SplitRow[], leftMinor: number, currency: string): SplitState {
  const judged = rows.map((row) => {
    const amountMinor = readTyped(row.typed, currency) ?? null
    const trouble: SplitTrouble | null =
      amountMinor === null ? 'unreadable' : amountMinor <= 0 ? 'notPositive' : null
    return { amountMinor, trouble, over: amountMinor !== null && amountMinor > row.paymentSumMinor }
  })
  const given = judged.reduce((sum, row) => sum + (row.amountMinor ?? 0), 0)
  const restMinor = leftMinor - given
  return {
    rows: judged,
    restMinor,
    overLine: restMinor < 0,
    overPayment: judged.some((row) => row.over),
    acceptable: judged.length > 0 && restMinor >= 0 && judged.every((row) => row.trouble === null),
  }
}

/** What a newly added payment gets: its own sum, or what is left when that is less. Never below zero. */
export function proposedShare(paymentSumMinor: number, restMinor: number): number {
  return Math.max(0, Math.min(paymentSumMinor, restMinor))
}
