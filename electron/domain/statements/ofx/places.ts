// Lines and bytes of a text that is decoded by pieces, counted once over every character.

import type { Place, StatementEncoding } from '../../../contract/statement.ts'
import type { Decoding } from '../decoding.ts'

const lineFeed = 10
const carriageReturn = 13

/** CRLF, LF and a lone CR end a line. Positions are asked for in rising order; one that was passed answers the last. */
export class PlaceCounter {
  /** The position of the text that was counted up to, and its line (1-based). */
  at = 0
  line = 1
  /** The first byte that was no character in the file's encoding. */
  bad: Place | null = null
  readonly #decoding: Decoding
  readonly #plainIsBytes: boolean
  #text = ''
  #byte = 0
  #afterReturn = false

  constructor(decoding: Decoding, encoding: StatementEncoding) {
    this.#decoding = decoding
    this.#plainIsBytes = !encoding.startsWith('utf-16')
  }

  /** Goes on in a text that begins where the last one was counted up to. */
  renew(text: string): void {
    this.#text = text
    this.at = 0
  }

  /** The byte of the file at which the position stands. */
  byteAt(position: number): number {
    const from = this.at
    if (position <= from) return this.#byte
    const text = this.#text
    let lines = this.line
    let returned = this.#afterReturn
    let letters = 0
    for (let at = from; at < position; at++) {
      const code = text.charCodeAt(at)
      letters |= code
      if (code > carriageReturn) returned = false
      else if (code === carriageReturn) {
        lines += 1
        returned = true
      } else {
        if (code === lineFeed && !returned) lines += 1
        returned = false
      }
    }
    // Letters of ASCII alone are a byte each in all encodings but the wide ones.
    const plain = letters < 0x80 && this.#plainIsBytes
    const bytes = plain ? position - from : this.#decoding.bytesOf(text, from, position)
    this.#findBad(position, bytes)
    this.at = position
    this.#byte += bytes
    this.line = lines
    this.#afterReturn = returned
    return this.#byte
  }

  #findBad(position: number, bytes: number): void {
    const first = this.#decoding.firstBad
    if (this.bad !== null || first < this.#byte || first >= this.#byte + bytes) return
    let line = this.line
    let offset = this.#byte
    let returned = this.#afterReturn
    for (let at = this.at; at < position && offset < first; at++) {
      const code = this.#text.charCodeAt(at)
      if (code === carriageReturn || (code === lineFeed && !returned)) line += 1
      returned = code === carriageReturn
      offset += this.#decoding.bytesOf(this.#text, at, at + 1)
    }
    this.bad = { line, from: first, to: first + 1 }
  }
}
