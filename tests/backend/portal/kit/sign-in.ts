// Signing in at the demo portal as a person would, its page shown and the code copied by hand.

import type { DemoPortal } from '../../../../electron/demo-portal/start.ts'
import type { Portal, SignIn } from '../../../../electron/contract/portal.ts'
import type { World } from '../../../kit/backend-world.ts'

/** The code that the portal shows after "allow"; the app of the test has no return address. */
export async function codeOf(authorizeUrl: string): Promise<string> {
  const page = await fetch(`${authorizeUrl}&allow=yes`).then((response) => response.text())
  const code = /id="code">([0-9a-f]+)</.exec(page)?.[1]
  if (code === undefined) throw new Error('the portal showed no code')
  return code
}

export async function beginSignIn(world: World, demo: DemoPortal = world.demo): Promise<SignIn> {
  const { clientId, clientSecret } = demo.oauth
  const begun = await world.call('portals.connect', {
    kind: 'oauth',
    portal: demo.url,
    clientId,
    clientSecret,
  })
  if (begun.state !== 'signIn') throw new Error('OAuth goes on in the browser')
  return begun.signIn
}

export async function finishSignIn(world: World, { signInId, authorizeUrl }: SignIn): Promise<Portal> {
  const code = await codeOf(authorizeUrl)
  const done = await world.call('portals.finishSignIn', { signInId, code })
  if (done.state !== 'connected') throw new Error('the code finishes it')
  return done.portal
}

/** A portal that is spoken to with OAuth from here on. */
export async function signIn(world: World): Promise<Portal> {
  const portal = await finishSignIn(world, await beginSignIn(world))
  world.demo.state.log.clear()
  return portal
}
