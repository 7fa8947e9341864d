// Who may come in: a token that is printed once and used once becomes a cookie of one browser.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** How long a printed address opens the door (money rule 22). */
const tokenLifeMs = 60_000

export interface Gate {
  /** A new token for an address; all earlier ones that were not used yet stay good for their minute. */
  issue(): string
  /** The Set-Cookie value for a token's first use within its minute; null otherwise. */
  redeem(token: string): string | null
  /** Whether a request's Cookie header names a session. */
  knows(cookieHeader: string | undefined): boolean
}

/** `name` is the cookie's: browsers share cookies between ports, so each host needs one of its own. */
export function createGate(name: string, now: () => number): Gate {
  // Digests and not the values: comparing those takes the same time however much of a guess is right.
  const tokens = new Map<string, number>()
  const sessions = new Set<string>()

  return {
    issue() {
      const token = secret()
      tokens.set(digest(token), now() + tokenLifeMs)
      return token
    },
    redeem(token) {
      const until = takeAway(tokens, digest(token))
      if (until === undefined || now() > until) return null
      const session = secret()
      sessions.add(digest(session))
      return `${name}=${session}; Path=/; HttpOnly; SameSite=Strict`
    },
    knows(cookieHeader) {
      const given = (cookieHeader ?? '')
        .split(';')
        .map((part) => part.trim())
        .filter((part) => part.startsWith(`${name}=`))
        .map((part) => digest(part.slice(name.length + 1)))
      return given.some((one) =>
        [...sessions].some((known) => timingSafeEqual(Buffer.from(known), Buffer.from(one))),
      )
    },
  }
}

function takeAway(tokens: Map<string, number>, key: string): number | undefined {
  const until = tokens.get(key)
  tokens.delete(key)
  return until
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
