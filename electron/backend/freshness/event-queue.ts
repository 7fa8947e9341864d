// The portal's queue of events: asked for once writing is allowed, read as a hint of what to read, cleared when that is
// in the ledger. Binding, reserving and clearing change the portal's own settings and queue, so all of it is writing in
// the sense of money rule 2: nothing of it happens on a portal that is read only, and switching writing off or
// disconnecting takes the binding away.

import type { Portal } from '../../contract/portal.ts'
import { Refusal } from '../../contract/fault.ts'
import type { CommandContext } from '../handlers/context.ts'
import { hasAbility } from '../portals.ts'
import type { PortalClient } from '../portal/client.ts'
import {
  bindEvent,
  boundEvents,
  clearEvents,
  mostTaken,
  readTaken,
  takeEvents,
  unbindEvent,
} from '../portal/methods/events.ts'
import type { QueuedEvent, TakenEvents } from '../portal/methods/events.ts'

/** What the queue tells to read; `blind` when something was noted without saying of what. */
export interface QueueHint {
  paymentIds: number[]
  orderIds: number[]
  blind: boolean
}

export function mayQueue(context: CommandContext, portal: Portal): boolean {
  return portal.writingAllowed && !context.ports.policy.forceReadOnly && hasAbility(portal, 'events')
}

/** Journalled before the portal is asked. Answers whether every event was bound; a portal that refuses is polled. */
export async function bindQueue(
  context: CommandContext,
  client: PortalClient,
  portal: Portal,
  signal: AbortSignal,
): Promise<boolean> {
  const portalId = portal.id
  await noteBinding(context, portal, 'portal.eventsBound')
  for (const event of boundEvents) {
    const outcome = await bindEvent(client, event, { signal })
    if (outcome.class === 'executed') continue
    context.ports.log.warn('events.unbound', { portalId, event, fault: outcome.fault.code })
    return false
  }
  await context.ledger.write('noteFreshness', { portalId, change: { eventsBound: true, queueMark: null } })
  return true
}

/** Takes the binding away where there is one. What the portal refuses is logged: it must not keep a secret from being dropped. */
export async function unbindQueue(context: CommandContext, portalId: string): Promise<void> {
  const record = await context.ledger.read('readPortal', { portalId })
  if (!record?.portal.eventQueue || record.credentials.length === 0) return
  await context.looks.giveWay(portalId)
  await noteBinding(context, record.portal, 'portal.eventsUnbound')
  try {
    const client = await context.portals.client(portalId)
    for (const event of boundEvents) {
      const outcome = await unbindEvent(client, event, { signal: context.signal, urgent: true })
      if (outcome.class !== 'executed')
        context.ports.log.warn('events.left', { portalId, event, fault: outcome.fault.code })
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    context.ports.log.warn('events.left', { portalId, fault: error.fault.code })
  }
  await context.ledger.write('noteFreshness', { portalId, change: { eventsBound: false, queueMark: null } })
}

async function noteBinding(
  context: CommandContext,
  portal: Portal,
  kind: 'portal.eventsBound' | 'portal.eventsUnbound',
): Promise<void> {
  await context.ledger.write('journal', {
    at: context.now(),
    kind,
    actor: context.actor(portal.check?.user.name ?? null),
    portalId: portal.id,
    body: { events: [...boundEvents] },
  })
}

/** At one look; more wait for the next. */
const mostRounds = 4

/**
 * Hands on what the queue holds, piece by piece, and clears each piece after `store` has ended. Answers false when the
 * queue could not be read or told too little: then the portal has to be looked at as if there were none.
 */
export async function workOffQueue(
  context: CommandContext,
  client: PortalClient,
  input: { portalId: string; mark: string | null; signal: AbortSignal },
  store: (hint: QueueHint) => Promise<void>,
): Promise<boolean> {
  const { portalId, signal } = input
  let { mark } = input
  for (let round = 0; round < mostRounds; round++) {
    const taken = await take(client, mark, signal)
    if (taken === null) return false
    if (taken.events.length > 0 && taken.mark !== null) {
      await context.ledger.write('noteFreshness', { portalId, change: { queueMark: taken.mark } })
      const hint = hintOf(taken.events)
      await store(hint)
      const ids = taken.events.map(({ id }) => id).filter((id) => id > 0)
      const cleared = await clearEvents(client, { mark: taken.mark, ids }, { signal })
      if (cleared.class !== 'executed' || hint.blind) return false
    }
    const again = mark !== null
    mark = null
    await context.ledger.write('noteFreshness', { portalId, change: { queueMark: null } })
    if (!again && taken.events.length < mostTaken) return true
  }
  return true
}

async function take(
  client: PortalClient,
  mark: string | null,
  signal: AbortSignal,
): Promise<TakenEvents | null> {
  const outcome = await takeEvents(client, mark, { signal })
  signal.throwIfAborted()
  return outcome.class === 'executed' ? readTaken(outcome.result) : null
}

function hintOf(events: readonly QueuedEvent[]): QueueHint {
  const idsOf = (kind: QueuedEvent['kind']): number[] =>
    events.filter((event) => event.kind === kind).flatMap(({ objectId }) => objectId ?? [])
  return {
    paymentIds: [...new Set(idsOf('payment'))],
    orderIds: [...new Set(idsOf('order'))],
    blind: events.some(({ objectId }) => objectId === null),
  }
}
