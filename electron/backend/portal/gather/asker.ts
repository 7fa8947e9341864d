// Asking many readings at once: in batches where the portal allows it, singly where it does not, and singly again for
// what a batch could not bring. Only for reads.

import { setImmediate as breathe } from 'node:timers/promises'
import { Refusal } from '../../../contract/fault.ts'
import type { Fault } from '../../../contract/fault.ts'
import { batchSize } from '../batch.ts'
import type { Command, PortalClient } from '../client.ts'
import type { Outcome } from '../outcome.ts'
import { ask } from '../methods/reading.ts'
import type { Reading } from '../methods/reading.ts'
import { chunksOf, createGate } from './ahead.ts'

export interface Batching {
  /** Whether `batch` works at all, and whether payment methods (and orders) may stand in one. */
  any: boolean
  payments: boolean
  /** Few requests rather than early answers: batches are as long as they may be. */
  frugal?: boolean
}

export type Settled<T> = { ok: true; value: T } | { ok: false; fault: Fault }

export interface Asker {
  /** Answers in the order of the readings. Throws the first Refusal, or the signal's reason. */
  all<T>(readings: readonly Reading<T>[]): Promise<T[]>
  /** As `all`, but a reading the portal refuses is an answer too. */
  settle<T>(readings: readonly Reading<T>[]): Promise<Settled<T>[]>
  /** Whether readings of the method go by batch at present. */
  batches(method: string): boolean
  signal: AbortSignal | undefined
}

/**
 * Requests under way at once. The rate limit needs latency times rate of them (a batch of fifty may take ten seconds,
 * at two a second), and the sockets and the portal's patience bear no more.
 */
const width = 24
/** Times that what a batch left open goes by batch again before it goes singly; a limit, which the pace waits out, costs less. */
const patience = 3
const limitCost = 0.2
const readingsABreath = 10

export function createAsker(client: PortalClient, batching: Batching, signal?: AbortSignal): Asker {
  const gate = createGate(width)
  const single = new Set<string>()
  let size = batchSize

  const batches = (method: string): boolean =>
    batching.any && !single.has(method) && (batching.payments || !isPaymentMethod(method))

  async function one<T>(reading: Reading<T>): Promise<Settled<T>> {
    try {
      return { ok: true, value: await gate(() => ask(client, reading, options)) }
    } catch (error) {
      if (error instanceof Refusal && signal?.aborted !== true && !isGeneral(error.fault))
        return { ok: false, fault: error.fault }
      throw error
    }
  }
  const options = signal === undefined ? {} : { signal }

  /** One batch; what it does not settle is left out of the answer. */
  async function together<T>(
    readings: readonly Reading<T>[],
  ): Promise<{ settled: Map<Reading<T>, Settled<T>>; cost: number }> {
    const commands: Record<string, Command> = {}
    readings.forEach(({ method, params }, index) => (commands[`c${index}`] = { method, params }))
    const outcomes = await gate(() => client.batch(commands, { kind: 'read', ...options }))
    signal?.throwIfAborted()
    const settled = new Map<Reading<T>, Settled<T>>()
    for (const [index, reading] of readings.entries()) {
      const outcome = outcomes[`c${index}`]
      const end = outcome === undefined ? null : endOf(reading, outcome)
      if (end !== null) settled.set(reading, end)
      // Fifty full pages in one go would hold the thread up for too long.
      if (index % readingsABreath === readingsABreath - 1) await breathe()
    }
    return { settled, cost: note(Object.values(outcomes)) }
  }

  /** Learns from a batch, and answers what the round cost in patience. */
  function note(outcomes: readonly Outcome[]): number {
    for (const outcome of outcomes) {
      if (outcome.class !== 'executed' && outcome.fault.code === 'rest.batchForbidden')
        single.add(outcome.attempt.method)
    }
    // A batch that runs into the portal's own time limit does so again: the next ones are shorter.
    const broken = outcomes.every(
      ({ class: end, attempt }) => end === 'unknown' && (attempt.status === null || attempt.status >= 500),
    )
    if (broken) size = Math.max(5, Math.floor(size / 2))
    return outcomes.every((outcome) => outcome.class === 'executed' || isLimit(outcome.fault)) ? limitCost : 1
  }

  async function chunk<T>(readings: readonly Reading<T>[]): Promise<Map<Reading<T>, Settled<T>>> {
    const settled = new Map<Reading<T>, Settled<T>>()
    let open = readings
    for (let spent = 0; spent < patience && open.length > 0;) {
      const parts = chunksOf(
        open.filter((reading) => batches(reading.method)),
        size,
      )
      if (parts.length === 0) break
      const ends = await Promise.all(parts.map((part) => together(part)))
      for (const part of ends) for (const [reading, end] of part.settled) settled.set(reading, end)
      spent += Math.max(...ends.map((part) => part.cost))
      open = open.filter((reading) => !settled.has(reading))
    }
    const rest = await Promise.all(open.map(async (reading) => [reading, await one(reading)] as const))
    for (const [reading, end] of rest) settled.set(reading, end)
    return settled
  }

  /** The portal works a batch off in order: while its bucket has room, several short ones are sooner done than a long one. */
  function shorter(count: number): number {
    if (batching.frugal === true) return batchSize
    const spare = Math.floor(client.pace().free / 4)
    return spare < 2 ? batchSize : Math.max(10, Math.ceil(count / spare))
  }

  async function settle<T>(readings: readonly Reading<T>[]): Promise<Settled<T>[]> {
    const [many, few] = [
      readings.filter((reading) => batches(reading.method)),
      readings.filter((reading) => !batches(reading.method)),
    ]
    // A batch of one is a request like any other, only harder to read.
    const alone = many.length === 1 ? [...few, ...many] : few
    const grouped = many.length === 1 ? [] : chunksOf(many, Math.min(size, shorter(many.length)))
    const parts = await Promise.all([
      ...grouped.map((part) => chunk(part)),
      ...alone.map(async (reading) => new Map([[reading, await one(reading)]])),
    ])
    const settled = new Map(parts.flatMap((part) => [...part]))
    return readings.map(
      (reading) =>
        settled.get(reading) ?? { ok: false, fault: { code: 'rest.answerShape', method: reading.method } },
    )
  }

  return {
    settle,
    async all(readings) {
      const ends = await settle(readings)
      return ends.map((end) => {
        if (!end.ok) throw new Refusal(end.fault)
        return end.value
      })
    },
    batches,
    signal,
  }
}

/** Null: not settled, to be asked again. */
function endOf<T>(reading: Reading<T>, outcome: Outcome): Settled<T> | null {
  if (outcome.class === 'refused') return { ok: false, fault: outcome.fault }
  if (outcome.class !== 'executed') {
    if (isGeneral(outcome.fault)) throw new Refusal(outcome.fault)
    return isForGood(outcome.fault) ? { ok: false, fault: outcome.fault } : null
  }
  try {
    return {
      ok: true,
      value: reading.parse({ result: outcome.result, total: outcome.total, next: outcome.next }),
    }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, fault: error.fault }
    throw error
  }
}

/** Faults that concern the connection and not the reading: nothing else would fare better. */
function isGeneral({ code }: Fault): boolean {
  return [
    'rest.badToken',
    'rest.httpsNeeded',
    'rest.overloadBlocked',
    'rest.userShutOut',
    'rest.portalClosed',
    'rest.tokenExpired',
    'portal.moved',
    'portal.disconnected',
    'portal.address',
    'portal.mismatch',
    'oauth.invalidGrant',
    'vault.absent',
    'vault.failed',
    'backend.closing',
  ].includes(code)
}

function isLimit({ code }: Fault): boolean {
  return code === 'rest.rateLimited' || code === 'rest.timeBudget'
}

function isForGood({ code }: Fault): boolean {
  return [
    'rest.noRights',
    'rest.scopeMissing',
    'rest.methodMissing',
    'rest.noManifest',
    'rest.planWithoutRest',
  ].includes(code)
}

function isPaymentMethod(method: string): boolean {
  return method.startsWith('crm.item.payment.') || method.startsWith('sale.payment.')
}
