// The column of the boxes, which is no choice of the person: always first, never sorted.

import type { ColDef } from 'ag-grid-community'
import { CheckCell, CheckHeader } from './check-cells.ts'

export const checkColumn = '__check'

export const checkColDef: ColDef = {
  colId: checkColumn,
  headerName: '',
  width: 44,
  minWidth: 44,
  maxWidth: 44,
  resizable: false,
  sortable: false,
  suppressMovable: true,
  lockPosition: 'left',
  pinned: 'left',
  cellRenderer: CheckCell,
  headerComponent: CheckHeader,
  cellClass: 'sv-check-cell',
  headerClass: 'sv-check-cell',
}
