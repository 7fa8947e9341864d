// Jobs: work that outlives the window that began it. Snapshots, not deltas.

import { z } from 'zod'
import type { Fault } from './fault.ts'
import type { FileOut } from './files.ts'
import { JobId } from './values.ts'
import type { Moment } from './values.ts'

export const jobKinds = ['refresh', 'refreshAll', 'import', 'match', 'apply', 'report'] as const
export type JobKind = (typeof jobKinds)[number]

export type JobState = 'running' | 'stopping' | 'stopped' | 'done' | 'failed' | 'interrupted'

/** What a job is doing right now, for its line of words. */
export type JobNote =
  | { kind: 'none' }
  | { kind: 'waiting'; reason: 'rate' | 'timeBudget' | 'overload' | 'backoff'; until: Moment }
  | { kind: 'settling'; items: number; until: Moment }
  | { kind: 'file'; name: string }
  | {
      kind: 'step'
      step:
        | 'counting'
        | 'payments'
        | 'orders'
        | 'owners'
        | 'payers'
        | 'storing'
        | 'reading'
        | 'scoring'
        | 'writing'
    }

export interface JobSnapshot {
  id: JobId
  kind: JobKind
  state: JobState
  done: number
  failed: number
  /** Null while unknown. */
  total: number | null
  unit: 'payments' | 'portals' | 'lines' | 'files' | 'rows' | 'items' | 'requests'
  note: JobNote
  /** Expected end; null while unknown. */
  expectedEnd: Moment | null
  startedAt: Moment
  endedAt: Moment | null
  stoppable: boolean
  resumable: boolean
  portalId: string | null
  /** Why it failed, when it did. */
  fault: Fault | null
  result: JobResult | null
  /** Grows by one with every snapshot of this job. */
  rev: number
}

export type JobResult =
  | {
      kind: 'refresh'
      /**
       * Everything was read, and why; null: only what may have changed. Such a refresh sees every unpaid and every new
       * payment; what became of paid ones only as their turn comes, or when their deal or invoice was changed.
       */
      whole: 'first' | 'asked' | 'old' | 'count' | 'access' | null
      /** Payments that were read. */
      payments: number
      added: number
      changed: number
      gone: number
      requests: number
    }
  /** `failed`: portals that could not be read; each one's state says why. */
  | { kind: 'refreshAll'; portals: number; failed: number }
  | {
      kind: 'import'
      files: {
        name: string
        fileId: number | null
        lines: number
        known: number
        /** Lines that wait for a verdict: they may be the same money as lines of other files. */
        doubtful: number
        problems: number
        fault: Fault | null
      }[]
    }
  | { kind: 'match'; lines: number; certain: number; likely: number; doubtful: number; none: number }
  | {
      kind: 'apply'
      confirmed: number
      partly: number
      alreadySo: number
      conflict: number
      refused: number
      unknown: number
      notSent: number
    }
  | { kind: 'report'; file: FileOut; rows: number }

export const JobRef = z.strictObject({ jobId: JobId })
export const JobListRequest = z.strictObject({ running: z.boolean().optional() }).prefault({})
