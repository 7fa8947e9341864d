import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { writeCsv } from '../../../electron/backend/files/writers/csv.ts'
import type { Cell, Sheet } from '../../../electron/domain/reports/cells.ts'

process.env.TZ = 'Europe/Moscow'
const folder = mkdtempSync(join(tmpdir(), 'sverka-csv-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const text = (said: string): Cell => ({ kind: 'text', text: said })
const sheetOf = (rows: readonly (readonly Cell[])[], name = 'One'): Sheet => ({
  name,
  columns: [
    { title: 'Number', width: 10 },
    { title: 'Sum', width: 10, align: 'right' },
  ],
  rows,
})

function written(sheets: readonly Sheet[], language: 'ru' | 'en' = 'en'): string {
  const path = join(folder, 'report.csv')
  writeCsv(path, sheets, language, () => undefined)
  return readFileSync(path, 'utf8')
}
const body = (rows: readonly (readonly Cell[])[], language: 'ru' | 'en' = 'en'): string[] =>
  written([sheetOf(rows)], language)
    .split('\r\n')
    .slice(1, -1)

describe('a report as CSV', () => {
  it('begins with a byte order mark and ends every row with CR LF', () => {
    const path = join(folder, 'mark.csv')
    writeCsv(
      path,
      [sheetOf([[text('3653/1'), { kind: 'money', minor: 1_243_000, currency: 'RUB' }]])],
      'en',
      () => undefined,
    )
    expect(readFileSync(path).toString('latin1')).toBe('\xef\xbb\xbfNumber,Sum\r\n3653/1,12430.00\r\n')
  })

  it('parts cells by semicolons and writes decimal commas in Russian', () => {
    const row: Cell[] = [
      text('3653/1'),
      { kind: 'money', minor: -5, currency: 'RUB' },
      { kind: 'percent', share: 0.125 },
      { kind: 'number', value: 1.5 },
    ]
    expect(body([row], 'ru')).toEqual(['3653/1;-0,05;12,5%;1,5'])
    expect(body([row], 'en')).toEqual(['3653/1,-0.05,12.5%,1.5'])
  })

  it('gives every currency its own digits', () => {
    const sums: Cell[] = ['JPY', 'KWD', 'EUR'].map((currency) => ({ kind: 'money', minor: 1234, currency }))
    expect(body([sums])).toEqual(['1234,1.234,12.34'])
  })

  it("writes days as they are and moments on this computer's clock", () => {
    expect(
      body([
        [
          { kind: 'day', day: '2026-11-21' },
          { kind: 'moment', at: '2026-11-21T22:30:05.000Z' },
          { kind: 'empty' },
        ],
      ]),
    ).toEqual(['2026-11-21,2026-11-22 01:30:05,'])
  })

  it('keeps text from being run as a formula, and money from being taken for one', () => {
    const tricks = ['=1+1', '+7 900', '-2', '@SUM(A1)', '\tx'].map(text)
    expect(body([tricks])).toEqual(["'=1+1,'+7 900,'-2,'@SUM(A1),'\tx"])
    expect(body([[text('=HYPERLINK("http://x","y")')]])).toEqual(['"\'=HYPERLINK(""http://x"",""y"")"'])
    expect(body([[{ kind: 'money', minor: -100, currency: 'RUB' }]])).toEqual(['-1.00'])
  })

  it('quotes separators of the language, quotes and line breaks', () => {
    const row = [text('a;b'), text('a,b'), text('the "Vector"'), text('two\nlines')]
    expect(body([row], 'en')).toEqual(['a;b,"a,b","the ""Vector""","two\nlines"'])
    expect(body([row], 'ru')).toEqual(['"a;b";a,b;"the ""Vector""";"two\nlines"'])
  })

  it('names sheets only where there are several, and puts totals under each', () => {
    const first: Sheet = { ...sheetOf([[text('1')]], 'First'), footer: () => [[text('Total')]] }
    expect(written([first])).toBe('\uFEFFNumber,Sum\r\n1\r\nTotal\r\n')
    expect(written([first, sheetOf([[text('2')]], 'Second')])).toBe(
      '\uFEFFFirst\r\nNumber,Sum\r\n1\r\nTotal\r\n\r\nSecond\r\nNumber,Sum\r\n2\r\n',
    )
  })

  it('counts rows without titles and totals, tells every thousandth, and stops where it is told to', () => {
    const rows = Array.from({ length: 2500 }, (_, index) => [text(String(index))])
    const told: number[] = []
    expect(
      writeCsv(join(folder, 'many.csv'), [{ ...sheetOf(rows), footer: () => [[text('x')]] }], 'en', (count) =>
        told.push(count),
      ),
    ).toBe(2500)
    expect(told).toEqual([1000, 2000])
    const stop = (): never => {
      throw new Error('stop')
    }
    expect(() => writeCsv(join(folder, 'stopped.csv'), [sheetOf(rows)], 'en', stop)).toThrow('stop')
  })
})
