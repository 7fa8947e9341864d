// Old workbooks: whole ones as another program writes them, and records put together here for what none writes any more.

import { utils, write } from '@e965/xlsx'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../../../../electron/contract/fault.ts'
import {
  readWorkbookRow,
  readWorkbookTable,
} from '../../../../electron/domain/statements/workbook/workbook.ts'
import { bytesOf, joinBytes } from '../text-fixtures.ts'
import { faultOf, tellWorkbook } from './workbook-fixtures.ts'

const header = ['Дата', 'Сумма', 'Валюта', 'Контрагент', 'Назначение платежа', 'ИНН контрагента']

type Written = string | number | boolean | { t: 'n'; v: number; z: string }

function xls(sheets: Record<string, Written[][]>, hidden: string[] = []): Uint8Array {
  const book = utils.book_new()
  for (const [name, rows] of Object.entries(sheets))
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows), name)
  book.Workbook = { Sheets: book.SheetNames.map((name) => ({ name, Hidden: hidden.includes(name) ? 1 : 0 })) }
  return new Uint8Array(write(book, { type: 'array', bookType: 'biff8', bookSST: true }) as ArrayBuffer)
}

const date = (v: number): Written => ({ t: 'n', v, z: 'dd.mm.yyyy' })

describe('XLS as it is written today', () => {
  it('is read with its days, sums, texts and places', () => {
    const bytes = xls({
      Выписка: [
        ['Счет:', '40702810900000000001'],
        header,
        [date(45_358), -59.06, 'RUB', 'ООО «Ромашка»', 'Оплата № 1', '0123456789'],
        [45_358.0416, 30.000000000000004, 'RUB', 'B', 'x', 7_702_070_139],
      ],
    })
    const told = tellWorkbook(bytes)
    expect(told.heads).toMatchObject([{ account: '40702810900000000001' }])
    expect(told.lines).toMatchObject([
      {
        bankDay: '2024-03-07',
        amountMinor: -5906,
        counterparty: { name: 'ООО «Ромашка»', taxId: '0123456789' },
        purpose: 'Оплата № 1',
        place: { line: 3, from: 0, to: 0, part: 'Выписка' },
      },
      { bankDay: '2024-03-07', amountMinor: 3000, counterparty: { taxId: '7702070139' } },
    ])
    expect(readWorkbookRow(bytes, 'Выписка', 3)[3]).toBe('ООО «Ромашка»')
  })

  it('leaves hidden sheets for the last', () => {
    const rows = [header, [date(45_358), -1, 'RUB']]
    const told = tellWorkbook(xls({ Скрытый: rows, Лист: [header, [date(45_358), -2, 'RUB']] }, ['Скрытый']))
    expect(told.lines).toMatchObject([{ amountMinor: -200 }])
    expect(told.issues).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ code: 'sheet.skipped', text: 'Скрытый' })]),
    )
  })

  it('keeps strings that run over the end of their record, in either width', () => {
    const text = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'é', '7'), maxLength: 9000 }),
      fc.string({ unit: fc.constantFrom('a', 'Ж', '№'), maxLength: 9000 }),
    )
    fc.assert(
      fc.property(
        fc.array(
          text.map((cell) => `|${cell}|`),
          { minLength: 1, maxLength: 8 },
        ),
        (texts) => {
          const bytes = xls({ S: [texts] })
          expect(readWorkbookRow(bytes, 'S', 1)).toEqual(texts)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('gives back the sums it was given', () => {
    const minor = fc.integer({ min: -1e11, max: 1e11 })
    fc.assert(
      fc.property(fc.array(minor, { minLength: 2, maxLength: 30 }), (sums) => {
        const rows = sums.map((sum, at) => [date(45_000 + at), sum / 100, 'RUB', 'A', 'x', '1'])
        expect(
          tellWorkbook(xls({ S: [header, ...rows] })).lines.map(({ amountMinor }) => amountMinor),
        ).toEqual(sums)
      }),
      { numRuns: 30 },
    )
  })

  it('damaged anywhere leads to a refusal or to lines', () => {
    const good = xls({ S: [header, [date(45_358), -1, 'RUB', 'A', 'x', '1']] })
    let seed = 99
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
      return seed % below
    }
    for (let turn = 0; turn < 400; turn += 1) {
      const bytes = good.slice(0, turn % 5 === 0 ? random(good.length) : good.length)
      for (let change = 0; change < 4 && bytes.length > 0; change += 1)
        bytes[random(bytes.length)] = random(256)
      bytes[0] = 0xd0
      expect(() => {
        try {
          tellWorkbook(bytes)
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
        }
      }).not.toThrow()
    }
  })
})

// ---- records

function record(id: number, ...body: Uint8Array[]): Uint8Array {
  const bytes = joinBytes(...body)
  return joinBytes(shorts(id, bytes.length), bytes)
}

function shorts(...values: number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((value) => [value & 0xff, (value >> 8) & 0xff]))
}

function double(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setFloat64(0, value, true)
  return bytes
}

const byte = (...values: number[]) => Uint8Array.from(values)

/** A workbook of 1995 in windows-1251, its cells in the order given. */
function excel95(
  cells: (style: { label: typeof label5; number: typeof number5 }) => Uint8Array[],
): Uint8Array {
  const name = bytesOf('Выписка', 'windows-1251')
  const beginning = (at: number) => [
    record(0x809, shorts(0x500, 5, 0, 0)),
    record(0x42, shorts(1251)),
    record(0x41e, shorts(164), byte(10), bytesOf('dd/mm/yyyy')),
    record(0xe0, shorts(0, 0), new Uint8Array(12)),
    record(0xe0, shorts(0, 164), new Uint8Array(12)),
    record(0x85, shorts(at & 0xffff, at >> 16), byte(0, 0, name.length), name),
    record(0x0a),
  ]
  const length = joinBytes(...beginning(0)).length
  return joinBytes(
    ...beginning(length),
    record(0x809, shorts(0x500, 0x10, 0, 0)),
    ...cells({ label: label5, number: number5 }),
    record(0x0a),
  )
}

function label5(row: number, column: number, text: string): Uint8Array {
  const bytes = bytesOf(text, 'windows-1251')
  return record(0x204, shorts(row, column, 0, bytes.length), bytes)
}

function number5(row: number, column: number, value: number, style = 0): Uint8Array {
  return record(0x203, shorts(row, column, style), double(value))
}

describe('older kinds', () => {
  const lines = [{ bankDay: '2024-03-07', amountMinor: -150, counterparty: { name: 'Ромашка' } }]

  it('of 1995 are read in their code page, in whatever order their cells stand', () => {
    const titles = ['Дата', 'Сумма', 'Контрагент']
    const bytes = excel95(({ label, number }) => [
      number(1, 0, 45_358, 1),
      label(1, 2, 'Ромашка'),
      ...titles.map((title, at) => label(0, at, title)),
      number(1, 1, -1.5),
    ])
    expect(readWorkbookTable(bytes).sheets).toEqual(['Выписка'])
    expect(tellWorkbook(bytes).lines).toMatchObject(lines)
  })

  it('of the first version are one sheet', () => {
    const cell = (row: number, column: number, format = 0) =>
      joinBytes(shorts(row, column), byte(0, format, 0))
    const label = (row: number, column: number, text: string) => {
      const bytes = bytesOf(text, 'windows-1251')
      return record(0x04, cell(row, column), byte(bytes.length), bytes)
    }
    const format = (code: string) => record(0x1e, byte(code.length), bytesOf(code))
    const bytes = joinBytes(
      record(0x09, shorts(2, 0x10)),
      record(0x42, shorts(1251)),
      format('General'),
      format('dd.mm.yyyy'),
      ...['Дата', 'Сумма', 'Контрагент'].map((title, at) => label(0, at, title)),
      record(0x02, cell(1, 0, 1), shorts(45_358)),
      record(0x03, cell(1, 1), double(-1.5)),
      label(1, 2, 'Ромашка'),
      record(0x0a),
    )
    expect(tellWorkbook(bytes).lines).toMatchObject(lines)
  })

  it('numbers packed, repeated and computed are the numbers they were', () => {
    const bytes = excel95(() => [
      // 1.5 as the upper part of a double, 100 times 12.34 as a whole number, -7 as a whole number.
      record(0x27e, shorts(0, 0, 0, 0x0000, 0x3ff8)),
      record(
        0xbd,
        shorts(0, 1, 0),
        shorts((1234 << 2) | 3, 0),
        shorts(0),
        shorts(((-7 << 2) | 2) & 0xffff, 0xffff),
        shorts(2),
      ),
      record(0x06, shorts(0, 3, 0), double(30.000000000000004), new Uint8Array(8)),
      record(0x06, shorts(0, 4, 0), byte(0, 0, 0, 0, 0, 0, 0xff, 0xff), new Uint8Array(8)),
      record(0x207, shorts(3), bytesOf('abc')),
      record(0x205, shorts(0, 5, 0), byte(1, 0)),
      record(0x205, shorts(0, 6, 0), byte(0x2a, 1)),
    ])
    expect(readWorkbookRow(bytes, 'Выписка', 1)).toEqual(['1.5', '12.34', '-7', '30', 'abc', 'TRUE', '#N/A'])
  })
})

describe('what is refused', () => {
  it('a password', () => {
    const bytes = joinBytes(
      record(0x809, shorts(0x600, 5, 0, 0)),
      record(0x2f, shorts(1, 1, 1)),
      record(0x0a),
    )
    expect(faultOf(() => tellWorkbook(bytes))).toEqual({ code: 'statement.workbook', reason: 'locked' })
  })

  it('more than a million cells', () => {
    const many = record(0xbd, shorts(0, 0), new Uint8Array(6 * 255), shorts(254))
    const bytes = excel95(() => Array.from({ length: 3922 }, () => many))
    expect(faultOf(() => tellWorkbook(bytes))).toEqual({ code: 'statement.tooManyCells', limit: 1_000_000 })
  })

  it('a compound file without a workbook', () => {
    const bytes = new Uint8Array(2048)
    bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
    expect(faultOf(() => tellWorkbook(bytes))).toEqual({ code: 'statement.workbook', reason: 'damaged' })
  })
})
