// Whether a file is an archive of statements: by its bytes, since a workbook is a ZIP too and a name says nothing.

import { open } from 'node:fs/promises'
import { openPromise } from 'yauzl'
import type { ZipFile } from 'yauzl'
import { Refusal } from '../../contract/fault.ts'
import { memberName } from './archive-names.ts'

const zipMarks = [
  [0x50, 0x4b, 3, 4],
  // The end record alone: an archive of nothing.
  [0x50, 0x4b, 5, 6],
  // An archive that was meant to be cut and was not.
  [0x50, 0x4b, 7, 8],
]
const headBytes = 4096

/** Names looked at before a ZIP counts as an archive: workbooks put what they are at the beginning. */
const namesLookedAt = 1000

/** 'zip' for a ZIP that is no workbook and no document, 'gzip' for a packed file, null for all else. Throws Refusal `file.gone`. */
export async function archiveKind(path: string): Promise<'zip' | 'gzip' | null> {
  const head = await headOf(path)
  const starts = (mark: readonly number[]): boolean => mark.every((byte, at) => head[at] === byte)
  if (starts([0x1f, 0x8b, 8])) return 'gzip'
  if (!zipMarks.some(starts)) return null
  return (await isPackage(path, head)) ? null : 'zip'
}

/** A damaged list of contents leaves the first bytes to tell; what is damaged is told by whoever reads it. */
async function isPackage(path: string, head: Uint8Array): Promise<boolean> {
  let zip: ZipFile | null = null
  try {
    zip = await openPromise(path, { decodeStrings: false, validateEntrySizes: false, autoClose: false })
    zip.on('error', () => undefined)
    let seen = 0
    for await (const entry of zip.eachEntry()) {
      if (marksPackage(memberName(entry))) return true
      if (++seen === namesLookedAt) break
    }
    return false
  } catch {
    const text = new TextDecoder('windows-1252').decode(head)
    return (
      text.includes('[Content_Types].xml') || text.includes('xl/w') || text.includes('mimetypeapplication/')
    )
  } finally {
    zip?.close()
  }
}

/** ECMA-376 part 2 names the list of content types; OpenDocument 1.3 part 2, section 3.3, the file `mimetype`. */
function marksPackage(name: string): boolean {
  return name === '[Content_Types].xml' || name === 'mimetype' || name.startsWith('xl/worksheets/')
}

async function headOf(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r')
    try {
      const { buffer, bytesRead } = await file.read(new Uint8Array(headBytes), 0, headBytes, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (cause) {
    throw new Refusal({ code: 'file.gone' }, { cause })
  }
}

/**
 * The name of the first file when it is packed under a password (general purpose bits 0 and 6, APPNOTE.TXT section
 * 4.4.4), else null. Told when the list of contents cannot be read because it is encrypted as well.
 */
export async function lockedFirst(path: string): Promise<string | null> {
  const head = Buffer.from(await headOf(path))
  if (head.length < 30 || head.toString('latin1', 0, 4) !== 'PK\x03\x04') return null
  const flags = head.readUInt16LE(6)
  if ((flags & 0x41) === 0) return null
  const fileNameRaw = head.subarray(30, 30 + head.readUInt16LE(26))
  return memberName({ generalPurposeBitFlag: flags, fileNameRaw, extraFields: [] })
}
