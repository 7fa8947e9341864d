// One row of delimited text read with forgiveness, for the rows whose quotes do not follow RFC 4180.

export type Delimiter = ',' | ';' | '\t' | '|'

export interface RelaxedRow {
  cells: string[]
  /** Index after the row's text, and after its line end. */
  end: number
  next: number
  /** A quote was opened and never closed: its cell was read as if the quote meant nothing. */
  unbalanced: boolean
}

/** A quoted cell that runs longer than this many characters was never meant to be one. */
export const longestQuotedRow = 65_536

/**
 * One row from `start`; null while the text may still change its meaning and more may come. Blanks may stand around
 * a quoted cell and a formula's `=` before it. A quote inside a quoted cell that is not doubled is text as long as
 * the cell closes on the line it began on (`"ООО "Ромашка""`); any other is read as if it meant nothing, so that
 * it spoils its own line only.
 */
export function readRelaxed(
  text: string,
  start: number,
  delimiter: Delimiter,
  last: boolean,
): RelaxedRow | null {
  const cells: string[] = []
  let unbalanced = false
  let at = start
  for (;;) {
    const opening = quoteAt(text, at)
    if (opening < 0 && !last && onlyBlanks(text, at)) return null
    let cell =
      opening < 0 ? bareCell(text, at, delimiter, last) : quotedCell(text, opening, delimiter, last, start)
    if (cell === 'unbalanced') {
      unbalanced = true
      cell = bareCell(text, at, delimiter, last)
    }
    if (cell === 'more') return null
    cells.push(cell.text)
    if (text[cell.end] !== delimiter)
      return { cells, end: cell.end, next: afterLineEnd(text, cell.end), unbalanced }
    at = cell.end + 1
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

interface Cell {
  text: string
  /** Index of the delimiter or the line end after the cell, or the text's length. */
  end: number
}

function bareCell(text: string, from: number, delimiter: Delimiter, last: boolean): Cell | 'more' {
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

/** A quoted cell from just after its opening quote. */
function quotedCell(
  text: string,
  from: number,
  delimiter: Delimiter,
  last: boolean,
  rowStart: number,
): Cell | 'more' | 'unbalanced' {
  let content = ''
  let part = from
  /** Set by the first quote that is neither doubled nor the last: the end of the line on which the cell has to close. */
  let lineStop: number | null = null
  for (;;) {
    const quote = text.indexOf('"', part)
    if (quote < 0 || quote - rowStart > longestQuotedRow) {
      const decided =
        last || text.length - rowStart > longestQuotedRow || (lineStop ?? text.length) < text.length
      return decided ? 'unbalanced' : 'more'
    }
    if (lineStop !== null && quote > lineStop) return 'unbalanced'
    const doubled = text[quote + 1] === '"'
    const end = cellEnd(text, doubled ? quote + 2 : quote + 1, delimiter, last)
    if (end === 'more') return 'more'
    if (doubled && (lineStop === null || end < 0)) {
      content += text.slice(part, quote + 1)
      part = quote + 2
    } else if (end >= 0) {
      return { text: content + text.slice(part, doubled ? quote + 1 : quote), end }
    } else {
      lineStop ??= lineStopAfter(text, from)
      // A quote right after a delimiter opens another cell: the one before never closed.
      if (quote > lineStop || (quote > from && text[quote - 1] === delimiter)) return 'unbalanced'
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

function lineStopAfter(text: string, from: number): number {
  const feed = text.indexOf('\n', from)
  const stop = feed < 0 ? text.length : feed
  const lone = text.slice(from, stop).indexOf('\r')
  return lone < 0 ? stop : from + lone
}

function afterLineEnd(text: string, at: number): number {
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : Math.min(at + 1, text.length)
}
