// How fast 100,000 lines come into the ledger, and whether anybody could feel it meanwhile.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sayLoop, watchLoop } from './kit/event-loop.ts'
import { megabytes, say, seconds, times } from './kit/figures.ts'
import { openProfile, openProgram } from './kit/program.ts'
import { writeStatement } from './kit/statement-files.ts'
import type { BenchFormat } from './kit/statement-files.ts'
import { readBare } from './kit/reading.ts'

const lines = 100_000
const formats: readonly BenchFormat[] = ['1c', 'camt.053']

for (const format of formats) {
  const { name, bytes } = writeStatement(format, lines)
  const reading = readBare(format, bytes)
  const profile = await openProfile()
  const path = join(profile.data, name)
  await writeFile(path, bytes)
  const program = await openProgram({ data: profile.data })
  const loop = watchLoop()
  await loop.start()
  const start = performance.now()
  const { files } = await program.follow('import', async () =>
    program.call('statements.import', {
      files: [{ ticket: await program.backend.tickets.claim(path, name, false) }],
    }),
  )
  const took = performance.now() - start
  const figures = await loop.stop()
  const [file] = files
  say(
    `${format}: ${file?.lines ?? 0} lines (${megabytes(bytes.length)}) in ${seconds(took)}, ${Math.round(lines / (took / 1000))} lines a second`,
  )
  say(
    `  ${times(took / reading)} the time of reading the same file and storing nothing (${seconds(reading)})`,
  )
  sayLoop(figures)
  await loop.close()
  await program.close()
  await profile.remove()
}
