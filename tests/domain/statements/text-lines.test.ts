import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StatementEncoding } from '../../../electron/contract/statement.ts'
import { createTextLines, longestLineBytes } from '../../../electron/domain/statements/text-lines.ts'
import { bytesOf, joinBytes, refusal } from './text-fixtures.ts'

type Seen = [text: string, line: number, from: number, to: number]

function cut(chunks: Uint8Array[], encoding: StatementEncoding): Seen[] {
  const seen: Seen[] = []
  const lines = createTextLines(encoding, (...line) => seen.push(line))
  for (const chunk of chunks) lines.write(chunk)
  lines.end()
  return seen
}

describe('line ends', () => {
  it('takes CRLF, LF and a lone CR, mixed, and a last line without any', () => {
    expect(cut([bytesOf('a\r\nb\nc\rd\r\r\ne')], 'windows-1251')).toEqual([
      ['a', 1, 0, 1],
      ['b', 2, 3, 4],
      ['c', 3, 5, 6],
      ['d', 4, 7, 8],
      ['', 5, 9, 9],
      ['e', 6, 11, 12],
    ])
  })

  it('cuts files that know only CR', () => {
    expect(cut([bytesOf('one\rtwo\r')], 'windows-1252')).toEqual([
      ['one', 1, 0, 3],
      ['two', 2, 4, 7],
    ])
  })

  it('tells nothing of an empty file', () => {
    expect(cut([], 'utf-8')).toEqual([])
  })
})

describe('places', () => {
  it('counts bytes, not letters, in UTF-8', () => {
    expect(cut([bytesOf('Сумма=1\r\nДата\n€')], 'utf-8')).toEqual([
      ['Сумма=1', 1, 0, 12],
      ['Дата', 2, 14, 22],
      ['€', 3, 23, 26],
    ])
  })

  it('drops a byte order mark without moving the places', () => {
    expect(cut([bytesOf('\ufeffдом\nя')], 'utf-8')).toEqual([
      ['дом', 1, 3, 9],
      ['я', 2, 10, 12],
    ])
  })

  it.each(['utf-16le', 'utf-16be'] as const)('counts two bytes a unit in %s', (encoding) => {
    expect(cut([bytesOf('\ufeffдом\r\nя\n', encoding)], encoding)).toEqual([
      ['дом', 1, 2, 8],
      ['я', 2, 12, 14],
    ])
  })
})

describe('padding', () => {
  it('strips NUL padding and Ctrl-Z', () => {
    expect(cut([bytesOf('a\n\0\0b\0\x1a\n')], 'ibm866')).toEqual([
      ['a', 1, 0, 1],
      ['b', 2, 4, 7],
    ])
  })

  it('does not take megabytes of NUL behind the text for a line', () => {
    const padding = new Uint8Array(3 * longestLineBytes)
    expect(cut([bytesOf('a\n'), padding], 'utf-8')).toEqual([['a', 1, 0, 1]])
  })
})

it('refuses a line longer than any text has', () => {
  const work = () => cut([new Uint8Array(longestLineBytes + 200_000).fill(65)], 'utf-8')
  expect(refusal(work)).toEqual({ code: 'statement.recordTooLong', line: 1, limitKb: 1024 })
})

it('tells once of a line with a destroyed letter', () => {
  const lost: number[] = []
  const lines = createTextLines(
    'utf-8',
    () => undefined,
    (_text, line) => lost.push(line),
  )
  lines.write(joinBytes(bytesOf('a\n'), Uint8Array.of(0xff, 10), bytesOf('\ufffd\n')))
  lines.end()
  expect(lost).toEqual([2])
})

describe('any text in any encoding', () => {
  const letters = fc.array(fc.constantFrom('а', 'Я', 'x', '=', ' ', '\n', '\r', '\r\n', '\r\n\r\n', '1'), {
    maxLength: 60,
  })
  const encodings = fc.constantFrom<StatementEncoding>(
    'utf-8',
    'windows-1251',
    'ibm866',
    'koi8-r',
    'utf-16le',
    'utf-16be',
  )

  it('reads the same however the bytes are cut into chunks', () => {
    fc.assert(
      fc.property(letters, encodings, fc.array(fc.nat(200), { maxLength: 8 }), (parts, encoding, cuts) => {
        const bytes = bytesOf(parts.join(''), encoding)
        const marks = [0, ...cuts.map((at) => Math.min(at, bytes.length)).sort((a, b) => a - b), bytes.length]
        const chunks = marks.slice(1).map((end, at) => bytes.subarray(marks[at], end))
        expect(cut(chunks, encoding)).toEqual(cut([bytes], encoding))
      }),
    )
  })

  it('keeps units of two bytes together however they are cut', () => {
    // The halves of neighbours look like a line end: U+0A05 ends in 0A, U+0400 begins with 00, and the reverse.
    const tricky = fc.array(fc.constantFrom('\u0a05', '\u0400', '\u050a', '\u0041', '\n', '\r\n'), {
      maxLength: 30,
    })
    fc.assert(
      fc.property(
        tricky,
        fc.constantFrom('utf-16le', 'utf-16be'),
        fc.nat(60),
        fc.nat(60),
        (parts, encoding, a, b) => {
          const text = parts.join('')
          const bytes = bytesOf(text, encoding)
          const [first, second] = a < b ? [a, b] : [b, a]
          const chunks = [bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)]
          const expected = text.split(/\r\n|\n/)
          if (expected.at(-1) === '') expected.pop()
          expect(cut(chunks, encoding).map(([line]) => line)).toEqual(expected)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('finds in the bytes of each place the text of its line', () => {
    fc.assert(
      fc.property(letters, encodings, (parts, encoding) => {
        const text = parts.join('')
        const bytes = bytesOf(text, encoding)
        const seen = cut([bytes], encoding)
        const expected = text.split(/\r\n|\n|\r/)
        if (expected.at(-1) === '') expected.pop()
        expect(seen.map(([line]) => line)).toEqual(expected)
        for (const [line, , from, to] of seen)
          expect(new TextDecoder(encoding).decode(bytes.subarray(from, to))).toBe(line)
      }),
    )
  })
})
