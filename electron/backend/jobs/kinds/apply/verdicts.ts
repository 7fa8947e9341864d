// What an answer means for its item before anything is read back, and which faults end the whole job.

import type { Fault } from '../../../../contract/fault.ts'
import type { ItemEnd, WorkItem } from '../../../ledger/tables/operations.ts'
import type { Outcome } from '../../../portal/outcome.ts'
import { evidenceOf, JobHalted } from './context.ts'
import type { ApplyContext } from './context.ts'
import type { Look } from './reading.ts'

/** Faults that are not about one payment: signing in, rights of the whole user, blocks, the network. */
export function concernsAll(fault: Fault): boolean {
  return [
    'rest.badToken',
    'rest.tokenExpired',
    'rest.overloadBlocked',
    'rest.planWithoutRest',
    'rest.scopeMissing',
    'rest.userShutOut',
    'rest.portalClosed',
    'rest.httpsNeeded',
    'rest.methodMissing',
    'portal.moved',
    'portal.unreachable',
    'portal.disconnected',
    'portal.secretGone',
    'portal.mismatch',
    'oauth.invalidGrant',
    'oauth.invalidClient',
    'oauth.refused',
    'vault.absent',
    'vault.failed',
    'rest.noManifest',
  ].includes(fault.code)
}

type NotExecuted = Extract<Outcome, { class: 'notExecuted' }>

/** May be sent again by itself: after the wait the portal named, with a new check, or after a stop. */
function mayGoAgain({ fault, retryAfterMs }: NotExecuted): boolean {
  if (fault.code === 'rest.tokenExpired') return false
  return retryAfterMs !== null || fault.code === 'call.abandoned' || refusesBatch(fault)
}

/** What may not stand in a batch, or not in one so long, may be sent singly. */
const refusesBatch = ({ code }: Fault): boolean =>
  code === 'rest.batchForbidden' || code === 'rest.batchTooLong'

/** Refused before it ran, for a reason that the next item would meet as well. */
function haltsAll(outcome: NotExecuted): boolean {
  if (mayGoAgain(outcome)) return false
  return (
    concernsAll(outcome.fault) ||
    outcome.fault.code === 'rest.noRights' ||
    outcome.fault.code === 'portal.unreadable'
  )
}

/** What a step comes to when nothing of it was carried out for certain. */
export function nothingDone(step: WorkItem['step']): Pick<ItemEnd, 'state' | 'details'> {
  return step === 'details' ? { state: 'confirmedPartly', details: 'notWritten' } : { state: 'notSent' }
}

/** Where an item waits for its next turn: an item whose status stands waits for its details only. */
export function waitingAgain(item: WorkItem, step: WorkItem['step']): Pick<ItemEnd, 'state' | 'details'> {
  const state = item.state === 'confirmed' ? 'confirmed' : 'waiting'
  return step === 'details' ? { state, details: 'waiting' } : { state }
}

/** How an item stands by the answer alone. Whatever may have run is unknown until it is read back. */
export function answerEnd(item: WorkItem, step: WorkItem['step'], outcome: Outcome): ItemEnd {
  const base = {
    seq: item.seq,
    paymentId: item.paymentId,
    evidence: evidenceOf(outcome),
    journalAs: 'write.answered' as const,
  }
  const fault = outcome.class === 'executed' ? null : outcome.fault
  if (outcome.class !== 'notExecuted')
    return {
      ...base,
      state: 'unknown',
      fault,
      ...(step === 'details' ? { details: 'unknown' as const } : {}),
    }
  const again = mayGoAgain(outcome) || haltsAll(outcome)
  return { ...base, fault, ...(again ? waitingAgain(item, step) : nothingDone(step)) }
}

/** Takes from the answers what concerns more than their items: batches that are refused, the end of the job. */
export function learnFrom(context: ApplyContext, outcomes: readonly Outcome[]): void {
  for (const outcome of outcomes) {
    if (outcome.class !== 'notExecuted') continue
    if (refusesBatch(outcome.fault)) {
      // Said of a single call, and again: it is no batch that is forbidden here, and asking on would never end.
      if (!context.batch.writes && outcomes.length === 1) throw new JobHalted(outcome.fault)
      context.batch.writes = false
      if (outcome.fault.code === 'rest.batchForbidden') context.batch.forbidden = true
    }
  }
  for (const outcome of outcomes)
    if (outcome.class === 'notExecuted' && haltsAll(outcome)) throw new JobHalted(outcome.fault)
}

/** An item whose check brought nothing: not sent. It waits where the reason is a stop, or concerns every item. */
export function uncheckedEnd(
  context: ApplyContext,
  item: WorkItem,
  step: WorkItem['step'],
  fault: Fault,
): ItemEnd {
  const base = {
    seq: item.seq,
    paymentId: item.paymentId,
    fault,
    journalAs: 'write.settled' as const,
    evidence: { check: 'unread' },
  }
  if (context.signal.aborted) return { ...base, fault: null, journalAs: null, ...waitingAgain(item, step) }
  return concernsAll(fault)
    ? { ...base, journalAs: null, ...waitingAgain(item, step) }
    : { ...base, ...nothingDone(step) }
}

/**
 * When the reading itself was refused for a reason that concerns every item, or several groups in a row could not be
 * read at all, the job must not run through all the rest.
 */
export function haltOnUnread(context: ApplyContext, checks: ReadonlyMap<number, Look>): void {
  if (context.signal.aborted) return
  const unread = [...checks.values()].flatMap((look) => (look.kind === 'unread' ? [look.fault] : []))
  for (const fault of unread) if (concernsAll(fault)) throw new JobHalted(fault)
  context.unreadGroups = unread.length < checks.size ? 0 : context.unreadGroups + 1
  const [first] = unread
  if (first && context.unreadGroups >= mostUnreadGroups) throw new JobHalted(first)
}

const mostUnreadGroups = 3
