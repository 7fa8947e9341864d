import { describe, expect, it } from 'vitest'
import {
  ageRows,
  condensed,
  dayPoints,
  mainCurrency,
  mondayOf,
  shareOf,
  sharePercent,
} from '../../../renderer/src/areas/reports/figures.ts'

const days = [
  { day: '2026-11-19', currency: 'RUB', inMinor: 300, matchedMinor: 300 },
  { day: '2026-11-18', currency: 'RUB', inMinor: 100, matchedMinor: 0 },
  { day: '2026-11-18', currency: 'USD', inMinor: 50, matchedMinor: 50 },
]

describe('the reconciled share', () => {
  it('keeps currencies apart', () => {
    expect(shareOf(days, 'RUB')).toEqual({ currency: 'RUB', inMinor: 400, matchedMinor: 300, share: 0.75 })
    expect(shareOf(days, 'USD').share).toBe(1)
  })

  it('of nothing is nothing, not nought', () => {
    expect(shareOf(days, 'EUR').share).toBeNull()
  })

  it('is a hundred only when nothing is missing', () => {
    expect(sharePercent(0.9996)).toBe(99)
    expect(sharePercent(1)).toBe(100)
    expect(sharePercent(0.754)).toBe(75)
    expect(sharePercent(0)).toBe(0)
  })
})

describe('days', () => {
  it('come in order, matched and open apart, never below nothing', () => {
    expect(
      dayPoints([...days, { day: '2026-11-17', currency: 'RUB', inMinor: 10, matchedMinor: 25 }], 'RUB'),
    ).toEqual([
      { day: '2026-11-17', matchedMinor: 25, openMinor: 0 },
      { day: '2026-11-18', matchedMinor: 0, openMinor: 100 },
      { day: '2026-11-19', matchedMinor: 300, openMinor: 0 },
    ])
  })

  it('become weeks when they are too many to read', () => {
    const points = dayPoints(days, 'RUB')
    expect(condensed(points, 5)).toEqual({ points, by: 'day' })
    const more = [
      { day: '2026-11-22', matchedMinor: 1, openMinor: 2 },
      { day: '2026-11-23', matchedMinor: 4, openMinor: 8 },
    ]
    expect(condensed([...points, ...more], 3)).toEqual({
      by: 'week',
      points: [
        { day: '2026-11-16', matchedMinor: 301, openMinor: 102 },
        { day: '2026-11-23', matchedMinor: 4, openMinor: 8 },
      ],
    })
  })

  it('know their Monday, over the year’s end too', () => {
    expect(mondayOf('2026-11-21')).toBe('2026-11-16')
    expect(mondayOf('2026-11-16')).toBe('2026-11-16')
    expect(mondayOf('2027-01-01')).toBe('2026-12-28')
  })
})

describe('the currency shown first', () => {
  it('is that of most days with money, not the first of the alphabet', () => {
    expect(mainCurrency({ currencies: ['BYN', 'RUB', 'USD'], days, ageing: [] })).toBe('RUB')
  })

  it('without any money is that of most open payments', () => {
    const sum = { minor: 1, currency: '' }
    const open = (currency: string, count: number) => ({
      currency,
      upTo7: sum,
      upTo30: sum,
      upTo90: sum,
      more: sum,
      counts: [count, 0, 0, 0] as [number, number, number, number],
    })
    expect(
      mainCurrency({ currencies: ['BYN', 'RUB'], days: [], ageing: [open('BYN', 2), open('RUB', 5)] }),
    ).toBe('RUB')
    expect(mainCurrency({ currencies: [], days: [], ageing: [] })).toBe('')
  })
})

it('gives four ages, noughts where nothing is open', () => {
  const sum = (minor: number) => ({ minor, currency: 'RUB' })
  const ageing = [
    {
      currency: 'RUB',
      upTo7: sum(5),
      upTo30: sum(0),
      upTo90: sum(7),
      more: sum(9),
      counts: [1, 0, 2, 3] as [number, number, number, number],
    },
  ]
  expect(ageRows({ ageing }, 'RUB')).toEqual([
    { band: 'upTo7', minor: 5, count: 1 },
    { band: 'upTo30', minor: 0, count: 0 },
    { band: 'upTo90', minor: 7, count: 2 },
    { band: 'more', minor: 9, count: 3 },
  ])
  expect(ageRows({ ageing }, 'USD').every(({ minor, count }) => minor === 0 && count === 0)).toBe(true)
})
