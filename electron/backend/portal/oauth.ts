// Signing in with a portal's local app, and keeping its tokens alive.

import { randomBytes, timingSafeEqual } from 'node:crypto'
import { Refusal } from '../../contract/fault.ts'
import type { Clock, Log } from '../ports.ts'
import { parsePortal, requireSafe } from './address.ts'
import type { Endpoint, EndpointProvider } from './endpoint.ts'
import { documentedHosts, exchangeCode, exchangeRefresh, originOf, requireOAuthHost } from './oauth-tokens.ts'
import type { ExchangeInput, OAuthApp, Tokens } from './oauth-tokens.ts'
import type { Wire } from './request.ts'

export type { OAuthApp, Tokens } from './oauth-tokens.ts'

export interface SignInFlow {
  /** To be opened in the person's browser. It names no return address: that is fixed in the app's settings. */
  authorizeUrl: string
  state: string
  /** Milliseconds of the Clock after which nothing is accepted. */
  expiresAt: number
  /**
   * Takes the whole return address, or the bare code as the portal shows it for copying, and exchanges it. Works once.
   * Throws `oauth.state`, `oauth.expired`, `oauth.host`, `portal.address` (another portal answered), or what the exchange says.
   */
  finish(text: string): Promise<Tokens>
}

export interface SignInInput {
  app: OAuthApp
  wire: Wire
  clock: Clock
}

const stateLifeMs = 10 * 60_000

/** Throws `portal.address` for a portal that must not be spoken to. */
export function beginSignIn({ app, wire, clock }: SignInInput): SignInFlow {
  const portal = parsePortal(app.portalHost)
  const typed = app.oauthHost === null ? null : parsePortal(app.oauthHost).host
  const named: OAuthApp = { ...app, portalHost: portal.host }
  const state = randomBytes(24).toString('base64url')
  const expiresAt = clock.now() + stateLifeMs
  const authorize = new URL('/oauth/authorize/', portal.origin)
  authorize.searchParams.set('client_id', app.clientId)
  authorize.searchParams.set('state', state)
  let used = false
  return {
    authorizeUrl: authorize.href,
    state,
    expiresAt,
    async finish(text) {
      if (used || clock.now() > expiresAt) throw new Refusal({ code: 'oauth.expired' })
      const returned = readReturn(text, portal.host)
      if (returned.state !== null && !sameText(returned.state, state))
        throw new Refusal({ code: 'oauth.state' })
      if (returned.domain !== null && returned.domain !== portal.host) {
        throw new Refusal({ code: 'portal.address', reason: 'returnedOther' })
      }
      if (returned.serverHost !== null) requireOAuthHost(returned.serverHost, named)
      used = true
      const first = typed ?? returned.serverHost ?? (portal.origin.startsWith('http:') ? portal.host : null)
      const hosts = first === null ? documentedHosts : [first]
      const tokens = await exchangeAtFirst({ wire, clock, app: named }, hosts, returned.code)
      if (returned.memberId !== null && tokens.memberId !== returned.memberId)
        throw new Refusal({ code: 'portal.mismatch' })
      requireSafe(new URL(tokens.clientEndpoint))
      if (new URL(tokens.clientEndpoint).host !== portal.host)
        throw new Refusal({ code: 'portal.address', reason: 'returnedOther' })
      return tokens
    },
  }
}

interface Returned {
  code: string
  state: string | null
  domain: string | null
  memberId: string | null
  serverHost: string | null
}

/** A return address must carry a state; a bare code, copied by hand within its sign-in, has none to carry. */
function readReturn(text: string, portalHost: string): Returned {
  const trimmed = text.trim()
  if (!trimmed.includes('code=')) {
    if (!/^[\w.-]{4,200}$/.test(trimmed)) throw new Refusal({ code: 'oauth.state' })
    return { code: trimmed, state: null, domain: null, memberId: null, serverHost: null }
  }
  const query = trimmed.slice(trimmed.indexOf('?') + 1).replace(/#.*$/, '')
  const parameters = new URLSearchParams(query)
  const part = (name: string): string | null => {
    const value = parameters.get(name)
    return value === null || value === '' ? null : value
  }
  const [code, state] = [part('code'), part('state')]
  if (code === null || state === null) throw new Refusal({ code: 'oauth.state' })
  const server = part('server_domain')
  return {
    code,
    state,
    domain: part('domain') === null ? null : hostOf(part('domain') ?? portalHost),
    memberId: part('member_id'),
    serverHost: server === null ? null : hostOf(server),
  }
}

function hostOf(text: string): string {
  return parsePortal(originOf(text.replace(/^https?:\/\//, ''))).host
}

/** The second documented host is tried only where the first one certainly did not get the code. */
async function exchangeAtFirst(
  input: ExchangeInput,
  hosts: readonly string[],
  code: string,
): Promise<Tokens> {
  for (const host of hosts) {
    try {
      return await exchangeCode(input, host, code)
    } catch (error) {
      const fault = error instanceof Refusal ? error.fault : null
      const elsewhere =
        fault?.code === 'portal.unreachable' && (fault.reason === 'dns' || fault.reason === 'refused')
      if (!elsewhere || host === hosts.at(-1)) throw error
    }
  }
  throw new Refusal({ code: 'oauth.expired' })
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

export interface SessionInput {
  app: OAuthApp
  tokens: Tokens
  wire: Wire
  clock: Clock
  log: Log
  /** Keeps a new pair before it is used; the old refresh token is dead by then, so a failure is logged and not fatal. */
  store(tokens: Tokens): Promise<void>
}

/**
 * The endpoint of a signed-in portal. Tokens are renewed only after the portal said that they expired (the documents
 * forbid a timer), by one refresh for all callers; a new host is used once the authorization server names it for the
 * same member.
 */
export function oauthEndpoint({
  app,
  tokens: initial,
  wire,
  clock,
  log,
  store,
}: SessionInput): EndpointProvider {
  let tokens = initial
  let before: readonly string[] = []
  const strange = new Set<string>()
  let refreshing: Promise<Endpoint> | null = null
  const named: OAuthApp = { ...app, portalHost: parsePortal(app.portalHost).host }

  const endpoint = (): Endpoint => ({
    base: tokens.clientEndpoint,
    host: new URL(tokens.clientEndpoint).host,
    auth: tokens.accessToken,
  })

  async function refresh(): Promise<Endpoint> {
    const fresh = await exchangeRefresh({ wire, clock, app: named }, tokens.oauthHost, tokens.refreshToken)
    if (fresh.memberId !== tokens.memberId) throw new Refusal({ code: 'portal.mismatch' })
    requireSafe(new URL(fresh.clientEndpoint))
    // A late answer may still name the pair that was just replaced.
    before = [tokens.accessToken, tokens.refreshToken]
    tokens = {
      ...fresh,
      scopes: fresh.scopes.length > 0 ? fresh.scopes : tokens.scopes,
      userId: fresh.userId ?? tokens.userId,
    }
    try {
      await store(tokens)
    } catch (error) {
      log.error('oauth.store', {
        portalHost: named.portalHost,
        error: error instanceof Error ? error.name : 'unknown',
      })
    }
    return endpoint()
  }

  function refreshOnce(): Promise<Endpoint> {
    refreshing ??= refresh().finally(() => {
      refreshing = null
    })
    return refreshing
  }

  return {
    current: () => Promise.resolve(endpoint()),
    renew: (stale) => (stale.auth === tokens.accessToken ? refreshOnce() : Promise.resolve(endpoint())),
    async follow(host) {
      if (new URL(tokens.clientEndpoint).host === host) return endpoint()
      // One refresh per new host is enough to learn that it is not ours.
      if (strange.has(host)) return null
      const renewed = await refreshOnce()
      if (renewed.host === host) return renewed
      strange.add(host)
      return null
    },
    secrets: () => [tokens.accessToken, tokens.refreshToken, ...before, named.clientSecret],
  }
}
