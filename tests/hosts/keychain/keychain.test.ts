// Against a real Secret Service: the test command starts one in a D-Bus session of its own.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { openVault } from '../../../electron/vault/open-vault.ts'
import { silentLog } from '../loopback-kit.ts'

const folder = mkdtempSync(join(tmpdir(), 'sverka-keychain-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('keeps a secret in the system keychain, by profile', async () => {
  const one = await openVault({ profile: 'test-one', log: silentLog })
  const two = await openVault({ profile: 'test-two', log: silentLog })
  expect(await one.strength()).toEqual({ kind: 'keychain', detail: expect.any(String) as string })
  await one.put('portal p_1', 'пароль 🔑')
  expect(await one.take('portal p_1')).toBe('пароль 🔑')
  expect(await two.take('portal p_1')).toBeNull()
  await one.put('portal p_1', 'second')
  expect(await one.take('portal p_1')).toBe('second')
  await one.drop('portal p_1')
  expect(await one.take('portal p_1')).toBeNull()
  await one.drop('portal p_1')
})

it('outlives the process that put it there', async () => {
  const vaultModule = fileURLToPath(new URL('../../../electron/vault/open-vault.ts', import.meta.url))
  const script = `
    const { openVault } = await import(${JSON.stringify(vaultModule)})
    const log = { info() {}, warn() {}, error() {} }
    const vault = await openVault({ profile: 'test-three', log })
    await vault.put('k', 'from another process')
  `
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: 'inherit',
  })
  expect(status).toBe(0)
  const vault = await openVault({ profile: 'test-three', log: silentLog })
  expect(await vault.take('k')).toBe('from another process')
  await vault.drop('k')
})

it('is memory, with the reason, where there is no D-Bus', () => {
  const ports = fileURLToPath(new URL('../../../electron/host/ports.ts', import.meta.url))
  const script = `
    const { openPorts } = await import(${JSON.stringify(ports)})
    const ports = await openPorts({ name: 'terminal', data: ${JSON.stringify(folder)}, tell() {} })
    process.stdout.write(JSON.stringify({ strength: await ports.vault.strength(), troubles: ports.troubles }))
    process.exit()
  `
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${folder}/none`,
  }
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    env,
    encoding: 'utf8',
  })
  const found = JSON.parse(stdout) as {
    strength: { kind: string; detail: string }
    troubles: { part: string }[]
  }
  expect(found.strength.kind).toBe('memory')
  expect(found.strength.detail).not.toBe('')
  expect(found.troubles.map(({ part }) => part)).toContain('keychain')
})
