// What a person decides about lines: accepted parts, rejections, ignoring, holding; each can be undone.

import type { DatabaseSync } from 'node:sqlite'
import { Refusal } from '../../../contract/fault.ts'
import type { Decided, DecisionKind, Reason, ReconcileFilter } from '../../../contract/match.ts'
import type { Actor } from '../../../contract/values.ts'
import type { z } from 'zod'
import { all, flag, insert, number, one, run, text, textOrNull } from '../prepared.ts'
import { partsOfLines, settleLines, takeBack } from './accepted.ts'
import { appendJournal } from './journal.ts'
import { certainLines, certainOf } from './certain.ts'
import { rankLine } from './proposals.ts'
import { checkLine, checkPayments } from './match-checks.ts'
import type { Part } from './match-checks.ts'
import { deriveMatched } from './standing.ts'

export interface Who {
  at: string
  actor: Actor
}

/**
 * Accepts that a line pays these payments. Refuses what money rules 4 and 5 forbid: another portal or own company
 * than the account's, another currency, more than the line has left, more than a payment has left unless
 * `overAllowed`, lines that are not booked.
 */
export function acceptMatch(
  db: DatabaseSync,
  input: Who & {
    lineId: number
    portalId: string
    allotments: readonly Part[]
    overAllowed: boolean
    reasons: readonly Reason[]
  },
): Decided {
  const sum = checkLine(db, input)
  checkPayments(db, input, sum.currency)
  const decisionId = decide(db, input, 'accept', {
    lineIds: [input.lineId],
    portalId: input.portalId,
    allotments: input.allotments,
    overAllowed: input.overAllowed,
    reasons: input.reasons,
    marks: marksOf(db, [input.lineId]),
  })
  allot(db, decisionId, input.lineId, input.portalId, input.allotments, input.reasons)
  run(db, 'UPDATE line SET ignored_reason = NULL, held = 0, held_until = NULL WHERE id = :id', {
    id: input.lineId,
  })
  settleLines(
    db,
    [input.lineId],
    [{ portalId: input.portalId, ids: input.allotments.map(({ paymentId }) => paymentId) }],
  )
  return { decisionId, kind: 'accept', lines: 1, sums: [sum] }
}

/** Accepts every certain line of a filter, if the digest still says what the person saw. */
export function acceptCertain(
  db: DatabaseSync,
  input: Who & { digest: string; filter: z.output<typeof ReconcileFilter>; today: string },
): Decided {
  const lines = certainLines(db, input)
  const shown = certainOf(lines)
  if (shown.digest !== input.digest || lines.length === 0) throw new Refusal({ code: 'match.changed' })
  const decisionId = decide(db, input, 'acceptCertain', {
    lineIds: lines.map(({ lineId }) => lineId),
    digest: input.digest,
  })
  const touched = new Map<string, number[]>()
  for (const line of lines) {
    checkLine(db, line)
    checkPayments(db, { ...line, overAllowed: false }, line.currency)
    const reasons = one(db, 'SELECT reasons_json FROM proposal WHERE line_id = :id ORDER BY rank LIMIT 1', {
      id: line.lineId,
    })
    allot(
      db,
      decisionId,
      line.lineId,
      line.portalId,
      line.allotments,
      reasons ? (JSON.parse(text(reasons, 'reasons_json')) as Reason[]) : [],
    )
    const ids = line.allotments.map(({ paymentId }) => paymentId)
    touched.set(line.portalId, [...(touched.get(line.portalId) ?? []), ...ids])
    deriveMatched(db, line.portalId, ids)
  }
  settleLines(
    db,
    lines.map(({ lineId }) => lineId),
    [...touched].map(([portalId, ids]) => ({ portalId, ids })),
  )
  return { decisionId, kind: 'acceptCertain', lines: lines.length, sums: shown.sums }
}

function allot(
  db: DatabaseSync,
  decisionId: number,
  lineId: number,
  portalId: string,
  parts: readonly Part[],
  reasons: readonly Reason[],
): void {
  for (const part of parts) {
    insert(
      db,
      'INSERT INTO allotment VALUES (NULL, :decision, :line, :portal, :payment, :amount, :reasons, NULL)',
      {
        decision: decisionId,
        line: lineId,
        portal: portalId,
        payment: part.paymentId,
        amount: part.amountMinor,
        reasons: JSON.stringify(reasons),
      },
    )
  }
}

/** These payments are never offered for this line again. */
export function rejectMatch(
  db: DatabaseSync,
  input: Who & { lineId: number; portalId: string; paymentIds: readonly number[] },
): Decided {
  existing(db, [input.lineId])
  const decisionId = decide(db, input, 'reject', {
    lineIds: [input.lineId],
    portalId: input.portalId,
    paymentIds: input.paymentIds,
  })
  for (const payment of input.paymentIds) {
    run(db, 'INSERT INTO rejection VALUES (:line, :portal, :payment, :decision) ON CONFLICT DO NOTHING', {
      line: input.lineId,
      portal: input.portalId,
      payment,
      decision: decisionId,
    })
    run(
      db,
      `DELETE FROM proposal WHERE line_id = :line AND portal_id = :portal
         AND id IN (SELECT proposal_id FROM proposal_allotment WHERE payment_id = :payment)`,
      { line: input.lineId, portal: input.portalId, payment },
    )
  }
  rankLine(db, input.lineId)
  return { decisionId, kind: 'reject', lines: 1, sums: [] }
}

export function ignoreLines(
  db: DatabaseSync,
  input: Who & { lineIds: readonly number[]; reason: string; note: string },
): Decided {
  existing(db, input.lineIds)
  if (partsOfLines(db, input.lineIds).length > 0) throw new Refusal({ code: 'match.locked' })
  const decisionId = decide(db, input, 'ignore', {
    lineIds: input.lineIds,
    reason: input.reason,
    note: input.note,
    marks: marksOf(db, input.lineIds),
  })
  run(
    db,
    'UPDATE line SET ignored_reason = :reason, note = :note WHERE id IN (SELECT value FROM json_each(:ids))',
    {
      ids: JSON.stringify(input.lineIds),
      reason: input.reason,
      note: input.note,
    },
  )
  return { decisionId, kind: 'ignore', lines: input.lineIds.length, sums: [] }
}

/** Puts a line aside until a day (null: until it is taken up again). */
export function holdLine(
  db: DatabaseSync,
  input: Who & { lineId: number; until: string | null; note: string },
): Decided {
  existing(db, [input.lineId])
  const decisionId = decide(db, input, 'hold', {
    lineIds: [input.lineId],
    until: input.until,
    note: input.note,
    marks: marksOf(db, [input.lineId]),
  })
  run(db, 'UPDATE line SET held = 1, held_until = :until, note = :note WHERE id = :id', {
    id: input.lineId,
    until: input.until,
    note: input.note,
  })
  return { decisionId, kind: 'hold', lines: 1, sums: [] }
}

/** Takes back whatever was accepted, ignored or held on a line, as a decision of its own. */
export function unmatchLine(db: DatabaseSync, input: Who & { lineId: number }): Decided {
  existing(db, [input.lineId])
  const taken = partsOfLines(db, [input.lineId])
  const decisionId = decide(db, input, 'unmatch', {
    lineIds: [input.lineId],
    allotmentIds: taken.map(({ id }) => id),
    marks: marksOf(db, [input.lineId]),
  })
  takeBack(db, taken, input.at)
  run(db, "UPDATE line SET ignored_reason = NULL, held = 0, held_until = NULL, note = '' WHERE id = :id", {
    id: input.lineId,
  })
  return { decisionId, kind: 'unmatch', lines: 1, sums: [] }
}

/** What stands written on a line besides its parts; only lines that differ from an untouched one are told. */
export interface LineMarks {
  id: number
  ignoredReason: string | null
  held: boolean
  heldUntil: string | null
  note: string
}

/** Kept with a decision that changes them, so that its undo gives back exactly what was. */
function marksOf(db: DatabaseSync, lineIds: readonly number[]): LineMarks[] {
  return all(
    db,
    `SELECT id, ignored_reason, held, held_until, note FROM line
     WHERE id IN (SELECT value FROM json_each(:ids)) AND (ignored_reason IS NOT NULL OR held = 1 OR note <> '')`,
    { ids: JSON.stringify(lineIds) },
  ).map((row) => ({
    id: number(row, 'id'),
    ignoredReason: textOrNull(row, 'ignored_reason'),
    held: flag(row, 'held'),
    heldUntil: textOrNull(row, 'held_until'),
    note: text(row, 'note'),
  }))
}

function existing(db: DatabaseSync, lineIds: readonly number[]): void {
  const row = one(
    db,
    // The plus keeps SQLite from reading all lines by `live` instead of these by their ids.
    'SELECT count(*) AS n FROM line WHERE +live = 1 AND id IN (SELECT value FROM json_each(:ids))',
    { ids: JSON.stringify(lineIds) },
  )
  if (!row || number(row, 'n') !== new Set(lineIds).size)
    throw new Refusal({ code: 'not.found', what: 'line' })
}

function decide(db: DatabaseSync, who: Who, kind: DecisionKind, body: Record<string, unknown>): number {
  const json = JSON.stringify(body)
  const id = insert(db, 'INSERT INTO decision VALUES (NULL, :kind, :at, :actor, :body, NULL)', {
    kind,
    at: who.at,
    actor: JSON.stringify(who.actor),
    body: json,
  })
  appendJournal(db, {
    at: who.at,
    kind: 'decision.made',
    actor: who.actor,
    body: { decisionId: id, kind, ...(JSON.parse(json) as object) },
  })
  return id
}
