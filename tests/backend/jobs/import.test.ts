// Importing through the whole backend: chunks that nobody sees before the file is whole, and stops that leave nothing.

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBackend } from '../../../electron/backend/backend.ts'
import { openLedgerFile } from '../../../electron/backend/ledger/open.ts'
import { all } from '../../../electron/backend/ledger/prepared.ts'
import type { Backend } from '../../../electron/backend/session.ts'
import type { CallName, InputOf, ResultOf } from '../../../electron/contract/api.ts'
import type { JobSnapshot } from '../../../electron/contract/job.ts'
import { openClient } from '../../../electron/host/in-process-client.ts'
import type { InProcessClient } from '../../../electron/host/in-process-client.ts'
import { systemClock } from '../../../electron/host/system-clock.ts'
import { memoryVault } from '../../../electron/vault/memory-vault.ts'
import { portsFor } from '../../kit/backend-world.ts'
import { handMade } from '../archive-kit.ts'
import { createLog } from '../portal/kit/fake-portal.ts'
import { writeStatement } from '../../bench/kit/statement-files.ts'

let folder: string
let backend: Backend
let client: InProcessClient
let shown: JobSnapshot[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sverka-import-'))
  backend = await createBackend(
    await portsFor(folder, { vault: memoryVault('a test'), clock: systemClock(), log: createLog() }),
  )
  client = openClient(backend)
  shown = []
  client.on('jobs.changed', (job) => shown.push(job))
})
afterEach(async () => {
  client.close()
  await backend.close()
  rmSync(folder, { recursive: true, force: true })
})

async function call<N extends CallName>(name: N, input: InputOf<N>): Promise<ResultOf<N>> {
  const result = await client.call(name, input)
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.fault)}`)
  return result.value
}
async function ticketOf(name: string, bytes: Uint8Array): Promise<never> {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return (await backend.tickets.claim(path, name, false)) as never
}
async function until<T>(found: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const value = await found()
    if (value !== undefined) return value
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
const ended = (id: string): Promise<JobSnapshot> =>
  until(() => shown.find((job) => job.id === id && job.endedAt !== null))

/** What really lies in the ledger, visible or not. */
function counts(): Record<string, number> {
  const db = openLedgerFile(join(folder, 'ledger.sqlite'), { readOnly: true })
  try {
    const count = (table: string): number => Number(all(db, `SELECT count(*) AS n FROM ${table}`)[0]?.n)
    return Object.fromEntries(
      ['file', 'line', 'line_issue', 'statement', 'bank_account'].map((table) => [table, count(table)]),
    )
  } finally {
    db.close()
  }
}
const nothing = { file: 0, line: 0, line_issue: 0, statement: 0, bank_account: 0 }

describe('an import', () => {
  it('brings every line in, once', async () => {
    const { name, bytes } = writeStatement('1c', 5_000)
    const ticket = await ticketOf(name, bytes)
    const job = await ended((await call('statements.import', { files: [{ ticket }] })).id)
    expect(job).toMatchObject({ state: 'done', done: 1, failed: 0, total: 1 })
    expect(job.result).toMatchObject({
      kind: 'import',
      files: [{ name, lines: 5_000, known: 0, problems: 0, fault: null }],
    })
    expect(counts()).toMatchObject({ file: 1, line: 5_000, statement: 1, bank_account: 1 })
    expect((await call('statements.lines', {})).total).toBe(5_000)
    const again = await ended((await call('statements.import', { files: [{ ticket }] })).id)
    expect(again).toMatchObject({ state: 'done', failed: 1 })
    expect(again.result).toMatchObject({
      files: [{ fileId: null, lines: 0, fault: { code: 'statement.alreadyImported' } }],
    })
    expect(counts()).toMatchObject({ file: 1, line: 5_000 })
  })

  it('shows nothing of a file that is not whole, and leaves nothing behind after a stop', async () => {
    const { name, bytes } = writeStatement('1c', 12_000)
    const { id } = await call('statements.import', { files: [{ ticket: await ticketOf(name, bytes) }] })
    // Some chunks are on the disk, and no screen shows them.
    await until(() => (Number(counts().line) > 0 ? true : undefined))
    expect(await call('statements.list', undefined)).toEqual([])
    expect((await call('statements.lines', {})).total).toBe(0)
    expect(await call('accounts.list', undefined)).toEqual([])
    expect((await call('jobs.stop', { jobId: id })).state).toBe('stopping')
    expect(await ended(id)).toMatchObject({ state: 'stopped', fault: null })
    expect(counts()).toEqual(nothing)
    const job = await ended(
      (await call('statements.import', { files: [{ ticket: await ticketOf(name, bytes) }] })).id,
    )
    expect(job.result).toMatchObject({ files: [{ lines: 12_000, known: 0, fault: null }] })
  })

  it('goes on with the next file when one is refused, and leaves nothing of that one', async () => {
    const good = writeStatement('mt940', 10)
    const cut = writeStatement('camt.053', 50).bytes
    const files = [
      { ticket: await ticketOf('words.txt', new TextEncoder().encode('Dear Anna,\n\nnothing here.\n')) },
      {
        ticket: await ticketOf(
          'cut.xml',
          new TextEncoder().encode(`${new TextDecoder().decode(cut).slice(0, -200)}<<`),
        ),
      },
      { ticket: await ticketOf(good.name, good.bytes) },
    ]
    const job = await ended((await call('statements.import', { files })).id)
    expect(job).toMatchObject({ state: 'done', done: 3, failed: 2 })
    expect(job.result).toMatchObject({
      files: [
        { name: 'words.txt', fileId: null, fault: { code: 'statement.unknownFormat' } },
        { name: 'cut.xml', fileId: null, lines: 0, fault: { code: 'statement.xml' } },
        { name: good.name, lines: 10, fault: null },
      ],
    })
    expect(counts()).toMatchObject({ file: 1, line: 10, statement: 1 })
  })

  it('goes on with the next file when one fails in a way that nobody foresaw, and leaves nothing of that one', async () => {
    const [good, bad] = [writeStatement('mt940', 10), writeStatement('1c', 3000)]
    const db = openLedgerFile(join(folder, 'ledger.sqlite'), { readOnly: false })
    // The second chunk of the bad file fails, when the first is stored already.
    db.exec(`CREATE TRIGGER broken BEFORE INSERT ON line WHEN NEW.idx = 2500
      BEGIN SELECT RAISE(ABORT, 'out of order'); END`)
    db.close()
    const packed = zipSync({ 'bad.txt': bad.bytes, 'good.sta': good.bytes })
    const files = [
      { ticket: await ticketOf(bad.name, bad.bytes) },
      { ticket: await ticketOf('both.zip', packed) },
    ]
    const job = await ended((await call('statements.import', { files })).id)
    expect(job).toMatchObject({ state: 'done', done: 3, failed: 2, fault: null })
    const internal = { code: 'internal', reference: expect.stringMatching(/./) as string }
    expect(job.result).toMatchObject({
      files: [
        { name: bad.name, fileId: null, lines: 0, fault: internal },
        { name: 'both.zip › bad.txt', fileId: null, lines: 0, fault: internal },
        { name: 'both.zip › good.sta', lines: 10, fault: null },
      ],
    })
    expect(counts()).toMatchObject({ file: 1, line: 10, statement: 1, bank_account: 1 })
    expect(readdirSync(join(folder, 'files'))).toHaveLength(1)
    expect(readdirSync(join(folder, 'temp'))).toEqual([])
  })

  it('tells the members of an archive that are locked, and takes the others', async () => {
    const good = writeStatement('mt940', 10)
    const bytes = handMade([
      { name: 'secret.sta', data: good.bytes, flags: 1 },
      { name: good.name, data: good.bytes },
    ])
    const ticket = await ticketOf('bank.zip', bytes)
    const job = await ended((await call('statements.import', { files: [{ ticket }] })).id)
    expect(job).toMatchObject({ state: 'done', done: 2, failed: 1, total: 2 })
    expect(job.result).toMatchObject({
      files: [
        { name: `bank.zip › ${good.name}`, lines: 10, fault: null },
        {
          name: 'bank.zip › secret.sta',
          fileId: null,
          fault: { code: 'archive.locked', name: 'secret.sta' },
        },
      ],
    })
    const { members } = await call('statements.inspect', { ticket })
    expect(members.map(({ name, fault }) => [name, fault?.code])).toEqual([
      [good.name, undefined],
      ['secret.sta', 'archive.locked'],
    ])
  })

  it('runs one at a time', async () => {
    const { name, bytes } = writeStatement('1c', 5_000)
    const ticket = await ticketOf(name, bytes)
    const first = await call('statements.import', { files: [{ ticket }] })
    expect(await client.call('statements.import', { files: [{ ticket }] })).toEqual({
      ok: false,
      fault: { code: 'job.running', kind: 'import' },
    })
    await ended(first.id)
  })
})

describe('a report', () => {
  it('that is stopped or fails leaves no file behind', async () => {
    const { name, bytes } = writeStatement('1c', 8_000)
    await ended((await call('statements.import', { files: [{ ticket: await ticketOf(name, bytes) }] })).id)
    const { id } = await call('reports.start', { kind: 'lines', format: 'xlsx', locale: 'en' })
    await until(() => readdirSync(join(folder, 'temp')).find((file) => file.includes(id)))
    await call('jobs.stop', { jobId: id })
    expect(await ended(id)).toMatchObject({ state: 'stopped' })
    expect(readdirSync(join(folder, 'temp'))).toEqual([])
  })
})
