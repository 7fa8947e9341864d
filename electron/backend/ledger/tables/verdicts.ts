// A person's verdicts on lines that two files hold, or may hold.

import type { DatabaseSync } from 'node:sqlite'
import type { Wire } from '../../../contract/define.ts'
import { Refusal } from '../../../contract/fault.ts'
import { all, number, numberOrNull, one, run, text } from '../prepared.ts'
import type { Bind } from '../prepared.ts'
import { linkBatches, referencesOf, unlinkBatches } from './batches.ts'
import { markDoubtfulFreed } from './doubtful.ts'
import { appendJournal } from './journal.ts'
import type { NewJournalRow } from './journal.ts'
import { countOf, deriveStandings, portalsOfAccount, proofDaysOf } from './standing.ts'

export type Verdict = 'same' | 'separate'

/**
 * The person's word on supposed duplicates, over whatever was found: the same money as the twin, or money of its own.
 * Lines that never had a twin are passed over. Answers how many changed. Throws Refusal `line.used` for 'same' while an
 * accepted match rests on one of them, `not.found` for a line that is not there.
 */
export function judgeLines(
  db: DatabaseSync,
  input: {
    lineIds: readonly number[] | null
    fileId: number | null
    verdict: Verdict
    journal: Omit<NewJournalRow, 'body'> & { body: Record<string, Wire> }
  },
): { lines: number } {
  const ids = askedAbout(db, input)
  const bind = { ids: JSON.stringify(ids) }
  if (ids.length === 0) return { lines: 0 }
  if (input.verdict === 'same') {
    if (one(db, usedSql, bind)) throw new Refusal({ code: 'line.used' })
    for (const id of ids) holdForTwin(db, id)
    run(db, `DELETE FROM proposal WHERE line_id IN (${named})`, bind)
    // A payment of a batch that another line tells of leaves the batch told by its payments; a whole takes them along.
    markDoubtfulFreed(db, unlinkBatches(db, `line.id IN (${named}) AND line.batch_role = 'whole'`, bind))
  } else {
    run(db, `UPDATE line SET duplicate = 0, doubtful = 0, judged = 'separate' WHERE id IN (${named})`, bind)
    takeFollowersBack(db, bind)
  }
  linkBatches(db, referencesOf(db, `line.id IN (${named})`, bind))
  deriveForLines(db, bind)
  appendJournal(db, { ...input.journal, body: { ...input.journal.body, lines: ids.length } })
  return { lines: ids.length }
}

const named = 'SELECT value FROM json_each(:ids)'

/** Accepted matches of the lines, and of payments that count only because one of the lines is their whole. */
const usedSql = `SELECT 1 AS n FROM allotment WHERE undone_at IS NULL AND line_id IN (${named}
  UNION SELECT detail_id FROM batch_link WHERE whole_id IN (${named})) LIMIT 1`

/** Days whose money is in doubt prove nothing of payments (money rule 16). */
function deriveForLines(db: DatabaseSync, bind: Bind): void {
  const accounts = all(db, `SELECT DISTINCT account, currency FROM line WHERE id IN (${named})`, bind)
  const portals = accounts.flatMap((row) => portalsOfAccount(db, text(row, 'account'), text(row, 'currency')))
  for (const portal of new Set(portals)) deriveStandings(db, portal, null, proofDaysOf(db))
}

/** Whose verdict it would be a change: lines with a twin that do not stand so already. */
function askedAbout(
  db: DatabaseSync,
  input: { lineIds: readonly number[] | null; fileId: number | null; verdict: Verdict },
): number[] {
  const bind = { ids: JSON.stringify(input.lineIds ?? []), file: input.fileId }
  const found = countOf(
    one(db, 'SELECT count(*) AS n FROM line WHERE +live = 1 AND id IN (SELECT value FROM json_each(:ids))', {
      ids: bind.ids,
    }),
  )
  if (found !== new Set(input.lineIds).size) throw new Refusal({ code: 'not.found', what: 'line' })
  if (
    input.fileId !== null &&
    !one(db, 'SELECT 1 AS n FROM file WHERE complete = 1 AND id = :id', { id: input.fileId })
  )
    throw new Refusal({ code: 'not.found', what: 'file' })
  const changes = input.verdict === 'same' ? 'duplicate = 0' : '(duplicate = 1 OR doubtful = 1)'
  return all(
    db,
    `SELECT id FROM line WHERE +live = 1 AND twin_id IS NOT NULL AND ${changes}
       AND (id IN (SELECT value FROM json_each(:ids)) OR (file_id = :file AND counted = 0 AND doubtful = 1)) ORDER BY id`,
    bind,
  ).map((row) => number(row, 'id'))
}

/**
 * Lines that another file has letter by letter are held for the line that says the same, once it counts again: a verdict
 * that was taken back must not leave them with a twin of other words.
 */
function takeFollowersBack(db: DatabaseSync, bind: Bind): void {
  const followers = all(
    db,
    `SELECT line.id, mine.id AS mine FROM line AS mine
       JOIN line ON line.identity = mine.identity AND line.occurrence = mine.occurrence AND line.twin_id = mine.twin_id
     WHERE mine.id IN (${named}) AND line.id <> mine.id AND line.file_id <> mine.file_id AND line.duplicate = 1 AND line.judged IS NULL`,
    bind,
  )
  for (const row of followers)
    run(db, 'UPDATE line SET twin_id = :mine WHERE id = :id', {
      id: number(row, 'id'),
      mine: number(row, 'mine'),
    })
}

/** A duplicate's own followers follow its twin, so that no line is held for one that does not count. */
function holdForTwin(db: DatabaseSync, id: number): void {
  const row = one(db, 'SELECT twin_id FROM line WHERE id = :id', { id })
  const named = row ? numberOrNull(row, 'twin_id') : null
  const further = one(db, 'SELECT twin_id FROM line WHERE id = :named AND duplicate = 1', { named })
  const twin = (further && numberOrNull(further, 'twin_id')) ?? named
  if (twin === null || twin === id) throw new Refusal({ code: 'not.found', what: 'line' })
  run(
    db,
    "UPDATE line SET duplicate = 1, doubtful = 0, judged = 'same', twin_id = :twin, zone = 'none', confidence = 0 WHERE id = :id",
    { id, twin },
  )
  run(db, 'UPDATE line SET twin_id = :twin WHERE twin_id = :id AND id <> :twin', { id, twin })
}
