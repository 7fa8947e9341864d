// A disk that takes nothing more, and a journal that does not take its row: nothing is sent that was not written down
// before, what was stored before stays, and what was sent is settled by reading.

import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { migrate } from '../../../electron/backend/ledger/migrate.ts'
import { faultOfDriver } from '../../../electron/backend/ledger/driver-fault.ts'
import { openLedgerFile } from '../../../electron/backend/ledger/open.ts'
import { transact } from '../../../electron/backend/ledger/prepared.ts'
import { writes } from '../../../electron/backend/ledger/tables/writes.ts'
import { openWorld, preparing, these } from '../../kit/backend-world.ts'
import type { World } from '../../kit/backend-world.ts'
import { actor, at, migrationsFolder, rows } from '../../ledger/book.ts'
import { mt940, newFolder, openDesk } from '../statements/kit.ts'

it('a file that may not grow refuses as full, and keeps what was committed', () => {
  const path = join(newFolder(), 'ledger.sqlite')
  const db = openLedgerFile(path, { readOnly: false })
  migrate(db, path, migrationsFolder)
  const { page_count: pages } = db.prepare('PRAGMA page_count').get() as { page_count: number }
  db.exec(`PRAGMA max_page_count = ${pages + 2}`)
  const append = (): unknown => {
    const body = { text: 'x'.repeat(1000) }
    try {
      transact(db, () => writes.journal(db, { at, kind: 'portal.connected', actor, body }))
      return null
    } catch (error) {
      return faultOfDriver(error, path)
    }
  }
  let kept = 0
  let last = append()
  for (; kept < 100 && last === null; last = append()) kept += 1
  expect(last).toEqual({ code: 'ledger.full' })
  expect(kept).toBeGreaterThan(0)
  expect(rows(db, 'SELECT count(*) AS n FROM journal')).toEqual([{ n: kept }])
  db.exec('PRAGMA max_page_count = 100000')
  expect(append()).toBeNull()
  db.close()
})

/** The system takes no byte of any file beyond the first so many: an honest failure of writing, for this process only. */
function limitFiles(bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:unlimited`])
}

it.runIf(process.platform === 'linux')(
  'a disk that takes nothing more: commands are refused in words, queries answer, and all goes on when there is room',
  { timeout: preparing },
  async () => {
    const desk = await openDesk()
    const swift = mt940([':61:2610051005C100,00NTRFNONREF', ':86:Invoice 7'])
    await desk.bring('swift.sta', swift)
    const more = await desk.ticket('more.sta', swift.replace('C100', 'C200'))
    limitFiles(100)
    try {
      const fault = { code: expect.stringMatching(/^ledger\.(disk|full)$/) as string }
      expect(await desk.fault('app.changeSettings', { proofDaysBefore: 9 })).toMatchObject(fault)
      expect(await desk.fault('statements.import', { files: [{ ticket: more }] })).toMatchObject(fault)
      expect(await desk.call('statements.list', undefined)).toMatchObject([
        { fileName: 'swift.sta', lines: 1 },
      ])
    } finally {
      limitFiles('unlimited')
    }
    expect((await desk.call('app.settings', undefined)).proofDaysBefore).toBe(5)
    expect(await desk.call('app.changeSettings', { proofDaysBefore: 9 })).toMatchObject({
      proofDaysBefore: 9,
    })
    const job = await desk.ended((await desk.call('statements.import', { files: [{ ticket: more }] })).id)
    expect(job.state).toBe('done')
    expect((await desk.call('journal.verify', undefined)).brokenAt).toBeNull()
    await desk.close()
  },
)

/** The ledger's own file refuses rows of this kind, as a failing disk would, until the answer is called. */
function refuseRows(folder: string, kind: string): () => void {
  const change = (sql: string): void => {
    const db = new DatabaseSync(join(folder, 'ledger.sqlite'), { timeout: 10_000 })
    db.exec(sql)
    db.close()
  }
  change(`CREATE TRIGGER refuse BEFORE INSERT ON journal WHEN new.kind = '${kind}'
    BEGIN SELECT RAISE(ABORT, 'the disk is on fire'); END`)
  return () => change('DROP TRIGGER refuse')
}
/** One payment at a time, on a clock so slow that no check grows too old for its write on a busy computer. */
const unhurried = { speed: 5, portal: { switches: { batchablePayments: false } } }
const sent = (world: World): string[] =>
  world.demo.state.log.requests
    .map(({ method }) => method)
    .filter((method) => method === 'crm.item.payment.pay')

it(
  'an intent that cannot be written down: nothing leaves for the portal, and the job can go on later',
  { timeout: preparing },
  async () => {
    const world = await openWorld(unhurried)
    const plan = await world.call('operations.plan', { kind: 'pay', selection: these(await world.unpaid(3)) })
    const allow = refuseRows(world.folder, 'write.intended')
    const { job } = await world.confirm(plan)
    expect([job.state, job.resumable]).toEqual(['failed', true])
    expect([sent(world), world.demo.state.log.writes]).toEqual([[], []])
    expect((await world.items(job.id)).map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting'])
    allow()
    await world.ended(await world.call('jobs.resume', { jobId: job.id }))
    expect((await world.items(job.id)).map(({ state }) => state)).toEqual(Array(3).fill('confirmed'))
    expect(sent(world)).toHaveLength(3)
    await world.close()
  },
)

it(
  'an outcome that cannot be written down is settled by reading at the next start, and nothing is sent twice',
  { timeout: preparing },
  async () => {
    const first = await openWorld(unhurried)
    const { demo, vault } = first
    const plan = await first.call('operations.plan', { kind: 'pay', selection: these(await first.unpaid(2)) })
    const folder = first.folder
    const allow = refuseRows(folder, 'write.answered')
    const { job } = await first.confirm(plan)
    expect(job.state).toBe('failed')
    expect(demo.state.log.writes).toHaveLength(1)
    expect((await first.items(job.id)).map(({ state }) => state)).toEqual(['sent', 'waiting'])
    first.client.close()
    await first.backend.close()
    allow()
    const second = await openWorld({ speed: 5, demo, folder, vault })
    await expect
      .poll(async () => (await second.items(job.id)).map(({ state }) => state), { timeout: 20_000 })
      .toEqual(['confirmed', 'stopped'])
    expect(demo.state.log.writes).toHaveLength(1)
    expect((await second.call('journal.verify', undefined)).brokenAt).toBeNull()
    await second.close()
    await first.close()
  },
)
