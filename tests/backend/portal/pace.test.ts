import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPace } from '../../../electron/backend/portal/pace.ts'
import type { Pace } from '../../../electron/backend/portal/pace.ts'
import type { Outcome, PortalTime } from '../../../electron/backend/portal/outcome.ts'
import type { Fault } from '../../../electron/contract/fault.ts'
import { createVirtualClock } from './kit/clocks.ts'
import type { VirtualClock } from './kit/clocks.ts'

const settings = { bucketSize: 50, drainPerSecond: 2 }

function answer(
  clock: VirtualClock,
  fault: Fault | null,
  over: { sentAt?: number; method?: string; retryAfterMs?: number | null; time?: PortalTime | null } = {},
): Outcome {
  const attempt = {
    method: over.method ?? 'crm.item.list',
    sentAt: over.sentAt ?? clock.now(),
    endedAt: clock.now(),
    status: 200,
    connected: true,
    bytesLeft: true,
    portalCode: null,
    portalText: null,
    time: over.time ?? null,
  }
  if (fault === null) return { class: 'executed', result: true, total: null, next: null, attempt }
  return { class: 'notExecuted', fault, retryAfterMs: over.retryAfterMs ?? null, attempt }
}

/** The portal's own bucket by the documentation: one in per request on arrival, `drain` out per second, refusing above `size`. */
function createPortalBucket(clock: VirtualClock, size: number, drain: number, stepwise: boolean) {
  let level = 0
  let at = clock.now()
  return {
    arrive(): boolean {
      const now = clock.now()
      const passed = stepwise ? Math.floor(now / 1000) - Math.floor(at / 1000) : (now - at) / 1000
      level = Math.max(0, level - passed * drain)
      at = now
      if (level + 1 > size + 1e-9) return false
      level += 1
      return true
    },
  }
}

/** A generator of even numbers in [0, 1) that is the same in every run. */
function createDice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return state / 4294967296
  }
}

async function flood(
  pace: Pace,
  clock: VirtualClock,
  count: number,
  size: number,
  drain: number,
  stepwise: boolean,
) {
  const bucket = createPortalBucket(clock, size, drain, stepwise)
  const dice = createDice(7)
  let refused = 0
  let lastArrival = 0
  const began = clock.now()
  const all = Promise.all(
    Array.from({ length: count }, async () => {
      await pace.enter(['crm.item.list'], {})
      const sentAt = clock.now()
      await clock.sleep(30 + dice() * 600)
      if (!bucket.arrive()) refused += 1
      lastArrival = Math.max(lastArrival, clock.now())
      await clock.sleep(100 + dice() * 2_000)
      pace.learn(answer(clock, null, { sentAt }))
    }),
  )
  await clock.run()
  await all
  return { refused, tookMs: lastArrival - began }
}

describe('the rate limit', () => {
  it.each([
    [50, 2, false],
    [50, 2, true],
    [250, 5, false],
    [250, 5, true],
    [4, 2, false],
  ])(
    'of size %i, drain %i/s (stepwise: %s) is used to 95 %% and never broken',
    async (size, drain, stepwise) => {
      const clock = createVirtualClock()
      const pace = createPace(clock, () => ({ bucketSize: size, drainPerSecond: drain }))
      const count = Math.max(200, size * 4)
      const { refused, tookMs } = await flood(pace, clock, count, size, drain, stepwise)
      const idealMs = ((count - size) / drain) * 1000
      expect(refused).toBe(0)
      expect(idealMs / tookMs).toBeGreaterThan(0.95)
      expect(pace.snapshot().requestsSent).toBe(count)
    },
  )

  it('foresees its own time', async () => {
    const clock = createVirtualClock()
    const pace = createPace(clock, () => settings)
    expect(pace.expectMs(10)).toBe(0)
    expect(pace.snapshot()).toMatchObject({ free: 47, size: 50, waiting: null })
    // 147.5 above the 47.5 kept, at two a second.
    expect(pace.expectMs(195)).toBe(73_750)
    const began = clock.now()
    const all = Promise.all(Array.from({ length: 195 }, () => pace.enter(['m'], {})))
    expect(pace.snapshot().waiting).toMatchObject({ reason: 'rate', method: null })
    await clock.run()
    await all
    expect(clock.now() - began).toBeGreaterThanOrEqual(73_700)
    expect(clock.now() - began).toBeLessThanOrEqual(73_900)
  })

  it('lets urgent calls pass and keeps the order otherwise', async () => {
    const clock = createVirtualClock()
    const pace = createPace(clock, () => ({ bucketSize: 1, drainPerSecond: 1 }))
    const order: string[] = []
    const ask = (name: string, urgent: boolean): Promise<void> =>
      pace.enter(['m'], { urgent }).then(() => void order.push(name))
    void ask('first', false)
    void ask('job 1', false)
    void ask('job 2', false)
    void ask('person 1', true)
    void ask('person 2', true)
    await clock.run()
    expect(order).toEqual(['first', 'person 1', 'person 2', 'job 1', 'job 2'])
  })

  it('backs off longer and longer when others use up the bucket, counting one burst once, and recovers', async () => {
    const clock = createVirtualClock()
    const pace = createPace(clock, () => settings)
    const sentAt = clock.now()
    for (let index = 0; index < 5; index++)
      pace.learn(answer(clock, { code: 'rest.rateLimited' }, { sentAt, retryAfterMs: 1_000 }))
    expect(pace.snapshot()).toMatchObject({ free: 0, limitErrors: 5 })
    const waits: number[] = []
    for (let round = 0; round < 3; round++) {
      const began = clock.now()
      void pace.enter(['m'], {}).then(() => waits.push(clock.now() - began))
      expect(pace.snapshot().waiting).toMatchObject({ reason: 'backoff' })
      await clock.run()
      pace.learn(answer(clock, { code: 'rest.rateLimited' }, { retryAfterMs: 1_000 }))
    }
    expect(waits[0]).toBeGreaterThanOrEqual(1_000)
    expect(waits[0]).toBeLessThan(1_500)
    expect(waits[1]).toBeGreaterThanOrEqual(2_000)
    expect(waits[2]).toBeGreaterThanOrEqual(4_000)
    await clock.run(clock.now() + 600_000)
    for (let index = 0; index < 60; index++) pace.learn(answer(clock, null))
    expect(pace.expectMs(47)).toBe(0)
    expect(pace.expectMs(49.5)).toBe(1_000)
  })
})

describe('the time budget', () => {
  const used = (operating: number, resetInS: number): PortalTime => ({
    duration: 1,
    processing: 1,
    operating,
    operatingResetAt: 1_795_244_400 + resetInS,
    dateFinish: '2026-11-21T10:00:00+03:00',
  })

  it('holds only the exhausted method, until the moment the last good answer named', async () => {
    const clock = createVirtualClock()
    const pace = createPace(clock, () => settings)
    const began = clock.now()
    pace.learn(answer(clock, null, { method: 'crm.item.payment.pay', time: used(479, 130) }))
    pace.learn(answer(clock, { code: 'rest.timeBudget', resetAt: null }, { method: 'crm.item.payment.pay' }))
    expect(pace.budgetWaitMs('crm.item.payment.pay')).toBe(130_000)
    expect(pace.budgetWaitMs('crm.item.payment.get')).toBe(0)
    const went: [string, number][] = []
    for (const method of ['crm.item.payment.pay', 'crm.item.payment.get']) {
      void pace.enter([method], {}).then(() => went.push([method, clock.now() - began]))
    }
    await clock.run(clock.now() + 1_000)
    expect(pace.snapshot().waiting).toEqual({
      reason: 'timeBudget',
      until: began + 130_000,
      method: 'crm.item.payment.pay',
    })
    await clock.run()
    expect(went).toEqual([
      ['crm.item.payment.get', 0],
      ['crm.item.payment.pay', 130_000],
    ])
  })

  it('takes nothing back for an answer that another one has overtaken', () => {
    const clock = createVirtualClock()
    const pace = createPace(clock, () => settings)
    pace.note('m', used(479.5, 600))
    pace.note('m', used(470, 600))
    // One more call of a second would find 480 used or more.
    expect(pace.room('m')).toBe(1)
  })

  it('has learnt the threshold afterwards and does not run into it again', () => {
    const clock = createVirtualClock()
    const pace = createPace(clock, () => settings)
    pace.note('m', used(400, 0))
    pace.exhaust('m', 5_000)
    expect(pace.budgetWaitMs('m')).toBe(5_000)
    pace.note('m', used(399, 60))
    expect(pace.budgetWaitMs('m')).toBe(5_000)
    pace.note('m', used(400, 60))
    expect(pace.budgetWaitMs('m')).toBe(60_000)
  })

  it('waits one basket where nothing is known', () => {
    const clock = createVirtualClock()
    const pace = createPace(clock, () => settings)
    pace.exhaust('m', null)
    expect(pace.budgetWaitMs('m')).toBe(60_000)
  })

  it('holds a batch for any method inside it', async () => {
    const clock = createVirtualClock()
    const pace = createPace(clock, () => settings)
    pace.exhaust('b', 3_000)
    let at = 0
    const began = clock.now()
    void pace.enter(['a', 'b'], {}).then(() => (at = clock.now() - began))
    await clock.run()
    expect(at).toBe(3_000)
  })
})

describe('stopping', () => {
  it('stops everything at a manual block, and goes on only after a lift', async () => {
    const clock = createVirtualClock()
    const pace = createPace(clock, () => ({ bucketSize: 1, drainPerSecond: 1 }))
    await pace.enter(['m'], {})
    const waiting = pace.enter(['m'], {})
    const seen = expect(waiting).rejects.toMatchObject({ fault: { code: 'rest.overloadBlocked' } })
    pace.learn(answer(clock, { code: 'rest.overloadBlocked' }))
    await seen
    await expect(pace.enter(['m'], { urgent: true })).rejects.toMatchObject({
      fault: { code: 'rest.overloadBlocked' },
    })
    expect(pace.snapshot().waiting).toMatchObject({ reason: 'overload' })
    pace.lift()
    const again = pace.enter(['m'], {})
    await clock.run()
    await again
    pace.close()
    pace.lift()
    await expect(pace.enter(['m'], {})).rejects.toMatchObject({ fault: { code: 'portal.disconnected' } })
  })

  it('lets a caller leave the queue', async () => {
    const clock = createVirtualClock()
    const pace = createPace(clock, () => ({ bucketSize: 1, drainPerSecond: 1 }))
    await pace.enter(['m'], {})
    const stop = new AbortController()
    const left = pace.enter(['m'], { signal: stop.signal })
    const seen = expect(left).rejects.toThrow('enough')
    stop.abort(new Error('enough'))
    await seen
    await expect(pace.enter(['m'], { signal: stop.signal })).rejects.toThrow('enough')
    await clock.run()
    expect(pace.snapshot().requestsSent).toBe(1)
  })
})

describe('turns', () => {
  it('lets three calls of a person pass, then one of a job, so that a job never starves', async () => {
    const clock = createVirtualClock()
    const pace = createPace(clock, () => ({ bucketSize: 1, drainPerSecond: 1 }))
    const order: string[] = []
    const ask = (name: string, urgent: boolean): void =>
      void pace.enter(['m'], { urgent, lane: urgent ? '' : 'job' }).then(() => order.push(name))
    ask('first', false)
    for (let n = 1; n <= 7; n++) ask(`person ${n}`, true)
    for (let n = 1; n <= 2; n++) ask(`job ${n}`, false)
    await clock.run()
    expect(order).toEqual([
      'first',
      'person 1',
      'person 2',
      'person 3',
      'job 1',
      'person 4',
      'person 5',
      'person 6',
      'job 2',
      'person 7',
    ])
  })

  it('lets two jobs go in turn, however much one of them has asked before', async () => {
    const clock = createVirtualClock()
    const pace = createPace(clock, () => ({ bucketSize: 1, drainPerSecond: 1 }))
    const order: string[] = []
    const ask = (lane: string): void => void pace.enter(['m'], { lane }).then(() => order.push(lane))
    for (let n = 0; n < 5; n++) ask('a')
    for (let n = 0; n < 3; n++) ask('b')
    await clock.run()
    expect(order.join('')).toBe('ababab' + 'aa')
  })
})

describe('a portal whose bucket is not known', () => {
  /** A portal that counts as documented; answers after so many milliseconds. */
  async function learn(size: number, drain: number, kind: 'read' | 'write') {
    const clock = createVirtualClock()
    const learnt: number[] = []
    let figures = { bucketSize: 50, drainPerSecond: 2, learns: true, learnt: false }
    const pace = createPace(
      clock,
      () => figures,
      (found) => {
        learnt.push(found.bucketSize)
        figures = { ...figures, ...found, learns: false, learnt: true }
      },
    )
    const bucket = createPortalBucket(clock, size, drain, false)
    let refused = 0
    const all = Promise.all(
      Array.from({ length: 300 }, async () => {
        const pass = await pace.enter(['m'], { kind })
        const sentAt = clock.now()
        await clock.sleep(200)
        const taken = bucket.arrive()
        if (!taken) refused += 1
        const outcome = answer(clock, taken ? null : { code: 'rest.rateLimited' }, { sentAt })
        pace.learn(outcome)
        pass.back(outcome)
      }),
    )
    await clock.run()
    await all
    return { learnt, refused }
  }

  it('is found to take more by its reads', async () => {
    expect(await learn(250, 5, 'read')).toEqual({ learnt: [250], refused: 0 })
  })
  it('is found to be ordinary at the cost of a few refused reads, once', async () => {
    const { learnt, refused } = await learn(50, 2, 'read')
    expect(learnt).toEqual([50])
    expect(refused).toBeGreaterThan(0)
    expect(refused).toBeLessThanOrEqual(4)
  })
  it('is never tried by writes', async () => {
    expect(await learn(50, 2, 'write')).toEqual({ learnt: [], refused: 0 })
    expect(await learn(250, 5, 'write')).toEqual({ learnt: [], refused: 0 })
  })
})

describe('the time budget kept beside the portal’s own', () => {
  /** Ten baskets of a minute, as the documentation has it; refuses a call that finds the threshold reached. */
  function createPortalBudget(now: () => number, limit: number) {
    const baskets = new Map<number, number>()
    const minute = (): number => Math.floor(now() / 60_000)
    const used = (): number => {
      for (const each of baskets.keys()) if (each <= minute() - 10) baskets.delete(each)
      return [...baskets.values()].reduce((sum, seconds) => sum + seconds, 0)
    }
    return {
      spent: () => used() >= limit,
      charge(seconds: number) {
        used()
        baskets.set(minute(), (baskets.get(minute()) ?? 0) + seconds)
        return {
          operating: used(),
          operatingResetAt: (Math.min(...baskets.keys()) + 10) * 60,
        }
      },
    }
  }

  it('never runs into it, and uses nearly all of it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 59_999 }),
        fc.integer({ min: 200, max: 4_000 }),
        fc.integer({ min: 1, max: 25 }),
        async (began, callMs, size) => {
          const clock = createVirtualClock(1_795_244_400_000 + began)
          const pace = createPace(clock, () => ({ bucketSize: 1000, drainPerSecond: 100 }))
          const budget = createPortalBudget(clock.now, 480)
          let calls = 0
          let refused = 0
          const start = clock.now()
          const run = async (): Promise<void> => {
            while (clock.now() - start < 3_600_000) {
              const count = Math.max(1, Math.min(size, pace.room('m') ?? size))
              const pass = await pace.enter(
                Array.from({ length: count }, () => 'm'),
                {},
              )
              for (let call = 0; call < count; call += 1) {
                if (budget.spent()) {
                  refused += 1
                  pace.exhaust('m', null)
                  continue
                }
                await clock.sleep(callMs)
                calls += 1
                const dateFinish = new Date(Math.floor(clock.now() / 1000) * 1000).toISOString()
                const time = { duration: callMs / 1000, processing: callMs / 1000, dateFinish }
                pace.note('m', { ...time, ...budget.charge(callMs / 1000) })
              }
              pass.back(answer(clock, null))
            }
          }
          const all = run()
          await clock.run()
          await all
          expect(refused).toBe(0)
          // Six windows of 480 s; the work itself can be slower than that allows only by waiting.
          expect((calls * callMs) / 1000).toBeGreaterThan(6 * 480 * 0.95)
        },
      ),
      { numRuns: 3 },
    )
  })
})
