import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createWorkbookReader,
  readWorkbookRow,
  readWorkbookTable,
} from '../../../../electron/domain/statements/workbook/workbook.ts'
import type { CellXml } from './workbook-fixtures.ts'
import {
  faultOf,
  header,
  packageOf,
  rowXml,
  sheetXml,
  styled,
  tellAsFound,
  tellWorkbook,
} from './workbook-fixtures.ts'

const formats = ['dd.mm.yyyy', '000000000', '#,##0.00']

function tell(rows: CellXml[][], first = 1) {
  return tellWorkbook(packageOf({ sheets: [{ name: 'Выписка', data: sheetXml(rows, first) }], formats }))
}

const codes = (told: { issues: { code: string }[] }) => told.issues.map(({ code }) => code)

describe('sums in a workbook', () => {
  it('lose the noise of computing and nothing else', () => {
    const { lines } = tell([
      header,
      ['07.03.2024', 30.000000000000004, 'RUB', 'A', 'one'],
      ['08.03.2024', -1234567.89, 'RUB', 'B', 'two'],
      ['09.03.2024', styled('0.1', 3), 'RUB', 'C', 'three'],
    ])
    expect(lines.map(({ amountMinor }) => amountMinor)).toEqual([3000, -123_456_789, 10])
  })

  it('with more digits than the currency has are no sums', () => {
    const told = tell([
      header,
      ['07.03.2024', '<c><v>9.87357142857143</v></c>', 'RUB'],
      ['08.03.2024', 5, 'RUB'],
    ])
    expect(told.lines.map(({ amountMinor }) => amountMinor)).toEqual([500])
    expect(told.issues.filter(({ code }) => code === 'amount.precision')).toMatchObject([
      { place: { line: 2, from: 0, to: 0, part: 'Выписка' }, weight: 'problem' },
    ])
  })

  it('written as text stand beside numbers', () => {
    const { lines } = tell([
      header,
      ['07.03.2024', '-59,06', 'EUR'],
      ['08.03.2024', '173.066,59', 'EUR'],
      ['09.03.2024', 1500.25, 'EUR'],
      ['10.03.2024', 29.125, 'RUB'],
    ])
    expect(lines.map(({ amountMinor }) => amountMinor)).toEqual([-5906, 17_306_659, 150_025])
  })

  it('that are errors or booleans are no sums', () => {
    const told = tell([
      header,
      ['07.03.2024', '<c t="e"><v>#N/A</v></c>', 'RUB'],
      ['08.03.2024', '<c t="b"><v>1</v></c>', 'RUB'],
      ['09.03.2024', 5, 'RUB'],
    ])
    expect(told.lines.map(({ amountMinor }) => amountMinor)).toEqual([500])
    expect(
      readWorkbookRow(
        packageOf({
          sheets: [{ name: 'S', data: rowXml(1, ['<c t="b"><v>1</v></c>', '<c t="e"><v>#N/A</v></c>']) }],
        }),
        'S',
        1,
      ),
    ).toEqual(['TRUE', '#N/A'])
  })

  it('of formulas that nobody computed are told, and a placeholder of zero is one', () => {
    const rows: CellXml[][] = [
      header,
      ['07.03.2024', '<c><f>B3*2</f></c>', 'RUB'],
      ['08.03.2024', '<c><f>1+4</f><v>5</v></c>', 'RUB'],
      ['09.03.2024', '<c><f>B3*3</f><v></v></c>', 'RUB'],
      ['10.03.2024', '<c><f>B3*3</f><v>0</v></c>', 'RUB'],
    ]
    const sheets = [{ name: 'S', data: sheetXml(rows) }]
    const afterSheets = '<calcPr calcId="1" fullCalcOnLoad="1"/>'
    const told = tellWorkbook(packageOf({ sheets, afterSheets }))
    expect(told.lines.map(({ amountMinor }) => amountMinor)).toEqual([500])
    const uncomputed = told.issues.filter(({ code }) => code === 'formula.uncomputed')
    expect(uncomputed.map(({ place }) => place.line)).toEqual([2, 4, 5])
    expect(tellWorkbook(packageOf({ sheets })).lines.map(({ amountMinor }) => amountMinor)).toEqual([500, 0])
  })
})

describe('days in a workbook', () => {
  it('are serial numbers with a date format, bare numbers under a date header, or text', () => {
    const { lines } = tell([
      header,
      [styled(45_358, 1), 1, 'RUB'],
      [styled(45_358.75, 1), 2, 'RUB'],
      [45_358.0416, 3, 'RUB'],
      ['07.03.2024', 4, 'RUB'],
      ['<c t="d"><v>2024-03-07T10:00:00</v></c>', 5, 'RUB'],
    ])
    expect(lines.map(({ bankDay }) => bankDay)).toEqual(Array.from({ length: 5 }, () => '2024-03-07'))
  })

  it('count from 1904 where the workbook says so', () => {
    const data = sheetXml([header, [styled(43_896, 1), 1, 'RUB'], [43_896.5, 2, 'RUB']])
    const book = '<workbookPr date1904="1"/>'
    const { lines } = tellWorkbook(packageOf({ sheets: [{ name: 'S', data }], formats, book }))
    expect(lines.map(({ bankDay }) => bankDay)).toEqual(['2024-03-07', '2024-03-07'])
  })

  it('that are the day which never was are an issue', () => {
    expect(codes(tell([header, [styled(60, 1), 1, 'RUB'], [styled(45_358, 1), 1, 'RUB']]))).toContain(
      'date.impossible',
    )
  })
})

describe('texts and numbers that name something', () => {
  it('keep leading zeros as text and as a format of zeros', () => {
    const rows: CellXml[][] = [
      ['Дата', 'Сумма', 'Валюта', 'ИНН контрагента', 'БИК', 'Номер документа'],
      ['07.03.2024', 1, 'RUB', '0123456789', styled(44_525_593, 2), '000017'],
    ]
    expect(tell(rows).lines[0]).toMatchObject({
      counterparty: { taxId: '0123456789', bankCode: '044525593' },
      documentNumber: '000017',
    })
  })

  it('an account stored as a number is never guessed', () => {
    const told = tell([
      header,
      ['07.03.2024', 1, 'RUB', 'A', 'x', '<c><v>4.0702810900000002E+19</v></c>'],
      ['08.03.2024', 1, 'RUB', 'B', 'y', '40702810900000000001'],
    ])
    expect(told.lines.map(({ counterparty }) => counterparty.account)).toEqual(['', '40702810900000000001'])
    expect(told.issues.filter(({ code }) => code === 'record.unreadable')).toMatchObject([
      { place: { line: 2 }, weight: 'problem', text: expect.stringContaining('40702810900000000000') },
    ])
  })

  it('shared, rich, phonetic and escaped strings are one text each', () => {
    const strings =
      '<si><r><t>Опла</t></r><r><rPr><b/></rPr><t>та &amp; налог</t></r><rPh><t>x</t></rPh></si><si><t>a_x000D_\nb</t></si><si/>'
    const data = sheetXml([
      header,
      ['07.03.2024', 1, 'RUB', '<c t="s"><v>2</v></c>', '<c t="s"><v>0</v></c>'],
      ['08.03.2024', 1, 'RUB', '<c t="s"><v>99</v></c>', '<c t="s"><v>1</v></c>'],
    ])
    const { lines } = tellWorkbook(packageOf({ sheets: [{ name: 'S', data }], strings }))
    expect(lines.map(({ purpose }) => purpose)).toEqual(['Оплата & налог', 'a b'])
    expect(lines.map(({ counterparty }) => counterparty.name)).toEqual(['', ''])
  })
})

describe('reading', () => {
  it('needs nobody where signs, days and marks settle the columns', () => {
    const data = sheetXml([
      header,
      [styled(45_358, 1), -1.5, 'RUB', 'A', 'x'],
      [styled(45_359, 1), 2, 'RUB', 'B', 'y'],
    ])
    const bytes = packageOf({ sheets: [{ name: 'S', data }], formats })
    expect(readWorkbookTable(bytes).certain).toBe(true)
    expect(tellAsFound(bytes).lines.map(({ amountMinor }) => amountMinor)).toEqual([-150, 200])
  })

  it('is the same wherever the chunks are cut', () => {
    const bytes = packageOf({ sheets: [{ name: 'S', data: sheetXml([header, ['07.03.2024', 1, 'RUB']]) }] })
    const whole = tellWorkbook(bytes)
    for (const piece of [1, 7, 100, 1000]) expect(tellWorkbook(bytes, {}, piece)).toEqual(whole)
  })

  it('stops gathering at 50 MB', () => {
    const sink = { open() {}, line() {}, close() {}, issue() {} }
    const reader = createWorkbookReader({ encoding: 'utf-8' }, sink)
    const megabyte = new Uint8Array(1024 * 1024)
    for (let at = 0; at < 50; at += 1) reader.write(megabyte)
    expect(faultOf(() => reader.write(new Uint8Array(1)))).toEqual({ code: 'file.tooLarge', limitMb: 50 })
  })

  it('gives back what a writer of workbooks was given', async () => {
    const text = fc.stringMatching(/^[A-Za-zА-я0-9№"&<>' .,]{1,30}$/)
    const line = fc.record({
      day: fc.integer({ min: 44_000, max: 46_000 }),
      minor: fc.integer({ min: 1, max: 1e9 }),
      name: text,
      purpose: text,
    })
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 20 }), async (made) => {
        const book = new ExcelJS.Workbook()
        const sheet = book.addWorksheet('Операции')
        sheet.addRow(header)
        for (const { day, minor, name, purpose } of made) {
          const added = sheet.addRow([
            new Date(Date.UTC(1899, 11, 30 + day)),
            minor / 100,
            'RUB',
            `x${name}x`,
            `x${purpose}x`,
          ])
          added.getCell(1).numFmt = 'dd.mm.yyyy'
        }
        const { lines } = tellWorkbook(new Uint8Array(await book.xlsx.writeBuffer()))
        expect(
          lines.map(({ bankDay, amountMinor, counterparty, purpose }) => [
            bankDay,
            amountMinor,
            counterparty.name,
            purpose,
          ]),
        ).toEqual(
          made.map(({ day, minor, name, purpose }) => [
            new Date(Date.UTC(1899, 11, 30 + day)).toISOString().slice(0, 10),
            minor,
            `x${name}x`,
            `x${purpose}x`,
          ]),
        )
      }),
      { numRuns: 25 },
    )
  })
})
