// How fast one portal may be asked: its leaky bucket of requests, its time budget per method, its manual block. One
// pace per portal, shared by every credential and every job; all waits go through the Clock.

import type { Fault } from '../../contract/fault.ts'
import { Refusal } from '../../contract/fault.ts'
import type { Clock } from '../ports.ts'
import type { PaceSnapshot } from './client.ts'
import type { Outcome, PortalTime } from './outcome.ts'
import { createBucket } from './bucket.ts'
import type { PaceSettings } from './bucket.ts'
import { createTimeBudgets } from './time-budgets.ts'

export type { PaceSettings } from './bucket.ts'

export interface EnterOptions {
  urgent?: boolean | undefined
  signal?: AbortSignal | undefined
}

export interface Pace {
  /**
   * Resolves when a request with these methods may leave (for a batch: the methods inside it). Urgent ones pass before
   * the others; within a lane the order of asking holds. Rejects with the signal's reason, with
   * `Refusal(rest.overloadBlocked)` while the portal blocks, with `Refusal(portal.disconnected)` once closed.
   */
  enter(methods: readonly string[], options: EnterOptions): Promise<void>
  /** Learns from an answer: rate and time limits, the block, the time used. */
  learn(outcome: Outcome): void
  /** Learns the time a command inside a batch used; the batch itself is charged nothing. */
  note(method: string, time: PortalTime): void
  /** Notes that a method's time budget is used up; a command inside a batch says it under a good HTTP status. */
  exhaust(method: string, retryAfterMs: number | null): void
  /** Milliseconds until the method's time budget allows a call again; 0 when it does. */
  budgetWaitMs(method: string): number
  snapshot(): PaceSnapshot
  expectMs(requests: number): number
  /** Forgets the portal's manual block, after the person asked to try again. */
  lift(): void
  close(): void
}

interface Waiting {
  methods: readonly string[]
  urgent: boolean
  admit(): void
  refuse(reason: unknown): void
}

const overloaded: Fault = { code: 'rest.overloadBlocked' }

export function createPace(clock: Clock, settings: () => PaceSettings): Pace {
  const bucket = createBucket(clock, settings)
  const budgets = createTimeBudgets(clock)
  let queue: Waiting[] = []
  let ended: Fault | null = null
  let closed = false
  let wake: AbortController | null = null
  let limitErrors = 0
  let requestsSent = 0

  function pump(): void {
    wake?.abort()
    wake = null
    if (ended !== null) return
    for (;;) {
      const next = pick()
      if (next === undefined || bucket.waitMs() > 0) break
      queue = queue.filter((entry) => entry !== next)
      bucket.take()
      requestsSent += 1
      next.admit()
    }
    const wait = nextWaitMs()
    if (wait === null) return
    const timer = new AbortController()
    wake = timer
    clock.sleep(wait, timer.signal).then(pump, () => undefined)
  }

  /** The first whose methods have time left: one exhausted method holds nobody else up. */
  function pick(): Waiting | undefined {
    const ready = queue.filter((entry) => budgetWait(entry) === 0)
    return ready.find((entry) => entry.urgent) ?? ready[0]
  }
  const budgetWait = (entry: Waiting): number => Math.max(0, ...entry.methods.map(budgets.waitMs))

  function nextWaitMs(): number | null {
    if (queue.length === 0) return null
    const soonest = Math.min(...queue.map(budgetWait))
    return Math.max(1, Math.ceil(Math.max(soonest, bucket.waitMs())))
  }

  function stop(fault: Fault): void {
    ended = fault
    wake?.abort()
    for (const entry of queue.splice(0)) entry.refuse(new Refusal(fault))
  }

  function enter(methods: readonly string[], { urgent = false, signal }: EnterOptions): Promise<void> {
    if (ended !== null) return Promise.reject(new Refusal(ended))
    if (signal?.aborted === true) return Promise.reject(reasonOf(signal))
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        queue = queue.filter((other) => other !== entry)
        reject(reasonOf(signal))
        pump()
      }
      const done = (then: () => void): void => {
        signal?.removeEventListener('abort', leave)
        then()
      }
      const entry: Waiting = {
        methods,
        urgent,
        admit: () => done(resolve),
        refuse: (reason) => done(() => reject(reason instanceof Error ? reason : new Error('refused'))),
      }
      signal?.addEventListener('abort', leave, { once: true })
      queue.push(entry)
      pump()
    })
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
          bucket.blame(attempt.sentAt, outcome.retryAfterMs)
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
    snapshot: () => ({
      free: Math.max(0, Math.floor(bucket.free())),
      size: settings().bucketSize,
      waiting: waitingReason(),
      requestsSent,
      limitErrors,
    }),
    expectMs: (requests) => bucket.expectMs(queue.length + requests),
    lift() {
      if (!closed) ended = null
    },
    close() {
      closed = true
      stop({ code: 'portal.disconnected' })
    },
  }

  function waitingReason(): PaceSnapshot['waiting'] {
    const now = clock.now()
    if (ended?.code === 'rest.overloadBlocked') return { reason: 'overload', until: now, method: null }
    if (queue.length === 0) return null
    if (pick() === undefined) {
      const first = queue.reduce((soonest, entry) =>
        budgetWait(entry) < budgetWait(soonest) ? entry : soonest,
      )
      const method = first.methods.find((name) => budgets.waitMs(name) > 0) ?? null
      return { reason: 'timeBudget', until: now + budgetWait(first), method }
    }
    const wait = bucket.waitMs()
    if (wait === 0) return null
    return { reason: bucket.backingOff() ? 'backoff' : 'rate', until: now + wait, method: null }
  }
}

function reasonOf(signal: AbortSignal | undefined): Error {
  return signal?.reason instanceof Error ? signal.reason : new Refusal({ code: 'call.abandoned' })
}
