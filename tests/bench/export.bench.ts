// Exporting: how long, how much memory, and whether the window could feel it.

import { statSync } from 'node:fs'
import { sayLoop, watchLoop } from './kit/event-loop.ts'
import { megabytes, say, seconds, times } from './kit/figures.ts'
import { benchPortal, fillPayments } from './kit/ledger-world.ts'
import { watchMemory } from './kit/memory.ts'
import { openProfile, openProgram } from './kit/program.ts'

const sizes = [10_000, 100_000] as const
const formats = ['csv', 'xlsx'] as const
const grown = new Map<string, number>()

for (const rows of sizes) {
  const profile = await openProfile()
  fillPayments(profile.ledgerPath, rows)
  const program = await openProgram({ data: profile.data })
  const loop = watchLoop()
  // What threads and the writers' code cost once is there before the first figure.
  for (const format of formats) await write(format, { portalId: benchPortal, paid: false })
  for (const format of formats) {
    const memory = watchMemory()
    await loop.start()
    const start = performance.now()
    const file = await write(format, {})
    const took = performance.now() - start
    const figures = await loop.stop()
    const { growth } = memory.stop()
    grown.set(`${format} ${rows}`, growth)
    say(
      `${format}, ${file.rows} rows (${megabytes(file.bytes)}): ${seconds(took)}, ${Math.round(rows / (took / 1000))} rows a second, memory grew by ${megabytes(growth)} at most`,
    )
    sayLoop(figures)
  }
  await loop.close()
  await program.close()
  await profile.remove()

  async function write(format: 'csv' | 'xlsx', filter: object): Promise<{ rows: number; bytes: number }> {
    const { file, rows: written } = await program.follow('report', () =>
      program.call('reports.start', { kind: 'payments', format, locale: 'ru', filter }),
    )
    const path = program.backend.tickets.locate(file.ticket)?.path
    if (path === undefined) throw new Error('the report is gone')
    return { rows: written, bytes: statSync(path).size }
  }
}
for (const format of formats) {
  const [few, many] = sizes.map((rows) => grown.get(`${format} ${rows}`) ?? Number.NaN)
  say(`${format}: ten times the rows take ${times((many ?? Number.NaN) / (few ?? Number.NaN))} the memory`)
}
