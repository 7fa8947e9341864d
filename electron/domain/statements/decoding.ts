// Decoding by pieces with exact byte counts: every format that reports byte ranges from decoded text needs to
// know how many bytes a stretch of characters took in the file.

import type { StatementEncoding } from '../../contract/statement.ts'

/**
 * Turns chunks cut at any byte into text, piece by piece. A character whose bytes are not all there yet is
 * held back, so the pieces joined are the same for every cut. A byte order mark comes out as U+FEFF.
 * A byte that is no character in UTF-8 comes out as `?`, one for one: the counts stay exact, and
 * `firstBad` tells that and where it happened.
 */
export interface Decoding {
  write(chunk: Uint8Array): string
  /** What was held back; call once, after the last chunk. */
  end(): string
  /** Bytes that `text` took in the file, from index `from` to index `to` of the string. */
  bytesOf(text: string, from: number, to: number): number
  /** Offset of the first byte that was no character, -1 while there is none. */
  readonly firstBad: number
}

/** Starts decoding a file in one of the contract's encodings. */
export function startDecoding(encoding: StatementEncoding): Decoding {
  if (encoding === 'utf-8') return new Utf8Decoding()
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return new Utf16Decoding(encoding)
  return new SingleByteDecoding(encoding)
}

class SingleByteDecoding implements Decoding {
  readonly firstBad = -1
  readonly #decoder: InstanceType<typeof TextDecoder>

  constructor(encoding: StatementEncoding) {
    this.#decoder = new TextDecoder(encoding, { ignoreBOM: true })
  }

  write(chunk: Uint8Array): string {
    return this.#decoder.decode(chunk)
  }

  end(): string {
    return ''
  }

  bytesOf(_text: string, from: number, to: number): number {
    return to - from
  }
}

class Utf16Decoding implements Decoding {
  readonly firstBad = -1
  readonly #decoder: InstanceType<typeof TextDecoder>
  readonly #highByte: 0 | 1
  #held: Uint8Array = new Uint8Array(0)

  constructor(encoding: 'utf-16le' | 'utf-16be') {
    this.#decoder = new TextDecoder(encoding, { ignoreBOM: true })
    this.#highByte = encoding === 'utf-16le' ? 1 : 0
  }

  write(chunk: Uint8Array): string {
    const bytes = joined(this.#held, chunk)
    let whole = bytes.length - (bytes.length % 2)
    const lastHigh = bytes[whole - 2 + this.#highByte]
    // The first half of a surrogate pair alone would decode to a replacement character.
    if (whole >= 2 && lastHigh !== undefined && lastHigh >= 0xd8 && lastHigh <= 0xdb) whole -= 2
    this.#held = bytes.slice(whole)
    return this.#decoder.decode(bytes.subarray(0, whole))
  }

  end(): string {
    const whole = this.#held.subarray(0, this.#held.length - (this.#held.length % 2))
    return this.#decoder.decode(whole)
  }

  bytesOf(_text: string, from: number, to: number): number {
    return (to - from) * 2
  }
}

class Utf8Decoding implements Decoding {
  firstBad = -1
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  #held: Uint8Array = new Uint8Array(0)
  #offset = 0

  write(chunk: Uint8Array): string {
    const bytes = joined(this.#held, chunk)
    const whole = bytes.length - unfinishedTail(bytes)
    this.#held = bytes.slice(whole)
    return this.#decode(bytes.subarray(0, whole))
  }

  end(): string {
    return this.#decode(this.#held)
  }

  bytesOf(text: string, from: number, to: number): number {
    let bytes = to - from
    const first = bytes > shortest ? text.slice(from, to).search(wide) : 0
    if (first < 0) return bytes
    for (let i = from + first; i < to; i++) {
      const code = text.charCodeAt(i)
      if (code < 0x80) continue
      // Each half of a surrogate pair stands for two of the pair's four bytes.
      bytes += code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 1 : 2
    }
    return bytes
  }

  #decode(bytes: Uint8Array): string {
    const start = this.#offset
    this.#offset += bytes.length
    try {
      return this.#decoder.decode(bytes)
    } catch {
      const { clean, firstBad } = withQuestionMarks(bytes)
      if (this.firstBad < 0) this.firstBad = start + firstBad
      return this.#decoder.decode(clean)
    }
  }
}

/** In a longer stretch a search for the first letter beyond ASCII is faster than a look at every character. */
const shortest = 24
const wide = /[^\0-\x7f]/

function joined(held: Uint8Array, chunk: Uint8Array): Uint8Array {
  if (held.length === 0) return chunk
  const bytes = new Uint8Array(held.length + chunk.length)
  bytes.set(held)
  bytes.set(chunk, held.length)
  return bytes
}

/** How many bytes at the end begin a character that may still be completed by the next chunk. */
function unfinishedTail(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte < 0xc0) continue
    return byte <= 0xf4 && sequenceLength(byte) > back ? back : 0
  }
  return 0
}

/** Bytes of the UTF-8 sequence that starts with `lead` (RFC 3629, section 4); 1 for what cannot start one. */
function sequenceLength(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 1
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
}

function withQuestionMarks(bytes: Uint8Array): { clean: Uint8Array; firstBad: number } {
  const clean = bytes.slice()
  let firstBad = -1
  for (let i = 0; i < clean.length;) {
    const length = validLength(clean, i)
    if (length === 0) {
      if (firstBad < 0) firstBad = i
      clean[i] = 0x3f
    }
    i += Math.max(length, 1)
  }
  return { clean, firstBad }
}

/** Length of the valid UTF-8 sequence at `at`, 0 where there is none (RFC 3629, section 4). */
function validLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0
  if (lead < 0x80) return 1
  const length = sequenceLength(lead)
  if (length === 1 || at + length > bytes.length) return 0
  const second = bytes[at + 1] ?? 0
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  if (second < lowest || second > highest) return 0
  for (let i = at + 2; i < at + length; i++) if (((bytes[i] ?? 0) & 0xc0) !== 0x80) return 0
  return length
}
