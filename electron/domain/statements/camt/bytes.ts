// Which byte of the file a character of a document came from, asked in rising order while the text goes by in pieces.

import type { StatementEncoding } from '../../../contract/statement.ts'
import type { Decoding } from '../table-decoding.ts'

export class BytePlaces {
  /** The text that goes by, and where it begins: in characters of the document, in bytes of the file. */
  piece = ''
  start = 0
  startByte = 0
  readonly #decoding: Decoding
  /** Only in UTF-8 do characters differ in length; elsewhere counting needs no look at them. */
  readonly #uneven: boolean
  /** A place inside the piece whose byte offset is known. */
  #known = 0
  #knownByte = 0
  readonly #wide = /[^\0-\x7f]+/g

  constructor(decoding: Decoding, encoding: StatementEncoding) {
    this.#decoding = decoding
    this.#uneven = encoding === 'utf-8'
  }

  take(piece: string): void {
    this.piece = piece
    this.#known = 0
    this.#knownByte = this.startByte
  }

  /** The piece has gone by. */
  pass(): void {
    this.startByte = this.at(this.start + this.piece.length)
    this.start += this.piece.length
    this.piece = ''
  }

  /** Text that belongs to no document has gone by; the next document begins behind it. */
  skip(text: string): void {
    this.startByte += this.#decoding.bytesOf(text, 0, text.length)
    this.start = 0
  }

  /** The offset of a position given in characters of the document, at most the end of the piece. */
  at(position: number): number {
    const to = Math.min(position - this.start, this.piece.length)
    if (to > this.#known) {
      this.#knownByte += this.#bytesBetween(this.#known, to)
      this.#known = to
    }
    return this.#knownByte
  }

  /** Searching for runs beyond ASCII is many times faster than looking at every character here. */
  #bytesBetween(from: number, to: number): number {
    if (!this.#uneven) return this.#decoding.bytesOf(this.piece, from, to)
    const part = this.piece.slice(from, to)
    let bytes = part.length
    this.#wide.lastIndex = 0
    for (let run = this.#wide.exec(part); run; run = this.#wide.exec(part))
      bytes += this.#decoding.bytesOf(run[0], 0, run[0].length) - run[0].length
    return bytes
  }
}
