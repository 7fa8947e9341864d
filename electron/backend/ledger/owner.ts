// Which process owns a profile (money rule 21): the holder of an exclusive lock that ends with its process.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export interface Ownership {
  owned: boolean
  /** Who holds it when it is not us: `account@computer, process 123 (desktop)`. */
  owner: string | null
  release(): void
}

/**
 * Tries to become the owner of the profile in `folder`. The lock is SQLite's own file lock on an empty file,
 * because the operating system takes it back when the process dies, however it dies.
 */
export function takeOwnership(folder: string, who: string): Ownership {
  const card = join(folder, 'owner.txt')
  const db = new DatabaseSync(join(folder, 'owner.lock'), { timeout: 0 })
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE')
    db.exec('BEGIN EXCLUSIVE')
  } catch {
    db.close()
    return { owned: false, owner: readCard(card), release: () => undefined }
  }
  writeFileSync(card, who, { mode: 0o600 })
  return { owned: true, owner: null, release: () => db.close() }
}

function readCard(path: string): string {
  try {
    return readFileSync(path, 'utf8').slice(0, 300)
  } catch {
    return ''
  }
}
