import type { Vault } from '../backend/ports.ts'

/** Secrets for as long as the process lives. `detail` says in words why nothing better was had. */
export function memoryVault(detail: string): Vault {
  const secrets = new Map<string, string>()
  return {
    put: (key, secret) => Promise.resolve(void secrets.set(key, secret)),
    take: (key) => Promise.resolve(secrets.get(key) ?? null),
    drop: (key) => Promise.resolve(void secrets.delete(key)),
    strength: () => Promise.resolve({ kind: 'memory', detail }),
  }
}
