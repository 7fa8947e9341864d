// Deals and invoices that were changed since a moment. The moment is the newest change the portal itself has shown, so
// that no clock of ours is compared with the portal's.

import { owners } from '../methods/items.ts'
import { orderEntities } from '../methods/orders.ts'
import { ask } from '../methods/reading.ts'
import type { OwnerItem, OwnerType } from '../methods/shapes.ts'
import type { PortalClient } from '../client.ts'
import type { Asker } from './asker.ts'
import type { Marks } from './known.ts'
import { listAll } from './list-all.ts'

const newestFirst = { updatedTime: 'desc' } as const
const types = [31, 2] as const

/**
 * Objects changed at that moment or later, newest first: while they are paged, a further change only moves rows towards
 * the end, so that some come twice and none is passed over.
 */
export async function readTouched(asker: Asker, from: string): Promise<OwnerItem[]> {
  const lists = await Promise.all(
    types.map((type) =>
      listAll(asker, (start) =>
        owners(type, { filter: { '>=updatedTime': from }, order: newestFirst, start }),
      ),
    ),
  )
  return lists.flatMap((rows) => rows ?? [])
}

/**
 * To be read before everything else of a run: what changes while the run goes on is changed after these marks. Null
 * where the portal shows no moment.
 */
export async function readMarks(
  client: PortalClient,
  asker: Asker,
  options: { objects: boolean; orders: boolean; signal?: AbortSignal | undefined },
): Promise<Marks> {
  const moments = options.objects ? await asker.settle(types.map(newestOf)) : []
  const shown = moments.flatMap((end) => (end.ok ? (end.value.rows[0]?.updatedTime ?? []) : []))
  const signal = options.signal === undefined ? {} : { signal: options.signal }
  const newest = options.orders
    ? await ask(client, orderEntities({ order: { orderId: 'desc' }, start: 0 }), signal)
    : null
  return {
    touchedFrom: shown.length === 0 ? null : shown.reduce((latest, at) => (at > latest ? at : latest)),
    maxOrderId: newest?.rows[0]?.orderId ?? 0,
  }
}

const newestOf = (type: OwnerType): ReturnType<typeof owners> =>
  owners(type, { order: newestFirst, start: -1 })
