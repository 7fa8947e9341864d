import { afterEach, beforeEach, expect, it } from 'vitest'
import { camt, entry, mt940, openDesk, own } from './kit.ts'
import type { Desk } from './kit.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

const payer = (name: string, purpose: string): string =>
  `<NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>${name}</Nm></Pty></Dbtr></RltdPties>
<RmtInf><Ustrd>${purpose}</Ustrd></RmtInf></TxDtls></NtryDtls>`

const swift = mt940([
  ':61:2610051005C100,00NTRFNONREF',
  ':86:Invoice 7 Wood Ltd',
  ':61:2610061006C250,00NTRFNONREF',
  ':86:Invoice 8 Stone Ltd',
])
const iso = camt('053', [
  entry('100.00', payer('WOOD LIMITED', 'INV 7')),
  entry('300.00', payer('SAND LIMITED', 'INV 9'), '2026-10-06'),
])

it('a file is seen before the import as the import then finds it', async () => {
  await desk.bring('swift.sta', swift)
  const glance = async () => {
    const shown = await desk.call('statements.glance', { ticket: await desk.ticket('iso.xml', iso) })
    return shown.statements.map(({ account, lines, newLines, knownLines, doubtfulLines }) => [
      account,
      lines,
      newLines,
      knownLines,
      doubtfulLines,
    ])
  }
  expect(await glance()).toEqual([[own, 2, 1, 0, 1]])
  expect(await desk.bring('iso.xml', iso)).toMatchObject({ lines: 2, known: 0, fault: null })
  const [newest] = await desk.call('statements.list', undefined)
  expect(newest).toMatchObject({ fileName: 'iso.xml', lines: 2, knownLines: 0, doubtfulLines: 1 })
  expect(await glance()).toEqual([[own, 2, 0, 2, 0]])
})

it('a doubtful line is shown beside its twin, judged, and judged again', async () => {
  await desk.bring('swift.sta', swift)
  const { fileId } = await desk.bring('iso.xml', iso)
  const doubtful = async () =>
    (await desk.call('statements.lines', { filter: { standing: ['doubtful'] } })).rows
  const [row, ...others] = await doubtful()
  expect(others).toEqual([])
  const detail = await desk.call('statements.line', { lineId: row?.id as never })
  expect(detail.row).toMatchObject({ amountMinor: 10_000, standing: 'doubtful', twinOf: detail.twin?.row.id })
  expect(detail.twin).toMatchObject({ fileName: 'swift.sta', row: { purpose: 'Invoice 7 Wood Ltd' } })
  expect(await desk.call('statements.judge', { fileId: fileId as never, verdict: 'same' })).toEqual({
    lines: 1,
  })
  expect(await doubtful()).toEqual([])
  expect((await desk.call('statements.lines', { filter: { standing: ['duplicate'] } })).total).toBe(1)
  expect(await desk.call('statements.judge', { lineIds: [row?.id as never], verdict: 'separate' })).toEqual({
    lines: 1,
  })
  expect((await desk.call('statements.lines', { filter: { standing: ['open'] } })).total).toBe(4)
  expect((await desk.call('journal.page', { filter: { kind: ['lines.judged'] } })).total).toBe(2)
  expect(await desk.fault('statements.judge', { verdict: 'same' })).toMatchObject({ code: 'input.invalid' })
})

it('the choice at the import is kept to', async () => {
  await desk.bring('swift.sta', swift)
  expect(await desk.bring('iso.xml', iso, { duplicates: 'skip' })).toMatchObject({ lines: 2, known: 1 })
  const again = await desk.bring('swift-again.sta', swift)
  expect(again.fault).toEqual({ code: 'statement.alreadyImported', fileId: '1' })
  expect(await desk.bring('swift-again.sta', swift, { duplicates: 'keep' })).toMatchObject({
    lines: 2,
    known: 0,
  })
  const { rows } = await desk.call('statements.lines', {})
  expect(rows.map(({ standing }) => standing).toSorted()).toEqual([
    'duplicate',
    'open',
    'open',
    'open',
    'open',
    'open',
  ])
})

it('overlapping statements are listed as repeats where all their lines are known, until one is forgotten', async () => {
  const closed = (text: string, sum: string): string => `${text}:62F:C261006EUR${sum}\r\n-\r\n`
  await desk.bring('a.sta', closed(swift, '350,00'))
  const { fileId } = await desk.bring('b.sta', `${closed(swift, '350,00')}\r\n`)
  expect((await desk.call('statements.chain', undefined)).map(({ kind }) => kind)).toEqual(['repeat'])
  expect(desk.kept()).toHaveLength(2)
  await desk.call('statements.forget', { fileId: fileId as never })
  expect(await desk.call('statements.chain', undefined)).toEqual([])
  expect(desk.kept()).toHaveLength(1)
})

it('a verdict that is taken back takes back what it did to the repeats of the line', async () => {
  await desk.bring('swift.sta', swift)
  const first = await desk.bring('iso.xml', iso)
  // The same entry letter by letter, with another one beside it.
  const again = camt('053', [
    entry('100.00', payer('WOOD LIMITED', 'INV 7')),
    entry('7.00', payer('CLAY LIMITED', 'INV 3')),
  ])
  const second = await desk.bring('again.xml', again)
  const line = async (fileId: number | null, amountMinor: number) => {
    const { rows } = await desk.call('statements.lines', { filter: { fileId: fileId as never } })
    return rows.find((row) => row.amountMinor === amountMinor)
  }
  const judged = await line(first.fileId, 10_000)
  const ids = [judged?.id as never]
  expect((await line(second.fileId, 10_000))?.twinOf).toBe(judged?.id)
  await desk.call('statements.judge', { lineIds: ids, verdict: 'same' })
  await desk.call('statements.judge', { lineIds: ids, verdict: 'separate' })
  expect(await line(second.fileId, 10_000)).toMatchObject({ standing: 'duplicate', twinOf: judged?.id })
  await desk.call('statements.forget', { fileId: first.fileId as never })
  expect((await line(second.fileId, 10_000))?.standing).toMatch(/open|doubtful/)
})

it('a verdict of its own money can be changed for good', async () => {
  await desk.bring('swift.sta', swift)
  const { fileId } = await desk.bring('iso.xml', iso)
  await desk.call('statements.judge', { fileId: fileId as never, verdict: 'separate' })
  const { rows } = await desk.call('statements.lines', { filter: { fileId: fileId as never } })
  const row = rows.find(({ amountMinor }) => amountMinor === 10_000)
  expect(row).toMatchObject({ standing: 'open', twinOf: expect.any(Number) as number })
  const same = { lineIds: [row?.id as never], verdict: 'same' as const }
  expect(await desk.call('statements.judge', same)).toEqual({ lines: 1 })
})
