import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  costOf,
  groupMs,
  largestGroupSize,
  nextGroupSize,
  sampleDurations,
} from '../../../electron/domain/payments/grouping.ts'

describe('the size of the next group', () => {
  it.each([
    ['a fast one: half as many again', 5, 5, 2_000, 8],
    ['up to what a batch holds', 20, 20, 4_000, 25],
    ['as the documented portal works: fifteen', 12, 12, 12_060, 14],
    ['a slow one: fewer at once', 10, 10, 30_000, 5],
    ['one that takes the whole time by itself', 5, 1, 40_000, 1],
    ['a part of a group does not make the next one larger', 10, 3, 1_000, 10],
    ['a part of a group makes the next one smaller', 10, 3, 15_000, 3],
    ['nothing', 7, 0, 0, 7],
  ])('after %s', (_, size, items, tookMs, next) => {
    expect(nextGroupSize(size, items, tookMs)).toBe(next)
  })

  it('never leads to a group that takes longer than allowed at the speed just measured', () => {
    const size = fc.integer({ min: 1, max: largestGroupSize })
    fc.assert(
      fc.property(size, size, fc.integer({ min: 1, max: 60_000 }), (now, items, tookMs) => {
        const next = nextGroupSize(now, items, tookMs)
        expect(next).toBeGreaterThanOrEqual(1)
        expect(next).toBeLessThanOrEqual(largestGroupSize)
        expect(next === 1 || (next * tookMs) / items <= groupMs).toBe(true)
      }),
    )
  })
})

describe('what a plan costs', () => {
  const nothing = { status: 0, fields: 0, read: 0, start: 0 }
  const requests = (status: number, fields = 0): number => costOf({ status, fields }, true, nothing).requests

  it('counts two requests for a group, three for a single item', () => {
    // Groups of 5, 8, 12, 18 and then 25, where the portal answers at once.
    expect([0, 1, 2, 5, 6, 7, 13, 14, 43, 68, 93].map((items) => requests(items))).toEqual([
      0, 3, 2, 2, 5, 4, 4, 7, 8, 10, 12,
    ])
    expect(costOf({ status: 4, fields: 3 }, false, nothing).requests).toBe(21)
  })

  it('lets the details of a group follow it at once', () => {
    // 5 and 5; 8 and 8; then the last one and its details.
    expect(requests(14, 14)).toBe(4 + 4 + 6)
  })

  it('counts the time of writes, their own reads and the first check; later checks go beside a write', () => {
    const five = costOf({ status: 5, fields: 0 }, true, sampleDurations)
    expect(five.ms).toBe(300 + 5 * 50 + 300 + 5 * 980)
    const thirteen = costOf({ status: 13, fields: 0 }, true, sampleDurations)
    expect(thirteen.ms).toBe(five.ms + 300 + 8 * 980)
  })

  it('waits for the time budget: 480 s of the method in ten minutes', () => {
    const all = costOf({ status: 5_000, fields: 0 }, true, sampleDurations)
    // 4,650 s of work: nine whole windows, and 330 s of the tenth.
    expect(all.ms / 1000).toBeGreaterThan(9 * 600 + 330)
    expect(all.ms / 1000).toBeLessThan(9 * 600 + 380)
  })

  it('costs more, the more there is', () => {
    const some = fc.integer({ min: 0, max: 400 })
    fc.assert(
      fc.property(some, some, fc.boolean(), (a, b, batch) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)]
        const of = (status: number) => costOf({ status, fields: 0 }, batch, sampleDurations)
        expect(of(less).ms).toBeLessThanOrEqual(of(more).ms)
        expect(of(more).requests).toBeLessThanOrEqual(3 * more)
      }),
    )
  })
})
