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
  db.exec('PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 268435456')
  return db
}
