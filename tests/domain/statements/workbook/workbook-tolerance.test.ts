// What writers of packages do differently from each other, and what is said where something is missing.

import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { StatementIssue } from '../../../../electron/contract/statement.ts'
import {
  createWorkbookReader,
  readWorkbookRow,
} from '../../../../electron/domain/statements/workbook/workbook.ts'
import type { CellXml } from './workbook-fixtures.ts'
import {
  faultOf,
  header,
  packageOf,
  partsOf,
  rowXml,
  sheetXml,
  styled,
  tellAsFound,
  tellWorkbook,
  zipped,
} from './workbook-fixtures.ts'

const rows: CellXml[][] = [
  header,
  ['07.03.2024', -1.5, 'RUB', 'Ромашка', 'x'],
  ['08.03.2024', 2, 'RUB', 'B', 'y'],
]
const lines = [{ amountMinor: -150, counterparty: { name: 'Ромашка' } }, { amountMinor: 200 }]
/** That nobody says whose account it is does not matter here. */
const others = (issues: StatementIssue[]) => issues.filter(({ code }) => code !== 'account.missing')
const one = (data: string) => packageOf({ sheets: [{ name: 'S', data }] })

describe('packages of other writers', () => {
  it('with a row element for every cell, all of the same number, hold one row', () => {
    const data = rows
      .map((cells, at) =>
        cells
          .map((_cell, column) =>
            rowXml(
              at + 1,
              cells.map((cell, other) => (other === column ? cell : null)),
            ),
          )
          .join(''),
      )
      .join('')
    expect(tellWorkbook(one(data)).lines).toMatchObject(lines)
  })

  it('with names of cells in small letters hold them in their columns', () => {
    const bytes = one('<row r="1"><c r="a1"><v>1</v></c><c r="d1"><v>4</v></c><c r="aa1"><v>27</v></c></row>')
    const cells = readWorkbookRow(bytes, 'S', 1)
    expect([cells[0], cells[3], cells[26], cells.length]).toEqual(['1', '4', '27', 27])
  })

  it('count from 1904 although a later element of the same name does not say so', () => {
    const bytes = packageOf({
      sheets: [{ name: 'S', data: sheetXml([header, [styled(43_896, 1), 1, 'RUB']]) }],
      formats: ['dd.mm.yyyy'],
      book: '<workbookPr date1904="1"/>',
      afterSheets: '<extLst><ext><x15:workbookPr chartTrackingRefBase="1"/></ext></extLst>',
    })
    expect(tellWorkbook(bytes).lines).toMatchObject([{ bankDay: '2024-03-07' }])
  })

  it.each([
    ['little-endian with its mark', '\ufeff', true],
    ['little-endian without', '', true],
    ['big-endian with its mark', '\ufeff', false],
    ['big-endian without', '', false],
  ])('in UTF-16, %s, are read, and their cells counted', (_kind, mark, little) => {
    const wide = (text: string) => {
      const bytes = new Uint8Array(text.length * 2)
      const view = new DataView(bytes.buffer)
      for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), little)
      return bytes
    }
    const zip = (data: string) =>
      zipSync(
        Object.fromEntries(
          Object.entries(partsOf({ sheets: [{ name: 'Лист', data }] })).map(([name, text]) => [
            name,
            wide(mark + text),
          ]),
        ),
      )
    expect(tellWorkbook(zip(sheetXml(rows))).lines).toMatchObject(lines)
    const many = zip(`<row>${'<c><v>1</v></c>'.repeat(1000)}</row>`.repeat(1001))
    expect(faultOf(() => tellWorkbook(many))).toEqual({ code: 'statement.tooManyCells', limit: 1_000_000 })
  })

  it('hold one line end where one is escaped before the end of a line', () => {
    const bytes = one('<row r="1"><c r="A1" t="inlineStr"><is><t>a_x000D_\r\nb</t></is></c></row>')
    expect(readWorkbookRow(bytes, 'S', 1)).toEqual(['a\r\nb'])
  })

  it('hold days, and times where there is no day', () => {
    const texts = ['2024-03-07T00:00:00.000', '2024-03-07', '12:30:00', '1899-12-31T02:30:00.000', 'PT1H']
    const cells = texts.map((text) => `<c t="d"><v>${text}</v></c>`).join('')
    expect(readWorkbookRow(one(`<row>${cells}</row>`), 'S', 1)).toEqual([
      '2024-03-07',
      '2024-03-07',
      '12:30:00',
      '02:30:00',
      'PT1H',
    ])
  })

  it('name sheets of macros that have no part', () => {
    const parts = partsOf({ sheets: [{ name: 'S', data: sheetXml(rows) }] })
    const book = parts['xl/workbook.xml'] ?? ''
    parts['xl/workbook.xml'] = book.replace(
      '</sheets>',
      '<sheet name="Module" sheetId="9" r:id=""/></sheets>',
    )
    expect(tellWorkbook(zipped(parts)).lines).toMatchObject(lines)
  })

  it('whose links are lost keep their parts where everybody does', () => {
    const parts = partsOf({ sheets: [{ name: 'S', data: sheetXml(rows) }] })
    delete parts['xl/_rels/workbook.xml.rels']
    delete parts['_rels/.rels']
    expect(tellWorkbook(zipped(parts)).lines).toMatchObject(lines)
  })

  it('with rows numbered beyond the last one go on counting', () => {
    const data = sheetXml(rows.slice(0, 2)) + rowXml(232_000_000_000_000, rows[2] ?? [])
    expect(tellWorkbook(one(data)).lines.map(({ place }) => place.line)).toEqual([2, 3])
  })

  it('are read although the same buffer brings every piece', () => {
    const bytes = one(sheetXml(rows))
    const sums: number[] = []
    const reader = createWorkbookReader(
      { encoding: 'utf-8' },
      { open() {}, line: ({ amountMinor }) => sums.push(amountMinor), close() {}, issue() {} },
    )
    const buffer = Buffer.alloc(100)
    for (let at = 0; at < bytes.length; at += buffer.length) {
      const length = Math.min(buffer.length, bytes.length - at)
      buffer.set(bytes.subarray(at, at + length))
      reader.write(buffer.subarray(0, length))
    }
    reader.end()
    expect(sums).toEqual([-150, 200])
  })
})

describe('nothing is left out silently', () => {
  it('columns too far to the right are one issue a sheet', () => {
    const far = (row: number) => `<c r="IW${row}" t="inlineStr"><is><t>far ${row}</t></is></c>`
    const data = rows
      .map((cells, at) => rowXml(at + 1, cells).replace('</row>', `${far(at + 1)}</row>`))
      .join('')
    const told = tellWorkbook(one(data))
    expect(told.lines).toMatchObject(lines)
    expect(others(told.issues)).toEqual([
      { place: { line: 1, from: 0, to: 0, part: 'S' }, code: 'row.width', text: 'far 1', weight: 'problem' },
    ])
  })

  it('a sheet without its end is cut', () => {
    const parts = partsOf({ sheets: [{ name: 'S', data: sheetXml(rows) }] })
    const sheet = parts['xl/worksheets/sheet1.xml'] ?? ''
    parts['xl/worksheets/sheet1.xml'] = sheet.slice(0, sheet.indexOf('</sheetData>'))
    const told = tellWorkbook(zipped(parts))
    expect(told.lines).toMatchObject(lines)
    expect(others(told.issues)).toEqual([
      { place: { line: 3, from: 0, to: 0, part: 'S' }, code: 'file.cut', text: '', weight: 'problem' },
    ])
    expect(others(tellWorkbook(one(sheetXml(rows))).issues)).toEqual([])
  })
})

describe('small files that grow', () => {
  it('beyond 150 times their size are bombs long before the bound', () => {
    const parts = Object.fromEntries(
      Object.entries(partsOf({ sheets: [{ name: 'S', data: '' }] })).map(([name, text]) => [
        name,
        strToU8(text),
      ]),
    )
    parts['xl/worksheets/sheet1.xml'] = new Uint8Array(33 * 1024 * 1024).fill(0x20)
    expect(faultOf(() => tellWorkbook(zipSync(parts)))).toEqual({ code: 'archive.bomb', limitMb: 256 })
  })

  it('by one long text in every cell are refused at the row that is too long', () => {
    const strings = `<si><t>${'a'.repeat(600_000)}</t></si>`
    const data = sheetXml([
      header,
      ['<c t="s"><v>0</v></c>'],
      ['<c t="s"><v>0</v></c>', '<c t="s"><v>0</v></c>'],
    ])
    const bytes = packageOf({ sheets: [{ name: 'S', data }], strings })
    const fault = { code: 'statement.recordTooLong', line: 3, limitKb: 1024 }
    expect(faultOf(() => tellWorkbook(bytes))).toEqual(fault)
  })
})

describe('sheets that repeat others', () => {
  const month = (number: number, count: number): CellXml[][] =>
    Array.from({ length: count }, (_none, at) => [
      `0${at + 1}.0${number}.2024`,
      10 * number + at,
      'RUB',
      'A',
      `m${number}`,
    ])
  const book = (year: CellXml[][]) =>
    packageOf({
      sheets: [
        { name: 'Январь', data: sheetXml([header, ...month(1, 3)]) },
        { name: 'Февраль', data: sheetXml([header, ...month(2, 1)]) },
        { name: 'Год', data: sheetXml([header, ...year]) },
      ],
    })
  const told = (bytes: Uint8Array) => {
    const { lines: read, issues } = tellAsFound(bytes, {
      mapping: {
        delimiter: '\t',
        skipRows: 1,
        columns: { bankDay: 0, amount: 1, currency: 2, counterpartyName: 3, purpose: 4 },
        dateOrder: 'dmy',
        decimalMark: '.',
        creditWords: [],
        invertSign: false,
        account: '',
      },
    })
    return { sums: read.map(({ amountMinor }) => amountMinor), issues: others(issues) }
  }

  it('are told once, and which they were', () => {
    const { sums, issues } = told(book([...month(1, 3), ...month(2, 1)]))
    expect(sums).toEqual([1000, 1100, 1200, 2000])
    expect(issues.map(({ code, text, weight }) => [code, text, weight])).toEqual([
      ['sheet.skipped', 'Январь', 'problem'],
      ['sheet.skipped', 'Февраль', 'problem'],
    ])
  })

  it('in part are told where they do not', () => {
    const { sums, issues } = told(book([...month(1, 3), ...month(3, 1)]))
    expect(sums).toEqual([2000, 1000, 1100, 1200, 3000])
    expect(issues).toMatchObject([{ code: 'sheet.skipped', text: 'Январь' }])
  })

  it('in a line or two are money of their own', () => {
    const { sums, issues } = told(book([...month(2, 1), ...month(3, 3)]))
    expect(sums).toHaveLength(8)
    expect(issues).toEqual([])
  })
})

describe('balances above the header', () => {
  it('may stand under their labels', () => {
    const data = sheetXml([
      ['Счет', '40702810900000000001'],
      ['Входящий остаток', 'Обороты по дебету', 'Исходящий остаток'],
      [100, 1.5, 100.5],
      [],
      ...rows,
    ])
    const [head] = tellWorkbook(one(data)).heads
    expect(head).toMatchObject({
      openingMinor: 10_000,
      closingMinor: 10_050,
      account: '40702810900000000001',
    })
  })

  it('are none where the row below holds none', () => {
    const data = sheetXml([['Входящий остаток', 'Исходящий остаток'], ['нет', 'нет'], ...rows])
    expect(tellWorkbook(one(data)).heads).toMatchObject([{ openingMinor: null, closingMinor: null }])
  })
})
