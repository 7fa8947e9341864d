import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StatementEncoding } from '../../../electron/contract/statement.ts'
import { encodings } from '../../../electron/contract/statement.ts'
import { startDecoding } from '../../../electron/domain/statements/decoding.ts'

function decode(
  bytes: Uint8Array,
  encoding: StatementEncoding,
  size: number,
): { text: string; bytes: number; firstBad: number } {
  const decoding = startDecoding(encoding)
  let text = ''
  let counted = 0
  const take = (piece: string): void => {
    text += piece
    counted += decoding.bytesOf(piece, 0, piece.length)
  }
  for (let at = 0; at < bytes.length; at += size)
    take(decoding.write(bytes.subarray(at, Math.min(at + size, bytes.length))))
  take(decoding.end())
  return { text, bytes: counted, firstBad: decoding.firstBad }
}

describe('decoding by pieces', () => {
  it('counts the bytes of UTF-8 exactly, whatever stands in them and wherever they are cut', () => {
    const bytes = fc.array(
      fc.constantFrom(0x41, 0xd0, 0x96, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xff, 0xed, 0xa0, 0xc0),
      { maxLength: 24 },
    )
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 5 }), (list, size) => {
        const array = Uint8Array.from(list)
        const whole = decode(array, 'utf-8', 1000)
        expect(whole.bytes).toBe(array.length)
        expect(decode(array, 'utf-8', size)).toEqual(whole)
      }),
      { numRuns: 3000 },
    )
  })

  it('is what the platform decodes for text that is right', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 5 }), (text, size) => {
        const bytes = new TextEncoder().encode(text)
        expect(decode(bytes, 'utf-8', size)).toEqual({
          text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
          bytes: bytes.length,
          firstBad: -1,
        })
      }),
    )
  })

  it('puts a question mark for each byte that is no character and tells of the first', () => {
    expect(decode(Uint8Array.of(0x41, 0xff, 0x42, 0xd0), 'utf-8', 1)).toEqual({
      text: 'A?B?',
      bytes: 4,
      firstBad: 1,
    })
  })

  it('keeps the halves of UTF-16 together', () => {
    const text = '\uFEFFa😀ж'
    const le = new Uint8Array(
      new Uint16Array(Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))).buffer,
    )
    const be = le.map((_, i) => le[i ^ 1] ?? 0)
    for (const size of [1, 2, 3, 100]) {
      expect(decode(le, 'utf-16le', size)).toEqual({ text, bytes: 10, firstBad: -1 })
      expect(decode(be, 'utf-16be', size)).toEqual({ text, bytes: 10, firstBad: -1 })
    }
  })

  it('knows every encoding of the contract', () => {
    for (const encoding of encodings) expect(() => startDecoding(encoding)).not.toThrow()
    expect(decode(Uint8Array.of(0xcf, 0xf0), 'windows-1251', 1).text).toBe('Пр')
    expect(decode(Uint8Array.of(0x8f, 0xe0), 'ibm866', 1).text).toBe('Пр')
    expect(decode(Uint8Array.of(0xf0, 0xd2), 'koi8-r', 1).text).toBe('Пр')
  })
})

describe('long stretches of UTF-8', () => {
  it('count as their characters do one by one, cut through a pair or not', () => {
    const decoding = startDecoding('utf-8')
    const text = `Ж${'a'.repeat(70)}€${'б'.repeat(70)}😀${'я'.repeat(70)}`
    const pair = text.indexOf('😀')
    for (const [from, to] of [
      [0, text.length],
      [0, pair + 1],
      [pair + 1, text.length],
      [5, pair],
    ] as const) {
      let bytes = 0
      for (let at = from; at < to; at++) bytes += decoding.bytesOf(text, at, at + 1)
      expect(decoding.bytesOf(text, from, to)).toBe(bytes)
    }
    expect(decoding.bytesOf(text, 0, text.length)).toBe(2 + 70 + 3 + 140 + 4 + 140)
  })
})
