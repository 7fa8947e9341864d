import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, inflateRawSync } from 'node:zlib'
import exceljs from 'exceljs'
import { afterAll, describe, expect, it } from 'vitest'
import { columnName, escapeXml } from '../../../electron/backend/files/writers/xlsx-parts.ts'
import { writeXlsx } from '../../../electron/backend/files/writers/xlsx.ts'
import { createZip } from '../../../electron/backend/files/writers/zip.ts'
import type { Cell, Sheet } from '../../../electron/domain/reports/cells.ts'

process.env.TZ = 'Europe/Moscow'
const folder = mkdtempSync(join(tmpdir(), 'sverka-xlsx-'))
const path = join(folder, 'report.xlsx')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

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
  writeXlsx(path, sheets, () => undefined)
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.readFile(path)
  return workbook
}
async function readOne(sheet: Sheet): Promise<exceljs.Worksheet> {
  const [worksheet] = (await read([sheet])).worksheets
  if (!worksheet) throw new Error('no sheet')
  return worksheet
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
    expect(sheet.getCell('A2').font.bold).toBeUndefined()
    expect(sheet.pageSetup).toMatchObject({ orientation: 'landscape', fitToPage: true })
  })

  it('holds any text: markup, line breaks, blanks at the ends, signs that XML forbids', async () => {
    const sheet = await readOne(
      sheetOf([[text('<a href="x">&amp;</a>'), text(' two\r\nlines '), text('=1+1')]]),
    )
    expect(sheet.getRow(2).values).toEqual([undefined, '<a href="x">&amp;</a>', ' two\nlines ', '=1+1'])
    expect(sheet.getCell('C2').type).toBe(exceljs.ValueType.String)
    expect(escapeXml('a\u0000b')).toBe('a_x0000_b')
    expect(escapeXml('_x0041_')).toBe('_x005F_x0041_')
    expect(escapeXml('half \ud83d sign')).toBe('half \ufffd sign')
    expect(escapeXml('whole 😀 sign')).toBe('whole 😀 sign')
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

  it('counts rows of all sheets, tells every five hundredth, and stops where it is told to', () => {
    const rows = Array.from({ length: 800 }, () => [text('1')])
    const told: number[] = []
    expect(writeXlsx(path, [sheetOf(rows), sheetOf(rows, 'Two')], (count) => told.push(count))).toBe(1600)
    expect(told).toEqual([500, 1000, 1500])
    const stop = (): never => {
      throw new Error('stop')
    }
    expect(() => writeXlsx(path, [sheetOf(rows)], stop)).toThrow('stop')
  })

  it('is the same file for the same rows', () => {
    const sheets = (): Sheet[] => [sheetOf([[text('3653/1')]])]
    writeXlsx(path, sheets(), () => undefined)
    const first = readFileSync(path)
    writeXlsx(path, sheets(), () => undefined)
    expect(readFileSync(path).equals(first)).toBe(true)
  })

  it('counts columns as spreadsheets do', () => {
    expect([1, 26, 27, 52, 53, 702, 703].map(columnName)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA'])
  })
})

describe('an archive', () => {
  it('joins chunks that were packed each on its own', () => {
    const archive = join(folder, 'long.zip')
    const line = 'Сверка платежей 3653/1\n'
    const zip = createZip(archive)
    const entry = zip.begin('имя.txt')
    for (let index = 0; index < 30_000; index += 1) entry.write(line)
    entry.end()
    zip.end()
    zip.close()
    const bytes = readFileSync(archive)
    // PKWARE APPNOTE 4.3.7: crc at 14, sizes at 18 and 22, length of the name at 26, the data after the name.
    const packed = bytes.subarray(30 + 10, 30 + 10 + bytes.readUInt32LE(18))
    const whole = inflateRawSync(packed)
    expect(bytes.toString('utf8', 30, 40)).toBe('имя.txt')
    expect(whole.toString()).toBe(line.repeat(30_000))
    expect(bytes.readUInt32LE(14)).toBe(crc32(whole))
    expect(bytes.readUInt32LE(22)).toBe(whole.length)
    // 4.3.16: the directory's end stands last and says where the directory begins, after the only entry.
    const end = bytes.subarray(bytes.length - 22)
    expect([end.toString('latin1', 0, 4), end.readUInt16LE(10), end.readUInt32LE(16)]).toEqual([
      'PK\x05\x06',
      1,
      40 + packed.length,
    ])
  })

  it('of a long sheet is read whole', async () => {
    const rows = Array.from({ length: 8_000 }, (_, index) => [
      text(`${index}/1`),
      text('the purpose of a payment, as long as they are'),
    ])
    const sheet = await readOne(sheetOf(rows))
    expect(sheet.rowCount).toBe(8_001)
    expect(sheet.getCell('A8001').value).toBe('7999/1')
  })
})
