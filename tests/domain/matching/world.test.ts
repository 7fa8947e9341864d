import { describe, expect, it } from 'vitest'
import { matchLines } from '../../../electron/domain/matching/match-lines.ts'
import { buildWorld } from '../../kit/matching-world.ts'

/** First proposals of one zone against the truth. */
function judge(seed: number): Record<string, { right: number; wrong: string[] }> {
  const world = buildWorld({ lines: 1500, payments: 4000, seed })
  const zones: Record<string, { right: number; wrong: string[] }> = {
    certain: { right: 0, wrong: [] },
    likely: { right: 0, wrong: [] },
    doubtful: { right: 0, wrong: [] },
  }
  for (const { lineId, zone, proposals } of matchLines(world.input).lines) {
    const truth = world.truth.get(lineId)
    const tally = zones[zone]
    if (!truth || !tally) continue
    const told = proposals[0]?.allotments.map(({ paymentId }) => paymentId).join()
    if (told === truth.paymentIds.toSorted((a, b) => a - b).join()) tally.right += 1
    else tally.wrong.push(truth.kind)
  }
  return zones
}

describe('a world whose truth is known', () => {
  it.each([1, 2, 3])('is never wrong where it is certain, and certain of most (seed %i)', (seed) => {
    const { certain, likely } = judge(seed)
    expect(certain?.wrong).toEqual([])
    expect(certain?.right).toBeGreaterThan(700)
    expect(likely?.wrong.length).toBeLessThan((likely?.right ?? 0) * 0.03)
  })

  it('never calls money certain or likely that names another company’s invoice', () => {
    const { certain, likely } = judge(4)
    expect([...(certain?.wrong ?? []), ...(likely?.wrong ?? [])]).not.toContain('foreignNumber')
  })
})
