// The shared strings of a workbook, kept as bytes: a million short strings as objects, or as slices that hold
// on to the text they were cut from, would take several times their length.

import { strToU8 } from 'fflate/browser'
import { Refusal } from '../../../contract/fault.ts'
import { mostCells } from './cells.ts'
import type { MarkupEvents } from './markup.ts'
import { longestText, MarkupScanner, tooLong } from './markup.ts'
import type { InflateBudget, ZipPart } from './zip.ts'
import { inflateText } from './zip.ts'

export interface SharedStrings {
  /** The string with this number; '' when there is none. */
  at(index: number): string
}

const blockBytes = 1024 * 1024

/** Reads the part; an absent one has no strings. Rich text is joined, phonetic guides are left out. */
export function readStrings(part: ZipPart | undefined, budget: InflateBudget): SharedStrings {
  const store = createStringStore()
  if (part !== undefined) {
    const scanner = new MarkupScanner(new StringEvents(store), false)
    const onText = (text: string) => {
      scanner.write(text)
      return true
    }
    inflateText(part, onText, budget)
  }
  return store
}

class StringEvents implements MarkupEvents {
  listening = false
  readonly row = 1
  readonly #store: StringStore
  #text = ''
  #phonetic = false

  constructor(store: StringStore) {
    this.#store = store
  }

  open(name: string, _attributes: string, empty: boolean): void {
    if (name === 'si') {
      this.#text = ''
      if (empty) this.#store.add('')
    } else if (name === 'rPh') this.#phonetic = !empty
    else if (name === 't') this.listening = !empty && !this.#phonetic
  }

  close(name: string): void {
    if (name === 't') this.listening = false
    else if (name === 'rPh') this.#phonetic = false
    else if (name === 'si') this.#store.add(plainText(this.#text))
  }

  text(text: string): void {
    this.#text += text
    if (this.#text.length > longestText) throw tooLong(this.row)
  }
}

/**
 * Line ends are one sign in XML (XML 1.0, 2.11); signs that it cannot hold are written `_x000D_` (ECMA-376 part 1,
 * 22.9.2.19).
 */
export function plainText(text: string): string {
  const even = text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text
  if (!even.includes('_x')) return even
  return even.replaceAll(/_x([\dA-Fa-f]{4})_/g, (_whole, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}

export interface StringStore extends SharedStrings {
  add(text: string): void
}

export function createStringStore(): StringStore {
  const decoder = new TextDecoder('utf-8')
  const blocks: Uint8Array[] = []
  /** Where each string begins: its block, and its first and last byte there. */
  let index = new Uint32Array(3 * 1024)
  let count = 0
  let used = blockBytes

  return {
    add(text) {
      if (count >= mostCells) throw new Refusal({ code: 'statement.tooManyCells', limit: mostCells })
      const bytes = strToU8(text)
      if (used + bytes.length > blockBytes) {
        blocks.push(new Uint8Array(Math.max(blockBytes, bytes.length)))
        used = 0
      }
      blocks.at(-1)?.set(bytes, used)
      if (count * 3 === index.length) {
        const larger = new Uint32Array(index.length * 2)
        larger.set(index)
        index = larger
      }
      index.set([blocks.length - 1, used, used + bytes.length], count * 3)
      used += bytes.length
      count += 1
    },
    at(position) {
      if (!(position >= 0 && position < count)) return ''
      const block = blocks[index[position * 3] ?? 0]
      return block === undefined
        ? ''
        : decoder.decode(block.subarray(index[position * 3 + 1], index[position * 3 + 2]))
    },
  }
}
