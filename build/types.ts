// Checks the types of every folder under its own settings, two at a time.

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The folders with settings of their own; `vue-tsc` where single-file components are imported. */
const projects: readonly { folder: string; checker: 'tsc' | 'vue-tsc' }[] = [
  { folder: 'tests', checker: 'vue-tsc' },
  { folder: 'renderer', checker: 'vue-tsc' },
  { folder: 'electron', checker: 'tsc' },
  { folder: 'electron/backend', checker: 'tsc' },
  { folder: 'electron/stdio', checker: 'tsc' },
  { folder: 'electron/loopback', checker: 'tsc' },
  { folder: 'electron/loopback/window', checker: 'tsc' },
  { folder: 'electron/host', checker: 'tsc' },
  { folder: 'electron/vault', checker: 'tsc' },
  { folder: 'electron/domain', checker: 'tsc' },
  { folder: 'electron/demo-portal', checker: 'tsc' },
  { folder: 'electron/contract', checker: 'tsc' },
  { folder: 'build', checker: 'tsc' },
]
const bins = { tsc: 'node_modules/typescript/bin/tsc', 'vue-tsc': 'node_modules/vue-tsc/bin/vue-tsc.js' }

function check({ folder, checker }: (typeof projects)[number]): Promise<boolean> {
  return new Promise((resolve) => {
    if (!existsSync(`${root}${folder}/tsconfig.json`)) return resolve(false)
    const child = spawn(process.execPath, [bins[checker], '--project', folder, '--pretty', 'false'], {
      cwd: root,
    })
    let output = ''
    child.stdout.on('data', (part: Buffer) => (output += part.toString()))
    child.stderr.on('data', (part: Buffer) => (output += part.toString()))
    child.on('close', (code) => {
      process.stdout.write(`${code === 0 ? 'ok    ' : 'wrong '} ${folder}\n${output}`)
      resolve(code === 0)
    })
  })
}

const waiting = [...projects]
let wrong = false
async function work(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) wrong = !(await check(next)) || wrong
}
await Promise.all([work(), work()])
process.exitCode = wrong ? 1 : 0
