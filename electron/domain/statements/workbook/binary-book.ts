// What a binary workbook says before its sheets: their names and places, formats, the shared strings.

import { Refusal } from '../../../contract/fault.ts'
import { codePageText, eachRecord, unitsText, worksheetPlaces } from './binary-records.ts'
import type { NumberStyle } from './cells.ts'
import { isDateFormatId, styleOfFormat } from './cells.ts'
import type { SharedStrings, StringStore } from './strings.ts'
import { createStringStore } from './strings.ts'
import { damaged } from './zip.ts'

export interface BinaryBook {
  stream: Uint8Array
  view: DataView
  /** 2, 3, 4, 5 (also the kind of 1995) or 8. */
  version: number
  codePage: number
  from1904: boolean
  strings: SharedStrings
  /** By the number that a cell's record gives: of a cell format, in the oldest kind of the number format itself. */
  styles: NumberStyle[]
  sheets: { name: string; hidden: boolean; at: number }[]
}

/** Reads the globals. Throws Refusal `statement.workbook` 'locked' behind a password, 'damaged' without a beginning. */
export function readBinaryBook(stream: Uint8Array): BinaryBook {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength)
  const version = versionOf(view)
  const strings = createStringStore()
  const globals = new Globals(stream, view, version, strings)
  eachRecord(stream, 0, (id, from, to) => globals.take(id, from, to))
  globals.finish()
  const { codePage, from1904 } = globals
  // The oldest kinds are one sheet, whose globals stand in itself; some writers make the later ones so.
  const sheets = globals.sheets.length > 0 ? globals.sheets : unlisted(stream, version)
  if (sheets.length === 0) throw damaged()
  return { stream, view, version, codePage, from1904, strings, styles: globals.styles(), sheets }
}

function unlisted(stream: Uint8Array, version: number): BinaryBook['sheets'] {
  const places = version < 5 ? [0] : worksheetPlaces(stream)
  return places.map((at, index) => ({ name: `Sheet${index + 1}`, hidden: false, at }))
}

function versionOf(view: DataView): number {
  if (view.byteLength < 8) throw damaged()
  const id = view.getUint16(0, true)
  if (id === 0x0809) {
    const said = view.getUint16(4, true)
    // The later mark over records of an earlier kind.
    return said >= 0x0600 ? 8 : said >= 0x0500 ? 5 : 4
  }
  if (id === 0x0409) return 4
  if (id === 0x0209) return 3
  if (id === 0x0009) return 2
  throw damaged()
}

class Globals {
  codePage = 1252
  from1904 = false
  readonly sheets: { name: string; hidden: boolean; at: number }[] = []
  readonly #stream: Uint8Array
  readonly #view: DataView
  readonly #version: number
  readonly #strings: StringStore
  readonly #codes = new Map<number, string>()
  readonly #formats: number[] = []
  /** The shared strings' record and those that continue it. */
  #segments: Uint8Array[] = []
  #continued = false

  constructor(stream: Uint8Array, view: DataView, version: number, strings: StringStore) {
    this.#stream = stream
    this.#view = view
    this.#version = version
    this.#strings = strings
  }

  take(id: number, from: number, to: number): boolean {
    const body = this.#stream.subarray(from, to)
    if (id === 0x3c && this.#continued) {
      this.#segments.push(body)
      return true
    }
    this.#continued = id === 0xfc
    switch (id) {
      case 0x2f:
        throw new Refusal({ code: 'statement.workbook', reason: 'locked' })
      case 0x42:
        this.codePage = this.#view.getUint16(from, true)
        break
      case 0x22:
        this.from1904 = this.#view.getUint16(from, true) === 1
        break
      case 0xfc:
        this.#segments = [body]
        break
      case 0x85:
        this.#takeSheet(from, body)
        break
      case 0x1e:
      case 0x41e:
        this.#takeFormat(from, body)
        break
      case 0xe0:
        this.#formats.push(this.#view.getUint16(from + 2, true))
        break
      case 0x243:
      case 0x443:
        this.#formats.push(body[1] ?? 0)
        break
      default:
    }
    return true
  }

  finish(): void {
    if (this.#segments.length > 0) readShared(this.#segments, this.#strings)
  }

  styles(): NumberStyle[] {
    const ids = this.#version === 2 ? [...this.#codes.keys()] : this.#formats
    return ids.map((id) => {
      const code = this.#codes.get(id)
      return code === undefined ? { date: isDateFormatId(id), padded: 0 } : styleOfFormat(code)
    })
  }

  #takeSheet(from: number, body: Uint8Array): void {
    if (this.#version < 5 || body[5] !== 0) return
    const length = body[6] ?? 0
    this.sheets.push({
      name:
        this.#version === 8
          ? unitsText(body.subarray(8, 8 + length * ((body[7] ?? 0) & 1 ? 2 : 1)), ((body[7] ?? 0) & 1) === 1)
          : codePageText(body.subarray(7, 7 + length), this.codePage),
      hidden: ((body[4] ?? 0) & 3) !== 0,
      at: this.#view.getUint32(from, true),
    })
  }

  #takeFormat(from: number, body: Uint8Array): void {
    if (this.#version === 8) {
      const length = this.#view.getUint16(from + 2, true)
      const wide = ((body[4] ?? 0) & 1) === 1
      const code = unitsText(body.subarray(5, 5 + length * (wide ? 2 : 1)), wide)
      this.#codes.set(this.#view.getUint16(from, true), code)
      return
    }
    const at = this.#version <= 3 ? 0 : 2
    const index = this.#version === 5 ? this.#view.getUint16(from, true) : this.#codes.size
    this.#codes.set(index, codePageText(body.subarray(at + 1, at + 1 + (body[at] ?? 0)), this.codePage))
  }
}

/** Shared strings: a string may be cut by the end of its record, and its letters then go on in another width. */
function readShared(segments: readonly Uint8Array[], store: StringStore): void {
  let segment = 0
  let at = 8
  let body = segments[0] ?? new Uint8Array()
  const step = (): boolean => {
    const next = segments[segment + 1]
    if (next === undefined) return false
    segment += 1
    at = 0
    body = next
    return true
  }
  const byte = (): number => {
    while (at >= body.length) if (!step()) return 0
    at += 1
    return body[at - 1] ?? 0
  }
  const short = () => byte() + byte() * 256
  const skip = (count: number) => {
    let left = count
    while (left > body.length - at) {
      left -= body.length - at
      if (!step()) return
    }
    at += left
  }
  const letters = (count: number, wideFirst: boolean): string => {
    let text = ''
    let left = count
    let wide = wideFirst
    while (left > 0) {
      if (at >= body.length) {
        if (!step()) break
        wide = (byte() & 1) === 1
      }
      const units = Math.min(left, Math.floor((body.length - at) / (wide ? 2 : 1)))
      if (units === 0) {
        at = body.length
        continue
      }
      const end = at + units * (wide ? 2 : 1)
      text += unitsText(body.subarray(at, end), wide)
      at = end
      left -= units
    }
    return text
  }
  const ended = () => at >= body.length && segment + 1 >= segments.length

  while (!ended()) {
    const count = short()
    const flags = byte()
    const runs = (flags & 8) === 0 ? 0 : short()
    const extension = (flags & 4) === 0 ? 0 : short() + short() * 65_536
    store.add(letters(count, (flags & 1) === 1))
    skip(runs * 4 + extension)
  }
}
