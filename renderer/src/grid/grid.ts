// The grid library, told only what is used of it.

import {
  CellStyleModule,
  ColumnApiModule,
  InfiniteRowModelModule,
  LocaleModule,
  PinnedRowModule,
  RenderApiModule,
  RowApiModule,
  RowStyleModule,
  ScrollApiModule,
  TooltipModule,
  createGrid,
} from 'ag-grid-community'
import type { GridApi, GridOptions } from 'ag-grid-community'

const modules = [
  CellStyleModule,
  ColumnApiModule,
  InfiniteRowModelModule,
  LocaleModule,
  PinnedRowModule,
  RenderApiModule,
  RowApiModule,
  RowStyleModule,
  ScrollApiModule,
  TooltipModule,
]

export function startGrid(element: HTMLElement, options: GridOptions): GridApi {
  return createGrid(element, options, { modules })
}
