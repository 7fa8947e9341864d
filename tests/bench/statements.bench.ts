// How fast statements are read and how much memory that takes: beside the bare decoding of the bytes, and beside other
// programs' readers on the same bytes. All in processor time. `-- statements --format mt940` measures one format alone.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readKeys } from './kit/bounds.ts'
import { median, megabytes, ms, processorTimed, say, times } from './kit/figures.ts'
import { peers } from './kit/peers.ts'
import { chunksOf, readBare } from './kit/reading.ts'
import { benchFormats, streamStatement, writeStatement } from './kit/statement-files.ts'
import type { BenchFormat } from './kit/statement-files.ts'

const lines = 100_000
const runs = 5
const peerRuns = 3
const { values } = parseArgs({ options: { format: { type: 'string' } }, strict: false })

for (const format of benchFormats)
  if (values['format'] === undefined || values['format'] === format) await measure(format)

async function measure(format: BenchFormat): Promise<void> {
  const { bytes } = writeStatement(format, lines)
  const reading = median(await processorTimed(runs, () => readBare(format, bytes, lines)))
  say(
    `${format.padEnd(9)} ${megabytes(bytes.length)}: median ${ms(reading)}, ${Math.round(lines / (reading / 1000))} lines a processor second`,
  )
  if (format !== 'xlsx') {
    const decoding = median(await processorTimed(runs, () => decode(bytes, format)))
    say(`          ${times(reading / decoding)} the bare decoding of the same bytes (${ms(decoding)})`)
  }
  if (format === '1c') {
    const bound = median(await processorTimed(runs, () => readKeys(bytes, 'windows-1251')))
    say(
      `          ${times(reading / bound)} decoding, cutting lines and looking up their keys (${ms(bound)}), a bound`,
    )
  }
  for (const { name, aim, read } of peers[format] ?? []) {
    let answered: number | null = null
    const theirs = median(await processorTimed(peerRuns, async () => (answered = await read(bytes))))
    const count = answered === null ? '' : `, ${String(answered)} of ${lines} lines`
    say(
      `          ${name}: median ${ms(theirs)}${count}; we are ${times(theirs / reading)} as fast (aim ${aim} x)`,
    )
  }
  const small = memory(format, lines)
  const large = streamStatement(format, 1) ? memory(format, lines * 10) : null
  say(`          memory over the idle process: ${small}${large === null ? '' : `, ${large}`}`)
}

function decode(bytes: Uint8Array, format: BenchFormat): string {
  const decoder = new TextDecoder(format === '1c' || format === 'csv' ? 'windows-1251' : 'utf-8')
  let text = ''
  for (const chunk of chunksOf(bytes)) text += decoder.decode(chunk, { stream: true })
  return text + decoder.decode()
}

function memory(format: BenchFormat, count: number): string {
  const { stdout, status } = spawnSync(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--expose-gc',
      '--max-semi-space-size=4',
      fileURLToPath(new URL('kit/reading-memory.ts', import.meta.url)),
      format,
      String(count),
    ],
    { encoding: 'utf8' },
  )
  if (status !== 0) return `${count} lines: not measured`
  const told = JSON.parse(stdout) as { lines: number; overIdleMb: number }
  return `${told.lines} lines ${told.overIdleMb.toFixed(0)} MB`
}
