// Reads one long statement in a process of its own and tells how many lines it had and how far the memory rose over the
// idle process: `node reading-memory.ts format lines`. The young generation is as small as the program's own threads have it.

import { detectWith, readerFor } from '../../../electron/domain/statements/inspect.ts'
import { createStatementTotals } from '../../../electron/domain/statements/statement-set.ts'
import { mappingOf } from './reading.ts'
import { benchFormats, streamStatement, writeStatement } from './statement-files.ts'

const [name, lines] = process.argv.slice(2)
const format = benchFormats.find((known) => known === name)
if (!format) throw new Error(`no format ${name ?? ''}`)

const whole = streamStatement(format, Number(lines)) ?? (() => [writeStatement(format, Number(lines)).bytes])
const pieces = [...(streamStatement(format, 1)?.() ?? whole())].slice(0, 2)
const head = Buffer.concat(pieces).subarray(0, 1 << 20)
const detected = detectWith(head, { format })
const mapping = mappingOf(format, head, detected.encoding)
const choice = mapping ? { mapping } : {}
// What making the statement took is none of the reading's.
globalThis.gc?.()
const idle = process.memoryUsage.rss()
let peak = idle
let count = 0
const { sink } = createStatementTotals({ line: () => (count += 1), issue: () => undefined })
const reader = readerFor(detected, choice, sink)
for (const piece of whole()) {
  // Pieces as a file is read in, so that what is sampled between them is what an import would hold.
  for (let from = 0; from < piece.length; from += 131_072) {
    reader.write(piece.subarray(from, from + 131_072))
    peak = Math.max(peak, process.memoryUsage.rss())
  }
}
reader.end()
peak = Math.max(peak, process.memoryUsage.rss())
process.stdout.write(JSON.stringify({ lines: count, overIdleMb: (peak - idle) / 1024 ** 2 }))
