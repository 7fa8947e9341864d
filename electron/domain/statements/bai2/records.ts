// BAI2 bytes to logical records: a record with the 88 records that continue it. Records come one a line, several
// on a line (`.../  03,...`), or of a fixed length with no line ends at all.

import { Refusal } from '../../../contract/fault.ts'
import type { Place, StatementEncoding } from '../../../contract/statement.ts'
import { createTextLines } from '../text-lines.ts'

export type Bai2Code = '01' | '02' | '03' | '16' | '49' | '98' | '99'

export interface Bai2Record {
  code: Bai2Code
  /** What stands behind the code in the record and in each of its continuations, without padding and end slash. */
  pieces: string[]
  /** Records of the file that it is made of: itself and its continuations. */
  records: number
  place: Place
}

export interface Bai2Sink {
  record(record: Bai2Record): void
  /** Text that belongs to no record. */
  orphan(text: string, place: Place): void
  lostLetter(text: string, place: Place): void
}

const longestRecordBytes = 1024 * 1024
const start = /(?:01|02|03|16|49|88|98|99),/y
/**
 * The end of a record on a line that holds several. A slash may stand in a text too, so what follows must look
 * like a whole record and not only like its code.
 */
const boundary =
  /\/\s*(?=16,\d{3},[+-]?\d*,|88,|49,[+-]?\d*,\d+\s*\/|03,[^,/]*,(?:[A-Z]{3})?,|98,[+-]?\d*,\d+,\d+\s*\/|99,[+-]?\d*,\d+,\d+\s*\/|02,[^,/]*,[^,/]*,\d?,\d{6},)/g

/** Throws Refusal `statement.recordTooLong` for a record that goes on beyond 1 MB. */
export function createBai2Records(
  encoding: StatementEncoding,
  sink: Bai2Sink,
): { write(chunk: Uint8Array): void; end(): void } {
  const lines = createTextLines(encoding, takeLine, (text, line, from, to) =>
    sink.lostLetter(text, { line, from, to }),
  )
  let current: Bai2Record | undefined
  /** From the file header; 0 where records are as long as they are. */
  let fixedLength = 0
  let joined = false

  function takeLine(text: string, line: number, from: number, to: number): void {
    const offset = offsetsOf(text, encoding, from, to)
    let at = firstLetter(text, 0)
    while (at < text.length) {
      start.lastIndex = at
      const known = start.test(text)
      const end = known ? recordEnd(text, at) : text.length
      const written = text.slice(at, end).trimEnd()
      const place = { line, from: offset(at), to: offset(at + written.length) }
      if (known) takeRecord(written, place)
      else takeLoose(written, place)
      at = firstLetter(text, end)
    }
  }

  function recordEnd(text: string, at: number): number {
    if (fixedLength > 0 && at + fixedLength < text.length) {
      start.lastIndex = at + fixedLength
      if (start.test(text)) return at + fixedLength
    }
    // Where every record has its own line, a slash and figures inside a text are only text.
    const code = text.slice(at, at + 2)
    if (!joined && (code === '16' || (code === '88' && current?.code === '16'))) return text.length
    boundary.lastIndex = at
    const found = boundary.exec(text)
    if (found === null) return text.length
    joined = true
    return found.index + found[0].length
  }

  function takeRecord(written: string, place: Place): void {
    const code = written.slice(0, 2)
    const piece = written.slice(3).replace(/\/$/, '')
    if (code === '88') {
      if (current === undefined) sink.orphan(written, place)
      else append(current, piece, place, 1)
      return
    }
    flush()
    current = { code: code as Bai2Code, pieces: [piece], records: 1, place }
    if (code === '01') {
      const length = Number(piece.split(',', 6)[5])
      fixedLength = Number.isInteger(length) && length >= 20 ? length : 0
    }
  }

  /** A detail's text that was broken over two lines goes on; anything else is only told. */
  function takeLoose(written: string, place: Place): void {
    sink.orphan(written, place)
    if (current?.code === '16') append(current, written.replace(/^88:/, '').replace(/\/$/, ''), place, 0)
  }

  function append(record: Bai2Record, piece: string, place: Place, records: number): void {
    record.pieces.push(piece)
    record.records += records
    record.place.to = place.to
    if (record.place.to - record.place.from > longestRecordBytes)
      throw new Refusal({
        code: 'statement.recordTooLong',
        line: record.place.line,
        limitKb: longestRecordBytes / 1024,
      })
  }

  function flush(): void {
    const record = current
    current = undefined
    if (record !== undefined) sink.record(record)
  }

  return {
    write: (chunk) => lines.write(chunk),
    end() {
      lines.end()
      flush()
    },
  }
}

function firstLetter(text: string, from: number): number {
  let at = from
  while (at < text.length && text.charCodeAt(at) <= 0x20) at += 1
  return at
}

/** Tells the byte in the file at which a letter of the line stands; asked for rising letters only. */
function offsetsOf(
  text: string,
  encoding: StatementEncoding,
  from: number,
  to: number,
): (letter: number) => number {
  if (to - from === text.length) return (letter) => from + letter
  if (encoding !== 'utf-8')
    return (letter) => Math.min(to, from + letter * (encoding.startsWith('utf-16') ? 2 : 1))
  let letterAt = 0
  let byteAt = from
  return (letter) => {
    for (; letterAt < letter; letterAt += 1) byteAt += utf8Bytes(text.charCodeAt(letterAt))
    return Math.min(to, byteAt)
  }
}

/** Bytes of one UTF-16 unit in UTF-8; each half of a pair counts for two of its four. */
function utf8Bytes(unit: number): number {
  if (unit < 0x80) return 1
  if (unit < 0x800) return 2
  return unit >= 0xd800 && unit <= 0xdfff ? 2 : 3
}

/** The fields of a record that has no text, continuations included. */
export function fieldsOf(record: Bai2Record): string[] {
  return record.pieces.flatMap((piece) => piece.split(',')).map((field) => field.trim())
}

/** The record as it is shown beside an issue. */
export function rawOf({ code, pieces }: Bai2Record): string {
  return `${code},${pieces[0] ?? ''}`
}
