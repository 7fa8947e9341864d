// Finds the delimiter of a text and, with it, what its columns are.

import type { ColumnMapping, GivenFacts } from '../../../contract/statement-file.ts'
import type { StatementEncoding } from '../../../contract/statement.ts'
import type { Delimiter } from './csv-rows.ts'
import { CsvRows } from './csv-rows.ts'
import { startDecoding } from '../decoding.ts'
import { findTableProfile } from './profile.ts'

export interface CsvProfile {
  mapping: ColumnMapping
  /** False when a person must confirm the mapping before anything is imported with it. */
  certain: boolean
  /** The first rows as cells, those above the header included. */
  rows: string[][]
}

const delimiters: readonly Delimiter[] = [';', ',', '\t', '|']
/** Rows that the profile is decided over. */
const mostRows = 1000
/** Characters that are cut at once, so that of a long beginning no more is cut than is needed. */
const pieceLength = 65_536

/**
 * The profile of delimited text from its beginning. `whole` is false when more text follows, whose first row
 * may then be cut. Null when no delimiter gives a table of dated sums.
 */
export function findProfile(head: string, whole: boolean, given?: GivenFacts): CsvProfile | null {
  const declared = /^\uFEFF?sep=(.)\r?\n/i.exec(head)?.[1]
  const tried = delimiters.filter((delimiter) =>
    declared === undefined ? head.includes(delimiter) : delimiter === declared,
  )
  let best: { profile: CsvProfile; worth: number } | null = null
  for (const delimiter of tried) {
    const rows = rowsOf(head, delimiter, whole)
    // Where the comma parts cells, sums are written with a point, unless they say otherwise.
    const found = findTableProfile(rows, delimiter === ',' ? '.' : ',', given)
    if (!found) continue
    const worth = found.score * 10 + steadiness(rows, found.mapping.skipRows) + (found.certain ? 1 : 0)
    const profile = { mapping: { delimiter, ...found.mapping }, certain: found.certain, rows }
    if (!best || worth > best.worth) best = { profile, worth }
  }
  return best?.profile ?? null
}

/** The same from bytes in a known encoding. */
export function findProfileOfBytes(
  head: Uint8Array,
  encoding: StatementEncoding,
  whole: boolean,
  given?: GivenFacts,
): CsvProfile | null {
  const decoding = startDecoding(encoding)
  return findProfile(decoding.write(head) + (whole ? decoding.end() : ''), whole, given)
}

/** The first rows of a text as a delimiter cuts them, for showing a text whose columns are not known. */
export function rowsOf(head: string, delimiter: Delimiter, whole: boolean): string[][] {
  const rows: string[][] = []
  const cutter = new CsvRows(
    delimiter,
    (_text, from, to) => to - from,
    (row) => {
      if (rows.length < mostRows) rows.push(row.cells)
    },
  )
  for (let from = 0; from < head.length && rows.length < mostRows; from += pieceLength) {
    cutter.write(head.slice(from, from + pieceLength))
    cutter.settle()
  }
  if (whole) cutter.end()
  return rows
}

/** Share of the data rows that are as wide as most of them, 0 to 1: the right delimiter gives even rows. */
function steadiness(rows: readonly string[][], skip: number): number {
  const widths = rows
    .slice(skip)
    .map((row) => row.length)
    .filter((width) => width > 1)
  if (widths.length === 0) return 0
  const counts = new Map<number, number>()
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1)
  return Math.max(...counts.values()) / widths.length
}
