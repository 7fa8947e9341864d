// Bytes in, decoded lines out, with the place of each line in the file. Lines are the record marks of every
// text format, so whole blocks are decoded at once and only then cut: one decoding call a line would cost more
// than all the rest of the reading.

import { Refusal } from '../../contract/fault.ts'
import type { StatementEncoding } from '../../contract/statement.ts'

/** A block's text, two bytes a letter, stays below what V8 allocates apart (128 KB), where decoding takes twice as long. */
const blockBytes = 48 * 1024
/** No text format has a longer line; what has one is not text. */
export const longestLineBytes = 1024 * 1024

/**
 * Takes one line: its text without line end, NUL padding and Ctrl-Z, its number (1-based), and its bytes from
 * (inclusive) to (exclusive, line end not counted).
 */
export type OnLine = (text: string, line: number, from: number, to: number) => void

/** The same line as the part of a longer text from `start` (inclusive) to `end` (exclusive), of which no copy was made. */
export type OnSpan = (
  text: string,
  start: number,
  end: number,
  line: number,
  from: number,
  to: number,
) => void

export interface TextLines {
  /** Takes a chunk cut at any byte; a line is handed on once its end was seen. */
  write(chunk: Uint8Array): void
  /** Hands on the last line when it has no line end. */
  end(): void
}

/** A line of nothing but blanks. Nearly no line is one, which its first letter shows. */
export function isBlankLine(text: string): boolean {
  const first = text.charCodeAt(0)
  return first > 0x20 && first < 0x80 ? false : text.trim() === ''
}

/**
 * Cuts bytes of the encoding into lines at CRLF, LF or a lone CR, mixed as they come. A byte order mark is
 * dropped. `onLostLetter` is told of the first line with a letter that could not be decoded (or was destroyed
 * before), ahead of `onLine`. Throws Refusal `statement.recordTooLong` for a line beyond `longestLineBytes`.
 */
export function createTextLines(
  encoding: StatementEncoding,
  onLine: OnLine,
  onLostLetter?: OnLine,
): TextLines {
  const onSpan: OnSpan = (text, start, end, line, from, to) => onLine(text.slice(start, end), line, from, to)
  return createTextSpans(encoding, onSpan, onLostLetter)
}

/** The same for a format of so many lines that copying each of them would be felt. */
export function createTextSpans(
  encoding: StatementEncoding,
  onSpan: OnSpan,
  onLostLetter?: OnLine,
): TextLines {
  const wide = encoding === 'utf-16le' || encoding === 'utf-16be'
  const breaks = wide ? wideBreaks(encoding) : narrowBreaks
  const cut = createBlockCutter(encoding, onSpan, onLostLetter)
  let rest = new Uint8Array(0)
  let restLength = 0
  /** Byte offset in the file of the first byte of `rest`, or of the next chunk when there is none. */
  let base = 0

  function keep(chunk: Uint8Array): void {
    let bytes = chunk
    if (restLength === 0) {
      const padding = leadingPadding(bytes, wide)
      base += padding
      bytes = bytes.subarray(padding)
    }
    if (restLength + bytes.length > rest.length) {
      const larger = new Uint8Array(Math.max(1024, 2 * (restLength + bytes.length)))
      larger.set(rest.subarray(0, restLength))
      rest = larger
    }
    rest.set(bytes, restLength)
    restLength += bytes.length
    if (restLength > longestLineBytes) {
      const limitKb = longestLineBytes / 1024
      throw new Refusal({ code: 'statement.recordTooLong', line: cut.lines() + 1, limitKb })
    }
  }

  function release(): void {
    if (restLength === 0) return
    const block = rest.subarray(0, restLength)
    base += restLength
    restLength = 0
    cut.block(block, base - block.length)
  }

  /** Finishes the line that the chunks before began; answers how many bytes of the window it took. */
  function completeRest(window: Uint8Array): number {
    if (restLength === 0) return 0
    // The kept bytes may end in the middle of a UTF-16 unit; the window's units start where the next one does.
    const odd = wide ? (base + restLength) % 2 : 0
    const end = breaks.first(window, odd)
    keep(end < 0 ? window : window.subarray(0, end))
    if (end >= 0) release()
    return end < 0 ? window.length : end
  }

  function writeWindow(window: Uint8Array): void {
    const taken = completeRest(window)
    const left = taken === 0 ? window : window.subarray(taken)
    if (left.length === 0) return
    const end = breaks.last(left)
    if (end > 0) {
      base += end
      cut.block(left.subarray(0, end), base - end)
    }
    if (end < left.length) keep(left.subarray(end))
  }

  return {
    write(chunk) {
      for (let at = 0; at < chunk.length; at += blockBytes) writeWindow(chunk.subarray(at, at + blockBytes))
    },
    end: release,
  }
}

interface Breaks {
  /** The end (exclusive) of the first line in the bytes that is sure to be whole, or -1. */
  first(bytes: Uint8Array, from: number): number
  /** The end (exclusive) of the last such line, or 0. */
  last(bytes: Uint8Array): number
}

// A CR at the very end may be half of a CRLF, so it ends a line only when another byte follows it.
const narrowBreaks: Breaks = {
  first(bytes) {
    const lf = bytes.indexOf(10)
    if (lf >= 0) return lf + 1
    const cr = bytes.indexOf(13)
    return cr >= 0 && cr < bytes.length - 1 ? cr + 1 : -1
  },
  last(bytes) {
    const lf = bytes.lastIndexOf(10)
    if (lf >= 0) return lf + 1
    const cr = bytes.length < 2 ? -1 : bytes.lastIndexOf(13, bytes.length - 2)
    return cr + 1
  },
}

function wideBreaks(encoding: 'utf-16le' | 'utf-16be'): Breaks {
  const low = encoding === 'utf-16le' ? 0 : 1
  const isBreak = (bytes: Uint8Array, at: number) =>
    bytes[at + 1 - low] === 0 && (bytes[at + low] === 10 || (bytes[at + low] === 13 && at + 3 < bytes.length))
  return {
    first(bytes, from) {
      for (let at = from; at + 1 < bytes.length; at += 2) {
        if (isBreak(bytes, at)) return bytes[at + low] === 13 && bytes[at + 2 + low] === 10 ? at + 4 : at + 2
      }
      return -1
    },
    last(bytes) {
      for (let at = (bytes.length & ~1) - 2; at >= 0; at -= 2) {
        if (!isBreak(bytes, at)) continue
        return bytes[at + low] === 13 && bytes[at + 2 + low] === 10 ? at + 4 : at + 2
      }
      return 0
    },
  }
}

function leadingPadding(bytes: Uint8Array, wide: boolean): number {
  const step = wide ? 2 : 1
  let at = 0
  while (at + step <= bytes.length && bytes[at] === 0 && (!wide || bytes[at + 1] === 0)) at += step
  return at
}

/** Decodes a block of whole lines and hands its lines on. */
function createBlockCutter(encoding: StatementEncoding, onSpan: OnSpan, onLostLetter: OnLine | undefined) {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true })
  const unitBytes = encoding.startsWith('utf-16') ? 2 : 1
  let line = 0
  let lost = onLostLetter === undefined

  return { block: cutBlock, lines: () => line }

  function cutBlock(block: Uint8Array, base: number): void {
    const text = decoder.decode(block)
    // In UTF-8 a text as long as its bytes is ASCII throughout, and there and in all other encodings an offset
    // in the text is an offset in the bytes; else the line ends are sought in the bytes as well.
    const uneven = unitBytes === 1 && text.length !== block.length
    const special = text.includes('\0') || text.includes('\x1a') || (!lost && text.includes('\ufffd'))
    let at = 0
    let byteAt = 0
    if (line === 0 && text.charCodeAt(0) === 0xfeff) {
      at = 1
      byteAt = uneven ? 3 : unitBytes
    }
    let lf = text.indexOf('\n', at)
    let cr = text.indexOf('\r', at)
    while (at < text.length) {
      const alone = cr >= 0 && (lf < 0 || cr < lf - 1)
      const crlf = !alone && cr >= 0 && cr === lf - 1
      const stop = alone || crlf ? cr : lf < 0 ? text.length : lf
      const next = crlf ? lf + 1 : Math.min(stop + 1, text.length)
      const byteStop = uneven
        ? byteOf(block, stop === text.length ? -1 : alone || crlf ? 13 : 10, byteAt)
        : stop * unitBytes
      line += 1
      if (special) emitSpecial(text.slice(at, stop), byteAt, byteStop, base)
      else onSpan(text, at, stop, line, base + byteAt, base + byteStop)
      byteAt = uneven ? byteStop + (next - stop) : next * unitBytes
      at = next
      if (lf >= 0 && lf < at) lf = text.indexOf('\n', at)
      if (cr >= 0 && cr < at) cr = text.indexOf('\r', at)
    }
  }

  function emitSpecial(raw: string, byteAt: number, byteStop: number, base: number): void {
    if (!lost && raw.includes('\ufffd')) {
      lost = true
      onLostLetter?.(raw, line, base + byteAt, base + byteStop)
    }
    let padding = 0
    while (raw.charCodeAt(padding) === 0) padding += 1
    const from = Math.min(byteAt + padding * unitBytes, byteStop)
    const clean = raw.replaceAll('\0', '').replaceAll('\x1a', '')
    onSpan(clean, 0, clean.length, line, base + from, base + byteStop)
  }
}

function byteOf(block: Uint8Array, mark: number, from: number): number {
  return mark < 0 ? block.length : block.indexOf(mark, from)
}
