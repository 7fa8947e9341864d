// Matching: proposals with their reasons, and what a person decides about a line.

import { z } from 'zod'
import type { LineRow } from './statement-row.ts'
import { BankDay, DecisionId, LineId, Minor, PaymentId, PortalId, Slice } from './values.ts'
import type { Moment, Sum } from './values.ts'

/** A stretch of the line's purpose, in UTF-16 units, to be highlighted. */
export interface Fragment {
  from: number
  to: number
}

/**
 * Evidence as data; the words are made in the window. `agrees` tells ✓ from ✗; a reason with `null` is only
 * worth knowing.
 */
export type Reason =
  | {
      kind: 'number'
      agrees: true
      number: string
      of: 'payment' | 'order' | 'invoice'
      fragment: Fragment | null
    }
  | { kind: 'numberOfOther'; agrees: false; number: string; fragment: Fragment | null }
  | { kind: 'sum'; agrees: boolean; lineMinor: number; paymentMinor: number; currency: string }
  | {
      kind: 'sumOfSeveral'
      agrees: boolean
      lineMinor: number
      paymentsMinor: number
      count: number
      currency: string
    }
  | { kind: 'taxId'; agrees: boolean; line: string; payment: string }
  | { kind: 'account'; agrees: boolean; account: string }
  | { kind: 'name'; agrees: boolean; line: string; payment: string; likeness: number }
  | { kind: 'date'; agrees: boolean | null; days: number }
  /** The date that the purpose gives the number is far from the invoice's. */
  | { kind: 'numberDate'; agrees: false; fragment: Fragment | null }
  /** The purpose names `written`, which is `number` but for one digit. */
  | { kind: 'numberMistyped'; agrees: null; written: string; number: string; fragment: Fragment | null }
  /** The sum differs by no more than the settings allow for this reason; `differenceMinor` is line minus payment. */
  | {
      kind: 'sumWithin'
      agrees: null
      because: 'fee' | 'rounding' | 'currency'
      differenceMinor: number
      currency: string
    }
  /** The purpose names the payer; `fragment` is null where the name stands behind a bank's. */
  | { kind: 'mention'; agrees: true; payment: string; fragment: Fragment | null }
  /** The bank took the money back by another line. */
  | { kind: 'reversed'; agrees: false; lineId: number }
  | { kind: 'onlyCandidate'; agrees: true }
  | { kind: 'otherCandidates'; agrees: false; count: number }
  | { kind: 'ownCompanyUnknown'; agrees: null }
  | { kind: 'alreadyPaid'; agrees: null; paidAt: Moment | null }
  | { kind: 'fileUnproved'; agrees: false }
  | { kind: 'byHand'; agrees: null }

export const zones = ['certain', 'likely', 'doubtful', 'none'] as const
export type Zone = (typeof zones)[number]

export interface Allotment {
  paymentId: number
  amountMinor: number
}

/** One way to explain a line: the payments it pays and how much of each. */
export interface Proposal {
  rank: number
  zone: Zone
  /** 0..1, calibrated: how likely this explanation is the true one. */
  confidence: number
  portalId: string
  allotments: (Allotment & {
    accountNumber: string
    paymentSumMinor: number
    paid: boolean
    payerName: string
    ownerTitle: string
    billDay: BankDay | null
  })[]
  /** Line amount minus the allotments. */
  restMinor: number
  reasons: Reason[]
}

export interface ReconcileRow {
  line: LineRow
  zone: Zone
  /** Shown in the list: the best proposal's number(s) and reasons' summary; null when there is none. */
  best: { numbers: string[]; confidence: number } | null
  decision: { id: number; kind: DecisionKind; at: Moment } | null
}

export const decisionKinds = [
  'accept',
  'acceptCertain',
  'reject',
  'ignore',
  'hold',
  'release',
  'unmatch',
] as const
export type DecisionKind = (typeof decisionKinds)[number]

export const ReconcileFilter = z.strictObject({
  account: z.string().max(64).optional(),
  portalId: PortalId.optional(),
  fileId: z.int().positive().optional(),
  zone: z.array(z.enum(zones)).optional(),
  /** 'left': lines that still need a decision; 'decided'; 'all'. */
  state: z.enum(['left', 'decided', 'all']).default('left'),
  direction: z.enum(['in', 'out', 'both']).default('both'),
  text: z.string().max(200).optional(),
})
export const ReconcilePageRequest = Slice.extend({ filter: ReconcileFilter.prefault({}) }).prefault({})

export interface ReconcileSummary {
  left: number
  leftSums: Sum[]
  byZone: Record<Zone, { count: number; sums: Sum[] }>
  decided: number
  /** Accepted matches whose payments are not yet marked paid. */
  toPay: { count: number; sums: Sum[] }
  /** What "accept all certain" would accept, with the digest that must come back. */
  certain: { count: number; sums: Sum[]; digest: string }
}

export const ProposeRequest = z.strictObject({ account: z.string().max(64).optional() }).prefault({})
export const CandidatesRequest = z.strictObject({
  lineId: LineId,
  /** Several numbers at once, a sum, a payer; empty gives the matcher's own proposals. */
  search: z.string().max(200).default(''),
})
export interface Candidates {
  line: LineRow
  proposals: Proposal[]
  leftMinor: number
}

export const AcceptRequest = z.strictObject({
  lineId: LineId,
  portalId: PortalId,
  allotments: z
    .array(z.strictObject({ paymentId: PaymentId, amountMinor: Minor }))
    .min(1)
    .max(500),
  /** The person saw that a payment is allotted more than its sum and wants it so (money rule 5). */
  overAllowed: z.boolean().default(false),
})
export const AcceptCertainRequest = z.strictObject({
  digest: z.string().max(100),
  filter: ReconcileFilter.prefault({}),
})
export const RejectRequest = z.strictObject({
  lineId: LineId,
  portalId: PortalId,
  paymentIds: z.array(PaymentId).min(1).max(500),
})
export const ignoreReasons = ['fee', 'ownTransfer', 'unrelated', 'other'] as const
export const IgnoreRequest = z.strictObject({
  lineIds: z.array(LineId).min(1).max(10_000),
  reason: z.enum(ignoreReasons),
  note: z.string().max(500).default(''),
})
export const HoldRequest = z.strictObject({
  lineId: LineId,
  until: BankDay.nullable(),
  note: z.string().max(500),
})
export const UnmatchRequest = z.strictObject({ lineId: LineId })
export const UndoDecisionRequest = z.strictObject({ decisionId: DecisionId.optional() }).prefault({})

export interface Decided {
  decisionId: number
  kind: DecisionKind
  lines: number
  sums: Sum[]
}

export interface ProposeOutcome {
  lines: number
  certain: number
  likely: number
  doubtful: number
  none: number
}
