// The thread that holds one SQLite connection and runs the functions of `tables/` on it.

import { dirname, join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import { Refusal } from '../../contract/fault.ts'
import type { EndMessage } from '../end-thread.ts'
import { faultOfDriver } from './driver-fault.ts'
import type { LedgerReply, LedgerRequest, LedgerWorkerData } from './ledger.ts'
import { migrate, requireNewest } from './migrate.ts'
import { openLedgerFile } from './open.ts'
import { transact } from './prepared.ts'
import { reads } from './tables/reads.ts'
import { writes } from './tables/writes.ts'
import { requireWholeFile } from './whole-file.ts'

type Work = (db: DatabaseSync, input: never) => unknown

const { path, readOnly } = workerData as LedgerWorkerData
const folder = join(dirname(fileURLToPath(import.meta.url)), 'migrations')
let db: DatabaseSync | null = null

function answer(request: LedgerRequest): unknown {
  if (request.name === 'open') {
    db ??= openWhole()
    if (readOnly) requireNewest(db)
    else migrate(db, path, folder)
    return null
  }
  const open = db
  if (!open) throw new Error('the ledger is not open')
  const input = request.input as never
  if (readOnly) return find(reads, request.name)(open, input)
  return transact(open, () => find(writes, request.name)(open, input))
}

function openWhole(): DatabaseSync {
  if (!readOnly) requireWholeFile(path)
  return openLedgerFile(path, { readOnly })
}

function find(table: Record<string, Work>, name: string): Work {
  const work = Object.hasOwn(table, name) ? table[name] : undefined
  if (!work) throw new Error(`the ledger knows no ${name}`)
  return work
}

function reply(request: LedgerRequest): LedgerReply {
  try {
    return { id: request.id, value: answer(request) }
  } catch (error) {
    if (error instanceof Refusal) return { id: request.id, fault: error.fault }
    const fault = faultOfDriver(error, path)
    if (fault) return { id: request.id, fault }
    return { id: request.id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

const served = new Set<MessagePort>()

function serve(port: MessagePort): void {
  served.add(port)
  port.on('close', () => served.delete(port))
  port.on('message', (message: LedgerRequest | { connect: MessagePort } | EndMessage) => {
    if ('connect' in message) serve(message.connect)
    else if ('end' in message) end()
    else port.postMessage(reply(message))
  })
}

/** Nothing holds the thread any longer. */
function end(): void {
  try {
    db?.close()
  } finally {
    db = null
    for (const port of served) port.close()
  }
}

if (parentPort) serve(parentPort)
