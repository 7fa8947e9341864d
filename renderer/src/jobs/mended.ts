// Faults for which the way out stands on the Portals screen: a sign-in, a new address, a lost secret.

import type { Fault, FaultCode } from '../../../electron/contract/fault.ts'

const mendedThere: readonly FaultCode[] = [
  'oauth.invalidGrant',
  'oauth.invalidClient',
  'rest.badToken',
  'rest.tokenExpired',
  'rest.userShutOut',
  'rest.overloadBlocked',
  'rest.planWithoutRest',
  'rest.portalClosed',
  'rest.scopeMissing',
  'portal.moved',
  'portal.secretGone',
  'portal.disconnected',
  'portal.writingOff',
]

export function isMendedAtPortal(fault: Fault | null): boolean {
  return fault !== null && mendedThere.includes(fault.code)
}
