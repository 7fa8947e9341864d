// Finding out what a connected portal and its user can do, and writing it down.

import { Refusal } from '../contract/fault.ts'
import type { Portal } from '../contract/portal.ts'
import type { CommandContext } from './handlers/context.ts'
import { notePortal } from './portal-state.ts'
import { checkPortal } from './portal/check.ts'

/** Runs the portal check; answers the portal with its result. Throws what the portal refuses, and notes its state by it. */
export async function checkConnection(context: CommandContext, portalId: string): Promise<Portal> {
  const client = await context.portals.client(portalId)
  const check = await checkPortal(client, context.ports.clock, { signal: context.signal }).catch(
    async (error: unknown) => {
      if (error instanceof Refusal) await notePortal(context, portalId, error.fault)
      throw error
    },
  )
  const at = context.now()
  const body = { administrator: check.administrator, path: check.path, scopes: check.scopes }
  await context.ledger.write('changePortal', {
    portalId,
    check,
    state: 'ok',
    movedTo: null,
    journal: { at, kind: 'portal.checked', actor: context.actor(check.user.name), portalId, body },
  })
  context.publish('ledger.changed', { areas: ['portals', 'journal'], portalId, at })
  const record = await context.ledger.read('readPortal', { portalId })
  if (!record) throw new Refusal({ code: 'not.found', what: 'portal' })
  return record.portal
}
