// Proposals: what matching found, kept until the next run, and how the Reconcile screen reads them.

import type { DatabaseSync } from 'node:sqlite'
import type { z } from 'zod'
import type {
  DecisionKind,
  Proposal,
  Reason,
  ReconcileFilter,
  ReconcilePageRequest,
  ReconcileRow,
  ReconcileSummary,
  Zone,
} from '../../../contract/match.ts'
import { zones } from '../../../contract/match.ts'
import type { LineMatch } from '../../../domain/matching/types.ts'
import type { Page } from '../../../contract/values.ts'
import { all, flag, insert, number, numberOrNull, one, run, text, textOrNull } from '../prepared.ts'
import type { Row } from '../prepared.ts'
import { certainLines, certainOf } from './certain.ts'
import { lineColumns, toLineRow } from './lines.ts'
import { reconcileWhere } from './reconcile-filter.ts'
import { totalsOf } from './payments.ts'
import { dataVersion } from './revision.ts'
import { countOf } from './standing.ts'

type Filter = z.output<typeof ReconcileFilter>

/** Stores a chunk of a run. A line that was decided since the run began keeps what the decision left. */
export function storeProposals(
  db: DatabaseSync,
  input: { matches: readonly (LineMatch & { leftMinor: number })[] },
): null {
  for (const match of input.matches) {
    const line = one(
      db,
      'SELECT amount_minor - allotted_minor AS left_minor, ignored_reason FROM line WHERE id = :id AND live = 1 AND counted = 1',
      {
        id: match.lineId,
      },
    )
    if (!line || number(line, 'left_minor') !== match.leftMinor || line.ignored_reason !== null) continue
    run(db, 'DELETE FROM proposal WHERE line_id = :id', { id: match.lineId })
    for (const proposal of match.proposals) {
      const id = insert(
        db,
        'INSERT INTO proposal VALUES (NULL, :line, :rank, :zone, :confidence, :portal, :rest, :reasons)',
        {
          line: match.lineId,
          rank: proposal.rank,
          zone: proposal.zone,
          confidence: proposal.confidence,
          portal: proposal.portalId,
          rest: proposal.restMinor,
          reasons: JSON.stringify(proposal.reasons),
        },
      )
      for (const allotment of proposal.allotments) {
        insert(db, 'INSERT INTO proposal_allotment VALUES (:proposal, :portal, :payment, :amount)', {
          proposal: id,
          portal: proposal.portalId,
          payment: allotment.paymentId,
          amount: allotment.amountMinor,
        })
      }
    }
    rankLine(db, match.lineId)
  }
  return null
}

/** The line's zone is that of its best proposal left. */
export function rankLine(db: DatabaseSync, lineId: number): void {
  run(
    db,
    `UPDATE line SET zone = coalesce((SELECT zone FROM proposal WHERE line_id = line.id ORDER BY rank LIMIT 1), 'none'),
       confidence = coalesce((SELECT confidence FROM proposal WHERE line_id = line.id ORDER BY rank LIMIT 1), 0) WHERE id = :id`,
    { id: lineId },
  )
}

/** Takes away proposals that other lines make of payments which now have less left than they ask for. */
export function pruneProposals(db: DatabaseSync, portalId: string, paymentIds: readonly number[]): void {
  const stale = all(
    db,
    `SELECT DISTINCT proposal.id, proposal.line_id FROM proposal_allotment AS a JOIN proposal ON proposal.id = a.proposal_id
     JOIN payment ON payment.portal_id = a.portal_id AND payment.id = a.payment_id
     WHERE a.portal_id = :portal AND a.payment_id IN (SELECT value FROM json_each(:ids))
       AND a.amount_minor > 0 AND a.amount_minor > payment.sum_minor - payment.matched_minor + payment.refunded_minor`,
    { portal: portalId, ids: JSON.stringify(paymentIds) },
  )
  for (const row of stale) run(db, 'DELETE FROM proposal WHERE id = :id', { id: number(row, 'id') })
  for (const lineId of new Set(stale.map((row) => number(row, 'line_id')))) rankLine(db, lineId)
}

export function pageReconcile(
  db: DatabaseSync,
  input: z.output<typeof ReconcilePageRequest> & { today: string },
): Page<ReconcileRow> {
  const { where, bind } = reconcileWhere(input.filter, input.today)
  const rows = all(
    db,
    `SELECT ${lineColumns} FROM line ${where} ORDER BY line.bank_day DESC, line.id LIMIT :limit OFFSET :offset`,
    {
      ...bind,
      limit: input.limit,
      offset: input.offset,
    },
  )
  const total = countOf(one(db, `SELECT count(*) AS n FROM line ${where}`, bind))
  return { rows: rows.map((row) => toReconcileRow(db, row)), total, revision: dataVersion(db) }
}

export function* iterateReconcile(db: DatabaseSync, filter: Filter, today: string): Generator<ReconcileRow> {
  const { where, bind } = reconcileWhere(filter, today)
  const ids = all(db, `SELECT line.id FROM line ${where} ORDER BY line.bank_day, line.id`, bind)
  for (const { id } of ids) {
    const row = one(db, `SELECT ${lineColumns} FROM line WHERE line.id = :id`, { id: id ?? null, today })
    if (row) yield toReconcileRow(db, row)
  }
}

function toReconcileRow(db: DatabaseSync, row: Row): ReconcileRow {
  const line = toLineRow(row)
  const best = all(
    db,
    `SELECT payment.account_number, proposal.confidence FROM proposal JOIN proposal_allotment AS a ON a.proposal_id = proposal.id
     JOIN payment ON payment.portal_id = a.portal_id AND payment.id = a.payment_id
     WHERE proposal.line_id = :id AND proposal.rank = (SELECT min(rank) FROM proposal WHERE line_id = :id) ORDER BY payment.id`,
    { id: line.id },
  )
  const accepted = all(
    db,
    `SELECT payment.account_number FROM allotment JOIN payment ON payment.portal_id = allotment.portal_id AND payment.id = payment_id
     WHERE line_id = :id AND undone_at IS NULL ORDER BY payment.id`,
    { id: line.id },
  )
  const decision = one(
    db,
    `SELECT decision.id, kind, at FROM decision JOIN json_each(decision.body_json, '$.lineIds') AS l ON l.value = :id
     WHERE undone_at IS NULL AND decision.id >= ifnull((SELECT min(decision_id) FROM allotment WHERE line_id = :id), 0)
       AND :decided = 1 ORDER BY decision.id DESC LIMIT 1`,
    { id: line.id, decided: Number(['matched', 'partly', 'ignored', 'held'].includes(line.standing)) },
  )
  const shown = accepted.length > 0 ? accepted : best
  const first = best[0]
  return {
    line,
    zone: text(row, 'zone') as Zone,
    best:
      shown.length === 0
        ? null
        : {
            numbers: shown.map((found) => text(found, 'account_number')),
            confidence: first ? number(first, 'confidence') : 1,
          },
    decision: decision
      ? { id: number(decision, 'id'), kind: text(decision, 'kind') as DecisionKind, at: text(decision, 'at') }
      : null,
  }
}

export function summariseReconcile(
  db: DatabaseSync,
  input: { filter: Filter; today: string },
): ReconcileSummary {
  const { where, bind } = reconcileWhere({ ...input.filter, state: 'left', zone: undefined }, input.today)
  const byZone = Object.fromEntries(
    zones.map((zone) => [zone, { count: 0, sums: [] }]),
  ) as unknown as ReconcileSummary['byZone']
  const group = 'currency, count(*) AS n, sum(amount_minor - allotted_minor) AS minor'
  for (const zone of zones) {
    byZone[zone] = totalsOf(
      all(
        db,
        `SELECT ${group} FROM line ${where} AND line.zone = :zone AND line.amount_minor > 0 GROUP BY currency`,
        { ...bind, zone },
      ),
    )
  }
  const left = totalsOf(
    all(db, `SELECT ${group} FROM line ${where} AND line.amount_minor > 0 GROUP BY currency`, bind),
  )
  const decided = reconcileWhere({ ...input.filter, state: 'decided', zone: undefined }, input.today)
  const portal = input.filter.portalId
  return {
    left: left.count,
    leftSums: left.sums,
    byZone,
    decided: countOf(one(db, `SELECT count(*) AS n FROM line ${decided.where}`, decided.bind)),
    toPay: totalsOf(
      all(
        db,
        `SELECT currency, count(*) AS n, sum(sum_minor) AS minor FROM payment
         WHERE standing IN ('toPay', 'toPaySurplus') ${portal === undefined ? '' : 'AND portal_id = :portal'} GROUP BY currency`,
        portal === undefined ? {} : { portal },
      ),
    ),
    certain: certainOf(certainLines(db, input)),
  }
}

/** A line's proposals with what is to be known of their payments. */
export function readProposals(db: DatabaseSync, input: { lineId: number }): Proposal[] {
  return all(db, 'SELECT * FROM proposal WHERE line_id = :id ORDER BY rank', { id: input.lineId }).map(
    (row, index) => ({
      rank: index + 1,
      zone: text(row, 'zone') as Zone,
      confidence: number(row, 'confidence'),
      portalId: text(row, 'portal_id'),
      allotments: all(
        db,
        `SELECT a.amount_minor, payment.* FROM proposal_allotment AS a
       JOIN payment ON payment.portal_id = a.portal_id AND payment.id = a.payment_id WHERE proposal_id = :id ORDER BY payment.id`,
        { id: number(row, 'id') },
      ).map((found) => ({
        paymentId: number(found, 'id'),
        amountMinor: number(found, 'amount_minor'),
        accountNumber: text(found, 'account_number'),
        paymentSumMinor: number(found, 'sum_minor'),
        paid: flag(found, 'paid'),
        payerName: text(found, 'payer_name'),
        ownerTitle: text(found, 'owner_title'),
        billDay: textOrNull(found, 'bill_day'),
      })),
      restMinor: numberOrNull(row, 'rest_minor') ?? 0,
      reasons: JSON.parse(text(row, 'reasons_json')) as Reason[],
    }),
  )
}
