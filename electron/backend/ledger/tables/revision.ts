import type { DatabaseSync } from 'node:sqlite'
import { number, one } from '../prepared.ts'

/** A number that differs after any other connection has committed; pages carry it so that a window knows to ask again. */
export function dataVersion(db: DatabaseSync): number {
  const row = one(db, 'PRAGMA data_version')
  return row ? number(row, 'data_version') : 0
}
