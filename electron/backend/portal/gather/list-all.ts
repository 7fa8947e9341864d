// A counted list as a whole.

import { isForbidden } from '../methods/directory.ts'
import { pageSize } from '../methods/reading.ts'
import type { ListPage, Reading } from '../methods/reading.ts'
import { Refusal } from '../../../contract/fault.ts'
import type { Asker } from './asker.ts'
import { nextStart } from './loader.ts'

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
