// Payments as the screens see them: rows, filters, a selection said as a sentence, details.

import { z } from 'zod'
import type { JournalRow } from './journal.ts'
import type { Reason } from './match.ts'
import { BankDay, CurrencyCode, Minor, PaymentId, PortalId, Slice } from './values.ts'
import type { Moment, Sum } from './values.ts'

/** Where a payment stands between portal and bank; derived, never stored by hand. */
export const standings = [
  'reconciled',
  'toPay',
  'partlyReceived',
  'overpaid',
  'toPaySurplus',
  'paidSumDiffers',
  'paidWithoutMoney',
  'refunded',
  'refundNoted',
  'open',
  'outside',
] as const
export type Standing = (typeof standings)[number]

export const PaymentFilter = z.strictObject({
  portalId: PortalId.optional(),
  standing: z.array(z.enum(standings)).optional(),
  paid: z.boolean().optional(),
  /** By the day of the payment's invoice (`dateBill`), else of its creation. */
  from: BankDay.optional(),
  to: BankDay.optional(),
  paidFrom: BankDay.optional(),
  paidTo: BankDay.optional(),
  paySystemId: z.array(z.int()).optional(),
  currency: z.array(CurrencyCode).optional(),
  payerKey: z.string().max(40).optional(),
  minMinor: Minor.optional(),
  maxMinor: Minor.optional(),
  /** Number, order, sum, payer, tax number; several words must all be found. */
  text: z.string().max(200).optional(),
  /** Only those that changed in the portal and were not looked at yet. */
  news: z.literal(true).optional(),
})
export type PaymentFilter = z.output<typeof PaymentFilter>

export const paymentColumns = [
  'accountNumber',
  'order',
  'owner',
  'payer',
  'taxId',
  'sum',
  'currency',
  'paid',
  'paidAt',
  'billDay',
  'paySystem',
  'matched',
  'bankDay',
  'documentNumber',
  'voucher',
  'ownCompany',
  'standing',
  'id',
] as const
export type PaymentColumn = (typeof paymentColumns)[number]

export const PaymentSort = z.strictObject({
  column: z.enum(paymentColumns),
  descending: z.boolean().default(false),
})

export const PaymentPageRequest = Slice.extend({
  filter: PaymentFilter.default({}),
  sort: PaymentSort.optional(),
}).prefault({})

/** A selection as a sentence: these ids, or everything that matches a filter except some. */
export const PaymentSelection = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ids'), portalId: PortalId, ids: z.array(PaymentId).min(1).max(10_000) }),
  z.strictObject({
    kind: z.literal('filter'),
    filter: PaymentFilter,
    except: z.array(PaymentId).max(10_000).default([]),
  }),
])
export type PaymentSelection = z.output<typeof PaymentSelection>

export interface PaymentRow {
  portalId: string
  id: number
  /** The portal's number, `3653/1`. */
  accountNumber: string
  orderId: number | null
  orderNumber: string
  owner: { kind: 'deal' | 'invoice'; id: number; title: string } | null
  payer: { key: string; name: string; taxId: string } | null
  sumMinor: number
  currency: string
  paid: boolean
  paidAt: Moment | null
  billDay: BankDay | null
  paySystemName: string
  voucherNumber: string
  voucherDay: BankDay | null
  ownCompanyName: string
  /** Accepted matches. */
  matchedMinor: number
  bankDay: BankDay | null
  documentNumber: string
  standing: Standing
  /** The portal showed something else at the last look than the row the person may have seen. */
  gone: boolean
  /** What a quiet look found changed, until the person has looked at it. */
  news: PaymentNewsKind | null
}

export const newsKinds = ['added', 'paid', 'unpaid', 'changed', 'gone'] as const
export type PaymentNewsKind = (typeof newsKinds)[number]

export const NewsRequest = z.strictObject({ portalId: PortalId })
/** What became of a portal's payments without the person asking, and was not looked at yet. */
export type PaymentNews = Record<PaymentNewsKind, number>

/** The person has looked at these payments, or at all of the portal. */
export const LookedAt = z.strictObject({
  portalId: PortalId,
  ids: z.array(PaymentId).max(10_000).optional(),
})

/** Cheap unless the last complete one is old; `whole` reads everything again. */
export const RefreshRequest = z.strictObject({ portalId: PortalId, whole: z.boolean().optional() })

export const PaymentTotalsRequest = z.strictObject({ selection: PaymentSelection })
export interface PaymentTotals {
  count: number
  sums: Sum[]
}

export const StandingCountsRequest = z.strictObject({ filter: PaymentFilter.default({}) }).prefault({})
export interface StandingCounts {
  all: number
  byStanding: Record<Standing, number>
}

export const PaymentRef = z.strictObject({ portalId: PortalId, paymentId: PaymentId })

export interface PaymentDetail {
  row: PaymentRow
  /** Every field the portal gave, by its name there, as text; absent fields are left out. */
  fields: { name: string; value: string }[]
  /** Whether `fields` are all 44 of `sale.payment`, or only the nine short ones. */
  complete: boolean
  payer: {
    name: string
    kind: 'company' | 'contact'
    taxIds: string[]
    accounts: { account: string; bankCode: string }[]
  } | null
  matches: PaymentMatch[]
  history: JournalRow[]
  readAt: Moment
}

export interface PaymentMatch {
  matchId: number
  lineId: number
  bankDay: BankDay
  account: string
  amountMinor: number
  currency: string
  counterparty: string
  purpose: string
  documentNumber: string
  reasons: Reason[]
  decidedAt: Moment
  decidedBy: string
}

/** What filters can offer: the values that occur. */
export interface PaymentFacets {
  currencies: string[]
  paySystems: { id: number; name: string; isCash: boolean }[]
  firstDay: BankDay | null
  lastDay: BankDay | null
}
export const FacetsRequest = z.strictObject({ portalId: PortalId.optional() }).prefault({})
