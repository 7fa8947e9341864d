// Workbooks of the binary kind, BIFF2 to BIFF8 ([MS-XLS], and OpenOffice's description of the older ones): a
// stream of records, the sheets' cells row by row.

import { Refusal } from '../../../contract/fault.ts'
import type { BinaryBook } from './binary-book.ts'
import { readBinaryBook } from './binary-book.ts'
import { cellRecords, createCellReader } from './binary-cells.ts'
import { eachRecord } from './binary-records.ts'
import type { OnSheetRow, Sheet, SheetCell, SheetFlaws } from './cells.ts'
import { mostCells, putCell } from './cells.ts'
import { openCompound } from './compound.ts'
import { damaged } from './zip.ts'

/** Throws Refusal `statement.workbook` 'locked' or 'damaged', `statement.tooManyCells`. */
export function openBinary(bytes: Uint8Array): Sheet[] {
  try {
    return sheetsOf(bytes)
  } catch (error) {
    // Lengths that lead outside of a record.
    if (error instanceof RangeError) throw damaged()
    throw error
  }
}

function sheetsOf(bytes: Uint8Array): Sheet[] {
  const books = streamsOf(bytes).map(readSheets)
  // A book for two programs at once holds the same sheets for the older one, which may be the only full ones.
  return (books.find(({ cells }) => cells > 0) ?? books[0])?.sheets ?? []
}

function readSheets(stream: Uint8Array): { sheets: Sheet[]; cells: number } {
  const book = readBinaryBook(stream)
  let cells = 0
  const sheets = book.sheets.map(({ name, hidden, at }): Sheet => {
    const { count, ordered, ended } = survey(book, at)
    cells += count
    if (cells > mostCells) throw new Refusal({ code: 'statement.tooManyCells', limit: mostCells })
    const flaws: SheetFlaws = { wide: null, cut: !ended }
    const tell = ordered ? tellOrdered : tellSorted
    const rows = (onRow: OnSheetRow) => guarded(() => tell(book, at, flaws, onRow))
    return { name, hidden, from1904: book.from1904, flaws, rows }
  })
  return { sheets, cells }
}

function guarded(read: () => void): void {
  try {
    read()
  } catch (error) {
    if (error instanceof RangeError) throw damaged()
    throw error
  }
}

function streamsOf(bytes: Uint8Array): Uint8Array[] {
  if (bytes[0] !== 0xd0) return [bytes]
  const file = openCompound(bytes)
  // A package of the XML kind under a password.
  if (file.stream('EncryptedPackage')) throw new Refusal({ code: 'statement.workbook', reason: 'locked' })
  const streams = [file.stream('Workbook'), file.stream('Book')].filter((stream) => stream !== undefined)
  if (streams.length === 0) throw damaged()
  return streams
}

/** Counts a sheet's cells before any is kept, and sees whether they stand row by row: small writers put them in any order. */
function survey(book: BinaryBook, at: number): { count: number; ordered: boolean; ended: boolean } {
  let count = 0
  let last = 0
  let ordered = true
  const ended = eachRecord(book.stream, at, (id, from, to) => {
    if (!cellRecords.has(id) || to - from < 6) return true
    // MULRK: six bytes a cell between the place and the last column.
    count += id === 0xbd ? Math.floor((to - from - 6) / 6) : 1
    const row = book.view.getUint16(from, true)
    if (row < last) ordered = false
    last = row
    return true
  })
  return { count, ordered, ended }
}

function tellOrdered(book: BinaryBook, at: number, flaws: SheetFlaws, onRow: OnSheetRow): void {
  let row = -1
  let cells: SheetCell[] = []
  let wanted = true
  const finish = () => {
    if (wanted && cells.length > 0) wanted = onRow(row + 1, cells)
  }
  const reader = createCellReader(book, (nextRow, column, cell) => {
    if (nextRow !== row) {
      finish()
      row = nextRow
      cells = []
    }
    putCell(cells, column, cell, row + 1, flaws)
  })
  eachRecord(book.stream, at, (id, from, to) => {
    reader(id, from, to)
    return wanted
  })
  finish()
}

function tellSorted(book: BinaryBook, at: number, flaws: SheetFlaws, onRow: OnSheetRow): void {
  const rows = new Map<number, SheetCell[]>()
  const reader = createCellReader(book, (row, column, cell) => {
    const cells = rows.get(row) ?? []
    putCell(cells, column, cell, row + 1, flaws)
    rows.set(row, cells)
  })
  eachRecord(book.stream, at, (id, from, to) => {
    reader(id, from, to)
    return true
  })
  for (const [row, cells] of [...rows].sort(([a], [b]) => a - b))
    if (cells.length > 0 && !onRow(row + 1, cells)) return
}
