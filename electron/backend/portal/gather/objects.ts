// The payments of the deals and invoices that the user can see, object by object: the way of everybody who is no
// administrator.

import { objectPayments } from '../methods/crm-payments.ts'
import { owners } from '../methods/items.ts'
import { orderEntities } from '../methods/orders.ts'
import type { ListPage, UnreadableRow } from '../methods/reading.ts'
import type { OrderEntity, OwnerItem, OwnerType, ShortPayment } from '../methods/shapes.ts'
import { Refusal } from '../../../contract/fault.ts'
import type { Fault } from '../../../contract/fault.ts'
import { ahead, chunksOf } from './ahead.ts'
import type { Asker, Settled } from './asker.ts'
import type { GatheredChunk } from './gathered.ts'
import type { Join } from './join.ts'
import { listAll } from './list-all.ts'

export interface ObjectsSource {
  asker: Asker
  join: Join
  /** Whether `crm.orderentity.list` may be read: then only objects that have an order are asked for payments. */
  orderEntities: boolean
}

export interface Target {
  owner: OwnerItem
  orderId: number | null
}

/** `done` and `total` count objects. Objects whose payments may not be read are counted as withheld. */
export async function* paymentsOfObjects(source: ObjectsSource): AsyncGenerator<GatheredChunk> {
  const targets = await findTargets(source)
  const seen = new Set<number>()
  let done = 0
  const chunks = ahead(chunksOf(targets, targetsPerStep(source)), 4, async (part) => {
    const read = await readTargets(source.asker, part)
    return { ...read, payments: await source.join.byOwner(read.found), count: part.length }
  })
  for await (const { payments, unreadable, withheld, count } of chunks) {
    const fresh = payments.filter(({ id }) => !seen.has(id) && seen.add(id))
    done += count
    const withheldCount = withheld.length
    yield {
      payments: fresh,
      unreadable,
      same: [],
      gone: [],
      withheld: withheldCount,
      done,
      total: targets.length,
    }
  }
}

export const targetsPerStep = ({ asker }: ObjectsSource): number =>
  asker.batches('crm.item.payment.list') ? 200 : 25

/** What the portal showed of some objects' payments; `withheld` are the objects of which it showed none. */
export interface TargetsRead {
  found: { payment: ShortPayment; owner: OwnerItem; orderId: number | null }[]
  unreadable: UnreadableRow[]
  withheld: Target[]
}

export async function readTargets(asker: Asker, targets: readonly Target[]): Promise<TargetsRead> {
  const read = (asked: readonly Target[]): Promise<Settled<ListPage<ShortPayment>>[]> =>
    asker.settle(asked.map(({ owner }) => objectPayments(owner, { order: { id: 'asc' } })))
  const pages = new Map<Target, ListPage<ShortPayment>>()
  const note = (asked: readonly Target[], ends: readonly Settled<ListPage<ShortPayment>>[]): void =>
    asked.forEach((target, index) => {
      const page = pageOrNothing(ends[index])
      if (page !== null) pages.set(target, page)
    })
  note(targets, await read(targets))
  // `0` also stands for a passing failure of the portal, so a refusal is believed only the second time.
  const again = targets.filter((target) => !pages.has(target))
  if (again.length > 0) note(again, await read(again))
  return {
    found: [...pages].flatMap(([target, page]) => page.rows.map((payment) => ({ payment, ...target }))),
    unreadable: [...pages.values()].flatMap((page) => page.unreadable),
    withheld: targets.filter((target) => !pages.has(target)),
  }
}

/** Null for a refusal that concerns this object alone. */
function pageOrNothing(end: Settled<ListPage<ShortPayment>> | undefined): ListPage<ShortPayment> | null {
  if (end?.ok === true) return end.value
  const fault: Fault = end?.fault ?? { code: 'internal', reference: 'objects' }
  const alone = ['rest.notFoundOrDenied', 'rest.noRights', 'rest.refused', 'rest.answerShape']
  if (!alone.includes(fault.code)) throw new Refusal(fault)
  return null
}

/** Invoices before deals, so that an order's payments are met at the invoice first. */
async function findTargets(source: ObjectsSource): Promise<Target[]> {
  const entities = source.orderEntities ? await listEntities(source.asker) : null
  const targets: Target[] = []
  for (const type of [31, 2] as const) {
    const found =
      entities === null ? await listOwners(source.asker, type) : await ownersOf(source, entities, type)
    source.join.seedOwners(found.map(({ owner }) => owner))
    targets.push(...found)
  }
  return targets
}

async function listOwners(asker: Asker, type: OwnerType): Promise<Target[]> {
  const rows = await listAll(asker, (start) => owners(type, { order: { id: 'asc' }, start }))
  return (rows ?? []).map((owner) => ({ owner, orderId: null }))
}

export async function ownersOf(
  { join }: Pick<ObjectsSource, 'join'>,
  entities: readonly OrderEntity[],
  type: OwnerType,
): Promise<Target[]> {
  const ordersOf = new Map<number, number[]>()
  for (const { ownerTypeId, ownerId, orderId } of entities) {
    if (ownerTypeId === type) ordersOf.set(ownerId, [...(ordersOf.get(ownerId) ?? []), orderId])
  }
  const found = await join.owners(type, ordersOf.keys())
  return found.map((owner) => {
    const [orderId, second] = ordersOf.get(owner.id) ?? []
    return { owner, orderId: second === undefined ? (orderId ?? null) : null }
  })
}

/** Null where the list turns out to be forbidden: the caller then lists the objects themselves. */
async function listEntities(asker: Asker): Promise<OrderEntity[] | null> {
  return listAll(asker, (start) => orderEntities({ order: { orderId: 'asc' }, start }))
}
