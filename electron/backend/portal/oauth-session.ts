// Keeping the tokens of a signed-in portal alive. The refresh token rotates: whoever loses the new pair is signed out,
// so it is in the vault before it is used, and whoever meets a dead one looks first whether another process was quicker.

import { Refusal } from '../../contract/fault.ts'
import type { Clock, Log } from '../ports.ts'
import { parsePortal, requireSafe } from './address.ts'
import type { Endpoint, EndpointProvider } from './endpoint.ts'
import { isSamePortal } from './new-host.ts'
import { exchangeRefresh } from './oauth-tokens.ts'
import type { OAuthApp, Tokens } from './oauth-tokens.ts'
import type { Wire } from './request.ts'

export interface SessionInput {
  app: OAuthApp
  tokens: Tokens
  wire: Wire
  clock: Clock
  log: Log
  /** The pair that is kept now: another process of the same account may have renewed it. */
  load(): Promise<Tokens | null>
  /** Keeps a new pair before it is used; the old refresh token is dead by then, so a failure is logged and not fatal. */
  store(tokens: Tokens): Promise<void>
  /** Told once the portal was proved to answer on another host. */
  moved?(tokens: Tokens): Promise<void>
}

/** How long a pair is waited for that another process has just exchanged and not yet kept. */
const quickerWaitsMs = [0, 250, 500, 1_000, 2_000]

/** A rename reaches the servers one by one: a host that is not ours yet may be asked about again. */
const strangeForMs = 60_000

const hostOf = (tokens: Tokens): string => new URL(tokens.clientEndpoint).host

/**
 * The endpoint of a signed-in portal. Tokens are renewed only after the portal said that they expired (the documents
 * forbid a timer), one exchange at a time for all callers; a new host is used once the authorization server named it
 * for the same member and a read there answered as that portal.
 */
export function oauthEndpoint(input: SessionInput): EndpointProvider {
  const { wire, clock, log } = input
  const app: OAuthApp = { ...input.app, portalHost: parsePortal(input.app.portalHost).host }
  let tokens = input.tokens
  let before: readonly string[] = []
  let deadRefreshToken: string | null = null
  const strangeUntil = new Map<string, number>()

  const endpoint = (): Endpoint => ({
    base: tokens.clientEndpoint,
    host: hostOf(tokens),
    auth: tokens.accessToken,
  })

  function use(next: Tokens): void {
    // A late answer may still name the pair that was just replaced.
    before = [tokens.accessToken, tokens.refreshToken]
    tokens = next
  }

  async function keep(next: Tokens): Promise<void> {
    await input.store(next).catch((error: unknown) => {
      log.error('oauth.store', {
        portalHost: app.portalHost,
        error: error instanceof Error ? error.name : 'unknown',
      })
    })
    use(next)
  }

  /** Takes over the pair that is kept, where it is another one than ours. */
  async function adoptKept(): Promise<boolean> {
    const kept = await input.load().catch(() => null)
    if (kept === null || kept.refreshToken === tokens.refreshToken || kept.memberId !== tokens.memberId)
      return false
    use(kept)
    return true
  }

  async function adoptFromQuicker(): Promise<boolean> {
    for (const waitMs of quickerWaitsMs) {
      if (waitMs > 0) await clock.sleep(waitMs)
      if (await adoptKept()) return true
    }
    return false
  }

  async function exchange(): Promise<void> {
    if (deadRefreshToken === tokens.refreshToken) throw new Refusal({ code: 'oauth.invalidGrant' })
    let fresh: Tokens
    try {
      fresh = await exchangeRefresh({ wire, clock, app }, tokens.oauthHost, tokens.refreshToken)
    } catch (error) {
      if (!(error instanceof Refusal) || error.fault.code !== 'oauth.invalidGrant') throw error
      if (await adoptFromQuicker()) return
      deadRefreshToken = tokens.refreshToken
      throw error
    }
    if (fresh.memberId !== tokens.memberId) throw new Refusal({ code: 'portal.mismatch' })
    const named = fresh.clientEndpoint
    await keep({
      ...fresh,
      clientEndpoint: tokens.clientEndpoint,
      scopes: fresh.scopes.length > 0 ? fresh.scopes : tokens.scopes,
      userId: fresh.userId ?? tokens.userId,
    })
    await moveTo(named)
  }

  async function moveTo(clientEndpoint: string): Promise<void> {
    const { host } = new URL(clientEndpoint)
    if (host === hostOf(tokens) || !isSafe(clientEndpoint)) return
    const there = { base: clientEndpoint, host, auth: tokens.accessToken }
    if (!(await isSamePortal({ wire, clock, app, tokens, endpoint: there }))) return
    await keep({ ...tokens, clientEndpoint })
    log.info('oauth.moved', { from: app.portalHost, to: host })
    await input.moved?.(tokens)
  }

  async function renew(stale: Endpoint): Promise<Endpoint> {
    if (stale.auth !== tokens.accessToken) return endpoint()
    const adopted = await adoptKept()
    if (!adopted || tokens.expiresAt <= clock.now()) await exchange()
    return endpoint()
  }

  async function follow(host: string): Promise<Endpoint | null> {
    await adoptKept()
    if (hostOf(tokens) === host) return endpoint()
    // One refresh per new host is enough to learn that it is not ours.
    if (clock.now() < (strangeUntil.get(host) ?? 0)) return null
    await exchange()
    if (hostOf(tokens) === host) return endpoint()
    strangeUntil.set(host, clock.now() + strangeForMs)
    return null
  }

  const oneAtATime = createTurns()
  return {
    current: () => Promise.resolve(endpoint()),
    renew: (stale) => oneAtATime(`renew ${stale.auth ?? ''}`, () => renew(stale)),
    follow: (host) => oneAtATime(`follow ${host}`, () => follow(host)),
    secrets: () => [tokens.accessToken, tokens.refreshToken, ...before, app.clientSecret],
  }
}

/** Runs one piece of work after the other; who asks for the same while it waits or runs, shares its end. */
function createTurns() {
  const waiting = new Map<string, Promise<unknown>>()
  let last: Promise<unknown> = Promise.resolve()
  return <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const shared = waiting.get(key) as Promise<T> | undefined
    if (shared) return shared
    const mine = last.then(work).finally(() => waiting.delete(key))
    waiting.set(key, mine)
    last = mine.catch(() => undefined)
    return mine
  }
}

function isSafe(address: string): boolean {
  try {
    requireSafe(new URL(address))
    return true
  } catch {
    return false
  }
}
