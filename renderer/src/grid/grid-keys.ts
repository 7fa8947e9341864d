// What keys do in a grid beyond moving from cell to cell.

import type { CellKeyDownEvent, Column, GridApi } from 'ag-grid-community'

export interface GridKeyDoes {
  api(): GridApi | undefined
  /** Rows of the whole filter. */
  total(): number
  /** Whether rows can be ticked. */
  selectable(): boolean
  open(row: unknown): void
  copy(): void
  toggle(id: string, rowIndex: number, range: boolean): void
  selectAll(): void
}

export function createGridKeys(does: GridKeyDoes): (event: CellKeyDownEvent) => void {
  /** Left to the browser, Ctrl+End scrolls smoothly, and rows that arrive meanwhile end that scrolling half way. */
  const goTo = (rowIndex: number, column: Column): void => {
    does.api()?.ensureIndexVisible(rowIndex)
    does.api()?.setFocusedCell(rowIndex, column)
  }
  const withCommand = (key: KeyboardEvent, column: Column): boolean => {
    if (key.code === 'KeyA' && does.selectable()) does.selectAll()
    else if (key.code === 'KeyC' && !String(window.getSelection())) does.copy()
    else if (key.key === 'Home') goTo(0, column)
    else if (key.key === 'End') goTo(does.total() - 1, column)
    else return false
    return true
  }
  return ({ event: key, data, node, column }) => {
    if (!(key instanceof KeyboardEvent) || !data || node.rowPinned) return
    if (key.key === 'Enter') does.open(data)
    else if (key.key === ' ' && does.selectable() && node.id !== undefined) {
      key.preventDefault()
      does.toggle(node.id, node.rowIndex ?? 0, key.shiftKey)
    } else if ((key.ctrlKey || key.metaKey) && withCommand(key, column)) key.preventDefault()
  }
}
