import type { Vault } from '../backend/ports.ts'
import { Refusal } from '../contract/fault.ts'
import { within } from './time-limit.ts'

/** What is used of keytar; its functions answer promises and run outside the event loop. */
export interface Keychain {
  setPassword(service: string, account: string, password: string): Promise<void>
  getPassword(service: string, account: string): Promise<string | null>
  deletePassword(service: string, account: string): Promise<boolean>
}

/** A keychain may be asking the person for its password meanwhile; who does not answer for so long is not there. */
const answerLimitMs = 120_000

/**
 * Secrets in the operating system's keychain: Credential Manager, Keychain, Secret Service. `service` names the
 * profile, so that two profiles do not see each other's. Rejects with Refusal `vault.failed`.
 */
export function keytarVault(keychain: Keychain, service: string, detail: string): Vault {
  async function attempt<T>(step: 'put' | 'take' | 'drop', work: () => Promise<T>): Promise<T> {
    try {
      return await within(answerLimitMs, work())
    } catch (cause) {
      throw new Refusal({ code: 'vault.failed', step }, { cause })
    }
  }
  return {
    put: (key, secret) => attempt('put', () => keychain.setPassword(service, key, secret)),
    take: (key) => attempt('take', () => keychain.getPassword(service, key)),
    async drop(key) {
      await attempt('drop', () => keychain.deletePassword(service, key))
    },
    strength: () => Promise.resolve({ kind: 'keychain', detail }),
  }
}
