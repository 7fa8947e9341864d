// Signing in by the person's browser: one sign-in at a time, until it is finished, given up or ten minutes old.

import { randomBytes } from 'node:crypto'
import type { Fault } from '../contract/fault.ts'
import { Refusal } from '../contract/fault.ts'
import type { SignIn } from '../contract/portal.ts'
import type { PortalRecord } from './ledger/tables/portals.ts'
import { parsePortal } from './portal/address.ts'
import { beginSignIn } from './portal/oauth.ts'
import type { OAuthApp, SignInFlow, Tokens } from './portal/oauth.ts'
import type { Wire } from './portal/request.ts'
import { returnAddress, startReturnListener } from './portal/return-listener.ts'
import type { ReturnListener } from './portal/return-listener.ts'
import type { Ports } from './ports.ts'

export interface SignIns {
  /** `again`: the account whose portal must answer. Ends the sign-in that waited before: the return port is one. */
  begin(app: OAuthApp, again: PortalRecord | null): Promise<SignIn>
  finish(signInId: string, code: string): Promise<PortalRecord>
  cancel(signInId: string): Promise<void>
  close(): Promise<void>
}

interface OpenSignIn {
  flow: SignInFlow
  app: OAuthApp
  again: PortalRecord | null
  listener: ReturnListener | null
  finished: Promise<PortalRecord> | null
  over: AbortController
}

export function createSignIns(options: {
  ports: Pick<Ports, 'clock' | 'shell' | 'log'>
  wire: Wire
  returnPort: () => number
  /** Takes the tokens that a sign-in led to. */
  join: (app: OAuthApp, tokens: Tokens, again: PortalRecord | null) => Promise<PortalRecord>
  /** Told when the browser came back; awaited before its page says how it went. */
  returned: (signInId: string, end: { portalId: string } | { fault: Fault }) => Promise<void>
}): SignIns {
  const { ports, wire } = options
  const open = new Map<string, OpenSignIn>()

  const cancel = async (signInId: string): Promise<void> => {
    const one = open.get(signInId)
    open.delete(signInId)
    one?.over.abort()
    await one?.listener?.close()
  }

  const finishOnce = (signInId: string, one: OpenSignIn, text: string): Promise<PortalRecord> => {
    one.finished ??= one.flow.finish(text).then((tokens) => options.join(one.app, tokens, one.again))
    one.finished.then(
      () => cancel(signInId),
      () => {
        one.finished = null
      },
    )
    return one.finished
  }

  const listen = (signInId: string, one: OpenSignIn): Promise<ReturnListener | null> =>
    startReturnListener({
      port: options.returnPort(),
      state: one.flow.state,
      onReturn: async (address) => {
        try {
          const record = await finishOnce(signInId, one, address)
          await options.returned(signInId, { portalId: record.portal.id })
        } catch (error) {
          // Not awaited: the listener closes when its page is answered.
          void cancel(signInId)
          const fault: Fault =
            error instanceof Refusal ? error.fault : { code: 'internal', reference: 'sign-in' }
          if (!(error instanceof Refusal)) ports.log.error('oauth.return', { error: String(error) })
          await options.returned(signInId, { fault })
          throw error
        }
      },
    })

  return {
    begin: async (app, again) => {
      await Promise.all([...open.keys()].map(cancel))
      const flow = beginSignIn({ app, memberId: again?.memberId ?? null, wire, clock: ports.clock })
      const signInId = randomBytes(12).toString('base64url')
      const one: OpenSignIn = {
        flow,
        app,
        again,
        listener: null,
        finished: null,
        over: new AbortController(),
      }
      one.listener = await listen(signInId, one)
      open.set(signInId, one)
      // The portal's page does not come back when it refuses: the port must not stay taken for ever.
      ports.clock.sleep(Math.max(0, flow.expiresAt - ports.clock.now()), one.over.signal).then(
        () => cancel(signInId),
        () => undefined,
      )
      await ports.shell.open(flow.authorizeUrl).catch(() => undefined)
      return {
        signInId,
        portal: parsePortal(app.portalHost).host,
        authorizeUrl: flow.authorizeUrl,
        returnAddress: returnAddress(options.returnPort()),
        listening: one.listener !== null,
        expiresAt: new Date(flow.expiresAt).toISOString(),
      }
    },
    finish: async (signInId, code) => {
      const one = open.get(signInId)
      if (!one) throw new Refusal({ code: 'oauth.expired' })
      return finishOnce(signInId, one, code)
    },
    cancel,
    close: async () => {
      await Promise.all([...open.keys()].map(cancel))
    },
  }
}
