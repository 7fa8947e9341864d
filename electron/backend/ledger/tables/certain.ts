// What "accept all certain" means, and the digest by which what is accepted is what was shown.

import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { z } from 'zod'
import type { ReconcileFilter, ReconcileSummary } from '../../../contract/match.ts'
import { number, prepared, text } from '../prepared.ts'
import type { Row } from '../prepared.ts'
import { provingFile } from './batches.ts'
import { reconcileWhere } from './reconcile-filter.ts'

type Filter = z.output<typeof ReconcileFilter>

export interface CertainLine {
  lineId: number
  amountMinor: number
  currency: string
  portalId: string
  allotments: { paymentId: number; amountMinor: number }[]
}

/**
 * The lines that "accept all certain" means: certain, untouched, booked, of a file whose balances hold or that
 * was cleared, on a bound account (money rules 4 and 5).
 */
export function certainLines(db: DatabaseSync, input: { filter: Filter; today: string }): CertainLine[] {
  const { where, bind } = reconcileWhere({ ...input.filter, state: 'left', zone: ['certain'] }, input.today)
  const rows = prepared(
    db,
    `SELECT line.id, line.amount_minor, line.currency, proposal.portal_id, a.payment_id, a.amount_minor AS part
     FROM line JOIN file ON file.id = ${provingFile}
     JOIN proposal ON proposal.line_id = line.id AND proposal.rank = (SELECT min(rank) FROM proposal AS p WHERE p.line_id = line.id)
     JOIN proposal_allotment AS a ON a.proposal_id = proposal.id
     JOIN bank_account AS bound ON bound.account = line.account AND bound.currency = line.currency AND bound.portal_id = proposal.portal_id
     ${where} AND proposal.zone = 'certain' AND line.allotted_minor = 0 AND line.amount_minor > 0 AND line.booked = 1
       AND (file.cleared = 1 OR NOT EXISTS (SELECT 1 FROM statement WHERE statement.file_id = file.id AND off_minor <> 0))
     ORDER BY line.id, a.payment_id`,
  ).all(bind) as Row[]
  const lines = new Map<number, CertainLine>()
  for (const row of rows) {
    const lineId = number(row, 'id')
    let line = lines.get(lineId)
    if (!line) {
      line = {
        lineId,
        amountMinor: number(row, 'amount_minor'),
        currency: text(row, 'currency'),
        portalId: text(row, 'portal_id'),
        allotments: [],
      }
      lines.set(lineId, line)
    }
    line.allotments.push({ paymentId: number(row, 'payment_id'), amountMinor: number(row, 'part') })
  }
  return [...lines.values()]
}

/** Count, sums and a digest over every line and part, so that what is accepted is what was shown. */
export function certainOf(lines: readonly CertainLine[]): ReconcileSummary['certain'] {
  const sums = new Map<string, number>()
  for (const line of lines) {
    const part = line.allotments.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
    sums.set(line.currency, (sums.get(line.currency) ?? 0) + part)
  }
  return {
    count: lines.length,
    sums: [...sums]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([currency, minor]) => ({ currency, minor })),
    digest: createHash('sha256').update(JSON.stringify(lines)).digest('hex'),
  }
}
