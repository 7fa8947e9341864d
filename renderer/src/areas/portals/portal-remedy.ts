// What helps a portal that cannot be worked with, or not fully.

import type { Portal } from '../../../../electron/contract/portal.ts'

export type Remedy = 'signIn' | 'connect' | 'demo' | 'move' | 'check'

/** Signed in by an application, as far as the credential that is used says. */
function bySignIn({ credentials: [first] }: Portal): boolean {
  return first?.kind === 'oauth'
}

export function remedyOf(portal: Portal): Remedy {
  const { state, demo } = portal
  if (demo && state !== 'ok') return 'demo'
  switch (state) {
    case 'signInAgain':
      return bySignIn(portal) ? 'signIn' : 'connect'
    case 'secretGone':
    case 'disconnected':
      return 'connect'
    case 'shutOut':
      return bySignIn(portal) ? 'signIn' : 'connect'
    case 'moved':
      return bySignIn(portal) ? 'check' : 'move'
    case 'ok':
    case 'blocked':
    case 'noRest':
    case 'closed':
    case 'unreachable':
      return 'check'
  }
}

/** Scopes that the connection lacks, as the portal's settings name them; none before the first check. */
export function missingScopes(portal: Portal): string[] {
  return (portal.check?.abilities ?? []).flatMap(({ ability, state }) =>
    ability.startsWith('scope.') && state === 'no' ? [ability.slice('scope.'.length)] : [],
  )
}
