// How an item ends whose step writes fields: by what its check showed, by what stands after the write.

import type { Fault } from '../../../../contract/fault.ts'
import type { ItemEnd, WorkItem } from '../../../ledger/tables/operations.ts'
import type { FullPayment } from '../../../portal/methods/shapes.ts'
import type { Outcome } from '../../../portal/outcome.ts'
import { JobHalted } from './context.ts'
import type { ApplyContext } from './context.ts'
import { showsAll, writableTexts } from './field-values.ts'
import type { Touched } from './field-values.ts'
import { nothingDone } from './verdicts.ts'

export type FieldStep = 'details' | 'edit'

/** A payment that is no longer in the state of the first step is a conflict; otherwise only its details were not written. */
export function misfit(item: WorkItem, step: FieldStep, payment: FullPayment | null): ItemEnd {
  const base = {
    seq: item.seq,
    paymentId: item.paymentId,
    settledBy: 'reading' as const,
    journalAs: 'write.settled' as const,
  }
  const fault: Fault | null = payment ? null : { code: 'rest.paymentMissing' }
  if (step === 'edit')
    return {
      ...base,
      state: 'conflict',
      before: payment && shownOf(payment),
      fault,
      evidence: { check: 'differs' },
    }
  const stands = payment !== null && payment.paid === item.intent.wantPaid
  return {
    ...base,
    after: payment && shownOf(payment),
    state: stands ? 'confirmedPartly' : 'conflict',
    details: 'notWritten',
    fault,
    evidence: { check: 'differs' },
  }
}

/** A field that changed unasked makes the item a conflict and stops the job (money rule 7). */
export function touchedEnd(
  item: WorkItem,
  step: FieldStep,
  touched: readonly Touched[],
  shown: FullPayment | null,
): ItemEnd {
  return {
    seq: item.seq,
    paymentId: item.paymentId,
    state: 'conflict',
    settledBy: 'reading',
    after: shown && shownOf(shown),
    fault: { code: 'write.touched', fields: namesOf(touched) },
    ...(step === 'details' ? { details: 'unknown' as const } : {}),
    evidence: { changedUnasked: distinct(touched).map((change) => ({ ...change })) },
    journalAs: 'write.settled',
  }
}

export function haltIfTouched(touched: readonly Touched[]): void {
  if (touched.length > 0) throw new JobHalted({ code: 'write.touched', fields: namesOf(touched) })
}

const distinct = (touched: readonly Touched[]): Touched[] => [
  ...new Map(touched.map((change) => [change.field, change])).values(),
]
const namesOf = (touched: readonly Touched[]): string =>
  distinct(touched)
    .map(({ field }) => field)
    .join(', ')

export function backEnd(
  context: ApplyContext,
  item: WorkItem,
  step: FieldStep,
  payment: FullPayment,
  outcome: Outcome,
): ItemEnd | null {
  const base = {
    seq: item.seq,
    paymentId: item.paymentId,
    after: shownOf(payment),
    journalAs: 'write.readBack' as const,
    evidence: { shown: shownFields(item, payment) },
  }
  if (showsAll(payment, item.intent.fields, context.zone)) {
    return { ...base, ...writtenEnd(step), settledBy: outcome.class === 'executed' ? 'answer' : 'reading' }
  }
  if (outcome.class !== 'refused') return null
  const state = step === 'details' ? nothingDone(step) : { state: 'refused' as const }
  return { ...base, ...state, settledBy: 'answer' }
}

/** What a step comes to whose values stand. */
export function writtenEnd(step: FieldStep): Pick<ItemEnd, 'state' | 'details' | 'fault'> {
  return { state: 'confirmed', fault: null, ...(step === 'details' ? { details: 'written' as const } : {}) }
}

export function shownFields(item: WorkItem, payment: FullPayment): Record<string, string> {
  const shown = writableTexts(payment)
  return Object.fromEntries(Object.keys(item.intent.fields).map((field) => [field, shown[field] ?? '']))
}

export const shownOf = (payment: FullPayment): { paid: boolean; paidAt: string | null } => ({
  paid: payment.paid,
  paidAt: payment.datePaid,
})
