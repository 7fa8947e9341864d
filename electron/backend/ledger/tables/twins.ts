// Lines that another file has letter by letter: found while a file comes in, freed when what they were held for goes.

import type { DatabaseSync } from 'node:sqlite'
import { all, flag, number, one, run } from '../prepared.ts'
import type { Row } from '../prepared.ts'

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
    'SELECT id, twin_id FROM line WHERE file_id = :file AND duplicate = 0 AND judged IS NULL AND twin_id IS NOT NULL',
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
    `SELECT other.id, other.judged FROM line AS mine JOIN line AS other ON other.twin_id = mine.id
     WHERE mine.file_id = :file AND other.file_id <> :file ORDER BY other.booked DESC, other.id`,
    { file: fileId },
  )
  return free(db, held, fileId)
}

/** The same for booked lines that were held for lines which are booked no more: these prove no money in their place. */
export function freeBookedTwins(db: DatabaseSync, ids: readonly number[]): number[] {
  const held = all(
    db,
    `SELECT other.id, other.judged FROM line AS mine JOIN line AS other ON other.twin_id = mine.id
     WHERE mine.id IN (SELECT value FROM json_each(:ids)) AND mine.booked = 0 AND other.booked = 1 AND other.counted = 0
     ORDER BY other.id`,
    { ids: JSON.stringify(ids) },
  )
  return free(db, held, null)
}

/** An heir is booked if the line is: what was only announced proves no money. `gone` is a file that is being forgotten. */
function free(db: DatabaseSync, held: readonly Row[], gone: number | null): number[] {
  const freed: number[] = []
  for (const row of held) {
    const id = number(row, 'id')
    const heir = one(
      db,
      `SELECT other.id FROM line JOIN line AS other ON other.identity = line.identity AND other.occurrence = line.occurrence
       WHERE line.id = :id AND line.duplicate = 1 AND other.id <> line.id AND other.file_id <> line.file_id AND other.file_id IS NOT :gone
         AND other.live = 1 AND other.duplicate = 0 AND other.booked >= line.booked ORDER BY other.booked DESC, other.id LIMIT 1`,
      { id, gone },
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
