// Copies of the ledger: made while it is in use, and put in its place at the next start.

import { existsSync, renameSync } from 'node:fs'
import { copyFile, rename, rm } from 'node:fs/promises'
import { backup, DatabaseSync } from 'node:sqlite'
import { Refusal } from '../../contract/fault.ts'
import { migrations } from './migrations/list.ts'
import { number, one } from './prepared.ts'

/** A consistent copy of the whole ledger at `to`, taken page by page beside running work. */
export async function backUp(ledgerPath: string, to: string): Promise<void> {
  const source = new DatabaseSync(ledgerPath, { readOnly: true })
  try {
    await backup(source, to)
  } finally {
    source.close()
  }
}

const stagedPath = (ledgerPath: string): string => `${ledgerPath}.restore`

/** Checks a copy and lays it ready. Refuses `backup.unreadable` and `ledger.newer`; the ledger in use is not touched. */
export async function stageRestore(ledgerPath: string, copy: string): Promise<void> {
  const staged = stagedPath(ledgerPath)
  await copyFile(copy, `${staged}.part`)
  try {
    checkCopy(`${staged}.part`)
  } catch (error) {
    await rm(`${staged}.part`, { force: true })
    throw error
  }
  await rename(`${staged}.part`, staged)
}

function checkCopy(path: string): void {
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(path, { readOnly: true })
    const whole = one(db, 'PRAGMA integrity_check')
    const version = one(db, 'SELECT max(number) AS n FROM migration')
    if (whole?.integrity_check !== 'ok' || !version) throw new Refusal({ code: 'backup.unreadable' })
    const known = migrations.at(-1)?.number ?? 0
    if (number(version, 'n') > known)
      throw new Refusal({ code: 'ledger.newer', version: number(version, 'n'), known })
  } catch (cause) {
    if (cause instanceof Refusal) throw cause
    throw new Refusal({ code: 'backup.unreadable' }, { cause })
  } finally {
    db?.close()
  }
}

/** At the start, before anything is open: a staged copy takes the ledger's place, which is kept beside it. */
export function takeStaged(ledgerPath: string, at: string): boolean {
  const staged = stagedPath(ledgerPath)
  if (!existsSync(staged)) return false
  for (const end of ['', '-wal', '-shm']) {
    if (existsSync(ledgerPath + end))
      renameSync(ledgerPath + end, `${ledgerPath}.before-restore-${at.replaceAll(/[:.]/g, '-')}${end}`)
  }
  renameSync(staged, ledgerPath)
  return true
}

export function restoreWaits(ledgerPath: string): boolean {
  return existsSync(stagedPath(ledgerPath))
}
