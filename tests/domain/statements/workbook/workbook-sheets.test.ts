import { describe, expect, it } from 'vitest'
import {
  readWorkbookRow,
  readWorkbookTable,
} from '../../../../electron/domain/statements/workbook/workbook.ts'
import type { CellXml } from './workbook-fixtures.ts'
import {
  faultOf,
  header,
  packageOf,
  partsOf,
  rowXml,
  sheetXml,
  tellAsFound,
  tellWorkbook,
  zipped,
} from './workbook-fixtures.ts'

const formats = ['dd.mm.yyyy']

describe('the shape of sheets', () => {
  it('a used range that lies costs nothing', () => {
    const empties = Array.from(
      { length: 5000 },
      (_none, at) => `<row r="${at + 4}"><c r="A${at + 4}" s="1"/><c r="AMJ${at + 4}" s="1"/></row>`,
    )
    const data =
      sheetXml([header, ['07.03.2024', 1, 'RUB']]) +
      empties.join('') +
      '<row r="65536"><c r="AMJ65536"/></row>'
    const bytes = packageOf({
      sheets: [{ name: 'S', data, before: '<dimension ref="A1:AMJ65536"/>' }],
      formats,
    })
    expect(tellWorkbook(bytes).lines).toHaveLength(1)
    expect(readWorkbookTable(bytes).rows).toHaveLength(2)
  })

  it('rows and cells without names, with prefixes and in other cases are found', () => {
    const parts = partsOf({ sheets: [{ name: 'S', data: '' }] })
    const cell = (text: string) => `<x:c t="inlineStr"><x:is><x:t>${text}</x:t></x:is></x:c>`
    const row = (cells: CellXml[]) => `<x:row>${cells.map((text) => cell(String(text))).join('')}</x:row>`
    delete parts['xl/worksheets/sheet1.xml']
    parts['xl\\Worksheets\\Sheet1.xml'] =
      `<x:worksheet xmlns:x="m"><x:sheetData>${row(header)}${row(['07.03.2024', '5,00', 'RUB'])}</x:sheetData></x:worksheet>`
    expect(tellWorkbook(zipped(parts)).lines).toMatchObject([{ amountMinor: 500, place: { line: 2 } }])
  })

  it('gaps above the header count as rows, and every line names its sheet and row', () => {
    const data =
      rowXml(3, ['Счет:', '40702810900000000001']) + rowXml(7, header) + rowXml(12, ['07.03.2024', 1, 'RUB'])
    const bytes = packageOf({ sheets: [{ name: 'Лист', data }] })
    const told = tellWorkbook(bytes)
    expect(told.lines[0]?.place).toEqual({ line: 12, from: 0, to: 0, part: 'Лист' })
    expect(told.heads).toMatchObject([{ account: '40702810900000000001', currency: 'RUB' }])
    expect(readWorkbookTable(bytes)).toMatchObject({ mapping: { skipRows: 7 }, sheets: ['Лист'] })
    expect(readWorkbookTable(bytes).rows[6]?.[0]).toBe('Дата')
    expect(readWorkbookRow(bytes, 'Лист', 12)).toEqual(['07.03.2024', '1', 'RUB'])
    expect(readWorkbookRow(bytes, 'Лист', 13)).toEqual([])
  })

  it('columns of merged headers are the first of their cells', () => {
    const data = sheetXml([
      ['Дата', 'Сумма', null, 'Валюта'],
      ['07.03.2024', 1, null, 'RUB'],
    ])
    const merged = packageOf({ sheets: [{ name: 'S', data: `${data}` }] })
    expect(tellWorkbook(merged).lines).toMatchObject([{ amountMinor: 100, currency: 'RUB' }])
  })
})

describe('several sheets', () => {
  const month = (day: string, sum: number) => sheetXml([header, [day, sum, 'RUB']])

  it('with the same header are one table; others are named as left out', () => {
    const bytes = packageOf({
      sheets: [
        { name: 'Обложка', data: sheetXml([['Банк'], ['Отчет']]) },
        { name: 'Январь', data: month('10.01.2024', 1) },
        { name: 'Пусто', data: '' },
        {
          name: 'Февраль',
          data: rowXml(1, ['за февраль']) + rowXml(3, header) + rowXml(4, ['10.02.2024', 2, 'RUB']),
        },
      ],
    })
    const told = tellWorkbook(bytes)
    expect(told.lines.map(({ amountMinor, place }) => [amountMinor, place.part, place.line])).toEqual([
      [100, 'Январь', 2],
      [200, 'Февраль', 4],
    ])
    expect(told.issues.filter(({ code }) => code === 'sheet.skipped')).toMatchObject([
      { text: 'Обложка', weight: 'note', place: { part: 'Обложка' } },
    ])
  })

  it('hidden ones are read only when no other holds a table', () => {
    const hidden = { name: 'Скрытый', state: 'veryHidden', data: month('10.01.2024', 1) }
    const shown = { name: 'Лист', data: month('10.02.2024', 2) }
    expect(tellWorkbook(packageOf({ sheets: [hidden, shown] })).lines).toMatchObject([{ amountMinor: 200 }])
    const cover = { name: 'Обложка', data: sheetXml([['Банк']]) }
    expect(tellWorkbook(packageOf({ sheets: [cover, hidden] })).lines).toMatchObject([{ amountMinor: 100 }])
  })

  it('the mapping names one; a name of another month is no obstacle', () => {
    const other: CellXml[] = ['Date', 'Amount', 'Currency']
    const sheets = [
      { name: 'A', data: month('10.01.2024', 1) },
      { name: 'B', data: sheetXml([other, ['2024-02-10', 7, 'EUR']]) },
    ]
    const bytes = packageOf({ sheets })
    const { mapping } = readWorkbookTable(bytes, { sheet: 'B' })
    if (!mapping) throw new Error('no table')
    expect(mapping.sheet).toBe('B')
    expect(tellWorkbook(bytes, { mapping }).lines).toMatchObject([{ amountMinor: 700, currency: 'EUR' }])
    const renamed = { ...mapping, sheet: 'Март' }
    expect(tellWorkbook(packageOf({ sheets: sheets.slice(0, 1) }), { mapping: renamed }).lines).toHaveLength(
      1,
    )
  })
})

describe('what a person says', () => {
  const unnamed = packageOf({
    sheets: [
      {
        name: 'S',
        data: sheetXml([
          ['Ziua', 'Bani'],
          ['07.03.2024', 12.5],
        ]),
      },
    ],
  })

  it('is asked for when the columns are not understood, with a proposal', () => {
    expect(faultOf(() => tellAsFound(unnamed))).toEqual({ code: 'statement.mappingNeeded' })
    const { mapping, certain } = readWorkbookTable(unnamed)
    expect(certain).toBe(false)
    expect(mapping).toMatchObject({ skipRows: 1, columns: { bankDay: 0, amount: 1 } })
    if (!mapping) throw new Error('no table')
    const given = { account: 'RO69', currency: 'RON' }
    const told = tellWorkbook(unnamed, { mapping, given })
    expect(told.heads).toMatchObject([{ account: 'RO69', currency: 'RON' }])
    expect(told.lines).toMatchObject([{ amountMinor: 1250 }])
  })

  it('does not overrule what the rows above say', () => {
    const data =
      rowXml(1, ['Счет:', '40702810900000000001']) + rowXml(2, header) + rowXml(3, ['07.03.2024', 1, 'RUB'])
    const told = tellWorkbook(packageOf({ sheets: [{ name: 'S', data }] }), { given: { account: 'other' } })
    expect(told.heads).toMatchObject([{ account: '40702810900000000001' }])
  })

  it('cannot help where there are no dated sums', () => {
    const bytes = packageOf({ sheets: [{ name: 'S', data: sheetXml([['Привет'], ['мир', 5]]) }] })
    expect(faultOf(() => tellWorkbook(bytes))).toEqual({ code: 'statement.workbook', reason: 'noTable' })
    expect(readWorkbookTable(bytes)).toEqual({
      proposed: null,
      sheet: 'S',
      sheets: ['S'],
      rows: [['Привет'], ['мир', '5']],
      mapping: null,
      certain: false,
    })
  })
})
