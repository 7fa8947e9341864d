// Reading a statement and keeping nothing: what an import cannot be faster than.

import type { ColumnMapping } from '../../../electron/contract/statement-file.ts'
import type { StatementEncoding, StatementFormat } from '../../../electron/contract/statement.ts'
import { findProfileOfBytes } from '../../../electron/domain/statements/table/csv-profile.ts'
import { detectWith, readerFor } from '../../../electron/domain/statements/inspect.ts'
import { createStatementTotals } from '../../../electron/domain/statements/statement-set.ts'

const chunkBytes = 1 << 20

/** Reads the bytes by chunks of a megabyte; answers the milliseconds. Throws when not every line came. */
export function readBare(format: StatementFormat, bytes: Uint8Array, expected?: number): number {
  const start = performance.now()
  const head = bytes.subarray(0, chunkBytes)
  const detected = detectWith(head, { format })
  const mapping = mappingOf(format, head, detected.encoding)
  let lines = 0
  const { sink } = createStatementTotals({ line: () => (lines += 1), issue: () => undefined })
  const reader = readerFor(detected, mapping ? { mapping } : {}, sink)
  for (const chunk of chunksOf(bytes)) reader.write(chunk)
  reader.end()
  const took = performance.now() - start
  if (expected !== undefined && lines !== expected)
    throw new Error(`${format}: ${lines} lines instead of ${expected}`)
  return took
}

/** The columns that the import would find in a CSV file; undefined for other formats. */
export function mappingOf(
  format: StatementFormat,
  head: Uint8Array,
  encoding: StatementEncoding,
): ColumnMapping | undefined {
  return format === 'csv' ? findProfileOfBytes(head, encoding, false)?.mapping : undefined
}

export function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += chunkBytes) yield bytes.subarray(from, from + chunkBytes)
}
