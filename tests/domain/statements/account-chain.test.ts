import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findChainBreaks, type ChainLink } from '../../../electron/domain/statements/account-chain.ts'
import { dayNumber, dayOf, dayOfNumber } from '../../../electron/domain/statements/bank-days.ts'

const link = (
  from: string,
  to: string,
  openingMinor: number | null = null,
  closingMinor: number | null = null,
): ChainLink => ({ from, to, openingMinor, closingMinor })
const breaks = (...links: ChainLink[]) =>
  findChainBreaks('1', 'EUR', links).map(({ kind, from, to, beforeMinor, afterMinor }) => [
    kind,
    from,
    to,
    beforeMinor,
    afterMinor,
  ])

describe('no break', () => {
  it.each<[string, ChainLink[]]>([
    ['one statement', [link('2026-06-01', '2026-06-30', 0, 5)]],
    [
      'neighbours that go on',
      [link('2026-06-01', '2026-06-15', 0, 5), link('2026-06-16', '2026-06-30', 5, 9)],
    ],
    [
      'neighbours in the wrong order',
      [link('2026-06-16', '2026-06-30', 5, 9), link('2026-06-01', '2026-06-15', 0, 5)],
    ],
    [
      'statements that meet on a day, as MT940 ones do',
      [link('2026-06-01', '2026-06-15', 0, 5), link('2026-06-15', '2026-06-30', 5, 9)],
    ],
    [
      'two of one day, in the order of their balances',
      [link('2026-06-01', '2026-06-01', 5, 9), link('2026-06-01', '2026-06-01', 0, 5)],
    ],
    [
      'a weekend over which nothing moved',
      [link('2026-06-01', '2026-06-05', 0, 5), link('2026-06-08', '2026-06-12', 5, 9)],
    ],
    ['neighbours without balances', [link('2026-06-01', '2026-06-15'), link('2026-06-16', '2026-06-30')]],
    [
      'a statement without days',
      [link('2026-06-01', '2026-06-15', 0, 5), { from: null, to: null, openingMinor: 7, closingMinor: 8 }],
    ],
  ])('%s', (_name, links) => {
    expect(breaks(...links)).toEqual([])
  })
})

describe('breaks', () => {
  it.each<[string, ChainLink[], unknown[]]>([
    [
      'days in neither, another balance',
      [link('2026-02-01', '2026-02-27', 0, 5), link('2026-03-02', '2026-03-31', 6, 9)],
      ['gap', '2026-02-28', '2026-03-01', 5, 6],
    ],
    [
      'days in neither, balances unknown',
      [link('2026-06-01', '2026-06-05'), link('2026-06-07', '2026-06-30')],
      ['gap', '2026-06-06', '2026-06-06', null, null],
    ],
    [
      'days in both',
      [link('2026-06-01', '2026-06-20', 0, 5), link('2026-06-15', '2026-06-30', 4, 9)],
      ['overlap', '2026-06-15', '2026-06-20', 5, 4],
    ],
    [
      'one within the other',
      [link('2026-06-01', '2026-06-30', 0, 5), link('2026-06-10', '2026-06-12', 1, 2)],
      ['overlap', '2026-06-10', '2026-06-12', 5, 1],
    ],
    [
      'the same day with another balance',
      [link('2026-06-01', '2026-06-15', 0, 5), link('2026-06-15', '2026-06-30', 6, 9)],
      ['overlap', '2026-06-15', '2026-06-15', 5, 6],
    ],
    [
      'neighbours with another balance',
      [link('2026-06-01', '2026-06-15', 0, 5), link('2026-06-16', '2026-06-30', 6, 9)],
      ['balance', '2026-06-15', '2026-06-16', 5, 6],
    ],
  ])('%s', (_name, links, expected) => {
    expect(breaks(...links)).toEqual([expected])
  })

  it('measures the next gap from the longest statement, not from one within it', () => {
    expect(
      breaks(
        link('2026-06-01', '2026-06-30', 0, 5),
        link('2026-06-10', '2026-06-12', 1, 2),
        link('2026-07-03', '2026-07-31', 6, 9),
      ).at(-1),
    ).toEqual(['gap', '2026-07-01', '2026-07-02', 5, 6])
  })
})

describe('an overlap', () => {
  const links = [link('2026-06-01', '2026-06-20', 0, 5), link('2026-06-15', '2026-06-30', 4, 9)]

  it('says nothing new where neither of the two has something that is no repeat', () => {
    const asked: unknown[] = []
    const found = findChainBreaks('1', 'EUR', links, (before, after, days) => {
      asked.push([before.from, after.from, days.from, days.to])
      return false
    })
    expect(found.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['repeat', '2026-06-15', '2026-06-20'],
    ])
    expect(asked).toEqual([['2026-06-01', '2026-06-15', '2026-06-15', '2026-06-20']])
  })

  it('that says nothing new leaves the gaps behind it', () => {
    const more = [...links, link('2026-07-05', '2026-07-31', 9, 9)]
    const found = findChainBreaks(
      '1',
      'EUR',
      more.with(2, link('2026-07-05', '2026-07-31', 8, 9)),
      () => false,
    )
    expect(found.map(({ kind, from, to }) => [kind, from, to]).slice(1)).toEqual([
      ['gap', '2026-07-01', '2026-07-04'],
    ])
  })
})

describe('a file that was cut off', () => {
  const cut = (from: string, to: string): ChainLink => ({ ...link(from, to, 5, 9), cut: true })

  it('proves none of its days, and its closing balance proves no next statement', () => {
    expect(
      breaks(
        link('2026-06-01', '2026-06-15', 0, 5),
        cut('2026-06-16', '2026-06-20'),
        link('2026-06-22', '2026-06-30', 9, 9),
      ),
    ).toEqual([
      ['cut', '2026-06-16', '2026-06-20', null, null],
      ['gap', '2026-06-21', '2026-06-21', null, 9],
    ])
  })

  it('is nothing to tell of once a whole statement has all of its days', () => {
    expect(breaks(cut('2026-06-10', '2026-06-20'), link('2026-06-01', '2026-06-30', 0, 9))).toEqual([])
    expect(breaks(cut('2026-06-10', '2026-06-20'), link('2026-06-01', '2026-06-15', 0, 9)).at(-1)).toEqual([
      'cut',
      '2026-06-10',
      '2026-06-20',
      null,
      null,
    ])
  })
})

describe('days', () => {
  it('know the leap years', () => {
    expect([
      dayOf(2024, 2, 29),
      dayOf(2023, 2, 29),
      dayOf(2000, 2, 29),
      dayOf(1900, 2, 29),
      dayOf(2026, 2, 30),
      dayOf(2026, 13, 1),
    ]).toEqual(['2024-02-29', undefined, '2000-02-29', undefined, undefined, undefined])
  })

  it('count like the calendar and back', () => {
    expect(dayNumber('2026-03-01') - dayNumber('2026-02-28')).toBe(1)
    expect(dayNumber('2024-03-01') - dayNumber('2024-02-28')).toBe(2)
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('1900-01-01T00:00:00Z'),
          max: new Date('2199-12-30T00:00:00Z'),
          noInvalidDate: true,
        }),
        (date) => {
          const day = date.toISOString().slice(0, 10)
          const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
          expect(dayOfNumber(dayNumber(day))).toBe(day)
          expect(dayNumber(next) - dayNumber(day)).toBe(1)
        },
      ),
    )
  })
})
