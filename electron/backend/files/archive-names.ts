// What a file inside a ZIP is called. The name is shown to people and never becomes a path.

import { getFileNameLowLevel } from 'yauzl'
import type { Entry } from 'yauzl'

/** General purpose bit 11: the name is UTF-8 (APPNOTE.TXT, section 4.4.4). */
const utf8Flag = 0x800

/**
 * The member's name, at most 200 characters, with `/` between folders. Names without the UTF-8 flag are CP437 by the
 * specification and, in truth, whatever the packing system spoke: UTF-8 (macOS), CP866 (Russian Windows), CP1251.
 */
export function memberName(
  entry: Pick<Entry, 'generalPurposeBitFlag' | 'fileNameRaw' | 'extraFields'>,
): string {
  const { generalPurposeBitFlag, fileNameRaw: raw, extraFields } = entry
  const told = getFileNameLowLevel(generalPurposeBitFlag, raw, extraFields, false)
  const western = getFileNameLowLevel(0, raw, [], false)
  const plain = (generalPurposeBitFlag & utf8Flag) !== 0 || told !== western ? told : unflagged(raw, western)
  return presentable(plain.replaceAll('\\', '/'))
}

function unflagged(raw: Uint8Array, western: string): string {
  if (raw.every((byte) => byte < 0x80)) return western
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw)
  } catch {
    const russian = ['ibm866', 'windows-1251'].map((label) => new TextDecoder(label).decode(raw))
    return russian.find(isRussian) ?? western
  }
}

/** Cyrillic letters in words of their own: `Kontoausz\x81ge` read as CP866 is a word of two scripts and so is none. */
function isRussian(name: string): boolean {
  const foreign = name.replaceAll(/[\x20-\x7e\u00a0№«»]/g, '')
  if (foreign === '' || !/^[\u0400-\u04ff]+$/.test(foreign)) return false
  return (name.match(/\p{L}+/gu) ?? []).every((word) => /^(?:[a-z]+|[\u0400-\u04ff]+)$/i.test(word))
}

/** Without what would disturb a screen or a terminal: control characters, and marks that turn the reading direction. */
function presentable(name: string): string {
  const clear = name.replaceAll(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '_')
  return clear.length <= 200 ? clear : `…${clear.slice(-199)}`
}

/** What packing programs put beside a person's files. */
export function isLitter(name: string): boolean {
  const parts = name.split('/')
  const last = parts.at(-1) ?? ''
  return (
    parts.includes('__MACOSX') ||
    last.startsWith('._') ||
    ['.ds_store', 'thumbs.db', 'desktop.ini'].includes(last.toLowerCase())
  )
}
