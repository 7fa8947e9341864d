// What the rest of the backend sees of a portal: one attempt at a time, classified, paced, secrets inside.

import type { Outcome, PortalTime } from './outcome.ts'

export interface SendOptions {
  /** A write goes out once, on a socket of its own, with a timeout above the portal's limit (money rule 11). */
  kind: 'read' | 'write'
  /** Ends a read at any time, a write only until its first byte left: what is in the air lands. */
  signal?: AbortSignal
  /** Interactive calls pass before those of long jobs. */
  urgent?: boolean
  /** Jobs of different lanes go in turn. */
  lane?: string
}

export interface Command {
  method: string
  params: Readonly<Record<string, unknown>>
}

export interface Answer {
  result: unknown
  total: number | null
  next: number | null
  /** Of a call of its own; a command of a batch has none here. */
  time?: PortalTime | null
}

export interface PaceSnapshot {
  /** Requests that could be sent at once now, and the bucket's size. */
  free: number
  size: number
  /** Requests a second that the portal takes in the long run. */
  perSecond: number
  /** Requests that wait for their turn. */
  queued: number
  /** Why requests wait at the moment, and until when (milliseconds of the Clock); null when nothing waits. */
  waiting: {
    reason: 'rate' | 'timeBudget' | 'overload' | 'backoff'
    until: number
    method: string | null
  } | null
  requestsSent: number
  limitErrors: number
}

export interface PortalClient {
  readonly portalId: string
  /** One attempt through the portal's pace. Never repeats anything except, once, after an expired access token. */
  send(method: string, params: Readonly<Record<string, unknown>>, options: SendOptions): Promise<Outcome>
  /** A read that is repeated through rate limits, resets and server failures; throws Refusal when it cannot be had. */
  read(
    method: string,
    params: Readonly<Record<string, unknown>>,
    options?: { signal?: AbortSignal; urgent?: boolean },
  ): Promise<Answer>
  /**
   * At most 50 labelled commands in one request, `halt=0`. Every label of the input is in the answer; one that
   * the portal left out is unknown for a write and notExecuted for a read.
   */
  batch(commands: Readonly<Record<string, Command>>, options: SendOptions): Promise<Record<string, Outcome>>
  pace(): PaceSnapshot
  /** What a request with these calls (for a batch: of every command) would wait for now; null when it could leave. */
  foresee(calls: readonly string[]): PaceSnapshot['waiting']
  /** How many calls of the method fit its time budget at present; null while nothing is known of it. */
  room(method: string): number | null
  /** The same client for one job, whose requests go in turn with those of other jobs. */
  lane(name: string): PortalClient
  /** Milliseconds until `requests` further requests would be through, by the bucket alone. */
  expectMs(requests: number): number
  /** Forgets the portal's manual block (`OVERLOAD_LIMIT`, which stops every call), after the person asked to try again. */
  lift(): void
  close(): void
}
