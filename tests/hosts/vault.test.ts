import { describe, expect, it } from 'vitest'
import type { Log } from '../../electron/backend/ports.ts'
import { keytarVault } from '../../electron/vault/keytar-vault.ts'
import type { Keychain } from '../../electron/vault/keytar-vault.ts'
import { memoryVault } from '../../electron/vault/memory-vault.ts'
import { openVault } from '../../electron/vault/open-vault.ts'
import { silentLog } from './loopback-kit.ts'

/** A keychain in memory that can be told to misbehave. */
function keychainOf(secrets: Map<string, string>, more: Partial<Keychain> = {}): Keychain {
  const key = (service: string, account: string) => `${service}/${account}`
  return {
    setPassword: (service, account, secret) =>
      Promise.resolve(void secrets.set(key(service, account), secret)),
    getPassword: (service, account) => Promise.resolve(secrets.get(key(service, account)) ?? null),
    deletePassword: (service, account) => Promise.resolve(secrets.delete(key(service, account))),
    ...more,
  }
}

const opened = (keychain: Keychain, more: { log?: Log; probeMs?: number } = {}) =>
  openVault({ profile: 'aaaa', log: silentLog, load: () => Promise.resolve(keychain), ...more })

describe('opening', () => {
  it('takes a keychain that keeps what it is given, and leaves nothing in it', async () => {
    const secrets = new Map<string, string>()
    const vault = await opened(keychainOf(secrets))
    expect((await vault.strength()).kind).toBe('keychain')
    expect([...secrets]).toEqual([])
  })

  it.each<[string, Partial<Keychain>, RegExp]>([
    ['refuses to store', { setPassword: () => Promise.reject(new Error('no D-Bus')) }, /no D-Bus/],
    ['forgets', { getPassword: () => Promise.resolve(null) }, /did not give back/],
    ['never answers', { setPassword: () => new Promise(() => undefined) }, /no answer within 0.05 s/],
  ])('takes memory where the keychain %s, and says why', async (_name, broken, detail) => {
    const vault = await opened(keychainOf(new Map(), broken), { probeMs: 50 })
    const strength = await vault.strength()
    expect(strength.kind).toBe('memory')
    expect(strength.detail).toMatch(detail)
    await vault.put('k', 's')
    expect(await vault.take('k')).toBe('s')
  })

  it('takes memory where keytar does not load', async () => {
    const vault = await openVault({
      profile: 'a',
      log: silentLog,
      load: () => Promise.reject(new Error('libsecret is missing')),
    })
    expect(await vault.strength()).toEqual({ kind: 'memory', detail: 'libsecret is missing' })
  })
})

describe('keeping', () => {
  it('keeps two profiles apart', async () => {
    const secrets = new Map<string, string>()
    const one = await openVault({
      profile: 'one',
      log: silentLog,
      load: () => Promise.resolve(keychainOf(secrets)),
    })
    const two = await openVault({
      profile: 'two',
      log: silentLog,
      load: () => Promise.resolve(keychainOf(secrets)),
    })
    await one.put('portal', 'secret of one')
    expect(await two.take('portal')).toBeNull()
    await two.drop('portal')
    expect(await one.take('portal')).toBe('secret of one')
    expect([...secrets.keys()]).toEqual(['Sverka one/portal'])
  })

  it.each(['put', 'take', 'drop'] as const)(
    'refuses with vault.failed when %s fails, without the secret',
    async (step) => {
      const fail = () => Promise.reject(new Error('locked'))
      const vault = keytarVault({ setPassword: fail, getPassword: fail, deletePassword: fail }, 's', '')
      const work = {
        put: () => vault.put('k', 'hush'),
        take: () => vault.take('k'),
        drop: () => vault.drop('k'),
      }[step]
      const error: unknown = await work().then(
        () => null,
        (thrown: unknown) => thrown,
      )
      expect(error).toMatchObject({ fault: { code: 'vault.failed', step } })
      expect(String(error)).not.toContain('hush')
    },
  )

  it('forgets in memory what is dropped', async () => {
    const vault = memoryVault('why')
    await vault.put('k', 'one')
    await vault.put('k', 'two')
    expect(await vault.take('k')).toBe('two')
    await vault.drop('k')
    expect(await vault.take('k')).toBeNull()
  })
})
