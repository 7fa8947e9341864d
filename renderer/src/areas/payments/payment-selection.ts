// What is ticked in the grid becomes the sentence that plans and sums are asked with.

import type { PaymentFilter, PaymentSelection } from '../../../../electron/contract/payment.ts'
import type { PaymentId, PortalId } from '../../../../electron/contract/values.ts'
import type { RowSelection } from '../../grid/selection.ts'

/** The contract's own bound on ids and exceptions of one sentence. */
export const mostIds = 10_000

/**
 * "These ids", or "everything of this filter except": the filter is the one the person sees now. Null when
 * nothing is selected, or when more single rows are named than a sentence may hold.
 */
export function sentenceOf(
  selection: RowSelection,
  portalId: PortalId,
  filter: PaymentFilter,
): PaymentSelection | null {
  if (selection.kind === 'none') return null
  const ids = (selection.kind === 'ids' ? selection.ids : selection.except).map(Number) as PaymentId[]
  if (ids.length > mostIds) return null
  if (selection.kind === 'all') return { kind: 'filter', filter: { ...filter, portalId }, except: ids }
  return ids.length === 0 ? null : { kind: 'ids', portalId, ids }
}

/** One payment, as the drawer selects it. */
export function sentenceOfOne(portalId: PortalId, paymentId: number): PaymentSelection {
  return { kind: 'ids', portalId, ids: [paymentId as PaymentId] }
}
