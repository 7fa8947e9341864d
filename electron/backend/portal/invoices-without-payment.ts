// Invoices whose "paid" is only a stage: how many there are, so that nobody looks for their payments.

import type { Asker } from './gather/asker.ts'
import { listAll } from './gather/list-all.ts'
import { isForbidden } from './methods/directory.ts'
import { owners } from './methods/items.ts'
import { orderEntities } from './methods/orders.ts'

/** More invoices than this are not counted: the check must stay quick. */
const countLimit = 20_000

/**
 * Smart invoices that have no order behind them, so no payment either. Null where one of the lists may not be read in
 * full. Throws what ends the connection.
 */
export async function countInvoicesWithoutPayment(asker: Asker): Promise<number | null> {
  try {
    const [first] = await asker.all([owners(31, { select: ['id'], order: { id: 'asc' }, start: 0 })])
    const total = first?.total ?? first?.rows.length ?? 0
    if (total > countLimit) return null
    const entities = await listAll(asker, (start) =>
      orderEntities({ filter: { '=ownerTypeId': 31 }, order: { orderId: 'asc' }, start }),
    )
    if (entities === null) return null
    return Math.max(0, total - new Set(entities.map(({ ownerId }) => ownerId)).size)
  } catch (error) {
    if (isForbidden(error)) return null
    throw error
  }
}
