// Steps that write fields through `sale.payment.update`: bank details after a payment became paid, and edits.
// `paySystemId` and `paid` are always explicit, and every field that nobody asked for must stay (money rule 7).

import { judgeBefore } from '../../../../domain/payments/judge.ts'
import type { ItemEnd, WorkItem } from '../../../ledger/tables/operations.ts'
import { updatedPayment } from '../../../portal/methods/sale-payments.ts'
import type { FullPayment } from '../../../portal/methods/shapes.ts'
import type { Outcome } from '../../../portal/outcome.ts'
import { freshFor, intend, mark } from './context.ts'
import type { ApplyContext, Flight, Intended, Prepared } from './context.ts'
import { backEnd, haltIfTouched, misfit, touchedEnd } from './field-ends.ts'
import type { FieldStep } from './field-ends.ts'
import { flightOf, measureGroup } from './groups.ts'
import { showsAll, touchedFields, writableTexts } from './field-values.ts'
import type { Touched } from './field-values.ts'
import { full, lookAt, lookOfOutcome, readingOf, storeLooks } from './reading.ts'
import type { Look } from './reading.ts'
import { answerEnd, haltOnUnread, learnFrom, uncheckedEnd } from './verdicts.ts'

/** Reads a group in full and judges each alone. Null when nothing of it is to be sent. */
export async function prepareFields(
  context: ApplyContext,
  items: readonly WorkItem[],
  step: FieldStep,
): Promise<Prepared | null> {
  const checks = await lookAt(
    context,
    items.map(({ paymentId }) => paymentId),
    full,
    { signal: context.signal },
  )
  const going = await judgeChecks(context, items, step, checks)
  if (going.length === 0) return null
  const checkedAt = Math.min(...going.map(({ at }) => at))
  const methods = going.flatMap(({ item }) => ['sale.payment.update', full.command(item.paymentId).method])
  return { checkedAt, methods, depart: () => depart(context, going, step, checkedAt) }
}

/** The intents are committed when this resolves; the update itself is in the air then. */
async function depart(
  context: ApplyContext,
  going: readonly Going[],
  step: FieldStep,
  checkedAt: number,
): Promise<Flight> {
  const updates = await intend(
    context,
    checkedAt,
    going.map(({ item, payment }) => intended(item, step, payment)),
  )
  const items = updates.map(({ item }) => item)
  return flightOf(context, items, async () => {
    const fresh = freshFor(context, checkedAt)
    try {
      if (context.batch.writes && updates.length > 1)
        return await land(context, step, await updateByBatch(context, updates, fresh.signal))
      let sent = false
      for (const one of updates)
        sent = (await land(context, step, [await updateSingly(context, one, fresh.signal)])) || sent
      return sent
    } finally {
      fresh.release()
    }
  })
}

interface Update extends Intended {
  sending: { method: string; id: number; fields: Record<string, string | number> }
}

function intended(item: WorkItem, step: FieldStep, payment: FullPayment): Update {
  const { paySystemId, ...changes } = item.intent.fields
  const fields = {
    ...changes,
    paySystemId: Number(paySystemId ?? payment.paySystemId ?? 0),
    paid: payment.paid ? 'Y' : 'N',
  }
  return {
    item,
    step,
    before: { paid: payment.paid, paidAt: payment.datePaid, fields: writableTexts(payment) },
    sending: { method: 'sale.payment.update', id: item.paymentId, fields },
  }
}

interface Going {
  item: WorkItem
  payment: FullPayment
  at: number
}

async function judgeChecks(
  context: ApplyContext,
  items: readonly WorkItem[],
  step: FieldStep,
  checks: ReadonlyMap<number, Look>,
): Promise<Going[]> {
  const going: Going[] = []
  const ends: ItemEnd[] = []
  for (const item of items) {
    const look = checks.get(item.paymentId)
    const payment = wholeOf(look)
    if (look && payment && stillFits(context, item, step, look, payment))
      going.push({ item, payment, at: look.at })
    else if (look?.kind === 'there' || look?.kind === 'missing') ends.push(misfit(item, step, payment))
    else
      ends.push(
        uncheckedEnd(
          context,
          item,
          step,
          look?.kind === 'unread' ? look.fault : { code: 'rest.unexpectedAnswer' },
        ),
      )
  }
  await storeLooks(context, checks)
  await mark(context, ends)
  haltOnUnread(context, checks)
  return going
}

function wholeOf(look: Look | null | undefined): FullPayment | null {
  return look?.kind === 'there' && 'orderId' in look.payment ? look.payment : null
}

/** An edit rests on the values that the person saw; details, and what an undo takes back, on a payment that is still ours. */
function stillFits(
  context: ApplyContext,
  item: WorkItem,
  step: FieldStep,
  look: Look,
  payment: FullPayment,
): boolean {
  const { intent } = item
  const reading = readingOf(look)
  if (!reading || reading.kind !== 'there') return false
  if (step === 'edit')
    return judgeBefore(intent, reading) === 'go' && showsAll(payment, intent.fieldsBefore, context.zone)
  const { seen } = intent
  const same =
    reading.sumMinor === seen.sumMinor &&
    reading.currency === seen.currency &&
    reading.accountNumber === seen.accountNumber
  return (
    same &&
    reading.paid === intent.wantPaid &&
    (intent.mustShow === null || showsAll(payment, intent.fieldsBefore, context.zone))
  )
}

interface Landed {
  update: Update
  outcome: Outcome
  look: Look | null
}

async function updateSingly(context: ApplyContext, update: Update, signal: AbortSignal): Promise<Landed> {
  const { method, id, fields } = update.sending
  return {
    update,
    outcome: await context.client.send(method, { id, fields }, { kind: 'write', signal }),
    look: null,
  }
}

/** Each update is followed by its own full reading in the same request; a missing label is unknown (money rule 10). */
async function updateByBatch(
  context: ApplyContext,
  updates: readonly Update[],
  signal: AbortSignal,
): Promise<Landed[]> {
  const commands = Object.fromEntries(
    updates.flatMap(({ sending: { method, id, fields } }) => [
      [`w${id}`, { method, params: { id, fields } }],
      [`r${id}`, full.command(id)],
    ]),
  )
  const outcomes = await context.client.batch(commands, { kind: 'write', signal })
  measureGroup(
    context.groups.fields,
    updates.flatMap(({ sending }) => outcomes[`w${sending.id}`] ?? []),
  )
  return updates.map((update) => {
    const { id } = update.sending
    const outcome = outcomes[`w${id}`]
    const read = outcomes[`r${id}`]
    if (!outcome) throw new Error('a batch answered without one of its labels')
    return { update, outcome, look: read ? lookOfOutcome(id, full, read, context.clock.now()) : null }
  })
}

/**
 * Writes down the answers, reads back what may have run, judges each alone, and only then stops the job where it must.
 * Answers whether anything may have run.
 */
async function land(context: ApplyContext, step: FieldStep, landed: readonly Landed[]): Promise<boolean> {
  await mark(
    context,
    landed.map(({ update, outcome }) => answerEnd(update.item, step, outcome)),
  )
  const toRead = landed.filter(({ outcome }) => outcome.class !== 'notExecuted')
  const unread = toRead
    .filter(({ look }) => wholeOf(look) === null)
    .map(({ update }) => update.item.paymentId)
  const looks = unread.length > 0 ? await lookAt(context, unread, full) : new Map<number, Look>()
  for (const { update, look } of toRead) if (look && wholeOf(look)) looks.set(update.item.paymentId, look)
  const ends: ItemEnd[] = []
  const touched: Touched[] = []
  for (const { update, outcome } of toRead) {
    const { item } = update
    const readBack = wholeOf(looks.get(item.paymentId))
    const changed = [updatedPayment(outcome), readBack].flatMap((payment) =>
      payment ? touchedFields(item, update.before.fields, payment) : [],
    )
    touched.push(...changed)
    const end =
      changed.length > 0
        ? touchedEnd(item, step, changed, readBack)
        : readBack && backEnd(context, item, step, readBack, outcome)
    if (end) ends.push(end)
  }
  await storeLooks(context, looks)
  await mark(context, ends)
  haltIfTouched(touched)
  learnFrom(
    context,
    landed.map(({ outcome }) => outcome),
  )
  return toRead.length > 0
}
