// Which portals can be planned for, and which can be written to (money rule 2).

import { Refusal } from '../../contract/fault.ts'
import type { CommandContext } from '../handlers/context.ts'
import type { PortalRecord } from '../ledger/tables/portals.ts'

/** The portal, if it may be written to (money rule 2): what applying asks for. */
export async function writablePortal(context: CommandContext, portalId: string): Promise<PortalRecord> {
  const portal = await plannablePortal(context, portalId)
  if (!portal.portal.writingAllowed) throw new Refusal({ code: 'portal.writingOff' })
  return portal
}

/** The portal, if changing it can be planned at all. A plan writes nothing, so one can be looked at before writing is switched on. */
export async function plannablePortal(
  { ledger, ports }: CommandContext,
  portalId: string,
): Promise<PortalRecord> {
  const portal = await ledger.read('readPortal', { portalId })
  if (!portal) throw new Refusal({ code: 'not.found', what: 'portal' })
  if (ports.policy.forceReadOnly) throw new Refusal({ code: 'policy.forbids', rule: 'writing' })
  if (portal.credentials.length === 0) throw new Refusal({ code: 'portal.disconnected' })
  return portal
}

/** The portal's zone as its check found it; UTC before the first check. */
export function zoneOf(portal: PortalRecord): string {
  return portal.portal.check?.timeZone || 'UTC'
}
