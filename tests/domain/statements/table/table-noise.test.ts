// Whatever bytes come, the readers answer with lines, issues or a Refusal, in time that grows with the bytes.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../../../../electron/contract/fault.ts'
import { createCamtReader } from '../../../../electron/domain/statements/camt/camt.ts'
import { createCsvReader } from '../../../../electron/domain/statements/table/csv.ts'
import type { CreateReader } from '../../../../electron/domain/statements/reader.ts'
import { account, balance, details, entry, stmt } from '../camt/camt-message.ts'
import { readAll } from './table-collect.ts'

const csv =
  'Счёт;40702810900000000001\r\nДата;Сумма;Назначение платежа;Остаток\r\n' +
  '13.03.2026;"1 250,00";"ООО ""Лютик"" 😀";2 250,00\r\n14.03.2026;-250,00;x;2 000,00\r\nИтого;1 000,00\r\n'
const camt = stmt(
  account +
    balance('OPBD', '1') +
    entry('3', { details: ['1', '2'].map((sum) => details(`<Amt Ccy="EUR">${sum}</Amt>`)).join('') }),
)

function answers(create: CreateReader, bytes: Uint8Array): void {
  try {
    const { lines, issues } = readAll(create, bytes)
    for (const line of lines) {
      expect(Number.isSafeInteger(line.amountMinor)).toBe(true)
      expect(line.bankDay).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    }
    for (const { place, text } of [...issues, ...lines.map((line) => ({ place: line.place, text: '' }))]) {
      expect(place.from).toBeGreaterThanOrEqual(0)
      expect(place.to).toBeGreaterThanOrEqual(place.from)
      expect(place.to).toBeLessThanOrEqual(bytes.length + 1)
      expect(text.length).toBeLessThanOrEqual(500)
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}

for (const [name, create, text] of [
  ['camt', createCamtReader, camt],
  ['csv', createCsvReader, csv],
] as const) {
  describe(`${name} with damage`, () => {
    const bytes = new TextEncoder().encode(text)

    it('anywhere is answered', () => {
      const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
      fc.assert(
        fc.property(damage, (changes) => {
          const copy = Uint8Array.from(bytes)
          for (const [at, byte] of changes) copy[at] = byte
          answers(create, copy)
        }),
        { numRuns: 1500 },
      )
    })

    it('by a cut anywhere is answered', () => {
      for (let end = 0; end < bytes.length; end++) answers(create, bytes.subarray(0, end))
    })
  })
}

describe('cells made to take long', () => {
  const big = 60_000
  const fills = [
    ' '.repeat(big),
    '*'.repeat(big),
    '\r'.repeat(big),
    '9 '.repeat(big / 2),
    "'".repeat(big),
    '="'.repeat(big / 2),
    '""'.repeat(big / 2),
  ]

  it('do not', () => {
    const started = performance.now()
    for (const fill of fills) {
      answers(
        createCsvReader,
        new TextEncoder().encode(
          `Дата;Сумма;Назначение\n13.03.2026;1,00;x${fill}y\n13.03.2026;1${fill}(;x\n1${fill}x;1;y\nсчёт ${fill};1;1`,
        ),
      )
      answers(
        createCamtReader,
        new TextEncoder().encode(
          stmt(account + entry('1', { more: `<AddtlNtryInf>x${fill}y</AddtlNtryInf>` })),
        ),
      )
    }
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})
