// Unknown outcomes are settled by reading, at once and then at growing intervals, never by sending again (money rule 12).

import type { Fault } from '../../../../contract/fault.ts'
import { judgeAfter, nextReadingAfterMs, settledFrom } from '../../../../domain/payments/judge.ts'
import type { ItemEnd, WorkItem } from '../../../ledger/tables/operations.ts'
import { mark } from './context.ts'
import type { ApplyContext } from './context.ts'
import { showsAll, touchedFields } from './field-values.ts'
import { haltIfTouched, shownFields, shownOf, touchedEnd, writtenEnd } from './field-ends.ts'
import { full, lookAt, missingFault, readingOf, short, storeLooks } from './reading.ts'
import type { Look } from './reading.ts'
import { concernsAll, nothingDone } from './verdicts.ts'

export interface Unsettled {
  item: WorkItem
  readings: number
  nextAt: number
}

/** When the next unknown item wants to be read, null when there is none. */
export function nextDue(unsettled: readonly Unsettled[]): number | null {
  return unsettled.length === 0 ? null : Math.min(...unsettled.map(({ nextAt }) => nextAt))
}

export interface Settling {
  still: Unsettled[]
  /** Why no reading can succeed at all, where that was the answer: a lost sign-in, a block. */
  barred: Fault | null
}

/** Reads the items that are due. Throws JobHalted when a field turns out to have changed unasked. */
export async function settleDue(context: ApplyContext, unsettled: readonly Unsettled[]): Promise<Settling> {
  const now = context.clock.now()
  const due = unsettled.filter(({ nextAt }) => nextAt <= now)
  const still = unsettled.filter(({ nextAt }) => nextAt > now)
  const ofStatus = ({ item }: Unsettled): boolean => item.step === 'status' || item.step === 'delete'
  const idsOf = (entries: readonly Unsettled[]): number[] => entries.map(({ item }) => item.paymentId)
  const looks = await lookAt(context, idsOf(due.filter(ofStatus)), short)
  const whole = await lookAt(context, idsOf(due.filter((entry) => !ofStatus(entry))), full)
  for (const entry of due) {
    const { item } = entry
    const settled = ofStatus(entry)
      ? await settleStatus(context, item, looks.get(item.paymentId))
      : await settleFields(context, item, whole.get(item.paymentId))
    if (!settled)
      still.push({
        ...entry,
        readings: entry.readings + 1,
        nextAt: context.clock.now() + nextReadingAfterMs(entry.readings),
      })
  }
  const unread = [...looks.values(), ...whole.values()].find(
    (look) => look.kind === 'unread' && concernsAll(look.fault) && look.fault.code !== 'portal.unreachable',
  )
  return { still, barred: unread?.kind === 'unread' ? unread.fault : null }
}

/** Whether the old state, seen now, may be believed: the portal's own limit has passed since sending. */
export function oldStateCounts(context: ApplyContext, item: WorkItem): boolean {
  const sentAt = item.sentAt === null ? 0 : Date.parse(item.sentAt)
  return context.clock.now() >= settledFrom(sentAt, context.serverLimitSeconds)
}

async function settleStatus(context: ApplyContext, item: WorkItem, look: Look | undefined): Promise<boolean> {
  const reading = readingOf(look)
  if (!look || !reading) return false
  const verdict = judgeAfter(item.intent, reading)
  // "Not found" is also the portal's way of saying that something went wrong, so it is believed as late as the old state.
  const doubtful = look.kind === 'missing' && !look.certain && item.step !== 'delete'
  if ((verdict === 'old' || doubtful) && !oldStateCounts(context, item)) return false
  const end: ItemEnd = {
    seq: item.seq,
    paymentId: item.paymentId,
    state: verdict === 'wanted' ? 'confirmed' : verdict === 'otherwise' ? 'conflict' : 'notSent',
    settledBy: 'reading',
    after: reading.kind === 'there' ? { paid: reading.paid, paidAt: reading.paidAt } : null,
    ...(verdict === 'wanted'
      ? { fault: null }
      : look.kind === 'missing'
        ? { fault: missingFault(look) }
        : {}),
    evidence: { reading: { ...reading } },
    journalAs: 'write.settled',
  }
  const deleted = look.kind === 'missing' && item.step === 'delete' ? { ...look, certain: true } : look
  await storeLooks(context, new Map([[item.paymentId, deleted]]))
  await mark(context, [end])
  return true
}

async function settleFields(context: ApplyContext, item: WorkItem, look: Look | undefined): Promise<boolean> {
  const step = item.step === 'edit' ? 'edit' : 'details'
  const base = {
    seq: item.seq,
    paymentId: item.paymentId,
    settledBy: 'reading' as const,
    journalAs: 'write.settled' as const,
  }
  if (look?.kind === 'missing') {
    if (!look.certain && !oldStateCounts(context, item)) return false
    await storeLooks(context, new Map([[item.paymentId, look]]))
    await mark(context, [
      {
        ...base,
        state: 'conflict',
        fault: { code: 'rest.paymentMissing' },
        ...(step === 'details' ? { details: 'notWritten' as const } : {}),
      },
    ])
    return true
  }
  if (look?.kind !== 'there' || !('orderId' in look.payment)) return false
  const { payment } = look
  const touched = touchedFields(item, item.before?.fields ?? {}, payment)
  const stands = showsAll(payment, item.intent.fields, context.zone)
  if (touched.length === 0 && !stands && !oldStateCounts(context, item)) return false
  const end: ItemEnd =
    touched.length > 0
      ? touchedEnd(item, step, touched, payment)
      : {
          ...base,
          after: shownOf(payment),
          evidence: { shown: shownFields(item, payment) },
          ...(stands ? writtenEnd(step) : nothingDone(step)),
        }
  await storeLooks(context, new Map([[item.paymentId, look]]))
  await mark(context, [end])
  haltIfTouched(touched)
  return true
}
