// The watched folder over a whole backend: real files, real imports, a fast clock.

import { mkdir, mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { WatchedFile } from '../../electron/contract/statement-file.ts'
import { importFiles, openWorld, preparing, reconcile } from '../kit/backend-world.ts'
import type { World } from '../kit/backend-world.ts'
import { oneC, tableWithoutCurrency } from '../kit/statement-files.ts'

let world: World
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sverka-bank-'))
  world = await openWorld({ speed: 200 })
  await world.call('statements.watch', { folder })
}, preparing)
afterEach(async () => {
  await world.close()
  await rm(folder, { recursive: true, force: true })
})

const put = (name: string, bytes: string | Uint8Array): Promise<void> => writeFile(join(folder, name), bytes)

/** The file's row once its outcome is no longer `arriving`. */
function settled(name: string, of = world): Promise<WatchedFile> {
  return vi.waitFor(
    async () => {
      const { files } = await of.call('statements.watched', undefined)
      const row = files.find((file) => file.name === name)
      if (!row || row.outcome === 'arriving') throw new Error(`${name} ${row?.outcome ?? 'unseen'}`)
      return row
    },
    { timeout: 20_000, interval: 50 },
  )
}

describe('the watched folder', () => {
  it('money rule 1: it imports and proposes, and never plans, decides or writes to a portal', async () => {
    // Accounts are bound and everything before is matched, so that whatever could follow by itself would follow.
    await reconcile(world)
    const decided = (await world.call('journal.page', { filter: { kind: ['decision.made'] } })).total
    world.demo.state.log.clear()
    const [sample] = world.demo.statements
    await put('again.txt', Buffer.concat([sample?.bytes ?? new Uint8Array(), Buffer.from('\r\n')]))
    await put('new.txt', oneC({ lines: 3 }))
    expect(await settled('new.txt')).toMatchObject({ outcome: 'imported', lines: 3, fault: null })
    await settled('again.txt')
    await world.ended(await world.call('matches.propose', undefined))
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect([world.demo.state.log.requests, world.demo.state.log.writes]).toEqual([[], []])
    const kinds = (await world.call('journal.page', { limit: 1000 })).rows.map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind.startsWith('plan.') || kind.startsWith('write.'))).toEqual([])
    expect(kinds.filter((kind) => kind === 'decision.made')).toHaveLength(decided)
    expect((await world.call('operations.list', {})).total).toBe(0)
  })

  it('imports by the ordinary job, in the name of who sits here, and the journal says from where', async () => {
    await put('july.txt', oneC({ lines: 2 }))
    const row = await settled('july.txt')
    expect(row).toMatchObject({ outcome: 'imported', lines: 2, fault: null })
    const jobs = (await world.call('jobs.list', {})).filter(({ kind }) => kind === 'import')
    expect(jobs).toMatchObject([
      { state: 'done', result: { files: [{ name: 'july.txt', fileId: row.fileId }] } },
    ])
    const { rows } = await world.call('journal.page', { filter: { kind: ['file.imported'] } })
    expect(rows).toMatchObject([
      { actor: { account: 'anna', computer: 'desk' }, body: { name: 'july.txt', folder } },
    ])
    const told = world.frames.filter((frame) => 'event' in frame && frame.event === 'ledger.changed')
    expect(told.length).toBeGreaterThan(1)
    expect(await readFile(join(folder, 'july.txt'), 'utf8')).toBe(oneC({ lines: 2 }))
  })

  it('does not import the same bytes twice, whatever they are called', async () => {
    const [byHand] =
      (await importFiles(world, [{ name: 'hand.txt', bytes: oneC() }])).result?.kind === 'import' ? [1] : []
    expect(byHand).toBe(1)
    await put('copy.txt', oneC())
    await put('copy-of-copy.txt', oneC())
    const [list] = await world.call('statements.list', undefined)
    expect(await settled('copy.txt')).toMatchObject({ outcome: 'imported', fileId: list?.fileId, lines: 1 })
    expect(await settled('copy-of-copy.txt')).toMatchObject({ outcome: 'imported', fileId: list?.fileId })
    expect(await world.call('statements.list', undefined)).toHaveLength(1)
  })

  it('what needs a person waits, opens in the import screen, and is imported from there', async () => {
    await put('table.csv', tableWithoutCurrency)
    const row = await settled('table.csv')
    expect(row).toMatchObject({ outcome: 'waiting', fileId: null })
    expect(['statement.mappingNeeded', 'statement.givenNeeded']).toContain(row.fault?.code)
    const [file] = await world.call('statements.takeWatched', { name: 'table.csv' })
    if (!file?.ticket) throw new Error('no ticket')
    expect(file).toMatchObject({ name: 'table.csv', bytes: Buffer.byteLength(tableWithoutCurrency) })
    const glance = await world.call('statements.glance', { ticket: file.ticket })
    const mapping = glance.table?.mapping
    if (!mapping) throw new Error('no table')
    const given = { account: '40702810000000000777', currency: 'RUB' }
    const job = await world.ended(
      await world.call('statements.import', { files: [{ ticket: file.ticket, mapping, given }] }),
    )
    expect(job.result).toMatchObject({ files: [{ lines: 3, fault: null }] })
    await vi.waitFor(
      async () => expect(await settled('table.csv')).toMatchObject({ outcome: 'imported', lines: 3 }),
      10_000,
    )
  })

  it('a file that is cut off or does not add up waits for a person, who may import it', async () => {
    const whole = oneC({ lines: 2 })
    await put('cut.txt', whole.slice(0, whole.lastIndexOf('КонецДокумента')))
    await put('off.txt', oneC({ lines: 1, from: 7 }).replace(/КонечныйОстаток=.*/, 'КонечныйОстаток=1.00'))
    const fault = (reason: string) => ({ code: 'statement.unwatched', reason })
    expect(await settled('cut.txt')).toMatchObject({ outcome: 'waiting', lines: 0, fault: fault('cut') })
    expect(await settled('off.txt')).toMatchObject({ outcome: 'waiting', lines: 0, fault: fault('balance') })
    expect(await world.call('statements.list', undefined)).toEqual([])
    const [taken] = await world.call('statements.takeWatched', { name: 'off.txt' })
    const job = await world.ended(
      await world.call('statements.import', { files: [{ ticket: taken?.ticket as never }] }),
    )
    expect(job.result).toMatchObject({ files: [{ lines: 1, fault: null }] })
  })

  it('keeps the fault of what is refused, and goes on with the others', async () => {
    await put('letter.pdf', '%PDF-1.7 and so on')
    await put('good.txt', oneC())
    expect(await settled('letter.pdf')).toMatchObject({
      outcome: 'refused',
      fault: { code: 'statement.otherKind', kind: 'pdf' },
    })
    expect(await settled('good.txt')).toMatchObject({ outcome: 'imported' })
  })

  it('refuses a file of over 2 GB before it reads it', async () => {
    await put('huge.txt', 'x')
    await truncate(join(folder, 'huge.txt'), 2 * 1024 ** 3 + 1)
    expect(await settled('huge.txt')).toMatchObject({ outcome: 'refused', fault: { code: 'file.tooLarge' } })
  })

  it('imports the files of an archive', async () => {
    await put(
      'bank.zip',
      zipSync({ 'a.txt': strToU8(oneC()), 'b.txt': strToU8(oneC({ from: 5, lines: 2 })) }),
    )
    expect(await settled('bank.zip')).toMatchObject({ outcome: 'imported', lines: 3, fault: null })
    const [first] = await world.call('statements.takeWatched', { name: 'bank.zip' })
    expect(first?.name).toBe('bank.zip › a.txt')
  })

  it("steps aside for a person's import, and takes its file afterwards", async () => {
    await put('big.txt', oneC({ lines: 30_000 }))
    await vi.waitFor(
      async () =>
        expect(await world.call('jobs.list', { running: true })).toMatchObject([{ kind: 'import' }]),
      { timeout: 15_000, interval: 5 },
    )
    const job = await importFiles(world, [
      { name: 'mine.txt', bytes: oneC({ account: '40702810000000000555' }) },
    ])
    expect(job).toMatchObject({ state: 'done', result: { files: [{ name: 'mine.txt', fault: null }] } })
    expect(await settled('big.txt')).toMatchObject({ outcome: 'imported', lines: 30_000 })
    expect(await world.call('statements.list', undefined)).toHaveLength(2)
  })

  it('stopped by a person, it waits for them instead of beginning again', async () => {
    await put('big.txt', oneC({ lines: 30_000 }))
    const [job] = await vi.waitFor(
      async () => {
        const running = await world.call('jobs.list', { running: true })
        if (running.length === 0) throw new Error('not yet')
        return running
      },
      { timeout: 15_000, interval: 5 },
    )
    await world.call('jobs.stop', { jobId: job?.id ?? '' })
    expect(await settled('big.txt')).toMatchObject({ outcome: 'waiting', fault: { code: 'call.abandoned' } })
    expect(await world.call('statements.list', undefined)).toEqual([])
  })

  it('is journalled, kept over a restart, and no part of what a window changes', async () => {
    const { rows } = await world.call('journal.page', { filter: { kind: ['settings.changed'] } })
    expect(rows[0]).toMatchObject({ actor: { account: 'anna' }, body: { watchedFolder: folder } })
    expect(JSON.stringify(await world.call('app.settings', undefined))).not.toContain(folder)
    expect(await world.fault('app.changeSettings', { watchedFolder: folder } as never)).toMatchObject({
      code: 'input.invalid',
    })
    expect(await world.call('statements.chooseFolder', undefined)).toEqual({ folder: null })
    expect(await world.call('statements.watch', { folder: null })).toEqual({
      folder: null,
      state: 'off',
      canChoose: false,
      lastLookAt: null,
      files: [],
    })
  })

  it('is told by a process that does not own the ledger, which watches nothing', async () => {
    await put('a.txt', oneC())
    await settled('a.txt')
    const { createBackend } = await import('../../electron/backend/backend.ts')
    const { openClient } = await import('../../electron/host/in-process-client.ts')
    const { portsFor } = await import('../kit/backend-world.ts')
    const second = await createBackend(await portsFor(world.folder, world))
    const client = openClient(second)
    try {
      const told = await client.call('statements.watched', undefined)
      expect(told).toMatchObject({
        ok: true,
        value: { folder, files: [{ name: 'a.txt', outcome: 'imported' }] },
      })
      expect(await client.call('statements.watch', { folder: null })).toMatchObject({
        ok: false,
        fault: { code: 'ledger.busy' },
      })
    } finally {
      client.close()
      await second.close()
    }
    expect(await world.call('statements.watched', undefined)).toMatchObject({ state: 'watching' })
  })
})

it('a backend that closes during its import leaves nothing behind and goes on with the file later', async () => {
  const home = join(folder, 'home')
  const bank = join(folder, 'bank')
  await Promise.all([mkdir(home), mkdir(bank)])
  const first = await openWorld({ speed: 200, folder: home, ready: false })
  try {
    await first.call('statements.watch', { folder: bank })
    await writeFile(join(bank, 'big.txt'), oneC({ lines: 30_000 }))
    await vi.waitFor(async () => expect(await first.call('jobs.list', { running: true })).toHaveLength(1), {
      timeout: 15_000,
      interval: 5,
    })
  } finally {
    await first.close()
  }
  expect((await readdir(join(home, 'temp'))).filter((name) => name.startsWith('unpacked'))).toEqual([])
  const second = await openWorld({ speed: 200, folder: home, vault: first.vault, ready: false })
  try {
    expect(await settled('big.txt', second)).toMatchObject({ outcome: 'imported', lines: 30_000 })
    expect(await second.call('statements.list', undefined)).toHaveLength(1)
  } finally {
    await second.close()
  }
}, 60_000)
