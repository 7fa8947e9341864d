// The portals this profile is connected to: their clients, their credentials in the vault, signing in.

import { createHash, randomBytes } from 'node:crypto'
import { Refusal } from '../contract/fault.ts'
import type { Ability, Portal } from '../contract/portal.ts'
import type { PortalId } from '../contract/values.ts'
import type { CredentialRow, PortalRecord } from './ledger/tables/portals.ts'
import { parsePortal, parseWebhook } from './portal/address.ts'
import type { PortalClient } from './portal/client.ts'
import { createPortalClient } from './portal/create-client.ts'
import type { ClientSettings } from './portal/create-client.ts'
import { webhookEndpoint } from './portal/endpoint.ts'
import type { EndpointProvider } from './portal/endpoint.ts'
import { profile } from './portal/methods/directory.ts'
import { ask } from './portal/methods/reading.ts'
import { beginSignIn, oauthEndpoint } from './portal/oauth.ts'
import type { OAuthApp, SignInFlow, Tokens } from './portal/oauth.ts'
import { createWire } from './portal/request.ts'
import { returnAddress, startReturnListener } from './portal/return-listener.ts'
import type { ReturnListener } from './portal/return-listener.ts'
import type { PortalBook, PortalBookOptions } from './portal-book.ts'

type Secret = { kind: 'webhook'; url: string } | { kind: 'oauth'; app: OAuthApp; tokens: Tokens }

interface OpenClient {
  client: PortalClient
  settings: ClientSettings
}

interface OpenSignIn {
  flow: SignInFlow
  app: OAuthApp
  listener: ReturnListener | null
  finished: Promise<PortalRecord> | null
}

const vaultKey = (credentialId: string): string => `credential:${credentialId}`

/** Whether the last check of a portal found an ability. */
export function hasAbility(portal: Portal, ability: Ability): boolean {
  return portal.check?.abilities.some((entry) => entry.ability === ability && entry.state === 'yes') ?? false
}

export function createPortalBook(options: PortalBookOptions): PortalBook {
  const { ports, ledger } = options
  const wire = createWire({ clock: ports.clock, network: ports.network, version: ports.host.version })
  const clients = new Map<string, Promise<OpenClient>>()
  const signIns = new Map<string, OpenSignIn>()

  const openClient = async (portalId: string): Promise<OpenClient> => {
    const record = await ledger.read('readPortal', { portalId })
    if (!record) throw new Refusal({ code: 'not.found', what: 'portal' })
    const [credential] = record.credentials
    if (!credential) throw new Refusal({ code: 'portal.disconnected' })
    const settings = settingsOf(record)
    const endpoint = await endpointOf(credential)
    const client = createPortalClient({
      portalId,
      endpoint,
      ports,
      settings: () => settings,
      version: ports.host.version,
    })
    return { client, settings }
  }

  const endpointOf = async (credential: CredentialRow): Promise<EndpointProvider> => {
    const secret = await takeSecret(credential.id)
    if (secret.kind === 'webhook') return webhookEndpoint(secret.url)
    const store = (tokens: Tokens): Promise<void> => putSecret(credential.id, { ...secret, tokens })
    return oauthEndpoint({
      app: secret.app,
      tokens: secret.tokens,
      wire,
      clock: ports.clock,
      log: ports.log,
      store,
    })
  }

  const takeSecret = async (credentialId: string): Promise<Secret> => {
    const text = await ports.vault.take(vaultKey(credentialId)).catch((cause: unknown) => {
      throw new Refusal({ code: 'vault.failed', step: 'take' }, { cause })
    })
    if (text === null) throw new Refusal({ code: 'portal.disconnected' })
    return JSON.parse(text) as Secret
  }

  const putSecret = async (credentialId: string, secret: Secret): Promise<void> => {
    await ports.vault.put(vaultKey(credentialId), JSON.stringify(secret)).catch((cause: unknown) => {
      throw new Refusal({ code: 'vault.failed', step: 'put' }, { cause })
    })
  }

  /** Asks who we are there, then joins the credential to its portal: the secret is in the vault before the ledger knows. */
  const join = async (found: {
    secret: Secret
    endpoint: EndpointProvider
    host: string
    baseUrl: string
    memberId: string | null
    demo: string | null
  }): Promise<PortalRecord> => {
    const probe = createPortalClient({
      portalId: 'connecting',
      endpoint: found.endpoint,
      ports,
      settings: () => probeSettings,
      version: ports.host.version,
    })
    const user = await ask(probe, profile(), { urgent: true }).finally(() => probe.close())
    const known = await ledger.read('findPortal', { host: found.host, memberId: found.memberId })
    const name = known?.portal.name ?? found.demo ?? found.host
    const portalId = known?.portal.id ?? (`p_${randomBytes(9).toString('hex')}` as PortalId)
    const credentialId = credentialIdOf(portalId, found.secret.kind, user.id)
    await putSecret(credentialId, found.secret)
    const at = new Date(ports.clock.now()).toISOString()
    const { kind } = found.secret
    await ledger.write('joinPortal', {
      portalId,
      name,
      host: found.host,
      memberId: found.memberId,
      demo: found.demo !== null,
      credential: {
        id: credentialId,
        kind,
        userId: user.id,
        userName: user.name,
        baseUrl: found.baseUrl,
        oauthHost: found.secret.kind === 'oauth' ? found.secret.tokens.oauthHost : null,
      },
      at,
      journal: {
        at,
        kind: 'portal.connected',
        actor: options.actor(user.name || user.id),
        portalId,
        body: { host: found.host, kind, userId: user.id },
      },
    })
    book.renew(portalId)
    const record = await ledger.read('readPortal', { portalId })
    if (!record) throw new Refusal({ code: 'not.found', what: 'portal' })
    return record
  }

  const finish = (id: string, open: OpenSignIn, code: string): Promise<PortalRecord> => {
    open.finished ??= (async () => {
      const tokens = await open.flow.finish(code)
      const host = new URL(tokens.clientEndpoint).host
      const app = { ...open.app, portalHost: host }
      const endpoint = oauthEndpoint({
        app,
        tokens,
        wire,
        clock: ports.clock,
        log: ports.log,
        store: async () => undefined,
      })
      return join({
        secret: { kind: 'oauth', app, tokens },
        endpoint,
        host,
        baseUrl: tokens.clientEndpoint,
        memberId: tokens.memberId,
        demo: null,
      })
    })()
    open.finished.then(
      () => book.cancelSignIn(id),
      () => {
        open.finished = null
      },
    )
    return open.finished
  }

  const book: PortalBook = {
    client: async (portalId) => {
      let opening = clients.get(portalId)
      if (!opening) {
        opening = openClient(portalId)
        clients.set(portalId, opening)
        opening.catch(() => clients.delete(portalId))
      }
      return (await opening).client
    },
    connectWebhook: async (url, named) => {
      const address = parseWebhook(url)
      const secret: Secret = { kind: 'webhook', url: address.base }
      const baseUrl = `${new URL(address.base).origin}/rest/`
      return join({
        secret,
        endpoint: webhookEndpoint(url),
        host: address.host,
        baseUrl,
        memberId: named ? demoMember : null,
        demo: named?.demo ?? null,
      })
    },
    beginSignIn: async (input) => {
      const app: OAuthApp = {
        clientId: input.clientId,
        clientSecret: input.clientSecret,
        portalHost: parsePortal(input.portal).host,
        oauthHost: input.oauthHost ?? null,
      }
      // With its scheme as typed: a portal on this computer speaks plain http.
      const flow = beginSignIn({ app: { ...app, portalHost: input.portal }, wire, clock: ports.clock })
      const signInId = randomBytes(12).toString('base64url')
      const port = options.settings.get().oauthReturnPort
      const open: OpenSignIn = { flow, app, listener: null, finished: null }
      open.listener = await startReturnListener({
        port,
        state: flow.state,
        onReturn: async (address) => {
          const record = await finish(signInId, open, address)
          await options.onSignedIn(signInId, record.portal.id)
        },
      })
      signIns.set(signInId, open)
      await ports.shell.open(flow.authorizeUrl).catch(() => undefined)
      return {
        signInId,
        portal: app.portalHost,
        authorizeUrl: flow.authorizeUrl,
        returnAddress: returnAddress(port),
        listening: open.listener !== null,
        expiresAt: new Date(flow.expiresAt).toISOString(),
      }
    },
    finishSignIn: async (signInId, code) => {
      const open = signIns.get(signInId)
      if (!open) throw new Refusal({ code: 'not.found', what: 'signIn' })
      return finish(signInId, open, code)
    },
    cancelSignIn: async (signInId) => {
      const open = signIns.get(signInId)
      signIns.delete(signInId)
      await open?.listener?.close()
    },
    moveTo: async (record, host) => {
      for (const { id } of record.credentials) {
        const secret = await takeSecret(id)
        if (secret.kind === 'webhook') {
          const url = new URL(secret.url)
          url.host = host
          await putSecret(id, { kind: 'webhook', url: url.href })
        }
      }
      const at = new Date(ports.clock.now()).toISOString()
      const portalId = record.portal.id
      const journal = {
        at,
        kind: 'portal.connected' as const,
        actor: options.actor(),
        portalId,
        body: { host, movedFrom: record.portal.host },
      }
      await ledger.write('changePortal', { portalId, host, movedTo: null, state: 'ok', journal })
      book.renew(portalId)
    },
    forget: async (record) => {
      book.renew(record.portal.id)
      for (const { id } of record.credentials) {
        await ports.vault.drop(vaultKey(id)).catch((cause: unknown) => {
          throw new Refusal({ code: 'vault.failed', step: 'drop' }, { cause })
        })
      }
    },
    renew: (portalId) => {
      const open = clients.get(portalId)
      clients.delete(portalId)
      open?.then(({ client }) => client.close()).catch(() => undefined)
    },
    close: async () => {
      await Promise.all([...signIns.keys()].map((id) => book.cancelSignIn(id)))
      for (const portalId of [...clients.keys()]) book.renew(portalId)
      wire.close()
    },
  }
  return book
}

/** The demo portal stands on another port each time and is the same portal all the same. */
const demoMember = 'demo'

const probeSettings: ClientSettings = { bucketSize: 50, drainPerSecond: 2, serverLimitSeconds: 60 }

function settingsOf(record: PortalRecord): ClientSettings {
  const { bucketSize, drainPerSecond, serverLimitSeconds } = record.settings
  return { bucketSize, drainPerSecond, serverLimitSeconds }
}

/** One credential per portal, kind and user: connecting again replaces its secret (money rule 19). */
function credentialIdOf(portalId: string, kind: string, userId: string): string {
  return `c_${createHash('sha256').update(`${portalId} ${kind} ${userId}`).digest('hex').slice(0, 20)}`
}
