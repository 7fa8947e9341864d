// Which columns are shown, how wide and in what order, as the person left them.

import type { ColumnState, GridApi } from 'ag-grid-community'
import { ref } from 'vue'
import type { Ref } from 'vue'
import { checkColumn } from './check-column.ts'

export interface ColumnLayout {
  /** Ids of the columns that are shown, in their order. */
  shown: Ref<string[]>
  keep(): void
  restore(kept: string | undefined): void
  show(id: string, visible: boolean): void
  reset(): void
}

/** `save` gets the layout as text; what `restore` takes. */
export function createColumnLayout(
  api: () => GridApi | undefined,
  save: (text: string) => void,
): ColumnLayout {
  const shown = ref<string[]>([])

  function look(): ColumnState[] {
    const state = api()?.getColumnState() ?? []
    shown.value = state.filter((one) => !one.hide && one.colId !== checkColumn).map((one) => one.colId)
    return state
  }

  function keep(): void {
    const state = look().map(({ colId, width, hide }) => ({ colId, width, hide }))
    if (state.length > 0) save(JSON.stringify(state))
  }

  return {
    shown,
    keep,
    restore(kept) {
      if (kept !== undefined) {
        try {
          api()?.applyColumnState({ state: JSON.parse(kept) as ColumnState[], applyOrder: true })
        } catch {
          // A layout of an older version that no longer reads: the columns stay as they are described.
        }
      }
      look()
    },
    show: (id, visible) => api()?.setColumnsVisible([id], visible),
    reset() {
      api()?.resetColumnState()
      keep()
    },
  }
}
