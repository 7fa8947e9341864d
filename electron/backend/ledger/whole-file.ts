// Whether a ledger file can be all that it was: SQLite would only notice a cut when it reads what is missing.

import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { Refusal } from '../../contract/fault.ts'

/**
 * Refuses `ledger.damaged` for a file that was cut short, or emptied: a new ledger must not quietly begin where one was,
 * for the old one knew what had been sent. The header's fields are those of https://sqlite.org/fileformat.html, section 1.3.
 */
export function requireWholeFile(path: string): void {
  const size = sizeOf(path)
  // What the write-ahead log still holds makes the file whole again.
  if (size === null || (sizeOf(`${path}-wal`) ?? 0) > 0) return
  if (size === 0) throw new Refusal({ code: 'ledger.damaged', detail: 'empty' })
  const header = Buffer.alloc(100)
  const file = openSync(path, 'r')
  try {
    readSync(file, header, 0, header.length, 0)
  } finally {
    closeSync(file)
  }
  if (header.toString('latin1', 0, 16) !== 'SQLite format 3\0') return
  const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16)
  const wanted = header.readUInt32BE(28) * pageSize
  if (size < wanted) throw new Refusal({ code: 'ledger.damaged', detail: `${size} / ${wanted}` })
}

function sizeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.size ?? null
}
