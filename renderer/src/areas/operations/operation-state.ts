// How an operation as a whole stands, for words and buttons. Its job's snapshot is fresher than the list's row.

import type { JobSnapshot, JobState } from '../../../../electron/contract/job.ts'
import type { OperationRow } from '../../../../electron/contract/operation.ts'
import { isPaused } from '../../jobs/jobs.store.ts'
import type { TextKey } from '../../text/language.ts'
import type { Tone } from '../../ui/tones.ts'

const tones: Record<JobState, Tone> = {
  running: 'info',
  stopping: 'info',
  stopped: 'warn',
  done: 'good',
  failed: 'bad',
  interrupted: 'warn',
}

export interface OperationState {
  key: TextKey
  tone: Tone
  running: boolean
  interrupted: boolean
  stoppable: boolean
  resumable: boolean
}

function isJobState(state: string): state is JobState {
  return Object.hasOwn(tones, state)
}

/** A done operation with conflicts or refusals is not shown as good: the count of them is what matters then. */
export function operationState(row: OperationRow, job: JobSnapshot | undefined): OperationState {
  const told = job?.state ?? row.state
  const state = isJobState(told) ? told : row.endedAt === null ? 'running' : 'done'
  const ended = state !== 'running' && state !== 'stopping'
  const open = (row.byState.waiting ?? 0) + (row.byState.stopped ?? 0) + (row.byState.unknown ?? 0)
  const troubled = (row.byState.conflict ?? 0) + (row.byState.refused ?? 0) + (row.byState.unknown ?? 0) > 0
  const paused = job !== undefined && isPaused(job)
  return {
    key: paused ? 'jobs.paused' : `operations.state.${state}`,
    tone: paused || (state === 'done' && troubled) ? 'warn' : tones[state],
    running: !ended,
    interrupted: state === 'interrupted',
    stoppable: state === 'running' && (job?.stoppable ?? true),
    resumable: job ? job.resumable : (state === 'stopped' || state === 'interrupted') && open > 0,
  }
}
