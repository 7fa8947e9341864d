// Reading payments for checks and read-backs, in one batch where the portal allows it.

import { Refusal } from '../../../../contract/fault.ts'
import type { Fault } from '../../../../contract/fault.ts'
import type { Reading } from '../../../../domain/payments/judge.ts'
import type { SeenPayment } from '../../../ledger/tables/refreshed.ts'
import { shortPayment } from '../../../portal/methods/crm-payments.ts'
import { ask } from '../../../portal/methods/reading.ts'
import { payment } from '../../../portal/methods/sale-payments.ts'
import type { FullPayment, ShortPayment } from '../../../portal/methods/shapes.ts'
import type { Outcome } from '../../../portal/outcome.ts'
import { dayIn, dayOf } from '../../../portal/zone.ts'
import { momentAt } from './context.ts'
import type { ApplyContext } from './context.ts'

/** What one reading brought; `unread` when nothing can be said (the portal cannot be reached, the answer makes no sense). */
export type Look =
  | { kind: 'there'; payment: ShortPayment | FullPayment; at: number }
  /** `certain`: the portal said that there is none; otherwise it may also mean that we must not see it. */
  | { kind: 'missing'; certain: boolean; at: number }
  | { kind: 'unread'; fault: Fault; at: number }

/** Reads the payments, short form; every id is in the answer. A stop does not end a reading that a write waits for. */
export async function lookAt(context: ApplyContext, ids: readonly number[], options: { signal?: AbortSignal } = {}): Promise<Map<number, Look>> {
  if (context.batch && ids.length > 1) return lookByBatch(context, ids, options)
  const looks = new Map<number, Look>()
  await Promise.all(ids.map(async (id) => looks.set(id, await lookOnce(context, () => ask(context.client, shortPayment(id), options)))))
  return looks
}

/** Reads one payment with all its fields; administrators only. */
export function lookFully(context: ApplyContext, id: number): Promise<Look> {
  return lookOnce(context, () => ask(context.client, payment(id)))
}

async function lookOnce(context: ApplyContext, read: () => Promise<ShortPayment | FullPayment>): Promise<Look> {
  try {
    return { kind: 'there', payment: await read(), at: context.clock.now() }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return lookOfFault(error.fault, context.clock.now())
  }
}

async function lookByBatch(context: ApplyContext, ids: readonly number[], options: { signal?: AbortSignal }): Promise<Map<number, Look>> {
  const commands = Object.fromEntries(ids.map((id) => [`r${id}`, { method: shortPayment(id).method, params: { id } }]))
  const outcomes = await context.client.batch(commands, { kind: 'read', ...options })
  const looks = new Map<number, Look>()
  for (const id of ids) {
    const outcome = outcomes[`r${id}`]
    const look = outcome ? lookOfOutcome(id, outcome, context.clock.now()) : undefined
    // What the batch did not bring is asked singly, patiently.
    if (!look || look.kind === 'unread') looks.set(id, await lookOnce(context, () => ask(context.client, shortPayment(id), options)))
    else looks.set(id, look)
  }
  return looks
}

/** A reading that stood in a batch beside a write. */
export function lookOfOutcome(id: number, outcome: Outcome, at: number): Look {
  if (outcome.class !== 'executed') return lookOfFault(outcome.fault, at)
  try {
    return { kind: 'there', payment: shortPayment(id).parse({ result: outcome.result, total: null, next: null }), at }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return lookOfFault(error.fault, at)
  }
}

function lookOfFault(fault: Fault, at: number): Look {
  const missing = fault.code === 'rest.notFoundOrDenied' || fault.code === 'rest.paymentMissing'
  return missing ? { kind: 'missing', certain: fault.code === 'rest.paymentMissing', at } : { kind: 'unread', fault, at }
}

/** The part of a look that decisions rest on; null when it says nothing. */
export function readingOf(look: Look | undefined): Reading | null {
  if (!look || look.kind === 'unread') return null
  if (look.kind === 'missing') return { kind: 'missing' }
  const { paid, datePaid, sum, accountNumber } = look.payment
  return { kind: 'there', paid, paidAt: datePaid, sumMinor: sum.minor, currency: sum.currency, accountNumber }
}

/** Lets the ledger know what was just seen, so that no grid shows an older state than the job knows. */
export async function storeLooks(context: ApplyContext, looks: ReadonlyMap<number, Look>): Promise<void> {
  const seen: SeenPayment[] = []
  const gone: number[] = []
  for (const [id, look] of looks) {
    if (look.kind === 'missing' && look.certain) gone.push(id)
    if (look.kind === 'there') seen.push(seenOf(context, look.payment))
  }
  if (seen.length + gone.length === 0) return
  await context.ledger.write('storeSeen', { portalId: context.portalId, at: momentAt(context.clock.now()), seen, gone })
}

function seenOf(context: ApplyContext, shown: ShortPayment | FullPayment): SeenPayment {
  const full = 'orderId' in shown ? shown : null
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
    fields: full ? { ...full.raw } : null,
    voucherNumber: full ? full.payVoucherNum : null,
    voucherDay: full ? dayOf(full.payVoucherDate, context.zone) : null,
  }
}
