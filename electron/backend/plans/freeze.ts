// Freezing a plan: what the person sees and every item, under one digest, stored until it is confirmed or expires.

import { createHash, randomBytes } from 'node:crypto'
import type { OperationPlan, PlanKind, PlanRefusal, PlanWarning } from '../../contract/operation.ts'
import type { PlanId, Sum } from '../../contract/values.ts'
import type { FrozenItem } from '../../domain/payments/intent.ts'
import { costOf, workOf } from '../../domain/payments/grouping.ts'
import type { CommandContext } from '../handlers/context.ts'
import type { PortalRecord } from '../ledger/tables/portals.ts'
import { batchesWrites } from '../portals.ts'
import { durationsOf } from './durations.ts'

const lastsMs = 24 * 3600 * 1000

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
  const cost = costOf(work, batchesWrites(portal), await durationsOf(ledger, draft.portal))
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
    requests: cost.requests,
    expectMs: Math.max(cost.ms, client ? client.expectMs(cost.requests) : 0),
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
