// Sheets as XLSX: numbers and dates are typed and formatted, ids and numbers of documents stay text. Rows go to the
// file as they come, so memory stays flat however long the report is.

import { currencyOf, exponentOf, formatDecimal } from '../../../contract/money.ts'
import type { Currency } from '../../../contract/money.ts'
import { textCell } from '../../../domain/reports/cells.ts'
import type { Cell, Sheet } from '../../../domain/reports/cells.ts'
import { localMoment } from './csv.ts'
import {
  columnName,
  createStyles,
  escapeXml,
  fixedParts,
  sheetEnd,
  sheetPath,
  sheetStart,
} from './xlsx-parts.ts'
import type { StyleBook } from './xlsx-parts.ts'
import { createZip } from './zip.ts'
import type { ZipEntry, ZipFile } from './zip.ts'

/** A worksheet holds no more rows than 1,048,576; what is beyond this goes on in the next sheet, with room for totals. */
const rowsASheet = 1_048_000
const rowsATick = 500

/** Writes the workbook; answers the number of rows, titles and totals not counted. `tick` may throw to stop. */
export function writeXlsx(path: string, sheets: readonly Sheet[], tick: (rows: number) => void): number {
  const zip = createZip(path)
  try {
    const book: Book = { zip, styles: createStyles(), names: [] }
    let rows = 0
    for (const sheet of sheets) {
      let page = openPage(book, sheet)
      for (const row of sheet.rows) {
        if (page.rows > rowsASheet) {
          page.close()
          page = openPage(book, sheet)
        }
        page.add(row)
        rows += 1
        if (rows % rowsATick === 0) tick(rows)
      }
      page.close(sheet.footer?.() ?? [])
    }
    for (const [name, xml] of [...fixedParts(book.names), ['xl/styles.xml', book.styles.toXml()] as const]) {
      const entry = zip.begin(name)
      entry.write(xml)
      entry.end()
    }
    zip.end()
    return rows
  } finally {
    zip.close()
  }
}

interface Book {
  zip: ZipFile
  styles: StyleBook
  names: string[]
}

interface Page {
  /** Rows so far, the row of titles included. */
  readonly rows: number
  add(cells: readonly Cell[]): void
  close(footer?: readonly (readonly Cell[])[]): void
}

function openPage({ zip, styles, names }: Book, { name, columns }: Sheet): Page {
  names.push(sheetName(name, names))
  const entry: ZipEntry = zip.begin(sheetPath(names.length))
  entry.write(sheetStart(columns.map(({ width }) => width)))
  const letters = columns.map((_, index) => columnName(index + 1))
  let rows = 0
  const put = (cells: readonly Cell[], look: { bold: boolean; heading: boolean }): void => {
    rows += 1
    let xml = `<row r="${rows}">`
    for (const [index, cell] of cells.entries()) {
      if (cell.kind === 'empty') continue
      const right = columns[index]?.align === 'right'
      const style = styles.indexOf({ format: formatOf(cell), right, ...look })
      xml += cellXml(`${letters[index] ?? columnName(index + 1)}${rows}`, style, cell)
    }
    entry.write(`${xml}</row>`)
  }
  put(
    columns.map(({ title }) => textCell(title)),
    { bold: true, heading: true },
  )
  return {
    get rows() {
      return rows
    },
    add: (cells) => put(cells, { bold: false, heading: false }),
    close: (footer = []) => {
      const lastRow = rows
      for (const cells of footer) put(cells, { bold: true, heading: false })
      entry.write(sheetEnd(Math.max(1, columns.length), lastRow))
      entry.end()
    },
  }
}

/** At most 31 characters, none of those Excel forbids, no name twice. */
function sheetName(wanted: string, taken: readonly string[]): string {
  const base = wanted.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 28)
  let name = base
  const isTaken = (): boolean => taken.some((other) => other.toLowerCase() === name.toLowerCase())
  for (let number = 2; isTaken(); number += 1) name = `${base} ${number}`
  return name
}

function cellXml(place: string, style: number, cell: Exclude<Cell, { kind: 'empty' }>): string {
  if (cell.kind !== 'text') return `<c r="${place}" s="${style}"><v>${numberOf(cell)}</v></c>`
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cut(cell.text))}</t></is></c>`
}

/** A cell holds at most 32,767 characters; line breaks inside one are line feeds. */
function cut(text: string): string {
  const told = text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text
  return told.length <= 32_767 ? told : told.slice(0, 32_767).replace(/[\ud800-\udbff]$/, '')
}

/** The value as SpreadsheetML writes it: money exactly, days as the count since 1899-12-30. */
function numberOf(cell: Exclude<Cell, { kind: 'empty' | 'text' }>): string {
  switch (cell.kind) {
    case 'money':
      return formatDecimal({ minor: cell.minor, currency: known(cell.currency) })
    case 'day':
      return String(serial(`${cell.day}T00:00:00Z`))
    case 'moment':
      return String(serial(`${localMoment(cell.at).replace(' ', 'T')}Z`))
    case 'number':
      return String(cell.value)
    case 'percent':
      return String(cell.share)
  }
}

function serial(moment: string): number {
  return Date.parse(moment) / 86_400_000 + 25_569
}

/** Excel's own codes: shown with the marks of the reader's system. */
function formatOf(cell: Cell): string {
  switch (cell.kind) {
    case 'text':
      return '@'
    case 'money': {
      const exponent = exponentOf(known(cell.currency))
      return exponent === 0 ? '#,##0' : `#,##0.${'0'.repeat(exponent)}`
    }
    case 'day':
      return 'dd.mm.yyyy'
    case 'moment':
      return 'dd.mm.yyyy hh:mm:ss'
    case 'percent':
      return '0.0%'
    case 'number':
    case 'empty':
      return ''
  }
}

function known(currency: string): Currency {
  return currencyOf(currency) ?? ('RUB' as Currency)
}
