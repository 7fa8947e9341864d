// How fast and how right matching is, on invented worlds: `node tests/bench/matching.bench.ts [--small]`.

import { matchLines } from '../../electron/domain/matching/match-lines.ts'
import type { MatchResult } from '../../electron/domain/matching/types.ts'
import { buildWorld } from '../kit/matching-world.ts'
import type { MatchingWorld } from '../kit/matching-world.ts'

const sizes = [
  { lines: 1_000, payments: 5_000 },
  { lines: 10_000, payments: 50_000 },
  ...(process.argv.includes('--small') ? [] : [{ lines: 100_000, payments: 100_000 }]),
]

const out: string[] = []
let before: { lines: number; median: number } | null = null
for (const size of sizes) {
  const world = buildWorld({ ...size, seed: 20_261_121 })
  const runs = size.lines > 50_000 ? 3 : 5
  const times: number[] = []
  const busy: number[] = []
  let result: MatchResult = { lines: [] }
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now()
    const cpu = process.cpuUsage()
    result = matchLines(world.input)
    times.push(performance.now() - start)
    busy.push(process.cpuUsage(cpu).user / 1000)
  }
  const median = medianOf(times)
  const growth: string = before
    ? `, ${(median / before.median).toFixed(1)} times the time for ${size.lines / before.lines} times the lines`
    : ''
  out.push(
    `${size.lines} lines x ${size.payments} payments: median ${median.toFixed(0)} ms of ${runs} runs, ${medianOf(busy).toFixed(0)} ms of one core${growth}`,
  )
  out.push(...judge(world, result), '')
  before = { lines: size.lines, median }
}
process.stdout.write(`${out.join('\n')}\n`)

/** Per zone how often the first proposal is the truth, how much of the truth it finds, and what went wrong. */
function judge(world: MatchingWorld, result: MatchResult): string[] {
  const zones = new Map<string, { right: number; wrong: number }>()
  const wrongKinds = new Map<string, number>()
  const bins = Array.from({ length: 10 }, () => ({ right: 0, sum: 0, count: 0 }))
  let owed = 0
  for (const { lineId, zone, proposals } of result.lines) {
    const truth = world.truth.get(lineId)
    if (!truth) continue
    if (truth.paymentIds.length > 0) owed += 1
    const [best] = proposals
    if (!best) continue
    const told = best.allotments.map(({ paymentId }) => paymentId).join()
    const isRight = told === truth.paymentIds.toSorted((a, b) => a - b).join()
    const tally = zones.get(zone) ?? { right: 0, wrong: 0 }
    tally[isRight ? 'right' : 'wrong'] += 1
    zones.set(zone, tally)
    const key = `${zone} ${truth.kind}`
    if (!isRight) wrongKinds.set(key, (wrongKinds.get(key) ?? 0) + 1)
    const bin = bins[Math.min(9, Math.floor(best.confidence * 10))]
    if (bin)
      Object.assign(bin, {
        right: bin.right + Number(isRight),
        sum: bin.sum + best.confidence,
        count: bin.count + 1,
      })
  }
  return [
    ...['certain', 'likely', 'doubtful'].map((zone) => {
      const { right, wrong } = zones.get(zone) ?? { right: 0, wrong: 0 }
      return `  ${zone}: precision ${share(right, right + wrong)}, recall ${share(right, owed)} (${right} right, ${wrong} wrong)`
    }),
    `  wrong by kind: ${[...wrongKinds]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, count]) => `${kind} ${count}`)
      .join(', ')}`,
    `  calibration, said -> seen: ${bins
      .filter(({ count }) => count > 20)
      .map(
        ({ right, sum, count }) => `${(sum / count).toFixed(2)} -> ${(right / count).toFixed(2)} (${count})`,
      )
      .join(', ')}`,
  ]
}

function medianOf(list: readonly number[]): number {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(2)} %`
}
