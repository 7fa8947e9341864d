// One quiet look at one portal: a few requests that find the most of what may have changed. What it finds is stored and
// shown as news; nothing is decided and no payment is written.

import { Refusal } from '../../contract/fault.ts'
import type { Portal, PortalCheck } from '../../contract/portal.ts'
import type { CommandContext } from '../handlers/context.ts'
import type { Freshness, FreshnessChange } from '../ledger/tables/freshness.ts'
import { newJobId } from '../jobs/runner.ts'
import type { KnownState } from '../portal/gather/gather.ts'
import { notePortal } from '../portal-state.ts'
import { hasAbility } from '../portals.ts'
import { bindQueue, mayQueue, workOffQueue } from './event-queue.ts'
import { knownPayments } from './known-payments.ts'
import { newTally, storeRead } from './store-read.ts'
import type { Reading, ReadTally } from './store-read.ts'
import { coverageOf, nextPaidTurn } from './what-to-read.ts'

/** How much a look may read: in batches a thousand payments are two or three requests, singly fifty are one. */
interface Bounds {
  /** Up to so many unpaid ones, the portal's own list of them is read as a whole. */
  unpaidList: number
  unpaidSlice: number
  paidTurn: number
}
const inBatches: Bounds = { unpaidList: 1000, unpaidSlice: 1000, paidTurn: 500 }
const singly: Bounds = { unpaidList: 100, unpaidSlice: 50, paidTurn: 50 }
/** Object by object, a payment costs a request. */
const objectsSingly: Bounds = { unpaidList: 0, unpaidSlice: 5, paidTurn: 2 }
const objectsInBatches: Bounds = { unpaidList: 0, unpaidSlice: 100, paidTurn: 20 }

/** Whether a look makes sense: connected, checked, read as a whole before, by a way that has not changed since. */
export function canLook(context: CommandContext, portal: Portal): portal is Portal & { check: PortalCheck } {
  const { check } = portal
  if (check === null || check.path === 'none' || portal.credentials.length === 0) return false
  if (portal.state !== 'ok' && portal.state !== 'unreachable') return false
  if (portal.coverage !== coverageOf(check.path) || portal.wholeRefreshAt === null) return false
  const busy = context.jobs
    .running()
    .some((job) => job.portalId === portal.id && (job.kind === 'refresh' || job.kind === 'apply'))
  return !busy
}

/** Answers how many payments changed. A portal that cannot be asked is noted as such; nothing is thrown but the signal's reason. */
export async function lookAt(
  context: CommandContext,
  portal: Portal & { check: PortalCheck },
  signal: AbortSignal,
): Promise<number> {
  const portalId = portal.id
  const tally = newTally()
  try {
    const client = await context.portals.client(portalId)
    const reading: Reading = {
      client,
      check: portal.check,
      portalId,
      seenIn: newJobId(),
      askedAt: context.now(),
      news: true,
      signal,
    }
    const freshness = await context.ledger.read('readFreshness', { portalId })
    const told = await lookThroughQueue(context, reading, portal, freshness, tally)
    const turns = told ? {} : await lookAround(context, reading, portal, freshness, tally)
    await context.ledger.write('noteLook', {
      portalId,
      changed: tally.ids,
      freshness: { ...turns, lookedAt: context.now() },
    })
    await notePortal(context, portalId, null)
  } catch (error) {
    if (signal.aborted || !(error instanceof Refusal)) throw error
    await notePortal(context, portalId, error.fault)
  }
  publishLook(context, portalId, tally)
  return tally.ids.length
}

function publishLook(context: CommandContext, portalId: string, { ids }: ReadTally): void {
  const areas = ids.length > 0 ? (['payments', 'matches', 'portals'] as const) : (['portals'] as const)
  context.publish('ledger.changed', { areas: [...areas], portalId, at: context.now(), unasked: true })
  if (ids.length > 0) context.rematch()
}

/** True when the queue told all there is to know. A queue that was only just bound tells nothing of before. */
async function lookThroughQueue(
  context: CommandContext,
  reading: Reading,
  portal: Portal,
  freshness: Freshness,
  tally: ReadTally,
): Promise<boolean> {
  if (!mayQueue(context, portal)) return false
  const { client, portalId, signal } = reading
  if (!freshness.eventsBound) {
    await bindQueue(context, client, portal, signal)
    return false
  }
  const input = { portalId, mark: freshness.queueMark, signal }
  return workOffQueue(context, client, input, async ({ paymentIds, orderIds }) => {
    const since: KnownState = {
      maxId: null,
      listUnpaid: false,
      ids: paymentIds,
      orderIds,
      touchedFrom: null,
      maxOrderId: 0,
      ledger: knownPayments(context.ledger, portalId),
    }
    await storeRead(context, reading, tally, { since })
  })
}

async function lookAround(
  context: CommandContext,
  reading: Reading,
  portal: Portal & { check: PortalCheck },
  freshness: Freshness,
  tally: ReadTally,
): Promise<FreshnessChange> {
  const { portalId } = reading
  const bounds = boundsOf(portal)
  const unpaid = freshness.known - freshness.paid
  const listUnpaid = unpaid <= bounds.unpaidList
  const slice = await context.ledger.read('listTurn', {
    portalId,
    paid: false,
    below: listUnpaid ? null : freshness.unpaidBelow,
    limit: listUnpaid ? unpaid : bounds.unpaidSlice,
  })
  const turn = await nextPaidTurn(context.ledger, {
    portalId,
    freshness,
    now: context.ports.clock.now(),
    wholeRefreshDays: context.settings.get().wholeRefreshDays,
    most: bounds.paidTurn,
  })
  const since: KnownState = {
    maxId: freshness.maxId,
    listUnpaid,
    ids: [...slice, ...turn.ids],
    touchedFrom: portal.check.path === 'objects' ? freshness.touchedFrom : null,
    maxOrderId: freshness.maxOrderId,
    ledger: knownPayments(context.ledger, portalId),
  }
  await storeRead(context, reading, tally, { since })
  return { ...turn.change, unpaidBelow: listUnpaid ? null : (slice.at(-1) ?? null) }
}

function boundsOf(portal: Portal & { check: PortalCheck }): Bounds {
  const batches = hasAbility(portal, 'batch') && hasAbility(portal, 'batch.payments')
  if (portal.check.path === 'objects') return batches ? objectsInBatches : objectsSingly
  return batches ? inBatches : singly
}
