// The ZIP container of a workbook: its directory read before anything is inflated, its parts inflated by pieces.

import { Inflate } from 'fflate/browser'
import { Refusal } from '../../../contract/fault.ts'

export interface ZipPart {
  packed: Uint8Array
  deflated: boolean
  /** What the directory says it inflates to; may be a lie. */
  declaredBytes: number
}

/**
 * What the XML of a workbook may inflate to. A million cells take some 100 MB of it; ten times more than that are
 * styles and empty cells at best, and the shared strings, which are kept, must fit into memory.
 */
export const inflatedLimitMb = 256

/** Times that a part may inflate to: real sheets reach 10, those of one value over and over 120. Small ones may always grow. */
const steepest = 150
const flatBytes = 32 * 1024 * 1024

/** Deflate makes at most 1,032 bytes of one, so a piece of this size never asks for more than 16 MB at once. */
const pieceBytes = 16_384

/**
 * The parts of a ZIP by name (lower case, forward slashes), from its central directory (APPNOTE 4.3.12, ZIP64
 * fields of 4.5.3 included). Throws Refusal `statement.workbook`: 'damaged' without a whole directory, 'locked' when
 * a part is encrypted.
 */
export function readZip(bytes: Uint8Array): Map<string, ZipPart> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts = new Map<string, ZipPart>()
  try {
    const end = endRecord(view)
    let at = directoryStart(view, end)
    const count = view.getUint16(end + 10, true)
    for (let index = 0; at + 46 <= end && view.getUint32(at, true) === 0x02014b50; index += 1) {
      if (index > Math.max(count, 10_000)) break
      at = takeEntry(bytes, view, at, parts)
    }
  } catch (error) {
    // Offsets that lead outside of the file.
    if (error instanceof RangeError) throw damaged()
    throw error
  }
  if (parts.size === 0) throw damaged()
  return parts
}

function endRecord(view: DataView): number {
  const first = Math.max(0, view.byteLength - 22 - 0xffff)
  for (let at = view.byteLength - 22; at >= first; at -= 1)
    if (view.getUint32(at, true) === 0x06054b50) return at
  throw damaged()
}

function directoryStart(view: DataView, end: number): number {
  const start = view.getUint32(end + 16, true)
  if (start !== 0xffffffff) return start
  const locator = end - 20
  if (locator < 0 || view.getUint32(locator, true) !== 0x07064b50) throw damaged()
  return Number(view.getBigUint64(Number(view.getBigUint64(locator + 8, true)) + 48, true))
}

function takeEntry(bytes: Uint8Array, view: DataView, at: number, parts: Map<string, ZipPart>): number {
  const flags = view.getUint16(at + 8, true)
  const method = view.getUint16(at + 10, true)
  const nameBytes = view.getUint16(at + 28, true)
  const extraBytes = view.getUint16(at + 30, true)
  const next = at + 46 + nameBytes + extraBytes + view.getUint16(at + 32, true)
  if ((flags & 1) !== 0) throw new Refusal({ code: 'statement.workbook', reason: 'locked' })
  const name = new TextDecoder('utf-8').decode(bytes.subarray(at + 46, at + 46 + nameBytes))
  const sizes = sizesOf(view, at, at + 46 + nameBytes, extraBytes)
  if (view.getUint32(sizes.header, true) !== 0x04034b50) throw damaged()
  const from =
    sizes.header + 30 + view.getUint16(sizes.header + 26, true) + view.getUint16(sizes.header + 28, true)
  if (from + sizes.packed > bytes.length) throw damaged()
  const key = partName(name)
  // The first of a name counts: a second one is what a checker and a reader would disagree about.
  if ((method === 0 || method === 8) && !parts.has(key))
    parts.set(key, {
      packed: bytes.subarray(from, from + sizes.packed),
      deflated: method === 8,
      declaredBytes: sizes.inflated,
    })
  return next
}

/** Sizes and the place of the local header, from the ZIP64 field where the plain ones are full. */
function sizesOf(view: DataView, at: number, extra: number, extraBytes: number) {
  const sizes = {
    inflated: view.getUint32(at + 24, true),
    packed: view.getUint32(at + 20, true),
    header: view.getUint32(at + 42, true),
  }
  for (let field = extra; field + 4 <= extra + extraBytes; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue
    let value = field + 4
    for (const key of ['inflated', 'packed', 'header'] as const) {
      if (sizes[key] !== 0xffffffff) continue
      sizes[key] = Number(view.getBigUint64(value, true))
      value += 8
    }
  }
  return sizes
}

/** A part's name as all references to it are compared: some writers use other cases and backslashes. */
export function partName(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase()
}

/**
 * Hands on a part's bytes by pieces until `onPiece` answers false. A piece is only valid during the call. Throws Refusal
 * `statement.workbook` 'damaged' for what does not inflate, `archive.bomb` for what inflates too far.
 */
export function inflatePart(part: ZipPart, onPiece: (piece: Uint8Array) => boolean): void {
  let wanted = true
  if (!part.deflated) {
    for (let at = 0; wanted && at < part.packed.length; at += 65_536)
      wanted = onPiece(part.packed.subarray(at, at + 65_536))
    return
  }
  const refusals: Refusal[] = []
  let inflated = 0
  const inflate = new Inflate((piece) => {
    inflated += piece.length
    if (inflated > flatBytes && inflated > part.packed.length * steepest)
      throw new Refusal({ code: 'archive.bomb', limitMb: inflatedLimitMb })
    if (wanted && piece.length > 0) wanted = onPiece(piece)
  })
  try {
    for (let at = 0; wanted && at < part.packed.length; at += pieceBytes)
      inflate.push(part.packed.subarray(at, at + pieceBytes), at + pieceBytes >= part.packed.length)
  } catch (error) {
    if (error instanceof Refusal) refusals.push(error)
    throw refusals[0] ?? damaged()
  }
}

/**
 * The same as text. Parts are UTF-8, or UTF-16 by their byte order mark or by the zero beside their first `<` (ECMA-376
 * part 2, 9.1.3).
 */
export function inflateText(part: ZipPart, onText: (text: string) => boolean, budget?: InflateBudget): void {
  let decoder: { decode(bytes: Uint8Array, options: { stream: boolean }): string } | undefined
  inflatePart(part, (piece) => {
    if (budget) spend(budget, piece.length)
    decoder ??= new TextDecoder(wideness(piece) ?? 'utf-8')
    return onText(decoder.decode(piece, { stream: true }))
  })
}

/** Which UTF-16 a part's first bytes are in; undefined for UTF-8. */
export function wideness(piece: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = piece
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le'
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be'
  return undefined
}

/** What may still be inflated; counts what really comes, since the directory may say anything. */
export interface InflateBudget {
  left: number
}

/** Takes bytes from the budget; throws Refusal `archive.bomb` when it is spent. */
export function spend(budget: InflateBudget, bytes: number): void {
  budget.left -= bytes
  if (budget.left < 0) throw new Refusal({ code: 'archive.bomb', limitMb: inflatedLimitMb })
}

export function damaged(): Refusal {
  return new Refusal({ code: 'statement.workbook', reason: 'damaged' })
}
