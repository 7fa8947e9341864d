// The columns of a workbook's sheets while the wizard is open: each sheet keeps its own.

import { ref, watch } from 'vue'
import type { Ref } from 'vue'
import type { ColumnMapping } from '../../../../electron/contract/statement-file.ts'
import { carriedOver } from './sheet-columns.ts'
import type { Carried } from './sheet-columns.ts'

export interface SheetRows {
  sheet: string
  rows: readonly (readonly string[])[]
  /** What the sheet looks like by itself. */
  proposed: ColumnMapping | null
}

export interface CarriedFrom {
  by: Carried['by']
  /** The sheet whose columns these were. */
  sheet: string
}

/**
 * Whenever the rows of another sheet arrive, `mapping` becomes what that sheet had before, or what is proposed for it
 * with what the last one had, carried over. What comes back tells of the latter.
 */
export function useCarriedColumns(
  mapping: Ref<ColumnMapping>,
  shown: () => SheetRows | null,
): Ref<CarriedFrom | null> {
  const from = ref<CarriedFrom | null>(null)
  const known = new Map<string, ColumnMapping>()
  let before = shown()
  watch(shown, (now) => {
    // Rows of a sheet that was left again in the meantime.
    if (!now || (mapping.value.sheet ?? now.sheet) !== now.sheet) return
    const last = before
    before = now
    if (!last || last.sheet === now.sheet) return
    known.set(last.sheet, { ...mapping.value, sheet: last.sheet })
    const kept = known.get(now.sheet)
    if (kept) {
      from.value = null
      mapping.value = kept
      return
    }
    const carried = carriedOver(mapping.value, last.rows, now.rows, now.proposed)
    from.value = { by: carried.by, sheet: last.sheet }
    mapping.value = carried.mapping
  })
  return from
}
