import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainCell } from '../../../../electron/domain/statements/table/cells.ts'
import { currencyOfAccount, currencyOfCell } from '../../../../electron/domain/statements/table/currencies.ts'
import type { DecimalMark } from '../../../../electron/domain/statements/table/amounts.ts'
import { findDecimalMark, readCellAmount } from '../../../../electron/domain/statements/table/amounts.ts'

const minor = (cell: string, mark: DecimalMark = ',', currency = 'RUB'): unknown => {
  const read = readCellAmount(cell, mark, currency)
  return read.ok ? read.minor : read.code
}

describe('a sum in a cell', () => {
  it('has its decimals after the column mark, however many', () => {
    expect(minor('12430,50')).toBe(1243050)
    expect(minor('3,1')).toBe(310)
    expect(minor('15,')).toBe(1500)
    expect(minor(',50')).toBe(50)
    expect(minor('80')).toBe(8000)
    expect(minor('29.000', '.')).toBe(2900)
    expect(minor('5', ',', 'JPY')).toBe(5)
  })

  it('may be grouped by blanks of all widths, apostrophes, points, commas and the Indian way', () => {
    for (const text of [
      '1 234 567,89',
      '1\u00a0234\u00a0567,89',
      '1\u202f234\u202f567,89',
      "1'234'567,89",
      '1’234’567,89',
      '1.234.567,89',
    ]) {
      expect(minor(text)).toBe(123456789)
    }
    expect(minor('1,234,567.89', '.')).toBe(123456789)
    expect(minor('12,34,567.89', '.')).toBe(123456789)
  })

  it('may have its kopecks behind a dash, as Russian forms print them', () => {
    expect(minor('1250-00')).toBe(125000)
    expect(minor('1 250-07', '.')).toBe(125007)
    expect(minor('1\u00a0250=')).toBe(125000)
    expect(minor('-99-10')).toBe(-9910)
    expect(minor('1250-0')).toBe('amount.unreadable')
    expect(findDecimalMark(['1250-00', '99-10'])).toBeNull()
  })

  it('written with the other mark is unreadable, never a hundred times as much', () => {
    expect(minor('12.50')).toBe('amount.unreadable')
    expect(minor('12,50', '.')).toBe('amount.unreadable')
    expect(minor('1.234,56', '.')).toBe('amount.unreadable')
    expect(minor('12..34', '.')).toBe('amount.unreadable')
    expect(minor('1.23.456')).toBe('amount.unreadable')
  })

  it('is negative by a minus before or behind, U+2212, dashes or parentheses', () => {
    for (const text of [
      '-5,00',
      '5,00-',
      '\u22125,00',
      '\u20135,00',
      '(5,00)',
      '- 5,00',
      '-€5,00',
      '€ -5,00',
      '5,00- EUR',
    ])
      expect(minor(text)).toBe(-500)
    expect(minor('+5,00')).toBe(500)
    expect(minor('-(5,00)')).toBe('amount.unreadable')
    expect(minor('--5')).toBe('amount.unreadable')
  })

  it('may carry debit or credit behind it', () => {
    for (const text of ['5,00 DR', '5,00D', '5,00 S', '5,00 Дт']) expect(minor(text)).toBe(-500)
    for (const text of ['5,00 CR', '5,00C', '5,00 H', '5,00 Кт']) expect(minor(text)).toBe(500)
    expect(minor('-5,00 DR')).toBe('amount.unreadable')
  })

  it('is plain zero even with a minus', () => {
    for (const text of ['-0', '-0,00', '(0,00)']) expect(Object.is(minor(text), 0)).toBe(true)
  })

  it('may have its currency glued on', () => {
    expect(readCellAmount('579,68 USD', ',', 'RUB')).toEqual({ ok: true, minor: 57968, currency: 'USD' })
    expect(readCellAmount("'USD 9.126,07", ',', 'RUB')).toEqual({ ok: true, minor: 912607, currency: 'USD' })
    expect(readCellAmount('1 000 руб.', ',', '')).toEqual({ ok: true, minor: 100000, currency: 'RUB' })
    expect(readCellAmount('500 ₸', ',', '')).toEqual({ ok: true, minor: 50000, currency: 'KZT' })
    expect(readCellAmount('¥500', ',', '')).toEqual({ ok: true, minor: 500, currency: 'JPY' })
    expect(readCellAmount('5,00', ',', 'EUR')).toEqual({ ok: true, minor: 500, currency: '' })
  })

  it('with other words is unreadable, empty is missing, too fine is told apart', () => {
    expect(minor('5 apples')).toBe('amount.unreadable')
    expect(minor('5 pcs')).toBe('amount.unreadable')
    expect(minor('USD 5 EUR')).toBe('amount.unreadable')
    expect(minor('1e5')).toBe('amount.unreadable')
    expect(minor('итого')).toBe('amount.unreadable')
    expect(minor('-')).toBe('amount.unreadable')
    expect(minor(' \u00a0')).toBe('amount.missing')
    expect(minor('9,87357142857143')).toBe('amount.precision')
    expect(minor(`x${' '.repeat(100_000)}(`)).toBe('amount.unreadable')
    expect(minor('99999999999999999999')).toBe('amount.unreadable')
  })

  it('written in any of these ways is read back', () => {
    const ways: ((whole: string, cents: string, negative: boolean) => [string, DecimalMark])[] = [
      (whole, cents, negative) => [`${negative ? '-' : ''}${whole},${cents}`, ','],
      (whole, cents, negative) => [`${group(whole, ' ')},${cents}${negative ? '-' : ''}`, ','],
      (whole, cents, negative) => [
        negative ? `(${group(whole, ',')}.${cents})` : `${group(whole, ',')}.${cents}`,
        '.',
      ],
      (whole, cents, negative) => [`${negative ? '\u2212' : ''}${group(whole, '.')},${cents} EUR`, ','],
      (whole, cents, negative) => [`CHF ${negative ? '-' : ''}${group(whole, '’')}.${cents}`, '.'],
    ]
    const group = (whole: string, mark: string): string => whole.replace(/\B(?=(\d{3})+$)/g, mark)
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 13), max: 10 ** 13 }), fc.constantFrom(...ways), (value, way) => {
        const digits = String(Math.abs(value)).padStart(3, '0')
        const [text, mark] = way(digits.slice(0, -2), digits.slice(-2), value < 0)
        expect(minor(text, mark)).toBe(value)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the decimal mark of a column', () => {
  it('is settled by any cell that can be read in one way only', () => {
    expect(findDecimalMark(['1.234', '5,00'])).toEqual({ mark: ',', settled: true, certain: true })
    expect(findDecimalMark(['1.234,56'])).toEqual({ mark: ',', settled: true, certain: true })
    expect(findDecimalMark(['1,234.56'])).toEqual({ mark: '.', settled: true, certain: true })
    expect(findDecimalMark(['1.234.567'])).toEqual({ mark: ',', settled: true, certain: true })
    expect(findDecimalMark(['0.250', '10'])).toEqual({ mark: '.', settled: true, certain: true })
  })

  it('is not certain when cells disagree or all are open, and unknown without any mark', () => {
    expect(findDecimalMark(['5,00', '6,00', '7.00'])).toEqual({ mark: ',', settled: true, certain: false })
    expect(findDecimalMark(['29.000', '12.900'])).toEqual({ mark: '.', settled: false, certain: false })
    expect(findDecimalMark(['29', ''])).toBeNull()
  })
})

describe('cells', () => {
  it('lose what spreadsheets wrap around them', () => {
    expect(plainCell('="0012"')).toBe('0012')
    expect(plainCell("'0012")).toBe('0012')
    expect(plainCell('  a \u001a')).toBe('a')
    expect(plainCell("'")).toBe("'")
  })

  it('name currencies by code, number, symbol or word, and accounts by their digits', () => {
    expect(['usd', '643', '810', '₽', 'руб.', 'RUR', 'тенге', 'nothing'].map(currencyOfCell)).toEqual([
      'USD',
      'RUB',
      'RUB',
      'RUB',
      'RUB',
      'RUB',
      'KZT',
      '',
    ])
    expect(currencyOfAccount('40702810900000000001')).toBe('RUB')
    expect(currencyOfAccount('40702840900000000001')).toBe('USD')
    expect(currencyOfAccount('DE89370400440532013000')).toBe('')
  })
})
