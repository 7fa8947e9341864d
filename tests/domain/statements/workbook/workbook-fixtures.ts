// Workbooks made by hand: packages of XML zipped here, so that every oddity of a writer can be put into them.

import { strToU8, zipSync } from 'fflate'
import { Refusal, type Fault } from '../../../../electron/contract/fault.ts'
import type { StatementHead, StatementIssue, StatementLine } from '../../../../electron/contract/statement.ts'
import type { ReaderOptions } from '../../../../electron/domain/statements/reader.ts'
import {
  createWorkbookReader,
  readWorkbookTable,
} from '../../../../electron/domain/statements/workbook/workbook.ts'

export interface Told {
  heads: StatementHead[]
  lines: Omit<StatementLine, 'index'>[]
  issues: StatementIssue[]
}

/** What the reader tells with the mapping that was found, which the person has looked at and left as it is. */
export function tellWorkbook(
  bytes: Uint8Array,
  options: Partial<ReaderOptions> = {},
  pieceBytes = bytes.length,
): Told {
  const { encoding = 'utf-8' } = options
  const mapping = options.mapping ?? readWorkbookTable(bytes, { encoding }).mapping
  return tellAsFound(bytes, { ...options, ...(mapping && { mapping }) }, pieceBytes)
}

/** What the reader tells when nobody looked. */
export function tellAsFound(
  bytes: Uint8Array,
  options: Partial<ReaderOptions> = {},
  pieceBytes = bytes.length,
): Told {
  const told: Told = { heads: [], lines: [], issues: [] }
  const reader = createWorkbookReader(
    { encoding: 'utf-8', ...options },
    {
      open: () => undefined,
      line: (line) => told.lines.push(line),
      close: (head) => told.heads.push(head),
      issue: (issue) => told.issues.push(issue),
    },
  )
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.write(bytes.subarray(at, at + pieceBytes))
  reader.end()
  return told
}

export function faultOf(run: () => unknown): Fault | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error.fault
    throw error
  }
}

export interface SheetXml {
  name: string
  /** What stands inside `<sheetData>`. */
  data: string
  state?: string
  /** What stands before `<sheetData>`. */
  before?: string
}

export interface PackageXml {
  sheets: SheetXml[]
  /** `<si>` elements. */
  strings?: string
  /** Format codes of the cell styles from number 1 on; style 0 is general. */
  formats?: string[]
  /** What stands before `<sheets>`. */
  book?: string
  /** What stands after `</sheets>`. */
  afterSheets?: string
}

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relations = (inside: string) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inside}</Relationships>`
const link = (id: string, kind: string, target: string) =>
  `<Relationship Id="${id}" Type="${relation}/${kind}" Target="${target}"/>`

export function partsOf({ sheets, strings = '', formats = [], book = '', afterSheets = '' }: PackageXml) {
  const parts: Record<string, string> = {
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    '_rels/.rels': relations(link('r1', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': `<?xml version="1.0"?><workbook ${main} xmlns:r="${relation}">${book}<sheets>${sheets
      .map(
        ({ name, state = 'visible' }, at) =>
          `<sheet name="${name}" sheetId="${at + 1}" state="${state}" r:id="s${at + 1}"/>`,
      )
      .join('')}</sheets>${afterSheets}</workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      sheets.map((_sheet, at) => link(`s${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`)).join('') +
        link('t', 'styles', 'styles.xml') +
        link('u', 'sharedStrings', '/xl/sharedStrings.xml'),
    ),
    'xl/styles.xml': `<styleSheet ${main}><numFmts>${formats
      .map((code, at) => `<numFmt numFmtId="${200 + at}" formatCode="${escaped(code)}"/>`)
      .join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats
      .map((_code, at) => `<xf numFmtId="${200 + at}"/>`)
      .join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst ${main}>${strings}</sst>`,
  }
  for (const [at, { data, before = '' }] of sheets.entries())
    parts[`xl/worksheets/sheet${at + 1}.xml`] =
      `<worksheet ${main}>${before}<sheetData>${data}</sheetData></worksheet>`
  return parts
}

export function zipped(parts: Record<string, string>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])))
}

export function packageOf(xml: PackageXml): Uint8Array {
  return zipped(partsOf(xml))
}

/** A cell: text as an inline string, a number as it is, anything with `<` as the cell's own XML. */
export type CellXml = string | number | null

export function rowXml(row: number, cells: CellXml[]): string {
  const inside = cells.map((cell, at) => {
    const name = `${String.fromCharCode(65 + at)}${row}`
    if (cell === null) return ''
    if (typeof cell === 'number') return `<c r="${name}"><v>${cell}</v></c>`
    if (cell.startsWith('<')) return cell.replace('<c', `<c r="${name}"`)
    return `<c r="${name}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
  })
  return `<row r="${row}">${inside.join('')}</row>`
}

export function sheetXml(rows: CellXml[][], first = 1): string {
  return rows.map((cells, at) => rowXml(first + at, cells)).join('')
}

/** A number in the style with this number. */
export function styled(value: number | string, style: number): string {
  return `<c s="${style}"><v>${value}</v></c>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

/** Header of the tables in these tests. */
export const header: CellXml[] = [
  'Дата',
  'Сумма',
  'Валюта',
  'Контрагент',
  'Назначение платежа',
  'Счет контрагента',
]
