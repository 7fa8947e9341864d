// One format, fuzzed in a process of its own, so that a hang or a full memory is seen from outside. Tells its parent the
// number of every case before it begins.

import { createRandom } from '../../electron/demo-portal/data/random.ts'
import { Refusal } from '../../electron/contract/fault.ts'
import { cutAnywhere, readSpoilt } from './check.ts'
import type { Reading } from './check.ts'
import { grow, mutate } from './mutate.ts'
import { fuzzFormats, seedsOf } from './seeds.ts'
import type { FuzzFormat } from './seeds.ts'

export type FromChild =
  | { kind: 'case'; number: number }
  | { kind: 'failed'; number: number; what: string }
  | {
      kind: 'done'
      cases: number
      megabytes: number
      lines: number
      refused: Record<string, number>
      slowestMsPerMb: number
      memoryMb: number
    }

const [formatName = '', seed = '1', seconds = '10', only = ''] = process.argv.slice(2)
const format = fuzzFormats.find((known) => known === formatName)
if (!format) throw new Error(`no format ${formatName}`)

const workbook = format === 'xlsx' || format === 'xls'
const memoryLimitMb = workbook ? 512 : 64
/** Every so many cases one is long: many megabytes by repetition. */
const longEvery = 100
const longBytes = 24 * 1024 * 1024
const tell = (message: FromChild): void => void process.send?.(message)

function runCase(number: number): Reading {
  const random = createRandom(`${seed}/${formatName}/${number}`)
  const forced = random.chance(0.6) ? (format as FuzzFormat) : null
  if (number % longEvery === 0 && !workbook) return readSpoilt(grow(seeds, random, longBytes), forced)
  const bytes = mutate(seeds, random)
  const small = random.chance(0.3)
  return readSpoilt(
    cutAnywhere(bytes, () => (small ? random.integer(1, 200) : 65_536)),
    forced,
  )
}

const seeds = seedsOf(format)
// The reader's code and its seeds are part of the idle process: what counts is what a spoilt file adds.
for (const { bytes } of seeds) readSpoilt([bytes], null)
globalThis.gc?.()
const idle = process.memoryUsage.rss()

const refused: Record<string, number> = {}
const total = { cases: 0, bytes: 0, lines: 0, slowest: 0, memory: 0 }
const until = performance.now() + Number(seconds) * 1000
for (let number = only === '' ? 1 : Number(only); ; number += 1) {
  tell({ kind: 'case', number })
  const before = process.threadCpuUsage()
  try {
    const reading = runCase(number)
    const spent = process.threadCpuUsage(before)
    const ms = (spent.user + spent.system) / 1000
    const perMb = ms / Math.max(1, reading.bytes / 1024 ** 2)
    total.slowest = Math.max(total.slowest, perMb)
    if (perMb > 1000)
      tell({ kind: 'failed', number, what: `${Math.round(perMb)} ms of processor time a megabyte` })
    total.cases += 1
    total.bytes += reading.bytes
    total.lines += reading.lines
    if (reading.refused !== null) refused[reading.refused] = (refused[reading.refused] ?? 0) + 1
  } catch (error) {
    if (error instanceof Refusal) throw error
    tell({
      kind: 'failed',
      number,
      what: error instanceof Error ? (error.stack ?? error.message) : String(error),
    })
  }
  const grown = (process.memoryUsage.rss() - idle) / 1024 ** 2
  if (grown > total.memory) total.memory = grown
  if (grown > memoryLimitMb) {
    globalThis.gc?.()
    const kept = (process.memoryUsage.rss() - idle) / 1024 ** 2
    if (kept > memoryLimitMb)
      tell({ kind: 'failed', number, what: `${Math.round(kept)} MB over the idle process` })
  }
  if (only !== '' || performance.now() > until) break
}
tell({
  kind: 'done',
  cases: total.cases,
  megabytes: total.bytes / 1024 ** 2,
  lines: total.lines,
  refused,
  slowestMsPerMb: total.slowest,
  memoryMb: total.memory,
})
process.disconnect?.()
