// Signing in with OAuth in one call: the person goes to the browser, the process waits for the way back.

import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Result } from '../contract/fault.ts'
import type { Connected } from '../contract/portal.ts'
import type { InProcessClient } from '../host/in-process-client.ts'
import type { Terminal } from './terminal.ts'
import { words } from './words.ts'

/** Answers what `portals.connect` would have, had it not needed the browser; `call.abandoned` on Ctrl-C. */
export async function finishSignIn(
  started: Extract<Connected, { state: 'signIn' }>,
  client: InProcessClient,
  terminal: Terminal,
): Promise<Result<Connected>> {
  const { signIn } = started
  const say = words[terminal.language]
  terminal.note(say.signIn)
  terminal.note(signIn.authorizeUrl)
  if (!signIn.listening) {
    terminal.note(say.pasteCode)
    const lines = createInterface({ input: terminal.input })
    const [code] = (await once(lines, 'line')) as [string]
    lines.close()
    return client.call('portals.finishSignIn', { signInId: signIn.signInId, code })
  }
  return new Promise((resolve) => {
    const undo: (() => void)[] = []
    const end = (result: Result<Connected>) => {
      for (const one of undo) one()
      resolve(result)
    }
    const expiry = setTimeout(
      () => end({ ok: false, fault: { code: 'oauth.expired' } }),
      Date.parse(signIn.expiresAt) - Date.now(),
    )
    undo.push(() => clearTimeout(expiry))
    undo.push(terminal.onInterrupt(() => end({ ok: false, fault: { code: 'call.abandoned' } })))
    undo.push(
      client.on('portals.signedIn', ({ signInId, portalId, fault }) => {
        if (signInId !== signIn.signInId) return
        if (fault !== null) end({ ok: false, fault })
        else if (portalId !== null) void connectedPortal(client, portalId).then(end)
      }),
    )
  })
}

async function connectedPortal(client: InProcessClient, portalId: string): Promise<Result<Connected>> {
  const portals = await client.call('portals.list', undefined)
  if (!portals.ok) return portals
  const portal = portals.value.find(({ id }) => id === portalId)
  if (!portal) return { ok: false, fault: { code: 'not.found', what: 'portal' } }
  return { ok: true, value: { state: 'connected', portal } }
}
