// The token exchange with the authorization server: one form POST, so that no secret stands in an address. Which hosts
// may be asked: the two documented ones, one the person typed, or this computer for a portal on this computer.

import type { Fault } from '../../contract/fault.ts'
import { Refusal } from '../../contract/fault.ts'
import type { Clock } from '../ports.ts'
import { isLoopback, parsePortal } from './address.ts'
import type { Wire } from './request.ts'

/** The English documents name the first, the Russian ones the second. */
export const documentedHosts: readonly string[] = ['oauth.bitrix.info', 'oauth.bitrix24.tech']

export interface OAuthApp {
  clientId: string
  clientSecret: string
  /** Host of the portal as the person typed it, with a port where it has one. */
  portalHost: string
  /** Another authorization server, typed by the person; null for the documented ones. */
  oauthHost: string | null
}

export interface Tokens {
  accessToken: string
  refreshToken: string
  /** Milliseconds of the Clock. */
  expiresAt: number
  /** The portal's identity, which survives renames. */
  memberId: string
  /** `https://<portal>/rest/`. */
  clientEndpoint: string
  /** Host of the authorization server that gave them. */
  oauthHost: string
  scopes: string[]
  userId: string | null
}

export interface ExchangeInput {
  wire: Wire
  clock: Clock
  app: OAuthApp
}

/** Throws `oauth.host` unless secrets may be sent to the host (money rule 18). */
export function requireOAuthHost(host: string, app: OAuthApp): void {
  const named = host.toLowerCase()
  if (documentedHosts.includes(named)) return
  if (app.oauthHost !== null && named === parsePortal(app.oauthHost).host) return
  const [hostname, portalName] = [hostnameOf(named), hostnameOf(app.portalHost)]
  if (isLoopback(hostname) && isLoopback(portalName)) return
  throw new Refusal({ code: 'oauth.host', host: named.slice(0, 200) })
}

function hostnameOf(host: string): string {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : host
}

/** `https://host`, or plain http where the host is this computer. */
export function originOf(host: string): string {
  return `${isLoopback(hostnameOf(host)) ? 'http' : 'https'}://${host}`
}

/** Exchanges the one-time code, which lives 30 seconds. */
export function exchangeCode(input: ExchangeInput, host: string, code: string): Promise<Tokens> {
  return exchange(input, host, { grant_type: 'authorization_code', code })
}

/** Gives a new pair; the old refresh token is dead from then on. */
export function exchangeRefresh(input: ExchangeInput, host: string, refreshToken: string): Promise<Tokens> {
  return exchange(input, host, { grant_type: 'refresh_token', refresh_token: refreshToken })
}

const exchangeTimeoutMs = 30_000

async function exchange(
  { wire, clock, app }: ExchangeInput,
  host: string,
  grant: Readonly<Record<string, string>>,
): Promise<Tokens> {
  requireOAuthHost(host, app)
  const ending = await wire.post({
    address: `${originOf(host)}/oauth/token/`,
    body: new URLSearchParams({
      ...grant,
      client_id: app.clientId,
      client_secret: app.clientSecret,
    }).toString(),
    contentType: 'application/x-www-form-urlencoded',
    kind: 'write',
    timeoutMs: exchangeTimeoutMs,
  })
  if (ending.failure !== null) {
    const reason = ending.failure === 'abandoned' || ending.failure === 'tooLarge' ? 'other' : ending.failure
    throw new Refusal({ code: 'portal.unreachable', reason })
  }
  const answer = parseObject(ending.body ?? '')
  const error = answer?.['error']
  if (typeof error === 'string' && error !== '') throw new Refusal(refusalOf(error))
  if (answer === null || ending.status !== 200)
    throw new Refusal({ code: 'portal.unreadable', status: ending.status ?? 0 })
  return readTokens(answer, host, clock.now())
}

function refusalOf(code: string): Fault {
  const known: Readonly<Record<string, Fault>> = {
    invalid_client: { code: 'oauth.invalidClient' },
    invalid_grant: { code: 'oauth.invalidGrant' },
    insufficient_scope: { code: 'rest.scopeMissing', scope: '' },
    invalid_scope: { code: 'rest.scopeMissing', scope: '' },
    PAYMENT_REQUIRED: { code: 'rest.planWithoutRest' },
  }
  return (
    (Object.hasOwn(known, code) ? known[code] : undefined) ?? {
      code: 'oauth.refused',
      portalCode: code.replace(/[^\w.-]/g, '').slice(0, 64),
    }
  )
}

function readTokens(answer: Readonly<Record<string, unknown>>, host: string, now: number): Tokens {
  const text = (name: string): string => (typeof answer[name] === 'string' ? answer[name] : '')
  const endpoint = text('client_endpoint')
  const seconds = Number(answer['expires_in'])
  if (
    text('access_token') === '' ||
    text('refresh_token') === '' ||
    text('member_id') === '' ||
    !URL.canParse(endpoint)
  ) {
    throw new Refusal({ code: 'portal.unreadable', status: 200 })
  }
  const user = answer['user_id']
  return {
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    expiresAt: now + (Number.isFinite(seconds) && seconds > 0 ? seconds : 3600) * 1000,
    memberId: text('member_id'),
    clientEndpoint: endpoint.endsWith('/') ? endpoint : `${endpoint}/`,
    oauthHost: host,
    scopes: text('scope')
      .split(/[,\s]+/)
      .filter((scope) => scope !== ''),
    userId: typeof user === 'number' || typeof user === 'string' ? String(user) : null,
  }
}

function parseObject(body: string): Readonly<Record<string, unknown>> | null {
  try {
    const parsed: unknown = JSON.parse(body)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : null
  } catch {
    return null
  }
}
