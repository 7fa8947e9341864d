// What is known of the columns of one sheet, carried over to another sheet of the same workbook.

import type { ColumnMapping } from '../../../../electron/contract/statement-file.ts'
import { isSumField, withoutColumnsFrom } from './mapping-model.ts'
import type { ColumnField } from './mapping-model.ts'

type Rows = readonly (readonly string[])[]

export interface Carried {
  mapping: ColumnMapping
  /**
   * Found again by the words of the header; proposed for the sheet by itself; or left at their places for the person to
   * put right.
   */
  by: 'header' | 'proposal' | 'place'
}

/** A header further down than this is none. */
const searchedRows = 40

/**
 * `mapping` holds the columns of the sheet whose rows are `before`; what comes back holds those of `now`, for which
 * `proposed` is what the sheet looks like by itself. What the person said of a column holds for one with the same header.
 */
export function carriedOver(
  mapping: ColumnMapping,
  before: Rows,
  now: Rows,
  proposed: ColumnMapping | null,
): Carried {
  const fields = fieldsOf(mapping)
  const header = headerOf(mapping, before)
  for (const [at, row] of now.slice(0, searchedRows).entries()) {
    const found = foundAgain(fields, header, row)
    const whole = fields.every(([field]) => field in found || (field !== 'bankDay' && !isSumField(field)))
    if (!whole) continue
    const known = new Set(header.map(plain))
    const fresh = fieldsOf(proposed).filter(([, column]) => !known.has(plain(row[column] ?? '')))
    const columns = joined(
      { ...found, bankDay: found.bankDay ?? 0 },
      proposed?.skipRows === at + 1 ? fresh : [],
    )
    return { mapping: { ...mapping, columns, skipRows: at + 1 }, by: 'header' }
  }
  if (proposed) {
    // How sums stand is one decision: of another sheet's columns none is mixed with those found here.
    const said = fields.filter(([field]) => !isSumField(field))
    const found = foundAgain(said, header, headerOf(proposed, now))
    const { columns: _, skipRows: __, ...rest } = proposed
    const sums = fieldsOf(proposed).filter(([field]) => isSumField(field))
    const taken = new Set(sums.map(([, column]) => column))
    const kept = (Object.entries(found) as Field[]).filter(([, column]) => !taken.has(column))
    const start = {
      ...Object.fromEntries([...sums, ...kept]),
      bankDay: found.bankDay ?? proposed.columns.bankDay,
    }
    const { sheet, account } = mapping
    const settings = {
      ...rest,
      account,
      skipRows: proposed.skipRows,
      ...(sheet === undefined ? {} : { sheet }),
    }
    return { mapping: { ...settings, columns: joined(start, fieldsOf(proposed)) }, by: 'proposal' }
  }
  const width = now.reduce((most, row) => Math.max(most, row.length), 0)
  return { mapping: withoutColumnsFrom(mapping, width), by: 'place' }
}

type Columns = ColumnMapping['columns']
type Field = [ColumnField, number]

const fieldsOf = (mapping: ColumnMapping | null): Field[] => Object.entries(mapping?.columns ?? {}) as Field[]

/** Where the fields stand whose header words this row has too. */
function foundAgain(
  fields: readonly Field[],
  header: readonly string[],
  row: readonly string[],
): Partial<Columns> {
  const words = row.map(plain)
  return Object.fromEntries(
    fields.flatMap(([field, column]) => {
      const word = plain(header[column] ?? '')
      const place = word === '' ? -1 : words.indexOf(word)
      return place < 0 ? [] : [[field, place] as const]
    }),
  )
}

/** The columns with those further fields whose field and column are free, and that are no other way of writing sums. */
function joined(columns: Columns, further: readonly Field[]): Columns {
  const all: Partial<Columns> = { ...columns }
  for (const [field, column] of further)
    if (!(field in all) && !Object.values(all).includes(column) && !isSumField(field)) all[field] = column
  return { ...all, bankDay: columns.bankDay }
}

/** The last row above the lines that has a word over the bank day. */
function headerOf(mapping: ColumnMapping, rows: Rows): readonly string[] {
  const above = rows.slice(0, mapping.skipRows).reverse()
  return above.find((row) => plain(row[mapping.columns.bankDay] ?? '') !== '') ?? []
}

function plain(word: string): string {
  return word.trim().toLowerCase().replaceAll(/\s+/g, ' ')
}
