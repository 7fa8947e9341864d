// A thread that is cut off while native code works in it, or that is still on its way out when the program ends, takes
// the program down: every thread comes to its own end, and none is left when the backend has closed.

import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { endThread } from '../../electron/backend/end-thread.ts'
import { openLedger } from '../../electron/backend/ledger/ledger.ts'
import { writeStatement } from '../bench/kit/statement-files.ts'
import { preparing } from '../kit/backend-world.ts'
import { mt940, openDesk } from './statements/kit.ts'

const ledgerWorker = new URL('../../electron/backend/ledger/worker.ts', import.meta.url)
/** 0 where a thread ended by itself, 1 where it was cut off; null as long as it lives. */
let ends: Map<Worker, number | null>
const watch = (worker: Worker): void => {
  ends.set(worker, null)
  worker.once('exit', (code) => ends.set(worker, code))
}
let folder: string
beforeEach(() => {
  ends = new Map()
  process.on('worker', watch)
  folder = mkdtempSync(join(tmpdir(), 'sverka-threads-'))
})
afterEach(() => {
  process.off('worker', watch)
  rmSync(folder, { recursive: true, force: true })
})

it(
  'a backend that closes has ended its threads, also the one that was reading a file',
  { timeout: preparing },
  async () => {
    const desk = await openDesk()
    await desk.bring('swift.sta', mt940([':61:2610051005C100,00NTRFNONREF', ':86:Invoice 7']))
    const long = await desk.ticket('long.txt', writeStatement('1c', 40_000).bytes)
    // What came to its end meanwhile is answered, what did not is given up; neither is waited for here.
    const looks = [1, 2].map(() => desk.call('statements.glance', { ticket: long }).catch(() => undefined))
    await expect.poll(() => ends.size, { interval: 1 }).toBeGreaterThan(3)
    await desk.close()
    expect([...ends.values()]).toEqual([...ends.keys()].map(() => 0))
    await Promise.all(looks)
  },
)

it('a ledger that cannot be opened has ended its thread before it says so', async () => {
  const path = join(folder, 'ledger.sqlite')
  writeFileSync(path, 'no database '.repeat(1000))
  await expect(openLedger({ path, readOnly: false, worker: ledgerWorker })).rejects.toThrow()
  expect([...ends.values()]).toEqual([0])
})

it('a thread that does not listen is cut off in the end', async () => {
  const deaf = join(folder, 'deaf.mjs')
  writeFileSync(
    deaf,
    "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => undefined); parentPort.postMessage('up')",
  )
  const worker = new Worker(pathToFileURL(deaf))
  await once(worker, 'message')
  await endThread(worker, 50)
  expect([...ends.values()]).toEqual([1])
  await endThread(worker, 50)
})
