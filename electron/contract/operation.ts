// Plans and the operations that carry them out: what would change, what did change, and how each item ended.

import { z } from 'zod'
import type { Fault } from './fault.ts'
import { PaymentSelection } from './payment.ts'
import { JobId, PaymentId, PlanId, PortalId, Slice } from './values.ts'
import type { Actor, Moment, Sum } from './values.ts'

export const planKinds = ['pay', 'unpay', 'edit', 'delete', 'undo'] as const
export type PlanKind = (typeof planKinds)[number]

/** The 34 fields that the edit form may change; `paid` is never among them, `sum` and `paySystemId` need the number typed. */
export const editableFields = [
  'paySystemId',
  'datePaid',
  'empPaidId',
  'psStatus',
  'psStatusCode',
  'psStatusDescription',
  'psStatusMessage',
  'psSum',
  'psCurrency',
  'psResponseDate',
  'payVoucherNum',
  'payVoucherDate',
  'datePayBefore',
  'dateBill',
  'xmlId',
  'sum',
  'companyId',
  'payReturnNum',
  'priceCod',
  'payReturnDate',
  'empReturnId',
  'payReturnComment',
  'responsibleId',
  'empResponsibleId',
  'isReturn',
  'comments',
  'updated1c',
  'id1c',
  'version1c',
  'externalPayment',
  'psInvoiceId',
  'marked',
  'reasonMarked',
  'empMarkedId',
] as const
export type EditableField = (typeof editableFields)[number]

export const PlanRequest = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('pay'),
    selection: PaymentSelection,
    /** Also write the bank document's number, its date and the bank day (administrators; money rules 6 to 9). */
    writeDetails: z.boolean().default(false),
  }),
  z.strictObject({
    kind: z.literal('unpay'),
    selection: PaymentSelection,
    reason: z.string().trim().max(500).default(''),
  }),
  /** Everything accepted and not yet paid: what stands as to pay. */
  z.strictObject({
    kind: z.literal('payMatched'),
    portalId: PortalId,
    writeDetails: z.boolean().default(true),
  }),
  z.strictObject({
    kind: z.literal('edit'),
    portalId: PortalId,
    paymentId: PaymentId,
    /** New values as text, by the portal's field names; '' empties a field. Dates `YYYY-MM-DD` or with time and offset. */
    fields: z.partialRecord(z.enum(editableFields), z.string().max(2000)),
    typedNumber: z.string().max(100).default(''),
  }),
  z.strictObject({
    kind: z.literal('delete'),
    portalId: PortalId,
    paymentId: PaymentId,
    typedNumber: z.string().max(100),
  }),
])
export type PlanRequest = z.output<typeof PlanRequest>

/** Why an item of the selection is not part of what will be done. */
export const planRefusals = [
  'alreadySo',
  'gone',
  'sumZero',
  'noMatchForDetails',
  'otherPortal',
  'returned',
  'runningElsewhere',
  'notAdministrator',
  'changedSince',
] as const
export type PlanRefusal = (typeof planRefusals)[number]

export const planWarnings = [
  'receipts',
  'detailsNotPossible',
  'paidWithoutMatch',
  'withMatch',
  'undoIncomplete',
  'noUndo',
  'automations',
  'integrationFields',
  'partialCoverage',
] as const
export type PlanWarning = (typeof planWarnings)[number]

export interface OperationPlan {
  id: PlanId
  kind: PlanKind
  portalId: string
  portalName: string
  createdAt: Moment
  expiresAt: Moment
  /** Hash of everything the person sees and of every frozen item; must come back to apply it. */
  digest: string
  count: number
  sums: Sum[]
  refused: { reason: PlanRefusal; count: number; sums: Sum[] }[]
  warnings: { warning: PlanWarning; count: number }[]
  writeDetails: boolean
  /** Requests the safety rules need, and how long they take at the portal's limits. */
  requests: number
  expectMs: number
  state: 'open' | 'applied' | 'expired'
  jobId: string | null
}

export interface PlanItem {
  seq: number
  paymentId: number
  accountNumber: string
  payerName: string
  sumMinor: number
  currency: string
  paidNow: boolean
  paidAfter: boolean
  refusal: PlanRefusal | null
  warnings: PlanWarning[]
  /** What the second step, or the edit, writes: field, value now, value after. */
  changes: { field: string; before: string; after: string }[]
}

export const PlanRef = z.strictObject({ planId: PlanId })
export const PlanItemsRequest = Slice.extend({ planId: PlanId, refused: z.boolean().optional() })
export const ConfirmPlan = z.strictObject({ planId: PlanId, digest: z.string().max(100) })
export const OperationRef = z.strictObject({ jobId: JobId })

/** How an item stands. Only the last seven are ends. */
export const itemStates = [
  'waiting',
  'checking',
  'sent',
  'unknown',
  'confirmed',
  'confirmedPartly',
  'alreadySo',
  'conflict',
  'refused',
  'notSent',
  'stopped',
] as const
export type ItemState = (typeof itemStates)[number]

export interface OperationRow {
  jobId: string
  kind: PlanKind
  portalId: string
  portalName: string
  startedAt: Moment
  endedAt: Moment | null
  actor: Actor
  state: string
  count: number
  sums: Sum[]
  byState: Partial<Record<ItemState, number>>
  undoable: number
  retryable: number
  undoOf: string | null
}

export interface OperationItem {
  seq: number
  paymentId: number
  accountNumber: string
  payerName: string
  sumMinor: number
  currency: string
  state: ItemState
  /** What the portal showed before and after; null when not read. */
  before: { paid: boolean; paidAt: Moment | null } | null
  after: { paid: boolean; paidAt: Moment | null } | null
  /** How it became certain, for the words of the outcome. */
  settledBy: 'answer' | 'reading' | null
  /** The second step: bank details. */
  details: 'none' | 'waiting' | 'written' | 'notWritten' | 'unknown'
  fault: Fault | null
  at: Moment | null
}

export const OperationItemsRequest = Slice.extend({
  jobId: JobId,
  state: z.array(z.enum(itemStates)).optional(),
})
export const OperationPageRequest = Slice.extend({ portalId: PortalId.optional() }).prefault({})
