// Looks, at the start, whether the three parts that an installation may lack are there, and names what fails.

import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { AppStatus } from '../contract/app.ts'
import type { Vault, Workers } from '../backend/ports.ts'

export type Trouble = AppStatus['troubles'][number]

/**
 * `keychainWanted` is false where the person asked for the memory vault: its weakness is then no trouble.
 * Takes some 30 ms; never rejects.
 */
export async function selfTest(vault: Vault, workers: Workers, keychainWanted: boolean): Promise<Trouble[]> {
  const found = await Promise.all([
    trouble('sqlite', trySqlite),
    trouble('worker', () => tryWorker(workers)),
    trouble('keychain', async () => {
      const { kind, detail } = await vault.strength()
      if (keychainWanted && kind === 'memory') throw new Error(detail)
    }),
  ])
  return found.filter((one) => one !== null)
}

async function trouble(part: Trouble['part'], attempt: () => Promise<void>): Promise<Trouble | null> {
  try {
    await attempt()
    return null
  } catch (error) {
    return { part, detail: error instanceof Error ? error.message : String(error) }
  }
}

/** The ledger's STRICT tables need SQLite 3.37. */
async function trySqlite(): Promise<void> {
  const { DatabaseSync } = await import('node:sqlite')
  new DatabaseSync(':memory:').close()
  const version = process.versions.sqlite ?? '0'
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major < 3 || (major === 3 && minor < 37)) throw new Error(`SQLite ${version} is older than 3.37`)
}

/** A thread must start, and the files that the backend's threads run must be there. */
async function tryWorker(workers: Workers): Promise<void> {
  for (const entry of [workers.ledger, workers.compute]) {
    if (!existsSync(fileURLToPath(entry))) throw new Error(`${basename(entry.pathname)} is missing`)
  }
  const worker = new Worker("require('node:worker_threads').parentPort.postMessage(42)", { eval: true })
  try {
    await once(worker, 'message', { signal: AbortSignal.timeout(5000) })
  } finally {
    await worker.terminate()
  }
}
