// What a file is, told from its first bytes: never from its name, since every bank ends names as it likes.

import { Refusal } from '../../contract/fault.ts'
import type { StatementEncoding, StatementFormat } from '../../contract/statement.ts'
import { decode, encodingOfLabel, findEncoding, isAscii } from './encoding.ts'
import type { FoundEncoding } from './encoding.ts'
import type { Detected } from './reader.ts'

/**
 * Tells format and encoding by content. `head` is the file's first 64 KB or more (the whole of a shorter file)
 * and may end in the middle of a character. Throws Refusal: `file.empty`; `statement.otherDirection` for
 * orders to a bank; `statement.lettersLost` when the keys were destroyed; `statement.archive` for a ZIP that is
 * no workbook; `statement.otherKind` for a file that is known to be something else; `statement.unknownFormat`
 * for all that remains.
 */
export function detect(head: Uint8Array): Detected {
  const workbook = binaryFormat(head)
  if (workbook) return { format: workbook, encoding: 'utf-8', encodingBy: 'proved' }
  if (!head.some((byte) => byte > 0x20)) throw new Refusal({ code: 'file.empty' })
  const { encoding, by } = encodingOf(head)
  const text = decode(head, encoding).replaceAll('\0', '').trimStart()
  if (text === '') throw new Refusal({ code: 'file.empty' })
  return { format: formatOf(text), encoding, encodingBy: by, ...lieOf(head, text, encoding) }
}

/** The encoding alone, for a file whose format a person named. */
export function detectEncoding(head: Uint8Array): FoundEncoding {
  return findEncoding(head, encodingOfLabel(declaredLabel(decode(head, 'windows-1252'))))
}

function formatOf(text: string): StatementFormat {
  if (oneCMark.test(text)) {
    judgeOneC(text)
    return '1c'
  }
  if (/^\*{3,}\s*\^Type=/.test(text)) return '1c-by'
  if (text.startsWith('<') || ofxHeader.test(text.slice(0, 2000))) return markupFormat(text)
  if (/^[{[]\s*["[{]/.test(text)) throw new Refusal({ code: 'statement.otherKind', kind: 'json' })
  if (/^(?:#[^\n\r]*[\n\r]\s*)*\^?\s*!(Type|Account|Option|Clear)\b/i.test(text) || isQif(text)) return 'qif'
  if (/^01,[^\n]*(?:\n88,[^\n]*)*(\n|\/)\s*02,/.test(text)) return 'bai2'
  const swift = swiftFormat(text)
  if (swift !== undefined) return swift
  if (isTable(text)) return 'csv'
  throw new Refusal({ code: 'statement.unknownFormat' })
}

// ---- signatures that are not text

const foreign = [
  { kind: 'pdf', marks: [[0x25, 0x50, 0x44, 0x46]] },
  {
    kind: 'archive',
    marks: [
      [0x52, 0x61, 0x72, 0x21],
      [0x37, 0x7a, 0xbc, 0xaf],
    ],
  },
  {
    kind: 'image',
    marks: [
      [0x89, 0x50, 0x4e, 0x47],
      [0xff, 0xd8, 0xff],
      [0x49, 0x49, 0x2a, 0],
      [0x47, 0x49, 0x46, 0x38],
    ],
  },
  { kind: 'document', marks: [[0x7b, 0x5c, 0x72, 0x74, 0x66]] },
] as const

/** The kind of workbook whose bytes these are; undefined for what may be text. Throws Refusal for anything else. */
function binaryFormat(head: Uint8Array): 'xlsx' | 'xls' | undefined {
  const starts = (bytes: readonly number[]) => bytes.every((byte, at) => head[at] === byte)
  if (starts([0x50, 0x4b, 3, 4]) || starts([0x50, 0x4b, 5, 6])) return packedFormat(head)
  if (starts([0x1f, 0x8b])) throw new Refusal({ code: 'statement.archive' })
  // The compound file of old workbooks, and the bare stream of those before it.
  if (starts([0xd0, 0xcf, 0x11, 0xe0]) || (starts([0x09]) && [0, 2, 4, 8].includes(head[1] ?? 1)))
    return 'xls'
  const other = foreign.find(({ marks }) => marks.some(starts))
  if (other) throw new Refusal({ code: 'statement.otherKind', kind: other.kind })
  return undefined
}

/** What a ZIP is, by the names of what is packed in it. */
function packedFormat(head: Uint8Array): 'xlsx' {
  const names = decode(head, 'windows-1252')
  if (/(?:^|[^\w/])word\/(?:document|styles|_rels)/.test(names))
    throw new Refusal({ code: 'statement.otherKind', kind: 'document' })
  if (names.includes('application/vnd.oasis.opendocument'))
    throw new Refusal({ code: 'statement.otherKind', kind: 'document' })
  if (names.includes('[Content_Types].xml') || /xl\/(?:workbook|worksheets|sharedStrings|_rels)/.test(names))
    return 'xlsx'
  throw new Refusal({ code: 'statement.archive' })
}

// ---- encoding

const cyrillicEncodings = ['windows-1251', 'ibm866', 'koi8-r', 'iso-8859-5'] as const

function encodingOf(head: Uint8Array): FoundEncoding {
  const label = declaredLabel(decode(head, 'windows-1252'))
  const found = findEncoding(head, encodingOfLabel(label))
  const { encoding } = found
  if (encoding.startsWith('utf-') || !oneCMark.test(decode(head.subarray(0, 200), encoding).trimStart()))
    return found
  // The keys of this format are known words: the encoding that shows them is proved by them.
  const proved = cyrillicEncodings.find((tried) => oneCKeys.test(decode(head, tried)))
  return proved === undefined ? found : { encoding: proved, by: 'proved' }
}

/** The charset that XML, HTML and OFX declare in ASCII; '' where there is none. */
function declaredLabel(text: string): string {
  const xml = /^\s*(?:ï»¿)?<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']/i.exec(text)?.[1]
  if (xml !== undefined) return xml
  const page = /<meta[^>]*charset\s*=\s*["']?([\w-]+)/i.exec(text.slice(0, 4096))?.[1]
  if (page !== undefined) return page
  const ofx = text.slice(0, 2000)
  if (!ofxHeader.test(ofx)) return ''
  const encoding = /\bENCODING\s*:\s*([\w-]+)/i.exec(ofx)?.[1] ?? ''
  const charset = /\bCHARSET\s*:\s*([\w-]+)/i.exec(ofx)?.[1] ?? ''
  if (/^utf-?8$/i.test(encoding)) return encoding
  return /^none$/i.test(charset) ? '' : charset
}

function lieOf(
  head: Uint8Array,
  text: string,
  encoding: StatementEncoding,
): Pick<Detected, 'declaredEncoding'> {
  const label =
    /^Кодировка=(.*)$/m.exec(text)?.[1]?.trim() ??
    declaredLabel(decode(head.subarray(0, 2000), 'windows-1252'))
  const declared = encodingOfLabel(label)
  if (label === '' || declared === encoding) return {}
  const plain = declared !== undefined && isAscii(head)
  return plain ? {} : { declaredEncoding: label }
}

// ---- 1C

const oneCMark = /^1[CС]ClientBankExchange/i
const oneCKeys = /^(ВерсияФормата|Кодировка|СекцияРасчСчет|СекцияДокумент|РасчСчет|ДатаСоздания|КонецФайла)/im

function judgeOneC(text: string): void {
  const lines = text.split(/\r\n|\n|\r/).slice(1)
  const keyed = lines.map((line) => line.split('=')[0] ?? '').filter((key) => key !== '')
  const destroyed = keyed.filter((key) => /^[?\ufffd]{3,}$/.test(key)).length
  if (destroyed > keyed.length / 3) throw new Refusal({ code: 'statement.lettersLost' })
  const documents = /^(СекцияДокумент|Документ=)/im.test(text)
  const statement =
    /^(СекцияРасчСчет|ДатаСписано=|ДатаПоступило=|НачальныйОстаток=|СуммаПриход=|СуммаРасход=|ДатаОперации=)/im.test(
      text,
    )
  if (documents && !statement) throw new Refusal({ code: 'statement.otherDirection' })
}

// ---- markup

/** The first line of the header is left out by some programs that write OFX. */
const ofxHeader = /^(?:ï»¿)?(?:OFXHEADER|DATA\s*:\s*OFXSGML)/im

function markupFormat(text: string): StatementFormat {
  if (ofxHeader.test(text.slice(0, 2000)) || /<\?OFX\b/i.test(text) || /<OFX\b/i.test(text)) return 'ofx'
  if (/<(?:[\w.-]+:)?BkToCstmrStmt\b/.test(text)) return 'camt.053'
  if (/<(?:[\w.-]+:)?BkToCstmrAcctRpt\b/.test(text)) return 'camt.052'
  if (/<(?:[\w.-]+:)?BkToCstmrDbtCdtNtfctn\b/.test(text)) return 'camt.054'
  const named = /camt\.05[234](?=\.\d{3}\.)/.exec(text)?.[0]
  if (named === 'camt.052' || named === 'camt.053' || named === 'camt.054') return named
  if (/<(?:[\w.-]+:)?(CstmrCdtTrfInitn|CstmrDrctDbtInitn)\b/.test(text))
    throw new Refusal({ code: 'statement.otherDirection' })
  // Tables of HTML and of the 2003 XML kind that are handed out under the name of a workbook.
  if (/<table\b/i.test(text) || /urn:schemas-microsoft-com:office:spreadsheet/.test(text)) return 'xls'
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
const datedSum = /^"?\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"?[;,\t|]"?[-+]?\d[\d ,.]*"?$/

/** A table of text: no control signs, figures in it, and at least two rows cut by the same delimiter. */
function isTable(text: string): boolean {
  if (/[\x00-\x08\x0e-\x19\x1b-\x1f]/.test(text.slice(0, 4096))) return false
  const rows = text
    .split(/\r\n|\n|\r/)
    .slice(0, 200)
    .filter((row) => row.trim() !== '')
  if (!/\d/.test(text)) return false
  // Two columns alone are a table where they begin with a day and go on with a sum.
  return (
    rows.filter((row) => datedSum.test(row)).length >= 2 ||
    delimiters.some((delimiter) => rows.filter((row) => row.split(delimiter).length >= 3).length >= 2)
  )
}
