// Rows of a grid, page by page: asked for as they are scrolled to, kept while they may be needed.

import type { IDatasource, IGetRowsParams } from 'ag-grid-community'
import { ref, shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { Fault, Result } from '../../../electron/contract/fault.ts'
import type { Page } from '../../../electron/contract/values.ts'

export interface GridSort {
  column: string
  descending: boolean
}

export type LoadPage<Row> = (
  offset: number,
  limit: number,
  sort: GridSort | null,
  signal: AbortSignal,
) => Promise<Result<Page<Row>>>

export interface PagedSource<Row> {
  /** Rows of the whole filter; null while nothing was answered. */
  total: Ref<number | null>
  fault: Ref<Fault | null>
  sort: ShallowRef<GridSort | null>
  /** A row that was loaded, by its id. */
  seen(id: string): Row | undefined
  datasource(): IDatasource
  /** Gives up what is asked and forgets what is known. */
  restart(): void
  /** All rows of the filter from the top, at most `limit` and those that `wanted` lets pass. */
  readAll(limit: number, wanted: (row: Row) => boolean): Promise<Row[]>
  stop(): void
}

const largestPage = 1000

export function createPagedSource<Row>(load: LoadPage<Row>, rowId: (row: Row) => string): PagedSource<Row> {
  const total = ref<number | null>(null)
  const fault = ref<Fault | null>(null)
  const sort = shallowRef<GridSort | null>(null)
  const known = new Map<string, Row>()
  let running = new AbortController()

  async function getRows(params: IGetRowsParams): Promise<void> {
    const { signal } = running
    const [model] = params.sortModel
    sort.value = model ? { column: model.colId, descending: model.sort === 'desc' } : null
    const answer = await load(params.startRow, params.endRow - params.startRow, sort.value, signal)
    if (signal.aborted) return
    if (!answer.ok) {
      if (answer.fault.code !== 'call.abandoned') fault.value = answer.fault
      return params.failCallback()
    }
    fault.value = null
    for (const row of answer.value.rows) known.set(rowId(row), row)
    total.value = answer.value.total
    params.successCallback(answer.value.rows, answer.value.total)
  }

  async function readAll(limit: number, wanted: (row: Row) => boolean): Promise<Row[]> {
    const { signal } = running
    const rows: Row[] = []
    let offset = 0
    while (rows.length < limit && !signal.aborted) {
      const answer = await load(offset, largestPage, sort.value, signal)
      if (!answer.ok || answer.value.rows.length === 0) break
      rows.push(...answer.value.rows.filter(wanted))
      offset += answer.value.rows.length
      if (offset >= answer.value.total) break
    }
    return rows.slice(0, limit)
  }

  return {
    total,
    fault,
    sort,
    seen: (id) => known.get(id),
    datasource: () => ({ getRows: (params) => void getRows(params) }),
    restart() {
      running.abort()
      running = new AbortController()
      total.value = null
      fault.value = null
      known.clear()
    },
    readAll,
    stop: () => running.abort(),
  }
}
