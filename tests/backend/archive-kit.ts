// ZIP archives written byte by byte, so that each field can lie (APPNOTE.TXT, sections 4.3.7, 4.3.12, 4.3.16).

import { crc32, deflateRawSync } from 'node:zlib'

export interface HandMade {
  name: string | Uint8Array
  data?: Uint8Array
  flags?: number
  method?: number
  /** What both headers say instead of the truth. */
  crc?: number
  declared?: number
  /** Points at another member's packed bytes. */
  sameBytesAs?: number
}

/** A ZIP of these members; deflated unless `method` says 0. */
export function handMade(members: readonly HandMade[], more: { count?: number } = {}): Uint8Array {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  const places: { offset: number; packed: number }[] = []
  let at = 0
  for (const member of members) {
    const name = Buffer.from(member.name)
    const data = Buffer.from(member.data ?? new Uint8Array())
    const method = member.method ?? 8
    const packed = method === 8 ? deflateRawSync(data) : data
    const shared = member.sameBytesAs === undefined ? undefined : places[member.sameBytesAs]
    const length = shared?.packed ?? packed.length
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(member.flags ?? 0, 2)
    fields.writeUInt16LE(method, 4)
    fields.writeUInt32LE((member.crc ?? crc32(data)) >>> 0, 10)
    fields.writeUInt32LE(length, 14)
    fields.writeUInt32LE(member.declared ?? data.length, 18)
    fields.writeUInt16LE(name.length, 22)
    places.push({ offset: shared?.offset ?? at, packed: length })
    if (!shared) {
      const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, name, packed])
      parts.push(local)
      at += local.length
    }
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(places.at(-1)?.offset ?? 0, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), fields, tail, name]))
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(more.count ?? members.length, 8)
  end.writeUInt16LE(more.count ?? members.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, list, end])
}

/** Bytes of a name as a Russian Windows packs it. */
export function cp866(text: string): Uint8Array {
  return Uint8Array.from(Array.from(text), (char) => {
    const code = char.codePointAt(0) ?? 0
    if (code < 0x80) return code
    if (code >= 0x410 && code <= 0x43f) return code - 0x410 + 0x80
    return code - 0x440 + 0xe0
  })
}
