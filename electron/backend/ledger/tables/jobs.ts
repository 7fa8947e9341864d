// Jobs as the ledger knows them: what outlives a window, and a crash.

import type { DatabaseSync } from 'node:sqlite'
import type { JobKind, JobSnapshot } from '../../../contract/job.ts'
import type { Actor } from '../../../contract/values.ts'
import { all, one, run, text } from '../prepared.ts'
import { appendJournal } from './journal.ts'
import type { NewJournalRow } from './journal.ts'

export interface JobRecord {
  snapshot: JobSnapshot
  request: unknown
  actor: Actor
}

export function createJob(
  db: DatabaseSync,
  input: { snapshot: JobSnapshot; request: unknown; actor: Actor; journal: NewJournalRow },
): null {
  const { snapshot } = input
  run(
    db,
    `INSERT INTO job VALUES (:id, :kind, :state, :portal, :actor, :request, :snapshot, :startedAt, NULL)`,
    {
      id: snapshot.id,
      kind: snapshot.kind,
      state: snapshot.state,
      portal: snapshot.portalId,
      actor: JSON.stringify(input.actor),
      request: JSON.stringify(input.request),
      snapshot: JSON.stringify(snapshot),
      startedAt: snapshot.startedAt,
    },
  )
  appendJournal(db, input.journal)
  return null
}

export function saveJob(db: DatabaseSync, input: { snapshot: JobSnapshot; journal?: NewJournalRow }): null {
  const { snapshot } = input
  run(db, 'UPDATE job SET state = :state, snapshot_json = :snapshot, ended_at = :endedAt WHERE id = :id', {
    id: snapshot.id,
    state: snapshot.state,
    snapshot: JSON.stringify(snapshot),
    endedAt: snapshot.endedAt,
  })
  if (input.journal) appendJournal(db, input.journal)
  return null
}

export function readJobs(db: DatabaseSync, input: { running?: boolean | undefined }): JobSnapshot[] {
  const where =
    input.running === undefined
      ? ''
      : `WHERE state ${input.running ? 'IN' : 'NOT IN'} ('running', 'stopping')`
  return all(db, `SELECT snapshot_json FROM job ${where} ORDER BY started_at DESC LIMIT 200`).map(
    (row) => JSON.parse(text(row, 'snapshot_json')) as JobSnapshot,
  )
}

export function readJob(db: DatabaseSync, input: { jobId: string }): JobRecord | undefined {
  const row = one(db, 'SELECT * FROM job WHERE id = :id', { id: input.jobId })
  return (
    row && {
      snapshot: JSON.parse(text(row, 'snapshot_json')) as JobSnapshot,
      request: JSON.parse(text(row, 'request_json')) as unknown,
      actor: JSON.parse(text(row, 'actor_json')) as Actor,
    }
  )
}

/**
 * After a crash: what was running is interrupted; an item that was sent is unknown until it is read, one that was
 * only being checked waits again. Answers the jobs that were cut off, and ended ones that left an outcome unknown:
 * the program was closed, or the portal could not be read, before it was settled.
 */
export function interruptJobs(
  db: DatabaseSync,
  input: { at: string; actor: Actor },
): { jobId: string; kind: JobKind }[] {
  run(db, "UPDATE operation_item SET state = 'unknown' WHERE state = 'sent'")
  run(db, "UPDATE operation_item SET state = 'waiting' WHERE state = 'checking'")
  const unsettled = all(
    db,
    "SELECT id FROM job WHERE state NOT IN ('running', 'stopping') AND id IN (SELECT job_id FROM operation_item WHERE state = 'unknown')",
  )
  const cut = all(db, "SELECT id, kind, snapshot_json FROM job WHERE state IN ('running', 'stopping')")
  const interrupted = cut.map((row) => {
    const kind = text(row, 'kind') as JobKind
    const before = JSON.parse(text(row, 'snapshot_json')) as JobSnapshot
    const snapshot: JobSnapshot = {
      ...before,
      state: 'interrupted',
      endedAt: input.at,
      note: { kind: 'none' },
      expectedEnd: null,
      stoppable: false,
      resumable: kind === 'apply',
      rev: before.rev + 1,
    }
    saveJob(db, {
      snapshot,
      journal: {
        at: input.at,
        kind: 'job.ended',
        actor: input.actor,
        jobId: snapshot.id,
        body: { state: 'interrupted' },
      },
    })
    return { jobId: snapshot.id, kind }
  })
  return [...interrupted, ...unsettled.map((row) => ({ jobId: text(row, 'id'), kind: 'apply' as const }))]
}
