import { describe, expect, it } from 'vitest'
import type { StandingCounts } from '../../../electron/contract/payment.ts'
import {
  emptyDraft,
  filterOf,
  isNarrowed,
  isQuick,
  quickCount,
  withoutStanding,
} from '../../../renderer/src/areas/payments/quick-filters.ts'

const counts: StandingCounts = {
  all: 2000,
  byStanding: {
    reconciled: 1520,
    toPay: 110,
    toPaySurplus: 2,
    partlyReceived: 6,
    overpaid: 5,
    paidSumDiffers: 3,
    paidWithoutMoney: 9,
    refunded: 1,
    refundNoted: 1,
    open: 300,
    outside: 43,
  },
}

describe('quick filters', () => {
  it('count what they would show', () => {
    expect(quickCount(counts, 'all')).toBe(2000)
    expect(quickCount(counts, 'toPay')).toBe(112)
    expect(quickCount(counts, 'differences')).toBe(14)
    expect(quickCount(counts, 'open')).toBe(301)
  })

  it('together show every payment exactly once', () => {
    const names = [
      'toPay',
      'paidWithoutMoney',
      'differences',
      'open',
      'refunded',
      'reconciled',
      'outside',
    ] as const
    expect(names.reduce((sum, name) => sum + quickCount(counts, name), 0)).toBe(2000)
  })

  it('are told from other words in the address', () => {
    expect(isQuick('toPay')).toBe(true)
    expect(isQuick('toString')).toBe(false)
    expect(isQuick(undefined)).toBe(false)
  })
})

describe('the filter', () => {
  it('of an untouched draft filters nothing', () => {
    expect(filterOf(emptyDraft())).toEqual({})
    expect(isNarrowed(emptyDraft())).toBe(false)
  })

  it('says what was set, sums in the minor units of the chosen currency', () => {
    const draft = {
      ...emptyDraft(),
      quick: 'toPay' as const,
      paid: 'unpaid' as const,
      from: '2026-11-01',
      paySystemIds: [6],
      currencies: ['JPY'],
      sumFrom: '1 000',
      sumTo: '5000',
      text: '3653',
    }
    expect(filterOf(draft)).toEqual({
      standing: ['toPay', 'toPaySurplus'],
      paid: false,
      from: '2026-11-01',
      paySystemId: [6],
      currency: ['JPY'],
      minMinor: 1000,
      maxMinor: 5000,
      text: '3653',
    })
    expect(isNarrowed(draft)).toBe(true)
  })

  it('reads sums with two digits when no single currency is chosen, and ignores what is no sum', () => {
    expect(filterOf({ ...emptyDraft(), sumFrom: '10,5', sumTo: 'viel' })).toEqual({ minMinor: 1050 })
  })

  it('counts standings without the chosen one', () => {
    expect(withoutStanding({ standing: ['open'], paid: true })).toEqual({ paid: true })
  })
})
