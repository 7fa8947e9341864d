// Rows of delimited text from pieces cut anywhere. csv-parse does the cutting, a block of whole lines at a time; rows
// whose quotes it cannot make sense of are read again with forgiveness, and cutting goes on after them.

import { parse } from 'csv-parse/sync'
import type { InfoRecord, Options } from 'csv-parse/sync'
import { Refusal } from '../../../contract/fault.ts'
import type { Place } from '../../../contract/statement.ts'
import type { Delimiter, RelaxedRow } from './csv-relaxed.ts'
import { longestQuotedRow, readRelaxed } from './csv-relaxed.ts'
import { longestLineBytes } from '../text-lines.ts'

export type { Delimiter } from './csv-relaxed.ts'

export interface CsvRow {
  cells: string[]
  /** The row without its line end. */
  place: Place
  raw: string
  /** A quote was opened and never closed: its cell was read as if the quote meant nothing. */
  unbalanced: boolean
}

/** Characters that are gathered before they are cut: small pieces would make the same row be tried again and again. */
const blockLength = 65_536
/**
 * Starting the library again, and the error it makes for every row of another width, take longer than a row does: after
 * so many in one block the rest of it is read without the library.
 */
const mostTroubles = 16

/** Ends a run of the library from inside. */
const halt = new Error('the rest is cut from another place')

/**
 * Cuts text into rows; `bytesOf` tells how many bytes a stretch of the text took in the file. The rows are the same
 * wherever the pieces were cut. Throws Refusal `statement.recordTooLong` for a row beyond `longestLineBytes`.
 */
export class CsvRows {
  readonly #delimiter: Delimiter
  readonly #bytesOf: (text: string, from: number, to: number) => number
  readonly #emit: (row: CsvRow) => void
  readonly #options: Options
  /** What was not cut yet begins at `#at`. */
  #text = ''
  #at = 0
  #marks = new Uint8Array(0)
  /** Whether nothing follows the text, and whether NUL bytes and carriage returns stand in it. */
  #last = false
  #padded = false
  #returns = false
  /** Where the library's run began, the width of its first row, and what went wrong within the block. */
  #runFrom = 0
  #width = -1
  #troubles = 0
  #byte = 0
  #line = 1

  constructor(
    delimiter: Delimiter,
    bytesOf: (text: string, from: number, to: number) => number,
    emit: (row: CsvRow) => void,
  ) {
    this.#delimiter = delimiter
    this.#bytesOf = bytesOf
    this.#emit = emit
    this.#options = {
      delimiter,
      encoding: 'latin1',
      relaxQuotes: true,
      relaxColumnCount: true,
      // Nothing is kept by the library: it hands each row over and forgets it.
      onRecord: (cells: string[], { bytes }: InfoRecord) => {
        this.#record(cells, this.#runFrom + bytes)
        return null
      },
    }
  }

  write(piece: string): void {
    for (let from = 0; from < piece.length; from += blockLength) {
      this.#text += piece.length > blockLength ? piece.slice(from, from + blockLength) : piece
      if (this.#text.length - this.#at >= blockLength) this.#cut(false)
    }
  }

  /** Hands over the rows that are whole already, without waiting for more text. */
  settle(): void {
    this.#cut(false)
  }

  end(): void {
    this.#cut(true)
  }

  #cut(last: boolean): void {
    this.#last = last
    this.#troubles = 0
    this.#padded = this.#text.includes('\0')
    this.#returns = this.#text.includes('\r')
    if (this.#byte === 0 && this.#text.startsWith('\uFEFF')) {
      this.#byte = this.#bytesOf(this.#text, 0, 1)
      this.#at = 1
    }
    const stop = last ? this.#text.length : wholeLines(this.#text)
    this.#marks = marksOf(this.#text, stop, this.#marks)
    while (this.#at < stop) {
      if (this.#troubles < mostTroubles) this.#run(stop)
      if (this.#at < stop && !this.#takeRelaxed()) break
    }
    this.#text = this.#text.slice(this.#at)
    this.#at = 0
    if (this.#text.length > longestLineBytes) this.#refuse()
  }

  /** Lets the library cut what lies before `stop`; it ends early at a row that is not its own. */
  #run(stop: number): void {
    this.#runFrom = this.#at
    this.#width = -1
    // Each mark to look for costs time at every character.
    const recordDelimiter = this.#returns ? ['\r\n', '\n', '\r'] : ['\n']
    try {
      parse(this.#marks.subarray(this.#at, stop), { ...this.#options, recordDelimiter })
    } catch (error) {
      // A quote that is open at the block's end is not closed *yet*; all other errors are switched off by the options.
      if (error !== halt && !isOpenQuote(error)) throw error
      this.#troubles++
    }
  }

  #record(cells: string[], next: number): void {
    if (this.#padded || next - this.#at > longestQuotedRow || cells.some(isDoubtful)) {
      if (!this.#takeRelaxed() || this.#at !== next) throw halt
    } else {
      const end = next - lineEndLength(this.#text, this.#at, next)
      this.#take({ cells: this.#spelled(cells), end, next, unbalanced: false })
    }
    if (this.#width < 0) this.#width = cells.length
    else if (this.#width !== cells.length && ++this.#troubles >= mostTroubles) throw halt
  }

  /** The cells in the text's own letters: the library saw only where each begins and how long it is. */
  #spelled(cells: string[]): string[] {
    const text = this.#text
    let at = this.#at
    return cells.map((cell) => {
      const quoted = text.charCodeAt(at) === quote
      const from = quoted ? at + 1 : at
      const doubled = quoted ? quotesIn(cell) : 0
      const to = from + cell.length + doubled
      at = quoted ? to + 2 : to + 1
      return doubled === 0 ? text.slice(from, to) : text.slice(from, to).replaceAll('""', '"')
    })
  }

  /** Reads the next row with forgiveness; false when more text is needed for it. */
  #takeRelaxed(): boolean {
    const row = readRelaxed(this.#text, this.#at, this.#delimiter, this.#last)
    if (row === null) return false
    this.#take(row)
    return true
  }

  #take({ cells, end, next, unbalanced }: RelaxedRow): void {
    const raw = this.#text.slice(this.#at, end)
    const to = this.#byte + this.#bytesOf(this.#text, this.#at, end)
    const place = { line: this.#line, from: this.#byte, to }
    if (to - place.from > longestLineBytes) this.#refuse()
    this.#byte = to + this.#bytesOf(this.#text, end, next)
    this.#line += linesIn(raw) + 1
    this.#at = next
    // NUL padding of old exports is no text; a cell of it must count as empty.
    const clean = this.#padded ? cells.map((cell) => cell.replaceAll('\0', '')) : cells
    this.#emit({ cells: clean, place, raw, unbalanced })
  }

  #refuse(): never {
    throw new Refusal({
      code: 'statement.recordTooLong',
      line: this.#line,
      limitKb: longestLineBytes / 1024,
    })
  }
}

const quote = 34

/**
 * One byte for each character, which is all that cutting needs: the marks it looks for are ASCII. So places come out in
 * characters, exact in every encoding, and Cyrillic takes no longer than Latin. `used` is written over where it is long enough.
 */
function marksOf(text: string, length: number, used: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const marks = used.length < length ? new Uint8Array(length) : used
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at)
    marks[at] = code < 0x80 ? code : 0xff
  }
  return marks
}

function quotesIn(cell: string): number {
  let count = 0
  for (let at = cell.indexOf('"'); at >= 0; at = cell.indexOf('"', at + 1)) count++
  return count
}

/**
 * A cell that the library read otherwise than it may be meant: behind a stray quote it leaves quotes as text, and
 * blanks or `=` before a quote make it text as well. Read rightly, too, a cell may look so; then it is only read twice.
 */
function isDoubtful(cell: string): boolean {
  const code = cell.charCodeAt(0)
  if (code === 34) return true
  if (code === 61) return cell.charCodeAt(1) === 34
  return code === 32 && /^ +=?"/.test(cell)
}

function isOpenQuote(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'CSV_QUOTE_NOT_CLOSED'
}

/** Index after the last line end that is surely whole: a CR at the very end may be half of a CRLF. */
function wholeLines(text: string): number {
  const feed = text.lastIndexOf('\n')
  if (feed >= 0 || text.length < 2) return feed + 1
  return text.lastIndexOf('\r', text.length - 2) + 1
}

/** Of the line end before `next`: 2, 1, or 0 at the end of a file without one. */
function lineEndLength(text: string, start: number, next: number): number {
  const mark = next > start ? text.charCodeAt(next - 1) : 0
  if (mark === 10) return next - 2 >= start && text.charCodeAt(next - 2) === 13 ? 2 : 1
  return mark === 13 ? 1 : 0
}

/** Line ends inside a row. */
function linesIn(raw: string): number {
  if (!raw.includes('\n') && !raw.includes('\r')) return 0
  return raw.split(/\r\n|\n|\r/).length - 1
}
