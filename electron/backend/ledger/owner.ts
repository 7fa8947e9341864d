// Which process owns a profile (money rule 21): the holder of an exclusive lock that ends with its process.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Refusal } from '../../contract/fault.ts'
import { faultOfDriver, isBusy } from './driver-fault.ts'

export interface Ownership {
  /**
   * Becomes the owner unless another process is; answers whether it is. Throws Refusal where the lock's file cannot be
   * made: nobody else may be blamed for that.
   */
  take(): boolean
  /** Who holds it when it is not us: `account@computer, process 123 (desktop)`; as last written down. */
  holder(): string
  release(): void
}

/**
 * The ownership of the profile in `folder`, not yet taken. The lock is SQLite's own file lock on an empty file, because
 * the operating system takes it back when the process dies, however it dies.
 */
export function ownershipOf(folder: string, who: string): Ownership {
  const lock = join(folder, 'owner.lock')
  const card = join(folder, 'owner.txt')
  let held: DatabaseSync | null = null
  return {
    take: () => {
      held ??= lockedFile(lock)
      if (held) writeCard(card, who)
      return held !== null
    },
    holder: () => readCard(card),
    release: () => {
      held?.close()
      held = null
    },
  }
}

/** Null when another process holds the lock. */
function lockedFile(path: string): DatabaseSync | null {
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(path, { timeout: 0 })
    db.exec('PRAGMA locking_mode = EXCLUSIVE')
    db.exec('BEGIN EXCLUSIVE')
    return db
  } catch (error) {
    db?.close()
    if (isBusy(error)) return null
    const fault = faultOfDriver(error, path)
    throw fault ? new Refusal(fault, { cause: error }) : error
  }
}

/** The name is a courtesy to whoever comes second: a disk without room for it does not keep anybody out. */
function writeCard(path: string, who: string): void {
  try {
    writeFileSync(path, who, { mode: 0o600 })
  } catch {
    return
  }
}

function readCard(path: string): string {
  try {
    return readFileSync(path, 'utf8').slice(0, 300)
  } catch {
    return ''
  }
}
