// Loading records by key, many at a time, each only once in a run, also when several chunks ask at the same time.

import { isForbidden } from '../methods/directory.ts'
import { pageSize } from '../methods/reading.ts'
import type { ListPage, Reading } from '../methods/reading.ts'
import { Refusal } from '../../../contract/fault.ts'
import { chunksOf } from './ahead.ts'
import type { Asker, Settled } from './asker.ts'

export interface Loader<K, V> {
  /** Every row of each key; a key without rows, or one that may not be seen, is missing. */
  load(keys: Iterable<K>): Promise<Map<K, V[]>>
  /** Puts rows that are known already. */
  seed(key: K, rows: V[]): void
}

export interface LoaderInput<K, V> {
  asker: Asker
  /** Keys per request: so many that their rows usually fit one page of 50. */
  perRequest: number
  reading(keys: readonly K[], start: number): Reading<ListPage<V>>
  keyOf(row: V): K
}

/** A loader that gives empty answers for good once the portal says that its method is not for this user. */
export function createLoader<K, V>({ asker, perRequest, reading, keyOf }: LoaderInput<K, V>): Loader<K, V> {
  const known = new Map<K, Promise<V[]>>()
  let forbidden = false

  const pageOf = (end: Settled<ListPage<V>> | undefined): ListPage<V> | null => {
    if (end?.ok === true) return end.value
    const refusal = new Refusal(end?.fault ?? { code: 'internal', reference: 'loader' })
    if (!isForbidden(refusal)) throw refusal
    forbidden = true
    return null
  }

  async function fetchAll(keys: readonly K[]): Promise<Map<K, V[]>> {
    const rows = new Map<K, V[]>()
    if (forbidden) return rows
    let open = chunksOf(keys, perRequest).map((part) => ({ part, start: 0 }))
    // All first pages go together, so that they share batches; then all second pages, of which there are few.
    while (open.length > 0) {
      const ends = await asker.settle(open.map(({ part, start }) => reading(part, start)))
      open = open.flatMap(({ part, start }, index) => {
        const page = pageOf(ends[index])
        if (page === null) return []
        collect(rows, page.rows, keyOf)
        const next = nextStart(page, start)
        return next === null ? [] : [{ part, start: next }]
      })
    }
    return rows
  }

  return {
    seed: (key, rows) => void known.set(key, Promise.resolve(rows)),
    async load(keys) {
      const wanted = [...new Set(keys)]
      const missing = wanted.filter((key) => !known.has(key))
      if (missing.length > 0) {
        const fetching = fetchAll(missing)
        for (const key of missing) {
          const rows = fetching.then((all) => all.get(key) ?? [])
          rows.catch(() => known.delete(key))
          known.set(key, rows)
        }
      }
      const loaded = await Promise.all(
        wanted.map(async (key) => [key, (await known.get(key)) ?? []] as const),
      )
      return new Map(loaded.filter(([, rows]) => rows.length > 0))
    },
  }
}

function collect<K, V>(into: Map<K, V[]>, rows: readonly V[], keyOf: (row: V) => K): void {
  for (const row of rows) {
    const key = keyOf(row)
    const list = into.get(key)
    if (list === undefined) into.set(key, [row])
    else list.push(row)
  }
}

/** Where the next page begins; null after the last. Trusts `next`, then `total`, and asks on where neither was given. */
export function nextStart(page: ListPage<unknown>, start: number): number | null {
  if (page.sent < pageSize) return null
  if (page.next !== null && page.next > start) return page.next
  if (page.total !== null && page.total > 0) return start + page.sent < page.total ? start + page.sent : null
  return start + page.sent
}
