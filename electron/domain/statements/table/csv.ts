// Delimited text: decoded and cut into rows as it comes, read by a mapping that is given or found.

import { Refusal } from '../../../contract/fault.ts'
import type { ColumnMapping, GivenFacts } from '../../../contract/statement-file.ts'
import { findProfile } from './csv-profile.ts'
import type { CsvRow } from './csv-rows.ts'
import { CsvRows } from './csv-rows.ts'
import type { CreateReader, StatementReader, StatementSink } from '../reader.ts'
import type { Decoding } from '../decoding.ts'
import { startDecoding } from '../decoding.ts'
import { TableLines } from './lines.ts'

/** Characters over which the columns are decided when no mapping is given. */
const headLength = 65_536

/**
 * Reads a CSV file. Without a mapping the first 64 K characters must settle one beyond doubt; otherwise the
 * answer is the Refusal `statement.mappingNeeded`, and the person chooses.
 */
export const createCsvReader: CreateReader = ({ encoding, mapping, given }, sink) =>
  new CsvReader(startDecoding(encoding), mapping, given ?? {}, sink)

class CsvReader implements StatementReader {
  readonly #decoding: Decoding
  readonly #sink: StatementSink
  readonly #given: GivenFacts
  #rows: CsvRows | null = null
  #lines: TableLines | null = null
  /** Text held back until its beginning is long enough to decide the mapping. */
  #head = ''
  #last: CsvRow | null = null
  #ended = true

  constructor(
    decoding: Decoding,
    mapping: ColumnMapping | undefined,
    given: GivenFacts,
    sink: StatementSink,
  ) {
    this.#decoding = decoding
    this.#given = given
    this.#sink = sink
    if (mapping) this.#start(mapping)
  }

  write(chunk: Uint8Array): void {
    this.#take(this.#decoding.write(chunk))
  }

  end(): void {
    this.#take(this.#decoding.end())
    const rows = this.#rows ?? this.#decide(true)
    rows.end()
    if (this.#last) this.#lines?.row({ ...this.#last, unended: !this.#ended })
    this.#lines?.end()
    const { firstBad } = this.#decoding
    if (firstBad >= 0) {
      const place = { line: 1, from: firstBad, to: firstBad + 1 }
      this.#sink.issue({ place, code: 'encoding.replacement', text: '', weight: 'problem' })
    }
  }

  #take(text: string): void {
    if (text !== '') this.#ended = /[\r\n\0\x1a]$/.test(text)
    if (this.#rows) {
      this.#rows.write(text)
      return
    }
    this.#head += text
    if (this.#head.length > headLength) this.#decide(false)
  }

  #decide(whole: boolean): CsvRows {
    // Always the same characters, wherever the chunks were cut.
    const start = this.#head.slice(0, headLength)
    const profile = findProfile(start, whole && this.#head.length <= headLength, this.#given)
    if (!profile?.certain) throw new Refusal({ code: 'statement.mappingNeeded' })
    const rows = this.#start(profile.mapping)
    rows.write(this.#head)
    this.#head = ''
    return rows
  }

  #start(mapping: ColumnMapping): CsvRows {
    const lines = new TableLines(mapping, this.#sink, this.#given)
    const bytesOf = (text: string, from: number, to: number): number => this.#decoding.bytesOf(text, from, to)
    const rows = new CsvRows(mapping.delimiter, bytesOf, (row) => this.#row(lines, row))
    this.#lines = lines
    this.#rows = rows
    return rows
  }

  #row(lines: TableLines, row: CsvRow): void {
    if (row.unbalanced)
      this.#sink.issue({
        place: row.place,
        code: 'record.unreadable',
        text: row.raw.slice(0, 500),
        weight: 'note',
      })
    // One row is held back: of the last one it matters whether its line was ended.
    if (this.#last) lines.row(this.#last)
    this.#last = row
  }
}
