// The records of a binary workbook that hold cells.

import type { BinaryBook } from './binary-book.ts'
import { codePageText, unitsText } from './binary-records.ts'
import type { SheetCell } from './cells.ts'
import { cellOfNumber } from './cells.ts'

/** NUMBER, RK, MULRK, LABELSST, LABEL, RSTRING, BOOLERR, FORMULA, and those of the oldest kind. */
export const cellRecords: ReadonlySet<number> = new Set([
  0x203, 0x27e, 0xbd, 0xfd, 0x204, 0xd6, 0x205, 0x06, 0x206, 0x406, 0x02, 0x03, 0x04, 0x05,
])

/** Takes a cell by its row and column, both from 0. */
export type OnCell = (row: number, column: number, cell: SheetCell) => void

/** What a record of a cell says, for each record of a sheet in turn. Throws RangeError for a record that is too short. */
export function createCellReader(
  book: BinaryBook,
  onCell: OnCell,
): (id: number, from: number, to: number) => void {
  const { view, stream, version } = book
  /** A formula whose text stands in a record of its own. */
  let pending: { row: number; column: number } | null = null

  const numberOf = (value: number, style: number): SheetCell =>
    cellOfNumber(value, book.styles[style], book.from1904)

  const textAt = (from: number, to: number, oldest: boolean): string => {
    if (oldest)
      return codePageText(
        stream.subarray(from + 1, Math.min(to, from + 1 + (stream[from] ?? 0))),
        book.codePage,
      )
    const length = view.getUint16(from, true)
    if (version < 8)
      return codePageText(stream.subarray(from + 2, Math.min(to, from + 2 + length)), book.codePage)
    return longText(stream, from + 2, to, length)
  }

  const formula = (row: number, column: number, at: number, style: number) => {
    if (view.getUint16(at + 6, true) !== 0xffff) {
      onCell(row, column, numberOf(view.getFloat64(at, true), style))
      return
    }
    const kind = stream[at] ?? 0
    if (kind === 0) pending = { row, column }
    else if (kind === 1) onCell(row, column, stream[at + 2] === 1 ? 'TRUE' : 'FALSE')
    else if (kind === 2) onCell(row, column, errorText(stream[at + 2] ?? 0))
  }

  return (id, from, to) => {
    if ((id === 0x207 || id === 0x07) && pending !== null) {
      onCell(pending.row, pending.column, textAt(from, to, id === 0x07))
      pending = null
      return
    }
    if (!cellRecords.has(id) || to - from < 6) return
    pending = null
    const row = view.getUint16(from, true)
    const column = view.getUint16(from + 2, true)
    // These records are of the oldest kind wherever they stand; the formula's number is also a later one's.
    const oldest = version === 2 || id <= 0x05
    // It has three bytes of attributes, the second of which counts number formats.
    const style = oldest ? (stream[from + 5] ?? 0) & 0x3f : view.getUint16(from + 4, true)
    const at = oldest ? from + 7 : from + 6
    switch (id) {
      case 0x02:
        onCell(row, column, numberOf(view.getUint16(at, true), style))
        break
      case 0x03:
      case 0x203:
        onCell(row, column, numberOf(view.getFloat64(at, true), style))
        break
      case 0x27e:
        onCell(row, column, numberOf(packedNumber(view.getInt32(at, true)), style))
        break
      case 0xbd:
        for (let cell = 0; from + 10 + cell * 6 <= to - 2; cell += 1) {
          const packed = packedNumber(view.getInt32(from + 6 + cell * 6, true))
          onCell(row, column + cell, numberOf(packed, view.getUint16(from + 4 + cell * 6, true)))
        }
        break
      case 0xfd:
        onCell(row, column, book.strings.at(view.getUint32(at, true)))
        break
      case 0x04:
      case 0x204:
      case 0xd6:
        onCell(row, column, textAt(at, to, oldest))
        break
      case 0x05:
      case 0x205:
        onCell(
          row,
          column,
          stream[at + 1] === 1 ? errorText(stream[at] ?? 0) : stream[at] === 1 ? 'TRUE' : 'FALSE',
        )
        break
      default:
        formula(row, column, at, style)
    }
  }
}

/** Letters that may go on in the next records, in another width: `from` is at the byte that tells the first one. */
function longText(stream: Uint8Array, from: number, to: number, length: number): string {
  let text = ''
  let at = from
  let end = to
  for (;;) {
    const wide = ((stream[at] ?? 0) & 1) === 1
    const bytes = (length - text.length) * (wide ? 2 : 1)
    text += unitsText(stream.subarray(at + 1, Math.min(end, at + 1 + bytes)), wide)
    const next = (stream[end] ?? 0) + (stream[end + 1] ?? 0) * 256
    if (text.length >= length || next !== 0x3c) return text
    at = end + 4
    end = at + (stream[end + 2] ?? 0) + (stream[end + 3] ?? 0) * 256
  }
}

const scratch = new DataView(new ArrayBuffer(8))

/** RK numbers ([MS-XLS] 2.5.217): 30 bits of a whole number or of a double's upper part, perhaps hundredths. */
function packedNumber(packed: number): number {
  let value = packed >> 2
  if ((packed & 2) === 0) {
    scratch.setInt32(4, packed & ~3, true)
    scratch.setInt32(0, 0, true)
    value = scratch.getFloat64(0, true)
  }
  return (packed & 1) === 1 ? value / 100 : value
}

const errors: Readonly<Record<number, string>> = {
  0x00: '#NULL!',
  0x07: '#DIV/0!',
  0x0f: '#VALUE!',
  0x17: '#REF!',
  0x1d: '#NAME?',
  0x24: '#NUM!',
  0x2a: '#N/A',
}

function errorText(code: number): string {
  return errors[code] ?? '#ERROR!'
}
