// Which items go together next, how many, and when their check is due: so that the check is answered just before its
// write may leave, while the group before it is still in the air.

import { firstGroupSize, nextGroupSize } from '../../../../domain/payments/grouping.ts'
import type { Durations } from '../../../../domain/payments/grouping.ts'
import type { WorkItem } from '../../../ledger/tables/operations.ts'
import type { Outcome } from '../../../portal/outcome.ts'
import type { ApplyContext, Flight } from './context.ts'

export type StepKind = 'status' | 'fields'
export type Groups = Record<StepKind, GroupPace>

export interface GroupPace {
  size: number
  /** Milliseconds that one item takes on its way, and in its check. */
  itemMs: number
  checkMs: number
}

export function firstGroups({ status, fields, read, start }: Durations): Groups {
  const single = start / firstGroupSize
  const paceOf = (write: number): GroupPace => ({
    size: firstGroupSize,
    itemMs: write + read + single,
    checkMs: read + single,
  })
  return { status: paceOf(status), fields: paceOf(fields) }
}

/** Takes from a batch's answer how large the next one may be. What never ran says nothing of the portal's speed. */
export function measureGroup(pace: GroupPace, outcomes: readonly Outcome[]): void {
  const ran = outcomes.find((outcome) => outcome.class !== 'notExecuted')
  if (!ran) return
  const tookMs = ran.attempt.endedAt - ran.attempt.sentAt
  pace.size = nextGroupSize(pace.size, outcomes.length, tookMs)
  pace.itemMs = tookMs / outcomes.length
}

export function measureCheck(pace: GroupPace, items: number, tookMs: number): void {
  pace.checkMs = tookMs / items
}

export const stepKindOf = (item: WorkItem): StepKind =>
  item.state === 'confirmed' || firstStepOf(item) === 'edit' || firstStepOf(item) === 'details'
    ? 'fields'
    : 'status'
export const firstStepOf = (item: WorkItem): WorkItem['step'] => item.intent.steps[0] ?? 'status'

/** Lets the work fly; its failure is met by whoever waits for the landing. */
export function flightOf(
  { clock }: ApplyContext,
  items: readonly WorkItem[],
  work: () => Promise<boolean>,
): Flight {
  const landing = work().then((sent) => ({ sent }))
  landing.catch(() => undefined)
  return { items, departedAt: clock.now(), landing }
}

/**
 * What comes next: bank details of what was read back as paid (money rule 6), so that a stop leaves few payments
 * without theirs; then items of one kind of step that have not begun. Nothing that is in the air already, and nothing
 * at all while the group in the air has its own details to come.
 */
export async function nextGroup(context: ApplyContext, flight: Flight | null): Promise<WorkItem[]> {
  const { jobId, ledger } = context
  const inAir = new Set(flight?.items.map(({ paymentId }) => paymentId))
  if (flight?.items.some(({ state, intent }) => state !== 'confirmed' && intent.steps.length > 1)) return []
  const limit = Math.max(context.groups.status.size, context.groups.fields.size) + inAir.size
  const free = (items: readonly WorkItem[]): WorkItem[] =>
    items.filter(({ paymentId }) => !inAir.has(paymentId))
  const details = free(
    await ledger.read('readWork', { jobId, states: ['confirmed'], detailsWaiting: true, limit }),
  )
  if (details.length > 0) return details.slice(0, sizeOf(context, 'fields', 'sale.payment.update'))
  const [first, ...others] = free(await ledger.read('readWork', { jobId, states: ['waiting'], limit }))
  if (!first) return []
  const same = [first, ...others.filter((item) => firstStepOf(item) === firstStepOf(first))]
  return same.slice(0, sizeOf(context, stepKindOf(first), methodOf(first)))
}

/** What the portal's time budget leaves of a group now is sent now; the rest waits. */
function sizeOf(context: ApplyContext, kind: StepKind, method: string): number {
  if (!context.batch.writes) return 1
  const room = context.client.room(method) ?? Infinity
  return Math.max(1, Math.min(context.groups[kind].size, room))
}

/** The method by whose budget an item's next write is counted. */
export function methodOf(item: WorkItem): string {
  if (stepKindOf(item) === 'fields') return 'sale.payment.update'
  if (firstStepOf(item) === 'delete') return 'crm.item.payment.delete'
  return item.intent.wantPaid ? 'crm.item.payment.pay' : 'crm.item.payment.unpay'
}

/** An answer that comes sooner than expected finds its successor checked; much below the life of a check. */
const leadMs = 3_000

/** When the check of a group must begin (milliseconds of the Clock), and what limit holds its write back, if one does. */
export function checkDue(
  { client, clock, groups }: ApplyContext,
  group: readonly WorkItem[],
  flight: Flight | null,
): { at: number; held: ReturnType<ApplyContext['client']['foresee']> } {
  const now = clock.now()
  const [first] = group
  if (!first) return { at: now, held: null }
  const landsAt = flight ? flight.departedAt + flightMs(groups, flight) : now
  const held = client.foresee([methodOf(first)])
  const departure = Math.max(landsAt, held?.until ?? now)
  return { at: departure - group.length * groups[stepKindOf(first)].checkMs - leadMs, held }
}

function flightMs(groups: Groups, { items }: Flight): number {
  return items.reduce((sum, item) => sum + groups[stepKindOf(item)].itemMs, 0)
}
