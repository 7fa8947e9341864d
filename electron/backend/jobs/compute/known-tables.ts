// Tables whose columns a person confirmed once, found again by the words of their header.

import type { ColumnMapping, RememberedTable } from '../../../contract/statement-file.ts'

/** A header stands no deeper than this. */
const deepestHeader = 60

/** The words of the row above the data, empty ones at its end left out; null when there is nothing above. */
export function headerWordsOf(rows: readonly string[][], mapping: ColumnMapping): string[] | null {
  for (let at = Math.min(mapping.skipRows, rows.length) - 1; at >= 0; at -= 1) {
    const words = wordsOf(rows[at] ?? [])
    if (words.length > 0) return isHeader(words) ? words : null
  }
  return null
}

/** The text by which equal headers are equal: their words in their columns, whatever case and blanks. */
export function headerKey(words: readonly string[]): string {
  return JSON.stringify(words.map((word) => word.toLowerCase().replaceAll(/\s+/g, ' ')))
}

/**
 * The mapping of the remembered table whose header these rows have, moved to where it stands here; null when none has
 * it. What belongs to one file, its account and currency, is not remembered.
 */
export function findRemembered(
  rows: readonly string[][],
  tables: readonly Pick<RememberedTable, 'header' | 'mapping'>[],
): ColumnMapping | null {
  if (tables.length === 0) return null
  const byKey = new Map(tables.map((table) => [headerKey(table.header), table.mapping]))
  for (const [at, row] of rows.slice(0, deepestHeader).entries()) {
    const mapping = byKey.get(headerKey(wordsOf(row)))
    if (mapping) return { ...mapping, skipRows: at + 1 }
  }
  return null
}

function wordsOf(row: readonly string[]): string[] {
  const words = row.map((cell) => cell.replaceAll(/^\uFEFF/g, '').trim())
  return words.slice(0, words.findLastIndex((word) => word !== '') + 1)
}

/** A row with a sum or a date in it is data: remembering it would find nothing but its own file. */
function isHeader(words: readonly string[]): boolean {
  return words.length > 1 && words.every((word) => !/^[\d.,:/\s-]*\d[\d.,:/\s-]*$/.test(word))
}
