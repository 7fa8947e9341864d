// The job that carries out a confirmed plan: the most careful code of the program (money rules 6 to 15).

import type { JobResult } from '../../../contract/job.ts'
import { groupSize } from '../../../domain/payments/plan.ts'
import type { WorkItem } from '../../ledger/tables/operations.ts'
import type { JobControl, JobEnd } from '../runner.ts'
import { JobHalted, momentAt } from './apply/context.ts'
import type { ApplyContext } from './apply/context.ts'
import { writeFields } from './apply/fields-step.ts'
import { nextDue, settleDue } from './apply/settle.ts'
import type { Unsettled } from './apply/settle.ts'
import { changeStatus } from './apply/status-step.ts'
import { Refusal } from '../../../contract/fault.ts'

/**
 * Applies what waits, then settles what is unknown. `settleOnly` does just the latter: after a crash, before the
 * person decides to go on. Throws Refusal when something stopped the whole job; the rest of it can be resumed.
 */
export async function applyPlan(context: ApplyContext, control: JobControl, settleOnly: boolean): Promise<JobEnd> {
  let halted: JobHalted | null = null
  try {
    if (!settleOnly) await workThrough(context, control)
  } catch (error) {
    if (!(error instanceof JobHalted)) throw error
    halted = error
  }
  await settleRest(context, control)
  const { ledger, jobId, clock } = context
  await ledger.write('stopItems', { jobId, at: momentAt(clock.now()) })
  const counts = await report(context, control)
  if (halted) throw new Refusal(halted.fault)
  const left = (counts.stopped ?? 0) + (counts.unknown ?? 0)
  return { result: resultOf(counts), stopped: left > 0, resumable: left > 0 }
}

async function workThrough(context: ApplyContext, control: JobControl): Promise<void> {
  let unsettled: Unsettled[] = []
  let failures = 0
  while (!context.signal.aborted) {
    const items = await context.ledger.read('readWork', { jobId: context.jobId, states: ['waiting'], limit: context.batch ? groupSize : 1 })
    if (items.length === 0) break
    await waitForPace(context, control)
    if (context.signal.aborted) break
    await takeOn(context, items)
    const after = await report(context, control)
    // Items that wait again were not sent: a limit, or a check that grew too old. Growing pauses, never a hot loop.
    const stuck = await context.ledger.read('readWork', { jobId: context.jobId, states: ['waiting'], limit: 1 })
    failures = stuck[0]?.seq === items[0]?.seq ? failures + 1 : 0
    if (failures > 0) await pause(context, Math.min(1000 * 2 ** failures, 30_000))
    unsettled = await settleSome(context, unsettled, after.unknown ?? 0)
  }
}

/** One group through the steps: status, then bank details of those that were read back as wanted. */
async function takeOn(context: ApplyContext, items: readonly WorkItem[]): Promise<void> {
  const first = (item: WorkItem) => item.intent.steps[0]
  const statuses = items.filter((item) => first(item) === 'status' || first(item) === 'delete')
  if (statuses.length > 0) await changeStatus(context, statuses)
  for (const item of items) {
    if (first(item) === 'edit') await writeFields(context, item, 'edit')
    if (first(item) === 'details') await writeFields(context, item, 'details')
  }
  await writeDetails(context)
}

/** The second step follows only where the first was read back (money rule 6). */
async function writeDetails(context: ApplyContext): Promise<void> {
  const confirmed = await context.ledger.read('readWork', { jobId: context.jobId, states: ['confirmed'], detailsWaiting: true, limit: 100_000 })
  for (const item of confirmed) await writeFields(context, item, 'details')
}

async function settleSome(context: ApplyContext, unsettled: readonly Unsettled[], unknown: number): Promise<Unsettled[]> {
  if (unknown === 0) return []
  return settleDue(context, await joinUnknown(context, unsettled))
}

/** Unknown items of the ledger, with how often each has been read already. */
async function joinUnknown(context: ApplyContext, unsettled: readonly Unsettled[]): Promise<Unsettled[]> {
  const items = await context.ledger.read('readWork', { jobId: context.jobId, states: ['unknown', 'sent'], limit: 100_000 })
  const known = new Map(unsettled.map((entry) => [entry.item.seq, entry]))
  return items.map((item) => ({ item, readings: known.get(item.seq)?.readings ?? 0, nextAt: known.get(item.seq)?.nextAt ?? 0 }))
}

/** At the end everything unknown is settled, as long as the portal can be read; a stop does not cut this short at once. */
async function settleRest(context: ApplyContext, control: JobControl): Promise<void> {
  let unsettled = await joinUnknown(context, [])
  let barren = 0
  while (unsettled.length > 0) {
    const before = unsettled.length
    unsettled = await joinUnknown(context, await settleDue(context, unsettled))
    await report(context, control)
    const due = nextDue(unsettled)
    if (due === null) break
    barren = unsettled.length < before ? 0 : barren + 1
    // The portal cannot be reached for long, or the program ends: the items stay unknown in the ledger and are read at the next start.
    if (barren > mostBarrenRounds || control.signal.aborted) break
    control.progress({ note: { kind: 'settling', items: unsettled.length, until: momentAt(due) } })
    await pause(context, Math.max(0, due - context.clock.now()))
  }
  await writeDetailsAfterSettling(context)
}

/** About six minutes at the longest interval: longer than any portal's limit. */
const mostBarrenRounds = 30

async function writeDetailsAfterSettling(context: ApplyContext): Promise<void> {
  if (context.signal.aborted) return
  try {
    await writeDetails(context)
  } catch (error) {
    if (!(error instanceof JobHalted)) throw error
  }
}

async function waitForPace(context: ApplyContext, control: JobControl): Promise<void> {
  for (;;) {
    const { waiting } = context.client.pace()
    const longest = waiting && waiting.reason !== 'overload' ? waiting.until - context.clock.now() : 0
    if (!waiting || longest <= 2000 || context.signal.aborted) return
    control.progress({ note: { kind: 'waiting', reason: waiting.reason, until: momentAt(waiting.until) } })
    await pause(context, longest)
  }
}

/** A pause that a stop ends early. */
async function pause(context: ApplyContext, ms: number): Promise<void> {
  await context.clock.sleep(ms, context.signal).catch(() => undefined)
}

type Counts = Awaited<ReturnType<typeof report>>

async function report(context: ApplyContext, control: JobControl) {
  const counts = await context.ledger.read('countItems', { jobId: context.jobId })
  const left = (counts.waiting ?? 0) + (counts.checking ?? 0) + (counts.sent ?? 0) + (counts.unknown ?? 0) + (counts.stopped ?? 0)
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const failed = (counts.conflict ?? 0) + (counts.refused ?? 0) + (counts.notSent ?? 0) + (counts.confirmedPartly ?? 0)
  const requests = context.batch ? (2 * left) / groupSize : 3 * left
  control.progress({
    done: all - left,
    failed,
    total: all,
    note: { kind: 'none' },
    expectedEnd: left === 0 ? null : momentAt(context.clock.now() + context.client.expectMs(Math.ceil(requests))),
  })
  return counts
}

function resultOf(counts: Counts): JobResult {
  return {
    kind: 'apply',
    confirmed: (counts.confirmed ?? 0) + (counts.confirmedPartly ?? 0),
    alreadySo: counts.alreadySo ?? 0,
    conflict: counts.conflict ?? 0,
    refused: counts.refused ?? 0,
    unknown: counts.unknown ?? 0,
    notSent: (counts.notSent ?? 0) + (counts.stopped ?? 0),
  }
}
