import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addMoney,
  currencyOf,
  CurrencyMismatch,
  exponentOf,
  formatDecimal,
  parseDecimal,
  sumByCurrency,
} from '../../electron/contract/money.ts'
import type { Currency } from '../../electron/contract/money.ts'

const rub = 'RUB' as Currency
const yen = 'JPY' as Currency
const dinar = 'KWD' as Currency

describe('money', () => {
  it.each([
    ['12430.00', rub, 1_243_000],
    ['12430.5', rub, 1_243_050],
    ['80', rub, 8000],
    ['15.', rub, 1500],
    ['.5', rub, 50],
    ['-0.00', rub, 0],
    ['-1.01', rub, -101],
    ['+1.01', rub, 101],
    ['000000000000149.87', rub, 14_987],
    ['1.50000', rub, 150],
    ['100', yen, 100],
    ['1.234', dinar, 1234],
  ])('reads %s %s as %d minor units', (text, currency, minor) => {
    expect(parseDecimal(text, currency)).toBe(minor)
    expect(Object.is(parseDecimal(text, currency), -0)).toBe(false)
  })

  it.each([['1.005'], ['1,50'], [''], ['.'], ['-'], ['1e3'], ['1 000'], ['12-'], ['99999999999999999999']])(
    'never guesses at %j',
    (text) => {
      expect(parseDecimal(text, rub)).toBeUndefined()
    },
  )

  it('reads a comma as the mark where the caller says so, and then no dot', () => {
    expect(parseDecimal('15,', rub, ',')).toBe(1500)
    expect(parseDecimal('3,1', rub, ',')).toBe(310)
    expect(parseDecimal('3.1', rub, ',')).toBeUndefined()
  })

  it('reads the largest sums to the last kopeck and no larger ones', () => {
    expect(parseDecimal('90071992547409.91', rub)).toBe(Number.MAX_SAFE_INTEGER)
    expect(parseDecimal('90071992547409.92', rub)).toBeUndefined()
  })

  it('refuses a fraction where the currency has none', () => {
    expect(parseDecimal('1.5', yen)).toBeUndefined()
  })

  it('reads back every sum it writes', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom(rub, yen, dinar), (minor, currency) => {
        expect(parseDecimal(formatDecimal({ minor, currency }), currency)).toBe(minor)
      }),
    )
  })

  it('adds one currency only', () => {
    expect(addMoney({ minor: 1, currency: rub }, { minor: 2, currency: rub })).toEqual({
      minor: 3,
      currency: 'RUB',
    })
    expect(() => addMoney({ minor: 1, currency: rub }, { minor: 2, currency: yen })).toThrow(CurrencyMismatch)
    expect(() =>
      addMoney({ minor: Number.MAX_SAFE_INTEGER, currency: rub }, { minor: 1, currency: rub }),
    ).toThrow(RangeError)
  })

  it('sums per currency in the order of their codes', () => {
    const parts = [
      { minor: 5, currency: 'USD' as Currency },
      { minor: 2, currency: 'EUR' as Currency },
      { minor: 7, currency: 'USD' as Currency },
    ]
    expect(sumByCurrency(parts)).toEqual([
      { minor: 2, currency: 'EUR' },
      { minor: 12, currency: 'USD' },
    ])
  })

  it('knows currencies by three letters, the old rouble as the rouble', () => {
    expect(currencyOf('rur')).toBe('RUB')
    expect(currencyOf(' usd ')).toBe('USD')
    expect(currencyOf('US')).toBeUndefined()
    expect(exponentOf('XYZ' as Currency)).toBe(2)
  })
})
