// Where a table's header stands: one row of titles or two, with metadata above, junk inside, or none at all.

import { plainCell } from './cells.ts'
import { findDateOrder, readDate } from './dates.ts'
import { headerText, rolesOf } from './headers.ts'
import { partyOf } from './parties.ts'

export interface TableHead {
  /** How many rows stand above the first that may be data. */
  rows: number
  /** One title per column; empty when the table has no header. */
  titles: string[]
  /** How many roles the titles name. */
  score: number
}

/** A header is sought this far down. */
const deepestHeader = 60

/** The row, or pair of rows, whose words name most roles, a day and a sum among them; else data without any header. */
export function findTableHead(rows: readonly string[][]): TableHead | null {
  let best: TableHead | null = null
  for (const [at, row] of rows.slice(0, deepestHeader).entries()) {
    // A row with values in it is no header, whatever words it contains.
    if (row.some((cell) => readDate(cell, 'dmy').ok)) continue
    const single = scoreOf(row)
    if (single > (best?.score ?? 0)) best = { rows: at + 1, titles: row, score: single }
    const next = rows[at + 1] ?? []
    const pair = joined(row, next)
    // A row of metadata above the titles adds nothing to them.
    const paired = pair === null ? 0 : scoreOf(pair)
    if (pair !== null && paired > Math.max(best?.score ?? 0, scoreOf(next)))
      best = { rows: at + 2, titles: pair, score: paired }
  }
  if (best) return best
  const first = rows.findIndex((row) => row.some((cell) => findDateOrder([cell]) !== null))
  return first < 0 ? null : { rows: first, titles: [], score: 0 }
}

function scoreOf(titles: readonly string[]): number {
  const roles = new Set(
    titles.flatMap((title) => {
      const party = partyOf(headerText(title))
      return rolesOf(title)[0]?.role ?? party ?? []
    }),
  )
  const sum = roles.has('amount') || roles.has('credit') || roles.has('debit')
  return (roles.has('bankDay') || roles.has('valueDay')) && sum ? roles.size : 0
}

/** The titles of a header of two rows, where the upper row's merged cells stand over several of the lower; else null. */
function joined(upper: readonly string[], lower: readonly string[]): string[] | null {
  const parts = lower.map(plainCell)
  const words = parts.filter((part) => part !== '')
  if (words.length === 0 || words.some((word) => /\d/.test(word) || word.length > 60)) return null
  if (upper.some((cell) => /\d{4}/.test(cell))) return null
  const width = Math.max(upper.length, lower.length)
  let above = ''
  return Array.from({ length: width }, (_, column) => {
    const own = plainCell(upper[column] ?? '')
    const below = parts[column] ?? ''
    if (own !== '') above = own
    if (below === '') return own
    const both = `${above} ${below}`.trim()
    return rolesOf(both).length > 0 || partyOf(headerText(both)) !== null ? both : below
  })
}

/** The row of numbers `1 2 3 …` that printed forms have under their titles. */
export function isNumbering(cells: readonly string[]): boolean {
  const full = cells.map(plainCell).filter((cell) => cell !== '')
  return full.length > 2 && full.every((cell, at) => cell === String(Number(full[0]) + at))
}

/**
 * The words by which a table is known again: the titles of its header, folded. A table without a header is known by the
 * shape of its first rows: how many columns, and what each of them holds. `skipRows` is the mapping's.
 */
export function headerWordsOf(rows: readonly string[][], mapping: { skipRows: number }): string[] {
  const found = findTableHead(rows)
  if (found && found.titles.length > 0 && found.rows === mapping.skipRows) return folded(found.titles)
  const header = rows[mapping.skipRows - 1] ?? []
  if (header.some((cell) => rolesOf(cell).length > 0)) return folded(header)
  const first = rows.slice(mapping.skipRows, mapping.skipRows + 20).filter((row) => row.length > 1)
  const width = Math.max(0, ...first.map((row) => row.length))
  return Array.from({ length: width }, (_, column) =>
    shapeOf(first.map((row) => plainCell(row[column] ?? ''))),
  )
}

/** Titles as they are compared; empty ones at the end do not count. */
function folded(titles: readonly string[]): string[] {
  const words = titles.map(headerText)
  const last = words.findLastIndex((word) => word !== '')
  return words.slice(0, last + 1)
}

function shapeOf(cells: readonly string[]): string {
  const full = cells.filter((cell) => cell !== '')
  if (full.length === 0) return ''
  if (full.every((cell) => findDateOrder([cell]) !== null)) return '#date'
  if (full.every((cell) => /^[-+(\u2212]?[\d\s.,'\u00a0\u202f]+\)?-?$/.test(cell))) return '#number'
  return full.every((cell) => /^[A-Z]{3}$/.test(cell)) ? '#code' : '#text'
}
