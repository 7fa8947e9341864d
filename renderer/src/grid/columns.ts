// A column as an area describes it, and what the grid library is told about it.

import type { ColDef, ICellRendererParams } from 'ag-grid-community'
import type { Tone } from '../ui/tones.ts'

export interface GridColumn<Row> {
  id: string
  header: string
  /** The text of the cell, formatted. */
  value: (row: Row) => string
  width?: number
  /** Takes this share of the room that is left. */
  flex?: number
  minWidth?: number
  align?: 'right'
  sortable?: boolean
  /** Not shown until the person chooses it. */
  hidden?: boolean
  pinned?: 'left' | 'right'
  /** Colours the text. */
  tone?: (row: Row) => Tone | null
  /** Shows the text as a badge of this tone. */
  badge?: (row: Row) => Tone | null
  /** Shows the text as what opens the row. */
  opens?: boolean
}

/** The text of a cell as a badge; plain text where the row has none. */
class BadgeCell {
  private readonly element = document.createElement('span')
  init(params: ICellRendererParams & { tone: (row: unknown) => Tone | null }): void {
    const tone = params.data ? params.tone(params.data) : null
    this.element.textContent = String(params.value ?? '')
    this.element.className = tone ? `sv-badge sv-badge-${tone}` : ''
  }
  getGui(): HTMLElement {
    return this.element
  }
  refresh(): boolean {
    return false
  }
}

function cellClasses<Row>(column: GridColumn<Row>, row: Row | undefined): string[] {
  const classes = column.align === 'right' ? ['sv-right', 'tabular'] : []
  const tone = row && column.tone?.(row)
  if (tone) classes.push(`sv-tone-${tone}`)
  if (column.opens) classes.push('sv-opens')
  return classes
}

/** The library's definition of a column. */
export function toColDef<Row>(column: GridColumn<Row>): ColDef {
  const { badge } = column
  return {
    colId: column.id,
    headerName: column.header,
    headerTooltip: column.header,
    valueGetter: ({ data }) => (data ? column.value(data as Row) : ''),
    cellClass: ({ data }) => cellClasses(column, data as Row | undefined),
    headerClass: column.align === 'right' ? 'ag-right-aligned-header' : '',
    sortable: column.sortable ?? false,
    hide: column.hidden ?? false,
    minWidth: column.minWidth ?? 60,
    ...(column.flex === undefined ? { width: column.width ?? 120 } : { flex: column.flex }),
    ...(column.pinned ? { pinned: column.pinned } : {}),
    ...(badge ? { cellRenderer: BadgeCell, cellRendererParams: { tone: badge } } : {}),
  }
}

/** Rows as tab-separated text, for a spreadsheet: a first line of headers, tabs and line breaks in cells as blanks. */
export function asTable<Row>(columns: readonly GridColumn<Row>[], rows: readonly Row[]): string {
  const cell = (text: string) =>
    text
      .replace(/[\t\r\n]+/g, ' ')
      .replaceAll('\u00A0', ' ')
      .replaceAll('−', '-')
  const lines = rows.map((row) => columns.map((column) => cell(column.value(row))).join('\t'))
  return [columns.map((column) => cell(column.header)).join('\t'), ...lines].join('\n')
}
