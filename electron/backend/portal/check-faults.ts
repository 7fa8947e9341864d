// What a refused probe says: about the connection as a whole, about this moment, or about the ability asked for.

import type { Fault } from '../../contract/fault.ts'

/** Faults of the connection itself: nothing can be checked. */
export function endsCheck({ code }: Fault): boolean {
  return [
    'portal.unreachable',
    'portal.moved',
    'portal.disconnected',
    'portal.secretGone',
    'portal.address',
    'portal.mismatch',
    'rest.badToken',
    'rest.overloadBlocked',
    'rest.userShutOut',
    'rest.portalClosed',
    'rest.httpsNeeded',
    'rest.tokenExpired',
    'oauth.invalidGrant',
    'oauth.invalidClient',
  ].includes(code)
}

export function isPassing({ code }: Fault): boolean {
  return [
    'rest.rateLimited',
    'rest.timeBudget',
    'rest.serverFailure',
    'rest.unexpectedAnswer',
    'portal.unreadable',
  ].includes(code)
}
