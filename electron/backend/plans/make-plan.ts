// Plans from requests: gathers what they rest on, lets the domain decide, freezes the outcome.

import { createHash, randomBytes } from 'node:crypto'
import { Refusal } from '../../contract/fault.ts'
import type {
  OperationPlan,
  PlanKind,
  PlanRefusal,
  PlanRequest,
  PlanWarning,
} from '../../contract/operation.ts'
import type { PaymentSelection } from '../../contract/payment.ts'
import type { PlanId } from '../../contract/values.ts'
import type { Sum } from '../../contract/values.ts'
import type { FrozenItem } from '../../domain/payments/intent.ts'
import { detailsOf, planStatus, requestsFor, workMsFor, workOf } from '../../domain/payments/plan.ts'
import type { BankDetails, PlanBasis, Selected } from '../../domain/payments/plan.ts'
import type { CommandContext } from '../handlers/context.ts'
import { hasAbility } from '../portals.ts'
import type { PortalRecord } from '../ledger/tables/portals.ts'
import { noonOf } from '../portal/zone.ts'
import { durationsOf } from './durations.ts'
import { planDelete, planEdit } from './single.ts'

const lastsMs = 24 * 3600 * 1000

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

/** The portal, if it may be written to (money rule 2): what applying asks for. */
export async function writablePortal(context: CommandContext, portalId: string): Promise<PortalRecord> {
  const portal = await plannablePortal(context, portalId)
  if (!portal.portal.writingAllowed) throw new Refusal({ code: 'portal.writingOff' })
  return portal
}

/** The portal, if changing it can be planned at all. A plan writes nothing, so one can be looked at before writing is switched on. */
export async function plannablePortal(
  { ledger, ports }: CommandContext,
  portalId: string,
): Promise<PortalRecord> {
  const portal = await ledger.read('readPortal', { portalId })
  if (!portal) throw new Refusal({ code: 'not.found', what: 'portal' })
  if (ports.policy.forceReadOnly) throw new Refusal({ code: 'policy.forbids', rule: 'writing' })
  if (portal.credentials.length === 0) throw new Refusal({ code: 'portal.disconnected' })
  return portal
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

/** The portal's zone as its check found it; UTC before the first check. */
export function zoneOf(portal: PortalRecord): string {
  return portal.portal.check?.timeZone || 'UTC'
}

export interface PlanDraft {
  kind: PlanKind
  portal: PortalRecord
  request: unknown
  items: FrozenItem[]
  writeDetails: boolean
}

/** Freezes a plan: sums, refusals, warnings, expected time, and the digest over all that the person sees and every item. */
export async function freeze(context: CommandContext, draft: PlanDraft): Promise<OperationPlan> {
  const { ledger, ports, portals } = context
  const { portal } = draft.portal
  const going = draft.items.filter(({ item }) => item.refusal === null)
  const work = workOf(draft.items)
  const requests = requestsFor(work, hasAbility(portal, 'batch.payments'))
  const workMs = workMsFor(work, await durationsOf(ledger, draft.portal))
  const created = ports.clock.now()
  const client = await portals.client(portal.id).catch(() => null)
  const shown = {
    kind: draft.kind,
    portalId: portal.id,
    portalName: portal.name,
    count: going.length,
    sums: sumsOf(going),
    refused: refusedOf(draft.items),
    warnings: warningsOf(draft.items, portal.coverage === 'visible'),
    writeDetails: draft.writeDetails,
    requests,
    expectMs: Math.max(workMs, client ? client.expectMs(requests) : 0),
  }
  const plan: OperationPlan = {
    id: `pl_${randomBytes(9).toString('hex')}` as PlanId,
    ...shown,
    createdAt: new Date(created).toISOString(),
    expiresAt: new Date(created + lastsMs).toISOString(),
    digest: createHash('sha256')
      .update(JSON.stringify([shown, draft.items]))
      .digest('hex'),
    state: 'open',
    jobId: null,
  }
  await ledger.write('storePlan', {
    plan,
    request: draft.request,
    items: draft.items,
    journal: {
      at: plan.createdAt,
      kind: 'plan.made',
      actor: context.actor(),
      portalId: portal.id,
      body: {
        planId: plan.id,
        kind: plan.kind,
        count: plan.count,
        sums: plan.sums.map((sum) => ({ ...sum })),
        digest: plan.digest,
        reason: reasonOf(draft.request),
      },
    },
  })
  return plan
}

function reasonOf(request: unknown): string {
  return typeof request === 'object' &&
    request !== null &&
    'reason' in request &&
    typeof request.reason === 'string'
    ? request.reason
    : ''
}

function sumsOf(items: readonly FrozenItem[]): Sum[] {
  const sums = new Map<string, number>()
  for (const { item } of items) sums.set(item.currency, (sums.get(item.currency) ?? 0) + item.sumMinor)
  return [...sums]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([currency, minor]) => ({ currency, minor }))
}

function refusedOf(items: readonly FrozenItem[]): OperationPlan['refused'] {
  const groups = new Map<PlanRefusal, FrozenItem[]>()
  for (const frozen of items) {
    const { refusal } = frozen.item
    if (refusal) groups.set(refusal, [...(groups.get(refusal) ?? []), frozen])
  }
  return [...groups].map(([reason, group]) => ({ reason, count: group.length, sums: sumsOf(group) }))
}

function warningsOf(items: readonly FrozenItem[], partial: boolean): OperationPlan['warnings'] {
  const counts = new Map<PlanWarning, number>()
  for (const { item } of items)
    for (const warning of item.warnings) counts.set(warning, (counts.get(warning) ?? 0) + 1)
  if (partial) counts.set('partialCoverage', items.length)
  return [...counts].map(([warning, count]) => ({ warning, count }))
}
