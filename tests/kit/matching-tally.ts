// How often first proposals are the truth: overall, per zone and per noise class.

import type { MatchResult } from '../../electron/domain/matching/types.ts'
import type { Truth } from './matching-truth.ts'

interface Count {
  right: number
  wrong: number
}

export interface ClassTally {
  lines: number
  certain: Count
  likely: Count
  /** Lines whose true payments a person could tell, and how many of them stand certain or likely and right. */
  told: number
  toldFound: number
}

export interface Tally extends ClassTally {
  doubtful: Count
  byClass: Map<string, ClassTally>
  /** Proposals by confidence in steps of 0.05: how many, and how many are the truth. */
  bins: { count: number; right: number; said: number }[]
}

export function tally(result: MatchResult, truth: ReadonlyMap<number, Truth>): Tally {
  const whole: Tally = {
    ...emptyClass(),
    doubtful: { right: 0, wrong: 0 },
    byClass: new Map(),
    bins: Array.from({ length: 20 }, () => ({ count: 0, right: 0, said: 0 })),
  }
  for (const { lineId, zone, proposals } of result.lines) {
    const known = truth.get(lineId)
    if (!known) continue
    const own = whole.byClass.get(known.kind) ?? emptyClass()
    whole.byClass.set(known.kind, own)
    const [best] = proposals
    const isRight = best !== undefined && isTruth(best.allotments, known.paymentIds)
    for (const one of [whole, own]) {
      one.lines += 1
      if (zone === 'certain' || zone === 'likely') one[zone][isRight ? 'right' : 'wrong'] += 1
      if (known.told) one.told += 1
      if (known.told && isRight && (zone === 'certain' || zone === 'likely')) one.toldFound += 1
    }
    if (zone === 'doubtful') whole.doubtful[isRight ? 'right' : 'wrong'] += 1
    const bin = best && whole.bins[Math.min(19, Math.floor(best.confidence * 20))]
    if (best && bin)
      Object.assign(bin, {
        count: bin.count + 1,
        right: bin.right + Number(isRight),
        said: bin.said + best.confidence,
      })
  }
  return whole
}

function emptyClass(): ClassTally {
  return { lines: 0, certain: { right: 0, wrong: 0 }, likely: { right: 0, wrong: 0 }, told: 0, toldFound: 0 }
}

export function isTruth(
  allotments: readonly { paymentId: number }[],
  paymentIds: readonly number[],
): boolean {
  const told = allotments.map(({ paymentId }) => paymentId).sort((a, b) => a - b)
  return told.join() === paymentIds.toSorted((a, b) => a - b).join()
}

/** The tally as lines of text. */
export function sayTally(whole: Tally): string[] {
  const rows = [...whole.byClass].sort(([a], [b]) => (a < b ? -1 : 1))
  return [
    `  all: certain ${sayCount(whole.certain)}, likely ${sayCount(whole.likely)}, doubtful ${sayCount(whole.doubtful)}`,
    `  told by a person ${whole.told} of ${whole.lines}; of these certain or likely and right: ${share(whole.toldFound, whole.told)}`,
    `  calibration, said -> seen (proposals): ${whole.bins
      .filter(({ count }) => count > 20)
      .map(
        ({ count, right, said }) =>
          `${(said / count).toFixed(2)} -> ${(right / count).toFixed(2)} (${count})`,
      )
      .join(', ')}`,
    ...rows.map(
      ([kind, one]) =>
        `    ${kind.padEnd(20)} ${String(one.lines).padStart(6)} lines; certain ${sayCount(one.certain)}; likely ${sayCount(one.likely)}; found of told ${share(one.toldFound, one.told)} (${one.told})`,
    ),
  ]
}

function sayCount({ right, wrong }: Count): string {
  return `${right} right ${wrong} wrong (${share(right, right + wrong)})`
}

export function share(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(2)} %`
}
