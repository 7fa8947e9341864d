import { describe, expect, it } from 'vitest'
import {
  asWeights,
  compareOnHistory,
  countSigns,
  learnWeights,
} from '../../../electron/domain/matching/learn.ts'
import type { JudgedLine, SignCounts } from '../../../electron/domain/matching/learn.ts'
import { defaultWeights, signs } from '../../../electron/domain/matching/weights.ts'
import type { Sign } from '../../../electron/domain/matching/weights.ts'
import { buildBooks } from '../../kit/matching-books.ts'
import { input, line, payment, vektor } from '../../kit/matching-rows.ts'

function counts(truePairs: number, falsePairs: number, seen: Partial<SignCounts['seen']>): SignCounts {
  const all = Object.fromEntries(signs.map((sign) => [sign, { onTrue: 0, onFalse: 0 }]))
  return { truePairs, falsePairs, seen: { ...all, ...seen } as SignCounts['seen'] }
}

function learnt(sign: Sign, from: SignCounts): number | undefined {
  return learnWeights(from).find((one) => one.sign === sign)?.learnt
}

describe('countSigns', () => {
  const other = payment({ id: 7, accountNumber: '4000/1', orderNumber: '4000', payer: vektor })
  const judged: JudgedLine = { lineId: 1, portalId: 'p_first001', confirmed: [1036], rejected: [] }

  it('counts what a confirmed pair shows, and what the pair that was left shows', () => {
    const { truePairs, falsePairs, seen } = countSigns(input([line()], [payment(), other]), [judged])
    expect([truePairs, falsePairs]).toEqual([1, 1])
    expect(seen.sumExact).toEqual({ onTrue: 1, onFalse: 1 })
    expect(seen.taxIdEqual).toEqual({ onTrue: 1, onFalse: 0 })
    expect(seen.taxIdDiffers).toEqual({ onTrue: 0, onFalse: 1 })
    expect(seen.paymentNumberNamed).toEqual({ onTrue: 1, onFalse: 0 })
  })

  it('learns from a rejection alone only about the rejected pair', () => {
    const rejection = { ...judged, confirmed: [], rejected: [7] }
    const { truePairs, falsePairs } = countSigns(input([line()], [payment(), other]), [rejection])
    expect([truePairs, falsePairs]).toEqual([0, 1])
  })

  it('leaves lines it does not know, and money given back, alone', () => {
    const { truePairs } = countSigns(input([line({ leftMinor: -5 })], [payment()]), [
      judged,
      { ...judged, lineId: 99 },
    ])
    expect(truePairs).toBe(0)
  })
})

describe('learnWeights', () => {
  it('keeps the documented weights with little history, and for signs never seen', () => {
    const few = counts(29, 500, { taxIdEqual: { onTrue: 1, onFalse: 400 } })
    expect(learnt('taxIdEqual', few)).toBe(defaultWeights.taxIdEqual)
    expect(learnt('alias', counts(500, 500, {}))).toBe(defaultWeights.alias)
  })

  it('draws a weight towards what was seen, the farther the more was seen', () => {
    const seen = (scale: number) =>
      counts(100 * scale, 100 * scale, { accountDiffers: { onTrue: 10 * scale, onFalse: 60 * scale } })
    const [some, many] = [learnt('accountDiffers', seen(1)) ?? 0, learnt('accountDiffers', seen(50)) ?? 0]
    expect(some).toBe(-1.19)
    expect(many).toBe(-1.77)
  })

  it('strays at most two from the documented weight and never turns a sign round', () => {
    const against = counts(1000, 1000, {
      taxIdEqual: { onTrue: 1, onFalse: 900 },
      dateUsual: { onTrue: 1, onFalse: 900 },
      numberUnknown: { onTrue: 900, onFalse: 1 },
    })
    expect(learnt('taxIdEqual', against)).toBe(3.5)
    expect(learnt('dateUsual', against)).toBe(0)
    expect(learnt('numberUnknown', against)).toBe(-0.5)
  })

  it('never learns the prior, nor the sums by which pairs are brought together', () => {
    const seen = { prior: { onTrue: 500, onFalse: 500 }, sumExact: { onTrue: 500, onFalse: 490 } }
    expect(learnt('prior', counts(500, 500, seen))).toBe(defaultWeights.prior)
    expect(learnt('sumExact', counts(500, 500, seen))).toBe(defaultWeights.sumExact)
  })
})

describe('compareOnHistory', () => {
  const world = buildBooks({ lines: 300, payments: 600, seed: 11 })
  const history = world.input.lines.flatMap(({ id, bound }): JudgedLine[] => {
    const truth = world.truth.get(id)
    if (!truth || truth.paymentIds.length === 0 || !bound) return []
    return [{ lineId: id, portalId: bound.portalId, confirmed: truth.paymentIds, rejected: [] }]
  })

  it('says nothing changes by the documented weights', () => {
    const report = compareOnHistory(world.input, history, defaultWeights)
    expect(report.changes).toEqual([])
    expect(report.after).toEqual(report.before)
    expect(report.lines).toBe(history.length)
    expect(report.before.right).toBeGreaterThan(150)
  })

  it('is no less right by what the history itself taught, and never wrong where it is certain', () => {
    const weights = asWeights(learnWeights(countSigns(world.input, history)))
    const report = compareOnHistory(world.input, history, weights)
    expect(weights).not.toEqual(defaultWeights)
    expect(report.after.certainWrong).toBe(0)
    expect(report.after.right - report.after.wrong).toBeGreaterThanOrEqual(
      (report.before.right - report.before.wrong) * 0.95,
    )
  })

  it('names the lines that would stand elsewhere', () => {
    const blind = { ...defaultWeights, sumExact: 0, taxIdEqual: 0, numberNamed: 0, paymentNumberNamed: 0 }
    const report = compareOnHistory(world.input, history, blind)
    expect(report.changes.length).toBeGreaterThan(20)
    expect(report.changes[0]).toMatchObject({ before: { zone: expect.any(String) as string } })
  })
})
