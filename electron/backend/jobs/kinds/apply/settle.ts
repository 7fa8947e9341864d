// Unknown outcomes are settled by reading, at once and then at growing intervals, never by sending again (money rule 12).

import { judgeAfter, nextReadingAfterMs, settledFrom } from '../../../../domain/payments/judge.ts'
import type { ItemEnd, WorkItem } from '../../../ledger/tables/operations.ts'
import { mark } from './context.ts'
import type { ApplyContext } from './context.ts'
import { readBack, written } from './fields-step.ts'
import { lookAt, lookFully, readingOf, storeLooks } from './reading.ts'
import type { Look } from './reading.ts'

export interface Unsettled {
  item: WorkItem
  readings: number
  nextAt: number
}

/** When the next unknown item wants to be read, null when there is none. */
export function nextDue(unsettled: readonly Unsettled[]): number | null {
  return unsettled.length === 0 ? null : Math.min(...unsettled.map(({ nextAt }) => nextAt))
}

/** Reads the items that are due; answers those that are still unknown. */
export async function settleDue(context: ApplyContext, unsettled: readonly Unsettled[]): Promise<Unsettled[]> {
  const now = context.clock.now()
  const due = unsettled.filter(({ nextAt }) => nextAt <= now)
  const still = unsettled.filter(({ nextAt }) => nextAt > now)
  const statuses = due.filter(({ item }) => item.step === 'status' || item.step === 'delete')
  const looks = statuses.length > 0 ? await lookAt(context, statuses.map(({ item }) => item.paymentId)) : new Map<number, Look>()
  for (const entry of due) {
    const settled =
      entry.item.step === 'status' || entry.item.step === 'delete'
        ? await settleStatus(context, entry.item, looks.get(entry.item.paymentId))
        : await settleFields(context, entry.item)
    if (!settled) still.push({ ...entry, readings: entry.readings + 1, nextAt: context.clock.now() + nextReadingAfterMs(entry.readings) })
  }
  return still
}

/** Whether the old state, seen now, may be believed: the portal's own limit has passed since sending. */
function oldStateCounts(context: ApplyContext, item: WorkItem): boolean {
  const sentAt = item.sentAt === null ? 0 : Date.parse(item.sentAt)
  return context.clock.now() >= settledFrom(sentAt, context.serverLimitSeconds)
}

async function settleStatus(context: ApplyContext, item: WorkItem, look: Look | undefined): Promise<boolean> {
  const reading = readingOf(look)
  if (!look || !reading) return false
  const verdict = judgeAfter(item.intent, reading)
  if (verdict === 'old' && !oldStateCounts(context, item)) return false
  const end: ItemEnd = {
    seq: item.seq,
    paymentId: item.paymentId,
    state: verdict === 'wanted' ? 'confirmed' : verdict === 'otherwise' ? 'conflict' : 'notSent',
    settledBy: 'reading',
    after: reading.kind === 'there' ? { paid: reading.paid, paidAt: reading.paidAt } : null,
    evidence: { reading: { ...reading } },
    journalAs: 'write.settled',
  }
  await mark(context, [end])
  const deleted = look.kind === 'missing' && item.step === 'delete' ? { ...look, certain: true } : look
  await storeLooks(context, new Map([[item.paymentId, deleted]]))
  return true
}

async function settleFields(context: ApplyContext, item: WorkItem): Promise<boolean> {
  const step = item.step === 'edit' ? 'edit' : 'details'
  const look = await lookFully(context, item.paymentId)
  if (look.kind !== 'there' || !('orderId' in look.payment)) return false
  if (written(context, item, look.payment)) {
    await readBack(context, item, step, null, null)
    return true
  }
  if (!oldStateCounts(context, item)) return false
  await readBack(context, item, step, null, { code: 'rest.unexpectedAnswer' })
  return true
}
