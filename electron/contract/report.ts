// What can be exported, and the figures of the Reports screen.

import { z } from 'zod'
import { JournalFilter } from './journal.ts'
import { ReconcileFilter } from './match.ts'
import { PaymentFilter, PaymentSort, paymentColumns } from './payment.ts'
import { LineFilter } from './statement-row.ts'
import { BankDay, JobId, PortalId } from './values.ts'
import type { Sum } from './values.ts'

const Shape = {
  format: z.enum(['csv', 'xlsx']),
  /** BCP 47; decides words, separators and date formats. */
  locale: z.enum(['ru', 'en']),
}

export const ReportRequest = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('payments'),
    ...Shape,
    filter: PaymentFilter.default({}),
    sort: PaymentSort.optional(),
    columns: z.array(z.enum(paymentColumns)).min(1).max(40).optional(),
  }),
  z.strictObject({ kind: z.literal('lines'), ...Shape, filter: LineFilter.default({}) }),
  z.strictObject({ kind: z.literal('proposals'), ...Shape, filter: ReconcileFilter.prefault({}) }),
  z.strictObject({ kind: z.literal('operation'), ...Shape, jobId: JobId }),
  z.strictObject({ kind: z.literal('journal'), ...Shape, filter: JournalFilter.default({}) }),
  /** Summary, matched, to pay, to take back, differences, lines without a payment, payments without a line, changes. */
  z.strictObject({
    kind: z.literal('reconciliation'),
    ...Shape,
    portalId: PortalId,
    from: BankDay.optional(),
    to: BankDay.optional(),
  }),
])
export type ReportRequest = z.output<typeof ReportRequest>

export const OverviewRequest = z
  .strictObject({
    portalId: PortalId.optional(),
    from: BankDay.optional(),
    to: BankDay.optional(),
  })
  .prefault({})

export interface ReportOverview {
  currencies: string[]
  /** Per bank day and currency: what came in, and how much of it is matched. */
  days: { day: BankDay; currency: string; inMinor: number; matchedMinor: number }[]
  /** Unpaid, unmatched payments by age of their invoice. */
  ageing: {
    currency: string
    upTo7: Sum
    upTo30: Sum
    upTo90: Sum
    more: Sum
    counts: [number, number, number, number]
  }[]
  differences: {
    standing: 'overpaid' | 'partlyReceived' | 'paidSumDiffers' | 'paidWithoutMoney'
    count: number
    sums: Sum[]
  }[]
  linesWithoutPayment: { count: number; sums: Sum[] }
}
