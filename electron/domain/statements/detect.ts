// What a file is, told from its first bytes: never from its name, since every bank ends names as it likes.

import { Refusal } from '../../contract/fault.ts'
import type { StatementEncoding, StatementFormat } from '../../contract/statement.ts'
import { decode, encodingOfLabel, findEncoding } from './encoding.ts'
import type { Detected } from './reader.ts'
import { isReadable } from './readers.ts'

/**
 * Tells format and encoding by content. `head` is the file's first 64 KB or more (the whole of a shorter file)
 * and may end in the middle of a character. Throws Refusal: `file.empty`; `statement.otherDirection` for
 * orders to a bank; `statement.lettersLost` when the keys were destroyed; `statement.notYet` for what is
 * recognised but has no reader; `statement.unknownFormat` for all else.
 */
export function detect(head: Uint8Array): Detected {
  const detected = recognise(head)
  if (!isReadable(detected.format)) throw new Refusal({ code: 'statement.notYet', format: detected.format })
  return detected
}

/** The encoding alone, for a file whose format a person named. */
export function detectEncoding(head: Uint8Array): StatementEncoding {
  return findEncoding(head, encodingOfLabel(declaredLabel(decode(head, 'windows-1252'))))
}

function recognise(head: Uint8Array): Detected {
  const start = head.findIndex((byte) => byte > 0x20)
  if (start < 0) throw new Refusal({ code: 'file.empty' })
  refuseBinary(head)
  const encoding = encodingOf(head)
  const text = decode(head, encoding).replaceAll('\0', '').trimStart()
  if (text === '') throw new Refusal({ code: 'file.empty' })
  const format = formatOf(text)
  return { format, encoding, ...lieOf(head, text, encoding) }
}

function formatOf(text: string): StatementFormat {
  if (oneCMark.test(text)) {
    judgeOneC(text)
    return '1c'
  }
  if (/^\*{3,}\s*\^Type=/.test(text)) return '1c-by'
  if (text.startsWith('<') || /^OFXHEADER/i.test(text)) return markupFormat(text)
  if (/^(?:#[^\n]*\n\s*)*\^?\s*!(Type|Account|Option|Clear)\b/i.test(text) || isQif(text)) return 'qif'
  if (/^01,[^\n]*(\n|\/)\s*02,/.test(text)) return 'bai2'
  const swift = swiftFormat(text)
  if (swift !== undefined) return swift
  if (isTable(text)) return 'csv'
  throw new Refusal({ code: 'statement.unknownFormat' })
}

// ---- signatures that are not text

function refuseBinary(head: Uint8Array): void {
  const starts = (...bytes: number[]) => bytes.every((byte, at) => head[at] === byte)
  if (starts(0x50, 0x4b, 0x03, 0x04)) {
    const names = decode(head, 'windows-1252')
    const workbook = names.includes('[Content_Types].xml') || names.includes('xl/')
    throw new Refusal({ code: 'statement.notYet', format: workbook ? 'xlsx' : 'zip' })
  }
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) throw new Refusal({ code: 'statement.notYet', format: 'xls' })
  if (starts(0x25, 0x50, 0x44, 0x46)) throw new Refusal({ code: 'statement.unknownFormat' })
}

// ---- encoding

const cyrillicEncodings = ['windows-1251', 'ibm866', 'koi8-r', 'iso-8859-5'] as const

function encodingOf(head: Uint8Array): StatementEncoding {
  const label = declaredLabel(decode(head, 'windows-1252'))
  const encoding = findEncoding(head, encodingOfLabel(label))
  if (encoding.startsWith('utf-') || !oneCMark.test(decode(head.subarray(0, 200), encoding).trimStart()))
    return encoding
  // The keys of this format are known words: the encoding that shows them is proved by them.
  return cyrillicEncodings.find((tried) => oneCKeys.test(decode(head, tried))) ?? encoding
}

/** The charset that XML and OFX declare in ASCII. */
function declaredLabel(text: string): string {
  const xml = /^\s*(?:ï»¿)?<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']/i.exec(text)
  return xml?.[1] ?? ''
}

function lieOf(
  head: Uint8Array,
  text: string,
  encoding: StatementEncoding,
): Pick<Detected, 'declaredEncoding'> {
  const label =
    /^Кодировка=(.*)$/m.exec(text)?.[1]?.trim() ??
    declaredLabel(decode(head.subarray(0, 200), 'windows-1252'))
  const declared = encodingOfLabel(label)
  if (label === '' || declared === encoding) return {}
  const plain = declared !== undefined && head.every((byte) => byte < 0x80)
  return plain ? {} : { declaredEncoding: label }
}

// ---- 1C

const oneCMark = /^1[CС]ClientBankExchange/i
const oneCKeys = /^(ВерсияФормата|Кодировка|СекцияРасчСчет|СекцияДокумент|РасчСчет|ДатаСоздания|КонецФайла)/m

function judgeOneC(text: string): void {
  const lines = text.split(/\r\n|\n|\r/).slice(1)
  const keyed = lines.map((line) => line.split('=')[0] ?? '').filter((key) => key !== '')
  const destroyed = keyed.filter((key) => /^[?\ufffd]{3,}$/.test(key)).length
  if (destroyed > keyed.length / 3) throw new Refusal({ code: 'statement.lettersLost' })
  const documents = /^(СекцияДокумент|Документ=)/m.test(text)
  const statement = /^(СекцияРасчСчет|ДатаСписано=|ДатаПоступило=|НачальныйОстаток=)/m.test(text)
  if (documents && !statement) throw new Refusal({ code: 'statement.otherDirection' })
}

// ---- markup

function markupFormat(text: string): StatementFormat {
  if (/^OFXHEADER/i.test(text) || /<\?OFX\b/i.test(text) || /<OFX\b/i.test(text)) return 'ofx'
  if (/<(?:[\w.-]+:)?BkToCstmrStmt\b/.test(text)) return 'camt.053'
  if (/<(?:[\w.-]+:)?BkToCstmrAcctRpt\b/.test(text)) return 'camt.052'
  if (/<(?:[\w.-]+:)?BkToCstmrDbtCdtNtfctn\b/.test(text)) return 'camt.054'
  const named = /camt\.05[234](?=\.\d{3}\.)/.exec(text)?.[0]
  if (named === 'camt.052' || named === 'camt.053' || named === 'camt.054') return named
  if (/<(?:[\w.-]+:)?(CstmrCdtTrfInitn|CstmrDrctDbtInitn)\b/.test(text))
    throw new Refusal({ code: 'statement.otherDirection' })
  if (/<(table|html)\b/i.test(text) || /urn:schemas-microsoft-com:office:spreadsheet/.test(text)) {
    throw new Refusal({ code: 'statement.notYet', format: 'xls' })
  }
  throw new Refusal({ code: 'statement.unknownFormat' })
}

// ---- QIF without its header: one field a line by first letter, records ended by ^

function isQif(text: string): boolean {
  const lines = text
    .split(/\r\n|\n|\r/)
    .slice(0, 200)
    .filter((line) => line !== '')
  const shaped = lines.filter((line) => /^(\^$|[A-Z$!])/.test(line)).length
  return shaped === lines.length && lines.includes('^') && lines.some((line) => /^D\d/.test(line))
}

// ---- SWIFT

const swiftTag = /^:(20|21|25|28C?|60[FM]|61|62[FM]|86|34F|90[CD]|13[CD]?):/m

function swiftFormat(text: string): StatementFormat | undefined {
  const block = /\{2:[IO](\d{3})/.exec(text)?.[1]
  if (block !== undefined && block !== '940' && block !== '942' && block !== '950') {
    throw new Refusal({ code: /^1/.test(block) ? 'statement.otherDirection' : 'statement.unknownFormat' })
  }
  if (block === undefined && !swiftTag.test(text)) return undefined
  const interim = block === '942' || (/^:(34F|13D|90[CD]):/m.test(text) && !/^:6[02][FM]:/m.test(text))
  return interim ? 'mt942' : 'mt940'
}

// ---- tables

const delimiters = [';', ',', '\t', '|'] as const

/** A table of text: no control signs, figures in it, and at least two rows cut by the same delimiter. */
function isTable(text: string): boolean {
  if (/[\x00-\x08\x0e-\x19\x1b-\x1f]/.test(text.slice(0, 4096))) return false
  const rows = text
    .split(/\r\n|\n|\r/)
    .slice(0, 200)
    .filter((row) => row.trim() !== '')
  if (!/\d/.test(text)) return false
  return delimiters.some((delimiter) => rows.filter((row) => row.split(delimiter).length >= 3).length >= 2)
}
