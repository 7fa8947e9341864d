// Signing in with a portal's local app.

import { randomBytes, timingSafeEqual } from 'node:crypto'
import { Refusal } from '../../contract/fault.ts'
import type { Clock } from '../ports.ts'
import { parsePortal, requireSafe } from './address.ts'
import { documentedHosts, exchangeCode, originOf, requireOAuthHost } from './oauth-tokens.ts'
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
   * Throws `oauth.state`, `oauth.expired`, `oauth.host`, `portal.address` and `portal.mismatch` (another portal answered), or
   * what the exchange says.
   */
  finish(text: string): Promise<Tokens>
}

export interface SignInInput {
  app: OAuthApp
  /** Signing in again: only this portal's answer is taken, wherever it stands by now. Null for a first time. */
  memberId?: string | null
  wire: Wire
  clock: Clock
}

const stateLifeMs = 10 * 60_000

/** Throws `portal.address` for a portal that must not be spoken to. */
export function beginSignIn({ app, memberId = null, wire, clock }: SignInInput): SignInFlow {
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
      if (memberId !== null && returned.memberId !== null && returned.memberId !== memberId)
        throw new Refusal({ code: 'portal.mismatch' })
      if (memberId === null && returned.domain !== null && returned.domain !== portal.host)
        throw new Refusal({ code: 'portal.address', reason: 'returnedOther' })
      if (returned.serverHost !== null) requireOAuthHost(returned.serverHost, named)
      used = true
      const first = typed ?? returned.serverHost ?? (portal.origin.startsWith('http:') ? portal.host : null)
      const hosts = first === null ? documentedHosts : [first]
      const tokens = await exchangeAtFirst({ wire, clock, app: named }, hosts, returned.code)
      if (tokens.memberId !== (memberId ?? returned.memberId ?? tokens.memberId))
        throw new Refusal({ code: 'portal.mismatch' })
      requireSafe(new URL(tokens.clientEndpoint))
      if (memberId === null && new URL(tokens.clientEndpoint).host !== portal.host)
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
