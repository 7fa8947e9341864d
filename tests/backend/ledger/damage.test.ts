// A profile that cannot be opened says why, leaves every byte where it was, and holds nothing afterwards.

import { chmodSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { faultOfDriver } from '../../../electron/backend/ledger/driver-fault.ts'
import { prepareFolder } from '../../../electron/backend/ledger/folder.ts'
import { openLedgerFile } from '../../../electron/backend/ledger/open.ts'
import { ownershipOf } from '../../../electron/backend/ledger/owner.ts'
import { insert } from '../../../electron/backend/ledger/prepared.ts'
import { Refusal } from '../../../electron/contract/fault.ts'
import type { Fault } from '../../../electron/contract/fault.ts'
import { preparing } from '../../kit/backend-world.ts'
import { mt940, newFolder, openDesk } from '../statements/kit.ts'

/** A ledger that was in use, as it lies on the disk. */
let used: Buffer
let folder: string
let path: string

beforeAll(async () => {
  const desk = await openDesk()
  await desk.bring('swift.sta', mt940([':61:2610051005C100,00NTRFNONREF', ':86:Invoice 7']))
  await desk.end()
  used = readFileSync(join(desk.folder, 'ledger.sqlite'))
  rmSync(desk.folder, { recursive: true })
}, preparing)
const folders: string[] = []
beforeEach(() => {
  folder = newFolder()
  folders.push(folder)
  path = join(folder, 'ledger.sqlite')
})
afterAll(() => {
  for (const each of folders) rmSync(each, { recursive: true, force: true })
})

async function faultOfOpening(at = folder): Promise<Fault> {
  try {
    await (await openDesk(at)).end()
  } catch (error) {
    if (error instanceof Refusal) return error.fault
    throw error
  }
  throw new Error('it was opened')
}

/** Refused twice alike: the first attempt has neither changed the file nor kept the profile to itself. */
async function expectRefused(content: Uint8Array, fault: unknown): Promise<void> {
  writeFileSync(path, content)
  expect(await faultOfOpening()).toEqual(fault)
  expect(await faultOfOpening()).toEqual(fault)
  expect(readFileSync(path).equals(content)).toBe(true)
}

it.each([
  ['at the end of a page', (size: number) => size - 4096],
  ['within a page', (size: number) => size - 1000],
  ['to its first page', () => 4096],
])('a ledger that was cut %s is refused as damaged', async (_where, left) => {
  const size = left(used.length)
  await expectRefused(used.subarray(0, size), { code: 'ledger.damaged', detail: `${size} / ${used.length}` })
})

it('an emptied ledger is refused as damaged: no new one begins in its place', async () => {
  await expectRefused(new Uint8Array(), { code: 'ledger.damaged', detail: 'empty' })
})

it('a file that is no database is refused as damaged', async () => {
  const fault = { code: 'ledger.damaged', detail: 'file is not a database' }
  await expectRefused(new TextEncoder().encode('Выписка за октябрь\n'.repeat(500)), fault)
})

it('a ledger of a newer version is refused with both versions', async () => {
  writeFileSync(path, used)
  const db = new DatabaseSync(path)
  db.exec(`INSERT INTO migration VALUES (9000, 'x', '2030-01-01'); PRAGMA wal_checkpoint(TRUNCATE)`)
  const known = db.prepare('SELECT max(number) AS n FROM migration WHERE number < 9000').get()?.['n']
  db.close()
  await expectRefused(readFileSync(path), { code: 'ledger.newer', version: 9000, known })
})

it('a ledger whose pages are torn is refused as damaged, and what is whole beside it opens again', async () => {
  writeFileSync(path, used)
  const torn = Buffer.from(used)
  torn.fill(0x5a, 100, 4096)
  await expectRefused(torn, { code: 'ledger.damaged', detail: expect.any(String) as string })
  writeFileSync(path, used)
  const desk = await openDesk(folder)
  expect(await desk.call('statements.list', undefined)).toMatchObject([{ fileName: 'swift.sta', lines: 1 }])
  await desk.end()
})

it('a cut file whose write-ahead log still holds the rest is opened', async () => {
  const db = new DatabaseSync(path)
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE a (n); INSERT INTO a VALUES (1)',
  )
  const wal = readFileSync(`${path}-wal`)
  const main = readFileSync(path)
  db.close()
  writeFileSync(path, main)
  writeFileSync(`${path}-wal`, wal)
  truncateSync(path, 4096)
  const desk = await openDesk(folder)
  expect(await desk.call('statements.list', undefined)).toEqual([])
  await desk.end()
})

/** Works as somebody whom a closed folder keeps out: root is let in everywhere. */
function asNobody<T>(work: () => T): T {
  const root = process.getuid?.() === 0
  if (root) process.seteuid?.(65_534)
  try {
    return work()
  } finally {
    if (root) process.seteuid?.(0)
  }
}
const refusal = (fault: Fault): Error => expect.objectContaining({ fault }) as Error

it.skipIf(process.platform === 'win32')(
  'a folder in which nothing may be written is refused with its path',
  () => {
    const wanted = join(folder, 'profile')
    chmodSync(folder, 0o555)
    const refused = { code: 'ledger.folder', reason: 'unwritable', path: wanted } as const
    expect(() => asNobody(() => prepareFolder(wanted))).toThrow(refusal(refused))
    chmodSync(folder, 0o755)
    const lock = join(folder, 'owner.lock')
    expect(() => asNobody(() => ownershipOf(folder, 'anna').take())).toThrow(
      refusal({ ...refused, path: lock }),
    )
  },
)

it.skipIf(process.platform === 'win32')(
  'a ledger that is only for reading is refused before anything is changed',
  () => {
    writeFileSync(path, used, { mode: 0o444 })
    chmodSync(folder, 0o777)
    const change = (): unknown => {
      const db = openLedgerFile(path, { readOnly: false })
      try {
        return insert(db, "INSERT INTO migration VALUES (9000, 'x', 'y')")
      } catch (error) {
        return faultOfDriver(error, path)
      } finally {
        db.close()
      }
    }
    expect(asNobody(change)).toEqual({ code: 'ledger.folder', reason: 'unwritable', path })
  },
)
