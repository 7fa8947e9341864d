// Every job the window knows of, by its newest snapshot.

import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, watch } from 'vue'
import type { JobSnapshot } from '../../../electron/contract/job.ts'
import type { JobId } from '../../../electron/contract/values.ts'
import { useBackend } from '../backend.ts'
import { useNotices } from '../frame/notices.store.ts'

const keptEnded = 20
/** Good ends leave the tray by themselves; everything else waits for the person. */
const goodEndStaysMs = 10_000

export function hasEnded(job: JobSnapshot): boolean {
  return job.state !== 'running' && job.state !== 'stopping'
}

/** Held up by something the person can mend, with the rest of its work kept. */
export function isPaused(job: JobSnapshot): boolean {
  return job.state === 'failed' && job.resumable
}

export const useJobs = defineStore('jobs', () => {
  const { call, on, connection } = useBackend()
  const notices = useNotices()
  const known = ref(new Map<string, JobSnapshot>())
  /** Ended jobs that the person has not put away. */
  const shownEnded = ref(new Set<string>())
  const waiting = new Map<string, ((job: JobSnapshot) => void)[]>()

  const all = computed(() => [...known.value.values()].sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1)))
  const running = computed(() => all.value.filter((job) => !hasEnded(job)))
  /** What the tray shows: running ones, interrupted ones, and ended ones until they are put away. */
  const inTray = computed(() =>
    all.value.filter(
      (job) =>
        !isPartOfAll(job) &&
        (!hasEnded(job) || job.state === 'interrupted' || isPaused(job) || shownEnded.value.has(job.id)),
    ),
  )

  /** The refresh of one portal while all are refreshed: the whole stands for its parts. */
  function isPartOfAll(job: JobSnapshot): boolean {
    if (job.kind !== 'refresh') return false
    return all.value.some(
      (whole) =>
        whole.kind === 'refreshAll' &&
        whole.startedAt <= job.startedAt &&
        (whole.endedAt === null || job.startedAt <= whole.endedAt),
    )
  }

  /** Takes a snapshot unless a newer one of the same job is known. */
  function track(job: JobSnapshot): void {
    const before = known.value.get(job.id)
    if (before && before.rev > job.rev) return
    known.value.set(job.id, job)
    if (!hasEnded(job)) return
    if (before && !hasEnded(before)) showEnd(job)
    for (const resolve of waiting.get(job.id) ?? []) resolve(job)
    waiting.delete(job.id)
    forgetOldest()
  }

  function showEnd(job: JobSnapshot): void {
    shownEnded.value.add(job.id)
    if (job.state === 'done' && job.failed === 0)
      setTimeout(() => shownEnded.value.delete(job.id), goodEndStaysMs)
  }

  function forgetOldest(): void {
    const ended = all.value.filter((job) => hasEnded(job) && job.state !== 'interrupted' && !isPaused(job))
    for (const job of ended.slice(keptEnded)) {
      known.value.delete(job.id)
      shownEnded.value.delete(job.id)
    }
  }

  /** Resolves with the job's last snapshot. */
  function followed(job: JobSnapshot | JobId): Promise<JobSnapshot> {
    if (typeof job !== 'string') track(job)
    const id = typeof job === 'string' ? job : job.id
    const now = known.value.get(id)
    if (now && hasEnded(now)) return Promise.resolve(now)
    return new Promise((resolve) => waiting.set(id, [...(waiting.get(id) ?? []), resolve]))
  }

  async function command(name: 'jobs.stop' | 'jobs.resume', jobId: JobId): Promise<void> {
    const answer = await call(name, { jobId })
    if (answer.ok) track(answer.value)
    else notices.fault(answer.fault)
  }

  async function load(): Promise<void> {
    const answer = await call('jobs.list', {})
    if (answer.ok) answer.value.forEach(track)
  }

  onScopeDispose(on('jobs.changed', track))
  // Snapshots that were told while the connection was lost are asked for.
  watch(connection, (state) => state === 'open' && void load())

  return {
    all,
    running,
    inTray,
    load,
    track,
    followed,
    byId: (id: string) => known.value.get(id),
    stop: (id: JobId) => command('jobs.stop', id),
    resume: (id: JobId) => command('jobs.resume', id),
    putAway: (id: string) => shownEnded.value.delete(id),
  }
})
