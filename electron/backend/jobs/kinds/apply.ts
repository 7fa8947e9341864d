// The job that carries out a confirmed plan: the most careful code of the program (money rules 6 to 15).

import type { JobResult } from '../../../contract/job.ts'
import { Refusal } from '../../../contract/fault.ts'
import type { ItemState } from '../../../contract/operation.ts'
import { costOf } from '../../../domain/payments/grouping.ts'
import type { WorkItem } from '../../ledger/tables/operations.ts'
import type { JobControl, JobEnd } from '../runner.ts'
import { checkLastsMs, JobHalted, mark, momentAt } from './apply/context.ts'
import type { ApplyContext, Flight, Prepared } from './apply/context.ts'
import { prepareFields } from './apply/fields-step.ts'
import { checkDue, firstStepOf, measureCheck, nextGroup, stepKindOf } from './apply/groups.ts'
import { nextDue, oldStateCounts, settleDue } from './apply/settle.ts'
import type { Unsettled } from './apply/settle.ts'
import { prepareStatus } from './apply/status-step.ts'

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
    if ((await nextGroup(context, null)).length === 0) break
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

/**
 * One group is in the air at a time; meanwhile the next one is read and judged, so that its write may follow at once.
 * Stops beginning anything at the signal; what is in the air lands in any case.
 */
async function workThrough(context: ApplyContext, control: JobControl): Promise<void> {
  let flight: Flight | null = null
  let unsettled: Unsettled[] = []
  let barren = 0
  try {
    while (!context.signal.aborted) {
      const group = await nextGroup(context, flight)
      if (!(await isDue(context, control, group, flight))) continue
      const prepared = group.length > 0 ? await prepare(context, group) : null
      const landed: { sent: boolean } | null = await (flight?.landing ?? null)
      flight = null
      // Items that wait again were not sent: a limit, or a check that grew too old. Growing pauses, never a hot loop.
      const ready = prepared !== null && mayDepart(context, prepared)
      const vain = landed?.sent === false || (prepared !== null && !ready)
      barren = vain ? barren + 1 : landed ? 0 : barren
      if (vain) await pause(context, Math.min(1000 * 2 ** barren, 30_000))
      if (ready && mayDepart(context, prepared)) {
        await requireWriting(context)
        flight = await prepared.depart()
      } else if (group.length === 0 && landed === null) break
      const { counts } = await report(context, control)
      if ((counts.unknown ?? 0) > 0)
        unsettled = (await settleDue(context, await joinUnknown(context, unsettled, flight))).still
    }
  } finally {
    await flight?.landing
  }
}

/** Waits until the group's check is due, or something changed: then answers false, and all is looked at again. */
async function isDue(
  context: ApplyContext,
  control: JobControl,
  group: readonly WorkItem[],
  flight: Flight | null,
): Promise<boolean> {
  const { at, held } = checkDue(context, group, flight)
  const left = Math.min(at - context.clock.now(), longestLookMs)
  if (left <= 0 || group.length === 0) return true
  if (held && held.until - context.clock.now() > noticedMs)
    control.progress({ note: { kind: 'waiting', reason: held.reason, until: momentAt(held.until) } })
  const woken = new AbortController()
  const rest = context.clock
    .sleep(left, AbortSignal.any([context.signal, woken.signal]))
    .catch(() => undefined)
  await Promise.race(flight ? [rest, flight.landing.catch(() => undefined)] : [rest])
  woken.abort()
  return false
}

/** What is waited for may come sooner: other programs' use of the portal changes as well. */
const longestLookMs = 30_000
/** A shorter wait is not worth a word. */
const noticedMs = 2_000

/** Writing may be switched off while the job runs: asked before a group is read, and again before it leaves (money rule 2). */
async function requireWriting({ ledger, portalId }: ApplyContext): Promise<void> {
  if (!(await ledger.read('mayWrite', { portalId }))) throw new JobHalted({ code: 'portal.writingOff' })
}

/** Reads and judges the group; null when nothing of it is to be sent. */
async function prepare(context: ApplyContext, group: readonly WorkItem[]): Promise<Prepared | null> {
  await requireWriting(context)
  const items = await withoutBusy(context, group)
  const [first] = items
  if (!first) return null
  const began = context.clock.now()
  const step = first.state === 'confirmed' ? 'details' : firstStepOf(first)
  const prepared =
    step === 'details' || step === 'edit'
      ? await prepareFields(context, items, step)
      : await prepareStatus(context, items)
  measureCheck(context.groups[stepKindOf(first)], items.length, context.clock.now() - began)
  return prepared
}

/** Whether the write would leave while its check still holds; otherwise its items simply wait on. */
function mayDepart({ client, clock, signal }: ApplyContext, { checkedAt, methods }: Prepared): boolean {
  const leaves = client.foresee(methods)?.until ?? clock.now()
  return !signal.aborted && leaves < checkedAt + checkLastsMs
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
async function joinUnknown(
  context: ApplyContext,
  unsettled: readonly Unsettled[],
  flight: Flight | null = null,
): Promise<Unsettled[]> {
  const inAir = new Set(flight?.items.map(({ seq }) => seq))
  const items = await context.ledger.read('readWork', {
    jobId: context.jobId,
    states: ['unknown', 'sent'],
    limit: 100_000,
  })
  const known = new Map(unsettled.map((entry) => [entry.item.seq, entry]))
  return items
    .filter(({ seq }) => !inAir.has(seq))
    .map((item) => ({
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
  const cost = costOf(work, context.batch.writes, context.durations)
  const expectMs = Math.max(context.client.expectMs(cost.requests), cost.ms)
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
