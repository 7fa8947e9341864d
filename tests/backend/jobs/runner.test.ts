import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LedgerFace } from '../../../electron/backend/ledger/ledger.ts'
import { createJobRunner } from '../../../electron/backend/jobs/runner.ts'
import type { JobControl, JobEnd, JobOrder, JobRunner } from '../../../electron/backend/jobs/runner.ts'
import { Refusal } from '../../../electron/contract/fault.ts'
import type { JobSnapshot } from '../../../electron/contract/job.ts'

const start = Date.UTC(2026, 10, 21, 9)
const actor = { account: 'anna', computer: 'desk', portalUser: null }

let told: JobSnapshot[]
let written: { name: string; input: { snapshot: JobSnapshot; journal: { kind: string; body: unknown } } }[]
let errors: string[]
let refuseWrites: boolean
/** What the ledger waits for before it has written. */
let waitFor: Promise<unknown>
/** What somebody does who hears of a job's end. */
let heard: () => Promise<unknown>
let runner: JobRunner

beforeEach(() => {
  vi.useFakeTimers({ now: start })
  told = []
  written = []
  errors = []
  refuseWrites = false
  waitFor = Promise.resolve()
  heard = () => Promise.resolve()
  const ledger: Partial<LedgerFace> = {
    write: (name, input) => {
      if (refuseWrites) return Promise.reject(new Refusal({ code: 'ledger.full' }))
      written.push({ name, input: input as never })
      return waitFor as Promise<never>
    },
  }
  runner = createJobRunner({
    ledger: ledger as LedgerFace,
    clock: { now: () => Date.now(), sleep: () => Promise.reject(new Error('not used')) },
    log: { info: () => undefined, warn: () => undefined, error: (event) => errors.push(event) },
    publish: (snapshot) => {
      told.push(snapshot)
      if (snapshot.endedAt !== null) void heard()
    },
    reference: () => 'ref1',
  })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A job whose work does what the test tells it to. */
function order(given: Partial<JobOrder> = {}): {
  order: JobOrder
  control(): JobControl
  end(result: JobEnd): void
  fail(error: Error): void
} {
  let held: JobControl | undefined
  const { promise, resolve, reject } = Promise.withResolvers<JobEnd>()
  return {
    order: {
      kind: 'import',
      unit: 'files',
      total: 3,
      portalId: null,
      request: {},
      actor,
      work: (control) => {
        held = control
        return promise
      },
      ...given,
    },
    control: () => {
      if (!held) throw new Error('the work has not begun')
      return held
    },
    end: resolve,
    fail: reject,
  }
}
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0)
const last = (): JobSnapshot | undefined => told.at(-1)

describe('snapshots', () => {
  it('come at most ten times a second, and the last one always', async () => {
    const job = order()
    await runner.start(job.order)
    expect(told.map(({ state }) => state)).toEqual(['running'])
    // One change every millisecond for a second.
    for (let done = 1; done <= 1000; done += 1) {
      job.control().progress({ done })
      await vi.advanceTimersByTimeAsync(1)
    }
    expect(told.length - 1).toBe(10)
    expect(told.slice(1).map(({ done }) => done)).toEqual([100, 200, 300, 400, 500, 600, 700, 800, 900, 1000])
    job.control().progress({ done: 1001 })
    job.end({ result: null })
    await settle()
    expect(last()).toMatchObject({
      state: 'done',
      done: 1001,
      endedAt: '2026-11-21T09:00:01.000Z',
      stoppable: false,
      note: { kind: 'none' },
    })
    const count = told.length
    await vi.advanceTimersByTimeAsync(1000)
    expect(told).toHaveLength(count)
  })

  it('grow by revision and say when the job began', async () => {
    const job = order()
    const first = await runner.start(job.order)
    expect(first).toMatchObject({
      state: 'running',
      done: 0,
      failed: 0,
      total: 3,
      unit: 'files',
      startedAt: '2026-11-21T09:00:00.000Z',
      endedAt: null,
      rev: 1,
    })
    job.control().progress({ done: 1 })
    job.control().progress({ failed: 1 })
    expect(runner.get(first.id)).toMatchObject({ done: 1, failed: 1, rev: 3 })
    job.end({ result: null })
    await settle()
    expect(last()?.rev).toBe(4)
    expect(runner.get(first.id)).toBeUndefined()
  })
})

describe('the ledger', () => {
  it('knows a job before its work begins, and its end', async () => {
    const job = order()
    await runner.start(job.order)
    expect(written.map(({ name, input }) => [name, input.journal.kind, input.journal.body])).toEqual([
      ['createJob', 'job.started', { kind: 'import', resumed: false }],
    ])
    job.control().progress({ done: 2, failed: 1 })
    job.end({ result: { kind: 'import', files: [] } })
    await settle()
    expect(
      written
        .slice(1)
        .map(({ name, input }) => [name, input.journal.kind, input.journal.body, input.snapshot.result]),
    ).toEqual([
      ['saveJob', 'job.ended', { state: 'done', done: 2, failed: 1 }, { kind: 'import', files: [] }],
    ])
  })

  it('refuses: the job does not begin', async () => {
    refuseWrites = true
    const job = order({ key: 'import' })
    await expect(runner.start(job.order)).rejects.toMatchObject({ fault: { code: 'ledger.full' } })
    expect(() => job.control()).toThrow('has not begun')
    expect(runner.running()).toEqual([])
    refuseWrites = false
    await expect(runner.start(order({ key: 'import' }).order)).resolves.toMatchObject({ state: 'running' })
  })

  it('has the end before anybody hears of it, and whoever hears of it may start the next job at once', async () => {
    const job = order({ key: 'import' })
    await runner.start(job.order)
    job.control().progress({ done: 3 })
    const stored = Promise.withResolvers<unknown>()
    waitFor = stored.promise
    job.end({ result: null })
    // A change of the last moment would have been told by now.
    await vi.advanceTimersByTimeAsync(1000)
    expect(told.map(({ state }) => state)).toEqual(['running'])
    heard = () => runner.start(order({ key: 'import' }).order)
    stored.resolve(null)
    await settle()
    expect(told.map(({ state }) => state)).toEqual(['running', 'done', 'running'])
  })

  it('refuses the end: it is told all the same, and stands in the log', async () => {
    const job = order()
    await runner.start(job.order)
    refuseWrites = true
    job.end({ result: null })
    await settle()
    expect(last()?.state).toBe('done')
    expect(errors).toEqual(['job.unsaved'])
  })
})

describe('a stop', () => {
  it('reaches the work through its signal, and the work says how it ended', async () => {
    const job = order()
    const { id } = await runner.start(job.order)
    expect((await runner.stop(id)).state).toBe('stopping')
    expect(job.control().signal.aborted).toBe(true)
    await vi.advanceTimersByTimeAsync(100)
    expect(last()?.state).toBe('stopping')
    job.end({ result: null, stopped: true, resumable: true })
    await settle()
    expect(last()).toMatchObject({ state: 'stopped', resumable: true, fault: null })
  })

  it('makes an ending by exception a stop, not a failure', async () => {
    const job = order()
    const { id } = await runner.start(job.order)
    await runner.stop(id)
    job.fail(new Error('aborted'))
    await settle()
    expect(last()).toMatchObject({ state: 'stopped', fault: null, resumable: false })
    expect(errors).toEqual([])
  })

  it('may be asked for twice, but not after the end', async () => {
    const job = order()
    const { id } = await runner.start(job.order)
    const first = await runner.stop(id)
    expect(await runner.stop(id)).toEqual(first)
    job.end({ result: null, stopped: true })
    await settle()
    await expect(runner.stop(id)).rejects.toMatchObject({ fault: { code: 'job.notStoppable' } })
  })

  it('of everything waits until all have landed', async () => {
    const jobs = [order(), order({ kind: 'report' })]
    for (const job of jobs) await runner.start(job.order)
    let closed = false
    const closing = runner.close().then(() => (closed = true))
    await settle()
    expect(jobs.map((job) => (job.control().signal.reason as Refusal).fault)).toEqual([
      { code: 'backend.closing' },
      { code: 'backend.closing' },
    ])
    jobs[0]?.end({ result: null, stopped: true })
    await settle()
    expect(closed).toBe(false)
    jobs[1]?.end({ result: null, stopped: true })
    await closing
    expect(told.filter(({ state }) => state === 'stopped')).toHaveLength(2)
  })
})

describe('a failure', () => {
  it('that knows why it says no keeps its fault', async () => {
    const job = order()
    await runner.start(job.order)
    job.fail(new Refusal({ code: 'file.gone' }))
    await settle()
    expect(last()).toMatchObject({ state: 'failed', fault: { code: 'file.gone' }, resumable: false })
    expect(errors).toEqual([])
  })

  it('that nobody expected gets a reference to the log; only applying can go on afterwards', async () => {
    for (const [kind, resumable] of [
      ['import', false],
      ['apply', true],
    ] as const) {
      const job = order({ kind })
      await runner.start(job.order)
      job.fail(new TypeError('x is not a function'))
      await settle()
      expect(last()).toMatchObject({
        state: 'failed',
        fault: { code: 'internal', reference: 'ref1' },
        resumable,
      })
    }
    expect(errors).toEqual(['job.failed', 'job.failed'])
  })

  it('inside the work before its first wait is a failure too', async () => {
    await runner.start(
      order({
        work: () => {
          throw new Refusal({ code: 'vault.absent' })
        },
      }).order,
    )
    await settle()
    expect(last()).toMatchObject({ state: 'failed', fault: { code: 'vault.absent' } })
  })
})

describe('a key', () => {
  it('lets one job run at a time', async () => {
    const job = order({ key: 'import' })
    await runner.start(job.order)
    await expect(runner.start(order({ key: 'import' }).order)).rejects.toMatchObject({
      fault: { code: 'job.running', kind: 'import' },
    })
    await expect(runner.start(order({ key: 'match', kind: 'match' }).order)).resolves.toMatchObject({
      kind: 'match',
    })
    job.end({ result: null })
    await settle()
    await expect(runner.start(order({ key: 'import' }).order)).resolves.toMatchObject({ state: 'running' })
  })

  it('holds from the very first moment, also while the ledger is being told', async () => {
    const both = await Promise.allSettled([
      runner.start(order({ key: 'import' }).order),
      runner.start(order({ key: 'import' }).order),
    ])
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  })
})

describe('a job that goes on', () => {
  it('keeps its id, its beginning and its counts', async () => {
    const resume: JobSnapshot = {
      ...(await runner.start(order({ kind: 'apply' }).order)),
      id: 'j_before0001' as never,
      done: 4,
      failed: 1,
      rev: 9,
      startedAt: '2026-11-20T08:00:00.000Z',
    }
    const job = order({ kind: 'apply', resume, total: 10 })
    expect(await runner.start(job.order)).toMatchObject({
      id: 'j_before0001',
      done: 4,
      failed: 1,
      total: 10,
      rev: 10,
      startedAt: '2026-11-20T08:00:00.000Z',
    })
    expect(written.at(-1)?.input.journal.body).toEqual({ kind: 'apply', resumed: true })
    expect(written.at(-1)?.name).toBe('saveJob')
  })
})
