// Workbooks that two other programs write, read by us and by the library: every cell is the same.

import { utils, write } from '@e965/xlsx'
import type { BookType } from '@e965/xlsx'
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ourCells, theirCells } from './workbook-judge.ts'

interface Written {
  t: 'n' | 's' | 'b'
  v: number | string | boolean
  z?: string
}

const dateFormats = [
  'dd.mm.yyyy',
  'm/d/yy',
  '[$-419]d mmm yyyy;@',
  'yyyy-mm-dd hh:mm:ss',
  '[$-F800]dddd, mmmm dd, yyyy',
]
const numberFormats = ['General', '0.00', '#,##0.00', '0000000000', '0.00%', '[h]:mm:ss', '# ##0,00 "д"']

/** What a cell of the kinds that hold any letter may hold. */
function cell(letters: string): fc.Arbitrary<Written | null> {
  const text = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 60 })
  return fc.oneof(
    fc.constant(null),
    text.map((v): Written => ({ t: 's', v: `|${v}|` })),
    fc
      .tuple(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.constantFrom(1, 100, 1000),
        fc.constantFrom(...numberFormats),
      )
      .map(([whole, parts, z]): Written => ({ t: 'n', v: whole / parts, z })),
    fc
      .tuple(
        fc.integer({ min: 61, max: 73_000 }),
        fc.constantFrom(0, 0.25, 0.75),
        fc.constantFrom(...dateFormats),
      )
      .map(([day, time, z]): Written => ({ t: 'n', v: day + time, z })),
    fc.boolean().map((v): Written => ({ t: 'b', v })),
  )
}

function sheets(letters: string, most: number) {
  const rows = fc.array(fc.array(cell(letters), { minLength: 1, maxLength: 12 }), {
    minLength: 1,
    maxLength: 12,
  })
  return fc.array(rows, { minLength: 1, maxLength: most })
}

/** The library writes these two as well, though its types do not say so. */
type Kind = BookType | 'biff3' | 'biff4'

function written(tables: (Written | null)[][][], kind: Kind, from1904 = false): Uint8Array {
  const book = utils.book_new()
  for (const [at, table] of tables.entries())
    utils.book_append_sheet(book, utils.aoa_to_sheet(table), `Sheet${at + 1}`)
  book.Workbook = { WBProps: { date1904: from1904 } }
  const made: unknown = write(book, {
    type: 'array',
    bookType: kind as BookType,
    bookSST: kind === 'xlsx' || kind === 'biff8',
  })
  if (!(made instanceof ArrayBuffer)) throw new Error('nothing was written')
  return new Uint8Array(made)
}

const ascii = 'aZ09 &<>".,;:/-+_()'
const wide = `${ascii}яЖёéŁ№€«»–漢😀\n`

describe('what the library writes is what it reads', () => {
  it.each<[Kind, string, number]>([
    ['xlsx', wide, 3],
    ['xlsm', wide, 2],
    ['biff8', wide.replace('😀', ''), 3],
    ['biff5', ascii, 2],
    ['biff4', ascii, 1],
    ['biff3', ascii, 1],
    ['biff2', ascii, 1],
    ['xlml', wide.replace('\n', ''), 3],
  ])('%s', (kind, letters, most) => {
    fc.assert(
      fc.property(sheets(letters, most), (tables) => {
        const bytes = written(tables, kind)
        expect(ourCells(bytes)).toEqual(theirCells(bytes))
      }),
      { numRuns: 40 },
    )
  })

  it.each<Kind>(['xlsx', 'biff8', 'biff5'])('%s that counts its days from 1904', (kind) => {
    fc.assert(
      fc.property(sheets(ascii, 1), (tables) => {
        const bytes = written(tables, kind, true)
        expect(ourCells(bytes)).toEqual(theirCells(bytes))
      }),
      { numRuns: 15 },
    )
  })

  it('html', () => {
    const text = fc.stringMatching(/^[a-zЖ№&<>"]{1,9}( [a-zЖ№&<>"]{1,9})?$/)
    fc.assert(
      fc.property(
        fc.array(fc.array(text, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 9 }),
        (table) => {
          const bytes = written([table.map((row) => row.map((v): Written => ({ t: 's', v })))], 'html')
          expect(ourCells(bytes)).toEqual(theirCells(bytes, true))
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('what a writer of packages makes', () => {
  it('is read as the library reads it', async () => {
    const text = fc
      .string({ unit: fc.constantFrom(...wide), minLength: 1, maxLength: 30 })
      .map((part) => `|${part}|`)
    const value: fc.Arbitrary<ExcelJS.CellValue> = fc.oneof(
      text,
      fc.integer({ min: -1e9, max: 1e9 }).map((minor) => minor / 100),
      // Days before 1904 are negative in books that count from there.
      fc.integer({ min: 1600, max: 73_000 }).map((day) => new Date(Date.UTC(1899, 11, 30 + day))),
      fc.boolean(),
      fc.tuple(text, text).map(([a, b]) => ({ richText: [{ text: a, font: { bold: true } }, { text: b }] })),
      fc.integer({ min: -1e6, max: 1e6 }).map((result) => ({ formula: 'A1+1', result })),
      text.map((result) => ({ formula: 'CONCAT(A1)', result })),
      text.map((shown) => ({ text: shown, hyperlink: 'https://example.org/' })),
      fc.constant(null),
    )
    const rows = fc.array(fc.array(value, { minLength: 1, maxLength: 10 }), { minLength: 1, maxLength: 10 })
    await fc.assert(
      fc.asyncProperty(rows, fc.boolean(), async (made, from1904) => {
        const book = new ExcelJS.Workbook()
        book.properties.date1904 = from1904
        const sheet = book.addWorksheet('Лист 1')
        for (const row of made) sheet.addRow(row)
        const bytes = new Uint8Array(await book.xlsx.writeBuffer())
        expect(ourCells(bytes)).toEqual(theirCells(bytes))
      }),
      { numRuns: 30 },
    )
  })
})
