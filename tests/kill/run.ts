// Kills the program while it changes payments: `npm run test:kill -- --kills 200 --seed 7`. Every kill is one process
// ended by SIGKILL; a campaign is one ledger file and some 200 payments. Exit code 1 when anything does not hold.

import { parseArgs } from 'node:util'
import { runCampaign } from './campaign.ts'
import type { CampaignEnd } from './campaign.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    speed: { type: 'string', default: '40' },
  },
})
const wanted = Number(values.kills)
const say = (line: string): void => void process.stdout.write(`${line}\n`)

const ends: CampaignEnd[] = []
const killedSoFar = (): number => ends.reduce((sum, { killed }) => sum + killed.length, 0)
const began = Date.now()
say(`seed ${values.seed}, ${wanted} kills`)
for (let campaign = 1; killedSoFar() < wanted; campaign += 1) {
  const seed = `${values.seed}/${campaign}`
  const batch = campaign % 2 === 1
  const end = await runCampaign({
    seed,
    kills: Math.min(60, wanted - killedSoFar()),
    payments: { pay: 60, details: 60, unpay: 60, edit: 14, remove: 6 },
    batch,
    faults: true,
    speed: Number(values.speed),
    say,
  })
  ends.push(end)
  const states = Object.entries(end.states)
    .map(([state, count]) => `${count} ${state}`)
    .join(', ')
  say(
    `${seed} ${batch ? 'in batches' : 'singly'}: ${end.killed.length} kills, ${end.faults} faults; ${states}`,
  )
  for (const violation of end.violations) say(`  VIOLATION ${violation}`)
}

function table(name: string, words: readonly string[]): void {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  say(`\n${name}`)
  for (const [word, count] of [...counts].toSorted(([a], [b]) => a.localeCompare(b)))
    say(`  ${word.padEnd(44)} ${count}`)
}

const killed = ends.flatMap((end) => end.killed)
const violations = ends.flatMap((end) => end.violations)
table(
  'killed',
  killed.map(({ at, met }) => `${at} ${met}`.trim()),
)
table(
  'items',
  ends.flatMap((end) =>
    Object.entries(end.states).flatMap(([state, count]) => Array<string>(count).fill(state)),
  ),
)
say(
  `\n${killed.length} kills in ${ends.length} campaigns, ${Math.round((Date.now() - began) / 1000)} s, seed ${values.seed}: ${violations.length} violations`,
)
process.exitCode = violations.length > 0 ? 1 : 0
