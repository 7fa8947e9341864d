// The job that carries out a confirmed plan: the most careful code of the program (money rules 6 to 15).

import type { JobResult } from '../../../contract/job.ts'
import { Refusal } from '../../../contract/fault.ts'
import type { ItemState } from '../../../contract/operation.ts'
import { groupSize, requestsFor, workMsFor } from '../../../domain/payments/plan.ts'
import type { WorkItem } from '../../ledger/tables/operations.ts'
import type { JobControl, JobEnd } from '../runner.ts'
import { JobHalted, mark, momentAt } from './apply/context.ts'
import type { ApplyContext } from './apply/context.ts'
import { writeFields } from './apply/fields-step.ts'
import { nextDue, oldStateCounts, settleDue } from './apply/settle.ts'
import type { Unsettled } from './apply/settle.ts'
import { changeStatus } from './apply/status-step.ts'

/**
 * Applies what waits, then settles what is unknown. `settleOnly` does just the latter: after a crash, before the
 * person decides to go on. Throws Refusal when something stopped the whole job; the rest of it can be resumed.
 */
export async function applyPlan(
  context: ApplyContext,
  control: JobControl,
  settleOnly: boolean,
): Promise<JobEnd> {
  let halted: JobHalted | null = null
  for (;;) {
    if (!settleOnly && !halted) halted = await haltOf(workThrough(context, control))
    halted = (await haltOf(settleRest(context, control))) ?? halted
    if (settleOnly || halted || context.signal.aborted) break
    // What was settled as paid may have its details to come.
    if ((await nextGroup(context)).length === 0) break
  }
  const { ledger, jobId, clock } = context
  await ledger.write('stopItems', { jobId, at: momentAt(clock.now()) })
  const { counts, detailsLeft } = await report(context, control)
  // A job that was stopped ends as stopped whatever it met last: that is what leaves its rest resumable.
  if (halted && !context.signal.aborted) throw new Refusal(halted.fault)
  const left = (counts.stopped ?? 0) + (counts.unknown ?? 0) + detailsLeft.confirmed
  return {
    result: resultOf(counts),
    stopped: left > 0,
    resumable: left > 0,
    interrupted: settleOnly && left > 0,
  }
}

async function haltOf(work: Promise<void>): Promise<JobHalted | null> {
  try {
    await work
    return null
  } catch (error) {
    if (error instanceof JobHalted) return error
    throw error
  }
}

async function workThrough(context: ApplyContext, control: JobControl): Promise<void> {
  let unsettled: Unsettled[] = []
  let failures = 0
  while (!context.signal.aborted) {
    await waitForPace(context, control)
    const items = await nextGroup(context)
    if (items.length === 0 || context.signal.aborted) break
    if (!(await context.ledger.read('mayWrite', { portalId: context.portalId })))
      throw new JobHalted({ code: 'portal.writingOff' })
    await takeOn(context, items)
    const { counts } = await report(context, control)
    // Items that wait again were not sent: a limit, or a check that grew too old. Growing pauses, never a hot loop.
    const [next] = await nextGroup(context)
    failures = next && next.seq === items[0]?.seq && next.state === items[0].state ? failures + 1 : 0
    if (failures > 0) await pause(context, Math.min(1000 * 2 ** failures, 30_000))
    if ((counts.unknown ?? 0) > 0)
      unsettled = (await settleDue(context, await joinUnknown(context, unsettled))).still
  }
}

const firstStep = (item: WorkItem): WorkItem['step'] => item.intent.steps[0] ?? 'status'

/**
 * What comes next: bank details of what was read back as paid (money rule 6), so that a stop leaves few payments
 * without theirs; then items of one kind of step that have not begun.
 */
async function nextGroup(context: ApplyContext): Promise<WorkItem[]> {
  const { jobId, ledger } = context
  const limit = groupSize
  const details = await ledger.read('readWork', { jobId, states: ['confirmed'], detailsWaiting: true, limit })
  if (details.length > 0) return details
  const [first, ...others] = await ledger.read('readWork', { jobId, states: ['waiting'], limit })
  if (!first) return []
  return [first, ...others.filter((item) => firstStep(item) === firstStep(first))].slice(
    0,
    context.batch ? groupSize : 1,
  )
}

async function takeOn(context: ApplyContext, group: readonly WorkItem[]): Promise<void> {
  const items = await withoutBusy(context, group)
  const [first] = items
  if (!first) return
  const step = first.state === 'confirmed' ? 'details' : firstStep(first)
  if (step === 'details' || step === 'edit') await writeFields(context, items, step)
  else await changeStatus(context, items)
}

/** A payment to which another job has sent something whose outcome is not known is left alone (money rule 12). */
async function withoutBusy(context: ApplyContext, items: readonly WorkItem[]): Promise<readonly WorkItem[]> {
  const { ledger, portalId, jobId } = context
  const busy = await ledger.read('busyElsewhere', {
    portalId,
    jobId,
    paymentIds: items.map(({ paymentId }) => paymentId),
  })
  if (busy.length === 0) return items
  const ends = items.filter(({ paymentId }) => busy.includes(paymentId))
  await mark(
    context,
    ends.map((item) => ({
      seq: item.seq,
      paymentId: item.paymentId,
      ...(item.state === 'confirmed'
        ? { state: 'confirmedPartly' as const, details: 'notWritten' as const }
        : { state: 'notSent' as const }),
      fault: { code: 'job.running', kind: 'apply' },
      journalAs: 'write.settled',
    })),
  )
  return items.filter((item) => !ends.includes(item))
}

/** Unknown items of the ledger, with how often each has been read already. */
async function joinUnknown(context: ApplyContext, unsettled: readonly Unsettled[]): Promise<Unsettled[]> {
  const items = await context.ledger.read('readWork', {
    jobId: context.jobId,
    states: ['unknown', 'sent'],
    limit: 100_000,
  })
  const known = new Map(unsettled.map((entry) => [entry.item.seq, entry]))
  return items.map((item) => ({
    item,
    readings: known.get(item.seq)?.readings ?? 0,
    nextAt: known.get(item.seq)?.nextAt ?? 0,
  }))
}

/**
 * At the end everything unknown is settled, as long as the portal can be read. After a stop it is read once more;
 * what stays unknown then, or when the portal cannot be read for long, is read at the next start.
 */
async function settleRest(context: ApplyContext, control: JobControl): Promise<void> {
  let unsettled = await joinUnknown(context, [])
  let barren = 0
  while (unsettled.length > 0 && !endsAtOnce(context.signal)) {
    const before = unsettled.length
    const { still, barred } = await settleDue(context, unsettled)
    unsettled = await joinUnknown(context, still)
    await report(context, control)
    const due = nextDue(unsettled)
    if (due === null || barred !== null || context.signal.aborted) break
    const waitsForLimit = unsettled.some(({ item }) => !oldStateCounts(context, item))
    barren = waitsForLimit || unsettled.length < before ? 0 : barren + 1
    if (barren > mostBarrenRounds) break
    control.progress({ note: { kind: 'settling', items: unsettled.length, until: momentAt(due) } })
    await pause(context, Math.max(0, due - context.clock.now()))
  }
}

/** The program ends: nothing is waited for but what is in the air. */
function endsAtOnce(signal: AbortSignal): boolean {
  return signal.aborted && signal.reason instanceof Refusal && signal.reason.fault.code === 'backend.closing'
}

/** Some minutes at the longest interval, counted after every portal limit has passed. */
const mostBarrenRounds = 20

/** Waits for what the portal's limits hold back, before a check that would only grow too old for its write. */
async function waitForPace(context: ApplyContext, control: JobControl): Promise<void> {
  while (!context.signal.aborted) {
    const { waiting } = context.client.pace()
    const queued = waiting && waiting.reason !== 'overload' ? waiting : null
    const longest = [queued, context.hold].reduce((a, b) => ((b?.until ?? 0) > (a?.until ?? 0) ? b : a), null)
    const left = longest ? longest.until - context.clock.now() : 0
    if (!longest || left <= 0) {
      context.hold = null
      return
    }
    control.progress({ note: { kind: 'waiting', reason: longest.reason, until: momentAt(longest.until) } })
    await pause(context, left)
    if (queued === longest) return
  }
}

/** A pause that a stop ends early. */
async function pause(context: ApplyContext, ms: number): Promise<void> {
  await context.clock.sleep(ms, context.signal).catch(() => undefined)
}

type Counts = Partial<Record<ItemState, number>>

async function report(context: ApplyContext, control: JobControl) {
  const { jobId, ledger, clock } = context
  const counts = await ledger.read('countItems', { jobId })
  const detailsLeft = await ledger.read('countDetailsLeft', { jobId })
  const begun = (counts.sent ?? 0) + (counts.unknown ?? 0)
  const left = (counts.waiting ?? 0) + (counts.stopped ?? 0) + begun + detailsLeft.confirmed
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const failed =
    (counts.conflict ?? 0) + (counts.refused ?? 0) + (counts.notSent ?? 0) + (counts.confirmedPartly ?? 0)
  const work = { status: left - detailsLeft.confirmed, fields: detailsLeft.waiting }
  const expectMs = Math.max(
    context.client.expectMs(requestsFor(work, context.batch)),
    workMsFor(work, context.durations),
  )
  control.progress({
    done: all - left,
    failed,
    total: all,
    note: { kind: 'none' },
    expectedEnd: left === 0 ? null : momentAt(clock.now() + expectMs),
  })
  return { counts, detailsLeft }
}

function resultOf(counts: Counts): JobResult {
  return {
    kind: 'apply',
    confirmed: (counts.confirmed ?? 0) + (counts.confirmedPartly ?? 0),
    partly: counts.confirmedPartly ?? 0,
    alreadySo: counts.alreadySo ?? 0,
    conflict: counts.conflict ?? 0,
    refused: counts.refused ?? 0,
    unknown: counts.unknown ?? 0,
    notSent: (counts.notSent ?? 0) + (counts.stopped ?? 0),
  }
}
