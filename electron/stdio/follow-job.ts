// Follows a job to its end and tells how far it is.

import type { JobSnapshot, JobState } from '../contract/job.ts'
import type { InProcessClient } from '../host/in-process-client.ts'
import type { Terminal } from './terminal.ts'

const ends: readonly JobState[] = ['stopped', 'done', 'failed', 'interrupted']

/** Told by its shape: the table's result types are gone when the program runs. */
export function isJobSnapshot(value: unknown): value is JobSnapshot {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    value.id.startsWith('j_') &&
    'state' in value &&
    'rev' in value
  )
}

/** Hears every job from before the command is sent, so that no snapshot falls between the answer and the listening. */
export function watchJobs(client: InProcessClient): { follow: typeof follow; undo(): void } {
  const latest = new Map<string, JobSnapshot>()
  const hearers = new Set<(job: JobSnapshot) => void>()
  const undo = client.on('jobs.changed', (job) => {
    latest.set(job.id, job)
    for (const hear of [...hearers]) hear(job)
  })

  function follow(first: JobSnapshot, terminal: Terminal): Promise<JobSnapshot> {
    return new Promise((resolve) => {
      const stopInterrupt = terminal.onInterrupt(() => void client.call('jobs.stop', { jobId: first.id }))
      let rev = -1
      let told = 0
      const hear = (job: JobSnapshot) => {
        if (job.id !== first.id || job.rev <= rev) return
        rev = job.rev
        const ended = ends.includes(job.state)
        if (ended || Date.now() - told >= 500) {
          told = Date.now()
          terminal.note(progressLine(job))
        }
        if (!ended) return
        hearers.delete(hear)
        stopInterrupt()
        resolve(job)
      }
      hearers.add(hear)
      hear(first)
      const missed = latest.get(first.id)
      if (missed) hear(missed)
    })
  }

  return { follow, undo }
}

/** One line of JSON: scripts read it as easily as people, and it needs no language. */
function progressLine({ id, kind, state, done, failed, total, unit, note }: JobSnapshot): string {
  return JSON.stringify({
    job: id,
    kind,
    state,
    done,
    failed,
    total,
    unit,
    note: note.kind === 'none' ? undefined : note,
  })
}
