// Only what may have changed, for administrators: the unpaid ones, the new ones, those that were unpaid and are not any
// more, those of changed deals and invoices, and the paid ones whose turn it is.

import { ask, pageSize } from '../methods/reading.ts'
import { payment, payments } from '../methods/sale-payments.ts'
import type { FullPayment } from '../methods/shapes.ts'
import { batchSize } from '../batch.ts'
import { byChain, byOffsets, mergePages, only, optionsOf, order } from './administrator.ts'
import type { Filter, Found, Source } from './administrator.ts'
import { chunksOf } from './ahead.ts'
import type { GatheredChunk } from './gathered.ts'
import type { KnownState } from './known.ts'
import { nextStart } from './loader.ts'
import { readTouched } from './touched.ts'

/** Joined together: a join of a few costs as many rounds as one of hundreds. */
const joinedAtOnce = 500

/**
 * Payments that are as they were known come as `same`, without being joined anew. Those that are asked for and do not
 * come are asked for by themselves: gone is what the portal then says does not exist, and nothing else.
 */
export async function* changedPayments(source: Source, known: KnownState): AsyncGenerator<GatheredChunk> {
  const seen = new Set<number>()
  const waiting: FullPayment[] = []
  const touched = await paymentsTouched(source, known)
  let done = 0
  let total = known.ids.length

  const told = async (found: Found, gone: number[] = [], last = false): Promise<GatheredChunk> => {
    const fresh = found.payments.filter(({ id }) => !seen.has(id) && seen.add(id))
    const unreadable = found.unreadable.filter(({ id }) => id === null || (!seen.has(id) && seen.add(id)))
    const differing = await known.ledger.differing(fresh)
    const isAnew = ({ id }: FullPayment): boolean => differing.has(id) || touched.has(id)
    waiting.push(...fresh.filter(isAnew))
    done += fresh.length + gone.length + unreadable.length
    total = Math.max(total, done)
    const joined = last || waiting.length >= joinedAtOnce ? waiting.splice(0) : []
    return {
      payments: await source.join.byOrder(joined),
      unreadable,
      same: fresh.filter((payment) => !isAnew(payment)).map(({ id }) => id),
      gone,
      withheld: 0,
      done,
      total,
    }
  }

  if (known.listUnpaid) {
    for await (const found of unpaidPages(source)) yield await told(found)
  }
  if (known.maxId !== null) {
    for await (const found of newPages(source, known.maxId)) yield await told(found)
  }
  const ordered = await paymentsOfOrders(source, known.orderIds ?? [])
  const asked = [...new Set([...known.ids, ...touched])].filter((id) => !seen.has(id))
  for (const ids of chunksOf(asked, pageSize * batchSize)) {
    const { found, gone } = await readByIds(source, ids)
    yield await told(found, gone)
  }
  // What an order's payments belong to may be another deal by now, though they are the same themselves.
  waiting.push(...ordered.payments.filter(({ id }) => !waiting.some((one) => one.id === id)))
  for (const { id } of ordered.payments) seen.add(id)
  yield await told({ payments: [], unreadable: ordered.unreadable }, [], true)
}

/** Whose deal or invoice was changed: their payers and titles may be others, though the payments are the same. */
async function paymentsTouched({ asker }: Source, known: KnownState): Promise<ReadonlySet<number>> {
  if (known.touchedFrom === null) return new Set()
  const items = await readTouched(asker, known.touchedFrom)
  const owned = await known.ledger.under(items)
  return new Set(owned.map(({ paymentId }) => paymentId))
}

/** One that is paid while the list is paged moves the others to earlier pages: where fewer came than were counted, ids settle it. */
async function* unpaidPages(source: Source): AsyncGenerator<Found> {
  const filter: Filter = { paid: 'N' }
  const first = await ask(source.client, payments({ order, filter, start: 0 }), optionsOf(source))
  if (nextStart(first, 0) === null || first.total === null) {
    yield* nextStart(first, 0) === null ? only(first) : byChain(source, 0, filter)
    return
  }
  const seen = new Set<number | null>()
  for await (const found of byOffsets(source, first.total, filter)) {
    for (const { id } of [...found.payments, ...found.unreadable]) seen.add(id)
    yield found
  }
  if (seen.size < first.total) yield* byChain(source, 0, filter)
}

/** Mostly none or a few: a first page by itself, and a chain only where it is full. */
async function* newPages(source: Source, maxId: number): AsyncGenerator<Found> {
  const filter = { '>id': maxId }
  const start = source.cursor ? -1 : 0
  const first = await ask(source.client, payments({ order, filter, start }), optionsOf(source))
  yield* only(first)
  const last = Math.max(0, ...first.rows.map(({ id }) => id), ...first.unreadable.map(({ id }) => id ?? 0))
  if (first.sent >= pageSize && last > maxId) yield* byChain(source, last, {})
}

async function paymentsOfOrders(source: Source, orderIds: readonly number[]): Promise<Found> {
  const found: Found = { payments: [], unreadable: [] }
  for (const part of chunksOf(orderIds, pageSize)) {
    for await (const page of byChain(source, 0, { '@orderId': part })) {
      found.payments.push(...page.payments)
      found.unreadable.push(...page.unreadable)
    }
  }
  return found
}

async function readByIds(source: Source, ids: readonly number[]): Promise<{ found: Found; gone: number[] }> {
  const found = mergePages(
    await source.asker.all(
      chunksOf(ids, pageSize).map((part) => payments({ order, filter: { '@id': part }, start: 0 })),
    ),
  )
  const there = new Set([...found.payments.map(({ id }) => id), ...found.unreadable.map(({ id }) => id)])
  const missing = ids.filter((id) => !there.has(id))
  const ends = await source.asker.settle(missing.map((id) => payment(id)))
  const gone: number[] = []
  const late: FullPayment[] = []
  const unclear: number[] = []
  missing.forEach((id, index) => {
    const end = ends[index]
    if (end?.ok === true) late.push(end.value)
    else if (end?.fault.code === 'rest.paymentMissing') gone.push(id)
    else unclear.push(id)
  })
  return {
    found: {
      payments: [...found.payments, ...late],
      unreadable: [...found.unreadable, ...unclear.map((id) => ({ id, field: 'id' }))],
    },
    gone,
  }
}
