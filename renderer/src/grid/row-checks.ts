// Ticking rows: one, a range with Shift, or everything that matches the filter.

import type { GridApi } from 'ag-grid-community'
import type { CheckContext } from './check-cells.ts'
import { extentOf, isSelected, nothingSelected, withRows } from './selection.ts'
import type { RowSelection } from './selection.ts'

export interface RowChecksInput {
  api: () => GridApi | undefined
  selection: () => RowSelection
  select: (next: RowSelection) => void
  total: () => number
  rowLabel: (id: string) => string
  allLabel: () => string
}

export function createRowChecks(input: RowChecksInput): CheckContext {
  let rangeStart = 0

  function idsBetween(from: number, to: number): string[] {
    const ids: string[] = []
    for (let index = Math.min(from, to); index <= Math.max(from, to); index += 1) {
      const node = input.api()?.getDisplayedRowAtIndex(index)
      if (node?.id !== undefined && node.data) ids.push(node.id)
    }
    return ids
  }

  const checks: CheckContext = {
    isChecked: (id) => isSelected(input.selection(), id),
    extent: () => extentOf(input.selection(), input.total()),
    toggle(id, rowIndex, range) {
      const selected = !isSelected(input.selection(), id)
      const ids = range ? [...new Set([id, ...idsBetween(rangeStart, rowIndex)])] : [id]
      rangeStart = rowIndex
      input.select(withRows(input.selection(), ids, selected))
    },
    toggleAll: () => input.select(checks.extent() === 'none' ? { kind: 'all', except: [] } : nothingSelected),
    rowLabel: input.rowLabel,
    allLabel: input.allLabel,
  }
  return checks
}
