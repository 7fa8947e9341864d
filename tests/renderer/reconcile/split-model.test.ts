import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  judgeSplit,
  proposedShare,
  readTyped,
  typedOf,
} from '../../../renderer/src/areas/reconcile/split-model.ts'
import type { SplitRow } from '../../../renderer/src/areas/reconcile/split-model.ts'

function row(typed: string, paymentSumMinor = 1_000_000): SplitRow {
  return { paymentId: 1, accountNumber: '3653/1', payerName: '', paymentSumMinor, typed }
}

describe('reading a typed sum', () => {
  it.each([
    ['12430', 1_243_000],
    ['12 430,50', 1_243_050],
    ['12\u00a0430.5', 1_243_050],
    ["12'430,05", 1_243_005],
    ['0,01', 1],
  ])('reads %s', (typed, minor) => {
    expect(readTyped(typed, 'RUB')).toBe(minor)
  })

  it.each(['', ' ', '12,345', '1,2,3', 'abc', '12-5', '1e5'])('refuses %s', (typed) => {
    expect(readTyped(typed, 'RUB')).toBeUndefined()
  })

  it('knows the digits of the currency', () => {
    expect(readTyped('500', 'JPY')).toBe(500)
    expect(readTyped('1,234', 'KWD')).toBe(1234)
    expect(readTyped('1,5', 'JPY')).toBeUndefined()
  })

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 13 }),
        fc.constantFrom('RUB', 'JPY', 'KWD'),
        (minor, currency) => {
          expect(readTyped(typedOf(minor, currency, ','), currency)).toBe(minor)
        },
      ),
    )
  })
})

describe('judging a split', () => {
  it('counts the remainder to the kopeck', () => {
    const state = judgeSplit([row('10000'), row('2 429,99')], 1_243_000, 'RUB')
    expect(state.restMinor).toBe(1)
    expect(state.acceptable).toBe(true)
  })

  it('refuses to give away more than the line has', () => {
    const state = judgeSplit([row('10000'), row('2430,01')], 1_243_000, 'RUB')
    expect(state).toMatchObject({ restMinor: -1, overLine: true, acceptable: false })
  })

  it('says which row is no sum and which is nothing', () => {
    const state = judgeSplit([row('ten'), row('0'), row('5')], 1_000, 'RUB')
    expect(state.rows.map((one) => one.trouble)).toEqual(['unreadable', 'notPositive', null])
    expect(state.restMinor).toBe(500)
    expect(state.acceptable).toBe(false)
  })

  it('tells that a payment would get more than its sum', () => {
    const state = judgeSplit([row('100', 9_999)], 10_000, 'RUB')
    expect(state.overPayment).toBe(true)
    expect(state.rows[0]?.over).toBe(true)
    expect(state.acceptable).toBe(true)
  })

  it('accepts no empty split', () => {
    expect(judgeSplit([], 100, 'RUB').acceptable).toBe(false)
  })
})

it('proposes the sum of a payment, or what is left when that is less, never less than nothing', () => {
  expect(proposedShare(500, 800)).toBe(500)
  expect(proposedShare(500, 300)).toBe(300)
  expect(proposedShare(500, -20)).toBe(0)
})
