// Lines that two files hold: found by identity while a file comes in, freed when the other file goes, judged by a person.

import type { DatabaseSync } from 'node:sqlite'
import { Refusal } from '../../../contract/fault.ts'
import { all, flag, number, numberOrNull, one, run } from '../prepared.ts'
import { linkBatches, referencesOf, unlinkBatches } from './batches.ts'
import { appendJournal } from './journal.ts'
import type { NewJournalRow } from './journal.ts'
import { countOf } from './standing.ts'

export interface Identity {
  identity: string
  occurrence: number
}

/** The line of a visible file that is letter by letter this one; one that proves money before one that does not. */
export function findTwin(
  db: DatabaseSync,
  { identity, occurrence }: Identity,
): { id: number; booked: boolean } | undefined {
  const row = one(
    db,
    `SELECT id, booked FROM line WHERE identity = :identity AND occurrence = :occurrence AND live = 1 AND duplicate = 0
     ORDER BY booked DESC, id LIMIT 1`,
    { identity, occurrence },
  )
  return row && { id: number(row, 'id'), booked: flag(row, 'booked') }
}

/**
 * What was only announced becomes a duplicate of the line by which it was booked: `addLines` left such a line as the
 * twin of one that is no duplicate itself.
 */
export function supersede(db: DatabaseSync, fileId: number): void {
  const announced = all(
    db,
    'SELECT id, twin_id FROM line WHERE file_id = :file AND duplicate = 0 AND twin_id IS NOT NULL',
    { file: fileId },
  )
  for (const row of announced) {
    const [id, twin] = [number(row, 'id'), number(row, 'twin_id')]
    run(
      db,
      "UPDATE line SET duplicate = 1, twin_id = :id, zone = 'none', confidence = 0 WHERE id = :twin AND booked = 0",
      { id, twin },
    )
    run(db, 'DELETE FROM proposal WHERE line_id = :twin', { twin })
    run(db, 'UPDATE line SET twin_id = NULL WHERE id = :id', { id })
  }
}

/**
 * Lines of other files that were held for lines of this one stand for themselves again: of equal ones the first, whose
 * duplicates the others become, unless a third file has the line too. Called while the file is still there; answers the
 * lines that count now.
 */
export function freeTwins(db: DatabaseSync, fileId: number): number[] {
  const held = all(
    db,
    `SELECT other.id, other.identity, other.occurrence, other.duplicate, other.judged FROM line AS mine
     JOIN line AS other ON other.twin_id = mine.id WHERE mine.file_id = :file AND other.file_id <> :file ORDER BY other.booked DESC, other.id`,
    { file: fileId },
  )
  const freed: number[] = []
  for (const row of held) {
    const id = number(row, 'id')
    const heir = one(
      db,
      `SELECT other.id FROM line JOIN line AS other ON other.identity = line.identity AND other.occurrence = line.occurrence
       WHERE line.id = :id AND line.duplicate = 1 AND other.id <> line.id AND other.file_id NOT IN (:file, line.file_id)
         AND other.live = 1 AND other.duplicate = 0 ORDER BY other.booked DESC, other.id LIMIT 1`,
      { id, file: fileId },
    )
    run(
      db,
      `UPDATE line SET twin_id = :heir, duplicate = :duplicate, doubtful = 0, judged = iif(judged = 'same', NULL, judged) WHERE id = :id`,
      { id, heir: heir ? number(heir, 'id') : null, duplicate: Number(heir !== undefined) },
    )
    if (!heir && row.judged !== 'separate') freed.push(id)
  }
  return freed
}

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
    journal: NewJournalRow
  },
): { lines: number } {
  const ids = askedAbout(db, input)
  const bind = { ids: JSON.stringify(ids) }
  if (input.verdict === 'same') {
    const used = one(
      db,
      'SELECT 1 AS n FROM allotment WHERE undone_at IS NULL AND line_id IN (SELECT value FROM json_each(:ids)) LIMIT 1',
      bind,
    )
    if (used) throw new Refusal({ code: 'line.used' })
    for (const id of ids) holdForTwin(db, id)
    run(db, 'DELETE FROM proposal WHERE line_id IN (SELECT value FROM json_each(:ids))', bind)
    unlinkBatches(db, `line.id IN (SELECT value FROM json_each(:ids)) AND line.duplicate = 1`, bind)
  } else {
    run(
      db,
      "UPDATE line SET duplicate = 0, doubtful = 0, judged = 'separate' WHERE id IN (SELECT value FROM json_each(:ids))",
      bind,
    )
    linkBatches(db, referencesOf(db, 'line.id IN (SELECT value FROM json_each(:ids))', bind))
  }
  if (ids.length > 0) appendJournal(db, input.journal)
  return { lines: ids.length }
}

/** Whose verdict it would be a change: lines with a twin that do not stand so already. */
function askedAbout(
  db: DatabaseSync,
  input: { lineIds: readonly number[] | null; fileId: number | null; verdict: Verdict },
): number[] {
  const bind = { ids: JSON.stringify(input.lineIds ?? []), file: input.fileId }
  const named = countOf(
    one(db, 'SELECT count(*) AS n FROM line WHERE +live = 1 AND id IN (SELECT value FROM json_each(:ids))', {
      ids: bind.ids,
    }),
  )
  if (named !== new Set(input.lineIds).size) throw new Refusal({ code: 'not.found', what: 'line' })
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
