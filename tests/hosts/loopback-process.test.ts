// The loopback host as a process, with the real backend: one host per profile, new addresses for whoever asks, an end.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import { openApp } from './open-app.ts'
import type { RunningApp } from './open-app.ts'

const entry = fileURLToPath(new URL('../../electron/loopback/main.ts', import.meta.url))
let app: RunningApp | undefined
afterEach(async () => {
  await app?.close()
  app = undefined
})

const start = (...args: string[]) =>
  spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', entry, '--no-open', '--memory-vault', ...args],
    {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'en_US.UTF-8' },
      timeout: 30_000,
    },
  )

it('gives a second start a new address of the host that runs, and ends when told', async () => {
  app = await openApp()
  const second = start('--data', app.data)
  expect(second.status).toBe(0)
  const address = /http:\S+/.exec(second.stdout)?.[0] ?? ''
  expect(second.stdout).toContain('Sverka runs already')
  expect(new URL(address).origin).toBe(new URL(app.address).origin)
  expect(address).not.toBe(app.address)
  for (const one of [address, app.address]) {
    const response = await fetch(one, { redirect: 'manual' })
    expect(response.status).toBe(303)
  }
  expect((await fetch(address, { redirect: 'manual' })).status).toBe(403)
  expect(await app.close()).toBe(0)
  expect(existsSync(join(app.data, 'loopback.json'))).toBe(false)
  expect(app.complaints).toEqual([])
})

it('says that a port is taken, and that it was called wrongly', async () => {
  app = await openApp()
  const { port } = new URL(app.address)
  const taken = start('--data', join(app.data, 'other'), '--port', port)
  expect(taken.status).toBe(1)
  expect(taken.stderr).toContain(`Port ${port} is taken`)
  expect(start('--port', 'x').status).toBe(2)
  expect(start('--nonsense').stderr).toContain('[--data DIR]')
})
