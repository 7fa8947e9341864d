// Which byte of the file a character of a document came from, asked in rising order while the text goes by in pieces.

import type { Decoding } from '../decoding.ts'

export class BytePlaces {
  /** The text that goes by, and where it begins: in characters of the document, in bytes of the file. */
  piece = ''
  start = 0
  startByte = 0
  readonly #decoding: Decoding
  /** A place inside the piece whose byte offset is known. */
  #known = 0
  #knownByte = 0

  constructor(decoding: Decoding) {
    this.#decoding = decoding
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
      this.#knownByte += this.#decoding.bytesOf(this.piece, this.#known, to)
      this.#known = to
    }
    return this.#knownByte
  }
}
