// Every payment of the portal, for administrators: `sale.payment.list` by the way that costs least, then the join.

import { Refusal } from '../../../contract/fault.ts'
import { batchSize } from '../batch.ts'
import type { Command, PortalClient } from '../client.ts'
import { paymentIds, payments } from '../methods/sale-payments.ts'
import { ask, pageSize } from '../methods/reading.ts'
import type { ListPage, Reading, UnreadableRow } from '../methods/reading.ts'
import type { FullPayment } from '../methods/shapes.ts'
import { ahead, chunksOf } from './ahead.ts'
import type { Asker } from './asker.ts'
import type { GatheredChunk } from './gathered.ts'
import type { Join } from './join.ts'
import { nextStart } from './loader.ts'

export interface Found {
  payments: FullPayment[]
  unreadable: UnreadableRow[]
}

export interface Source {
  client: PortalClient
  asker: Asker
  join: Join
  /** Whether `start = -1` with an id filter works. */
  cursor: boolean
}

export type Filter = Readonly<Record<string, unknown>>
type Chunk = Omit<GatheredChunk, 'done' | 'total' | 'withheld'>

export const order = { id: 'asc' } as const
/** Offsets are counted by the portal for each page and shift when a payment is deleted; beyond this, id cursors are better. */
const offsetLimit = 50_000

/** All payments. `total` is the portal's own count of the first page, or an estimate where it gives none. */
export async function* everyPayment(source: Source): AsyncGenerator<GatheredChunk> {
  const first = await ask(source.client, payments({ order, start: 0 }), optionsOf(source))
  const newest = await ask(source.client, paymentIds({ order: { id: 'desc' }, start: 0 }), optionsOf(source))
  const maxId = newest.rows[0] ?? 0
  const total = Math.max(first.total ?? maxId, first.sent)
  const once = createSieve()
  let done = 0
  const passes = [() => pagesOf(source, first, total, maxId), () => byChain(source, 0, {})]
  for (const pass of passes) {
    for await (const chunk of joined(source, pass())) {
      const fresh = once(chunk)
      done += fresh.payments.length + fresh.unreadable.length
      yield { ...fresh, withheld: 0, done, total: Math.max(total, done) }
    }
    // Offsets shift when a payment is deleted meanwhile; where fewer came than were counted, a second pass goes by ids.
    if (first.total === null || done >= first.total) break
  }
}

/** Lets each payment through once, whatever the lists repeat. */
function createSieve(): ((chunk: Chunk) => Chunk) & { seen: ReadonlySet<number> } {
  const seen = new Set<number>()
  const isNew = ({ id }: { id: number | null }): boolean => {
    if (id === null) return true
    if (seen.has(id)) return false
    seen.add(id)
    return true
  }
  const sieve = (chunk: Chunk): Chunk => ({
    payments: chunk.payments.filter(isNew),
    unreadable: chunk.unreadable.filter(isNew),
    same: chunk.same.filter((id) => isNew({ id })),
    gone: chunk.gone,
  })
  return Object.assign(sieve, { seen })
}

/** Chooses by size and density of the ids. */
function pagesOf(
  source: Source,
  first: ListPage<FullPayment>,
  total: number,
  maxId: number,
): AsyncIterable<Found> {
  if (nextStart(first, 0) === null) return only(first)
  const before = (first.rows[0]?.id ?? 1) - 1
  const dense = first.total !== null && maxId - before <= total * 1.5
  if (dense) return byWindows(source, before, maxId)
  if (first.total !== null && (total <= offsetLimit || !source.cursor)) return byOffsets(source, total, {})
  return byChain(source, 0, {})
}

export async function* only(page: ListPage<FullPayment>): AsyncGenerator<Found> {
  yield { payments: page.rows, unreadable: page.unreadable }
}

/** Pages fetched per step: a batch of fifty, or ten singly, so that several steps are under way and the join keeps up. */
const stepOf = ({ asker }: Source): number => (asker.batches('sale.payment.list') ? batchSize : 10)
const stepsAhead = 4

/**
 * Where nearly every id is in use: fifty ids per page. Nothing is counted, nothing shifts when payments come and go, and
 * every page can be asked at once.
 */
function byWindows(source: Source, before: number, maxId: number): AsyncIterable<Found> {
  const starts = Array.from(
    { length: Math.ceil((maxId - before) / pageSize) },
    (_, index) => before + index * pageSize,
  )
  return ahead(chunksOf(starts, stepOf(source)), stepsAhead, async (windows) => {
    const start = source.cursor ? -1 : 0
    const pages = await source.asker.all(
      windows.map((from) => payments({ order, filter: { '>id': from, '<=id': from + pageSize }, start })),
    )
    return mergePages(pages)
  })
}

/** By offsets as far as the count goes; a full last page means that the count was too small, and cursors go on from there. */
export async function* byOffsets(source: Source, total: number, filter: Filter): AsyncGenerator<Found> {
  const offsets = Array.from({ length: Math.ceil(total / pageSize) }, (_, index) => index * pageSize)
  let last: ListPage<FullPayment> | undefined
  const steps = ahead(chunksOf(offsets, stepOf(source)), stepsAhead, (starts) =>
    source.asker.all(starts.map((start) => payments({ order, filter, start }))),
  )
  for await (const pages of steps) {
    last = pages.at(-1)
    yield mergePages(pages)
  }
  if (last !== undefined && last.sent >= pageSize) yield* byChain(source, lastId(last), filter)
}

/**
 * Id cursors: each command of a batch continues after the last id of the one before it, through the portal's own
 * `$result`. A page that is not full ends the list; what the commands after it answered means nothing.
 */
export async function* byChain(source: Source, after: number, filter: Filter): AsyncGenerator<Found> {
  const reading: Chain = (last) =>
    payments({ order, filter: { ...filter, '>id': last }, start: source.cursor ? -1 : 0 })
  for (let last: number | null = after; last !== null;) {
    const pages: ListPage<FullPayment>[] = source.asker.batches('sale.payment.list')
      ? await chained(source, reading, last)
      : []
    if (pages.length === 0) pages.push(await ask(source.client, reading(last), optionsOf(source)))
    yield mergePages(pages)
    const end: ListPage<FullPayment> | undefined = pages.at(-1)
    last = end !== undefined && end.sent >= pageSize && lastId(end) > last ? lastId(end) : null
  }
}

type Chain = (last: number | string) => Reading<ListPage<FullPayment>>

const lastId = (page: ListPage<FullPayment>): number =>
  Math.max(page.rows.at(-1)?.id ?? 0, page.unreadable.at(-1)?.id ?? 0)

/** The pages of one chained batch up to the first that is missing or not full. */
async function chained(
  { client, asker }: Source,
  reading: Chain,
  after: number,
): Promise<ListPage<FullPayment>[]> {
  const commands: Record<string, Command> = {}
  for (let index = 0; index < batchSize; index++) {
    const { method, params } = reading(
      index === 0 ? after : `$result[c${index - 1}][payments][${pageSize - 1}][id]`,
    )
    commands[`c${index}`] = { method, params }
  }
  const outcomes = await client.batch(commands, {
    kind: 'read',
    ...(asker.signal === undefined ? {} : { signal: asker.signal }),
  })
  const pages: ListPage<FullPayment>[] = []
  for (const label of Object.keys(commands)) {
    const outcome = outcomes[label]
    if (outcome?.class !== 'executed') break
    const page = reading(after).parse({ result: outcome.result, total: outcome.total, next: outcome.next })
    // An ignored reference begins the list anew.
    const previous = pages.at(-1)?.rows.at(-1)?.id ?? after
    if (page.rows.some(({ id }) => id <= previous)) break
    pages.push(page)
    if (page.sent < pageSize) break
  }
  return pages
}

export function mergePages(pages: readonly ListPage<FullPayment>[]): Found {
  return {
    payments: pages.flatMap((page) => page.rows),
    unreadable: pages.flatMap((page) => page.unreadable),
  }
}

/** Joins while the next pages are under way. */
async function* joined({ join }: Source, pages: AsyncIterable<Found>): AsyncGenerator<Chunk> {
  const underWay: Promise<Chunk>[] = []
  for await (const { payments: found, unreadable } of pages) {
    const going = join.byOrder(found).then((done) => ({
      payments: done,
      unreadable,
      same: [],
      gone: [],
    }))
    going.catch(() => undefined)
    underWay.push(going)
    const first = underWay.length >= stepsAhead ? underWay.shift() : undefined
    if (first !== undefined) yield await first
  }
  for (const going of underWay) yield await going
}

export function optionsOf({ asker }: Source): { signal?: AbortSignal } {
  if (asker.signal?.aborted === true)
    throw asker.signal.reason instanceof Error ? asker.signal.reason : new Refusal({ code: 'call.abandoned' })
  return asker.signal === undefined ? {} : { signal: asker.signal }
}
