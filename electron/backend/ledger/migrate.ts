// Brings a ledger file to the newest shape: numbered frozen SQL, one transaction each, a copy of the file before.

import { createHash } from 'node:crypto'
import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { Refusal } from '../../contract/fault.ts'
import { migrations } from './migrations/list.ts'
import type { Migration } from './migrations/list.ts'
import { all, insert, number, numberOrNull, one, text, transact } from './prepared.ts'

/**
 * Runs what is missing and answers the version reached. Refuses with `ledger.newer` when the file knows
 * migrations that we do not, with `ledger.damaged` when a migration that ran there had another text.
 */
export function migrate(
  db: DatabaseSync,
  path: string,
  folder: string,
  list: readonly Migration[] = migrations,
): number {
  db.exec(
    'CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, ran_at TEXT NOT NULL) STRICT',
  )
  const ran = all(db, 'SELECT number, sha256 FROM migration ORDER BY number')
  const newest = list.at(-1)?.number ?? 0
  for (const row of ran) {
    const known = list.find((migration) => migration.number === number(row, 'number'))
    if (!known) throw new Refusal({ code: 'ledger.newer', version: number(row, 'number'), known: newest })
    if (known.sha256 !== text(row, 'sha256')) {
      throw new Refusal({ code: 'ledger.damaged', detail: `migration ${known.number} differs` })
    }
  }
  const missing = list.filter((migration) => !ran.some((row) => number(row, 'number') === migration.number))
  if (missing.length > 0 && ran.length > 0) {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    copyFileSync(path, `${path}.before-${missing[0]?.number ?? 0}.bak`)
  }
  for (const migration of missing) {
    const sql = readFileSync(join(folder, migration.file), 'utf8').replaceAll('\r\n', '\n')
    const sha256 = createHash('sha256').update(sql).digest('hex')
    if (sha256 !== migration.sha256) throw new Error(`migration ${migration.file} is not the frozen text`)
    transact(db, () => {
      db.exec(sql)
      insert(db, "INSERT INTO migration VALUES (:number, :sha256, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))", {
        number: migration.number,
        sha256,
      })
    })
  }
  return newest
}

/** For a reader that does not migrate: refuses `ledger.newer`, and `ledger.busy` while an older program owns the file. */
export function requireNewest(db: DatabaseSync, list: readonly Migration[] = migrations): void {
  const row = one(db, 'SELECT max(number) AS n FROM migration')
  const version = row ? (numberOrNull(row, 'n') ?? 0) : 0
  const known = list.at(-1)?.number ?? 0
  if (version > known) throw new Refusal({ code: 'ledger.newer', version, known })
  if (version < known) throw new Refusal({ code: 'ledger.busy', owner: '' })
}
