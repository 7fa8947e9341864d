// The first step: paid or not paid, by `crm.item.payment.pay` and `unpay`, or the payment deleted. Checked by an
// earlier request, written once, read back.

import type { Fault } from '../../../../contract/fault.ts'
import { judgeAfter, judgeBefore } from '../../../../domain/payments/judge.ts'
import type { ItemEnd, WorkItem } from '../../../ledger/tables/operations.ts'
import type { Outcome } from '../../../portal/outcome.ts'
import { freshFor, intend, mark } from './context.ts'
import type { ApplyContext, Flight, Intended, Prepared } from './context.ts'
import { flightOf, measureGroup, methodOf } from './groups.ts'
import { lookAt, lookOfOutcome, missingFault, readingOf, short, storeLooks } from './reading.ts'
import type { Look } from './reading.ts'
import { answerEnd, haltOnUnread, learnFrom, uncheckedEnd } from './verdicts.ts'

const stepOf = (item: WorkItem): WorkItem['step'] => item.intent.steps[0] ?? 'status'

/** Reads and judges a group. Null when nothing of it is to be sent. */
export async function prepareStatus(
  context: ApplyContext,
  items: readonly WorkItem[],
): Promise<Prepared | null> {
  const checks = await lookAt(
    context,
    items.map(({ paymentId }) => paymentId),
    short,
    { signal: context.signal },
  )
  const going = await judgeChecks(context, items, checks)
  if (going.length === 0) return null
  const checkedAt = Math.min(...going.map(({ look }) => look.at))
  const methods = going.flatMap(({ item }) => [methodOf(item), 'crm.item.payment.get'])
  return { checkedAt, methods, depart: () => depart(context, going, checkedAt) }
}

/** The intents are committed when this resolves; the write itself is in the air then. */
async function depart(context: ApplyContext, going: readonly Going[], checkedAt: number): Promise<Flight> {
  const intended = going.map(({ item, look }): Intended => ({
    item,
    step: stepOf(item),
    before: {
      paid: look.payment.paid,
      paidAt: look.payment.datePaid,
      fields: { ...item.intent.fieldsBefore },
    },
    sending: { method: methodOf(item), id: item.paymentId },
  }))
  const items = (await intend(context, checkedAt, intended)).map(({ item }) => item)
  return flightOf(context, items, async () => {
    const fresh = freshFor(context, checkedAt)
    try {
      if (context.batch.writes && items.length > 1) return await writeByBatch(context, items, fresh.signal)
      let sent = false
      for (const item of items) sent = (await writeSingly(context, item, fresh.signal)) || sent
      return sent
    } finally {
      fresh.release()
    }
  })
}

interface Going {
  item: WorkItem
  look: Extract<Look, { kind: 'there' }>
}

async function judgeChecks(
  context: ApplyContext,
  items: readonly WorkItem[],
  checks: ReadonlyMap<number, Look>,
): Promise<Going[]> {
  const going: Going[] = []
  const ends: ItemEnd[] = []
  for (const item of items) {
    const look = checks.get(item.paymentId)
    const reading = readingOf(look)
    if (!look || !reading) {
      const fault: Fault = look?.kind === 'unread' ? look.fault : { code: 'rest.unexpectedAnswer' }
      ends.push(uncheckedEnd(context, item, stepOf(item), fault))
      continue
    }
    const verdict = judgeBefore(item.intent, reading)
    if (verdict === 'go' && look.kind === 'there') going.push({ item, look })
    else {
      const before = reading.kind === 'there' ? { paid: reading.paid, paidAt: reading.paidAt } : null
      const state = verdict === 'alreadySo' ? 'alreadySo' : 'conflict'
      ends.push({
        seq: item.seq,
        paymentId: item.paymentId,
        state,
        before,
        settledBy: 'reading',
        fault: missingFault(look),
        journalAs: 'write.settled',
        evidence: { check: { ...reading } },
      })
    }
  }
  await storeLooks(context, checks)
  await mark(context, ends)
  haltOnUnread(context, checks)
  return going
}

async function writeSingly(context: ApplyContext, item: WorkItem, signal: AbortSignal): Promise<boolean> {
  const outcome = await context.client.send(methodOf(item), { id: item.paymentId }, { kind: 'write', signal })
  return land(context, [{ item, outcome, look: null }])
}

/** Each write is followed by its own read in the same request; a missing label is unknown (money rule 10). */
async function writeByBatch(
  context: ApplyContext,
  items: readonly WorkItem[],
  signal: AbortSignal,
): Promise<boolean> {
  const commands = Object.fromEntries(
    items.flatMap((item) => [
      [`w${item.paymentId}`, { method: methodOf(item), params: { id: item.paymentId } }],
      [`r${item.paymentId}`, { method: 'crm.item.payment.get', params: { id: item.paymentId } }],
    ]),
  )
  const outcomes = await context.client.batch(commands, { kind: 'write', signal })
  const landed: Landed[] = []
  for (const item of items) {
    const outcome = outcomes[`w${item.paymentId}`]
    const read = outcomes[`r${item.paymentId}`]
    if (!outcome) throw new Error('a batch answered without one of its labels')
    landed.push({
      item,
      outcome,
      look: read ? lookOfOutcome(item.paymentId, short, read, context.clock.now()) : null,
    })
  }
  measureGroup(
    context.groups.status,
    landed.map(({ outcome }) => outcome),
  )
  return land(context, landed)
}

interface Landed {
  item: WorkItem
  outcome: Outcome
  look: Look | null
}

/**
 * Writes down the answers, then reads back whatever may have run, and writes down what that showed. Answers whether
 * anything may have run.
 */
async function land(context: ApplyContext, landed: readonly Landed[]): Promise<boolean> {
  await mark(
    context,
    landed.map(({ item, outcome }) => answerEnd(item, stepOf(item), outcome)),
  )
  const toRead = landed.filter(({ outcome }) => outcome.class !== 'notExecuted')
  const unread = toRead
    .filter(({ look }) => !look || look.kind === 'unread' || (look.kind === 'missing' && !look.certain))
    .map(({ item }) => item.paymentId)
  const looks = unread.length > 0 ? await lookAt(context, unread, short) : new Map<number, Look>()
  for (const { item, look } of toRead) if (look && !looks.has(item.paymentId)) looks.set(item.paymentId, look)
  const known = new Map(
    toRead.map(
      ({ item, outcome }) => [item.paymentId, certain(item, looks.get(item.paymentId), outcome)] as const,
    ),
  )
  await storeLooks(context, new Map([...known].flatMap(([id, look]) => (look ? [[id, look] as const] : []))))
  await mark(
    context,
    toRead.flatMap(({ item, outcome }) => backEnd(context, item, outcome, known.get(item.paymentId)) ?? []),
  )
  learnFrom(
    context,
    landed.map(({ outcome }) => outcome),
  )
  return toRead.length > 0
}

/**
 * After our own delete, "not found" is what was wanted, and the payment is gone. Not after a refused one: the portal's
 * one code for both may as well mean that neither call is allowed any more.
 */
function certain(item: WorkItem, look: Look | undefined, outcome: Outcome): Look | undefined {
  const ours = item.intent.steps[0] === 'delete' && outcome.class !== 'refused'
  return look?.kind === 'missing' && ours ? { ...look, certain: true } : look
}

/**
 * What the read-back settles. `true` is the call's result and not the payment's state (architecture.md section 6): only
 * the reading confirms. A refusal with the old state shown is a refusal; anything unclear stays unknown and is read
 * again, and so does "not found", which is also the portal's way of saying that something else went wrong.
 */
function backEnd(
  context: ApplyContext,
  item: WorkItem,
  outcome: Outcome,
  look: Look | undefined,
): ItemEnd | null {
  const reading = readingOf(look)
  if (!look || !reading) return null
  if (look.kind === 'missing' && !look.certain)
    return outcome.class === 'refused' && item.intent.steps[0] === 'delete' ? hiddenEnd(item, look) : null
  const verdict = judgeAfter(item.intent, reading)
  const after = reading.kind === 'there' ? { paid: reading.paid, paidAt: reading.paidAt } : null
  const base = {
    seq: item.seq,
    paymentId: item.paymentId,
    after,
    journalAs: 'write.readBack' as const,
    evidence: { reading: { ...reading } },
  }
  if (verdict === 'otherwise')
    return {
      ...base,
      state: 'conflict',
      settledBy: 'reading',
      ...(look.kind === 'missing' ? { fault: missingFault(look) } : {}),
    }
  if (verdict === 'wanted' && outcome.class === 'refused' && paidByAnother(context, look))
    return { ...base, state: 'alreadySo', settledBy: 'reading' }
  if (verdict === 'wanted')
    return {
      ...base,
      state: 'confirmed',
      settledBy: outcome.class === 'executed' ? 'answer' : 'reading',
      fault: null,
    }
  if (outcome.class === 'refused') return { ...base, state: 'refused', settledBy: 'answer' }
  return null
}

/** A delete that was refused, and a payment that cannot be seen either: deleted by another, or no longer allowed to us. */
function hiddenEnd(item: WorkItem, look: Look): ItemEnd {
  return {
    seq: item.seq,
    paymentId: item.paymentId,
    state: 'conflict',
    settledBy: 'reading',
    fault: missingFault(look),
    evidence: { reading: 'missing' },
    journalAs: 'write.readBack',
  }
}

/** After a refusal, `empPaidId` tells a payment that somebody else marked meanwhile from a call that failed after its work. */
function paidByAnother(context: ApplyContext, look: Look): boolean {
  const by = look.kind === 'there' ? look.payment.empPaidId : null
  return by !== null && context.userId !== '' && String(by) !== context.userId
}
