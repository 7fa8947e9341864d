// Operations as screens, exports and undoing read them.

import type { DatabaseSync } from 'node:sqlite'
import type { Fault } from '../../../contract/fault.ts'
import type { ItemState, OperationItem, OperationRow, PlanKind } from '../../../contract/operation.ts'
import type { Actor, Page } from '../../../contract/values.ts'
import type { Intent } from '../../../domain/payments/intent.ts'
import { all, number, numberOrNull, one, prepared, text, textOrNull } from '../prepared.ts'
import type { Row } from '../prepared.ts'
import { countDetailsLeft, countItems, parsed } from './operations.ts'
import type { Shown, WorkItem } from './operations.ts'
import { totalsOf } from './payments.ts'
import { dataVersion } from './revision.ts'
import { countOf } from './standing.ts'

const operationSql = `SELECT job.*, plan.kind AS plan_kind, plan.request_json AS plan_request, portal.name AS portal_name
  FROM job JOIN plan ON plan.job_id = job.id LEFT JOIN portal ON portal.id = job.portal_id WHERE job.kind = 'apply'`

export function pageOperations(
  db: DatabaseSync,
  input: { portalId?: string | undefined; offset: number; limit: number },
): Page<OperationRow> {
  const some = input.portalId === undefined ? '' : 'AND job.portal_id = :portal'
  const bind = input.portalId === undefined ? {} : { portal: input.portalId }
  const rows = all(db, `${operationSql} ${some} ORDER BY job.started_at DESC LIMIT :limit OFFSET :offset`, {
    ...bind,
    limit: input.limit,
    offset: input.offset,
  })
  const total = countOf(one(db, `SELECT count(*) AS n FROM job WHERE kind = 'apply' ${some}`, bind))
  return { rows: rows.map((row) => toOperation(db, row)), total, revision: dataVersion(db) }
}

export function readOperation(db: DatabaseSync, input: { jobId: string }): OperationRow | undefined {
  const row = one(db, `${operationSql} AND job.id = :job`, { job: input.jobId })
  return row && toOperation(db, row)
}

function toOperation(db: DatabaseSync, row: Row): OperationRow {
  const jobId = text(row, 'id')
  const byState = countItems(db, { jobId })
  const totals = totalsOf(
    all(
      db,
      'SELECT currency, count(*) AS n, sum(sum_minor) AS minor FROM operation_item WHERE job_id = :job GROUP BY currency ORDER BY currency',
      {
        job: jobId,
      },
    ),
  )
  const request = JSON.parse(text(row, 'plan_request')) as { undoOf?: string }
  const kind = text(row, 'plan_kind') as PlanKind
  return {
    jobId,
    kind,
    portalId: textOrNull(row, 'portal_id') ?? '',
    portalName: textOrNull(row, 'portal_name') ?? '',
    startedAt: text(row, 'started_at'),
    endedAt: textOrNull(row, 'ended_at'),
    actor: JSON.parse(text(row, 'actor_json')) as Actor,
    state: text(row, 'state'),
    count: totals.count,
    sums: totals.sums,
    byState,
    undoable: kind === 'delete' ? 0 : (byState.confirmed ?? 0) + (byState.confirmedPartly ?? 0),
    retryable:
      kind === 'delete'
        ? 0
        : (byState.notSent ?? 0) +
          (byState.stopped ?? 0) +
          (byState.refused ?? 0) +
          (byState.confirmedPartly ?? 0) +
          countDetailsLeft(db, { jobId }).confirmed,
    undoOf: request.undoOf ?? null,
  }
}

export function pageOperationItems(
  db: DatabaseSync,
  input: { jobId: string; state?: readonly ItemState[] | undefined; offset: number; limit: number },
): Page<OperationItem> {
  const some =
    input.state && input.state.length > 0 ? 'AND state IN (SELECT value FROM json_each(:states))' : ''
  const bind = { job: input.jobId, ...(some === '' ? {} : { states: JSON.stringify(input.state) }) }
  const rows = all(
    db,
    `SELECT * FROM operation_item WHERE job_id = :job ${some} ORDER BY seq LIMIT :limit OFFSET :offset`,
    {
      ...bind,
      limit: input.limit,
      offset: input.offset,
    },
  )
  const total = countOf(one(db, `SELECT count(*) AS n FROM operation_item WHERE job_id = :job ${some}`, bind))
  return { rows: rows.map(toItem), total, revision: dataVersion(db) }
}

function toItem(row: Row): OperationItem {
  return {
    seq: number(row, 'seq'),
    paymentId: number(row, 'payment_id'),
    accountNumber: text(row, 'account_number'),
    payerName: text(row, 'payer_name'),
    sumMinor: numberOrNull(row, 'sum_minor') ?? 0,
    currency: text(row, 'currency'),
    state: text(row, 'state') as ItemState,
    before: shown(parsed<Shown>(row, 'before_json')),
    after: shown(parsed<Shown>(row, 'after_json')),
    settledBy: textOrNull(row, 'settled_by') as OperationItem['settledBy'],
    details: text(row, 'details') as OperationItem['details'],
    fault: parsed<Fault>(row, 'fault_json'),
    at: textOrNull(row, 'at'),
  }
}

const shown = (value: Shown | null): Shown | null => value && { paid: value.paid, paidAt: value.paidAt }

/** What undoing an item rests on: what the portal showed before and after, and what was asked. */
export interface UndoBasis {
  paymentId: number
  accountNumber: string
  payerName: string
  sumMinor: number
  currency: string
  intent: Intent
  before: WorkItem['before']
  after: Shown | null
  details: OperationItem['details']
}

export function readUndoBasis(db: DatabaseSync, input: { jobId: string }): UndoBasis[] {
  return all(
    db,
    "SELECT * FROM operation_item WHERE job_id = :job AND state IN ('confirmed', 'confirmedPartly') ORDER BY seq",
    { job: input.jobId },
  ).map((row) => ({
    paymentId: number(row, 'payment_id'),
    accountNumber: text(row, 'account_number'),
    payerName: text(row, 'payer_name'),
    sumMinor: number(row, 'sum_minor'),
    currency: text(row, 'currency'),
    intent: JSON.parse(text(row, 'intent_json')) as Intent,
    before: parsed<NonNullable<WorkItem['before']>>(row, 'before_json'),
    after: parsed<Shown>(row, 'after_json'),
    details: text(row, 'details') as OperationItem['details'],
  }))
}

/** All items of an operation one at a time, for exports. */
export function* iterateOperationItems(db: DatabaseSync, jobId: string): Generator<OperationItem> {
  for (const row of prepared(db, 'SELECT * FROM operation_item WHERE job_id = :job ORDER BY seq').iterate({
    job: jobId,
  }))
    yield toItem(row as Row)
}
