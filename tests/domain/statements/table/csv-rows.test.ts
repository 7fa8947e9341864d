import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRelaxed } from '../../../../electron/domain/statements/table/csv-relaxed.ts'
import type { CsvRow, Delimiter } from '../../../../electron/domain/statements/table/csv-rows.ts'
import { CsvRows } from '../../../../electron/domain/statements/table/csv-rows.ts'
import { startDecoding } from '../../../../electron/domain/statements/decoding.ts'
import { bytesAt, refusalOf } from './table-collect.ts'

function cut(
  text: string | Uint8Array,
  delimiter: Delimiter = ';',
  size = Number.POSITIVE_INFINITY,
): CsvRow[] {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  const rows: CsvRow[] = []
  const decoding = startDecoding('utf-8')
  const cutter = new CsvRows(
    delimiter,
    (piece, from, to) => decoding.bytesOf(piece, from, to),
    (row) => rows.push(row),
  )
  for (let at = 0; at < bytes.length; at += size)
    cutter.write(decoding.write(bytes.subarray(at, Math.min(at + size, bytes.length))))
  cutter.write(decoding.end())
  cutter.end()
  return rows
}
const cells = (text: string, delimiter?: Delimiter): string[][] =>
  cut(text, delimiter).map((row) => row.cells)

describe('rows', () => {
  it('end with CRLF, LF, a lone CR, mixed, or the file', () => {
    expect(cells('a;b\r\nc\nd;e\rf')).toEqual([['a', 'b'], ['c'], ['d', 'e'], ['f']])
    expect(cells('a;b\n')).toEqual([['a', 'b']])
    expect(cells('a\n\nb')).toEqual([['a'], [''], ['b']])
    expect(cells('')).toEqual([])
  })

  it('are cut at commas, tabs and bars too', () => {
    expect(cells('a,b;c', ',')).toEqual([['a', 'b;c']])
    expect(cells('a\tb\t', '\t')).toEqual([['a', 'b', '']])
    expect(cells('a|b', '|')).toEqual([['a', 'b']])
  })

  it('know their line and their bytes without the line end', () => {
    const text = '\uFEFFдата;сумма\r\n"две\nстроки";1\nx;😀\n'
    const bytes = new TextEncoder().encode(text)
    const rows = cut(bytes)
    expect(rows.map((row) => row.place.line)).toEqual([1, 2, 4])
    expect(rows.map((row) => bytesAt(bytes, row.place))).toEqual(['дата;сумма', '"две\nстроки";1', 'x;😀'])
    expect(rows[0]?.cells).toEqual(['дата', 'сумма'])
    expect(rows[0]?.place.from).toBe(3)
  })

  it('lose NUL bytes', () => {
    expect(cells('a\0;\0b\n\0\0')).toEqual([['a', 'b'], ['']])
  })
})

describe('quotes', () => {
  it('hide delimiters and line ends, doubled they are one', () => {
    expect(cells('"a;b";"c\r\nd";"e""f"\n')).toEqual([['a;b', 'c\r\nd', 'e"f']])
    expect(cells('"";""""')).toEqual([['', '"']])
  })

  it('may have blanks around them', () => {
    expect(cells(' "a;b" ; c')).toEqual([['a;b', ' c']])
  })

  it('that are not escaped inside a cell are text', () => {
    expect(cells('"ООО "Ромашка"";5')).toEqual([['ООО "Ромашка"', '5']])
    expect(cells('"ООО "Ромашка" и Ко";5')).toEqual([['ООО "Ромашка" и Ко', '5']])
    expect(cells('ООО "Ромашка";5')).toEqual([['ООО "Ромашка"', '5']])
  })

  it('of a formula guard may hide delimiters', () => {
    expect(cells('="0012";="a;b";c')).toEqual([['0012', 'a;b', 'c']])
  })

  it('that never close spoil their own row only', () => {
    const rows = cut('a;b\n"c;d\ne;f\n')
    expect(rows.map((row) => row.cells)).toEqual([
      ['a', 'b'],
      ['"c', 'd'],
      ['e', 'f'],
    ])
    expect(rows.map((row) => row.unbalanced)).toEqual([false, true, false])
  })

  it('that open a word of a bare cell are text of that cell and spoil no other row', () => {
    const rows = cut('1;"Ромашка" ООО;5\n2;ООО "Лютик";6\n3;"Мак;7\n4;"a;b";8\n')
    expect(rows.map((row) => row.cells)).toEqual([
      ['1', '"Ромашка" ООО', '5'],
      ['2', 'ООО "Лютик"', '6'],
      ['3', '"Мак', '7'],
      ['4', 'a;b', '8'],
    ])
    expect(rows.map((row) => row.unbalanced)).toEqual([true, false, true, false])
  })

  it('that are not escaped are forgiven only on the line their cell began on', () => {
    expect(cells('"a "b" c\nd";2\ne;f\n')).toEqual([['"a "b" c'], ['d"', '2'], ['e', 'f']])
  })

  it('that close only beyond any sensible cell count as never closed, wherever the chunks are cut', () => {
    const text = `"open;1\n${'row;2\n'.repeat(20_000)}";3\n`
    const whole = cut(text)
    expect(whole[0]).toMatchObject({ cells: ['"open', '1'], unbalanced: true })
    expect(whole).toHaveLength(20_002)
    expect(cut(text, ';', 4096)).toEqual(whole)
  })
})

describe('a row', () => {
  it('of more than a megabyte is refused with its line, wherever the chunks are cut', () => {
    const long = `a;b\n${'x;'.repeat(600_000)}`
    const fault = { code: 'statement.recordTooLong', line: 2, limitKb: 1024 }
    for (const size of [Number.POSITIVE_INFINITY, 100_000])
      expect(refusalOf(() => cut(long, ';', size))).toEqual(fault)
    expect(refusalOf(() => cut(`${long}\nc;d\n`))).toEqual(fault)
    expect(refusalOf(() => cut(`a\n${'ж'.repeat(600_000)}\nb\n`))).toEqual(fault)
  })

  it('may be of another width than those around it, often', () => {
    const rows = cells('a;b\na;b;c\n'.repeat(10_000))
    expect(rows).toHaveLength(20_000)
    expect(rows.slice(-2)).toEqual([
      ['a', 'b'],
      ['a', 'b', 'c'],
    ])
  })
})

describe('any text', () => {
  const noise = fc.string({
    unit: fc.constantFrom('a', 'ж', '"', ';', '\n', '\r', ' ', '=', '😀', '\0'),
    maxLength: 60,
  })

  it('gives the same rows wherever the chunks are cut', () => {
    fc.assert(
      fc.property(noise, fc.integer({ min: 1, max: 9 }), (text, size) => {
        expect(cut(text, ';', size)).toEqual(cut(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('is cut by the library as it is read without it', () => {
    fc.assert(
      fc.property(noise, (text) => {
        const rows = cut(text)
        const alone: string[][] = []
        for (let at = 0; at < text.length;) {
          const row = readRelaxed(text, at, ';', true)
          if (!row) throw new Error('more was asked for at the end')
          alone.push(row.cells.map((cell) => cell.replaceAll('\0', '')))
          at = row.next
        }
        expect(rows.map((row) => row.cells)).toEqual(alone)
      }),
      { numRuns: 3000 },
    )
  })

  it('is covered by the rows without gaps but line ends', () => {
    fc.assert(
      fc.property(noise, (text) => {
        const bytes = new TextEncoder().encode(text)
        let at = 0
        for (const { place } of cut(bytes)) {
          expect(bytesAt(bytes, { from: at, to: place.from })).toMatch(/^(\r\n|\r|\n)?$/)
          at = place.to
        }
        expect(bytesAt(bytes, { from: at, to: bytes.length })).toMatch(/^(\r\n|\r|\n)?$/)
      }),
      { numRuns: 1000 },
    )
  })

  it('written by the rules is read back', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'ж', '"', ';', '\n', '\r', ',', '5', '😀'),
      maxLength: 8,
    })
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 }),
        (table) => {
          const text = table
            .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(';'))
            .join('\r\n')
          expect(cells(text)).toEqual(table)
        },
      ),
      { numRuns: 1000 },
    )
  })
})
