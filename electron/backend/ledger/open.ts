// The one place where the SQLite driver is opened and set up.

import { DatabaseSync } from 'node:sqlite'

/**
 * Opens a ledger file. WAL lets others read while one writes; FULL makes a committed intent survive a power
 * cut, which the safe writing of payment states rests on.
 */
export function openLedgerFile(path: string, { readOnly }: { readOnly: boolean }): DatabaseSync {
  const db = new DatabaseSync(path, { readOnly, enableForeignKeyConstraints: true, timeout: 10_000 })
  if (!readOnly) {
    db.exec('PRAGMA journal_mode = WAL')
    db.exec('PRAGMA synchronous = FULL')
    db.exec('PRAGMA wal_autocheckpoint = 4000')
  }
  // A change of a million lines keeps every page it touches for its undoing: in memory these were as many as the file has.
  db.exec(`PRAGMA temp_store = ${readOnly ? 'MEMORY' : 'FILE'}`)
  db.exec('PRAGMA cache_size = -65536; PRAGMA mmap_size = 268435456')
  return db
}
