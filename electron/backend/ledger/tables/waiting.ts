// What waits in every portal, for the one table that shows them all.

import type { DatabaseSync } from 'node:sqlite'
import type { PortalWaiting } from '../../../contract/portal.ts'
import { all, number, text } from '../prepared.ts'
import type { Row } from '../prepared.ts'
import { lineStandingSql } from './lines.ts'
import { totalsOf } from './payments.ts'

/** All but the breaks between statements, which are judged and not counted (account-chain.ts). */
export type Waiting = Omit<PortalWaiting, 'breaks'>

/**
 * One row per portal. Lines count where their bank account is bound, for those of an unbound one are
 * nobody's yet, and where money came in, as the Reconcile screen counts what is left.
 */
export function readWaiting(db: DatabaseSync, input: { today: string }): Waiting[] {
  const toPay = Map.groupBy(toPayRows(db), (row) => text(row, 'portal_id'))
  const lines = byPortal(lineRows(db, input.today))
  const unknown = byPortal(unknownRows(db))
  const paused = byPortal(pausedRows(db))
  return all(db, 'SELECT id FROM portal ORDER BY connected_at, id').map((row) => {
    const portalId = text(row, 'id')
    const line = lines.get(portalId)
    return {
      portalId: portalId as Waiting['portalId'],
      toPay: totalsOf(toPay.get(portalId) ?? []),
      linesLeft: line ? number(line, 'left_over') : 0,
      linesDoubtful: line ? number(line, 'doubtful') : 0,
      unknown: countOf(unknown.get(portalId)),
      paused: countOf(paused.get(portalId)),
    }
  })
}

/** From the portals, so that each one's few rows are sought by their standing and no payment is passed over. */
function toPayRows(db: DatabaseSync): Row[] {
  return all(
    db,
    `SELECT portal_id, currency, count(*) AS n, sum(sum_minor) AS minor
     FROM portal CROSS JOIN payment ON portal_id = portal.id AND standing IN ('toPay', 'toPaySurplus') AND gone = 0
     GROUP BY portal_id, currency ORDER BY portal_id, currency`,
  )
}

/** The first three conditions are those of the index `line_undecided`, which holds just the lines that may still wait. */
function lineRows(db: DatabaseSync, today: string): Row[] {
  return all(
    db,
    `SELECT portal_id,
       count(*) FILTER (WHERE standing IN ('open', 'proposed', 'partly') AND amount_minor > 0) AS left_over,
       count(*) FILTER (WHERE standing = 'doubtful') AS doubtful
     FROM (SELECT portal_id, amount_minor, ${lineStandingSql} AS standing
           FROM bank_account AS bound CROSS JOIN line ON line.account = bound.account AND line.currency = bound.currency
             AND line.live = 1 AND line.ignored_reason IS NULL AND line.allotted_minor <> line.amount_minor
           WHERE portal_id IS NOT NULL)
     GROUP BY portal_id`,
    { today },
  )
}

function unknownRows(db: DatabaseSync): Row[] {
  return all(
    db,
    "SELECT portal_id, count(*) AS n FROM operation_item WHERE state IN ('sent', 'unknown') GROUP BY portal_id",
  )
}

/** Operations that stopped with something left and can go on. */
function pausedRows(db: DatabaseSync): Row[] {
  return all(
    db,
    `SELECT portal_id, count(*) AS n FROM job WHERE kind = 'apply' AND portal_id IS NOT NULL
       AND state IN ('interrupted', 'failed', 'stopped') AND snapshot_json ->> '$.resumable' = 1 GROUP BY portal_id`,
  )
}

function byPortal(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [text(row, 'portal_id'), row]))
}

function countOf(row: Row | undefined): number {
  return row ? number(row, 'n') : 0
}
