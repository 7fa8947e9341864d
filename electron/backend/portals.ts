// The portals this profile is connected to: their clients, their credentials in the vault, signing in.

import { createHash, randomBytes } from 'node:crypto'
import { Refusal } from '../contract/fault.ts'
import type { Ability, Portal } from '../contract/portal.ts'
import type { PortalId } from '../contract/values.ts'
import { createCredentials } from './credentials.ts'
import type { Secret } from './credentials.ts'
import type { PortalRecord } from './ledger/tables/portals.ts'
import { createPaces } from './paces.ts'
import { parseWebhook } from './portal/address.ts'
import type { PortalClient } from './portal/client.ts'
import { createPortalClient, defaultSettings } from './portal/create-client.ts'
import { webhookEndpoint } from './portal/endpoint.ts'
import type { EndpointProvider } from './portal/endpoint.ts'
import { profile } from './portal/methods/directory.ts'
import { ask } from './portal/methods/reading.ts'
import { oauthEndpoint } from './portal/oauth-session.ts'
import { originOf } from './portal/oauth-tokens.ts'
import type { OAuthApp, Tokens } from './portal/oauth-tokens.ts'
import { createWire } from './portal/request.ts'
import type { PortalBook, PortalBookOptions } from './portal-book.ts'
import { createSignIns } from './sign-ins.ts'

/** Whether the last check of a portal found an ability. */
export function hasAbility(portal: Portal, ability: Ability): boolean {
  return portal.check?.abilities.some((entry) => entry.ability === ability && entry.state === 'yes') ?? false
}

/** Whether writes of payments may go in batches: their readings may, and no write was ever refused there for it. */
export function batchesWrites(portal: Portal): boolean {
  const refused = portal.check?.abilities.some(
    ({ ability, state }) => ability === 'batch.writes' && state === 'no',
  )
  return hasAbility(portal, 'batch.payments') && refused !== true
}

export function createPortalBook(options: PortalBookOptions): PortalBook {
  const { ports, ledger } = options
  const wire = createWire({ clock: ports.clock, network: ports.network, version: ports.host.version })
  const clients = new Map<string, Promise<PortalClient>>()

  const paces = createPaces({ clock: ports.clock, log: ports.log, ledger })

  const noteMove = async (record: PortalRecord, host: string): Promise<void> => {
    const at = new Date(ports.clock.now()).toISOString()
    const portalId = record.portal.id
    await ledger.write('changePortal', {
      portalId,
      host,
      movedTo: null,
      state: 'ok',
      journal: {
        at,
        kind: 'portal.moved',
        actor: options.actor(),
        portalId,
        body: { host, movedFrom: record.portal.host },
      },
    })
    options.changed(portalId)
  }
  const credentials = createCredentials({
    ports,
    wire,
    moved: async (portalId, tokens) => {
      const record = await ledger.read('readPortal', { portalId })
      if (!record) return
      await noteMove(record, new URL(tokens.clientEndpoint).host).catch((error: unknown) =>
        ports.log.error('portal.moveUnnoted', { portalId, error: String(error) }),
      )
    },
  })

  const openClient = async (portalId: string): Promise<PortalClient> => {
    const record = await ledger.read('readPortal', { portalId })
    if (!record) throw new Refusal({ code: 'not.found', what: 'portal' })
    const [credential] = record.credentials
    if (!credential) throw new Refusal({ code: 'portal.disconnected' })
    const shared = paces.of(record)
    return createPortalClient({
      portalId,
      endpoint: await credentials.endpointOf(credential),
      ports,
      settings: () => shared.settings,
      pace: shared.pace,
      version: ports.host.version,
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
    /** The account that is connected again; null for whichever the ledger knows at this host or by this member. */
    again: PortalRecord | null
  }): Promise<PortalRecord> => {
    const before = await ledger.read('findPortal', { host: found.host, memberId: found.memberId })
    const shared = before && paces.of(before)
    const probe = createPortalClient({
      portalId: 'connecting',
      endpoint: found.endpoint,
      ports,
      settings: () => shared?.settings ?? defaultSettings,
      ...(shared ? { pace: shared.pace } : {}),
      version: ports.host.version,
    })
    // The person connects, so a block that has been lifted meanwhile is not held against the portal.
    probe.lift()
    const user = await ask(probe, profile(), { urgent: true }).finally(() => probe.close())
    const known =
      found.again ?? (await ledger.read('findPortal', { host: found.host, memberId: found.memberId }))
    // A name that was given up and taken by another portal must not get the payments of the first.
    if (known && found.memberId !== null && (known.memberId ?? found.memberId) !== found.memberId)
      throw new Refusal({ code: 'portal.mismatch' })
    const there = await ledger.read('findPortal', { host: found.host, memberId: null })
    if (known && there && there.portal.id !== known.portal.id) throw new Refusal({ code: 'portal.mismatch' })
    const name = known?.portal.name ?? found.demo ?? found.host
    const portalId = known?.portal.id ?? (`p_${randomBytes(9).toString('hex')}` as PortalId)
    const credentialId = credentialIdOf(portalId, found.secret.kind, user.id)
    await credentials.put(credentialId, found.secret)
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

  const joinSignedIn = (app: OAuthApp, tokens: Tokens, again: PortalRecord | null): Promise<PortalRecord> => {
    const { host } = new URL(tokens.clientEndpoint)
    const named = { ...app, portalHost: host }
    const { clock, log } = ports
    const forgetful = { load: () => Promise.resolve(null), store: () => Promise.resolve() }
    return join({
      secret: { kind: 'oauth', app: named, tokens },
      endpoint: oauthEndpoint({ app: named, tokens, wire, clock, log, ...forgetful }),
      host,
      baseUrl: tokens.clientEndpoint,
      memberId: tokens.memberId,
      demo: null,
      again,
    })
  }

  const readAgain = async (portalId: string | undefined): Promise<PortalRecord | null> => {
    if (portalId === undefined) return null
    const record = await ledger.read('readPortal', { portalId })
    if (!record) throw new Refusal({ code: 'not.found', what: 'portal' })
    return record
  }

  const signIns = createSignIns({
    ports,
    wire,
    returnPort: () => options.settings.get().oauthReturnPort,
    join: joinSignedIn,
    returned: options.returned,
  })

  const book: PortalBook = {
    client: async (portalId) => {
      let opening = clients.get(portalId)
      if (!opening) {
        opening = openClient(portalId)
        clients.set(portalId, opening)
        opening.catch((error: unknown) => {
          clients.delete(portalId)
          if (isGone(error)) options.secretGone(portalId)
        })
      }
      return opening
    },
    connectWebhook: async (url, named = {}) => {
      const address = parseWebhook(url)
      const again = await readAgain(named.portalId)
      // A webhook names no member, so its host is what tells the portal (money rule 19).
      if (again && address.host !== again.portal.host && address.host !== again.portal.movedTo)
        throw new Refusal({ code: 'portal.mismatch' })
      const demo = named.demo ?? null
      return join({
        secret: { kind: 'webhook', url: address.base },
        endpoint: webhookEndpoint(url),
        host: address.host,
        baseUrl: `${new URL(address.base).origin}/rest/`,
        memberId: demo === null ? null : demoMember,
        demo,
        again,
      })
    },
    beginSignIn: async ({ portalId, ...typed }) => {
      // The portal's address with its scheme as typed: one on this computer speaks plain http.
      const app: OAuthApp = {
        clientId: typed.clientId,
        clientSecret: typed.clientSecret,
        portalHost: typed.portal,
        oauthHost: typed.oauthHost ?? null,
      }
      return signIns.begin(app, await readAgain(portalId))
    },
    signInAgain: async (record) => {
      const credential = record.credentials.find(({ kind }) => kind === 'oauth')
      if (!credential) throw new Refusal({ code: 'portal.disconnected' })
      const secret = await credentials.take(credential.id)
      if (secret.kind !== 'oauth') throw new Refusal({ code: 'portal.secretGone' })
      return signIns.begin({ ...secret.app, portalHost: originOf(record.portal.host) }, record)
    },
    finishSignIn: signIns.finish,
    cancelSignIn: signIns.cancel,
    moveTo: async (record, host) => {
      const webhooks = record.credentials.filter(({ kind }) => kind === 'webhook')
      const other = await ledger.read('findPortal', { host, memberId: null })
      // A signed-in account follows by itself once the new host is proved; nobody's word takes the place of that.
      if (webhooks.length === 0 || (other && other.portal.id !== record.portal.id))
        throw new Refusal({ code: 'portal.mismatch' })
      for (const { id } of webhooks) {
        const secret = await credentials.take(id)
        if (secret.kind !== 'webhook') continue
        const url = new URL(secret.url)
        url.host = host
        await credentials.put(id, { kind: 'webhook', url: url.href })
      }
      await noteMove(record, host)
      book.renew(record.portal.id)
    },
    hasSecret: async ({ credentials: [first] }) => {
      if (!first) return true
      const present = (): boolean => true
      return credentials.take(first.id).then(present, (error: unknown) => !isGone(error))
    },
    forget: async (record) => {
      book.renew(record.portal.id)
      for (const { id } of record.credentials) await credentials.drop(id)
    },
    renew: (portalId) => {
      const open = clients.get(portalId)
      clients.delete(portalId)
      open?.then((client) => client.close()).catch(() => undefined)
    },
    adjust: paces.adjust,
    close: async () => {
      paces.close()
      await signIns.close()
      for (const portalId of [...clients.keys()]) book.renew(portalId)
      wire.close()
    },
  }
  return book
}

function isGone(error: unknown): boolean {
  return error instanceof Refusal && error.fault.code === 'portal.secretGone'
}

/** The demo portal stands on another port each time and is the same portal all the same. */
const demoMember = 'demo'

/** One credential per portal, kind and user: connecting again replaces its secret (money rule 19). */
function credentialIdOf(portalId: string, kind: string, userId: string): string {
  return `c_${createHash('sha256').update(`${portalId} ${kind} ${userId}`).digest('hex').slice(0, 20)}`
}
