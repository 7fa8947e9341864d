// `npm start` as a process, where there is no screen: says why, and opens the window in the browser.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'

const script = fileURLToPath(new URL('../../build/start.mjs', import.meta.url))
let folder: string
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'sverka-start-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it.each([
  [['--browser'], 'en_US.UTF-8', 'The window opens in the browser: it was asked for (--browser).'],
  [['--browser'], 'ru_RU.UTF-8', 'Окно откроется в браузере: так попросили (--browser).'],
  ...(process.platform === 'linux'
    ? [
        [[], 'en_US.UTF-8', 'The window opens in the browser: there is no screen here'] as [
          string[],
          string,
          string,
        ],
      ]
    : []),
] as [string[], string, string][])(
  'says why not with %j in %s',
  async (given, locale, words) => {
    const child = spawn(
      process.execPath,
      [script, ...given, '--no-open', '--memory-vault', '--data', folder],
      {
        env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', LC_ALL: locale },
      },
    )
    let printed = ''
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (part: Buffer) => {
        printed += part.toString()
        if (printed.includes('?token=')) resolve()
      })
      child.once('exit', (code) => reject(new Error(`ended with ${code}: ${printed}`)))
    })
    expect(printed).toContain(words)
    child.kill('SIGTERM')
    const [code] = (await once(child, 'exit')) as [number | null]
    expect(code).toBe(0)
  },
  60_000,
)
