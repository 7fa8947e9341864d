// How fast one portal may be asked: its leaky bucket of requests, its time budget per method, its manual block. One
// pace per portal, shared by every credential and every job; all waits go through the Clock.

import type { Fault } from '../../contract/fault.ts'
import { Refusal } from '../../contract/fault.ts'
import type { Clock } from '../ports.ts'
import type { PaceSnapshot } from './client.ts'
import type { Outcome, PortalTime } from './outcome.ts'
import { createBucket } from './bucket.ts'
import type { PaceSettings } from './bucket.ts'
import { createLearning } from './learning.ts'
import { createQueue } from './queue.ts'
import type { Waiting } from './queue.ts'
import { createTimeBudgets } from './time-budgets.ts'

export type { PaceSettings } from './bucket.ts'

export interface EnterOptions {
  /** A read unless told. */
  kind?: 'read' | 'write' | undefined
  urgent?: boolean | undefined
  /** Jobs of different lanes go in turn. */
  lane?: string | undefined
  signal?: AbortSignal | undefined
}

/** A request that may leave. */
export interface Pass {
  /** It is over; null where it did not leave after all. */
  back(outcome: Outcome | null): void
}

export interface Pace {
  /**
   * Resolves when a request with these calls may leave (for a batch: the method of every command inside it, as often as
   * it stands there). Urgent ones pass before the others, as far as nobody starves; within a lane the order of asking
   * holds. Rejects with the signal's reason, with `Refusal(rest.overloadBlocked)` while the portal blocks, with
   * `Refusal(portal.disconnected)` once closed.
   */
  enter(calls: readonly string[], options: EnterOptions): Promise<Pass>
  /** Learns from an answer: rate and time limits, the block, the time used. */
  learn(outcome: Outcome): void
  /** Learns the time a command inside a batch used; the batch itself is charged nothing. */
  note(method: string, time: PortalTime): void
  /** Notes that a method's time budget is used up; a command inside a batch says it under a good HTTP status. */
  exhaust(method: string, retryAfterMs: number | null): void
  /** Milliseconds until the method's time budget allows a call again; 0 when it does. */
  budgetWaitMs(method: string): number
  /** How many calls of the method fit its time budget at present; null while nothing is known of it. */
  room(method: string): number | null
  /** What a request with these calls would wait for now, and until when; null when it could leave. */
  foresee(calls: readonly string[]): PaceSnapshot['waiting']
  snapshot(): PaceSnapshot
  expectMs(requests: number): number
  /** Forgets the portal's manual block, after the person asked to try again. */
  lift(): void
  close(): void
}

const overloaded: Fault = { code: 'rest.overloadBlocked' }

/** `learnt` is told when the size of an unknown portal's bucket has been found out. */
export function createPace(
  clock: Clock,
  settings: () => PaceSettings,
  learnt: (bucket: PaceSettings) => void = () => undefined,
): Pace {
  const bucket = createBucket(clock, settings)
  const budgets = createTimeBudgets(clock)
  const learning = createLearning(settings, learnt)
  const queue = createQueue(budgets.waitMs)
  let ended: Fault | null = null
  let closed = false
  let wake: AbortController | null = null
  let limitErrors = 0
  let requestsSent = 0

  const callsWait = (calls: ReadonlyMap<string, number>): number =>
    Math.max(0, ...[...calls].map(([method, count]) => budgets.waitMs(method, count)))
  /** A person's calls and writes keep to what is known for certain. */
  const learnsBy = ({ kind, urgent }: Waiting): boolean => kind === 'read' && !urgent
  const bucketWait = (entry: Waiting): number => bucket.waitMs(learnsBy(entry) ? learning.proven() : 0)
  const mayTry = (entry: Waiting): boolean =>
    learnsBy(entry) && learning.mayTry() && bucket.waitMs(learning.proven() + 1) === 0

  function pump(): void {
    wake?.abort()
    wake = null
    if (ended !== null) return
    for (;;) {
      const next = queue.next()
      if (next === undefined) break
      if (bucketWait(next) > 0) {
        if (!mayTry(next)) break
        trying.add(next)
        learning.tried()
      }
      queue.gone(next)
      bucket.take()
      for (const [method, count] of next.calls) budgets.take(method, count)
      requestsSent += 1
      next.admit()
    }
    const wait = nextWaitMs()
    if (wait === null) return
    const timer = new AbortController()
    wake = timer
    clock.sleep(wait, timer.signal).then(pump, () => undefined)
  }
  const trying = new Set<Waiting>()

  function nextWaitMs(): number | null {
    const next = queue.next()
    const held = next ? undefined : queue.soonest()
    const wait = next ? bucketWait(next) : held && Math.max(callsWait(held.calls), bucket.waitMs())
    return wait === undefined ? null : Math.max(1, Math.ceil(wait))
  }

  function stop(fault: Fault): void {
    ended = fault
    wake?.abort()
    for (const entry of queue.empty()) entry.refuse(new Refusal(fault))
  }

  function enter(methods: readonly string[], options: EnterOptions): Promise<Pass> {
    const { kind = 'read', urgent = false, lane = '', signal } = options
    if (ended !== null) return Promise.reject(new Refusal(ended))
    if (signal?.aborted === true) return Promise.reject(reasonOf(signal))
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        queue.remove(entry)
        reject(reasonOf(signal))
        pump()
      }
      const done = (then: () => void): void => {
        signal?.removeEventListener('abort', leave)
        then()
      }
      const entry: Waiting = {
        calls: countsOf(methods),
        kind,
        urgent,
        lane,
        admit: () => done(() => resolve({ back: (outcome) => back(entry, outcome) })),
        refuse: (reason) => done(() => reject(reason instanceof Error ? reason : new Error('refused'))),
      }
      signal?.addEventListener('abort', leave, { once: true })
      queue.add(entry)
      pump()
    })
  }

  function back(entry: Waiting, outcome: Outcome | null): void {
    for (const [method, count] of entry.calls) budgets.back(method, count, outcome?.class === 'unknown')
    if (trying.delete(entry)) learning.triedBack(endOf(outcome))
    pump()
  }

  return {
    enter,
    learn(outcome) {
      const { attempt } = outcome
      if (attempt.time !== null) budgets.note(attempt.method, attempt.time)
      if (outcome.class === 'executed' || outcome.class === 'refused') bucket.praise()
      if (outcome.class === 'notExecuted') {
        if (outcome.fault.code === 'rest.overloadBlocked') stop(overloaded)
        if (outcome.fault.code === 'rest.timeBudget') {
          limitErrors += 1
          budgets.exhaust(attempt.method, outcome.retryAfterMs)
        }
        if (outcome.fault.code === 'rest.rateLimited') {
          limitErrors += 1
          if (bucket.blame(attempt.sentAt, outcome.retryAfterMs)) learning.refused(clock.now())
        }
      }
      pump()
    },
    note: budgets.note,
    exhaust(method, retryAfterMs) {
      limitErrors += 1
      budgets.exhaust(method, retryAfterMs)
      pump()
    },
    budgetWaitMs: (method) => budgets.waitMs(method),
    room: budgets.room,
    foresee(methods) {
      const calls = countsOf(methods)
      const byBudget = callsWait(calls)
      const byBucket = bucket.waitMs()
      if (byBudget === 0 && byBucket === 0) return null
      return byBudget > byBucket ? budgetWaiting(calls) : bucketWaiting(byBucket)
    },
    snapshot: () => ({
      free: Math.max(0, Math.floor(bucket.free())),
      size: settings().bucketSize,
      perSecond: settings().drainPerSecond,
      queued: queue.size,
      waiting: waitingReason(),
      requestsSent,
      limitErrors,
    }),
    expectMs: (requests) => bucket.expectMs(queue.size + requests),
    lift() {
      if (!closed) ended = null
    },
    close() {
      closed = true
      stop({ code: 'portal.disconnected' })
    },
  }

  function waitingReason(): PaceSnapshot['waiting'] {
    if (ended?.code === 'rest.overloadBlocked')
      return { reason: 'overload', until: clock.now(), method: null }
    if (queue.next() === undefined) {
      const held = queue.soonest()
      return held ? budgetWaiting(held.calls) : null
    }
    const wait = bucket.waitMs()
    return wait === 0 ? null : bucketWaiting(wait)
  }

  function budgetWaiting(calls: ReadonlyMap<string, number>): PaceSnapshot['waiting'] {
    const [method] = [...calls.keys()].toSorted(
      (a, b) => budgets.waitMs(b, calls.get(b)) - budgets.waitMs(a, calls.get(a)),
    )
    return { reason: 'timeBudget', until: clock.now() + callsWait(calls), method: method ?? null }
  }

  function bucketWaiting(wait: number): PaceSnapshot['waiting'] {
    return { reason: bucket.backingOff() ? 'backoff' : 'rate', until: clock.now() + wait, method: null }
  }
}

function countsOf(methods: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const method of methods) counts.set(method, (counts.get(method) ?? 0) + 1)
  return counts
}

function endOf(outcome: Outcome | null): 'taken' | 'refused' | 'nothing' {
  if (outcome?.class === 'executed' || outcome?.class === 'refused') return 'taken'
  const limited = outcome?.class === 'notExecuted' && outcome.fault.code === 'rest.rateLimited'
  return limited ? 'refused' : 'nothing'
}

function reasonOf(signal: AbortSignal | undefined): Error {
  return signal?.reason instanceof Error ? signal.reason : new Refusal({ code: 'call.abandoned' })
}
