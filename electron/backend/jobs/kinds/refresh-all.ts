// Refreshing every portal: as many jobs of single portals as portals, a few at a time, shown as one.

import { Refusal } from '../../../contract/fault.ts'
import type { Fault } from '../../../contract/fault.ts'
import type { JobSnapshot } from '../../../contract/job.ts'
import type { PortalState } from '../../../contract/portal.ts'
import type { CommandContext } from '../../handlers/context.ts'
import { notePortal } from '../../portal-state.ts'
import type { JobControl, JobEnd } from '../runner.ts'
import { refreshPortal } from './refresh.ts'

/** Work on a portal is waiting for it; this many wait side by side, so that a slow or dead one holds up none. */
export const portalsAtOnce = 8

/** What stays as it is until the person acts: asking such a portal again would only fail again. */
const beyondRefreshing: readonly PortalState[] = ['disconnected', 'secretGone', 'moved', 'blocked']

/** Starts refreshing all portals that can be asked, or answers the job that does so already. */
export async function refreshAll(context: CommandContext): Promise<JobSnapshot> {
  const running = context.jobs.running().find(({ kind }) => kind === 'refreshAll')
  if (running) return running
  const portals = (await context.ledger.read('readPortals', null))
    .filter(({ portal }) => !beyondRefreshing.includes(portal.state))
    .map(({ portal }) => portal.id)
  if (portals.length === 0) throw new Refusal({ code: 'not.found', what: 'portal' })
  return context.jobs.start({
    kind: 'refreshAll',
    unit: 'portals',
    total: portals.length,
    portalId: null,
    request: { portals },
    actor: context.actor(),
    key: 'refreshAll',
    work: (control) => refreshEach(context, portals, control),
  })
}

async function refreshEach(
  context: CommandContext,
  portals: readonly string[],
  control: JobControl,
): Promise<JobEnd> {
  const waiting = [...portals]
  const result = { kind: 'refreshAll' as const, portals: 0, failed: 0 }
  const work = async (): Promise<void> => {
    for (;;) {
      const portalId = control.signal.aborted ? undefined : waiting.shift()
      if (portalId === undefined) return
      const fault = await refreshOne(context, portalId, control)
      if (fault === null) result.portals++
      else result.failed++
      control.progress({ done: result.portals + result.failed, failed: result.failed })
    }
  }
  await Promise.all(Array.from({ length: portalsAtOnce }, work))
  return { result, stopped: control.signal.aborted }
}

/** Answers why a portal could not be read, null when it was. Its own job tells the same to its own screen. */
async function refreshOne(
  context: CommandContext,
  portalId: string,
  control: JobControl,
): Promise<Fault | null> {
  try {
    const { id } = await refreshPortal({ ...context, signal: control.signal }, { portalId })
    const stop = (): void => void context.jobs.stop(id).catch(() => undefined)
    control.signal.addEventListener('abort', stop, { once: true })
    const ended = await context.jobs.ended(id)
    control.signal.removeEventListener('abort', stop)
    return ended.state === 'done' ? null : (ended.fault ?? { code: 'call.abandoned' })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await notePortal(context, portalId, error.fault)
    return error.fault
  }
}
