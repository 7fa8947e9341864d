// What is known of the columns of one sheet, carried over to another sheet of the same workbook.

import type { ColumnMapping } from '../../../../electron/contract/statement-file.ts'
import { isSumField, withoutColumnsFrom } from './mapping-model.ts'
import type { ColumnField } from './mapping-model.ts'

type Rows = readonly (readonly string[])[]

export interface Carried {
  mapping: ColumnMapping
  /** Found again by the words of the header, or left at their places for the person to put right. */
  by: 'header' | 'place'
}

/** A header further down than this is none. */
const searchedRows = 40

/** `mapping` holds the columns of the sheet whose rows are `before`; what comes back holds those of `now`. */
export function carriedOver(mapping: ColumnMapping, before: Rows, now: Rows): Carried {
  const fields = Object.entries(mapping.columns) as [ColumnField, number][]
  const header = headerOf(mapping, before)
  for (const [at, row] of now.slice(0, searchedRows).entries()) {
    const words = row.map(plain)
    const found = fields.flatMap(([field, column]) => {
      const word = plain(header[column] ?? '')
      const place = word === '' ? -1 : words.indexOf(word)
      return place < 0 ? [] : [[field, place] as const]
    })
    const named = new Set(found.map(([field]) => field))
    const whole = fields.every(([field]) => named.has(field) || (field !== 'bankDay' && !isSumField(field)))
    if (!whole) continue
    const columns = Object.fromEntries(found) as ColumnMapping['columns']
    return { mapping: { ...mapping, columns, skipRows: at + 1 }, by: 'header' }
  }
  const width = now.reduce((most, row) => Math.max(most, row.length), 0)
  return { mapping: withoutColumnsFrom(mapping, width), by: 'place' }
}

/** The last row above the lines that has a word over the bank day. */
function headerOf(mapping: ColumnMapping, rows: Rows): readonly string[] {
  const above = rows.slice(0, mapping.skipRows).reverse()
  return above.find((row) => plain(row[mapping.columns.bankDay] ?? '') !== '') ?? []
}

function plain(word: string): string {
  return word.trim().toLowerCase().replaceAll(/\s+/g, ' ')
}
