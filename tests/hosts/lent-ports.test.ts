// What all hosts lend to the backend.

import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Clock } from '../../electron/backend/ports.ts'
import { systemLanguage } from '../../electron/host/language.ts'
import { openLogFile } from '../../electron/host/log-file.ts'
import { openPorts } from '../../electron/host/ports.ts'
import { policyLocation, readPolicy } from '../../electron/host/policy-file.ts'
import { defaultDataFolder, openFolders, profileId } from '../../electron/host/profile-folders.ts'
import { safeName } from '../../electron/host/safe-name.ts'
import { selfTest } from '../../electron/host/self-test.ts'
import { systemClock } from '../../electron/host/system-clock.ts'
import { proxyAddress, proxyFromEnvironment, systemNetwork } from '../../electron/host/system-network.ts'
import { hasScreen, isOpenable, openerFor, systemShell } from '../../electron/host/system-shell.ts'
import { memoryVault } from '../../electron/vault/memory-vault.ts'
import { silentLog } from './loopback-kit.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'sverka-ports-'))))
afterEach(() => {
  chmodSync(folder, 0o700)
  rmSync(folder, { recursive: true, force: true })
})

describe('the profile', () => {
  const at = (platform: NodeJS.Platform, env: Record<string, string> = {}) =>
    defaultDataFolder({ platform, env, home: '/home/anna' })

  it('lives where each system keeps such things', () => {
    expect(at('darwin')).toBe('/home/anna/Library/Application Support/Sverka')
    expect(at('linux')).toBe('/home/anna/.local/share/sverka')
    expect(at('linux', { XDG_DATA_HOME: '/data' })).toBe('/data/sverka')
    expect(at('linux', { XDG_DATA_HOME: 'relative' })).toBe('/home/anna/.local/share/sverka')
    expect(at('win32', { LOCALAPPDATA: '/local' })).toBe('/local/Sverka')
  })

  it('is readable by its owner only, also when it was not before', () => {
    mkdirSync(join(folder, 'p'), { mode: 0o755 })
    const paths = openFolders(join(folder, 'p'))
    expect(Object.values(paths)).toEqual([
      join(folder, 'p'),
      join(folder, 'p', 'temp'),
      join(folder, 'p', 'logs'),
    ])
    for (const path of Object.values(paths)) expect(statSync(path).mode & 0o777).toBe(0o700)
  })

  it('that cannot be made is refused', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => openFolders(join(folder, 'file', 'p'))).toThrow(
      expect.objectContaining({
        fault: { code: 'ledger.folder', reason: 'unwritable', path: join(folder, 'file', 'p') },
      }) as Error,
    )
  })

  it('has an id that stays, of its own', () => {
    const one = profileId(folder)
    expect(one).toMatch(/^[0-9a-f]{16}$/)
    expect(profileId(folder)).toBe(one)
    mkdirSync(join(folder, 'other'))
    expect(profileId(join(folder, 'other'))).not.toBe(one)
    writeFileSync(join(folder, 'profile-id'), 'broken')
    expect(() => profileId(folder)).toThrow(
      expect.objectContaining({ fault: { code: 'ledger.damaged', detail: 'profile-id' } }) as Error,
    )
  })
})

describe('the log', () => {
  const clock: Clock = { now: () => Date.UTC(2026, 10, 21, 9), sleep: () => Promise.resolve() }
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')

  it('is one JSON object per line, for its owner only', () => {
    openLogFile(folder, clock).warn('something.happened', { count: 3 })
    expect(JSON.parse(read('sverka.log'))).toEqual({
      at: '2026-11-21T09:00:00.000Z',
      level: 'warn',
      event: 'something.happened',
      pid: process.pid,
      count: 3,
    })
    expect(statSync(join(folder, 'sverka.log')).mode & 0o777).toBe(0o600)
  })

  it('holds no secret, wherever in a line it stood', () => {
    const log = openLogFile(folder, clock)
    log.error('x', {
      url: 'https://a.bitrix24.ru/rest/1/s3cr3tc0de/profile',
      auth: 't0k3n',
      error: new Error('GET /rest/1/s3cr3tc0de/x failed'),
    })
    expect(read('sverka.log')).not.toMatch(/s3cr3tc0de|t0k3n/)
    expect(read('sverka.log')).toContain('a.bitrix24.ru')
  })

  it('is turned over before it grows too large, and old files go', () => {
    const log = openLogFile(folder, clock, { maxBytes: 400, keep: 2 })
    for (let number = 0; number < 30; number++) log.info('line', { number })
    expect(readdirSync(folder).sort()).toEqual(['sverka.log', 'sverka.log.1', 'sverka.log.2'])
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(400)
    expect(read('sverka.log')).toContain('"number":29')
  })

  it('never stops the work that it tells of', () => {
    const log = openLogFile(join(folder, 'none'), clock)
    expect(() => log.info('x')).not.toThrow()
    const cycle: Record<string, unknown> = {}
    cycle['self'] = cycle
    expect(() => openLogFile(folder, clock).info('x', cycle)).not.toThrow()
  })
})

describe("the administrator's policy", () => {
  const write = (text: string) => {
    writeFileSync(join(folder, 'policy.json'), text)
    return readPolicy(join(folder, 'policy.json'), silentLog)
  }
  const free = {
    forceReadOnly: false,
    forbidDelete: false,
    forbidUpdateCheck: false,
    proxy: null,
    updateFeed: null,
  }
  const strict = {
    forceReadOnly: true,
    forbidDelete: true,
    forbidUpdateCheck: true,
    proxy: null,
    updateFeed: null,
  }

  it('stands where people cannot write', () => {
    expect(policyLocation({ platform: 'linux', env: {} })).toBe('/etc/sverka/policy.json')
    expect(policyLocation({ platform: 'darwin', env: {} })).toBe(
      '/Library/Application Support/Sverka/policy.json',
    )
    expect(policyLocation({ platform: 'win32', env: { ProgramData: '/pd' } })).toBe('/pd/Sverka/policy.json')
  })

  it('forces nothing where there is none', () => {
    expect(readPolicy(join(folder, 'none.json'), silentLog)).toEqual(free)
    expect(write('{}')).toEqual(free)
  })

  it('forces what it says', () => {
    expect(write('\uFEFF{"forceReadOnly":true,"proxy":"proxy.example:3128","later":1}')).toEqual({
      ...free,
      forceReadOnly: true,
      proxy: 'http://proxy.example:3128',
    })
  })

  it('names an update feed only over https', () => {
    expect(write('{"updateFeed":"https://example.com/feed.json"}').updateFeed).toBe(
      'https://example.com/feed.json',
    )
    expect(write('{"updateFeed":"http://example.com/feed.json"}')).toEqual(strict)
  })

  it.each(['', '{', '[]', '{"forceReadOnly":"yes"}', 'null'])(
    'forces everything when it cannot be understood: %j',
    (text) => {
      expect(write(text)).toEqual(strict)
    },
  )

  it('forces everything when it cannot be read', () => {
    expect(readPolicy(folder, silentLog)).toEqual(strict)
  })
})

describe('the proxy', () => {
  it.each<[string, Record<string, string>, string | null]>([
    ['https://a.bitrix24.ru/', {}, null],
    ['https://a.bitrix24.ru/', { https_proxy: 'http://p:3128' }, 'http://p:3128'],
    ['https://a.bitrix24.ru/', { HTTPS_PROXY: 'p:3128' }, 'http://p:3128'],
    ['https://a.bitrix24.ru/', { http_proxy: 'http://p:3128' }, null],
    ['https://a.bitrix24.ru/', { ALL_PROXY: 'http://u:p@p:3128/' }, 'http://u:p@p:3128'],
    ['https://a.bitrix24.ru/', { https_proxy: 'http://p:1', no_proxy: 'bitrix24.ru' }, null],
    ['https://a.bitrix24.ru/', { https_proxy: 'http://p:1', no_proxy: '.bitrix24.ru' }, null],
    ['https://a.bitrix24.ru/', { https_proxy: 'http://p:1', no_proxy: '*.bitrix24.ru:8443' }, 'http://p:1'],
    ['https://a.bitrix24.ru/', { https_proxy: 'http://p:1', no_proxy: 'x24.ru' }, 'http://p:1'],
    ['https://a.bitrix24.ru/', { https_proxy: 'http://p:1', NO_PROXY: '*' }, null],
    ['https://a.bitrix24.ru/', { https_proxy: 'socks5://p:1' }, null],
  ])('for %s by %j is %j', (url, env, proxy) => {
    expect(proxyFromEnvironment(url, env)).toBe(proxy)
  })

  it("is the administrator's before the environment's, and never for this computer", async () => {
    const network = systemNetwork(
      { https_proxy: 'http://env:1', http_proxy: 'http://env:1' },
      'http://admin:2',
      silentLog,
    )
    expect(await network.proxyFor('https://a.bitrix24.ru/')).toBe('http://admin:2')
    expect(await network.proxyFor('http://127.0.0.1:8080/')).toBeNull()
  })

  it('is an address or none', () => {
    expect(proxyAddress('ftp://p')).toBeNull()
    expect(proxyAddress('  ')).toBeNull()
    expect(proxyAddress('p.example')).toBe('http://p.example')
  })

  it("comes with the system's certificates", () => {
    const certificates = systemNetwork({}, null, silentLog).certificates()
    expect(certificates.every((one) => one.startsWith('-----BEGIN CERTIFICATE-----'))).toBe(true)
  })
})

describe('the shell', () => {
  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'http://example.com/',
    'https://user:word@example.com/',
    'ms-settings:',
    'x',
    'smb://host/share',
  ])('opens no %s', async (address) => {
    expect(isOpenable(address)).toBe(false)
    await expect(systemShell(() => undefined).open(address)).rejects.toThrow()
  })

  it('opens portals and this computer', () => {
    expect(isOpenable('https://a.bitrix24.ru/crm/')).toBe(true)
    expect(isOpenable('http://127.0.0.1:8080/')).toBe(true)
  })

  it('hands an address over as one argument, without a shell', () => {
    const address = 'https://a.bitrix24.ru/?a=1&b=$(x)'
    expect(openerFor(address, 'win32', {})).toEqual({
      command: 'rundll32.exe',
      arguments: ['url.dll,FileProtocolHandler', address],
    })
    expect(openerFor(address, 'darwin', {})).toEqual({ command: 'open', arguments: [address] })
    expect(openerFor(address, 'linux', { DISPLAY: ':0' })).toEqual({
      command: 'xdg-open',
      arguments: [address],
    })
    expect(openerFor(address, 'linux', {})).toBeNull()
    expect(hasScreen('linux', { WAYLAND_DISPLAY: 'w' })).toBe(true)
  })
})

describe('the clock', () => {
  it('shortens waits by its scale, and only those', async () => {
    const clock = systemClock(0.001)
    const before = Date.now()
    await clock.sleep(10_000)
    expect(Date.now() - before).toBeLessThan(2_000)
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(50)
  })

  it("stops waiting with the signal's reason", async () => {
    const controller = new AbortController()
    const waiting = systemClock().sleep(60_000, controller.signal)
    const reason = new Error('stopped')
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    await expect(systemClock().sleep(60_000, controller.signal)).rejects.toBe(reason)
  })
})

describe('the self-test', () => {
  const here = new URL(import.meta.url)

  it('finds nothing wrong where everything is there', async () => {
    expect(await selfTest(memoryVault('asked for'), { ledger: here, compute: here }, false)).toEqual([])
  })

  it('names what is missing', async () => {
    const none = new URL('./none.js', import.meta.url)
    expect(await selfTest(memoryVault('no keychain'), { ledger: none, compute: here }, true)).toEqual([
      { part: 'worker', detail: 'none.js is missing' },
      { part: 'keychain', detail: 'no keychain' },
    ])
  })
})

describe('all of it together', () => {
  it('opens a profile and writes nothing but its own files', async () => {
    writeFileSync(join(folder, 'policy.json'), '{"forbidDelete":true}')
    const ports = await openPorts({
      name: 'terminal',
      data: join(folder, 'p'),
      memoryVault: true,
      policyFile: join(folder, 'policy.json'),
      tell: () => undefined,
    })
    expect(ports.policy.forbidDelete).toBe(true)
    expect(ports.troubles).toEqual([])
    expect(await ports.vault.strength()).toEqual({ kind: 'memory', detail: 'memory was asked for' })
    expect(ports.operator.account).not.toBe('')
    expect(ports.host.version).toMatch(/^\d+\.\d+\.\d+/)
    expect(readdirSync(join(folder, 'p')).sort()).toEqual(['logs', 'temp'])
    expect(existsSync(join(folder, 'p', 'logs', 'sverka.log'))).toBe(true)
  })
})

it("speaks the system's language", () => {
  expect(systemLanguage({ LANG: 'ru_RU.UTF-8' })).toBe('ru')
  expect(systemLanguage({ LC_ALL: 'en_US.UTF-8', LANG: 'ru_RU.UTF-8' })).toBe('en')
  expect(systemLanguage({ LANG: 'rum' })).toBe('en')
})

it('makes one name of any name', () => {
  expect(safeName('../../etc/passwd')).toBe('_.._etc_passwd')
  expect(safeName('a\u0000b\nc:"?.csv')).toBe('a_b_c___.csv')
  expect(safeName(' .. ')).toBe('file')
  expect(safeName('Отчёт за ноябрь.xlsx')).toBe('Отчёт за ноябрь.xlsx')
})
