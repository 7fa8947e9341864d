// Accepted parts: which lines pay which payments, as far as no decision took them back.

import type { DatabaseSync } from 'node:sqlite'
import type { Reason } from '../../../contract/match.ts'
import type { Actor } from '../../../contract/values.ts'
import { all, number, run, text, textOrNull } from '../prepared.ts'
import type { Row } from '../prepared.ts'
import { pruneProposals } from './proposals.ts'
import { deriveAllotted, deriveMatched, deriveStandings, proofDaysOf } from './standing.ts'

/** Derives what depends on allotments of these lines and payments. */
export function settleLines(
  db: DatabaseSync,
  lineIds: readonly number[],
  touched: readonly { portalId: string; ids: readonly number[] }[],
): void {
  deriveAllotted(db, lineIds)
  for (const { portalId, ids } of touched) {
    deriveMatched(db, portalId, ids)
    deriveStandings(db, portalId, ids, proofDaysOf(db))
    pruneProposals(db, portalId, ids)
  }
}

export interface StandingPart {
  id: number
  lineId: number
  portalId: string
  paymentId: number
}

export function partsOfLines(db: DatabaseSync, lineIds: readonly number[]): StandingPart[] {
  const sql =
    'SELECT * FROM allotment WHERE undone_at IS NULL AND line_id IN (SELECT value FROM json_each(:ids))'
  return all(db, sql, { ids: JSON.stringify(lineIds) }).map(toPart)
}

export function partsOfDecision(db: DatabaseSync, decisionId: number): StandingPart[] {
  return all(db, 'SELECT * FROM allotment WHERE decision_id = :id AND undone_at IS NULL', {
    id: decisionId,
  }).map(toPart)
}

function toPart(row: Row): StandingPart {
  return {
    id: number(row, 'id'),
    lineId: number(row, 'line_id'),
    portalId: text(row, 'portal_id'),
    paymentId: number(row, 'payment_id'),
  }
}

export function takeBack(db: DatabaseSync, taken: readonly StandingPart[], at: string): void {
  run(db, 'UPDATE allotment SET undone_at = :at WHERE id IN (SELECT value FROM json_each(:ids))', {
    at,
    ids: JSON.stringify(taken.map(({ id }) => id)),
  })
  const touched = Map.groupBy(taken, ({ portalId }) => portalId)
  settleLines(
    db,
    [...new Set(taken.map(({ lineId }) => lineId))],
    [...touched].map(([portalId, rows]) => ({ portalId, ids: rows.map(({ paymentId }) => paymentId) })),
  )
}

/** The accepted parts of a payment, for its drawer and for bank details: newest bank day last. */
export interface AcceptedPart {
  matchId: number
  lineId: number
  paymentId: number
  bankDay: string
  account: string
  amountMinor: number
  currency: string
  counterparty: string
  purpose: string
  documentNumber: string
  documentDay: string | null
  reasons: Reason[]
  decidedAt: string
  decidedBy: string
}

export function readAccepted(
  db: DatabaseSync,
  input: { portalId: string; paymentIds: readonly number[] },
): AcceptedPart[] {
  return all(
    db,
    `SELECT allotment.*, line.bank_day, line.account, line.currency, line.party_name, line.purpose, line.document_number,
       line.document_day, decision.at AS decided_at, decision.actor_json
     FROM allotment JOIN line ON line.id = line_id JOIN decision ON decision.id = decision_id
     WHERE allotment.portal_id = :portal AND payment_id IN (SELECT value FROM json_each(:ids)) AND allotment.undone_at IS NULL
     ORDER BY line.bank_day, line.id`,
    { portal: input.portalId, ids: JSON.stringify(input.paymentIds) },
  ).map((row) => ({
    matchId: number(row, 'id'),
    lineId: number(row, 'line_id'),
    paymentId: number(row, 'payment_id'),
    bankDay: text(row, 'bank_day'),
    account: text(row, 'account'),
    amountMinor: number(row, 'amount_minor'),
    currency: text(row, 'currency'),
    counterparty: text(row, 'party_name'),
    purpose: text(row, 'purpose'),
    documentNumber: text(row, 'document_number'),
    documentDay: textOrNull(row, 'document_day'),
    reasons: JSON.parse(text(row, 'reasons_json')) as Reason[],
    decidedAt: text(row, 'decided_at'),
    decidedBy: (JSON.parse(text(row, 'actor_json')) as Actor).account,
  }))
}
