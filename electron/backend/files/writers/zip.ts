// A ZIP archive written straight to its file, entry after entry, never holding more than one chunk (PKWARE APPNOTE.TXT).

import { closeSync, openSync, writeSync } from 'node:fs'
import { constants, crc32, deflateRawSync } from 'node:zlib'

export interface ZipEntry {
  write(text: string): void
  end(): void
}

export interface ZipFile {
  /** Begins an entry; the one before must have ended. */
  begin(name: string): ZipEntry
  /** Writes the directory; the archive is whole after this. */
  end(): void
  /** Closes the file, whole or not. */
  close(): void
}

interface Written {
  name: Buffer
  at: number
  crc: number
  packed: number
  size: number
}

const chunkLength = 1 << 18
/** Sizes have 32 bits; beyond them readers would need ZIP64. */
const limit = 0xffff_ffff
/** 1980-01-01: the report's own time stands in its cells, and equal reports give equal files. */
const dosDate = 0x21
const version = 20
const deflated = 8
const utf8Name = 0x800

/**
 * Chunks are deflated each on its own and end at a byte (sync flush), so that they may follow one another in one
 * stream; an empty final block closes it (RFC 1951, 3.2.3).
 */
const pack = (chunk: Buffer, last: boolean): Buffer =>
  deflateRawSync(chunk, { level: 3, finishFlush: last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH })

export function createZip(path: string): ZipFile {
  const file = openSync(path, 'w', 0o600)
  const entries: Written[] = []
  let end = 0

  const append = (bytes: Buffer): void => {
    for (let from = 0; from < bytes.length;) {
      const count = writeSync(file, bytes, from, bytes.length - from, end)
      from += count
      end += count
    }
    if (end > limit) throw new RangeError('the archive is longer than its format allows')
  }

  const begin = (name: string): ZipEntry => {
    const entry: Written = { name: Buffer.from(name), at: end, crc: 0, packed: 0, size: 0 }
    append(localHeader(entry))
    let waiting = ''
    const flush = (last: boolean): void => {
      const chunk = Buffer.from(waiting)
      waiting = ''
      const packed = pack(chunk, last)
      entry.crc = crc32(chunk, entry.crc)
      entry.size += chunk.length
      entry.packed += packed.length
      if (entry.size > limit) throw new RangeError(`${name} is longer than its format allows`)
      append(packed)
    }
    return {
      write: (text) => {
        waiting += text
        if (waiting.length >= chunkLength) flush(false)
      },
      end: () => {
        flush(true)
        // Sizes are known only now; written into the header, they spare readers the search for a descriptor.
        writeSync(file, localHeader(entry), 0, undefined, entry.at)
        entries.push(entry)
      },
    }
  }

  return {
    begin,
    end: () => {
      const from = end
      for (const entry of entries) append(directoryEntry(entry))
      append(directoryEnd(entries.length, end - from, from))
    },
    close: () => closeSync(file),
  }
}

/** What local headers and directory entries have in common, from "version needed" to "extra field length". */
function facts({ name, crc, packed, size }: Written): Buffer {
  const bytes = Buffer.alloc(26)
  bytes.writeUInt16LE(version, 0)
  bytes.writeUInt16LE(utf8Name, 2)
  bytes.writeUInt16LE(deflated, 4)
  bytes.writeUInt16LE(dosDate, 8)
  bytes.writeUInt32LE(crc, 10)
  bytes.writeUInt32LE(packed, 14)
  bytes.writeUInt32LE(size, 18)
  bytes.writeUInt16LE(name.length, 22)
  return bytes
}

function localHeader(entry: Written): Buffer {
  return Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts(entry), entry.name])
}

function directoryEntry(entry: Written): Buffer {
  const madeBy = Buffer.alloc(2)
  madeBy.writeUInt16LE(version)
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE(entry.at, 10)
  return Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), madeBy, facts(entry), rest, entry.name])
}

function directoryEnd(count: number, size: number, from: number): Buffer {
  const bytes = Buffer.alloc(22)
  bytes.write('PK\x05\x06', 'latin1')
  bytes.writeUInt16LE(count, 8)
  bytes.writeUInt16LE(count, 10)
  bytes.writeUInt32LE(size, 12)
  bytes.writeUInt32LE(from, 16)
  return bytes
}
