// Money rule 21 among real processes: who comes second may ask; it commands once the owner has gone, however it went.

import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { preparing } from '../../kit/backend-world.ts'
import { createFastClock } from '../portal/kit/clocks.ts'
import { mt940, newFolder, openDesk } from '../statements/kit.ts'
import type { Desk } from '../statements/kit.ts'

const child = fileURLToPath(new URL('owner-child.ts', import.meta.url))
const file = mt940([':61:2610051005C100,00NTRFNONREF', ':86:Invoice 7'])
let folder: string
let owner: ChildProcess
let desk: Desk

beforeEach(async () => {
  folder = newFolder()
  owner = fork(child, [folder], { execArgv: ['--disable-warning=ExperimentalWarning'] })
  await once(owner, 'message')
}, preparing)
afterEach(async () => {
  owner.kill('SIGKILL')
  await desk.close()
})
const gone = async (): Promise<void> =>
  void (owner.exitCode ?? owner.signalCode ?? (await once(owner, 'exit')))
const standing = async (): Promise<unknown> => {
  const { ledger } = await desk.call('app.status', undefined)
  return [ledger.owned, ledger.owner]
}
const named = (): string => `anna@desk, process ${owner.pid ?? 0} (terminal)`

it(
  'the owner is killed: the next command finds the ledger free and runs',
  { timeout: preparing },
  async () => {
    desk = await openDesk(folder)
    expect(await standing()).toEqual([false, named()])
    expect(await desk.call('statements.list', undefined)).toEqual([])
    expect(await desk.fault('app.changeSettings', { proofDaysBefore: 7 })).toEqual({
      code: 'ledger.busy',
      owner: named(),
    })
    owner.kill('SIGKILL')
    await gone()
    expect(await desk.call('app.changeSettings', { proofDaysBefore: 7 })).toMatchObject({
      proofDaysBefore: 7,
    })
    expect(await standing()).toEqual([true, null])
    expect(await desk.bring('swift.sta', file)).toMatchObject({ lines: 1, fault: null })
    expect((await desk.call('journal.verify', undefined)).brokenAt).toBeNull()
  },
)

it('the owner ends: a window that nobody works in notices by itself', { timeout: preparing }, async () => {
  desk = await openDesk(folder, createFastClock(50))
  expect(await standing()).toEqual([false, named()])
  owner.send('end')
  await gone()
  await expect.poll(standing, { timeout: 10_000 }).toEqual([true, null])
  expect(desk.changes()).toContain('settings')
})

it(
  'a restored backup waits for a start: nothing is taken over, and the words say so',
  { timeout: preparing },
  async () => {
    desk = await openDesk(folder)
    copyFileSync(join(folder, 'ledger.sqlite'), join(folder, 'ledger.sqlite.restore'))
    owner.kill('SIGKILL')
    await gone()
    expect(await desk.fault('app.changeSettings', { proofDaysBefore: 7 })).toEqual({ code: 'ledger.restart' })
    expect(await standing()).toEqual([false, null])
    // The lock is free again for the program that is started next.
    const next = await openDesk(folder)
    expect((await next.call('app.status', undefined)).ledger.owned).toBe(true)
    expect(await desk.fault('app.changeSettings', { proofDaysBefore: 7 })).toMatchObject({
      code: 'ledger.busy',
    })
    await next.end()
  },
)
