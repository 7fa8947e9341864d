// Jobs: started, shown, stopped, ended. A stop reaches the loop through the signal; the loop decides what must land.

import { randomBytes } from 'node:crypto'
import type { Fault } from '../../contract/fault.ts'
import { Refusal } from '../../contract/fault.ts'
import type { JobKind, JobResult, JobSnapshot } from '../../contract/job.ts'
import type { JobId } from '../../contract/values.ts'
import type { Actor } from '../../contract/values.ts'
import type { LedgerFace } from '../ledger/ledger.ts'
import type { Clock, Log } from '../ports.ts'

export type Progress = Partial<Pick<JobSnapshot, 'done' | 'failed' | 'total' | 'note' | 'expectedEnd'>>

export interface JobControl {
  id: JobId
  /** Aborts when the person presses Stop or the program ends. */
  signal: AbortSignal
  progress(change: Progress): void
  /** A refusal's own fault; anything else is logged and told by its reference. For what fails while the rest goes on. */
  faultOf(error: unknown): Fault
}

/** What a job's loop answers: how it ended, for its snapshot. */
export interface JobEnd {
  result: JobResult | null
  /** The loop ended because of the signal, with work left. */
  stopped?: boolean
  resumable?: boolean
  /** A job that only found out what became of an interrupted one stays interrupted. */
  interrupted?: boolean
}

export interface JobOrder {
  kind: JobKind
  unit: JobSnapshot['unit']
  total: number | null
  portalId: string | null
  request: unknown
  actor: Actor
  /** Only one job of the key at a time; a second is refused with `job.running`. */
  key?: string
  /** Given when a job goes on that the ledger knows already. */
  resume?: JobSnapshot
  id?: JobId
  work(control: JobControl): Promise<JobEnd>
}

export interface JobRunner {
  start(order: JobOrder): Promise<JobSnapshot>
  stop(id: string): Promise<JobSnapshot>
  get(id: string): JobSnapshot | undefined
  /** Resolves with the last snapshot of a job that was started here. */
  ended(id: string): Promise<JobSnapshot>
  running(): JobSnapshot[]
  /** Stops everything and waits until what is in the air has landed. */
  close(): Promise<void>
}

export const newJobId = (): JobId => `j_${randomBytes(9).toString('hex')}` as JobId

export function createJobRunner(options: {
  ledger: LedgerFace
  clock: Clock
  log: Log
  publish: (snapshot: JobSnapshot) => void
  reference: () => string
}): JobRunner {
  const jobs = new Map<
    string,
    { shown: ShownJob; controller: AbortController; key: string | undefined; ended: Promise<void> }
  >()
  const now = (): string => new Date(options.clock.now()).toISOString()

  const start = async (order: JobOrder): Promise<JobSnapshot> => {
    for (const job of jobs.values()) {
      if (order.key !== undefined && job.key === order.key)
        throw new Refusal({ code: 'job.running', kind: order.kind })
    }
    const controller = new AbortController()
    const id = order.resume?.id ?? order.id ?? newJobId()
    const shown = new ShownJob(firstSnapshot(order, id, now()), options.publish)
    const slot = { shown, controller, key: order.key, ended: Promise.resolve() }
    jobs.set(id, slot)
    try {
      await record(order, shown.snapshot)
    } catch (error) {
      jobs.delete(id)
      throw error
    }
    slot.ended = runToEnd(order, shown, controller).then(() => {
      // Whoever hears of the end may start the next job of the key at once.
      jobs.delete(id)
      shown.tell(true)
    })
    shown.tell(true)
    return shown.snapshot
  }

  const record = async (order: JobOrder, snapshot: JobSnapshot): Promise<void> => {
    const journal = {
      at: snapshot.startedAt,
      kind: 'job.started' as const,
      actor: order.actor,
      portalId: order.portalId,
      jobId: snapshot.id,
      body: { kind: order.kind, resumed: order.resume !== undefined },
    }
    if (order.resume) await options.ledger.write('saveJob', { snapshot, journal })
    else
      await options.ledger.write('createJob', {
        snapshot,
        request: order.request,
        actor: order.actor,
        journal,
      })
  }

  const runToEnd = async (order: JobOrder, shown: ShownJob, controller: AbortController): Promise<void> => {
    let end: Partial<JobSnapshot>
    try {
      const { result, stopped, resumable, interrupted } = await order.work({
        id: shown.snapshot.id,
        signal: controller.signal,
        progress: (change) => shown.change(change),
        faultOf: (error) => failure(order, error),
      })
      end = {
        state: interrupted ? 'interrupted' : stopped ? 'stopped' : 'done',
        result,
        resumable: resumable ?? false,
        fault: null,
      }
    } catch (error) {
      if (controller.signal.aborted) end = { state: 'stopped', fault: null, resumable: false }
      else {
        const fault = failure(order, error)
        // A portal that changes what nobody asked for would do so to the next payment as well.
        end = { state: 'failed', fault, resumable: order.kind === 'apply' && fault.code !== 'write.touched' }
      }
    }
    shown.end({ ...end, endedAt: now() })
    const { snapshot } = shown
    const journal = {
      at: snapshot.endedAt ?? now(),
      kind: 'job.ended' as const,
      actor: order.actor,
      portalId: order.portalId,
      jobId: snapshot.id,
      body: { state: snapshot.state, done: snapshot.done, failed: snapshot.failed },
    }
    await options.ledger.write('saveJob', { snapshot, journal }).catch((error: unknown) => {
      options.log.error('job.unsaved', { id: snapshot.id, error: String(error) })
    })
  }

  const failure = (order: JobOrder, error: unknown): Fault => {
    if (error instanceof Refusal) return error.fault
    const reference = options.reference()
    options.log.error('job.failed', {
      kind: order.kind,
      reference,
      error: error instanceof Error ? error.stack : String(error),
    })
    return { code: 'internal', reference }
  }

  return {
    start,
    stop: async (id) => {
      const job = jobs.get(id)
      if (!job) throw new Refusal({ code: 'job.notStoppable' })
      if (job.shown.snapshot.state === 'running') {
        job.shown.change({}, 'stopping')
        job.controller.abort(new Refusal({ code: 'call.abandoned' }))
      }
      return job.shown.snapshot
    },
    get: (id) => jobs.get(id)?.shown.snapshot,
    ended: async (id) => {
      const job = jobs.get(id)
      if (!job) {
        const record = await options.ledger.read('readJob', { jobId: id })
        if (!record) throw new Refusal({ code: 'not.found', what: 'job' })
        return record.snapshot
      }
      await job.ended
      return job.shown.snapshot
    },
    running: () => [...jobs.values()].map(({ shown }) => shown.snapshot),
    close: async () => {
      const ends = [...jobs.values()].map((job) => {
        job.controller.abort(new Refusal({ code: 'backend.closing' }))
        return job.ended
      })
      await Promise.all(ends)
    },
  }
}

function firstSnapshot(order: JobOrder, id: JobId, at: string): JobSnapshot {
  const before = order.resume
  return {
    id,
    kind: order.kind,
    state: 'running',
    done: before?.done ?? 0,
    failed: before?.failed ?? 0,
    total: order.total,
    unit: order.unit,
    note: { kind: 'none' },
    expectedEnd: null,
    startedAt: before?.startedAt ?? at,
    endedAt: null,
    stoppable: true,
    resumable: false,
    portalId: order.portalId,
    fault: null,
    result: null,
    rev: (before?.rev ?? 0) + 1,
  }
}

/** A snapshot that is told at most ten times a second, the last one always. */
class ShownJob {
  snapshot: JobSnapshot
  private readonly publish: (snapshot: JobSnapshot) => void
  private timer: ReturnType<typeof setTimeout> | null = null

  constructor(snapshot: JobSnapshot, publish: (snapshot: JobSnapshot) => void) {
    this.snapshot = snapshot
    this.publish = publish
  }

  change(change: Progress, state?: JobSnapshot['state']): void {
    this.snapshot = { ...this.snapshot, ...change, ...(state ? { state } : {}), rev: this.snapshot.rev + 1 }
    this.tell(false)
  }

  /** What was still to be told is part of the last word, which comes when the ledger has it. */
  end(change: Partial<JobSnapshot>): void {
    this.hush()
    this.snapshot = {
      ...this.snapshot,
      ...change,
      note: { kind: 'none' },
      expectedEnd: null,
      stoppable: false,
      rev: this.snapshot.rev + 1,
    }
  }

  tell(atOnce: boolean): void {
    if (atOnce) {
      this.hush()
      this.publish(this.snapshot)
      return
    }
    this.timer ??= setTimeout(() => {
      this.timer = null
      this.publish(this.snapshot)
    }, 100)
  }

  private hush(): void {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
  }
}
