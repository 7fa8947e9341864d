// Imported files as a whole: found again by their bytes, dropped when their import did not end, cleared by a person.

import type { DatabaseSync } from 'node:sqlite'
import { Refusal } from '../../../contract/fault.ts'
import type { StatementEncoding, StatementFormat } from '../../../contract/statement.ts'
import { all, number, one, run, text } from '../prepared.ts'
import { appendJournal } from './journal.ts'
import type { NewJournalRow } from './journal.ts'
import { deriveForFile } from './statements.ts'

/** Removes what a stopped import left behind. */
export function dropFile(db: DatabaseSync, input: { fileId: number }): null {
  run(db, 'DELETE FROM file WHERE id = :file AND complete = 0', { file: input.fileId })
  return null
}

/** Removes what imports left behind that were cut off; answers the hashes of bytes on which no import rests any more. */
export function dropUnfinished(db: DatabaseSync, _: null): string[] {
  const cut = all(db, 'SELECT DISTINCT sha256 FROM file WHERE complete = 0').map((row) => text(row, 'sha256'))
  run(db, 'DELETE FROM file WHERE complete = 0')
  return cut.filter((sha256) => !one(db, 'SELECT 1 AS n FROM file WHERE sha256 = :sha256', { sha256 }))
}

/** The person declares a file good although its balances do not add up (money rule 5). */
export function clearFile(db: DatabaseSync, input: { fileId: number; journal: NewJournalRow }): null {
  if (
    run(db, 'UPDATE file SET cleared = 1 WHERE id = :file AND complete = 1', { file: input.fileId }) === 0
  ) {
    throw new Refusal({ code: 'not.found', what: 'file' })
  }
  deriveForFile(db, input.fileId)
  appendJournal(db, input.journal)
  return null
}

export interface FileRecord {
  id: number
  sha256: string
  name: string
  encoding: StatementEncoding
  format: StatementFormat
}

export function findFile(
  db: DatabaseSync,
  input: { sha256?: string; fileId?: number },
): FileRecord | undefined {
  const row = one(
    db,
    'SELECT * FROM file WHERE complete = 1 AND (sha256 = :sha OR id = :id) ORDER BY id LIMIT 1',
    {
      sha: input.sha256 ?? null,
      id: input.fileId ?? null,
    },
  )
  return (
    row && {
      id: number(row, 'id'),
      sha256: text(row, 'sha256'),
      name: text(row, 'name'),
      encoding: text(row, 'encoding') as StatementEncoding,
      format: text(row, 'format') as StatementFormat,
    }
  )
}
