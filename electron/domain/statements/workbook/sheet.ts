// One sheet of the XML kind, row by row as its part is inflated; no more than a row of it is ever held.

import type { NumberStyle, OnSheetRow, SheetCell, SheetFlaws } from './cells.ts'
import { cellOfNumber, dayOrTime, lastRow, putCell, widestRow } from './cells.ts'
import type { MarkupEvents } from './markup.ts'
import { attributeOf, longestText, MarkupScanner, tooLong } from './markup.ts'
import type { SharedStrings } from './strings.ts'
import { plainText } from './strings.ts'
import type { ZipPart } from './zip.ts'
import { inflateText } from './zip.ts'

export interface SheetFacts {
  strings: SharedStrings
  styles: readonly NumberStyle[]
  date1904: boolean
  /** The writer left computing to the reader: a formula's zero is then a placeholder, not a value. */
  recalculated: boolean
}

/** Reads a sheet's rows in the file's order until `onRow` answers false. */
export function readSheet(part: ZipPart, facts: SheetFacts, flaws: SheetFlaws, onRow: OnSheetRow): void {
  const events = new SheetEvents(facts, flaws, onRow)
  const scanner = new MarkupScanner(events, false)
  inflateText(part, (piece) => {
    scanner.write(piece)
    return !events.done
  })
  events.finish()
}

class SheetEvents implements MarkupEvents {
  listening = false
  /** Also number of the row that is being read. */
  row = 0
  done = false
  readonly #facts: SheetFacts
  readonly #flaws: SheetFlaws
  readonly #onRow: OnSheetRow
  #begun = false
  /** Characters of the row so far: shared strings are short to write and may be long to read. */
  #length = 0
  #cells: SheetCell[] = []
  #column = -1
  #type = ''
  #style = ''
  #text = ''
  #formula = false
  #phonetic = false

  constructor(facts: SheetFacts, flaws: SheetFlaws, onRow: OnSheetRow) {
    this.#facts = facts
    this.#flaws = flaws
    this.#onRow = onRow
  }

  open(name: string, attributes: string, empty: boolean): void {
    if (this.done) return
    switch (name) {
      case 'c':
        this.#begin(attributes)
        break
      case 'v':
        this.listening = !empty
        break
      case 't':
        this.listening = !empty && !this.#phonetic
        break
      case 'f':
        this.#formula = true
        break
      case 'rPh':
        this.#phonetic = !empty
        break
      case 'row':
        this.#beginRow(Number(attributeOf(attributes, 'r')))
        break
      case 'sheetData':
        this.#begun = !empty
        break
      default:
    }
  }

  close(name: string): void {
    switch (name) {
      case 'c':
        this.#end()
        break
      case 'v':
      case 't':
        this.listening = false
        break
      case 'rPh':
        this.#phonetic = false
        break
      case 'sheetData':
        this.#endRow()
        this.done = true
        break
      default:
    }
  }

  text(text: string): void {
    this.#text = this.#text === '' ? text : this.#text + text
    if (this.#text.length > longestText) throw tooLong(this.row)
  }

  /** The last row, which none follows, and whether the sheet came to its end. */
  finish(): void {
    if (this.#begun && !this.done) this.#flaws.cut = true
    this.#endRow()
  }

  /** A row stays open until another one begins: some writers make a row of every cell, all with the same number. */
  #beginRow(row: number): void {
    if (row >= 1 && row === this.row) return
    this.#endRow()
    this.row = row >= 1 && row <= lastRow ? Math.floor(row) : this.row + 1
    this.#column = -1
    this.#length = 0
  }

  #endRow(): void {
    if (!this.done && this.#cells.length > 0) this.done = !this.#onRow(this.row, this.#cells)
    this.#cells = []
  }

  #begin(attributes: string): void {
    const column = columnOf(attributeOf(attributes, 'r'))
    this.#column = column < 0 ? this.#column + 1 : column
    this.#type = attributeOf(attributes, 't')
    this.#style = attributeOf(attributes, 's')
    this.#text = ''
    this.#formula = false
  }

  #end(): void {
    const cell = this.#value()
    if (typeof cell === 'string') this.#length += cell.length
    if (this.#length > longestText) throw tooLong(this.row)
    putCell(this.#cells, this.#column, cell, this.row, this.#flaws)
  }

  #value(): SheetCell {
    const text = this.#text
    switch (this.#type) {
      case 's':
        return text === '' ? '' : this.#facts.strings.at(Number(text))
      case 'inlineStr':
      case 'str':
        return plainText(text)
      case 'b':
        return text === '' ? '' : text.trim() === '1' || text.trim() === 'true' ? 'TRUE' : 'FALSE'
      case 'e':
        return text
      case 'd':
        return dayOrTime(text)
      default:
        return this.#number(text.trim())
    }
  }

  #number(text: string): SheetCell {
    if (text === '') return this.#formula ? null : ''
    const value = Number(text)
    // What is no number although it says so is shown as it is, and will not be read as a sum.
    if (!Number.isFinite(value)) return text
    if (value === 0 && this.#formula && this.#facts.recalculated) return null
    return cellOfNumber(value, this.#facts.styles[Number(this.#style)], this.#facts.date1904)
  }
}

/** The column (from 0) of a cell's name such as `AB12`; -1 when there is none. */
function columnOf(name: string): number {
  let column = 0
  for (let at = 0; at < name.length && column < widestRow * 32; at += 1) {
    // Both cases: upper is the rule.
    const code = name.charCodeAt(at) & ~32
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
  }
  return column - 1
}
