// How soon the program answers: one call of the terminal as a process of its own, and the loopback host's first page.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { openApp } from '../hosts/open-app.ts'
import { median, ms, say, timed, times } from './kit/figures.ts'
import { openProfile } from './kit/program.ts'

const runs = 7
const quiet = '--disable-warning=ExperimentalWarning'
const terminal = fileURLToPath(new URL('../../electron/stdio/main.ts', import.meta.url))

const profile = await openProfile()
const bare = median(await timed(runs, () => run(['-e', '0'])))
say(`Node alone, doing nothing: median ${ms(bare)}`)
const status = median(
  await timed(runs, () => run([quiet, terminal, '--memory-vault', '--data', profile.data, 'app.status'])),
)
say(`sverka app.status: median ${ms(status)}, ${times(status / bare)} Node alone`)

const hosts: number[] = []
for (let turn = 0; turn < runs; turn += 1) {
  const start = performance.now()
  const app = await openApp({ data: profile.data })
  const answer = await fetch(app.address, { redirect: 'manual' })
  await answer.arrayBuffer()
  hosts.push(performance.now() - start)
  await app.close()
}
say(
  `loopback host to its first answer: median ${ms(median(hosts))}, ${times(median(hosts) / bare)} Node alone`,
)
await profile.remove()

function run(given: readonly string[]): void {
  const { status: code, stderr } = spawnSync(process.execPath, given, { encoding: 'utf8' })
  if (code !== 0) throw new Error(`exit code ${code}: ${stderr}`)
}
