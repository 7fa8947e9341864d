// The compound file around old workbooks: a small file system of sectors ([MS-CFB]).

import { damaged } from './zip.ts'

/** Sector numbers from here on are marks, not sectors. */
const lastSector = 0xfffffffa

export interface CompoundFile {
  /** A stream's bytes by its name in any case; undefined when there is none. */
  stream(name: string): Uint8Array | undefined
}

/** Opens a compound file. Throws Refusal `statement.workbook` 'damaged' where its chains lead nowhere or round in circles. */
export function openCompound(bytes: Uint8Array): CompoundFile {
  if (bytes.length < 512) throw damaged()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const shift = view.getUint16(0x1e, true)
  if (shift !== 9 && shift !== 12) throw damaged()
  const size = 1 << shift
  const sector = (number: number) => bytes.subarray((number + 1) << shift, ((number + 1) << shift) + size)
  const fat = numbersOf(fatSectors(view, bytes.length, shift).map(sector))
  const read = (start: number) => joined(chain(fat, start).map(sector))
  const directory = read(view.getUint32(0x30, true))
  const entries = entriesOf(directory)
  const root = entries.find(({ type }) => type === 5)
  const miniFat = numbersOf([read(view.getUint32(0x3c, true))])
  const cutoff = view.getUint32(0x38, true)
  const miniSize = 1 << Math.min(view.getUint16(0x20, true), 12)

  const readMini = (start: number) => {
    const body = read(root?.start ?? lastSector)
    return joined(
      chain(miniFat, start).map((number) => body.subarray(number * miniSize, (number + 1) * miniSize)),
    )
  }
  return {
    stream(name) {
      const entry = entries.find(
        (found) => found.type === 2 && found.name.toLowerCase() === name.toLowerCase(),
      )
      if (entry === undefined) return undefined
      const body = entry.size < cutoff ? readMini(entry.start) : read(entry.start)
      return body.subarray(0, entry.size)
    },
  }
}

/** Numbers of the sectors that hold the allocation table: 109 in the header, more in a chain of their own. */
function fatSectors(view: DataView, length: number, shift: number): number[] {
  const sectors: number[] = []
  const take = (from: number, count: number) => {
    for (let at = from; at < from + count * 4 && at + 4 <= length; at += 4) {
      const number = view.getUint32(at, true)
      if (number < lastSector) sectors.push(number)
    }
  }
  take(0x4c, 109)
  const perSector = (1 << shift) / 4 - 1
  let next = view.getUint32(0x44, true)
  for (let turns = 0; next < lastSector; turns += 1) {
    const from = (next + 1) * 2 ** shift
    if (turns > length >> shift || from + (1 << shift) > length) throw damaged()
    take(from, perSector)
    next = view.getUint32(from + perSector * 4, true)
  }
  if (sectors.length > length >> shift) throw damaged()
  return sectors
}

function numbersOf(sectors: readonly Uint8Array[]): Uint32Array {
  const bytes = joined(sectors)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Uint32Array.from({ length: bytes.length >> 2 }, (_none, at) => view.getUint32(at * 4, true))
}

function chain(table: Uint32Array, start: number): number[] {
  const numbers: number[] = []
  for (let next = start; next < lastSector; next = table[next] ?? lastSector) {
    if (numbers.length > table.length) throw damaged()
    numbers.push(next)
  }
  return numbers
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function entriesOf(directory: Uint8Array) {
  const view = new DataView(directory.buffer, directory.byteOffset, directory.byteLength)
  const entries: { name: string; type: number; start: number; size: number }[] = []
  for (let at = 0; at + 128 <= directory.length; at += 128) {
    const nameBytes = Math.min(Math.max(view.getUint16(at + 64, true) - 2, 0), 62)
    entries.push({
      name: new TextDecoder('utf-16le').decode(directory.subarray(at, at + nameBytes)),
      type: directory[at + 66] ?? 0,
      start: view.getUint32(at + 116, true),
      size: view.getUint32(at + 120, true),
    })
  }
  return entries
}
