// The line last read, held back for as long as the row after it may go on with its text.

import type { Place, StatementLine } from '../../../contract/statement.ts'
import type { StatementSink } from '../reader.ts'
import { plainCell } from './cells.ts'
import { headerText } from './headers.ts'
import { announces } from './rows.ts'
import { balanceWords, totalWords } from './words.ts'

export class HeldLine {
  readonly #sink: StatementSink
  readonly #purposeAt: number | undefined
  #line: Omit<StatementLine, 'index'> | null = null

  constructor(sink: StatementSink, purposeAt: number | undefined) {
    this.#sink = sink
    this.#purposeAt = purposeAt
  }

  hold(line: Omit<StatementLine, 'index'>): void {
    this.#line = line
  }

  letGo(): void {
    if (this.#line) this.#sink.line(this.#line)
    this.#line = null
  }

  /** Some banks print a transaction over two rows, of which the second has nothing but more of its text (OCBC). */
  goesOn({ cells, place }: { cells: readonly string[]; place: Place }): boolean {
    const [line, at] = [this.#line, this.#purposeAt]
    if (!line || at === undefined || cells.some((cell, column) => column !== at && plainCell(cell) !== ''))
      return false
    const text = plainCell(cells[at] ?? '')
    if (announces(cells) !== null || totalWords.test(headerText(text)) || balanceWords.test(text))
      return false
    line.purpose = `${line.purpose} ${text}`.trim()
    if (line.purposeGlued !== null) line.purposeGlued = `${line.purposeGlued} ${text}`
    if (place.to > 0) line.place = { ...line.place, to: place.to }
    return true
  }
}
