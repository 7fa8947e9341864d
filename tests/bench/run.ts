// All benchmarks, each in a process of its own: `npm run bench`, or some of them by name: `npm run bench -- grid start`.
// What follows from the first `--` word on goes to the benchmarks themselves: `npm run bench -- statements --format 1c`.

import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))
const known = readdirSync(folder).flatMap((name) =>
  name.endsWith('.bench.ts') ? [name.slice(0, -'.bench.ts'.length)] : [],
)
const given = process.argv.slice(2)
const firstOption = given.findIndex((word) => word.startsWith('--'))
const chosen = firstOption < 0 ? given : given.slice(0, firstOption)
const options = firstOption < 0 ? [] : given.slice(firstOption)
const strangers = chosen.filter((name) => !known.includes(name))

if (strangers.length > 0) {
  process.stderr.write(`There is no benchmark ${strangers.join(', ')}. There are: ${known.join(', ')}.\n`)
  process.exitCode = 2
} else {
  const load = loadavg()[0]?.toFixed(1) ?? '?'
  process.stdout.write(
    `Node ${process.versions.node}, ${cpus()[0]?.model ?? 'processor'}, ${availableParallelism()} cores, load ${load}\n`,
  )
  for (const name of chosen.length > 0 ? chosen : known) run(name)
}

function run(name: string): void {
  process.stdout.write(`\n${name}\n`)
  const entry = `${folder}${name}.bench.ts`
  const { status } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', entry, ...options],
    { stdio: 'inherit' },
  )
  if (status !== 0) {
    process.stdout.write(`${name} ended with ${status}\n`)
    process.exitCode = 1
  }
}
