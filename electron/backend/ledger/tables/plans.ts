// Plans: frozen ids, sums and seen states; applied once, at most a day old (money rule 3).

import type { DatabaseSync } from 'node:sqlite'
import { Refusal } from '../../../contract/fault.ts'
import type { OperationPlan, PlanItem } from '../../../contract/operation.ts'
import type { Page } from '../../../contract/values.ts'
import type { FrozenItem } from '../../../domain/payments/intent.ts'
import { all, insert, one, run, text, textOrNull } from '../prepared.ts'
import { appendJournal } from './journal.ts'
import type { NewJournalRow } from './journal.ts'
import { dataVersion } from './revision.ts'
import { countOf } from './standing.ts'

export function storePlan(
  db: DatabaseSync,
  input: { plan: OperationPlan; request: unknown; items: readonly FrozenItem[]; journal: NewJournalRow },
): null {
  const { plan } = input
  insert(
    db,
    'INSERT INTO plan VALUES (:id, :kind, :portal, :createdAt, :expiresAt, :digest, :request, :plan, NULL)',
    {
      id: plan.id,
      kind: plan.kind,
      portal: plan.portalId,
      createdAt: plan.createdAt,
      expiresAt: plan.expiresAt,
      digest: plan.digest,
      request: JSON.stringify(input.request),
      plan: JSON.stringify(plan),
    },
  )
  for (const frozen of input.items) {
    insert(db, 'INSERT INTO plan_item VALUES (:plan, :seq, :payment, :refusal, :item)', {
      plan: plan.id,
      seq: frozen.item.seq,
      payment: frozen.item.paymentId,
      refusal: frozen.item.refusal,
      item: JSON.stringify(frozen),
    })
  }
  appendJournal(db, input.journal)
  return null
}

export interface PlanRecord {
  plan: OperationPlan
  request: unknown
}

export function readPlan(db: DatabaseSync, input: { planId: string; now: string }): PlanRecord | undefined {
  const row = one(db, 'SELECT * FROM plan WHERE id = :id', { id: input.planId })
  if (!row) return undefined
  const jobId = textOrNull(row, 'job_id')
  const expired = text(row, 'expires_at') <= input.now
  return {
    plan: {
      ...(JSON.parse(text(row, 'plan_json')) as OperationPlan),
      jobId,
      state: jobId !== null ? 'applied' : expired ? 'expired' : 'open',
    },
    request: JSON.parse(text(row, 'request_json')) as unknown,
  }
}

export function pagePlanItems(
  db: DatabaseSync,
  input: { planId: string; refused?: boolean | undefined; offset: number; limit: number },
): Page<PlanItem> {
  const some = input.refused === undefined ? '' : `AND refusal IS ${input.refused ? 'NOT ' : ''}NULL`
  const rows = all(
    db,
    `SELECT item_json FROM plan_item WHERE plan_id = :plan ${some} ORDER BY seq LIMIT :limit OFFSET :offset`,
    {
      plan: input.planId,
      limit: input.limit,
      offset: input.offset,
    },
  )
  const total = countOf(
    one(db, `SELECT count(*) AS n FROM plan_item WHERE plan_id = :plan ${some}`, { plan: input.planId }),
  )
  return {
    rows: rows.map((row) => (JSON.parse(text(row, 'item_json')) as FrozenItem).item),
    total,
    revision: dataVersion(db),
  }
}

/** Items of a plan that will be done, in order. */
export function readFrozen(db: DatabaseSync, input: { planId: string }): FrozenItem[] {
  return all(db, 'SELECT item_json FROM plan_item WHERE plan_id = :plan AND refusal IS NULL ORDER BY seq', {
    plan: input.planId,
  }).map((row) => JSON.parse(text(row, 'item_json')) as FrozenItem)
}

/** Payments of a portal that a job is changing right now, or whose outcome nobody knows yet. */
export function busyPayments(db: DatabaseSync, input: { portalId: string }): number[] {
  return all(
    db,
    `SELECT DISTINCT payment_id FROM operation_item JOIN job ON job.id = job_id
     WHERE operation_item.portal_id = :portal AND (operation_item.state IN ('sent', 'unknown', 'checking')
       OR (operation_item.state = 'waiting' AND job.state IN ('running', 'stopping')))`,
    { portal: input.portalId },
  ).map((row) => Number(row.payment_id))
}

/**
 * Turns a plan into a job's items. Answers the job that a repeated confirmation already has. Refuses `plan.stale`
 * for another digest, `plan.expired`, `plan.empty`, `not.found`.
 */
export function confirmPlan(
  db: DatabaseSync,
  input: { planId: string; digest: string; jobId: string; now: string; journal: NewJournalRow },
): { jobId: string; fresh: boolean } {
  const row = one(db, 'SELECT * FROM plan WHERE id = :id', { id: input.planId })
  if (!row) throw new Refusal({ code: 'not.found', what: 'plan' })
  if (text(row, 'digest') !== input.digest) throw new Refusal({ code: 'plan.stale' })
  const already = textOrNull(row, 'job_id')
  if (already !== null) return { jobId: already, fresh: false }
  if (text(row, 'expires_at') <= input.now) throw new Refusal({ code: 'plan.expired' })
  const frozen = readFrozen(db, input)
  if (frozen.length === 0) throw new Refusal({ code: 'plan.empty' })
  run(db, 'UPDATE plan SET job_id = :job WHERE id = :id', { id: input.planId, job: input.jobId })
  appendJournal(db, input.journal)
  return { jobId: input.jobId, fresh: true }
}

/** The items of a job, from its plan; does nothing where they stand already. */
export function createItems(
  db: DatabaseSync,
  input: { planId: string; jobId: string; portalId: string },
): number {
  const frozen = readFrozen(db, input)
  for (const { item, intent } of frozen) {
    insert(
      db,
      `INSERT INTO operation_item (job_id, seq, portal_id, payment_id, account_number, payer_name, sum_minor, currency, intent_json, details)
       VALUES (:job, :seq, :portal, :payment, :number, :payer, :sum, :currency, :intent, :details) ON CONFLICT DO NOTHING`,
      {
        job: input.jobId,
        seq: item.seq,
        portal: input.portalId,
        payment: item.paymentId,
        number: item.accountNumber,
        payer: item.payerName,
        sum: item.sumMinor,
        currency: item.currency,
        intent: JSON.stringify(intent),
        details: intent.steps.includes('details') ? 'waiting' : 'none',
      },
    )
  }
  return frozen.length
}
