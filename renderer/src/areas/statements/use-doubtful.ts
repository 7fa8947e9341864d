// The doubtful lines of the file that an open line belongs to: how many are left, which comes next, which came before.

import { computed, ref } from 'vue'
import type { LineRow } from '../../../../electron/contract/statement-row.ts'
import type { LineId } from '../../../../electron/contract/values.ts'
import { useQuery } from '../../ui/use-query.ts'

/** Judged lines leave the list, so its beginning is always what comes next. */
const lookedAhead = 200

/** `row` answers the open line, null when nothing is to be judged on it; `open` opens another line. */
export function useDoubtful(row: () => LineRow | null, open: (lineId: LineId) => void) {
  const fileId = computed(() => row()?.fileId ?? null)
  const lines = useQuery(
    'statements.lines',
    () =>
      fileId.value === null
        ? null
        : {
            limit: lookedAhead,
            filter: { fileId: fileId.value, standing: ['doubtful'] },
            sort: { column: 'index', descending: false },
          },
    { live: ['statements'] },
  )
  /** Lines that were open before this one, the last one last. */
  const passed = ref<LineId[]>([])
  const left = computed(() => lines.data.value?.total ?? null)
  const next = computed(() => {
    const now = row()
    if (!now) return null
    const others = (lines.data.value?.rows ?? []).filter((line) => line.id !== now.id)
    return others.find((line) => line.index > now.index) ?? others[0] ?? null
  })

  function forward(): boolean {
    const now = row()
    if (!now || !next.value) return false
    passed.value = [...passed.value, now.id]
    open(next.value.id)
    return true
  }

  function back(): void {
    const last = passed.value.at(-1)
    passed.value = passed.value.slice(0, -1)
    if (last !== undefined) open(last)
  }

  return { left, next, passed, forward, back, reload: lines.reload }
}
