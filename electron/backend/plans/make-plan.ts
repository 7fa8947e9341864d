// Plans from requests: gathers what they rest on and lets the domain decide.

import { Refusal } from '../../contract/fault.ts'
import type { OperationPlan, PlanRequest } from '../../contract/operation.ts'
import type { PaymentSelection } from '../../contract/payment.ts'
import { detailsOf, planStatus } from '../../domain/payments/plan.ts'
import type { BankDetails, PlanBasis, Selected } from '../../domain/payments/plan.ts'
import type { CommandContext } from '../handlers/context.ts'
import type { PortalRecord } from '../ledger/tables/portals.ts'
import { noonOf } from '../portal/zone.ts'
import { hasAbility } from '../portals.ts'
import { freeze } from './freeze.ts'
import { plannablePortal, zoneOf } from './plannable.ts'
import { planDelete, planEdit } from './single.ts'

/** Makes and stores a plan; nothing is sent. Refuses `policy.forbids`, `portal.disconnected`, `plan.empty` and what single changes ask for. */
export async function makePlan(context: CommandContext, request: PlanRequest): Promise<OperationPlan> {
  switch (request.kind) {
    case 'pay':
    case 'unpay':
      return planSelection(
        context,
        request,
        request.kind,
        request.selection,
        request.kind === 'pay' && request.writeDetails,
      )
    case 'payMatched': {
      const filter = { portalId: request.portalId, standing: ['toPay' as const, 'toPaySurplus' as const] }
      return planSelection(
        context,
        request,
        'pay',
        { kind: 'filter', filter, except: [] },
        request.writeDetails,
      )
    }
    case 'edit':
      return planEdit(context, request)
    case 'delete':
      return planDelete(context, request)
  }
}

async function planSelection(
  context: CommandContext,
  request: PlanRequest,
  kind: 'pay' | 'unpay',
  selection: PaymentSelection,
  writeDetails: boolean,
): Promise<OperationPlan> {
  const selected = await context.ledger.read('selectPayments', { selection })
  const portalId = portalOf(selection, selected)
  const portal = await plannablePortal(context, portalId)
  demandReason(request, selected)
  const basis = await basisOf(context, portal, selected, writeDetails)
  return freeze(context, {
    kind,
    portal,
    request,
    items: planStatus(kind, selected, basis),
    writeDetails: basis.writeDetails && basis.administrator,
  })
}

/** A plan names one portal: the one that is asked for, else that of the first payment; others' payments are refused in it. */
function portalOf(selection: PaymentSelection, selected: readonly Selected[]): string {
  const named = selection.kind === 'ids' ? selection.portalId : selection.filter.portalId
  const portalId = named ?? selected[0]?.portalId
  if (portalId === undefined || selected.length === 0) throw new Refusal({ code: 'plan.empty' })
  return portalId
}

/** Taking "paid" back from payments without money asks for a reason (money rule 16). */
function demandReason(request: PlanRequest, selected: readonly Selected[]): void {
  if (request.kind !== 'unpay' || request.reason !== '') return
  if (selected.filter(({ standing }) => standing === 'paidWithoutMoney').length > 1)
    throw new Refusal({ code: 'plan.reasonNeeded' })
}

async function basisOf(
  context: CommandContext,
  portal: PortalRecord,
  selected: readonly Selected[],
  writeDetails: boolean,
): Promise<PlanBasis> {
  const portalId = portal.portal.id
  const busy = new Set(await context.ledger.read('busyPayments', { portalId }))
  const parts = writeDetails
    ? await context.ledger.read('readAccepted', { portalId, paymentIds: selected.map(({ id }) => id) })
    : []
  const byPayment = Map.groupBy(parts, ({ paymentId }) => paymentId)
  const details = new Map<number, BankDetails>()
  for (const row of selected) {
    const found = detailsOf(row.sumMinor, byPayment.get(row.id) ?? [])
    if (found) details.set(row.id, found)
  }
  const zone = zoneOf(portal)
  return {
    portalId,
    busy,
    administrator: hasAbility(portal.portal, 'write.details'),
    writeDetails,
    details,
    noon: (day) => noonOf(day, zone),
  }
}
