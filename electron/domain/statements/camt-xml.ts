// The XML layer under camt: saxes events by local names, with the bytes every element came from. Strict, and
// without document types: a DTD is the only door to external files and exploding entities.

import { SaxesParser } from 'saxes'
import { Refusal } from '../../contract/fault.ts'
import type { Place, StatementEncoding } from '../../contract/statement.ts'
import type { Decoding } from './table-decoding.ts'
import { startDecoding } from './table-decoding.ts'

export interface XmlEvents {
  /** Whether the place of an element that is about to open will be needed: counting bytes for all would cost a third of the time. */
  isPlaced(name: string): boolean
  /** `start` is the line and the offset of the element's `<`, or of the last placed element before it. */
  open(name: string, currency: string, start: { line: number; from: number }): void
  text(text: string): void
  /** `end` counts the offset just after the element's last `>`. */
  close(name: string, end: () => number): void
}

/** Deepest nesting accepted; the schemas reach about 15 below the root. */
const deepest = 100
/** Most characters before the root element; real messages have a few hundred. */
const longestProlog = 65_536

/** Reads one XML document cut anywhere. Throws Refusal `statement.xml` or `statement.forbiddenXml`. */
export class XmlReader {
  readonly #parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false })
  readonly #decoding: Decoding
  readonly #events: XmlEvents
  readonly #locals = new Map<string, string>()
  /** Local names of the open elements, and of the one that is opening. */
  readonly #names: string[] = []
  #name = ''
  #sawRoot = false
  #closed = false
  /** Where the text after the document begins that is no XML; `full` once there is more in it than padding. */
  #tail: { place: Place; full: boolean } | null = null
  /** The text being parsed and where it begins, in characters and in bytes. */
  #piece = ''
  #pieceAt = 0
  #pieceByte = 0
  /** A place inside the piece whose byte offset is known: places are asked for in rising order. */
  #knownAt = 0
  #knownByte = 0
  #start = { line: 1, from: 0 }
  readonly #here = (): number => this.#byteAt(this.#parser.position)

  constructor(encoding: StatementEncoding, events: XmlEvents) {
    this.#decoding = startDecoding(encoding)
    this.#events = events
    this.#listen()
  }

  /** Offset of the first byte that is no character in the file's encoding, -1 when there is none. */
  get firstBad(): number {
    return this.#decoding.firstBad
  }

  /** What stands after the end of the document and is neither XML nor padding; null when there is nothing. */
  get trailing(): Place | null {
    return this.#tail?.full ? this.#tail.place : null
  }

  get line(): number {
    return this.#parser.line
  }

  /** Bytes read so far. */
  get bytes(): number {
    return this.#pieceByte
  }

  write(chunk: Uint8Array): void {
    this.#feed(this.#decoding.write(chunk))
  }

  /** Answers whether the document was whole: its root element was closed. */
  end(): boolean {
    this.#feed(this.#decoding.end())
    if (this.#tail) this.#tail.place.to = this.#pieceByte
    return this.#closed
  }

  #listen(): void {
    const parser = this.#parser
    parser.on('doctype', () => {
      throw new Refusal({ code: 'statement.forbiddenXml' })
    })
    parser.on('error', (error) => this.#fail(error))
    parser.on('opentagstart', (tag) => {
      this.#name = this.#localOf(tag.name)
      if (!this.#events.isPlaced(this.#name)) return
      // The parser stands behind the character that ended the name.
      const start = `<${tag.name}>`
      const from = this.#byteAt(parser.position) - this.#decoding.bytesOf(start, 0, start.length)
      this.#start = { line: parser.line, from }
    })
    parser.on('opentag', (tag) => this.#open(tag.attributes['Ccy'] ?? ''))
    parser.on('text', (text) => this.#text(text))
    parser.on('cdata', (text) => this.#text(text))
    parser.on('closetag', () => this.#close())
  }

  #feed(text: string): void {
    if (this.#tail) {
      this.#pieceByte += this.#decoding.bytesOf(text, 0, text.length)
      this.#tail.full ||= !isPadding(text)
    }
    if (text === '' || this.#tail) return
    let piece = text
    // The mark and blank lines before the declaration are common and harmless; saxes refuses the latter.
    if (!this.#sawRoot && this.#pieceAt === 0) {
      piece = text.replace(/^\uFEFF?\s*/, '')
      this.#pieceByte += this.#decoding.bytesOf(text, 0, text.length - piece.length)
    }
    this.#piece = piece
    this.#knownAt = this.#pieceAt
    this.#knownByte = this.#pieceByte
    this.#parser.write(piece)
    this.#pieceByte = this.#byteAt(this.#pieceAt + piece.length)
    this.#pieceAt += piece.length
    if (!this.#sawRoot && this.#pieceAt > longestProlog) this.#fail(new Error('no root element'))
  }

  #text(text: string): void {
    if (!this.#tail) this.#events.text(text)
  }

  #open(currency: string): void {
    if (this.#tail) return
    this.#sawRoot = true
    this.#names.push(this.#name)
    if (this.#names.length > deepest) this.#fail(new Error('nested too deep'))
    this.#events.open(this.#name, currency, this.#start)
  }

  #close(): void {
    if (this.#tail) return
    const name = this.#names.pop() ?? ''
    if (this.#names.length === 0) this.#closed = true
    this.#events.close(name, this.#here)
  }

  /** Everything was read before: what follows the document cannot spoil it, but it must be seen. */
  #fail(cause: Error): void {
    const line = this.#parser.line
    if (!this.#closed) throw new Refusal({ code: 'statement.xml', line }, { cause })
    if (this.#tail) return
    const at = this.#parser.position - 1
    const from = this.#byteAt(at)
    this.#tail = {
      place: { line, from, to: from },
      full: !isPadding(this.#piece.slice(at - this.#pieceAt)),
    }
  }

  #localOf(qualified: string): string {
    let local = this.#locals.get(qualified)
    if (local === undefined) {
      local = qualified.slice(qualified.lastIndexOf(':') + 1)
      if (this.#locals.size < 1000) this.#locals.set(qualified, local)
    }
    return local
  }

  #byteAt(position: number): number {
    const from = Math.max(this.#knownAt, this.#pieceAt) - this.#pieceAt
    const to = Math.min(position - this.#pieceAt, this.#piece.length)
    if (to > from) {
      this.#knownByte += this.#decoding.bytesOf(this.#piece, from, to)
      this.#knownAt = this.#pieceAt + to
    }
    return this.#knownByte
  }
}

/** DOS ends files with Ctrl-Z, some systems fill them up with NUL. */
function isPadding(text: string): boolean {
  return text.replaceAll('\0', '').replaceAll('\u001a', '').trim() === ''
}
