// What the steps of applying a plan share.

import type { Wire } from '../../../../contract/define.ts'
import type { Fault } from '../../../../contract/fault.ts'
import type { Actor } from '../../../../contract/values.ts'
import type { Durations } from '../../../../domain/payments/grouping.ts'
import type { LedgerFace } from '../../../ledger/ledger.ts'
import type { ItemEnd, WorkItem } from '../../../ledger/tables/operations.ts'
import type { PortalClient } from '../../../portal/client.ts'
import type { Outcome } from '../../../portal/outcome.ts'
import type { Clock } from '../../../ports.ts'
import type { Groups } from './groups.ts'

export interface ApplyContext {
  client: PortalClient
  ledger: LedgerFace
  clock: Clock
  jobId: string
  portalId: string
  actor: Actor
  /** Readings and writes of payments may stand in a batch here, as far as is known; off as soon as the portal says otherwise. */
  batch: {
    reads: boolean
    writes: boolean
    /** The portal said so of writes as such, and not of one batch. */
    forbidden: boolean
  }
  /** How large groups are and how long they take, as measured on the way. */
  groups: Groups
  /** How many groups in a row could not be read before writing. */
  unreadGroups: number
  /** The portal's user whose credential is used; '' where the check did not tell. */
  userId: string
  serverLimitSeconds: number
  /** IANA name of the portal's zone, for comparing days. */
  zone: string
  durations: Durations
  /** Aborts on a stop: nothing new is begun, what is in the air lands. */
  signal: AbortSignal
}

/** Ends the whole job: what is left waits for the person (a lost sign-in, a field that changed unasked). */
export class JobHalted extends Error {
  readonly fault: Fault
  constructor(fault: Fault) {
    super(fault.code)
    this.fault = fault
  }
}

export const momentAt = (ms: number): string => new Date(ms).toISOString()

export async function mark(context: ApplyContext, items: readonly ItemEnd[]): Promise<void> {
  if (items.length === 0) return
  const { jobId, portalId, actor, clock, ledger } = context
  await ledger.write('markItems', { jobId, portalId, actor, at: momentAt(clock.now()), items })
}

export interface Intended {
  item: WorkItem
  step: WorkItem['step']
  before: NonNullable<WorkItem['before']>
  sending: Wire
}

/**
 * Journal first (money rule 10): committed before the request leaves. Answers those that may be sent: a check that
 * another job's write has overtaken is none.
 */
export async function intend<I extends Intended>(
  context: ApplyContext,
  checkedAt: number,
  items: readonly I[],
): Promise<I[]> {
  const { jobId, portalId, actor, clock, ledger } = context
  const free = await ledger.write('intendWrites', {
    jobId,
    portalId,
    actor,
    at: momentAt(clock.now()),
    checkedAt: momentAt(checkedAt),
    items: items.map(({ item, step, before, sending }) => ({
      seq: item.seq,
      paymentId: item.paymentId,
      step,
      before,
      sending,
    })),
  })
  return items.filter(({ item }) => free.includes(item.seq))
}

/** What the journal keeps of an outcome. */
export function evidenceOf(outcome: Outcome): Wire {
  const { attempt } = outcome
  return {
    class: outcome.class,
    method: attempt.method,
    sentAt: momentAt(attempt.sentAt),
    endedAt: momentAt(attempt.endedAt),
    status: attempt.status,
    connected: attempt.connected,
    bytesLeft: attempt.bytesLeft,
    portalCode: attempt.portalCode,
    portalText: attempt.portalText,
    portalTime: attempt.time && { ...attempt.time },
  }
}

/** A check may be so old when the write that rests on it leaves (money rule 10). */
export const checkLastsMs = 10_000

/** A group that passed its check. */
export interface Prepared {
  checkedAt: number
  methods: readonly string[]
  /** Writes the intents down and sends. */
  depart(): Promise<Flight>
}

/** A group in the air. */
export interface Flight {
  items: readonly WorkItem[]
  departedAt: number
  /** Rejects with JobHalted. `sent`: the portal may have carried something out, so the job has come further. */
  landing: Promise<{ sent: boolean }>
}

/** A signal that aborts on a stop, or when a check is too old to rest a write on (money rule 10: ten seconds). */
export function freshFor(context: ApplyContext, checkedAt: number): { signal: AbortSignal; release(): void } {
  const controller = new AbortController()
  const stop = (): void => controller.abort(context.signal.reason)
  const grownOld = (): void => controller.abort(new Error('the check is too old'))
  const left = checkedAt + checkLastsMs - context.clock.now()
  if (context.signal.aborted) stop()
  else if (left <= 0) grownOld()
  context.signal.addEventListener('abort', stop, { once: true })
  const timer = new AbortController()
  context.clock.sleep(Math.max(0, left), timer.signal).then(grownOld, () => undefined)
  return {
    signal: controller.signal,
    release: () => {
      context.signal.removeEventListener('abort', stop)
      timer.abort()
    },
  }
}
