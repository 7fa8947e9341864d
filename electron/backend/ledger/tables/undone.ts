// Undoing decisions: what one changed is put back exactly, as long as no later decision rests on it.

import type { DatabaseSync } from 'node:sqlite'
import { Refusal } from '../../../contract/fault.ts'
import type { Decided, DecisionKind } from '../../../contract/match.ts'
import { all, flag, number, one, run, text } from '../prepared.ts'
import { partsOfDecision, settleLines, takeBack } from './accepted.ts'
import { checkLine, checkPayments } from './match-checks.ts'
import type { LineMarks, Who } from './decisions.ts'
import { appendJournal } from './journal.ts'
import { totalsOf } from './payments.ts'

interface Body {
  lineIds: number[]
  allotmentIds?: number[]
  marks?: LineMarks[]
}

/**
 * Undoes a decision, the newest one that stands when none is named. The journal keeps both. Refuses `not.found`, and
 * `match.changed` where a later decision about the same line stands: that one has to be undone first.
 */
export function undoDecision(db: DatabaseSync, input: Who & { decisionId: number | null }): Decided {
  const row =
    input.decisionId === null
      ? one(db, 'SELECT * FROM decision WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1')
      : one(db, 'SELECT * FROM decision WHERE id = :id AND undone_at IS NULL', { id: input.decisionId })
  if (!row) throw new Refusal({ code: 'not.found', what: 'decision' })
  const decisionId = number(row, 'id')
  const kind = text(row, 'kind') as DecisionKind
  const body = JSON.parse(text(row, 'body_json')) as Body
  if (laterStands(db, decisionId, body.lineIds)) throw new Refusal({ code: 'match.changed' })
  run(db, 'UPDATE decision SET undone_at = :at WHERE id = :id', { at: input.at, id: decisionId })
  putBack(db, { id: decisionId, kind, body, at: input.at })
  appendJournal(db, { at: input.at, kind: 'decision.undone', actor: input.actor, body: { decisionId, kind } })
  return { decisionId, kind, lines: body.lineIds.length, sums: [] }
}

/** The newest decision that stands, with the sums it gave away: what an undo that names none takes back. */
export function readUndoable(db: DatabaseSync, _: null): Decided | null {
  const row = one(
    db,
    `SELECT id, kind, json_array_length(body_json, '$.lineIds') AS lines FROM decision
     WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1`,
  )
  if (!row) return null
  const decisionId = number(row, 'id')
  const sums = all(
    db,
    `SELECT line.currency, count(*) AS n, sum(allotment.amount_minor) AS minor FROM allotment JOIN line ON line.id = line_id
     WHERE decision_id = :id AND undone_at IS NULL GROUP BY line.currency ORDER BY line.currency`,
    { id: decisionId },
  )
  return {
    decisionId,
    kind: text(row, 'kind') as DecisionKind,
    lines: number(row, 'lines'),
    sums: totalsOf(sums).sums,
  }
}

function laterStands(db: DatabaseSync, decisionId: number, lineIds: readonly number[]): boolean {
  const sql = `SELECT 1 AS n FROM decision, json_each(decision.body_json, '$.lineIds') AS l
    WHERE decision.id > :id AND undone_at IS NULL AND l.value IN (SELECT value FROM json_each(:lines)) LIMIT 1`
  return one(db, sql, { id: decisionId, lines: JSON.stringify(lineIds) }) !== undefined
}

function putBack(
  db: DatabaseSync,
  decision: { id: number; kind: DecisionKind; body: Body; at: string },
): void {
  const { body } = decision
  switch (decision.kind) {
    case 'accept':
    case 'acceptCertain':
      takeBack(db, partsOfDecision(db, decision.id), decision.at)
      break
    case 'reject':
      run(db, 'DELETE FROM rejection WHERE decision_id = :id', { id: decision.id })
      return
    case 'unmatch':
      giveBack(db, body.allotmentIds ?? [])
      break
    case 'ignore':
    case 'hold':
    case 'release':
      break
    default:
      decision.kind satisfies never
  }
  if (decision.kind !== 'acceptCertain') restoreMarks(db, body.lineIds, body.marks ?? [])
}

function restoreMarks(db: DatabaseSync, lineIds: readonly number[], marks: readonly LineMarks[]): void {
  run(
    db,
    "UPDATE line SET ignored_reason = NULL, held = 0, held_until = NULL, note = '' WHERE id IN (SELECT value FROM json_each(:ids))",
    {
      ids: JSON.stringify(lineIds),
    },
  )
  for (const mark of marks) {
    run(
      db,
      'UPDATE line SET ignored_reason = :reason, held = :held, held_until = :until, note = :note WHERE id = :id',
      {
        id: mark.id,
        reason: mark.ignoredReason,
        held: Number(mark.held),
        until: mark.heldUntil,
        note: mark.note,
      },
    )
  }
}

/**
 * Undo of an unmatch: the parts stand again, checked anew, since other lines may have paid their payments meanwhile.
 * A payment that the person accepted as over may be over again, whichever of its parts was the one they were asked about.
 */
function giveBack(db: DatabaseSync, ids: readonly number[]): void {
  const rows = all(
    db,
    `SELECT allotment.*, (coalesce(decision.body_json ->> '$.overAllowed', 0) OR EXISTS (
         SELECT 1 FROM allotment AS other JOIN decision AS shown ON shown.id = other.decision_id
         WHERE other.portal_id = allotment.portal_id AND other.payment_id = allotment.payment_id
           AND other.undone_at IS NULL AND shown.body_json ->> '$.overAllowed')) AS over_allowed
     FROM allotment JOIN decision ON decision.id = decision_id
     WHERE allotment.id IN (SELECT value FROM json_each(:ids)) AND decision.undone_at IS NULL`,
    { ids: JSON.stringify(ids) },
  )
  for (const row of rows) {
    const part = { paymentId: number(row, 'payment_id'), amountMinor: number(row, 'amount_minor') }
    const target = { lineId: number(row, 'line_id'), portalId: text(row, 'portal_id'), allotments: [part] }
    const sum = checkLine(db, target)
    checkPayments(db, { ...target, overAllowed: flag(row, 'over_allowed') }, sum.currency)
    run(db, 'UPDATE allotment SET undone_at = NULL WHERE id = :id', { id: number(row, 'id') })
    settleLines(db, [target.lineId], [{ portalId: target.portalId, ids: [part.paymentId] }])
  }
}
