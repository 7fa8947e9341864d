// Tables of HTML that are handed out under the name of a workbook. The whole page is one sheet without a name: banks
// print the account in one table and the lines in the next, or put tables into tables.

import { Refusal } from '../../../contract/fault.ts'
import type { StatementEncoding } from '../../../contract/statement.ts'
import type { OnSheetRow, Sheet, SheetCell, SheetFlaws } from './cells.ts'
import { mostCells, widestRow } from './cells.ts'
import type { MarkupEvents } from './markup.ts'
import { attributeOf, longestText, MarkupScanner, tooLong } from './markup.ts'

export const pieceBytes = 65_536

/** Throws Refusal `statement.tooManyCells`. */
export function openPage(bytes: Uint8Array, encoding: StatementEncoding): Sheet[] {
  const rows = (onRow: OnSheetRow) => {
    const events = new PageEvents(onRow)
    scanText(bytes, encoding, new MarkupScanner(events, true), () => !events.done)
    events.finish()
  }
  const flaws: SheetFlaws = { wide: null, cut: false }
  const events = new PageEvents(() => true)
  scanText(bytes, encoding, new MarkupScanner(events, true), () => {
    refuseMore(events.cells)
    return true
  })
  events.finish()
  refuseMore(events.cells)
  flaws.cut = events.cut()
  if (events.wide > 0) flaws.wide = { row: events.wide, text: events.wideText }
  return [{ name: '', hidden: false, from1904: false, flaws, rows }]
}

export function refuseMore(cells: number): void {
  if (cells > mostCells) throw new Refusal({ code: 'statement.tooManyCells', limit: mostCells })
}

/** Decodes and scans by pieces from a piece on until `wanted`, which is told where the next one begins, answers false. */
export function scanText(
  bytes: Uint8Array,
  encoding: StatementEncoding,
  scanner: MarkupScanner,
  wanted: (at: number) => boolean,
  from = 0,
): void {
  const decoder = new TextDecoder(encoding)
  for (let at = from; at < bytes.length && wanted(at); at += pieceBytes)
    scanner.write(decoder.decode(bytes.subarray(at, at + pieceBytes), { stream: true }))
}

class PageEvents implements MarkupEvents {
  listening = false
  row = 0
  done = false
  /** Full cells so far. */
  cells = 0
  readonly #onRow: OnSheetRow
  #row: SheetCell[] = []
  /** Columns that a cell of a row above reaches down into: how many more rows. */
  #reaching: number[] = []
  #text = ''
  #span = 1
  #depth = 1
  /** Tables that are open, and whether rows are closed by the writer. */
  #tables = 0
  #closes = false
  #cut = false
  /** The first row that reaches too far to the right, 0 for none, and what stands there. */
  wide = 0
  wideText = ''

  constructor(onRow: OnSheetRow) {
    this.#onRow = onRow
  }

  open(name: string, attributes: string): void {
    switch (name) {
      case 'table':
        this.#tables += 1
        this.#endCell()
        this.#reaching = []
        break
      case 'tr':
        this.#endRow()
        break
      case 'td':
      case 'th':
        this.#endCell()
        this.listening = true
        this.#span = spanOf(attributeOf(attributes, 'colspan'))
        this.#depth = spanOf(attributeOf(attributes, 'rowspan'))
        break
      case 'br':
      case 'p':
      case 'div':
        if (this.listening && this.#text.trim() !== '') this.#text += '\n'
        break
      default:
    }
  }

  close(name: string): void {
    if (name === 'tr') this.#closes = true
    if (name === 'table') this.#tables -= 1
    if (name === 'td' || name === 'th') this.#endCell()
    else if (name === 'tr' || name === 'table') this.#endRow()
  }

  text(text: string): void {
    this.#text += text.replaceAll(/[\r\n\t ]+/g, ' ')
    if (this.#text.length > longestText) throw tooLong(this.row)
  }

  /** A last row that nothing closes. */
  finish(): void {
    this.#cut = this.#tables > 0 && this.#closes && (this.listening || this.#row.length > 0)
    this.#endRow()
  }

  /** Whether the page ended inside a row although its writer closes rows. */
  cut(): boolean {
    return this.#cut
  }

  #endCell(): void {
    if (!this.listening) return
    this.listening = false
    const text = this.#text.replaceAll(/ *\n */g, '\n').trim()
    this.#text = ''
    if (text !== '') this.cells += 1
    // A cell of the row above that reaches down holds its column.
    while ((this.#reaching[this.#row.length] ?? 0) > 0 && this.#row.length < widestRow) this.#row.push('')
    if (this.#row.length >= widestRow && text !== '' && this.wide === 0) {
      this.wide = this.row + 1
      this.wideText = text
    }
    for (let at = 0; at < this.#span && this.#row.length < widestRow; at += 1) {
      if (this.#depth > 1) this.#reaching[this.#row.length] = this.#depth
      this.#row.push(at === 0 ? text : '')
    }
  }

  #endRow(): void {
    this.#endCell()
    if (this.#row.length === 0) return
    this.#reaching = this.#reaching.map((rows) => Math.max(0, rows - 1))
    this.row += 1
    const row = this.#row
    while (row.at(-1) === '') row.pop()
    this.#row = []
    if (!this.done && row.length > 0) this.done = !this.#onRow(this.row, row)
  }
}

function spanOf(text: string): number {
  const span = Number(text)
  return span >= 1 && span <= widestRow ? Math.floor(span) : 1
}
