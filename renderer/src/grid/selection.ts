// Which rows are selected, said as a sentence: some, or everything that matches the filter except some. So a
// selection of a hundred thousand rows is as small as one of three.

export type RowSelection =
  { kind: 'none' } | { kind: 'ids'; ids: readonly string[] } | { kind: 'all'; except: readonly string[] }

export const nothingSelected: RowSelection = { kind: 'none' }

export function isSelected(selection: RowSelection, id: string): boolean {
  if (selection.kind === 'none') return false
  return selection.kind === 'ids' ? selection.ids.includes(id) : !selection.except.includes(id)
}

/** How many rows of `total` are selected. */
export function countOf(selection: RowSelection, total: number): number {
  if (selection.kind === 'none') return 0
  return selection.kind === 'ids' ? selection.ids.length : Math.max(0, total - selection.except.length)
}

/** The header's box: nothing, everything, or something between. */
export function extentOf(selection: RowSelection, total: number): 'none' | 'some' | 'all' {
  const count = countOf(selection, total)
  if (count === 0) return 'none'
  return count === total ? 'all' : 'some'
}

/** Adds or takes away rows. */
export function withRows(selection: RowSelection, ids: readonly string[], selected: boolean): RowSelection {
  if (selection.kind === 'all') {
    const others = selection.except.filter((id) => !ids.includes(id))
    return { kind: 'all', except: selected ? others : [...others, ...ids] }
  }
  const before = selection.kind === 'ids' ? selection.ids : []
  const others = before.filter((id) => !ids.includes(id))
  const next = selected ? [...others, ...ids] : others
  return next.length === 0 ? nothingSelected : { kind: 'ids', ids: next }
}
