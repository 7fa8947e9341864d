// The list of lines and the one under review, which is followed when the list moves.

import { computed, onScopeDispose, ref, watch } from 'vue'
import type { ReconcileRow } from '../../../../electron/contract/match.ts'
import { useBackend } from '../../backend.ts'
import { createRowPages } from '../operations/row-pages.ts'
import { useReconcile } from './reconcile.store.ts'

/** In a component's setup; the line's id is kept in the store, so that the person comes back to it. */
export function useCursor() {
  const { call } = useBackend()
  const store = useReconcile()
  const index = ref(0)
  const pages = createRowPages<ReconcileRow>((offset, limit, signal) =>
    call('matches.page', { filter: store.filter, offset, limit }, { signal }),
  )
  const row = computed<ReconcileRow | null>(() => pages.rows.value.get(index.value) ?? null)
  const lineId = computed(() => row.value?.line.id ?? null)

  /** Goes to a row; one that is not loaded yet is asked for. */
  function select(next: number): void {
    const last = (pages.total.value ?? 1) - 1
    index.value = Math.max(0, Math.min(next, last))
    store.lineId = pages.at(index.value)?.line.id ?? null
    if (!row.value) void pages.need(index.value, index.value + 1)
  }

  /** A line that left the list gives way to the one in its place. */
  function follow(): void {
    const there = pages.at(index.value)?.line.id
    if (store.lineId === null || there === store.lineId) {
      store.lineId = there ?? null
      return
    }
    const moved = [...pages.rows.value].find(([, one]) => one.line.id === store.lineId)
    if (moved) index.value = moved[0]
    else select(index.value)
  }

  function nextOpen(from: number): number {
    for (const [at, one] of [...pages.rows.value].sort(([a], [b]) => a - b)) {
      if (at > from && one.decision === null) return at
    }
    return from + 1
  }

  /** The next line comes by itself: it moves up where decided lines leave the list, else the next open one is sought. */
  function moveOn(from: number): void {
    if (store.draft.state !== 'left') return select(nextOpen(from))
    pages.remove(from)
    select(from)
  }

  /** Back to a line whose decision was taken back: it stands again where it stood. */
  async function returnTo(line: number, at: number): Promise<void> {
    index.value = at
    store.lineId = line
    await pages.reload()
  }

  watch(pages.rows, follow)
  watch(
    () => JSON.stringify(store.filter),
    () => {
      index.value = 0
      store.lineId = null
      void pages.reset()
    },
  )
  onScopeDispose(pages.close)

  return { pages, index, row, lineId, select, moveOn, returnTo }
}
