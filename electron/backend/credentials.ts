// What opens the connected portals: secrets in the vault, and one living session for each signed-in account.

import { Refusal } from '../contract/fault.ts'
import type { CredentialRow } from './ledger/tables/portals.ts'
import { webhookEndpoint } from './portal/endpoint.ts'
import type { EndpointProvider } from './portal/endpoint.ts'
import { oauthEndpoint } from './portal/oauth-session.ts'
import type { OAuthApp, Tokens } from './portal/oauth-tokens.ts'
import type { Wire } from './portal/request.ts'
import type { Ports } from './ports.ts'

export type Secret = { kind: 'webhook'; url: string } | { kind: 'oauth'; app: OAuthApp; tokens: Tokens }

export interface Credentials {
  /** Throws Refusal `portal.secretGone` (the vault no longer has it), `vault.failed`. */
  take(credentialId: string): Promise<Secret>
  put(credentialId: string, secret: Secret): Promise<void>
  drop(credentialId: string): Promise<void>
  /** The endpoint behind a credential. A signed-in account has one for all its clients, so that they share a refresh. */
  endpointOf(credential: CredentialRow): Promise<EndpointProvider>
}

const vaultKey = (credentialId: string): string => `credential:${credentialId}`

export function createCredentials(options: {
  ports: Pick<Ports, 'vault' | 'clock' | 'log'>
  wire: Wire
  /** The portal of a signed-in account was proved to answer on another host. */
  moved: (portalId: string, tokens: Tokens) => Promise<void>
}): Credentials {
  const { ports, wire } = options
  const sessions = new Map<string, EndpointProvider>()

  const read = async (credentialId: string): Promise<Secret | null> => {
    const text = await ports.vault.take(vaultKey(credentialId)).catch((cause: unknown) => {
      throw new Refusal({ code: 'vault.failed', step: 'take' }, { cause })
    })
    return text === null ? null : (JSON.parse(text) as Secret)
  }

  const take = async (credentialId: string): Promise<Secret> => {
    const secret = await read(credentialId)
    if (secret === null) throw new Refusal({ code: 'portal.secretGone' })
    return secret
  }

  const write = async (credentialId: string, secret: Secret): Promise<void> => {
    await ports.vault.put(vaultKey(credentialId), JSON.stringify(secret)).catch((cause: unknown) => {
      throw new Refusal({ code: 'vault.failed', step: 'put' }, { cause })
    })
  }

  const openSession = (
    { id, portalId, userId }: CredentialRow,
    { app, tokens }: Extract<Secret, { kind: 'oauth' }>,
  ): EndpointProvider =>
    oauthEndpoint({
      app,
      tokens: { ...tokens, userId: tokens.userId ?? userId },
      wire,
      clock: ports.clock,
      log: ports.log,
      load: async () => {
        const kept = await read(id)
        return kept?.kind === 'oauth' ? kept.tokens : null
      },
      store: (fresh) =>
        write(id, {
          kind: 'oauth',
          app: { ...app, portalHost: new URL(fresh.clientEndpoint).host },
          tokens: fresh,
        }),
      moved: (fresh) => options.moved(portalId, fresh),
    })

  return {
    take,
    put: async (credentialId, secret) => {
      sessions.delete(credentialId)
      await write(credentialId, secret)
    },
    drop: async (credentialId) => {
      sessions.delete(credentialId)
      await ports.vault.drop(vaultKey(credentialId)).catch((cause: unknown) => {
        throw new Refusal({ code: 'vault.failed', step: 'drop' }, { cause })
      })
    },
    endpointOf: async (credential) => {
      const known = sessions.get(credential.id)
      if (known) return known
      const secret = await take(credential.id)
      if (secret.kind === 'webhook') return webhookEndpoint(secret.url)
      const session = sessions.get(credential.id) ?? openSession(credential, secret)
      sessions.set(credential.id, session)
      return session
    },
  }
}
