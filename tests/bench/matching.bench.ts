// How fast and how right matching is, on two invented worlds made independently of each other:
// `node tests/bench/matching.bench.ts [--small] [--right] [--fast]`. `--small` takes a tenth of the lines,
// `--right` leaves speed out, `--fast` leaves rightness out.

import { Matcher } from '../../electron/domain/matching/matcher.ts'
import { matchLines } from '../../electron/domain/matching/match-lines.ts'
import type { MatchInput, MatchPayment } from '../../electron/domain/matching/types.ts'
import { buildBooks } from '../kit/matching-books.ts'
import { buildMarket } from '../kit/matching-market.ts'
import { sayTally, tally } from '../kit/matching-tally.ts'
import { buildWorld } from '../kit/matching-world.ts'

const isSmall = process.argv.includes('--small')
const seeds = [1, 2, 3, 4, 5]
const say = (text: string): void => void process.stdout.write(`${text}\n`)

if (!process.argv.includes('--right')) measureSpeed()
if (!process.argv.includes('--fast')) measureRightness()

function measureSpeed(): void {
  const sizes = [
    { lines: 1_000, payments: 5_000 },
    { lines: 10_000, payments: 50_000 },
    ...(isSmall ? [] : [{ lines: 100_000, payments: 100_000 }]),
  ]
  let before: { lines: number; median: number } | null = null
  for (const size of sizes) {
    const { input } = buildWorld({ ...size, seed: 20_261_121 })
    const runs = size.lines > 50_000 ? 3 : 5
    const busy = Array.from({ length: runs }, () => cpuOf(() => matchLines(input)))
    const median = medianOf(busy)
    const growth: string = before
      ? `, ${(median / before.median).toFixed(1)} times the time for ${size.lines / before.lines} times the lines`
      : ''
    say(
      `${size.lines} lines x ${size.payments} payments: median ${median.toFixed(0)} ms, least ${Math.min(...busy).toFixed(0)} ms of one core, ${runs} runs${growth}`,
    )
    before = { lines: size.lines, median }
  }
  measureDecisions(buildWorld({ lines: 10_000, payments: 50_000, seed: 20_261_121 }).input)
}

/** Accepts the best proposals of two hundred lines, one after the other, and measures what each costs. */
function measureDecisions(input: MatchInput): void {
  const matcher = new Matcher(input)
  matcher.remember()
  const payments = new Map(input.payments.map((payment) => [payment.id, payment]))
  const busy: number[] = []
  let reached = 0
  for (let at = 0; busy.length < 200 && at < input.lines.length; at += 1) {
    const line = input.lines[(at * 37) % input.lines.length]
    const best = matcher.result().lines.find(({ lineId }) => lineId === line?.id)?.proposals[0]
    if (!line || !best || line.leftMinor <= 0) continue
    const paid: MatchPayment[] = best.allotments.flatMap(({ paymentId, amountMinor }) => {
      const payment = payments.get(paymentId)
      return payment ? [{ ...payment, leftMinor: Math.max(0, payment.leftMinor - amountMinor) }] : []
    })
    for (const payment of paid) payments.set(payment.id, payment)
    const { name, account } = line.counterparty
    const aliases = paid.flatMap(({ portalId, payer }) =>
      payer ? [{ portalId, payerKey: payer.key, name, account }] : [],
    )
    const lines = [{ ...line, leftMinor: best.restMinor }]
    busy.push(cpuOf(() => (reached += matcher.update({ lines, payments: paid, aliases })?.length ?? 0)))
  }
  busy.sort((a, b) => a - b)
  const part = (share: number): string => (busy[Math.floor(share * (busy.length - 1))] ?? 0).toFixed(1)
  say(
    `one decision at ${input.lines.length} x ${input.payments.length}: median ${part(0.5)} ms, 95 % within ${part(0.95)} ms, most ${part(1)} ms of one core; ${(reached / busy.length).toFixed(0)} lines looked at (${busy.length} decisions)\n`,
  )
}

function measureRightness(): void {
  const lines = isSmall ? 10_000 : 100_000
  const payments = lines * 2
  for (const [name, build] of [
    ['books', buildBooks],
    ['market', buildMarket],
  ] as const) {
    for (const seed of seeds) {
      const world = build({ lines, payments, seed })
      const found = tally(matchLines(world.input), world.truth)
      say(`${name}, seed ${seed}: ${lines} lines x ${world.input.payments.length} payments`)
      say(`${sayTally(found).join('\n')}\n`)
    }
  }
}

function cpuOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  return process.cpuUsage(before).user / 1000
}

function medianOf(list: readonly number[]): number {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0
}
