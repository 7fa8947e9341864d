import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import exceljs from 'exceljs'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { writeXlsx } from '../../../electron/backend/files/writers/xlsx.ts'
import type { Cell, Sheet } from '../../../electron/domain/reports/cells.ts'

process.env.TZ = 'Europe/Moscow'
const folder = mkdtempSync(join(tmpdir(), 'sverka-xlsx-'))
const path = join(folder, 'report.xlsx')
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(() => void vi.useRealTimers())

const text = (said: string): Cell => ({ kind: 'text', text: said })
const sheetOf = (rows: Iterable<readonly Cell[]>, name = 'One'): Sheet => ({
  name,
  columns: [
    { title: 'Number', width: 14 },
    { title: 'Sum', width: 18, align: 'right' },
    { title: 'Day', width: 12 },
  ],
  rows,
})

async function read(sheets: readonly Sheet[]): Promise<exceljs.Workbook> {
  await writeXlsx(path, sheets, () => undefined)
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.readFile(path)
  return workbook
}
async function readOne(sheet: Sheet): Promise<exceljs.Worksheet> {
  const [worksheet] = (await read([sheet])).worksheets
  if (!worksheet) throw new Error('no sheet')
  return worksheet
}

/** The first sheet as it stands in the file (PKWARE APPNOTE 4.3.7: a name is followed by what it names, if it has no extra field). */
function sheetXml(): string {
  const bytes = readFileSync(path)
  const name = 'xl/worksheets/sheet1.xml'
  return inflateRawSync(bytes.subarray(bytes.indexOf(name) + name.length)).toString()
}

describe('a report as XLSX', () => {
  it('types numbers and dates and keeps ids text', async () => {
    const row: Cell[] = [
      text('3653/1'),
      { kind: 'money', minor: -1_243_005, currency: 'RUB' },
      { kind: 'day', day: '2026-11-21' },
    ]
    const more: Cell[] = [
      text('00042'),
      { kind: 'moment', at: '2026-11-21T22:30:00.000Z' },
      { kind: 'percent', share: 0.25 },
      { kind: 'number', value: 7 },
    ]
    const sheet = await readOne(sheetOf([row, more]))
    expect(sheet.getRow(2).values).toEqual([
      undefined,
      '3653/1',
      -12_430.05,
      new Date('2026-11-21T00:00:00Z'),
    ])
    expect(sheet.getRow(3).values).toEqual([undefined, '00042', new Date('2026-11-22T01:30:00Z'), 0.25, 7])
    expect(['A2', 'B2', 'C2', 'B3', 'C3'].map((cell) => sheet.getCell(cell).numFmt)).toEqual([
      '@',
      '#,##0.00',
      'dd.mm.yyyy',
      'dd.mm.yyyy hh:mm:ss',
      '0.0%',
    ])
    expect(['A2', 'B2'].map((cell) => sheet.getCell(cell).type)).toEqual([
      exceljs.ValueType.String,
      exceljs.ValueType.Number,
    ])
  })

  it('writes money exactly, in the digits of its currency', async () => {
    const sums: Cell[] = [
      { kind: 'money', minor: 1234, currency: 'JPY' },
      { kind: 'money', minor: 1234, currency: 'KWD' },
      { kind: 'money', minor: 123_456_789_012_345, currency: 'RUB' },
    ]
    const sheet = await readOne(sheetOf([sums]))
    expect(sheet.getRow(2).values).toEqual([undefined, 1234, 1.234, 1_234_567_890_123.45])
    expect(['A2', 'B2'].map((cell) => sheet.getCell(cell).numFmt)).toEqual(['#,##0', '#,##0.000'])
  })

  it('freezes and marks the titles, sets widths, filters over the rows but not over the totals', async () => {
    const sheet = await readOne({
      ...sheetOf([[text('1')], [text('2')]]),
      footer: () => [[text('Total'), { kind: 'money', minor: 300, currency: 'EUR' }]],
    })
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1, topLeftCell: 'A2' })
    expect(sheet.autoFilter).toBe('A1:C3')
    expect(sheet.columns.map(({ width }) => width)).toEqual([14, 18, 12])
    expect(sheet.getCell('A1').font).toMatchObject({ bold: true })
    expect(sheet.getCell('A1').fill).toMatchObject({ fgColor: { argb: 'FFEAF2FB' } })
    expect(sheet.getCell('B1').alignment).toEqual({ horizontal: 'right' })
    expect(sheet.getRow(4).values).toEqual([undefined, 'Total', 3])
    expect(sheet.getCell('B4').font).toMatchObject({ bold: true })
    expect(sheet.getCell('A2').font?.bold).toBeUndefined()
    expect(sheet.pageSetup).toMatchObject({ orientation: 'landscape', fitToPage: true })
  })

  it('holds any text: markup, line breaks, blanks at the ends, signs that XML forbids', async () => {
    const sheet = await readOne(
      sheetOf([[text('<a href="x">&amp;</a>'), text(' two\r\nlines '), text('=1+1')]]),
    )
    // Read by eye: exceljs takes marks of XML out of such a cell once too often.
    expect(sheetXml()).toContain('<v>&lt;a href=&quot;x&quot;&gt;&amp;amp;&lt;/a&gt;</v>')
    expect(['B2', 'C2'].map((cell) => sheet.getCell(cell).value)).toEqual([' two\nlines ', '=1+1'])
    expect(sheet.getCell('C2').type).toBe(exceljs.ValueType.String)
    const odd = await readOne(
      sheetOf([
        [text('a\u0000b\u001fc\uffffd'), text('_x0041_'), text('half \ud83d sign')],
        [text('whole 😀 sign')],
      ]),
    )
    // Spreadsheets read `_x005F_` as the low line it stands for; exceljs hands it on as it is.
    expect(odd.getRow(2).values).toEqual([undefined, 'abcd', '_x005F_x0041_', 'half \ufffd sign'])
    expect(odd.getCell('A3').value).toBe('whole 😀 sign')
    const long = await readOne(sheetOf([[text('x'.repeat(40_000))]]))
    expect(long.getCell('A2').text).toHaveLength(32_767)
  })

  it('gives sheets names that Excel takes, none twice', async () => {
    const names = [
      'In/Out',
      'in:out',
      'A name that is much longer than thirty-one characters',
      'A name that is much longer than thirty characters',
    ]
    const workbook = await read(names.map((name) => sheetOf([], name)))
    expect(workbook.worksheets.map(({ name }) => name)).toEqual([
      'In Out',
      'in out 2',
      'A name that is much longer t',
      'A name that is much longer t 2',
    ])
  })

  it('counts rows of all sheets, and tells every five hundredth', async () => {
    const rows = Array.from({ length: 800 }, () => [text('1')])
    const told: number[] = []
    expect(await writeXlsx(path, [sheetOf(rows), sheetOf(rows, 'Two')], (count) => told.push(count))).toBe(
      1600,
    )
    expect(told).toEqual([500, 1000, 1500])
  })

  it('stops where it is told to, reads no further, and lets the file go', async () => {
    let taken = 0
    const rows = function* () {
      for (; taken < 100_000; taken += 1) yield [text('1')]
    }
    const stop = (count: number): void => {
      if (count === 1000) throw new Error('stop')
    }
    await expect(writeXlsx(path, [sheetOf(rows())], stop)).rejects.toThrow('stop')
    expect(taken).toBe(999)
    rmSync(path)
    await readOne(sheetOf([[text('1')]]))
  })

  it('says when the file cannot be written', async () => {
    const rows = Array.from({ length: 5000 }, (_, index) => [
      text(`${index}/1`),
      text('the purpose of a payment, as long as they are'),
    ])
    const missing = join(folder, 'missing', 'report.xlsx')
    await expect(writeXlsx(missing, [sheetOf(rows)], () => undefined)).rejects.toThrow('ENOENT')
    await expect(writeXlsx(missing, [sheetOf([])], () => undefined)).rejects.toThrow('ENOENT')
  })

  it('is the same file for the same rows at the same moment', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-21T09:00:00Z') })
    const sheets = (): Sheet[] => [sheetOf([[text('3653/1')]])]
    await writeXlsx(path, sheets(), () => undefined)
    const first = readFileSync(path)
    await writeXlsx(path, sheets(), () => undefined)
    expect(readFileSync(path).equals(first)).toBe(true)
  })

  it('of many rows is read whole', async () => {
    const rows = Array.from({ length: 8_000 }, (_, index) => [
      text(`${index}/1`),
      text('the purpose of a payment, as long as they are'),
    ])
    const sheet = await readOne(sheetOf(rows))
    expect(sheet.rowCount).toBe(8_001)
    expect(sheet.getCell('A8001').value).toBe('7999/1')
  })
})
