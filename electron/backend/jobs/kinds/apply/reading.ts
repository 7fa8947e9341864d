// Reading payments for checks and read-backs, in batches where the portal allows it.

import { Refusal } from '../../../../contract/fault.ts'
import type { Fault } from '../../../../contract/fault.ts'
import type { Reading } from '../../../../domain/payments/judge.ts'
import type { SeenPayment } from '../../../ledger/tables/refreshed.ts'
import type { Command } from '../../../portal/client.ts'
import { shortPayment } from '../../../portal/methods/crm-payments.ts'
import { ask } from '../../../portal/methods/reading.ts'
import type { Reading as Question } from '../../../portal/methods/reading.ts'
import { payment } from '../../../portal/methods/sale-payments.ts'
import type { FullPayment, ShortPayment } from '../../../portal/methods/shapes.ts'
import type { Outcome } from '../../../portal/outcome.ts'
import { dayIn, dayOf } from '../../../portal/zone.ts'
import { momentAt } from './context.ts'
import type { ApplyContext } from './context.ts'
import { concernsAll } from './verdicts.ts'

/** What one reading brought; `unread` when nothing can be said (the portal cannot be reached, the answer makes no sense). */
export type Look =
  | { kind: 'there'; payment: ShortPayment | FullPayment; at: number }
  /** `certain`: the portal said that there is none; otherwise it may also mean that we must not see it. */
  | { kind: 'missing'; certain: boolean; at: number }
  | { kind: 'unread'; fault: Fault; at: number }

/** How payments are read: the nine fields that everybody may see, or all of them for administrators. */
export interface Form {
  reading(id: number): Question<ShortPayment | FullPayment>
  /** The same question as a command of a batch. */
  command(id: number): Command
}
const formOf = (reading: Form['reading']): Form => ({
  reading,
  command: (id) => {
    const { method, params } = reading(id)
    return { method, params }
  },
})
export const short = formOf(shortPayment)
export const full = formOf(payment)

/** Reads the payments; every id is in the answer. Only a reading that nothing has been sent for should end by a stop. */
export async function lookAt(
  context: ApplyContext,
  ids: readonly number[],
  form: Form,
  options: { signal?: AbortSignal } = {},
): Promise<Map<number, Look>> {
  const looks = new Map<number, Look>()
  for (let from = 0; from < ids.length; from += chunkSize) {
    const chunk = ids.slice(from, from + chunkSize)
    const found =
      context.batch.reads && chunk.length > 1
        ? await lookByBatch(context, chunk, form, options)
        : new Map<number, Look>()
    // What the batch did not bring is asked singly, patiently.
    const left = chunk.filter((id) => (found.get(id)?.kind ?? 'unread') === 'unread')
    await Promise.all(
      left.map(async (id) =>
        found.set(id, await lookOnce(context, () => ask(context.client, form.reading(id), options))),
      ),
    )
    if (form === short) await ascertain(context, found, options)
    for (const [id, look] of found) looks.set(id, look)
    // Nothing more can be read for a reason that concerns every payment: the rest is unread for the same one.
    const barred = [...found.values()].find((look) => look.kind === 'unread' && concernsAll(look.fault))
    if (barred) for (const id of ids.slice(from + chunkSize)) looks.set(id, barred)
    if (barred) break
  }
  return looks
}

/** A batch is cut after the portal's minute like any request; so many full readings take some fifteen seconds. */
const chunkSize = 25

async function lookOnce(
  context: ApplyContext,
  read: () => Promise<ShortPayment | FullPayment>,
): Promise<Look> {
  try {
    return { kind: 'there', payment: await read(), at: context.clock.now() }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return lookOfFault(error.fault, context.clock.now())
  }
}

/**
 * `crm.item.payment.get` says "not found or denied" by one code, and says it of other failures too. Administrators can
 * ask a method that tells them apart; to everybody else it says nothing new.
 */
async function ascertain(
  context: ApplyContext,
  found: Map<number, Look>,
  options: { signal?: AbortSignal },
): Promise<void> {
  for (const [id, look] of found) {
    if (look.kind !== 'missing' || look.certain) continue
    const sure = await lookOnce(context, () => ask(context.client, full.reading(id), options))
    if (sure.kind === 'there' || (sure.kind === 'missing' && sure.certain)) found.set(id, sure)
  }
}

async function lookByBatch(
  context: ApplyContext,
  ids: readonly number[],
  form: Form,
  options: { signal?: AbortSignal },
): Promise<Map<number, Look>> {
  const commands = Object.fromEntries(ids.map((id) => [`r${id}`, form.command(id)]))
  const outcomes = await context.client.batch(commands, { kind: 'read', ...options })
  if (
    Object.values(outcomes).some(
      (outcome) => outcome.class === 'notExecuted' && outcome.fault.code === 'rest.batchForbidden',
    )
  )
    context.batch.reads = false
  const looks = new Map<number, Look>()
  for (const id of ids) {
    const outcome = outcomes[`r${id}`]
    if (outcome) looks.set(id, lookOfOutcome(id, form, outcome, context.clock.now()))
  }
  return looks
}

/** A reading that stood in a batch beside a write. */
export function lookOfOutcome(id: number, form: Form, outcome: Outcome, at: number): Look {
  if (outcome.class !== 'executed') return lookOfFault(outcome.fault, at)
  try {
    return {
      kind: 'there',
      payment: form.reading(id).parse({ result: outcome.result, total: null, next: null }),
      at,
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return lookOfFault(error.fault, at)
  }
}

function lookOfFault(fault: Fault, at: number): Look {
  const missing = fault.code === 'rest.notFoundOrDenied' || fault.code === 'rest.paymentMissing'
  return missing
    ? { kind: 'missing', certain: fault.code === 'rest.paymentMissing', at }
    : { kind: 'unread', fault, at }
}

/** What is said of a payment that cannot be found; null for one that can. */
export function missingFault(look: Look): Fault | null {
  if (look.kind !== 'missing') return null
  return { code: look.certain ? 'rest.paymentMissing' : 'rest.notFoundOrDenied' }
}

/** The part of a look that decisions rest on; null when it says nothing. */
export function readingOf(look: Look | undefined): Reading | null {
  if (!look || look.kind === 'unread') return null
  if (look.kind === 'missing') return { kind: 'missing' }
  const { paid, datePaid, sum, accountNumber } = look.payment
  return { kind: 'there', paid, paidAt: datePaid, sumMinor: sum.minor, currency: sum.currency, accountNumber }
}

/**
 * Lets the ledger know what was just seen, so that no grid shows an older state than the job knows. Before the items
 * are marked by it: cut off between the two, they are read again, while an item that has ended is never looked at again.
 */
export async function storeLooks(context: ApplyContext, looks: ReadonlyMap<number, Look>): Promise<void> {
  const seen: SeenPayment[] = []
  const gone: number[] = []
  for (const [id, look] of looks) {
    if (look.kind === 'missing' && look.certain) gone.push(id)
    if (look.kind === 'there') seen.push(seenOf(context, look.payment))
  }
  if (seen.length + gone.length === 0) return
  await context.ledger.write('storeSeen', {
    portalId: context.portalId,
    at: momentAt(context.clock.now()),
    seen,
    gone,
  })
}

function seenOf(context: ApplyContext, shown: ShortPayment | FullPayment): SeenPayment {
  const whole = 'orderId' in shown ? shown : null
  return {
    id: shown.id,
    accountNumber: shown.accountNumber,
    paid: shown.paid,
    paidAt: shown.datePaid,
    paidDay: shown.datePaid && dayIn(shown.datePaid, context.zone),
    sumMinor: shown.sum.minor,
    currency: shown.currency,
    paySystemId: shown.paySystemId ?? 0,
    paySystemName: shown.paySystemName,
    fields: { ...shown.raw },
    complete: whole !== null,
    voucherNumber: whole ? whole.payVoucherNum : null,
    voucherDay: whole ? dayOf(whole.payVoucherDate, context.zone) : null,
  }
}
