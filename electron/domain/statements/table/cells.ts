// The text of a table's cell.

/** DOS ends its files with this. */
const endMark = '\u001a'

/** A cell's text without what spreadsheets wrap around it: `="0012"`, a leading apostrophe, outer blanks, DOS's end mark. */
export function plainCell(cell: string): string {
  if (cell === '') return cell
  const text = cell.includes(endMark) ? cell.replaceAll(endMark, '').trim() : cell.trim()
  if (text.startsWith('="') && text.endsWith('"') && text.length > 2) return text.slice(2, -1).trim()
  return text.length > 1 && text.startsWith("'") ? text.slice(1).trim() : text
}
