// The keychain where the system offers one, proved by a value that went in and came out; memory elsewhere.

import { randomBytes } from 'node:crypto'
import type { Log, Vault } from '../backend/ports.ts'
import { keytarVault } from './keytar-vault.ts'
import type { Keychain } from './keytar-vault.ts'
import { memoryVault } from './memory-vault.ts'
import { within } from './time-limit.ts'

export interface VaultOptions {
  /** Id of the profile whose secrets these are. */
  profile: string
  log: Log
  /** Loads keytar; tests hand in their own. */
  load?(): Promise<Keychain>
  /** Wall time that the probe may take; a locked keyring that asks in a window nobody sees would take for ever. */
  probeMs?: number
}

const keepers: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'Windows Credential Manager',
  darwin: 'macOS Keychain',
  linux: 'Secret Service',
}

/** Never rejects: without a keychain it answers the memory vault, whose `strength` tells why. */
export async function openVault(options: VaultOptions): Promise<Vault> {
  const { profile, log, load = loadKeytar, probeMs = 8000 } = options
  const service = `Sverka ${profile}`
  try {
    const keychain = await load()
    await within(probeMs, probe(keychain, service))
    return keytarVault(keychain, service, keepers[process.platform] ?? 'system keychain')
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    log.warn('vault.memory', { detail })
    return memoryVault(detail)
  }
}

/** The package is CommonJS and picks its binary for the system while loading, which fails without libsecret. */
async function loadKeytar(): Promise<Keychain> {
  try {
    return (await import('keytar')).default
  } catch (cause) {
    const hint = process.platform === 'linux' ? ' (is libsecret-1-0 installed?)' : ''
    throw new Error(`the keychain module could not be loaded${hint}`, { cause })
  }
}

/** Every process has a key of its own, so that two that start at once do not drop each other's probe. */
async function probe(keychain: Keychain, service: string): Promise<void> {
  const key = `probe-${process.pid}-${randomBytes(4).toString('hex')}`
  const value = randomBytes(12).toString('hex')
  await keychain.setPassword(service, key, value)
  const found = await keychain.getPassword(service, key)
  await keychain.deletePassword(service, key)
  if (found !== value) throw new Error('the keychain did not give back what was put into it')
}
