// What the watched folder holds: every file that was seen there, by folder and name, and what became of it.

import type { DatabaseSync } from 'node:sqlite'
import type { Fault } from '../../../contract/fault.ts'
import type { WatchedFile } from '../../../contract/statement-file.ts'
import { all, number, numberOrNull, run, text } from '../prepared.ts'
import { parsed } from './operations.ts'

/** A watched file with the time of its last change, by which a file that was written anew is known. */
export interface WatchedRecord extends WatchedFile {
  /** Milliseconds since 1970. */
  modifiedMs: number
}

/** Everything known of a folder, newest first. */
export function readWatched(db: DatabaseSync, input: { folder: string }): WatchedRecord[] {
  return all(db, 'SELECT * FROM watched_file WHERE folder = :folder ORDER BY seen_at DESC, name', {
    folder: input.folder,
  }).map((row) => ({
    name: text(row, 'name'),
    bytes: number(row, 'bytes'),
    modifiedMs: number(row, 'modified_ms'),
    seenAt: text(row, 'seen_at'),
    outcome: text(row, 'outcome') as WatchedRecord['outcome'],
    fileId: numberOrNull(row, 'file_id') as WatchedRecord['fileId'],
    lines: number(row, 'lines'),
    fault: parsed<Fault>(row, 'fault_json'),
  }))
}

/** Writes down how files of a folder stand; what was known of the same name is replaced. */
export function noteWatched(
  db: DatabaseSync,
  input: { folder: string; files: readonly WatchedRecord[] },
): null {
  for (const file of input.files) {
    run(
      db,
      `INSERT INTO watched_file VALUES (:folder, :name, :bytes, :modified, :seen, :outcome,
         (SELECT id FROM file WHERE id = :file), :lines, :fault)
       ON CONFLICT (folder, name) DO UPDATE SET bytes = excluded.bytes, modified_ms = excluded.modified_ms,
         seen_at = excluded.seen_at, outcome = excluded.outcome, file_id = excluded.file_id, lines = excluded.lines,
         fault_json = excluded.fault_json`,
      {
        folder: input.folder,
        name: file.name,
        bytes: file.bytes,
        modified: Math.floor(file.modifiedMs),
        seen: file.seenAt,
        outcome: file.outcome,
        file: file.fileId,
        lines: file.lines,
        fault: file.fault && JSON.stringify(file.fault),
      },
    )
  }
  return null
}

/** Forgets a folder that is no longer watched; what was imported from it stays. */
export function forgetFolder(db: DatabaseSync, input: { folder: string }): null {
  run(db, 'DELETE FROM watched_file WHERE folder = :folder', input)
  return null
}
