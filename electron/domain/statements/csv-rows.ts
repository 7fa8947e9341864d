// Rows of delimited text from pieces cut anywhere (RFC 4180 with the relaxations real exports need). Written
// here because csv-parse stands on Node's Buffer and streams, answers asynchronously, and gives up on the
// unescaped and unbalanced quotes that bank exports are full of; domain code may use neither.

import type { Place } from '../../contract/statement.ts'

export interface CsvRow {
  cells: string[]
  /** The row without its line end. */
  place: Place
  raw: string
  /** A quote was opened and never closed: the row was read as if quotes meant nothing. */
  unbalanced: boolean
}

export type Delimiter = ',' | ';' | '\t' | '|'

/** A quoted cell that runs longer than this was never meant to be one. */
const longestRow = 65_536

/** Cuts text into rows; `bytesOf` tells how many bytes a stretch of the text took in the file. */
export class CsvRows {
  readonly #delimiter: Delimiter
  readonly #bytesOf: (text: string, from: number, to: number) => number
  readonly #emit: (row: CsvRow) => void
  #text = ''
  #at = 0
  #byte = 0
  #line = 1
  #nextQuote = -1
  #nextReturn = -1

  constructor(
    delimiter: Delimiter,
    bytesOf: (text: string, from: number, to: number) => number,
    emit: (row: CsvRow) => void,
  ) {
    this.#delimiter = delimiter
    this.#bytesOf = bytesOf
    this.#emit = emit
  }

  write(piece: string): void {
    if (piece === '') return
    this.#text = this.#text.slice(this.#at) + piece
    this.#at = 0
    if (this.#byte === 0 && this.#text.startsWith('\uFEFF')) {
      this.#byte = this.#bytesOf(this.#text, 0, 1)
      this.#at = 1
    }
    this.#nextQuote = -1
    this.#nextReturn = -1
    this.#cut(false)
  }

  end(): void {
    this.#cut(true)
  }

  /** Where the next row would begin. */
  get place(): Place {
    return { line: this.#line, from: this.#byte, to: this.#byte }
  }

  #cut(last: boolean): void {
    while (this.#at < this.#text.length) {
      const row = this.#plainRow() ?? parseRow(this.#text, this.#at, this.#delimiter, last)
      if (!row) return
      this.#take(row)
    }
  }

  /** The common case: a row without quotes that ends in a line feed. */
  #plainRow(): ParsedRow | null {
    const text = this.#text
    const feed = text.indexOf('\n', this.#at)
    if (feed < 0) return null
    if (this.#nextQuote < this.#at) this.#nextQuote = found(text.indexOf('"', this.#at))
    if (this.#nextReturn < this.#at) this.#nextReturn = found(text.indexOf('\r', this.#at))
    if (this.#nextQuote < feed || this.#nextReturn < feed - 1) return null
    const end = this.#nextReturn === feed - 1 ? feed - 1 : feed
    return {
      cells: text.slice(this.#at, end).split(this.#delimiter),
      end,
      next: feed + 1,
      lines: 1,
      unbalanced: false,
    }
  }

  #take(row: ParsedRow): void {
    const raw = this.#text.slice(this.#at, row.end)
    const to = this.#byte + this.#bytesOf(this.#text, this.#at, row.end)
    const place = { line: this.#line, from: this.#byte, to }
    this.#byte = to + this.#bytesOf(this.#text, row.end, row.next)
    this.#line += row.lines
    this.#at = row.next
    // NUL padding of old exports is no text; a cell of it must count as empty.
    const cells = raw.includes('\0') ? row.cells.map((cell) => cell.replaceAll('\0', '')) : row.cells
    this.#emit({ cells, place, raw, unbalanced: row.unbalanced })
  }
}

interface ParsedRow {
  cells: string[]
  /** Index after the row's text, and after its line end. */
  end: number
  next: number
  lines: number
  unbalanced: boolean
}

function found(index: number): number {
  return index < 0 ? Number.POSITIVE_INFINITY : index
}

/** One row from `start`; null while the text may still change its meaning and more may come. */
function parseRow(
  text: string,
  start: number,
  delimiter: Delimiter,
  last: boolean,
  quotes = true,
): ParsedRow | null {
  const cells: string[] = []
  let at = start
  for (;;) {
    const opening = quotes ? quoteAt(text, at) : -1
    if (opening < 0 && quotes && !last && onlyBlanks(text, at)) return null
    const cell =
      opening < 0 ? bareCell(text, at, delimiter, last) : quotedCell(text, opening, delimiter, last, start)
    if (cell === 'more') return null
    if (cell === 'unbalanced') return parseRow(text, start, delimiter, last, false)
    cells.push(cell.text)
    if (text[cell.end] === delimiter) {
      at = cell.end + 1
      continue
    }
    const next = lineEnd(text, cell.end)
    return { cells, end: cell.end, next, lines: linesIn(text, start, next), unbalanced: !quotes }
  }
}

/** Whether nothing but blanks is left, so that a quote could still open the cell. */
function onlyBlanks(text: string, from: number): boolean {
  let at = from
  while (text[at] === ' ') at++
  return at >= text.length || (at === text.length - 1 && text[at] === '=')
}

/** Index after the quote that opens the cell at `from` (blanks and a formula's `=` may stand before), else -1. */
function quoteAt(text: string, from: number): number {
  let at = from
  while (text[at] === ' ') at++
  if (text[at] === '=' && text[at + 1] === '"') at++
  return text[at] === '"' ? at + 1 : -1
}

interface ParsedCell {
  text: string
  /** Index of the delimiter or the line end after the cell, or the text's length. */
  end: number
}

function bareCell(text: string, from: number, delimiter: Delimiter, last: boolean): ParsedCell | 'more' {
  const mark = delimiter.charCodeAt(0)
  let at = from
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === mark || code === 10) break
    if (code === 13) {
      if (at + 1 === text.length && !last) return 'more'
      break
    }
  }
  if (at === text.length && !last) return 'more'
  return { text: text.slice(from, at), end: at }
}

/**
 * A quoted cell from just after its opening quote. A quote that neither closes the cell nor is doubled is text
 * (`"ООО "Ромашка""`); after such a one a doubled quote before the delimiter is text and the cell's end.
 */
function quotedCell(
  text: string,
  from: number,
  delimiter: Delimiter,
  last: boolean,
  rowStart: number,
): ParsedCell | 'more' | 'unbalanced' {
  let content = ''
  let part = from
  let relaxed = false
  for (;;) {
    const quote = text.indexOf('"', part)
    if (quote < 0 || quote - rowStart > longestRow) {
      const decided = last || text.length - rowStart > longestRow
      return decided ? 'unbalanced' : 'more'
    }
    const doubled = text[quote + 1] === '"'
    const after = doubled ? quote + 2 : quote + 1
    const end = cellEnd(text, after, delimiter, last)
    if (end === 'more') return 'more'
    if (doubled && (!relaxed || end < 0)) {
      content += text.slice(part, quote + 1)
      part = quote + 2
    } else if (end >= 0) {
      return { text: content + text.slice(part, doubled ? quote + 1 : quote), end }
    } else {
      relaxed = true
      content += text.slice(part, quote + 1)
      part = quote + 1
    }
  }
}

/** Where a cell that closes at `from` ends, when only blanks stand before the delimiter or line end; else -1. */
function cellEnd(text: string, from: number, delimiter: Delimiter, last: boolean): number | 'more' {
  let at = from
  while (text[at] === ' ') at++
  if (at >= text.length) return last ? at : 'more'
  const char = text[at]
  if (char === '\r' && at + 1 === text.length && !last) return 'more'
  return char === delimiter || char === '\n' || char === '\r' ? at : -1
}

function lineEnd(text: string, at: number): number {
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : Math.min(at + 1, text.length)
}

function linesIn(text: string, from: number, to: number): number {
  let lines = 0
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i)
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) lines++
  }
  return lines
}
