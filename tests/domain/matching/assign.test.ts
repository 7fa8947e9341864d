import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignDrafts } from '../../../electron/domain/matching/assign.ts'
import type { Draft } from '../../../electron/domain/matching/draft.ts'
import { readyPayments } from '../../../electron/domain/matching/prepare.ts'
import type { ReadyPayment } from '../../../electron/domain/matching/prepare.ts'
import { payment } from '../../kit/matching-rows.ts'

const payments = readyPayments(Array.from({ length: 8 }, (_, at) => payment({ id: at + 1, sumMinor: 100 })))

function draft(score: number, ...parts: [at: number, amountMinor: number][]): Draft {
  const taken = parts.map(([at, amountMinor]) => ({ ready: payments[at] as ReadyPayment, amountMinor }))
  return { portalId: 'p_first001', parts: taken, score, ceiling: 'certain', claim: 0, explain: () => [] }
}

function totalOf(byLine: readonly (readonly Draft[])[], taken: Int32Array): number {
  return byLine.reduce((sum, drafts, line) => sum + (drafts[taken[line] ?? -1]?.score ?? 0), 0)
}

/** The best total by trying everything. */
function bestTotal(
  byLine: readonly (readonly Draft[])[],
  line = 0,
  room: number[] = payments.map(() => 100),
): number {
  const drafts = byLine[line]
  if (!drafts) return 0
  let best = bestTotal(byLine, line + 1, room)
  for (const one of drafts) {
    const left = room.slice()
    for (const { ready, amountMinor } of one.parts) left[ready.at] = (left[ready.at] ?? 0) - amountMinor
    if (one.score > 0 && left.every((amount) => amount >= 0))
      best = Math.max(best, one.score + bestTotal(byLine, line + 1, left))
  }
  return best
}

function usedOf(byLine: readonly (readonly Draft[])[], taken: Int32Array): number[] {
  const used = payments.map(() => 0)
  for (const [line, drafts] of byLine.entries()) {
    for (const { ready, amountMinor } of drafts[taken[line] ?? -1]?.parts ?? [])
      used[ready.at] = (used[ready.at] ?? 0) + amountMinor
  }
  return used
}

const scores = fc.integer({ min: -20, max: 100 }).map((tenths) => tenths / 10)
const ordered = (drafts: Draft[]): Draft[] => drafts.sort((a, b) => b.score - a.score)
const wholeDrafts = fc
  .array(
    fc.tuple(scores, fc.integer({ min: 0, max: 7 })).map(([score, at]) => draft(score, [at, 100])),
    { maxLength: 4 },
  )
  .map(ordered)
const mixedDrafts = fc
  .array(
    fc
      .tuple(
        scores,
        fc.uniqueArray(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 3 }),
        fc.constantFrom(40, 60, 100),
      )
      .map(([score, ats, amount]) => draft(score, ...ats.map((at): [number, number] => [at, amount]))),
    { maxLength: 3 },
  )
  .map(ordered)

describe('assignDrafts', () => {
  it('does not let an early line take what a later one has no substitute for', () => {
    const byLine = [[draft(9, [0, 100]), draft(8, [1, 100])], [draft(8.5, [0, 100])]]
    expect([...assignDrafts(byLine)]).toEqual([1, 0])
  })

  it('shares a payment among parts that fit into it', () => {
    const byLine = [[draft(5, [0, 40])], [draft(5, [0, 60])], [draft(4, [0, 60])]]
    expect([...assignDrafts(byLine)]).toEqual([0, 0, -1])
  })

  it('leaves a line without rather than take an unlikely explanation', () => {
    expect([...assignDrafts([[draft(-1, [0, 100])]])]).toEqual([-1])
  })

  it('finds the best whole for one payment per line', () => {
    fc.assert(
      fc.property(fc.array(wholeDrafts, { maxLength: 6 }), (byLine) => {
        const taken = assignDrafts(byLine)
        expect(totalOf(byLine, taken)).toBeCloseTo(bestTotal(byLine), 6)
        expect(usedOf(byLine, taken).every((used) => used <= 100)).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  it('finds the best whole with groups and parts', () => {
    fc.assert(
      fc.property(fc.array(mixedDrafts, { maxLength: 6 }), (byLine) => {
        const taken = assignDrafts(byLine)
        expect(totalOf(byLine, taken)).toBeCloseTo(bestTotal(byLine), 6)
        expect(usedOf(byLine, taken).every((used) => used <= 100)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('stays within the payments in knots too large to search through', () => {
    fc.assert(
      fc.property(fc.array(mixedDrafts, { minLength: 40, maxLength: 60 }), (byLine) => {
        const taken = assignDrafts(byLine)
        expect(usedOf(byLine, taken).every((used) => used <= 100)).toBe(true)
        for (const [line, drafts] of byLine.entries()) {
          const chosen = drafts[taken[line] ?? -1]
          if (chosen) expect(chosen.score).toBeGreaterThan(0)
        }
      }),
      { numRuns: 50 },
    )
  })
})
