// Steps that write fields through `sale.payment.update`: bank details after a payment became paid, and edits.
// `paySystemId` and `paid` are always explicit, and every field that nobody asked for must stay (money rule 7).

import type { Wire } from '../../../../contract/define.ts'
import type { Fault } from '../../../../contract/fault.ts'
import { judgeBefore } from '../../../../domain/payments/judge.ts'
import type { ItemEnd, WorkItem } from '../../../ledger/tables/operations.ts'
import { changedFields } from '../../../portal/methods/payments.ts'
import { updatedPayment, updatePayment } from '../../../portal/methods/sale-payments.ts'
import type { FullPayment } from '../../../portal/methods/shapes.ts'
import { dayOf, momentOf } from '../../../portal/zone.ts'
import { evidenceOf, freshFor, intend, JobHalted, mark } from './context.ts'
import type { ApplyContext } from './context.ts'
import { lookFully, readingOf, storeLooks } from './reading.ts'
import type { Look } from './reading.ts'
import { concernsAll } from './status-step.ts'

type FieldStep = 'details' | 'edit'

/** Takes one item through its field step. */
export async function writeFields(context: ApplyContext, item: WorkItem, step: FieldStep): Promise<void> {
  const check = await lookFully(context, item.paymentId)
  if (check.kind !== 'there' || !('orderId' in check.payment)) {
    await endUnchecked(context, item, step, check)
    return
  }
  const before = check.payment
  const same = step === 'edit' ? editStillFits(item, check) : before.paid === item.intent.wantPaid && sameSum(item, before)
  if (!same) {
    await mark(context, [end(item, { state: 'conflict', settledBy: 'reading', after: shownOf(before), ...notWritten(step) })])
    await storeLooks(context, new Map([[item.paymentId, check]]))
    return
  }
  await send(context, item, step, before, check.at)
}

function sameSum(item: WorkItem, payment: FullPayment): boolean {
  const { seen } = item.intent
  return payment.sum.minor === seen.sumMinor && payment.sum.currency === seen.currency && payment.accountNumber === seen.accountNumber
}

/** An edit rests on the values that the person saw in the form. */
function editStillFits(item: WorkItem, look: Look): boolean {
  const reading = readingOf(look)
  if (!reading || look.kind !== 'there' || judgeBefore(item.intent, reading) !== 'go') return false
  return Object.entries(item.intent.fieldsBefore).every(([field, value]) => fieldText(look.payment.raw[field]) === value)
}

/** A field as the forms show it: text as it is, numbers in their shortest form, nothing as ''. */
export function fieldText(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

async function endUnchecked(context: ApplyContext, item: WorkItem, step: FieldStep, check: Look): Promise<void> {
  const fault: Fault = check.kind === 'unread' ? check.fault : { code: 'rest.paymentMissing' }
  await mark(context, [end(item, { state: step === 'details' ? 'confirmedPartly' : check.kind === 'missing' ? 'conflict' : 'notSent', fault, ...notWritten(step) })])
  if (concernsAll(fault)) throw new JobHalted(fault)
}

async function send(context: ApplyContext, item: WorkItem, step: FieldStep, before: FullPayment, checkedAt: number): Promise<void> {
  const { intent } = item
  const { paySystemId: newPaySystem, ...changes } = intent.fields
  const update = {
    id: item.paymentId,
    paid: before.paid,
    paySystemId: newPaySystem === undefined ? (before.paySystemId ?? 0) : Number(newPaySystem),
    changes: wireChanges(changes),
  }
  const fresh = freshFor(context, checkedAt)
  try {
    const fields = Object.fromEntries(Object.keys(intent.fields).map((field) => [field, fieldText(before.raw[field])]))
    const beforeAll = { paid: before.paid, paidAt: before.datePaid, fields }
    await intend(context, [{ item, step, before: beforeAll, sending: { method: 'sale.payment.update', ...update } as unknown as Wire }])
    const outcome = await updatePayment(context.client, update, { signal: fresh.signal })
    if (outcome.class === 'notExecuted') {
      const state = concernsAll(outcome.fault) ? (step === 'details' ? 'confirmedPartly' : 'notSent') : step === 'details' ? 'confirmed' : 'waiting'
      await mark(context, [
        { ...end(item, { state, fault: outcome.fault, details: step === 'details' ? (state === 'confirmed' ? 'waiting' : 'notWritten') : 'none' }), evidence: evidenceOf(outcome), journalAs: 'write.answered' },
      ])
      if (concernsAll(outcome.fault)) throw new JobHalted(outcome.fault)
      return
    }
    const fault = outcome.class === 'executed' ? null : outcome.fault
    await mark(context, [
      { ...end(item, { state: 'unknown', fault, ...(step === 'details' ? { details: 'unknown' as const } : {}) }), evidence: evidenceOf(outcome), journalAs: 'write.answered' },
    ])
    const answered = updatedPayment(outcome)
    if (answered) await haltIfTouched(context, item, before, answered)
    await readBack(context, item, step, before, outcome.class === 'refused' ? outcome.fault : null)
  } finally {
    fresh.release()
  }
}

/** '' empties a field: sent as an empty text, because that is how the documentation's own example empties one. */
function wireChanges(fields: Readonly<Record<string, string>>): Record<string, string> {
  return { ...fields }
}

/** A field that changed unasked makes the item a conflict and stops the job (money rule 7). */
async function haltIfTouched(context: ApplyContext, item: WorkItem, before: FullPayment, after: FullPayment): Promise<void> {
  const asked = new Set(Object.keys(item.intent.fields))
  const touched = changedFields(before, after).filter((field) => !asked.has(field))
  if (touched.length === 0) return
  const changes = touched.map((field) => ({ field, before: fieldText(before.raw[field]), after: fieldText(after.raw[field]) }))
  await mark(context, [
    { ...end(item, { state: 'conflict', settledBy: 'reading', after: shownOf(after), fault: { code: 'plan.field', field: touched.join(', ') } }), evidence: { changedUnasked: changes } },
  ])
  await storeLooks(context, new Map([[item.paymentId, { kind: 'there', payment: after, at: context.clock.now() }]]))
  throw new JobHalted({ code: 'plan.field', field: touched.join(', ') })
}

/** Reads the payment again and says what the step came to; leaves it unknown when that cannot be said yet. */
export async function readBack(context: ApplyContext, item: WorkItem, step: FieldStep, before: FullPayment | null, refusal: Fault | null): Promise<void> {
  const look = await lookFully(context, item.paymentId)
  if (look.kind !== 'there' || !('orderId' in look.payment)) return
  if (before) await haltIfTouched(context, item, before, look.payment)
  if (written(context, item, look.payment)) {
    await mark(context, [
      { ...end(item, { state: 'confirmed', settledBy: refusal ? 'reading' : 'answer', after: shownOf(look.payment), ...(step === 'details' ? { details: 'written' as const } : {}) }), journalAs: 'write.readBack' },
    ])
  } else if (refusal) {
    await mark(context, [
      { ...end(item, { state: step === 'details' ? 'confirmedPartly' : 'refused', settledBy: 'answer', fault: refusal, after: shownOf(look.payment), ...notWritten(step) }), journalAs: 'write.readBack' },
    ])
  }
  await storeLooks(context, new Map([[item.paymentId, look]]))
}

/** Whether every intended value stands: dates by calendar day in the portal's zone (money rule 8), the rest as text or number. */
export function written(context: Pick<ApplyContext, 'zone'>, item: WorkItem, payment: FullPayment): boolean {
  return Object.entries(item.intent.fields).every(([field, wanted]) => {
    const shown = fieldText(payment.raw[field])
    if (shown === wanted) return true
    if (momentOf(wanted) !== null || /^\d{4}-\d{2}-\d{2}$/.test(wanted)) return dayOf(shown, context.zone) === dayOf(wanted, context.zone)
    return shown !== '' && wanted !== '' && Number(shown) === Number(wanted)
  })
}

const shownOf = (payment: FullPayment): { paid: boolean; paidAt: string | null } => ({ paid: payment.paid, paidAt: payment.datePaid })
const notWritten = (step: FieldStep): { details?: 'notWritten' } => (step === 'details' ? { details: 'notWritten' } : {})

function end(item: WorkItem, change: Omit<ItemEnd, 'seq' | 'paymentId' | 'journalAs'>): ItemEnd {
  return { seq: item.seq, paymentId: item.paymentId, journalAs: 'write.settled', ...change }
}
