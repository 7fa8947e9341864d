// Operations: every item of a job that changes a portal, its steps written down before and after each request.

import type { DatabaseSync } from 'node:sqlite'
import type { Wire } from '../../../contract/define.ts'
import type { Fault } from '../../../contract/fault.ts'
import type { ItemState, OperationItem } from '../../../contract/operation.ts'
import type { Actor } from '../../../contract/values.ts'
import type { Intent, Step } from '../../../domain/payments/intent.ts'
import { all, number, one, run, text, textOrNull } from '../prepared.ts'
import type { Row } from '../prepared.ts'
import { appendJournal } from './journal.ts'
import { countOf } from './standing.ts'

export interface Shown {
  paid: boolean
  paidAt: string | null
}

export interface WorkItem {
  seq: number
  paymentId: number
  accountNumber: string
  sumMinor: number
  currency: string
  intent: Intent
  state: ItemState
  step: Step
  details: OperationItem['details']
  before: (Shown & { fields: Record<string, string> }) | null
  sentAt: string | null
}

export function readWork(
  db: DatabaseSync,
  input: { jobId: string; states: readonly ItemState[]; detailsWaiting?: boolean; limit: number },
): WorkItem[] {
  const some = input.detailsWaiting ? "AND details = 'waiting'" : ''
  return all(
    db,
    `SELECT * FROM operation_item WHERE job_id = :job AND state IN (SELECT value FROM json_each(:states)) ${some} ORDER BY seq LIMIT :limit`,
    { job: input.jobId, states: JSON.stringify(input.states), limit: input.limit },
  ).map((row) => ({
    seq: number(row, 'seq'),
    paymentId: number(row, 'payment_id'),
    accountNumber: text(row, 'account_number'),
    sumMinor: number(row, 'sum_minor'),
    currency: text(row, 'currency'),
    intent: JSON.parse(text(row, 'intent_json')) as Intent,
    state: text(row, 'state') as ItemState,
    step: text(row, 'step') as Step,
    details: text(row, 'details') as OperationItem['details'],
    before: parsed<Shown & { fields: Record<string, string> }>(row, 'before_json'),
    sentAt: textOrNull(row, 'sent_at'),
  }))
}

interface Mark {
  jobId: string
  portalId: string
  at: string
  actor: Actor
}

export interface NewIntent {
  seq: number
  paymentId: number
  step: Step
  before: NonNullable<WorkItem['before']>
  sending: Wire
}

/**
 * Committed before a request leaves (money rule 10): from here on a crash makes the items unknown, never forgotten.
 * Answers the items that may be sent. Left out are those whose check no longer holds because another job has sent
 * something to the same payment since `checkedAt`, or does not know what became of it.
 */
export function intendWrites(
  db: DatabaseSync,
  input: Mark & { checkedAt: string; items: readonly NewIntent[] },
): number[] {
  const free = input.items.filter(({ paymentId }) => {
    const touched = one(
      db,
      `SELECT 1 AS n FROM operation_item WHERE portal_id = :portal AND payment_id = :payment AND job_id <> :job
         AND (state IN ('sent', 'unknown') OR sent_at >= :checkedAt) LIMIT 1`,
      { portal: input.portalId, payment: paymentId, job: input.jobId, checkedAt: input.checkedAt },
    )
    return touched === undefined
  })
  for (const item of free) {
    // The status stays that of the first step's check; the fields are those that the step which writes them has read.
    run(
      db,
      `UPDATE operation_item SET state = 'sent', step = :step, sent_at = :at,
         before_json = iif(before_json IS NULL, :before, json_set(before_json, '$.fields', json(:fields)))
       WHERE job_id = :job AND seq = :seq`,
      {
        job: input.jobId,
        seq: item.seq,
        step: item.step,
        at: input.at,
        before: JSON.stringify(item.before),
        fields: JSON.stringify(item.before.fields),
      },
    )
    appendJournal(db, {
      at: input.at,
      kind: 'write.intended',
      actor: input.actor,
      portalId: input.portalId,
      jobId: input.jobId,
      paymentId: item.paymentId,
      body: { seq: item.seq, step: item.step, before: { ...item.before }, sending: item.sending },
    })
  }
  return free.map(({ seq }) => seq)
}

/** Those of the payments that another job has sent something to and does not know the outcome of. */
export function busyElsewhere(
  db: DatabaseSync,
  input: { portalId: string; jobId: string; paymentIds: readonly number[] },
): number[] {
  return all(
    db,
    `SELECT DISTINCT payment_id FROM operation_item WHERE portal_id = :portal AND job_id <> :job AND state IN ('sent', 'unknown')
       AND payment_id IN (SELECT value FROM json_each(:ids))`,
    { portal: input.portalId, job: input.jobId, ids: JSON.stringify(input.paymentIds) },
  ).map((row) => number(row, 'payment_id'))
}

export interface ItemEnd {
  seq: number
  paymentId: number
  state: ItemState
  details?: OperationItem['details']
  /** What a check found that let nothing be sent; a write's own `before` is kept when it is intended. */
  before?: Shown | null
  after?: Shown | null
  settledBy?: 'answer' | 'reading' | null
  /** Absent: the fault that stands stays. */
  fault?: Fault | null
  /** What the journal keeps: the answer or the reading, secrets cut. */
  evidence?: Wire
  journalAs: 'write.answered' | 'write.settled' | 'write.readBack' | null
}

/**
 * Writes down how items stand now, each with its journal row, in one transaction. Bank details that were to follow a
 * step which came to nothing are not written.
 */
export function markItems(db: DatabaseSync, input: Mark & { items: readonly ItemEnd[] }): null {
  for (const item of input.items) {
    run(
      db,
      `UPDATE operation_item SET state = :state, settled_by = ifnull(:settledBy, settled_by),
         before_json = ifnull(before_json, :before), after_json = ifnull(:after, after_json),
         details = coalesce(:details, iif(details = 'waiting' AND :state IN ('alreadySo', 'conflict', 'refused', 'notSent'), 'notWritten', details)),
         fault_json = iif(:keepFault, fault_json, :fault), at = :at WHERE job_id = :job AND seq = :seq`,
      {
        job: input.jobId,
        seq: item.seq,
        state: item.state,
        details: item.details ?? null,
        settledBy: item.settledBy ?? null,
        before: item.before ? JSON.stringify({ ...item.before, fields: {} }) : null,
        after: item.after ? JSON.stringify(item.after) : null,
        keepFault: Number(item.fault === undefined),
        fault: item.fault ? JSON.stringify(item.fault) : null,
        at: input.at,
      },
    )
    if (item.journalAs === null) continue
    appendJournal(db, {
      at: input.at,
      kind: item.journalAs,
      actor: input.actor,
      portalId: input.portalId,
      jobId: input.jobId,
      paymentId: item.paymentId,
      body: {
        seq: item.seq,
        state: item.state,
        fault: (item.fault ?? null) as Wire,
        ...(item.before ? { before: { ...item.before } } : {}),
        after: item.after ? { ...item.after } : null,
        evidence: item.evidence ?? null,
      },
    })
  }
  return null
}

/** Items that a stop, or the end of a job, leaves undone. */
export function stopItems(db: DatabaseSync, input: { jobId: string; at: string }): number {
  return run(
    db,
    "UPDATE operation_item SET state = 'stopped', at = :at WHERE job_id = :job AND state IN ('waiting', 'checking')",
    {
      job: input.jobId,
      at: input.at,
    },
  )
}

/** A resumed job takes up what was stopped. */
export function reopenItems(db: DatabaseSync, input: { jobId: string }): number {
  return run(
    db,
    "UPDATE operation_item SET state = 'waiting', at = NULL WHERE job_id = :job AND state = 'stopped'",
    { job: input.jobId },
  )
}

export function countItems(db: DatabaseSync, input: { jobId: string }): Partial<Record<ItemState, number>> {
  return Object.fromEntries(
    all(db, 'SELECT state, count(*) AS n FROM operation_item WHERE job_id = :job GROUP BY state', {
      job: input.jobId,
    }).map((row) => [text(row, 'state'), number(row, 'n')]),
  )
}

/** What is left of a job besides the states: items whose bank details still wait, among them those already paid. */
export function countDetailsLeft(
  db: DatabaseSync,
  input: { jobId: string },
): { waiting: number; confirmed: number } {
  const row = one(
    db,
    `SELECT count(*) AS n, coalesce(sum(state = 'confirmed'), 0) AS confirmed FROM operation_item
     WHERE job_id = :job AND details = 'waiting' AND state IN ('waiting', 'sent', 'unknown', 'confirmed', 'stopped')`,
    { job: input.jobId },
  )
  return { waiting: countOf(row), confirmed: row ? number(row, 'confirmed') : 0 }
}

/** How long the portal said that it worked on its writing methods, in milliseconds: the mean of what was answered of late. */
export function seenDurations(db: DatabaseSync, input: { portalId: string }): Record<string, number> {
  const rows = all(
    db,
    `SELECT body_json ->> '$.evidence.method' AS method, avg(body_json ->> '$.evidence.portalTime.processing') AS seconds
     FROM journal WHERE seq > (SELECT ifnull(max(seq), 0) FROM journal) - 5000 AND kind = 'write.answered' AND portal_id = :portal
       AND body_json ->> '$.evidence.portalTime.processing' IS NOT NULL GROUP BY 1`,
    { portal: input.portalId },
  )
  return Object.fromEntries(rows.map((row) => [text(row, 'method'), number(row, 'seconds') * 1000]))
}

/** A column of JSON, null where it is. */
export function parsed<T>(row: Row, column: string): T | null {
  const json = textOrNull(row, column)
  return json === null ? null : (JSON.parse(json) as T)
}
