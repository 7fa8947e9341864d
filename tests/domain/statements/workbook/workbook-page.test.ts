// Tables that are handed out under the name of a workbook: HTML, and XML of 2003.

import { describe, expect, it } from 'vitest'
import {
  readWorkbookRow,
  readWorkbookTable,
} from '../../../../electron/domain/statements/workbook/workbook.ts'
import { bytesOf } from '../text-fixtures.ts'
import { faultOf, tellWorkbook } from './workbook-fixtures.ts'

describe('a page of HTML', () => {
  const page = `<html><head><META charset=windows-1251><style>td{color:red}</style></head><body>
<!-- <tr><td>no</td></tr> --><table><tr><td>Счет:<td>40702810900000000001</table>
<TABLE border=1><TR><TH>Дата</TH><TH>Сумма</TH><TH colspan=2>Контрагент</TH><TH>Назначение&nbsp;платежа</TH></TR>
<tr><td title="a>b">07.03.2024</td><td>-1&nbsp;234,50</td><td>ООО &laquo;Ромашка&raquo;</td><td></td><td>Оплата<br>счета &amp; всего<script>if (a<b) x()</script></td></tr>
<tr><td rowspan="2">08.03.2024<td>5,00<td>B<td><td>x
<tr><td>6,00<td>C<td><td>y
</table></body></html>`

  it('is one sheet of all its tables, with cells that nothing closes and cells that reach over others', () => {
    const told = tellWorkbook(bytesOf(page, 'windows-1251'), { encoding: 'windows-1251' })
    expect(told.heads).toMatchObject([{ account: '40702810900000000001', currency: 'RUB' }])
    expect(told.lines).toMatchObject([
      {
        bankDay: '2024-03-07',
        amountMinor: -123_450,
        counterparty: { name: 'ООО «Ромашка»' },
        purpose: 'Оплата счета & всего',
        place: { line: 3, from: 0, to: 0 },
      },
      { bankDay: '2024-03-08', amountMinor: 500, purpose: 'x' },
    ])
    expect(told.issues.map(({ code, place }) => [code, place.line])).toContainEqual(['date.missing', 5])
  })

  it('is the same wherever it is cut', () => {
    const bytes = bytesOf(page, 'windows-1251')
    expect(readWorkbookRow(bytes, undefined, 5, 'windows-1251')).toEqual(['', '6,00', 'C', '', 'y'])
    const long = bytesOf(`<table>${'<tr><td>a</td><td>b &amp; c</td></tr>'.repeat(20_000)}</table>`)
    for (const row of [1, 1771, 3542, 19_999, 20_000])
      expect(readWorkbookRow(long, undefined, row)).toEqual(['a', 'b & c'])
  })

  it('of more than a million cells is refused', () => {
    const bytes = bytesOf(`<table>${`<tr>${'<td>1'.repeat(100)}`.repeat(10_001)}`)
    expect(faultOf(() => tellWorkbook(bytes))).toEqual({ code: 'statement.tooManyCells', limit: 1_000_000 })
  })
})

describe('XML of 2003', () => {
  const row = (cells: string) => `<Row ss:AutoFitHeight="0">${cells}</Row>`
  const text = (value: string, more = '') => `<Cell${more}><Data ss:Type="String">${value}</Data></Cell>`
  const sheet = (name: string, rows: string, options = '') =>
    `<Worksheet ss:Name="${name}"><Table ss:ExpandedColumnCount="9" ss:ExpandedRowCount="65536">${rows}</Table>${options}</Worksheet>`
  const titles = row(
    text('Дата') + text('Сумма') + text('Валюта', ' ss:MergeAcross="1"') + text('Контрагент'),
  )
  const book = (sheets: string) =>
    bytesOf(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="s1"><NumberFormat ss:Format="Short Date"/></Style><Style ss:ID="s2"><NumberFormat ss:Format="Fixed"/></Style></Styles>
${sheets}</Workbook>`)

  it('is read with places, merged cells, days of three kinds and formulas', () => {
    const bytes = book(
      sheet(
        'Лист & 1'.replace('&', '&amp;'),
        titles +
          row(
            '<Cell><Data ss:Type="DateTime">2024-03-07T00:00:00.000</Data></Cell><Cell ss:StyleID="s2"><Data ss:Type="Number">-30.000000000000004</Data></Cell>' +
              text('RUB') +
              text('<B>ООО</B> А', ' ss:Index="5"'),
          ) +
          `<Row ss:Index="10"><Cell ss:StyleID="s1"><Data ss:Type="Number">45358</Data></Cell>${text('1,50')}${text('RUB')}</Row>` +
          row(`${text('07.03.2024')}<Cell ss:Formula="=R[-1]C"/>${text('RUB')}`),
      ) +
        sheet(
          'Скрытый',
          titles,
          '<WorksheetOptions xmlns="x"><Visible>SheetHidden</Visible></WorksheetOptions>',
        ),
    )
    const told = tellWorkbook(bytes)
    expect(told.lines).toMatchObject([
      {
        bankDay: '2024-03-07',
        amountMinor: -3000,
        counterparty: { name: 'ООО А' },
        place: { line: 2, part: 'Лист & 1' },
      },
      { bankDay: '2024-03-07', amountMinor: 150, place: { line: 10 } },
    ])
    expect(told.issues.filter(({ code }) => code === 'formula.uncomputed')).toMatchObject([
      { place: { line: 11 } },
    ])
    expect(told.issues.filter(({ code }) => code === 'sheet.skipped')).toMatchObject([{ text: 'Скрытый' }])
    expect(readWorkbookTable(bytes).sheets).toEqual(['Лист & 1', 'Скрытый'])
  })

  it('with a document type is refused', () => {
    const bytes = bytesOf(
      '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    )
    expect(faultOf(() => tellWorkbook(bytes))).toEqual({ code: 'statement.forbiddenXml' })
  })
})

describe('what else is in XML of 2003', () => {
  const cell = (inside: string, more = '') => `<Cell${more}>${inside}</Cell>`
  const data = (text: string, type = 'String') => `<Data ss:Type="${type}">${text}</Data>`
  const sheet = (name: string, rows: string) =>
    `<Worksheet ss:Name="${name}"><Table>${rows}</Table></Worksheet>`
  const book = (inside: string) =>
    bytesOf(
      `\t<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">${inside}</Workbook>`,
    )

  it('comments are no part of their cell, merged empty cells take their room, times are no days', () => {
    const row = [
      cell(`${data('a')}<Comment ss:Author="x"><ss:Data><B>x:</B> remark</ss:Data></Comment>`),
      cell('<Comment><ss:Data>alone</ss:Data></Comment>'),
      cell('', ' ss:MergeAcross="1"'),
      cell(data('b')),
      cell(data('1899-12-31T02:30:00.000', 'DateTime')),
    ]
    const bytes = book(sheet('S', `<Row>${row.join('')}</Row>`))
    expect(readWorkbookRow(bytes, 'S', 1)).toEqual(['a', '', '', '', 'b', '02:30:00'])
  })

  it('every sheet of many is found, wherever it begins', () => {
    const long = (name: string) =>
      sheet(name, `<Row>${cell(data(name))}${cell(data('x'.repeat(1000)))}</Row>`.repeat(29))
    const names = Array.from({ length: 60 }, (_none, at) => `S${at}`)
    const bytes = book(names.map(long).join(''))
    for (const name of names) expect(readWorkbookRow(bytes, name, 29)[0]).toBe(name)
    expect(readWorkbookTable(bytes).sheets).toEqual(names)
  })

  it('a text that ends inside of a sheet is cut', () => {
    const titles = ['Дата', 'Сумма', 'Валюта'].map((title) => cell(data(title))).join('')
    const line = ['07.03.2024', '-1,00', 'RUB'].map((text) => cell(data(text))).join('')
    const whole = book(sheet('S', `<Row>${titles}</Row><Row>${line}</Row>`))
    const short = whole.subarray(0, whole.length - 30)
    expect(tellWorkbook(short).lines).toMatchObject([{ amountMinor: -100 }])
    expect(tellWorkbook(short).issues.map(({ code }) => code)).toContain('file.cut')
    expect(tellWorkbook(whole).issues.map(({ code }) => code)).not.toContain('file.cut')
  })
})

describe('a page that ends early', () => {
  const line = '<tr><td>07.03.2024</td><td>-1,00</td><td>RUB</td></tr>'
  const start = `<table><tr><td>Дата</td><td>Сумма</td><td>Валюта</td></tr>${line}`
  const codes = (page: string) => tellWorkbook(bytesOf(page)).issues.map(({ code }) => code)

  it('inside of a row is cut, where rows are closed', () => {
    expect(codes(`${start}<tr><td>08.03.2024</td><td>-2,`)).toContain('file.cut')
    expect(codes(start)).not.toContain('file.cut')
    expect(codes(`${start.replaceAll('</tr>', '')}<tr><td>08.03.2024<td>-2,00<td>RUB`)).not.toContain(
      'file.cut',
    )
  })
})
