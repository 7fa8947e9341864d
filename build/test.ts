// `npm test`: everything that must hold, with one last line that tells how much of it does.

import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findElectron } from '../tests/hosts/electron-runtime.ts'
import { provideSystemPackages } from './test/system-packages.ts'
import { add, lastLine, nothing, single, skip, tallyPlaywright, tallyVitest } from './test/tally.ts'
import type { Tally } from './test/tally.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const reports = mkdtempSync(join(tmpdir(), 'sverka-reports-'))
const inCi = Boolean(process.env['CI'])
const say = (line: string) => void process.stdout.write(`${line}\n`)

interface Ended {
  code: number
  output: string
}

/** Runs a program of the project under this Node; `quiet` keeps what it says for later. */
function run(
  command: string,
  given: readonly string[],
  env: Record<string, string> = {},
  quiet = false,
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(command, given, {
      cwd: root,
      env: { ...plainOutput(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const take = (part: Buffer) => {
      if (quiet) output += part.toString()
      else process.stdout.write(part)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('error', (error) => resolve({ code: 1, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** Colours are for a terminal; a log that is read later has none. */
function plainOutput(): NodeJS.ProcessEnv {
  const { FORCE_COLOR: _forced, ...rest } = process.env
  return process.stdout.isTTY ? { ...rest, FORCE_COLOR: '1' } : { ...rest, NO_COLOR: '1' }
}

const node = (script: string, ...given: string[]) => [script, ...given] as const

/** One thing that either holds or does not; what it says is shown when it does not. */
async function check(name: string, given: readonly string[]): Promise<Tally> {
  const startedAt = Date.now()
  const { code, output } = await run(process.execPath, given, {}, true)
  say(`${code === 0 ? 'ok   ' : 'WRONG'} ${name} (${Math.round((Date.now() - startedAt) / 1000)} s)`)
  if (code !== 0) say(output)
  return single(name, code === 0)
}

const vitest = 'node_modules/vitest/vitest.mjs'
const vitestGiven = (report: string, projects: readonly string[]) => [
  ...[
    'run',
    '--configLoader',
    'native',
    '--config',
    'build/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ],
  ...projects.map((project) => `--project=${project}`),
]

async function unitTests(projects: readonly string[]): Promise<Tally> {
  const report = join(reports, 'vitest.json')
  const { code } = await run(process.execPath, node(vitest, ...vitestGiven(report, projects)))
  return tallyVitest('vitest', report, code)
}

/** A Secret Service of its own: another bus, another keyring, none of the person's secrets. */
async function keychainTests(missing: readonly string[]): Promise<Tally> {
  const report = join(reports, 'keychain.json')
  const given = node(vitest, ...vitestGiven(report, ['keychain']))
  if (process.platform !== 'linux') {
    return tallyVitest('keychain', report, (await run(process.execPath, given)).code)
  }
  if (missing.some((name) => name !== 'chromium' && name !== 'openssl')) return notThere('keychain tests')
  const home = join(reports, 'keyring')
  mkdirSync(home, { mode: 0o700 })
  const script =
    'printf sverka | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"'
  const inside = ['--', 'bash', '-c', script, 'bash', process.execPath, ...given]
  const { code } = await run('dbus-run-session', inside, {
    XDG_DATA_HOME: home,
    XDG_RUNTIME_DIR: home,
    HOME: home,
  })
  return tallyVitest('keychain', report, code)
}

async function endToEnd(missing: readonly string[]): Promise<Tally> {
  if (missing.includes('chromium')) return notThere('end-to-end tests')
  const report = join(reports, 'playwright.json')
  const cli = 'node_modules/@playwright/test/cli.js'
  const { code } = await run(
    process.execPath,
    node(cli, 'test', '--config', 'build/playwright.config.ts', '--reporter=line,json'),
    {
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
    },
  )
  const tally = tallyPlaywright('end to end', report, code)
  if (findElectron() === undefined)
    add(tally, skip('end to end in Electron: no runtime (or no screen for one) here'))
  return tally
}

/** What the system lacks is a failure where somebody promised it. */
function notThere(name: string): Tally {
  return inCi
    ? single(`${name}: system packages are missing`, false)
    : skip(`${name}: system packages are missing`)
}

async function inTurn(checks: readonly (() => Promise<Tally>)[]): Promise<Tally[]> {
  const tallies: Tally[] = []
  for (const one of checks) tallies.push(await one())
  return tallies
}

async function main(): Promise<void> {
  const startedAt = Date.now()
  const total = nothing()
  const missing = provideSystemPackages(say)

  const eslint = [
    '--config',
    'build/eslint.config.mjs',
    '--max-warnings=0',
    '--cache',
    '--cache-location',
    'node_modules/.cache/eslint/',
    '.',
  ]
  // Two cores, two rows of checks of about the same length; vitest and Playwright have their own workers.
  const rows = await Promise.all([
    inTurn([
      () => check('types', ['build/types.ts']),
      () => check('format', ['node_modules/prettier/bin/prettier.cjs', '--check', '.']),
    ]),
    inTurn([
      () => check('build', ['build/build.ts']),
      () => check('lint', ['node_modules/eslint/bin/eslint.js', ...eslint]),
    ]),
  ])
  for (const one of rows.flat()) add(total, one)
  add(total, await unitTests(['unit', 'ledger', 'backend', 'hosts', 'renderer']))
  add(total, await keychainTests(missing))
  add(
    total,
    existsSync(join(root, 'out', 'renderer', 'index.html'))
      ? await endToEnd(missing)
      : single('end to end: nothing built', false),
  )
  rmSync(reports, { recursive: true, force: true })

  for (const name of total.skips) say(`skipped: ${name}`)
  for (const name of total.failures) say(`FAILED: ${name}`)
  say(`(${Math.round((Date.now() - startedAt) / 1000)} s)`)
  say(lastLine(total))
  process.exitCode = total.failed > 0 ? 1 : 0
}

await main()
