/** Pages of 50 over a sorted table: counted by offset, or uncounted (`start=-1`) from an id on. */
import { type Value, entriesOf, textOf } from '../values.ts'
import { type Fields, type Scalar, type Test, compileFilter, numericBounds, pinnedValues } from './filter.ts'

export const PAGE_SIZE = 50

/** A table ascending by its numeric id. `version` changes with every write, so kept results can be dropped. */
export interface Collection<Row> {
  rows(): readonly Row[]
  version(): number
  idField: string
  idOf(row: Row): number
  fields: Fields<Row>
  /** Fields with an index: the rows that carry a value, instead of a walk over all of them. */
  indexes: ReadonlyMap<string, (value: Value) => readonly Row[]>
}

export interface ListQuery<Row> {
  filter?: Value | undefined
  order?: Value | undefined
  start?: number | undefined
  /** Rows that this caller may see; `visibleKey` names the rule in kept results. */
  visible?: { key: string; test: Test<Row> } | undefined
  zone: string
}

export interface ListPage<Row> {
  rows: Row[]
  total: number | undefined
  next: number | undefined
}

interface Kept {
  version: number
  rows: readonly unknown[]
}

const keptResults = new WeakMap<object, Map<string, Kept>>()
const keptAtMost = 24

function compareScalars(left: Scalar, right: Scalar): number {
  if (left === right) return 0
  if (left === null || left === '') return -1
  if (right === null || right === '') return 1
  return left < right ? -1 : 1
}

interface Sorting<Row> {
  read: (row: Row) => Scalar
  descending: boolean
}

function sortingOf<Row>(collection: Collection<Row>, order: Value | undefined): Sorting<Row>[] {
  const sorting: Sorting<Row>[] = []
  for (const [field, direction] of entriesOf(order)) {
    const spec = collection.fields.get(field)
    if (!spec) continue
    const read = (row: Row): Scalar => {
      const value = spec.read(row)
      return value === null || typeof value !== 'object' ? value : (value[0] ?? null)
    }
    sorting.push({ read, descending: textOf(direction).toLowerCase().startsWith('desc') })
  }
  return sorting
}

function sortRows<Row>(collection: Collection<Row>, rows: Row[], order: Value | undefined): Row[] {
  const sorting = sortingOf(collection, order)
  if (sorting.length === 0) return rows
  return rows.sort((left, right) => {
    for (const { read, descending } of sorting) {
      const compared = compareScalars(read(left), read(right))
      if (compared !== 0) return descending ? -compared : compared
    }
    return collection.idOf(left) - collection.idOf(right)
  })
}

/** First position whose id is above the given one. */
function positionAfter<Row>(collection: Collection<Row>, rows: readonly Row[], id: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const row = rows[middle]
    if (row !== undefined && collection.idOf(row) <= id) low = middle + 1
    else high = middle
  }
  return low
}

function indexedRows<Row>(collection: Collection<Row>, filter: Value | undefined): Row[] | undefined {
  for (const [field, find] of collection.indexes) {
    const values = pinnedValues(filter, field)
    if (!values) continue
    const found = new Set(values.flatMap((value) => [...find(value)]))
    return [...found].sort((left, right) => collection.idOf(left) - collection.idOf(right))
  }
  return undefined
}

function testOf<Row>(collection: Collection<Row>, query: ListQuery<Row>): Test<Row> {
  const test = compileFilter(query.filter, collection.fields, query.zone)
  const { visible } = query
  return visible ? (row) => visible.test(row) && test(row) : test
}

/** Every row that fits, in order. Kept per question until the table changes. */
export function findRows<Row>(collection: Collection<Row>, query: ListQuery<Row>): readonly Row[] {
  const indexed = indexedRows(collection, query.filter)
  if (indexed) return sortRows(collection, indexed.filter(testOf(collection, query)), query.order)
  const key = JSON.stringify([
    query.filter ?? null,
    query.order ?? null,
    query.visible?.key ?? '',
    query.zone,
  ])
  const kept = keptResults.get(collection) ?? new Map<string, Kept>()
  keptResults.set(collection, kept)
  const known = kept.get(key)
  if (known && known.version === collection.version()) return known.rows as readonly Row[]
  const rows = collection.rows()
  const bounds = numericBounds(query.filter, collection.idField)
  const from = positionAfter(collection, rows, bounds.above)
  const found = sortRows(collection, rows.slice(from).filter(testOf(collection, query)), query.order)
  if (kept.size >= keptAtMost) kept.clear()
  kept.set(key, { version: collection.version(), rows: found })
  return found
}

/** Walks by id from the cursor and stops at a full page: the cost is the page, not the table. */
function walkById<Row>(collection: Collection<Row>, query: ListQuery<Row>, descending: boolean): Row[] {
  const rows = collection.rows()
  const test = testOf(collection, query)
  const bounds = numericBounds(query.filter, collection.idField)
  const found: Row[] = []
  let at = descending
    ? positionAfter(collection, rows, bounds.below - 1) - 1
    : positionAfter(collection, rows, bounds.above)
  while (found.length < PAGE_SIZE) {
    const row = rows[at]
    if (row === undefined) break
    if (test(row)) found.push(row)
    at += descending ? -1 : 1
  }
  return found
}

/** One page: with a count and `next` for an offset, neither for `start = -1`. */
export function findPage<Row>(collection: Collection<Row>, query: ListQuery<Row>): ListPage<Row> {
  const start = query.start ?? 0
  const order = entriesOf(query.order)
  const byId = order.length === 0 || (order.length === 1 && order[0]?.[0] === collection.idField)
  const pinned = [...collection.indexes.keys()].some(
    (field) => pinnedValues(query.filter, field) !== undefined,
  )
  if (start < 0 && byId && !pinned) {
    const descending = textOf(order[0]?.[1]).toLowerCase().startsWith('desc')
    return { rows: walkById(collection, query, descending), total: undefined, next: undefined }
  }
  const rows = findRows(collection, query)
  if (start < 0) return { rows: rows.slice(0, PAGE_SIZE), total: undefined, next: undefined }
  const next = start + PAGE_SIZE
  return { rows: rows.slice(start, next), total: rows.length, next: next < rows.length ? next : undefined }
}
