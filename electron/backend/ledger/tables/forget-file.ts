// Undoing a whole import: everything that its lines changed for lines of other files is put back.

import type { DatabaseSync } from 'node:sqlite'
import type { Wire } from '../../../contract/define.ts'
import { Refusal } from '../../../contract/fault.ts'
import type { LineMarkCounts } from '../../../contract/statement-row.ts'
import { all, number, one, run, text } from '../prepared.ts'
import { linkBatches, linkedWholes, referencesOf, unlinkBatches } from './batches.ts'
import { markDoubtfulFreed } from './doubtful.ts'
import { appendJournal } from './journal.ts'
import type { NewJournalRow } from './journal.ts'
import { freeTwins } from './twins.ts'
import { countOf, deriveMatched, deriveStandings, proofDaysOf } from './standing.ts'

/** What people wrote on a file's lines and stands there on the day `today`. */
export function readMarks(db: DatabaseSync, input: { fileId: number; today: string }): LineMarkCounts {
  const row = one(
    db,
    `SELECT count(*) FILTER (WHERE ignored_reason IS NOT NULL) AS ignored, count(*) FILTER (WHERE note <> '') AS notes,
       count(*) FILTER (WHERE held = 1 AND (held_until IS NULL OR held_until > :today)) AS held
     FROM line WHERE file_id = :file`,
    { file: input.fileId, today: input.today },
  )
  const count = (name: keyof LineMarkCounts): number => (row ? number(row, name) : 0)
  return { ignored: count('ignored'), held: count('held'), notes: count('notes') }
}

export interface ForgottenFile {
  fileId: number
  today: string
  /** What the person knows to be lost with it. */
  losing: LineMarkCounts
  journal: Omit<NewJournalRow, 'body'> & { body: Record<string, Wire> }
}

/**
 * Undoes a whole import. Refuses `statement.inUse` while accepted matches or operations rest on its lines, or on single
 * payments that count only because of its lines; `statement.marked` while more or other marks stand on its lines than
 * the person was told; `not.found` when there is no such file. Answers the hash of its bytes, null while another import
 * rests on the same.
 */
export function forgetFile(db: DatabaseSync, input: ForgottenFile): { sha256: string | null } {
  const { fileId, losing } = input
  const bind = { file: fileId }
  const file = one(db, 'SELECT sha256 FROM file WHERE id = :file AND complete = 1', bind)
  if (!file) throw new Refusal({ code: 'not.found', what: 'file' })
  const matches = countOf(
    one(db, `SELECT count(*) AS n FROM allotment WHERE undone_at IS NULL AND ${restsSql}`, bind),
  )
  const operations = countOf(one(db, operationsSql, bind))
  if (matches > 0 || operations > 0) throw new Refusal({ code: 'statement.inUse', matches, operations })
  const marks = readMarks(db, input)
  if (marks.ignored !== losing.ignored || marks.held !== losing.held || marks.notes !== losing.notes)
    throw new Refusal({ code: 'statement.marked', ...marks })
  const portals = all(db, 'SELECT DISTINCT portal_id FROM bank_account WHERE portal_id IS NOT NULL')
  const references = referencesOf(db, 'line.file_id = :file', bind)
  const freed = [...unlinkBatches(db, 'line.file_id = :file', bind), ...freeTwins(db, fileId)]
  run(db, 'UPDATE line SET twin_id = NULL WHERE twin_id IN (SELECT id FROM line WHERE file_id = :file)', bind)
  run(db, 'DELETE FROM file WHERE id = :file', bind)
  markDoubtfulFreed(db, freed)
  const ofFreed = referencesOf(db, 'line.id IN (SELECT value FROM json_each(:ids))', {
    ids: JSON.stringify(freed),
  })
  linkBatches(db, [...new Set([...references, ...ofFreed])])
  for (const row of portals) {
    const portal = text(row, 'portal_id')
    deriveMatched(db, portal, null)
    deriveStandings(db, portal, null, proofDaysOf(db))
  }
  appendJournal(db, { ...input.journal, body: { ...input.journal.body, lost: { ...marks } } })
  const sha256 = text(file, 'sha256')
  return { sha256: one(db, 'SELECT 1 AS n FROM file WHERE sha256 = :sha256', { sha256 }) ? null : sha256 }
}

/** Its own lines, and the details whose booking rests on a whole of it. */
const restsSql = `line_id IN (SELECT id FROM line WHERE file_id = :file
  UNION SELECT detail_id FROM batch_link WHERE whole_id IN (${linkedWholes('line.file_id = :file')}))`

/**
 * Operations that marked a payment paid, or are about to, while a part of such a line stood as its money; not those that
 * were taken back, nor those whose payment is gone or no longer paid.
 */
const operationsSql = `SELECT count(DISTINCT item.job_id) AS n FROM allotment
  JOIN decision ON decision.id = decision_id
  JOIN operation_item AS item ON item.portal_id = allotment.portal_id AND item.payment_id = allotment.payment_id
  JOIN payment ON payment.portal_id = item.portal_id AND payment.id = item.payment_id AND payment.gone = 0
  WHERE ${restsSql} AND item.intent_json ->> '$.wantPaid' = 1
    AND (item.state IN ('waiting', 'checking', 'sent', 'unknown')
      OR item.state IN ('confirmed', 'confirmedPartly') AND payment.paid = 1)
    AND decision.at <= ifnull(item.at, '9999') AND (allotment.undone_at IS NULL OR allotment.undone_at >= ifnull(item.sent_at, item.at))
    AND NOT EXISTS (SELECT 1 FROM operation_item AS later WHERE later.portal_id = item.portal_id AND later.payment_id = item.payment_id
      AND later.job_id <> item.job_id AND later.at >= item.at AND later.intent_json ->> '$.wantPaid' = 0
      AND later.state IN ('confirmed', 'confirmedPartly', 'alreadySo'))`
