// What a portal's state becomes by the way its jobs and checks end: the one place that decides it.

import type { Fault } from '../contract/fault.ts'
import type { JobSnapshot } from '../contract/job.ts'
import type { PortalState } from '../contract/portal.ts'
import type { CommandContext } from './handlers/context.ts'
import type { Log } from './ports.ts'

/** The state that a fault speaks of; null for one that says nothing about the portal as a whole. */
export function stateOf(fault: Fault): { state: PortalState; movedTo?: string } | null {
  switch (fault.code) {
    case 'rest.badToken':
    case 'rest.tokenExpired':
    case 'oauth.invalidGrant':
    case 'oauth.invalidClient':
      return { state: 'signInAgain' }
    case 'portal.secretGone':
      return { state: 'secretGone' }
    case 'rest.userShutOut':
      return { state: 'shutOut' }
    case 'rest.overloadBlocked':
      return { state: 'blocked' }
    case 'rest.planWithoutRest':
      return { state: 'noRest' }
    case 'rest.portalClosed':
      return { state: 'closed' }
    case 'portal.moved':
      return { state: 'moved', movedTo: fault.host }
    case 'portal.unreachable':
      return { state: 'unreachable' }
    default:
      return null
  }
}

type Needs = Pick<CommandContext, 'ledger' | 'publish' | 'now'>

/** Notes how asking the portal ended: a fault, or null where it answered as it should. A portal without credentials stays so. */
export async function notePortal(context: Needs, portalId: string, fault: Fault | null): Promise<void> {
  const next = fault === null ? { state: 'ok' as const } : stateOf(fault)
  const record = await context.ledger.read('readPortal', { portalId })
  if (!next || !record || record.credentials.length === 0) return
  const movedTo = 'movedTo' in next ? (next.movedTo ?? null) : null
  if (record.portal.state === next.state && record.portal.movedTo === movedTo) return
  await context.ledger.write('changePortal', { portalId, state: next.state, movedTo })
  context.publish('ledger.changed', { areas: ['portals'], portalId, at: context.now() })
}

/** The same for a job that ended; jobs that never ask a portal, or were stopped, say nothing. */
export async function noteJob(context: Needs, job: JobSnapshot): Promise<void> {
  if (job.portalId === null || (job.kind !== 'refresh' && job.kind !== 'apply')) return
  if (job.state === 'done') await notePortal(context, job.portalId, null)
  // A method may refuse with the same code for want of rights; only the check, which asks `profile`, can tell.
  if (job.state === 'failed' && job.fault && job.fault.code !== 'rest.planWithoutRest')
    await notePortal(context, job.portalId, job.fault)
}

/**
 * At the start: which portals the vault no longer opens, so that none looks connected until it is asked. The demo
 * portal ended with the program that ran it, whatever the vault still holds. A system's keychain may wait for the
 * person to unlock it, so only the vault in memory is waited for.
 */
export async function noteSecrets(context: CommandContext, log: Log): Promise<void> {
  const noting = noteEach(context).catch((error: unknown) =>
    log.warn('portal.unnoted', { error: String(error) }),
  )
  if ((await context.ports.vault.strength()).kind === 'memory') await noting
}

async function noteEach(context: CommandContext): Promise<void> {
  for (const record of await context.ledger.read('readPortals', null)) {
    const { id, demo, state } = record.portal
    const opens = !demo && (await context.portals.hasSecret(record))
    if (!opens) await notePortal(context, id, { code: 'portal.secretGone' })
    else if (state === 'secretGone') await notePortal(context, id, null)
  }
}
