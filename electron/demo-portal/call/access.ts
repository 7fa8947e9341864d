/** Who is calling: webhook codes, and the codes and tokens of the OAuth app. */
import { randomBytes } from 'node:crypto'
import { PortalError, refusals, systemErrors } from '../errors.ts'
import type { PortalClock } from '../clock.ts'
import type { PortalUser } from '../data/model.ts'
import { type DemoUser, type OAuthOptions, allScopes } from '../options.ts'
import type { Caller } from '../portal.ts'

export interface TokenPair {
  accessToken: string
  refreshToken: string
  userId: number
  expiresAtMs: number
}

interface Grant {
  userId: number
  untilMs: number
}

function secret(): string {
  return randomBytes(24).toString('hex')
}

/** Error of the authorization server, which speaks in OAuth's own codes. */
export class GrantError extends Error {
  readonly code: string
  readonly status: number

  constructor(code: string, status: number, description: string) {
    super(description)
    this.code = code
    this.status = status
  }
}

export class AccessBoard {
  private readonly users: readonly DemoUser[]
  private readonly people: ReadonlyMap<number, PortalUser>
  private readonly oauth: OAuthOptions
  private readonly clock: PortalClock
  private readonly codes = new Map<string, Grant>()
  private readonly access = new Map<string, Grant>()
  private readonly refresh = new Map<string, Grant>()
  private readonly closedTo = new Set<number>()

  constructor(
    users: readonly DemoUser[],
    people: readonly PortalUser[],
    oauth: OAuthOptions,
    clock: PortalClock,
  ) {
    this.users = users
    this.people = new Map(people.map((user) => [user.id, user]))
    this.oauth = oauth
    this.clock = clock
  }

  person(userId: number): PortalUser {
    const user = this.people.get(userId)
    if (!user) throw new PortalError(systemErrors.NO_AUTH_FOUND)
    return user
  }

  byWebhook(userId: number, code: string): Caller {
    const owner = this.users.find((user) => user.id === userId && user.webhookCode === code)
    if (!owner) throw new PortalError(systemErrors.NO_AUTH_FOUND)
    return {
      kind: 'webhook',
      user: this.person(userId),
      scopes: owner.scopes ?? allScopes,
      budgetKey: `webhook ${userId}`,
    }
  }

  /** @throws PortalError NO_AUTH_FOUND without a token, invalid_token, expired_token, user_access_error */
  byToken(token: string): Caller {
    if (token === '') throw new PortalError(systemErrors.NO_AUTH_FOUND)
    const grant = this.access.get(token)
    if (!grant) throw new PortalError(refusals.invalidToken)
    if (grant.untilMs <= this.clock.nowMs()) throw new PortalError(systemErrors.expired_token)
    if (this.closedTo.has(grant.userId)) throw new PortalError(systemErrors.user_access_error)
    return {
      kind: 'oauth',
      user: this.person(grant.userId),
      scopes: this.oauth.scopes,
      budgetKey: `app ${this.oauth.clientId}`,
    }
  }

  /** Authorization code for the signed-in user; it lives 30 s and is good for one exchange. */
  issueCode(userId: number): string {
    const code = secret()
    this.codes.set(code, { userId, untilMs: this.clock.nowMs() + this.oauth.codeSeconds * 1000 })
    return code
  }

  private checkClient(clientId: string, clientSecret: string): void {
    if (clientId !== this.oauth.clientId || clientSecret !== this.oauth.clientSecret) {
      throw new GrantError('invalid_client', 401, 'Invalid client')
    }
  }

  private issuePair(userId: number): TokenPair {
    const now = this.clock.nowMs()
    const expiresAtMs = now + this.oauth.accessSeconds * 1000
    const pair = { accessToken: secret(), refreshToken: secret(), userId, expiresAtMs }
    this.access.set(pair.accessToken, { userId, untilMs: expiresAtMs })
    this.refresh.set(pair.refreshToken, { userId, untilMs: now + this.oauth.refreshSeconds * 1000 })
    return pair
  }

  private take(grants: Map<string, Grant>, key: string): Grant {
    const grant = grants.get(key)
    grants.delete(key)
    if (!grant || grant.untilMs <= this.clock.nowMs())
      throw new GrantError('invalid_grant', 400, 'Invalid grant')
    return grant
  }

  /** @throws GrantError invalid_client, invalid_grant */
  exchangeCode(clientId: string, clientSecret: string, code: string): TokenPair {
    this.checkClient(clientId, clientSecret)
    return this.issuePair(this.take(this.codes, code).userId)
  }

  /** The old refresh token dies with this call. @throws GrantError invalid_client, invalid_grant */
  exchangeRefresh(clientId: string, clientSecret: string, refreshToken: string): TokenPair {
    this.checkClient(clientId, clientSecret)
    return this.issuePair(this.take(this.refresh, refreshToken).userId)
  }

  /** A pair without the browser, for tests that are not about signing in. */
  grant(userId: number): TokenPair {
    return this.issuePair(this.person(userId).id)
  }

  /** Every access token answers `expired_token` from now on; refresh tokens stay good. */
  expireAccess(): void {
    for (const grant of this.access.values()) grant.untilMs = 0
  }

  /** Every token is dead: access `expired_token`, refresh `invalid_grant`. */
  revokeAll(): void {
    this.expireAccess()
    this.refresh.clear()
    this.codes.clear()
  }

  /** Whether an administrator has closed the app to this user. */
  closeTo(userId: number, closed: boolean): void {
    if (closed) this.closedTo.add(userId)
    else this.closedTo.delete(userId)
  }
}
