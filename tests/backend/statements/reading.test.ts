// How a file is read: what a person has to say, what is remembered, what is shown of it, and what stays of a stopped import.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ColumnMapping } from '../../../electron/contract/statement-file.ts'
import { writeStatement } from '../../bench/kit/statement-files.ts'
import { camt, entry, mt940, openDesk, own, zip } from './kit.ts'
import type { Desk } from './kit.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

const glance = async (name: string, content: string | Uint8Array) =>
  desk.call('statements.glance', { ticket: await desk.ticket(name, content) })

describe('a table', () => {
  /** Its words tell no program what its columns are. */
  const odd = (rows: readonly string[]): string => ['Tag;Wert;Wofür', ...rows, ''].join('\n')
  const march = odd(['03.04.2026;10,00;Rechnung 7', '04.04.2026;-2,50;Gebühr'])
  const april = `Bank der Stadt\n${odd(['05.05.2026;11,00;Rechnung 8'])}`
  const mapping: ColumnMapping = {
    delimiter: ';',
    skipRows: 1,
    columns: { bankDay: 0, amount: 1, purpose: 2 },
    dateOrder: 'dmy',
    decimalMark: ',',
    creditWords: [],
    invertSign: false,
    account: '',
  }
  const given = { account: own, currency: 'EUR' }

  it('that nobody knows is shown by its rows, refused, and known again once a person has told its columns', async () => {
    const first = await glance('march.csv', march)
    expect(first.needs).toContain('mapping')
    expect(first.table).toMatchObject({ certain: false, remembered: false, sheets: [] })
    expect(first.table?.rows[1]).toEqual(['03.04.2026', '10,00', 'Rechnung 7'])
    expect(await desk.bring('march.csv', march)).toMatchObject({ fault: { code: 'statement.mappingNeeded' } })
    expect(desk.kept()).toEqual([])

    expect(await desk.bring('march.csv', march, { mapping, given })).toMatchObject({ lines: 2, fault: null })
    const [remembered, ...others] = await desk.call('statements.tables', undefined)
    expect(others).toEqual([])
    expect(remembered).toMatchObject({ header: ['Tag', 'Wert', 'Wofür'], fileName: 'march.csv', mapping })

    // The header stands a row lower here; whose lines they are is not remembered.
    const second = await glance('april.csv', april)
    expect(second.table).toMatchObject({
      remembered: true,
      certain: false,
      mapping: { ...mapping, skipRows: 2 },
    })
    expect(await desk.bring('april.csv', april)).toMatchObject({ fault: { code: 'statement.mappingNeeded' } })
    expect(await desk.bring('april.csv', april, { given })).toMatchObject({ lines: 1, fault: null })

    await desk.call('statements.forgetTable', { id: remembered?.id ?? 0 })
    expect(await desk.call('statements.tables', undefined)).toEqual([])
    expect((await glance('may.csv', odd(['06.06.2026;12,00;x']))).table?.remembered).toBe(false)
  })

  it('shows at most two hundred of its rows', async () => {
    const rows = Array.from({ length: 500 }, (_, index) => `03.04.2026;${index},00;x`)
    expect((await glance('long.csv', odd(rows))).table?.rows).toHaveLength(200)
  })
})

describe('a poor format', () => {
  const qif = (dates: readonly string[]): string =>
    [
      '!Type:Bank',
      ...dates.flatMap((date, index) => [`D${date}`, `T${index + 1}.00`, 'PShop', '^']),
      '',
    ].join('\n')

  it('tells what a person has to say, is refused without it, and read with it', async () => {
    const text = qif(['03/04/2026', '05/06/2026'])
    expect((await glance('a.qif', text)).needs).toEqual(['account', 'currency', 'dateOrder'])
    expect(await desk.bring('a.qif', text)).toMatchObject({
      fileId: null,
      fault: { code: 'statement.givenNeeded', needs: 'account currency dateOrder' },
    })
    expect(await desk.call('statements.list', undefined)).toEqual([])
    expect(desk.kept()).toEqual([])
    const given = { currency: 'USD', account: '12345', dateOrder: 'dmy' as const }
    expect(await desk.bring('a.qif', text, { given })).toMatchObject({ lines: 2, fault: null })
    const { rows } = await desk.call('statements.lines', { sort: { column: 'index', descending: false } })
    expect(rows.map(({ bankDay, currency, account }) => [bankDay, currency, account])).toEqual([
      ['2026-04-03', 'USD', '12345'],
      ['2026-06-05', 'USD', '12345'],
    ])
  })
})

describe('issues', () => {
  it('are stored up to ten thousand, the others counted', async () => {
    const lines = Array.from({ length: 10_050 }, (_, index) => `:61:2613991399C${index},00NTRFNONREF`)
    const text = mt940([...lines, ':61:2610051005C5,00NTRFNONREF'])
    const { fileId, problems } = await desk.bring('bad.sta', text)
    expect(problems).toBeGreaterThanOrEqual(10_050)
    const issues = await desk.call('statements.issues', { fileId: fileId as never })
    expect(issues).toHaveLength(10_001)
    expect(issues.at(-1)).toMatchObject({ code: 'issues.more' })
    expect(Number(issues.at(-1)?.text)).toBeGreaterThanOrEqual(50)
    const [row] = await desk.call('statements.list', undefined)
    expect(row?.problems).toBe(problems)
  })
})

describe('a look', () => {
  it('says how the encoding was found, and shows letters by which a person can judge it', async () => {
    const { bytes } = writeStatement('1c', 3)
    const seen = await glance('a.txt', bytes)
    expect(seen).toMatchObject({ encoding: 'windows-1251', declaredEncoding: '' })
    expect(['proved', 'declared']).toContain(seen.encodingBy)
    expect(seen.sample).toContain('ВерсияФормата')
    expect(seen.sample.length).toBeLessThanOrEqual(400)
    const plain = await glance('a.sta', mt940([':61:2610051005C5,00NTRFNONREF']))
    expect(plain.sample).toBe('')
  })

  it('goes no further than the lines it was asked for', async () => {
    const { bytes } = writeStatement('1c', 2_000)
    const ticket = await desk.ticket('a.txt', bytes)
    const preview = await desk.call('statements.inspect', { ticket, lines: 7 })
    expect(
      preview.statements.map(({ lines, closingMinor, balanceOffMinor }) => [
        lines.length,
        closingMinor,
        balanceOffMinor,
      ]),
    ).toEqual([[7, null, null]])
  })

  it('at a line gives its bytes as letters and as figures', async () => {
    await desk.bring('a.xml', camt('053', [entry('5.00', '')]))
    const [row] = (await desk.call('statements.lines', {})).rows
    const { raw, hex, twin } = await desk.call('statements.line', { lineId: row?.id as never })
    expect(raw.startsWith('<Ntry>')).toBe(true)
    expect(hex.startsWith('3c4e7472793e')).toBe(true)
    expect(hex).toHaveLength(2 * raw.length)
    expect(twin).toBe(null)
  })
})

describe('an archive', () => {
  const one = mt940([':61:2610051005C5,00NTRFNONREF'])
  const two = camt('053', [entry('7.00', '', '2026-10-08')])

  it('is imported file by file, each by its own name, a bad one stopping none', async () => {
    const packed = zip({ 'in/one.sta': one, 'notes.txt': 'nothing here', 'two.xml': two })
    const files = await desk.bringAll('bank.zip', packed)
    expect(files.map(({ name, lines, fault }) => [name, lines, fault?.code ?? null])).toEqual([
      ['bank.zip › in/one.sta', 1, null],
      ['bank.zip › notes.txt', 0, 'statement.unknownFormat'],
      ['bank.zip › two.xml', 1, null],
    ])
    expect(
      (await desk.call('statements.list', undefined)).map(({ fileName }) => fileName).toSorted(),
    ).toEqual(['bank.zip › in/one.sta', 'bank.zip › two.xml'])
    expect(desk.kept()).toHaveLength(2)
    expect(desk.left()).toEqual([])
    const [row] = (await desk.call('statements.lines', { filter: { account: own } })).rows
    expect((await desk.call('statements.line', { lineId: row?.id as never })).raw).not.toBe('')
    const again = await desk.bringAll('bank.zip', packed)
    expect(again.map(({ fault }) => fault?.code)).toEqual([
      'statement.alreadyImported',
      'statement.unknownFormat',
      'statement.alreadyImported',
    ])
  })

  it('is looked into, and no file to glance at', async () => {
    const ticket = await desk.ticket('bank.zip', zip({ 'one.sta': one }))
    expect(await desk.call('statements.inspect', { ticket })).toMatchObject({
      format: 'zip',
      members: [{ name: 'one.sta', format: 'mt940', lines: 1 }],
      statements: [{ part: 'one.sta' }],
    })
    expect(await desk.fault('statements.glance', { ticket })).toEqual({ code: 'statement.archive' })
    expect(desk.left()).toEqual([])
  })

  it('tells of no more problems than one file does', async () => {
    const bad = mt940(Array.from({ length: 6000 }, () => ':61:26100510XX5C,00NTRFNONREF'))
    const ticket = await desk.ticket('bank.zip', zip({ 'a.sta': bad, 'b.sta': bad }))
    const { issues } = await desk.call('statements.inspect', { ticket })
    expect(issues).toHaveLength(10_001)
    expect(issues.at(-1)?.code).toBe('issues.more')
  })

  it('that is refused leaves nothing', async () => {
    expect(await desk.bring('bad.zip', zip({ a: one }).subarray(0, 60))).toMatchObject({
      name: 'bad.zip',
      fault: { code: 'archive.damaged' },
    })
    expect([desk.kept(), desk.left()]).toEqual([[], []])
  })

  it.each([0, 1])('stopped after %i files leaves nothing of the one it stood at', async (before) => {
    const { bytes } = writeStatement('1c', 12_000)
    const packed = zip({
      ...(before === 1 ? { 'one.sta': one } : {}),
      'two.txt': new TextDecoder('windows-1251').decode(bytes),
    })
    const files = [{ ticket: await desk.ticket('bank.zip', packed) }]
    desk.changes()
    const { id } = await desk.call('statements.import', { files })
    while (desk.kept().length <= before) await new Promise((resolve) => setTimeout(resolve, 2))
    await desk.call('jobs.stop', { jobId: id })
    const job = await desk.ended(id)
    expect(job).toMatchObject({ state: 'stopped', fault: null, result: { files: { length: before } } })
    expect([desk.kept().length, desk.left()]).toEqual([before, []])
    expect(await desk.call('statements.list', undefined)).toHaveLength(before)
    expect(desk.changes()).toContain('statements')
  })
})
