// Schemas and types that several areas share.

import { z } from 'zod'

export const PortalId = z
  .string()
  .regex(/^p_[a-z0-9]{8,32}$/)
  .brand<'portal'>()
export type PortalId = z.infer<typeof PortalId>
/** The portal's own id of a payment (`sale_order_payment.id`); unique within one portal. */
export const PaymentId = z.int().positive().brand<'payment'>()
export type PaymentId = z.infer<typeof PaymentId>
export const LineId = z.int().positive().brand<'line'>()
export type LineId = z.infer<typeof LineId>
export const FileId = z.int().positive().brand<'file'>()
export type FileId = z.infer<typeof FileId>
export const MatchId = z.int().positive().brand<'match'>()
export type MatchId = z.infer<typeof MatchId>
export const DecisionId = z.int().positive().brand<'decision'>()
export type DecisionId = z.infer<typeof DecisionId>
export const PlanId = z
  .string()
  .regex(/^pl_[a-z0-9]{8,32}$/)
  .brand<'plan'>()
export type PlanId = z.infer<typeof PlanId>
export const JobId = z
  .string()
  .regex(/^j_[a-z0-9]{8,32}$/)
  .brand<'job'>()
export type JobId = z.infer<typeof JobId>

/** A calendar day as banks mean it, without zone: `YYYY-MM-DD`. */
export const BankDay = z.iso.date()
export type BankDay = string
/** A moment, ISO 8601 in UTC, with milliseconds: `2026-11-21T09:02:11.000Z`. */
export type Moment = string

export const CurrencyCode = z.string().regex(/^[A-Z]{3}$/)
/** Minor units of the currency named beside it; a safe integer. */
export const Minor = z.int().min(-Number.MAX_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER)

export interface Sum {
  minor: number
  currency: string
}

/** A slice of an ordered list: `offset` rows are skipped, at most `limit` come back. */
export const Slice = z.strictObject({
  offset: z.int().nonnegative().default(0),
  limit: z.int().min(1).max(1000).default(200),
})
export interface Page<Row> {
  rows: Row[]
  /** Rows of the whole filter, not of this page. */
  total: number
  /** Grows with every change of what the page was read from; a different one means "ask again". */
  revision: number
}

export const Sort = z.strictObject({ column: z.string().max(40), descending: z.boolean().default(false) })
export const NoInput = z.strictObject({}).optional()

/** One piece of evidence or one outcome names money and days; this is the person who decided or started it (money rule 23). */
export interface Actor {
  account: string
  computer: string
  /** The portal's user whose credential was used, where one was. */
  portalUser: string | null
}
