// Workbooks of the XML kind of 2003 (SpreadsheetML): one text with all sheets.

import { Refusal } from '../../../contract/fault.ts'
import type { StatementEncoding } from '../../../contract/statement.ts'
import type { NumberStyle, OnSheetRow, Sheet, SheetCell, SheetFlaws } from './cells.ts'
import { cellOfNumber, dayOrTime, lastRow, putCell, styleOfFormat } from './cells.ts'
import type { MarkupEvents } from './markup.ts'
import { attributeOf, longestText, MarkupScanner, tooLong } from './markup.ts'
import { pieceBytes, refuseMore, scanText } from './page.ts'

/** Throws Refusal: `statement.forbiddenXml`, `statement.tooManyCells`, `statement.workbook` 'damaged' without a sheet. */
export function openXml2003(bytes: Uint8Array, encoding: StatementEncoding): Sheet[] {
  const book = new BookEvents(null, { wide: null, cut: false }, () => true)
  scanText(bytes, encoding, new MarkupScanner(book, false), (at) => {
    book.at = at
    refuseMore(book.cells)
    return true
  })
  refuseMore(book.cells)
  if (book.sheets.length === 0) throw new Refusal({ code: 'statement.workbook', reason: 'damaged' })
  const unique = new Set(book.sheets.map(({ name }) => name)).size === book.sheets.length
  return book.sheets.map(({ name, hidden, closed, from }, position) => {
    const flaws: SheetFlaws = { wide: null, cut: !closed }
    return {
      name,
      hidden,
      from1904: book.from1904,
      flaws,
      rows: (onRow) => {
        // A sheet is known by its name wherever scanning begins; names that are not unique are counted from the start.
        const events = new BookEvents(unique ? name : position, flaws, onRow, book)
        scanText(bytes, encoding, new MarkupScanner(events, false), () => !events.done, unique ? from : 0)
      },
    }
  })
}

class BookEvents implements MarkupEvents {
  listening = false
  row = 0
  done = false
  cells = 0
  from1904 = false
  /** Where the piece begins that is being scanned. */
  at = 0
  /** `from` is where scanning for the sheet begins: books of many sheets are not read from their start for each of them. */
  readonly sheets: { name: string; hidden: boolean; closed: boolean; from: number }[] = []
  readonly #flaws: SheetFlaws
  /** The name or the number of the sheet whose rows are told; null for none. */
  readonly #wanted: string | number | null
  #isWanted = false
  readonly #onRow: OnSheetRow
  readonly #styles: Map<string, NumberStyle> = new Map()
  #style = ''
  #row: SheetCell[] = []
  #column = 0
  #across = 0
  #type = ''
  #formula = false
  #text = ''
  #inRow = false
  /** Comments hold data of their own. */
  #inComment = false
  #asked: 'visible' | '1904' | '' = ''

  /** `book` is the whole as it was seen before, when only one of its sheets is wanted now. */
  constructor(wanted: string | number | null, flaws: SheetFlaws, onRow: OnSheetRow, book?: BookEvents) {
    this.#wanted = wanted
    if (book) {
      this.#styles = book.#styles
      this.from1904 = book.from1904
    }
    this.#flaws = flaws
    this.#onRow = onRow
  }

  open(name: string, attributes: string, empty: boolean): void {
    switch (name) {
      case 'Style':
        this.#style = attributeOf(attributes, 'ID')
        break
      case 'NumberFormat':
        this.#styles.set(this.#style, styleOfName(attributeOf(attributes, 'Format')))
        break
      case 'Worksheet':
        this.#beginSheet(attributeOf(attributes, 'Name'))
        break
      case 'Row': {
        const index = Number(attributeOf(attributes, 'Index'))
        this.row = index > this.row && index <= lastRow ? index : this.row + 1
        this.#column = 0
        this.#inRow = !empty && this.#isWanted
        break
      }
      case 'Cell':
        if (this.#inRow) this.#beginCell(attributes, empty)
        break
      case 'Comment':
        this.#inComment = !empty
        break
      case 'Data':
        if (this.#inComment) break
        this.cells += 1
        this.#type = attributeOf(attributes, 'Type')
        this.listening = this.#inRow && !empty
        break
      case 'Visible':
      case 'Date1904':
        this.#asked = name === 'Visible' ? 'visible' : '1904'
        this.from1904 ||= name === 'Date1904'
        this.listening = !empty && this.#asked === 'visible'
        break
      default:
    }
  }

  close(name: string): void {
    const sheet = this.sheets.at(-1)
    switch (name) {
      case 'Data':
        this.listening = false
        break
      case 'Comment':
        this.#inComment = false
        break
      case 'Cell':
        if (this.#inRow) this.#endCell()
        break
      case 'Row':
        if (this.#inRow && !this.done && this.#row.length > 0) this.done = !this.#onRow(this.row, this.#row)
        this.#row = []
        this.#inRow = false
        break
      case 'Worksheet':
        if (sheet) sheet.closed = true
        if (this.#isWanted) this.done = true
        break
      case 'Visible': {
        if (sheet) sheet.hidden = /hidden/i.test(this.#text)
        this.#text = ''
        this.listening = false
        break
      }
      default:
    }
  }

  text(text: string): void {
    this.#text += text
    if (this.#text.length > longestText) throw tooLong(this.row)
  }

  #beginSheet(name: string): void {
    this.#isWanted = this.#wanted === name || this.#wanted === this.sheets.length
    this.sheets.push({ name, hidden: false, closed: false, from: Math.max(0, this.at - pieceBytes) })
    this.row = 0
  }

  #beginCell(attributes: string, empty: boolean): void {
    const index = Number(attributeOf(attributes, 'Index'))
    if (index >= 1) this.#column = index - 1
    const across = Number(attributeOf(attributes, 'MergeAcross'))
    this.#across = across > 0 ? across : 0
    this.#style = attributeOf(attributes, 'StyleID')
    this.#formula = attributeOf(attributes, 'Formula') !== ''
    this.#type = ''
    this.#text = ''
    if (empty) this.#endCell()
  }

  #endCell(): void {
    const cell = this.#value()
    putCell(this.#row, this.#column, cell, this.row, this.#flaws)
    this.#text = ''
    this.#column += 1 + this.#across
  }

  #value(): SheetCell {
    const text = this.#text
    switch (this.#type) {
      case 'Number': {
        const value = Number(text)
        if (text.trim() === '') return this.#formula ? null : ''
        return Number.isFinite(value)
          ? cellOfNumber(value, this.#styles.get(this.#style), this.from1904)
          : text
      }
      case 'DateTime':
        return dayOrTime(text)
      case 'Boolean':
        return text.trim() === '1' ? 'TRUE' : 'FALSE'
      case '':
        return this.#formula ? null : text
      default:
        return text
    }
  }
}

/** Formats have names of their own in this kind beside the usual codes. */
function styleOfName(format: string): NumberStyle {
  if (/^(general|long|medium|short) date$/i.test(format)) return { date: true, padded: 0 }
  return /^[a-z/ ]*(number|time|percent|fixed|currency|scientific)$/i.test(format)
    ? { date: false, padded: 0 }
    : styleOfFormat(format)
}
