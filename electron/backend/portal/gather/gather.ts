// Reading payments with everything that belongs to them, by the way the portal check found: all of them, or only those
// that may have changed.

import type { PortalCheck } from '../../../contract/portal.ts'
import { Refusal } from '../../../contract/fault.ts'
import type { PortalClient } from '../client.ts'
import { ask } from '../methods/reading.ts'
import { paymentIds } from '../methods/sale-payments.ts'
import { everyPayment } from './administrator.ts'
import { createAsker } from './asker.ts'
import type { Asker } from './asker.ts'
import { changedOfObjects } from './changed-objects.ts'
import { changedPayments } from './changed.ts'
import type { GatheredChunk } from './gathered.ts'
import { createJoin } from './join.ts'
import type { KnownState, Marks } from './known.ts'
import { paymentsOfObjects } from './objects.ts'
import { readMarks } from './touched.ts'

export type { KnownPayments, KnownState, Marks, OwnedBy, OwnerRef } from './known.ts'
export type { GatheredChunk, GatheredOwner, GatheredPayment, Payer, PayerAccount } from './gathered.ts'

export interface GatherOptions {
  /** Reads only what may have changed since. */
  since?: KnownState
  signal?: AbortSignal
  onProgress?: (done: number, total: number) => void
}

const can = (check: PortalCheck, ability: string): boolean =>
  check.abilities.some((entry) => entry.ability === ability && entry.state === 'yes')

function askerFor(
  client: PortalClient,
  check: PortalCheck,
  signal: AbortSignal | undefined,
  frugal = true,
): Asker {
  const batching = { any: can(check, 'batch'), payments: can(check, 'batch.payments'), frugal }
  return createAsker(client, batching, signal)
}

/**
 * Yields chunks of joined payments, each payment once. Throws Refusal (`rest.noRights` when there is no way at all),
 * or the signal's reason.
 */
export async function* gatherPayments(
  client: PortalClient,
  check: PortalCheck,
  options: GatherOptions = {},
): AsyncGenerator<GatheredChunk> {
  if (check.path === 'none') throw new Refusal({ code: 'rest.noRights' })
  const asker = askerFor(client, check, options.signal, options.since !== undefined)
  const join = createJoin(asker)
  const source = { client, asker, join, cursor: can(check, 'cursor') }
  const objects = { asker, join, orderEntities: can(check, 'join.orders') }
  const { since } = options
  const all = check.path === 'objects' ? paymentsOfObjects(objects) : everyPayment(source)
  const some = (known: KnownState): AsyncGenerator<GatheredChunk> =>
    check.path === 'objects' ? changedOfObjects(objects, known) : changedPayments(source, known)
  for await (const chunk of since === undefined ? all : some(since)) {
    options.signal?.throwIfAborted()
    options.onProgress?.(chunk.done, chunk.total)
    yield chunk
  }
}

/** The marks from which the next cheap refresh begins; to be read before a run. */
export function marksOf(client: PortalClient, check: PortalCheck, signal?: AbortSignal): Promise<Marks> {
  return readMarks(client, askerFor(client, check, signal), {
    objects: can(check, 'join.objects'),
    orders: check.path === 'objects' && can(check, 'join.orders'),
    signal,
  })
}

export interface CountedWindow {
  after: number
  upTo: number
  count: number
}

const windows = 50

/** How many payments the portal counts in each of fifty windows of ids up to `maxId`; those it does not count are left out. */
export async function countWindows(
  client: PortalClient,
  check: PortalCheck,
  maxId: number,
  signal?: AbortSignal,
): Promise<CountedWindow[]> {
  const width = Math.max(1, Math.ceil(maxId / windows))
  const bounds = Array.from({ length: Math.ceil(maxId / width) }, (_, index) => index * width)
  const ends = await askerFor(client, check, signal).settle(
    bounds.map((after) =>
      paymentIds({ filter: { '>id': after, '<=id': after + width }, order: { id: 'asc' }, start: 0 }),
    ),
  )
  return bounds.flatMap((after, index) => {
    const end = ends[index]
    const count = end?.ok === true ? end.value.total : null
    return count === null ? [] : [{ after, upTo: after + width, count }]
  })
}

/** How many payments the portal counts; null on the way by objects, and where it does not count. */
export async function countPayments(
  client: PortalClient,
  check: PortalCheck,
  signal?: AbortSignal,
): Promise<number | null> {
  if (check.path !== 'administrator') return null
  const page = await ask(
    client,
    paymentIds({ order: { id: 'desc' }, start: 0 }),
    signal === undefined ? {} : { signal },
  )
  return page.total
}
