// A long list of which only the pages somebody looked at are here: what the virtual lists draw from.

import { computed, markRaw, ref, shallowRef, triggerRef } from 'vue'
import type { Fault, Result } from '../../../../electron/contract/fault.ts'
import type { Page } from '../../../../electron/contract/values.ts'

export type LoadRows<Row> = (offset: number, limit: number, signal: AbortSignal) => Promise<Result<Page<Row>>>

/**
 * `load` answers a slice; `pageSize` rows are asked for at once. A reload keeps the rows that are drawn until
 * the new ones are there, so nothing flickers; answers to questions of before the last reload are dropped.
 */
export function createRowPages<Row>(load: LoadRows<Row>, pageSize = 100) {
  const rows = shallowRef(new Map<number, Row>())
  const total = ref<number | null>(null)
  const fault = ref<Fault | null>(null)
  const asked = new Set<number>()
  let stale = new Set<number>()
  let generation = new AbortController()
  let seen = { from: 0, to: 0 }

  async function ask(page: number): Promise<void> {
    if (asked.has(page)) return
    asked.add(page)
    const { signal } = generation
    const answer = await load(page * pageSize, pageSize, signal)
    if (signal.aborted) return
    if (!answer.ok) {
      asked.delete(page)
      fault.value = answer.fault
      return
    }
    fault.value = null
    put(page, answer.value)
  }

  function put(page: number, answer: Page<Row>): void {
    const first = page * pageSize
    for (let index = 0; index < pageSize; index++) {
      const row = answer.rows[index]
      if (row === undefined) rows.value.delete(first + index)
      else rows.value.set(first + index, row)
    }
    stale.delete(page)
    if (total.value !== answer.total) dropBeyond(answer.total)
    total.value = answer.total
    triggerRef(rows)
  }

  function dropBeyond(count: number): void {
    for (const index of [...rows.value.keys()]) if (index >= count) rows.value.delete(index)
  }

  /** Tells which rows are looked at (`to` exclusive); missing and outdated pages are asked for. */
  function need(from: number, to: number): Promise<void> {
    seen = { from, to }
    const pages: Promise<void>[] = []
    for (let page = Math.floor(from / pageSize); page * pageSize < Math.max(to, from + 1); page++) {
      pages.push(ask(page))
    }
    return Promise.all(pages).then(() => undefined)
  }

  /** Asks again for what is looked at; everything else is asked for when it comes into view. */
  function reload(): Promise<void> {
    generation.abort()
    generation = new AbortController()
    asked.clear()
    stale = new Set([...rows.value.keys()].map((index) => Math.floor(index / pageSize)))
    return need(seen.from, seen.to)
  }

  /** Another question altogether: nothing of the old answer stays. */
  function reset(): Promise<void> {
    rows.value = new Map()
    total.value = null
    fault.value = null
    seen = { from: 0, to: 0 }
    return reload()
  }

  /** Takes a row out at once, before the backend's answer does; what follows moves up. */
  function remove(index: number): void {
    const moved = new Map<number, Row>()
    for (const [at, row] of rows.value) if (at !== index) moved.set(at > index ? at - 1 : at, row)
    rows.value = moved
    if (total.value !== null) total.value = Math.max(0, total.value - 1)
  }

  // Raw, so that a store that holds it does not unwrap its refs.
  return markRaw({
    rows,
    total,
    fault,
    loading: computed(() => total.value === null && fault.value === null),
    at: (index: number): Row | undefined => rows.value.get(index),
    need,
    reload,
    reset,
    remove,
    close: () => generation.abort(),
  })
}

export type RowPages<Row> = ReturnType<typeof createRowPages<Row>>
