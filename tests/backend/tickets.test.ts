// Tickets, and the calls that turn a dropped file or archive into them, over a whole backend.

import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBackend } from '../../electron/backend/backend.ts'
import { createTickets } from '../../electron/backend/files/tickets.ts'
import type { Backend } from '../../electron/backend/session.ts'
import type { CallName, InputOf, ResultOf } from '../../electron/contract/api.ts'
import type { Fault } from '../../electron/contract/fault.ts'
import type { JobSnapshot } from '../../electron/contract/job.ts'
import { openClient } from '../../electron/host/in-process-client.ts'
import type { InProcessClient } from '../../electron/host/in-process-client.ts'
import { memoryVault } from '../../electron/vault/memory-vault.ts'
import { portsFor } from '../kit/backend-world.ts'
import { oneC } from '../kit/statement-files.ts'
import { handMade } from './archive-kit.ts'
import { createFastClock } from './portal/kit/clocks.ts'
import { createLog } from './portal/kit/fake-portal.ts'

let root: string
let backend: Backend | undefined
let client: InProcessClient
beforeEach(async () => (root = await mkdtemp(join(tmpdir(), 'sverka-tickets-'))))
afterEach(async () => {
  client.close()
  await backend?.close()
  backend = undefined
  await rm(root, { recursive: true, force: true })
})

const temp = (): string => join(root, 'profile', 'temp')

async function open(): Promise<Backend> {
  const clock = createFastClock(100)
  const ports = await portsFor(join(root, 'profile'), {
    vault: memoryVault('a test'),
    clock,
    log: createLog(),
  })
  backend = await createBackend(ports)
  client = openClient(backend)
  return backend
}

async function call<N extends CallName>(name: N, input: InputOf<N>): Promise<ResultOf<N>> {
  const result = await client.call(name, input)
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.fault)}`)
  return result.value
}

async function faultOf<N extends CallName>(name: N, input: InputOf<N>): Promise<Fault> {
  const result = await client.call(name, input)
  if (result.ok) throw new Error(`${name} was not refused`)
  return result.fault
}

async function ended(job: JobSnapshot): Promise<JobSnapshot> {
  for (;;) {
    const now = await call('jobs.get', { jobId: job.id })
    if (now.endedAt !== null) return now
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function ticketOf(name: string, bytes: string | Uint8Array) {
  const path = join(root, name)
  await writeFile(path, bytes)
  return await (backend ?? (await open())).tickets.claim(path, name, false)
}

const zip = (files: Record<string, string>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])))

const two = (): Uint8Array =>
  zip({ 'июль/a.txt': oneC({ lines: 2 }), 'b.txt': oneC({ from: 10 }), 'read me.pdf': '%PDF-1.7 …' })

describe('a ticket', () => {
  beforeEach(() => open())

  it('is let go of: a file of ours goes with it, a file of the person stays', async () => {
    const tickets = createTickets()
    const [mine, theirs] = [join(root, 'mine'), join(root, 'theirs')]
    await writeFile(mine, 'a')
    await writeFile(theirs, 'a')
    const disposable = await tickets.claim(mine, 'mine', true)
    const kept = await tickets.claim(theirs, 'theirs', false)
    await tickets.release(disposable)
    await tickets.release(kept)
    await tickets.release('t_unknown')
    expect([tickets.locate(disposable), tickets.locate(kept)]).toEqual([undefined, undefined])
    expect((await readdir(root)).sort()).toEqual(['profile', 'theirs'])
  })
})

describe('statements.unpack', () => {
  it('answers the ticket itself for what is no archive', async () => {
    const ticket = await ticketOf('a.txt', 'hello')
    expect(await call('statements.unpack', { ticket })).toEqual([{ ticket, name: 'a.txt', bytes: 5 }])
  })

  it('answers a ticket for each file of an archive, and deletes them with the backend', async () => {
    const ticket = await ticketOf('bank.zip', two())
    const files = await call('statements.unpack', { ticket })
    expect(files.map(({ name }) => name)).toEqual([
      'bank.zip › июль/a.txt',
      'bank.zip › b.txt',
      'bank.zip › read me.pdf',
    ])
    const [first] = files
    expect(first?.bytes).toBe(Buffer.byteLength(oneC({ lines: 2 })))
    const path = backend?.tickets.locate(first?.ticket ?? '')?.path ?? ''
    expect(await readFile(path, 'utf8')).toBe(oneC({ lines: 2 }))
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await readdir(temp())).toHaveLength(3)
    await backend?.close()
    backend = undefined
    expect(await readdir(temp())).toEqual([])
    expect(await readdir(root)).toContain('bank.zip')
  })

  it('tells of files that are locked, and gives the others', async () => {
    const ticket = await ticketOf(
      'bank.zip',
      handMade([
        { name: 'secret.txt', data: Buffer.from('abc'), flags: 1 },
        { name: 'open.txt', data: Buffer.from('hello') },
      ]),
    )
    expect(await call('statements.unpack', { ticket })).toMatchObject([
      { ticket: expect.stringMatching(/^t_/) as string, name: 'bank.zip › open.txt', bytes: 5 },
      {
        ticket: null,
        name: 'bank.zip › secret.txt',
        bytes: 3,
        fault: { code: 'archive.locked', name: 'secret.txt' },
      },
    ])
  })

  it('its files go once they are imported, and when they are let go of', async () => {
    const ticket = await ticketOf('bank.zip', two())
    const files = await call('statements.unpack', { ticket })
    const tickets = files.flatMap((one) => (one.ticket === null ? [] : [one.ticket]))
    const [first, second, third] = tickets
    if (!first || !second || !third) throw new Error('three files were packed')
    await ended(await call('statements.import', { files: [{ ticket: first }] }))
    expect(await readdir(temp())).toHaveLength(2)
    // A file that was refused waits for the person's word.
    await ended(await call('statements.import', { files: [{ ticket: third }] }))
    expect(await readdir(temp())).toHaveLength(2)
    await call('statements.release', { tickets: [second, third] })
    expect(await readdir(temp())).toEqual([])
    expect(await faultOf('statements.glance', { ticket: second })).toEqual({ code: 'file.gone' })
  })

  it('an uploaded archive goes once it is unpacked', async () => {
    const path = join(root, 'upload')
    await writeFile(path, two())
    const ticket = await (await open()).tickets.claim(path, 'bank.zip', true)
    expect(await call('statements.unpack', { ticket })).toHaveLength(3)
    expect(await readdir(root)).not.toContain('upload')
  })

  it('refuses what is no good, and leaves nothing', async () => {
    const damaged = await ticketOf('bad.zip', two().subarray(0, 200))
    expect(await faultOf('statements.unpack', { ticket: damaged })).toEqual({ code: 'archive.damaged' })
    const empty = await ticketOf('empty.zip', zip({}))
    expect(await faultOf('statements.unpack', { ticket: empty })).toEqual({ code: 'archive.empty' })
    expect(await readdir(temp())).toEqual([])
  })

  it('what a killed process left unpacked goes at the next start', async () => {
    await mkdir(temp(), { recursive: true })
    await writeFile(join(temp(), 'unpacked-0123'), 'x')
    await writeFile(join(temp(), 'other'), 'x')
    await open()
    expect(await readdir(temp())).toEqual(['other'])
  })
})

describe('statements.inspect of an archive', () => {
  it('tells every file of it, with the statements and where each was read', async () => {
    const ticket = await ticketOf('bank.zip', two())
    const seen = await call('statements.inspect', { ticket })
    expect(seen.format).toBe('zip')
    expect(seen.members).toEqual([
      {
        name: 'июль/a.txt',
        bytes: expect.any(Number) as number,
        format: '1c',
        encoding: 'utf-8',
        lines: 2,
        fault: null,
      },
      {
        name: 'b.txt',
        bytes: expect.any(Number) as number,
        format: '1c',
        encoding: 'utf-8',
        lines: 1,
        fault: null,
      },
      {
        name: 'read me.pdf',
        bytes: 12,
        format: null,
        encoding: null,
        lines: 0,
        fault: { code: 'statement.otherKind', kind: 'pdf' },
      },
    ])
    expect(
      seen.statements.map(({ part, lines, balanceOffMinor }) => [part, lines.length, balanceOffMinor]),
    ).toEqual([
      ['июль/a.txt', 2, 0],
      ['b.txt', 1, 0],
    ])
    expect(seen.statements[0]?.lines.map(({ place }) => place.part)).toEqual(['июль/a.txt', 'июль/a.txt'])
    expect(await readdir(temp())).toEqual([])
  })

  it('reads so many lines in all as were asked for', async () => {
    const ticket = await ticketOf(
      'bank.zip',
      zip({ 'a.txt': oneC({ lines: 5 }), 'b.txt': oneC({ lines: 5, from: 20 }) }),
    )
    const seen = await call('statements.inspect', { ticket, lines: 5 })
    expect(seen.statements.map(({ part, lines }) => [part, lines.length])).toEqual([['a.txt', 5]])
    expect(seen.members.map(({ name, format }) => [name, format])).toEqual([
      ['a.txt', '1c'],
      ['b.txt', '1c'],
    ])
  })

  it('opens a packed file', async () => {
    const ticket = await ticketOf('a.txt.gz', gzipSync(oneC()))
    const seen = await call('statements.inspect', { ticket })
    expect(seen.members).toMatchObject([{ name: 'a.txt', format: '1c', lines: 1 }])
  })
})

describe('statements.import of an archive', () => {
  it('imports each file of it under both names, and leaves nothing unpacked', async () => {
    const ticket = await ticketOf('bank.zip', two())
    const job = await ended(await call('statements.import', { files: [{ ticket }] }))
    expect(job.state).toBe('done')
    expect(job.result).toMatchObject({
      files: [
        { name: 'bank.zip › июль/a.txt', lines: 2, fault: null },
        { name: 'bank.zip › b.txt', lines: 1, fault: null },
        { name: 'bank.zip › read me.pdf', fileId: null, fault: { code: 'statement.otherKind', kind: 'pdf' } },
      ],
    })
    expect((await call('statements.list', undefined)).map(({ fileName }) => fileName).sort()).toEqual([
      'bank.zip › b.txt',
      'bank.zip › июль/a.txt',
    ])
    expect(await readdir(temp())).toEqual([])
  })

  it('tells the fault of an archive that cannot be opened', async () => {
    const ticket = await ticketOf('bad.zip', two().subarray(0, 200))
    const job = await ended(await call('statements.import', { files: [{ ticket }] }))
    expect(job.result).toMatchObject({ files: [{ name: 'bad.zip', fault: { code: 'archive.damaged' } }] })
  })

  it('a glance at an archive says that it is to be unpacked', async () => {
    const ticket = await ticketOf('bank.zip', two())
    expect(await faultOf('statements.glance', { ticket })).toEqual({ code: 'statement.archive' })
    // Stored as it is, a workbook's own list of contents stands readable in the archive's first bytes.
    const workbook = zip({ '[Content_Types].xml': 'x', 'xl/workbook.xml': 'x' })
    const around = await ticketOf('around.zip', zipSync({ 'a.xlsx': [workbook, { level: 0 }] }))
    expect(await faultOf('statements.glance', { ticket: around })).toEqual({ code: 'statement.archive' })
  })
})
