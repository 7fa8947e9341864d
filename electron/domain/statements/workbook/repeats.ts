// Sheets that repeat what another sheet of the same book holds: a year beside its months, a total beside its accounts.

import type { ColumnMapping } from '../../../contract/statement-file.ts'
import { lineIdentity } from '../line-identity.ts'
import type { StatementSink } from '../reader.ts'
import type { Sheet } from './cells.ts'
import type { SheetPart } from './plan.ts'

/** Reads a part's lines into a sink. */
export type TellSheet = (part: SheetPart, mapping: ColumnMapping, sink: StatementSink) => unknown

/** A sheet of fewer lines may hold the same fees as another one by chance. */
const fewestLines = 3

/**
 * The sheets whose every line stands in the largest sheet too, as often as in all of them together: told as well they would
 * double the money. Sheets of a line or two count only where all the others are repeated with them.
 */
export function repeatedSheets(
  parts: readonly SheetPart[],
  mapping: ColumnMapping,
  tell: TellSheet,
): Set<Sheet> {
  const all = parts.map((part) => ({ sheet: part.sheet, lines: linesOf(part, mapping, tell) }))
  const full = all.filter(({ lines }) => lines.length > 0)
  const largest = full.reduce<(typeof full)[number] | undefined>(
    (most, next) => (most === undefined || next.lines.length > most.lines.length ? next : most),
    undefined,
  )
  const others = full.filter((one) => one !== largest)
  if (largest === undefined || others.length === 0) return new Set()
  const together = joined(others.map(({ lines }) => lines))
  if (together.length >= fewestLines && isWithin(together, largest.lines))
    return new Set(others.map(({ sheet }) => sheet))
  return new Set(
    others
      .filter(({ lines }) => lines.length >= fewestLines && isWithin(lines, largest.lines))
      .map(({ sheet }) => sheet),
  )
}

/** A sheet's lines as sorted numbers, eight bytes each: a book may hold a million of them. */
function linesOf(part: SheetPart, mapping: ColumnMapping, tell: TellSheet): Float64Array {
  let hashes = new Float64Array(64)
  let count = 0
  let account = ''
  tell(part, mapping, {
    open: (head) => {
      account = head.account
    },
    line: (line) => {
      if (count === hashes.length) {
        const larger = new Float64Array(count * 2)
        larger.set(hashes)
        hashes = larger
      }
      hashes[count] = hashOf(lineIdentity(account, line))
      count += 1
    },
    close: () => undefined,
    issue: () => undefined,
  })
  return hashes.subarray(0, count).sort()
}

function joined(lists: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const list of lists) {
    whole.set(list, at)
    at += list.length
  }
  return whole.sort()
}

function isWithin(small: Float64Array, large: Float64Array): boolean {
  let at = 0
  for (const hash of small) {
    while ((large[at] ?? Number.POSITIVE_INFINITY) < hash) at += 1
    if (large[at] !== hash) return false
    at += 1
  }
  return true
}

/** 53 bits from two 32-bit multiplicative hashes: among a million lines two that differ are taken for one once in 18,000 books. */
function hashOf(text: string): number {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    high = Math.imul(high ^ code, 0x9e3779b1)
    low = Math.imul(low ^ code, 0x5f356495)
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35)
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35)
  return 0x1_0000_0000 * (high & 0x1f_ffff) + (low >>> 0)
}
