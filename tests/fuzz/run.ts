// Spoils statements and reads them, for as long as is asked:
// `npm run fuzz -- --seconds 60 --format mt940 [--seed 7] [--case 1234]`. Without a format all take their turn.

import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { FromChild } from './child.ts'
import { fuzzFormats } from './seeds.ts'

/** A case that takes longer than this hangs. */
const longestCaseMs = 60_000
/** Failures that are told one by one; the rest is counted. */
const mostTold = 5

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    format: { type: 'string', default: '' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    case: { type: 'string', default: '' },
  },
})
const chosen = fuzzFormats.filter((format) => values.format === '' || format === values.format)
if (chosen.length === 0) {
  process.stderr.write(`There is no format ${values.format}. There are: ${fuzzFormats.join(', ')}.\n`)
  process.exitCode = 2
}
for (const format of chosen) if (!(await fuzz(format))) process.exitCode = 1

function fuzz(format: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = fork(
      fileURLToPath(new URL('child.ts', import.meta.url)),
      [format, values.seed, values.seconds, values.case],
      { execArgv: ['--expose-gc', '--max-semi-space-size=4', '--disable-warning=ExperimentalWarning'] },
    )
    let current = 0
    let wrong = 0
    let done = false
    const hangs = (): void => {
      say(`  case ${current} hangs`)
      child.kill('SIGKILL')
    }
    let watch = setTimeout(hangs, longestCaseMs)
    child.on('message', (message: FromChild) => {
      clearTimeout(watch)
      watch = setTimeout(hangs, longestCaseMs)
      if (message.kind === 'case') current = message.number
      else if (message.kind === 'failed') {
        wrong += 1
        if (wrong <= mostTold) say(`  case ${message.number}: ${message.what}`)
      } else {
        done = true
        const refused = Object.entries(message.refused)
          .map(([code, count]) => `${count} ${code}`)
          .join(', ')
        say(
          `${format.padEnd(9)} ${message.cases} cases, ${message.megabytes.toFixed(0)} MB, ${message.lines} lines; ` +
            `slowest ${message.slowestMsPerMb.toFixed(0)} ms a MB, at most ${message.memoryMb.toFixed(0)} MB over idle; refused: ${refused || 'none'}`,
        )
      }
    })
    child.on('exit', (code) => {
      clearTimeout(watch)
      if (!done) say(`${format.padEnd(9)} ended in case ${current} (${code ?? 'killed'})`)
      if (!done || wrong > 0)
        say(`  again with: npm run fuzz -- --format ${format} --seed ${values.seed} --case ${current}`)
      resolve(done && wrong === 0)
    })
  })
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
