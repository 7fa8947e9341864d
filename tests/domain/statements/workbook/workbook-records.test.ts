// Odd streams of records, put together here: what ends early, what goes on elsewhere, what is not listed.

import { CFB } from '@e965/xlsx'
import { describe, expect, it } from 'vitest'
import {
  readWorkbookRow,
  readWorkbookTable,
} from '../../../../electron/domain/statements/workbook/workbook.ts'
import { bytesOf, joinBytes } from '../text-fixtures.ts'
import { faultOf, tellWorkbook } from './workbook-fixtures.ts'

const byte = (...values: number[]) => Uint8Array.from(values)
const shorts = (...values: number[]) =>
  byte(...values.flatMap((value) => [value & 0xff, (value >> 8) & 0xff]))
const wide = (text: string) => shorts(...Array.from(text, (letter) => letter.charCodeAt(0)))

function record(id: number, ...body: Uint8Array[]): Uint8Array {
  const bytes = joinBytes(...body)
  return joinBytes(shorts(id, bytes.length), bytes)
}

const beginning = (kind: number) => record(0x809, shorts(0x600, kind), new Uint8Array(12))
const end = record(0x0a)

function text(row: number, column: number, letters: string): Uint8Array {
  return record(0x204, shorts(row, column, 0, letters.length), byte(1), wide(letters))
}

/** A stream of one sheet, `S`, of today's kind. */
function book(...cells: Uint8Array[]): Uint8Array {
  const globals = (at: number) =>
    joinBytes(beginning(5), record(0x85, shorts(at & 0xffff, at >> 16), byte(0, 0, 1, 0, 0x53)), end)
  return joinBytes(globals(globals(0).length), beginning(0x10), ...cells, end)
}

/** A compound file with these streams. */
function compound(streams: Record<string, Uint8Array>): Uint8Array {
  const file = CFB.utils.cfb_new()
  for (const [name, bytes] of Object.entries(streams)) CFB.utils.cfb_add(file, name, bytes)
  const made: unknown = CFB.write(file, { type: 'array' })
  return made instanceof Uint8Array ? made : Uint8Array.from(made as number[])
}

const table = [
  ...['Дата', 'Сумма', 'Валюта'].map((title, at) => text(0, at, title)),
  ...['07.03.2024', '-1,00', 'RUB'].map((cell, at) => text(1, at, cell)),
  ...['08.03.2024', '2,00', 'RUB'].map((cell, at) => text(2, at, cell)),
]

describe('a stream of records', () => {
  it('that ends inside of a sheet is cut, and what came before is kept', () => {
    const whole = book(...table)
    for (const missing of [1, 5, 12]) {
      const told = tellWorkbook(whole.subarray(0, whole.length - missing))
      expect(told.lines[0]).toMatchObject({ amountMinor: -100 })
      expect(told.issues.filter(({ code }) => code === 'file.cut')).toMatchObject([
        { place: { part: 'S' }, weight: 'problem' },
      ])
    }
    expect(tellWorkbook(whole).issues.map(({ code }) => code)).not.toContain('file.cut')
  })

  it('may hold a text that goes on in the next record, in another width', () => {
    const long = record(0x204, shorts(0, 0, 0, 8), byte(1), wide('Опла'))
    const bytes = book(long, record(0x3c, byte(0), bytesOf('ta 7')), text(0, 1, 'b'))
    expect(readWorkbookRow(bytes, 'S', 1)).toEqual(['Оплаta 7', 'b'])
    const computed = joinBytes(
      record(0x06, shorts(0, 2, 0), byte(0, 0, 0, 0, 0, 0, 0xff, 0xff), new Uint8Array(8)),
      record(0x207, shorts(4), byte(0), bytesOf('ab')),
      record(0x3c, byte(1), wide('вг')),
    )
    expect(readWorkbookRow(book(computed), 'S', 1)).toEqual(['', '', 'abвг'])
  })

  it('without a list of its sheets is searched for them', () => {
    const bytes = joinBytes(beginning(5), end, beginning(0x10), ...table, end)
    expect(readWorkbookTable(bytes).sheets).toEqual(['Sheet1'])
    expect(tellWorkbook(bytes).lines).toMatchObject([{ amountMinor: -100 }, { amountMinor: 200 }])
  })

  it('may hold records of the oldest kind beside later ones', () => {
    const number = new Uint8Array(8)
    new DataView(number.buffer).setFloat64(0, 1234.5, true)
    const bytes = book(
      record(0x03, shorts(0, 0), byte(0, 0, 0), number),
      record(0x02, shorts(0, 1), byte(0, 0, 0), shorts(77)),
      record(0x04, shorts(0, 2), byte(0, 0, 0), byte(2), bytesOf('ok')),
    )
    expect(readWorkbookRow(bytes, 'S', 1)).toEqual(['1234.5', '77', 'ok'])
  })

  it.each([
    [852, [0x88, 0xa5, 0xbd], 'łąŻ'],
    [850, [0x84, 0x94, 0xe1], 'äöß'],
    [437, [0x82, 0x9c], 'é£'],
    [10029, [0xfc, 0x88, 0xfd], 'Łąż'],
    [866, [0x8e, 0xaf], 'Оп'],
    [10007, [0x8e, 0xef], 'Оп'],
  ])('of 1995 in code page %d is read in it', (page, codes, letters) => {
    const globals = (at: number) =>
      joinBytes(
        record(0x809, shorts(0x500, 5, 0, 0)),
        record(0x42, shorts(page)),
        record(0x85, shorts(at & 0xffff, at >> 16), byte(0, 0, 1, 0x53)),
        end,
      )
    const sheet = [
      record(0x809, shorts(0x500, 0x10, 0, 0)),
      record(0x204, shorts(0, 0, 0, codes.length), byte(...codes)),
    ]
    const bytes = joinBytes(globals(globals(0).length), ...sheet, end)
    expect(readWorkbookRow(bytes, 'S', 1)).toEqual([letters])
  })
})

describe('a compound file', () => {
  it('small enough for the small sectors alone is read', () => {
    expect(tellWorkbook(compound({ Workbook: book(...table) })).lines).toHaveLength(2)
  })

  it('with streams for two programs is read where the sheets are full', () => {
    const bytes = compound({ Workbook: book(), Book: book(...table) })
    expect(tellWorkbook(bytes).lines).toHaveLength(2)
  })

  it('around an encrypted package is locked', () => {
    const bytes = compound({ EncryptionInfo: new Uint8Array(300), EncryptedPackage: new Uint8Array(5000) })
    expect(faultOf(() => tellWorkbook(bytes))).toEqual({ code: 'statement.workbook', reason: 'locked' })
  })

  it('behind the password that nobody typed is locked too', () => {
    const stream = joinBytes(beginning(5), record(0x2f, shorts(1, 1, 1, 0)), end)
    expect(faultOf(() => tellWorkbook(compound({ Workbook: stream })))).toEqual({
      code: 'statement.workbook',
      reason: 'locked',
    })
  })
})
