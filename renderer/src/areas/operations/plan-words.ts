// A plan as the plan dialog says it: what the button repeats, and which consents are asked for first.

import type {
  OperationPlan,
  PlanKind,
  PlanRequest,
  PlanWarning,
} from '../../../../electron/contract/operation.ts'
import type { Moment } from '../../../../electron/contract/values.ts'
import type { Speech, Words } from './words.ts'

/** The confirm button repeats the portal, the count and the sums (money rule 3). */
export function confirmWords(plan: OperationPlan, say: Speech): Words {
  return {
    key: `operations.plan.confirm.${plan.kind}`,
    params: { sums: say.sums(plan.sums), portal: plan.portalName },
    count: plan.count,
  }
}

/**
 * Taking "paid" back from several payments of which some have no money behind them wants the list opened and
 * a reason (money rule 16). `warnings` names them as paid without a match.
 */
export function needsReason(request: PlanRequest | null, plan: OperationPlan): boolean {
  const unpays = plan.kind === 'unpay' && (request === null || request.kind === 'unpay')
  return unpays && plan.count > 1 && plan.warnings.some(({ warning }) => warning === 'paidWithoutMatch')
}

export type PlanBlock = 'expired' | 'applied' | 'nothing' | 'writingOff' | 'listUnread' | 'reasonMissing'

export interface PlanSituation {
  plan: OperationPlan
  request: PlanRequest | null
  writingAllowed: boolean
  listOpened: boolean
  reason: string
  now: Moment
}

/** Why the confirm button sleeps, the first reason first; null when it may be pressed. */
export function blockOf({
  plan,
  request,
  writingAllowed,
  listOpened,
  reason,
  now,
}: PlanSituation): PlanBlock | null {
  if (plan.state === 'applied') return 'applied'
  if (plan.state === 'expired' || plan.expiresAt <= now) return 'expired'
  if (plan.count === 0) return 'nothing'
  if (!writingAllowed) return 'writingOff'
  if (!needsReason(request, plan)) return null
  if (!listOpened) return 'listUnread'
  return reason.trim() === '' ? 'reasonMissing' : null
}

/** The portal that a request speaks of; null for a filter over all portals. */
export function portalOf(request: PlanRequest): string | null {
  if (request.kind !== 'pay' && request.kind !== 'unpay') return request.portalId
  const { selection } = request
  return selection.kind === 'ids' ? selection.portalId : (selection.filter.portalId ?? null)
}

/** Whether bank details can be written in the same operation: administrators, when marking paid. */
export function offersDetails(request: PlanRequest | null, administrator: boolean): boolean {
  return administrator && (request?.kind === 'pay' || request?.kind === 'payMatched')
}

/** The same request with the other answer about bank details. */
export function withDetails(request: PlanRequest, writeDetails: boolean): PlanRequest {
  return request.kind === 'pay' || request.kind === 'payMatched' ? { ...request, writeDetails } : request
}

/** Kinds whose confirm button is coloured as one that takes something away. */
export function takesAway(kind: PlanKind): boolean {
  return kind === 'unpay' || kind === 'delete'
}

/** Marking unpaid prints nothing; what it cannot do is take a printed receipt back. */
export function warningKey(
  kind: PlanKind,
  warning: PlanWarning,
): 'operations.plan.receiptsStay' | `operations.plan.warning.${PlanWarning}` {
  if (kind === 'unpay' && warning === 'receipts') return 'operations.plan.receiptsStay'
  return `operations.plan.warning.${warning}`
}
