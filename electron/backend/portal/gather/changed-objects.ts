// Only what may have changed, for everybody who is no administrator: the payments of deals and invoices that were
// changed, that have a new order, or that hold payments which are to be read again.

import { shortPayment } from '../methods/crm-payments.ts'
import { orderEntities } from '../methods/orders.ts'
import type { OwnerItem, ShortPayment } from '../methods/shapes.ts'
import { chunksOf } from './ahead.ts'
import type { GatheredChunk } from './gathered.ts'
import { refKey } from './known.ts'
import type { KnownState, OwnedBy, OwnerRef } from './known.ts'
import { listAll } from './list-all.ts'
import { ownersOf, readTargets, targetsPerStep } from './objects.ts'
import type { ObjectsSource, Target, TargetsRead } from './objects.ts'
import { readTouched } from './touched.ts'

type FoundPayment = TargetsRead['found'][number]

/**
 * `done` and `total` count objects. A payment is gone when its object, whose payments could be read, has it no more and
 * the portal does not find it by itself either. Payments of objects that cannot be seen any more stay as they are:
 * nothing proves what became of them.
 */
export async function* changedOfObjects(
  source: ObjectsSource,
  known: KnownState,
): AsyncGenerator<GatheredChunk> {
  const { targets, touched } = await findTargets(source, known)
  const asked = new Set(targets.map(({ owner }) => refKey(owner)))
  const seen = new Set<number>()
  const missing: number[] = []
  const elsewhere: FoundPayment[] = []
  let done = 0
  let total = targets.length

  async function* read(part: readonly Target[]): AsyncGenerator<GatheredChunk> {
    const { found, unreadable, withheld } = await readTargets(source.asker, part)
    const fresh = found.filter(({ payment }) => !seen.has(payment.id))
    const moved = await underAnother(known, fresh)
    for (const { payment } of fresh) if (!moved.has(payment.id)) seen.add(payment.id)
    elsewhere.push(...fresh.filter(({ payment }) => moved.has(payment.id)))
    const hidden = new Set(withheld.map(({ owner }) => refKey(owner)))
    const shown = new Set([...found.map(({ payment }) => payment.id), ...unreadable.map(({ id }) => id)])
    const readable = part.filter(({ owner }) => !hidden.has(refKey(owner))).map(({ owner }) => owner)
    const held = await known.ledger.under(readable)
    missing.push(...held.map(({ paymentId }) => paymentId).filter((id) => !shown.has(id)))
    done += part.length
    const here = fresh.filter(({ payment }) => !moved.has(payment.id))
    const sifted = await sift(source, known, touched, here)
    yield { ...sifted, unreadable, gone: [], withheld: withheld.length, done, total }
  }

  for (const part of chunksOf(targets, targetsPerStep(source))) yield* read(part)
  // A payment known under an invoice stays there, whichever of the order's objects was read: so that one is read as well.
  const others = await known.ledger.ownersOf(elsewhere.map(({ payment }) => payment.id))
  const more = await load(
    source,
    others.map(({ owner }) => owner).filter((owner) => !asked.has(refKey(owner))),
  )
  total += more.length
  for (const part of chunksOf(more, targetsPerStep(source))) yield* read(part)
  const strays = elsewhere.filter(({ payment }) => !seen.has(payment.id) && seen.add(payment.id))
  const rest = await sift(source, known, touched, strays)
  const { gone, unclear } = await askFor(
    source,
    [...new Set(missing)].filter((id) => !seen.has(id)),
  )
  yield {
    ...rest,
    unreadable: unclear.map((id) => ({ id, field: 'id' })),
    gone,
    withheld: 0,
    done,
    total,
  }
}

async function findTargets(
  source: ObjectsSource,
  known: KnownState,
): Promise<{ targets: Target[]; touched: ReadonlySet<string> }> {
  const { asker, join } = source
  const changed = known.touchedFrom === null ? [] : await readTouched(asker, known.touchedFrom)
  join.seedOwners(changed)
  const entities = source.orderEntities
    ? await listAll(asker, (start) =>
        orderEntities({ filter: { '>orderId': known.maxOrderId }, order: { orderId: 'asc' }, start }),
      )
    : null
  const ordered = await Promise.all(([31, 2] as const).map((type) => ownersOf(source, entities ?? [], type)))
  const owned = await known.ledger.ownersOf(known.ids)
  const refs = unique([
    ...changed,
    ...ordered.flat().map(({ owner }) => owner),
    ...owned.map(({ owner }) => owner),
  ])
  return { targets: await load(source, refs), touched: new Set(changed.map(refKey)) }
}

/** The objects that can still be seen, invoices before deals, each with its order where it has exactly one. */
async function load(source: ObjectsSource, refs: readonly OwnerRef[]): Promise<Target[]> {
  const idsOf = (type: OwnerRef['type']): number[] =>
    refs.filter((ref) => ref.type === type).map(({ id }) => id)
  const items: OwnerItem[] = (
    await Promise.all(([31, 2] as const).map((type) => source.join.owners(type, idsOf(type))))
  ).flat()
  const orders = source.orderEntities ? await ordersOf(source, items) : new Map<string, number[]>()
  return items.map((owner) => {
    const [orderId, second] = orders.get(refKey(owner)) ?? []
    return { owner, orderId: second === undefined ? (orderId ?? null) : null }
  })
}

async function ordersOf(
  { asker }: ObjectsSource,
  items: readonly OwnerItem[],
): Promise<Map<string, number[]>> {
  const orders = new Map<string, number[]>()
  for (const type of [31, 2] as const) {
    const ids = items.filter((item) => item.type === type).map(({ id }) => id)
    const pages = await Promise.all(
      chunksOf(ids, 50).map((part) =>
        listAll(asker, (start) =>
          orderEntities({
            filter: { '=ownerTypeId': type, '@ownerId': part },
            order: { orderId: 'asc' },
            start,
          }),
        ),
      ),
    )
    for (const { ownerTypeId, ownerId, orderId } of pages.flatMap((rows) => rows ?? [])) {
      const key = `${ownerTypeId}:${ownerId}`
      orders.set(key, [...(orders.get(key) ?? []), orderId])
    }
  }
  return orders
}

/** Payments of a deal that are known under an invoice; a deal and an invoice may share an order. */
async function underAnother(known: KnownState, found: readonly FoundPayment[]): Promise<ReadonlySet<number>> {
  const ofDeals = found.filter(({ owner }) => owner.type === 2)
  const owned: OwnedBy[] = await known.ledger.ownersOf(ofDeals.map(({ payment }) => payment.id))
  return new Set(owned.filter(({ owner }) => owner.type === 31).map(({ paymentId }) => paymentId))
}

async function sift(
  { join }: ObjectsSource,
  known: KnownState,
  touched: ReadonlySet<string>,
  found: readonly FoundPayment[],
): Promise<Pick<GatheredChunk, 'payments' | 'same'>> {
  const differing = await known.ledger.differing(found.map(({ payment }) => payment))
  const owned = await known.ledger.ownersOf(found.map(({ payment }) => payment.id))
  const at = new Map(owned.map(({ paymentId, owner }) => [paymentId, refKey(owner)]))
  const isSame = ({ payment, owner }: { payment: ShortPayment; owner: OwnerItem }): boolean =>
    !differing.has(payment.id) && !touched.has(refKey(owner)) && at.get(payment.id) === refKey(owner)
  return {
    payments: await join.byOwner(found.filter((one) => !isSame(one))),
    same: found.filter(isSame).map(({ payment }) => payment.id),
  }
}

/** `0` is "not found", "no access" and "any other error" in one: beside the object's own readable list it is enough. */
async function askFor(
  { asker }: ObjectsSource,
  ids: readonly number[],
): Promise<{ gone: number[]; unclear: number[] }> {
  const ends = await asker.settle(ids.map((id) => shortPayment(id)))
  const isGone = (index: number): boolean => {
    const end = ends[index]
    return end?.ok === false && end.fault.code === 'rest.notFoundOrDenied'
  }
  return {
    gone: ids.filter((_, index) => isGone(index)),
    unclear: ids.filter((_, index) => !isGone(index)),
  }
}

function unique(refs: readonly OwnerRef[]): OwnerRef[] {
  return [...new Map(refs.map((ref) => [refKey(ref), { type: ref.type, id: ref.id }])).values()]
}
