import { describe, expect, it } from 'vitest'
import {
  commonChoice,
  countsOf,
  inboxFilters,
  isReady,
  isShownBy,
  linesToImport,
  nameParts,
  needsMapping,
  newInboxFile,
} from '../../../renderer/src/areas/statements/inbox-file.ts'
import type { InboxFile } from '../../../renderer/src/areas/statements/inbox-file.ts'
import { resultsByFile } from '../../../renderer/src/areas/statements/import-results.ts'
import { useInbox } from '../../../renderer/src/areas/statements/inbox.store.ts'
import { blankMapping } from '../../../renderer/src/areas/statements/mapping-model.ts'
import type { Fault } from '../../../electron/contract/fault.ts'
import type { Ticket } from '../../../electron/contract/files.ts'
import type { StatementGlance } from '../../../electron/contract/statement-file.ts'
import type { JobSnapshot } from '../../../electron/contract/job.ts'
import { no, ok } from '../../kit/fake-bridge.ts'
import type { Answers } from '../../kit/fake-bridge.ts'
import { glance, importJob } from '../sample-world.ts'
import { inWindow, settle } from '../work-window.ts'

const bank = new File(['x'], 'kl_to_1c.txt')
const table = new File(['x'], 'acquiring.csv')
const names = ['kl_to_1c.txt', 'acquiring.csv']

function inbox(answers: Answers = {}) {
  let asked = 0
  return inWindow(() => useInbox(), {
    'statements.glance': ({ ticket }) => ok(glance(ticket, names[asked++] ?? 'acquiring.csv')),
    ...answers,
  })
}

function plain(ticket: string, changes: Partial<StatementGlance> = {}): StatementGlance {
  return { ...glance(ticket, 'kl_to_1c.txt'), ...changes }
}

describe('files that wait for the person', () => {
  it('are unpacked and looked at, and nothing is stored', async () => {
    const { value: store, bridge } = inbox()
    await store.add([bank, table])
    expect(
      store.files.map((file) => [file.name, file.glance?.format, isReady(file), needsMapping(file)]),
    ).toEqual([
      ['kl_to_1c.txt', '1c', true, false],
      ['acquiring.csv', 'csv', false, true],
    ])
    expect(new Set(bridge.calls())).toEqual(new Set(['statements.unpack', 'statements.glance']))
  })

  it('stand as rows at once, and three of them are read at a time', async () => {
    let running = 0
    let most = 0
    const { value: store } = inbox({
      'statements.glance': async ({ ticket }) => {
        running += 1
        most = Math.max(most, running)
        await new Promise((later) => setTimeout(later, 2))
        running -= 1
        return ok(plain(ticket))
      },
    })
    const many = Array.from({ length: 20 }, (_, at) => new File(['x'], `${at}.txt`))
    const added = store.add(many)
    expect(store.files).toHaveLength(20)
    expect(store.reading).toBe(20)
    await added
    expect([most, store.ready.length, store.reading]).toEqual([3, 20, 0])
  })

  it('come out of an archive as a row each, in its place and under its name', async () => {
    const member = (at: number, name: string) => ({
      ticket: `t_${String(900 + at).padStart(24, '0')}` as Ticket,
      name: `bank.zip › ${name}`,
      bytes: 10,
    })
    const { value: store } = inbox({
      'statements.unpack': ({ ticket }) =>
        ok(
          ticket.endsWith('1')
            ? [member(1, 'may.txt'), member(2, 'june/june.txt')]
            : [{ ticket: ticket as Ticket, name: 'x', bytes: 1 }],
        ),
      'statements.glance': ({ ticket }) => ok(plain(ticket)),
    })
    await store.add([new File(['x'], 'bank.zip'), bank])
    await settle()
    expect(store.files.map((file) => [file.name, isReady(file)])).toEqual([
      ['bank.zip › may.txt', true],
      ['bank.zip › june/june.txt', true],
      ['kl_to_1c.txt', true],
    ])
    expect(nameParts('bank.zip › june/june.txt')).toEqual({ archive: 'bank.zip', own: 'june/june.txt' })
    expect(nameParts('may.txt')).toEqual({ archive: '', own: 'may.txt' })
  })

  it('come out of an archive beside those that cannot, and are let go of when nobody wants them', async () => {
    const { value: store, bridge } = inbox({
      'statements.unpack': () =>
        ok([
          { ticket: 't_000000000000000000000901' as Ticket, name: 'bank.zip › may.txt', bytes: 10 },
          {
            ticket: null,
            name: 'bank.zip › june.txt',
            bytes: 7,
            fault: { code: 'archive.locked', name: 'june.txt' },
          },
        ]),
      'statements.glance': ({ ticket }) => ok(plain(ticket)),
    })
    await store.add([new File(['x'], 'bank.zip')])
    await settle()
    expect(store.files.map((file) => [file.name, file.busy, file.fault?.code])).toEqual([
      ['bank.zip › may.txt', false, undefined],
      ['bank.zip › june.txt', false, 'archive.locked'],
    ])
    store.clear()
    expect(bridge.inputsOf('statements.release')).toEqual([{ tickets: ['t_000000000000000000000901'] }])
  })

  it('are narrowed by what they wait for; one that is ready may have problems', () => {
    const base = newInboxFile(1, 'a.txt', 1, 't_1' as Ticket)
    const file = (changes: Partial<InboxFile>): InboxFile => ({ ...base, busy: false, ...changes })
    const whole = plain('t_1')
    const shownBy = (one: InboxFile) =>
      inboxFilters.filter((filter) => filter !== 'all' && isShownBy(one, filter))
    expect(shownBy(file({ glance: { ...whole, problems: 0 } }))).toEqual(['ready'])
    expect(shownBy(file({ glance: { ...whole, problems: 2 } }))).toEqual(['problems', 'ready'])
    expect(shownBy(file({ glance: { ...whole, problems: 0, needs: ['currency'] } }))).toEqual(['asked'])
    expect(shownBy(file({ fault: { code: 'statement.mappingNeeded' } }))).toEqual(['asked', 'problems'])
    expect(shownBy(file({ fault: { code: 'archive.damaged' } }))).toEqual(['problems'])
    expect(shownBy(file({ glance: { ...whole, problems: 0, importedAs: 3 as never } }))).toEqual([])
    expect(shownBy(base)).toEqual([])
  })

  it('keep the reason for which an archive was refused', async () => {
    const { value: store } = inbox({ 'statements.unpack': () => no({ code: 'archive.bomb', limitMb: 2048 }) })
    await store.add([new File(['x'], 'bomb.zip')])
    expect(store.files.map((file) => [file.busy, file.fault?.code])).toEqual([[false, 'archive.bomb']])
  })

  it('are imported with what the person chose, and only those that are ready', async () => {
    const { value: store, bridge } = inbox({ 'statements.import': () => ok(importJob()) })
    await store.add([bank, table])
    const [first] = store.files
    await store.change(first?.key ?? 0, { encoding: 'ibm866' })
    await store.change(first?.key ?? 0, { duplicates: 'keep' })
    expect(bridge.inputsOf('statements.glance').at(-1)).toEqual({ ticket: first?.ticket, encoding: 'ibm866' })
    // The third look answers as a table does; the file is then not ready any more.
    expect(store.ready).toEqual([])
    const mapping = { ...blankMapping, columns: { bankDay: 0, amount: 1 } }
    bridge.answers['statements.glance'] = ({ ticket }) =>
      ok(ticket === first?.ticket ? plain(ticket) : glance(ticket, 'acquiring.csv'))
    await store.change(first?.key ?? 0, { mapping, given: { currency: 'EUR' } })
    expect(await store.importReady()).toBe(true)
    expect(bridge.inputsOf('statements.import')).toEqual([
      {
        files: [
          {
            ticket: first?.ticket,
            duplicates: 'keep',
            encoding: 'ibm866',
            mapping,
            given: { currency: 'EUR' },
          },
        ],
      },
    ])
    expect(store.files.map((file) => file.name)).toEqual(['acquiring.csv'])
  })

  it('wait while something about them is still to be said', async () => {
    const { value: store, bridge } = inbox({
      'statements.glance': ({ ticket, given }) =>
        ok(plain(ticket, { needs: given?.currency ? [] : ['currency'] })),
    })
    await store.add([bank])
    expect(store.ready).toEqual([])
    await store.change(store.files[0]?.key ?? 0, { given: { currency: 'BYN' } })
    expect(store.ready).toHaveLength(1)
    expect(bridge.inputsOf('statements.glance').at(-1)?.given).toEqual({ currency: 'BYN' })
  })

  it('count what will be imported by what is done with repeats', async () => {
    const { value: store } = inbox()
    await store.add([bank])
    const [file] = store.files
    if (!file) throw new Error('no file')
    expect(countsOf(file)).toEqual({ fresh: 11, known: 2, doubtful: 1 })
    const counts = (['ask', 'skip', 'keep'] as const).map((duplicates) =>
      linesToImport({ ...file, duplicates }),
    )
    expect(counts).toEqual([11, 11, 14])
  })

  it('stay with their reason when the import refused them, and go when it took them', async () => {
    const files = [
      { name: 'a.txt', fileId: 5, lines: 11, known: 2, doubtful: 0, problems: 0, fault: null },
      {
        name: 'b.txt',
        fileId: null,
        lines: 0,
        known: 0,
        doubtful: 0,
        problems: 0,
        fault: { code: 'ledger.full' as const },
      },
    ]
    const { value: store, bridge } = inbox({
      'statements.glance': ({ ticket }) => ok(plain(ticket)),
      'statements.import': () => ok({ ...importJob(), result: { kind: 'import', files } }),
    })
    await store.add([new File(['x'], 'a.txt'), new File(['x'], 'b.txt')])
    bridge.answers['statements.glance'] = () => new Promise(() => undefined)
    await store.importReady()
    expect(store.files.map((file) => [file.name, file.fault?.code, file.importing])).toEqual([
      ['b.txt', 'ledger.full', false],
    ])
  })

  it('get the results that bear their names, whatever else an import tells of', async () => {
    const result = (name: string, fault: Fault | null = null) => ({
      ...{ name, fileId: null, lines: 0, known: 0, doubtful: 0, problems: 0, fault },
    })
    const results = [result('a.txt'), result('b.zip › 1.txt'), result('b.zip › 2.txt'), result('a.txt')]
    expect(resultsByFile(['a.txt', 'b.zip', 'a.txt', 'c.txt'], results)).toEqual([
      [results[0]],
      [results[1], results[2]],
      [results[3]],
      [],
    ])
  })

  it('share one word about repeats, where a word makes sense', async () => {
    const known = (ticket: string) => {
      const found = plain(ticket)
      return { ...found, statements: found.statements.map((one) => ({ ...one, doubtfulLines: 0 })) }
    }
    const { value: store } = inbox({
      'statements.glance': ({ ticket }) => ok(ticket.endsWith('2') ? known(ticket) : plain(ticket)),
    })
    await store.add([bank, new File(['x'], 'known.txt')])
    expect(commonChoice(store.repeating)).toBe('ask')
    store.repeatsInAll('skip')
    expect(store.files.map((file) => file.duplicates)).toEqual(['skip', 'ask'])
    expect(commonChoice(store.repeating)).toBe('skip')
    await store.change(store.files[1]?.key ?? 0, { duplicates: 'keep' })
    expect(commonChoice(store.repeating)).toBeNull()
    store.repeatsInAll('keep')
    expect(commonChoice(store.repeating)).toBe('keep')
  })

  it('of an unknown format may be read as tables where they are text', async () => {
    const rows = (name: string) => [name === 'bytes.bin' ? ['a\u0000b'] : ['a', 'b']]
    const asked: string[] = []
    const { value: store, bridge } = inbox({
      'statements.unpack': ({ ticket }) =>
        ok([{ ticket: ticket as Ticket, name: ticket.endsWith('1') ? 'list.txt' : 'bytes.bin', bytes: 9 }]),
      'statements.glance': ({ ticket, format }) => {
        if (!format) return no({ code: 'statement.unknownFormat' })
        const name = ticket.endsWith('1') ? 'list.txt' : 'bytes.bin'
        asked.push(name)
        const found = glance(ticket, 'acquiring.csv')
        return ok({
          ...found,
          needs: ['mapping'],
          table: found.table && { ...found.table, rows: rows(name) },
        })
      },
    })
    await store.add([new File(['x'], 'list.txt'), new File(['x'], 'bytes.bin')])
    expect([...asked].sort()).toEqual(['bytes.bin', 'list.txt'])
    expect(store.files.map((file) => [file.fault?.code, file.tabular])).toEqual([
      ['statement.unknownFormat', true],
      ['statement.unknownFormat', false],
    ])
    const [list] = store.files
    await store.change(list?.key ?? 0, { format: 'csv' })
    expect(store.files.map((file) => [file.fault?.code, needsMapping(file)])).toEqual([
      [undefined, true],
      ['statement.unknownFormat', false],
    ])
    expect(bridge.inputsOf('statements.glance').at(-1)).toEqual({ ticket: list?.ticket, format: 'csv' })
  })

  it('come back whole when their import is stopped', async () => {
    const running: JobSnapshot = { ...importJob(), state: 'running', result: null, endedAt: null }
    const { value: store, bridge } = inbox({
      'statements.glance': ({ ticket }) => ok(plain(ticket)),
      'statements.import': () => ok(running),
    })
    await store.add([bank])
    const imported = store.importReady()
    await settle()
    expect([store.importing, store.ready.length]).toEqual([true, 0])
    bridge.tell('jobs.changed', { ...running, state: 'stopped', rev: 99 })
    expect(await imported).toBe(false)
    await settle()
    expect([store.importing, store.ready.length]).toEqual([false, 1])
  })

  it('are imported all together also while one is being looked at again', async () => {
    const counted = Promise.withResolvers<void>()
    let glances = 0
    const { value: store, bridge } = inbox({
      'statements.glance': async ({ ticket }) => {
        if (++glances > 2) await counted.promise
        return ok(plain(ticket))
      },
      'statements.import': () => ok(importJob()),
    })
    await store.add([bank, table])
    expect(store.ready.length).toBe(2)
    bridge.tell('ledger.changed', {
      areas: ['statements'],
      portalId: null,
      at: '2026-11-28T10:00:00.000Z',
    })
    await expect.poll(() => store.reading).toBe(2)
    const imported = store.importReady()
    counted.resolve()
    await imported
    expect(bridge.inputsOf('statements.import').map(({ files }) => files.length)).toEqual([2])
  })

  it('go to the ledger in portions of two hundred', async () => {
    const { value: store, bridge } = inbox({
      'statements.glance': ({ ticket }) => ok(plain(ticket)),
      'statements.import': (input) =>
        ok({
          ...importJob(),
          id: `j_import${input.files.length}000` as never,
          result: {
            kind: 'import',
            files: input.files.map(({ ticket }) => ({
              name: `${Number(ticket.slice(2)) - 1}.txt`,
              fileId: 1,
              lines: 1,
              known: 0,
              doubtful: 0,
              problems: 0,
              fault: null,
            })),
          },
        }),
    })
    await store.add(Array.from({ length: 230 }, (_, at) => new File(['x'], `${at}.txt`)))
    expect(await store.importReady()).toBe(true)
    expect(bridge.inputsOf('statements.import').map(({ files }) => files.length)).toEqual([200, 30])
    expect(store.files).toEqual([])
  })

  it('keep a refused file with its reason, and keep everything when the import is refused', async () => {
    const { value: store } = inbox({
      'statements.glance': () => no({ code: 'statement.unknownFormat' }),
      'statements.import': () => no({ code: 'ledger.full' }),
    })
    await store.add([bank])
    expect(store.files.map((file) => [file.fault?.code, isReady(file)])).toEqual([
      ['statement.unknownFormat', false],
    ])
    expect(await store.importReady()).toBe(false)
    expect(store.files).toHaveLength(1)
  })

  it('leave out what was imported before', async () => {
    const { value: store } = inbox({
      'statements.glance': ({ ticket }) => ok(plain(ticket, { importedAs: 3 as never })),
    })
    await store.add([bank])
    expect(store.ready).toEqual([])
  })

  it('stop being read when the person says so, those that were not begun too', async () => {
    const { value: store, bridge } = inbox({ 'statements.glance': () => new Promise(() => undefined) })
    void store.add(Array.from({ length: 5 }, (_, at) => new File(['x'], `${at}.txt`)))
    await settle()
    store.stopReading()
    await settle()
    expect(store.files.map((file) => [file.busy, file.fault?.code])).toEqual(
      Array.from({ length: 5 }, () => [false, 'call.abandoned']),
    )
    expect(bridge.calls().filter((name) => name === 'statements.glance')).toHaveLength(3)
    expect(bridge.sent.filter((frame) => 'abandon' in frame)).toHaveLength(3)
  })

  it('are looked at again when the ledger changed', async () => {
    const { value: store, bridge } = inbox({ 'statements.glance': ({ ticket }) => ok(plain(ticket)) })
    await store.add([bank])
    bridge.answers['statements.glance'] = ({ ticket }) => ok(plain(ticket, { importedAs: 3 as never }))
    bridge.tell('ledger.changed', { areas: ['statements'], portalId: null, at: '2026-11-21T06:00:00.000Z' })
    await new Promise((later) => setTimeout(later, 200))
    expect(store.ready).toEqual([])
  })

  it('close the panel with the last one', async () => {
    const { value: store } = inbox()
    await store.add([bank])
    expect(store.open).toBe(true)
    store.remove(store.files[0]?.key ?? 0)
    expect([store.open, store.files]).toEqual([false, []])
  })
})
