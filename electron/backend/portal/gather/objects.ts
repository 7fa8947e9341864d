// The payments of the deals and invoices that the user can see, object by object: the way of everybody who is no
// administrator.

import { objectPayments } from '../methods/crm-payments.ts'
import { isForbidden } from '../methods/directory.ts'
import { owners } from '../methods/items.ts'
import { orderEntities } from '../methods/orders.ts'
import { pageSize } from '../methods/reading.ts'
import type { ListPage, Reading } from '../methods/reading.ts'
import type { OrderEntity, OwnerItem, OwnerType, ShortPayment } from '../methods/shapes.ts'
import { Refusal } from '../../../contract/fault.ts'
import type { Fault } from '../../../contract/fault.ts'
import { ahead, chunksOf } from './ahead.ts'
import type { Asker, Settled } from './asker.ts'
import type { GatheredChunk } from './gathered.ts'
import type { Join } from './join.ts'
import { nextStart } from './loader.ts'

export interface ObjectsSource {
  asker: Asker
  join: Join
  /** Whether `crm.orderentity.list` may be read: then only objects that have an order are asked for payments. */
  orderEntities: boolean
}

interface Target {
  owner: OwnerItem
  orderId: number | null
}

/** `done` and `total` count objects. Objects whose payments may not be read are counted as withheld. */
export async function* paymentsOfObjects(source: ObjectsSource): AsyncGenerator<GatheredChunk> {
  const targets = await findTargets(source)
  const seen = new Set<number>()
  const size = source.asker.batches('crm.item.payment.list') ? 200 : 25
  let done = 0
  const chunks = ahead(chunksOf(targets, size), 4, (part) => readTargets(source, part))
  for await (const { count, ...chunk } of chunks) {
    const fresh = chunk.payments.filter(({ id }) => !seen.has(id) && seen.add(id))
    done += count
    yield { ...chunk, payments: fresh, done, total: targets.length }
  }
}

async function readTargets(
  { asker, join }: ObjectsSource,
  targets: readonly Target[],
): Promise<Omit<GatheredChunk, 'done' | 'total'> & { count: number }> {
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
  const found = [...pages].flatMap(([target, page]) => page.rows.map((payment) => ({ payment, ...target })))
  return {
    payments: await join.byOwner(found),
    unreadable: [...pages.values()].flatMap((page) => page.unreadable),
    gone: [],
    withheld: targets.length - pages.size,
    count: targets.length,
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

async function ownersOf(
  { join }: ObjectsSource,
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

/** Every row of a counted list: the first page tells how many, the others go together. Null when forbidden. */
export async function listAll<T>(
  asker: Asker,
  reading: (start: number) => Reading<ListPage<T>>,
): Promise<T[] | null> {
  const [first] = await asker.settle([reading(0)])
  if (first === undefined || !first.ok) {
    const refusal = new Refusal(first?.fault ?? { code: 'internal', reference: 'list' })
    if (isForbidden(refusal)) return null
    throw refusal
  }
  const rows = [...first.value.rows]
  let next = nextStart(first.value, 0)
  const { total } = first.value
  if (next !== null && total !== null && total > 0) {
    const starts = Array.from(
      { length: Math.ceil((total - next) / pageSize) },
      (_, index) => (next ?? 0) + index * pageSize,
    )
    const pages = await asker.all(starts.map(reading))
    for (const page of pages) rows.push(...page.rows)
    const last = pages.at(-1)
    next = last === undefined ? null : nextStart({ ...last, total: null, next: null }, starts.at(-1) ?? 0)
  }
  while (next !== null) {
    const [page] = await asker.all([reading(next)])
    if (page === undefined) break
    rows.push(...page.rows)
    next = nextStart({ ...page, total: null, next: null }, next)
  }
  return rows
}
