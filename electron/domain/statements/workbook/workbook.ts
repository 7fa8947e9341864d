// Statements in workbooks: the bytes are gathered (a package is read from its end), guarded, and read row by row.

import { Refusal } from '../../../contract/fault.ts'
import type { ColumnMapping } from '../../../contract/statement-file.ts'
import type { StatementEncoding } from '../../../contract/statement.ts'
import { detectEncoding } from '../detect.ts'
import type { CreateReader, ReaderOptions, StatementReader, StatementSink } from '../reader.ts'
import { openBinary } from './binary.ts'
import type { Sheet } from './cells.ts'
import { openPackage } from './package.ts'
import { openPage } from './page.ts'
import { planWorkbook } from './plan.ts'
import { shownCells, shownRows, tellRows } from './rows.ts'
import { openXml2003 } from './xml2003.ts'

const limitMb = 50
const shownMost = 200

/**
 * Reads XLSX, XLS, and what is handed out under their names: tables of HTML and XML of 2003. Throws Refusal
 * `file.tooLarge` beyond 50 MB; `statement.workbook` for locked, damaged and tableless ones; `archive.bomb`;
 * `statement.tooManyCells`; `statement.mappingNeeded` when no mapping is given and none found beyond doubt.
 */
export const createWorkbookReader: CreateReader = (options, sink) => new WorkbookReader(options, sink)

class WorkbookReader implements StatementReader {
  readonly #options: ReaderOptions
  readonly #sink: StatementSink
  readonly #chunks: Uint8Array[] = []
  #length = 0

  constructor(options: ReaderOptions, sink: StatementSink) {
    this.#options = options
    this.#sink = sink
  }

  write(chunk: Uint8Array): void {
    this.#length += chunk.length
    if (this.#length > limitMb * 1024 * 1024) throw new Refusal({ code: 'file.tooLarge', limitMb })
    // Whoever reads a file may use the same buffer for its next piece; `slice` of Node's buffers copies nothing.
    this.#chunks.push(new Uint8Array(chunk))
  }

  end(): void {
    const bytes = new Uint8Array(this.#length)
    let at = 0
    for (const chunk of this.#chunks) {
      bytes.set(chunk, at)
      at += chunk.length
    }
    this.#chunks.length = 0
    const { encoding, mapping, given } = this.#options
    const plan = planWorkbook(openWorkbook(bytes, encoding), mapping, given)
    if (!plan.certain) throw new Refusal({ code: 'statement.mappingNeeded' })
    tellRows(plan, this.#sink)
  }
}

/**
 * A workbook's sheets, none of them read yet. The kind is told by its first bytes once more: a person may have called one
 * the other. Throws what the reader throws, but for what is known only when rows are read.
 */
export function openWorkbook(bytes: Uint8Array, told?: StatementEncoding): Sheet[] {
  const [first, second] = bytes
  if (first === 0x50 && second === 0x4b) return openPackage(bytes)
  // A tab may also stand before a text's first tag.
  if (first === 0xd0 || (first === 0x09 && [0, 2, 4, 8].includes(second ?? 1))) return openBinary(bytes)
  const encoding = told ?? detectEncoding(bytes.subarray(0, 1024 * 1024)).encoding
  const head = new TextDecoder(encoding).decode(bytes.subarray(0, 4096))
  return head.includes('urn:schemas-microsoft-com:office:spreadsheet')
    ? openXml2003(bytes, encoding)
    : openPage(bytes, encoding)
}

export interface WorkbookTable {
  /** Of the sheet that is shown, '' where it has no name. */
  sheet: string
  /** Names of all sheets, in the workbook's order. */
  sheets: string[]
  /** The first rows (at most 200) of the sheet as cells. */
  rows: string[][]
  /** Null when the sheet holds no dated sums. */
  mapping: ColumnMapping | null
  /** Beyond doubt, or chosen. */
  certain: boolean
  /** What the sheet that is shown looks like by itself, whatever was chosen; null when it holds no dated sums. */
  proposed: ColumnMapping | null
}

export interface TableChoice {
  sheet?: string
  mapping?: ColumnMapping
  /** Only matters for tables of HTML and XML of 2003; detected when absent. */
  encoding?: StatementEncoding
}

/**
 * What the import screen shows of a workbook: the sheet that would be read, or the one that is asked for. Throws what the
 * reader throws, but for `statement.mappingNeeded` and `statement.workbook` 'noTable'.
 */
export function readWorkbookTable(bytes: Uint8Array, choice: TableChoice = {}): WorkbookTable {
  const all = openWorkbook(bytes, choice.encoding)
  const sheets = all.map(({ name }) => name)
  const asked = all.filter(({ name }) => name === choice.sheet)
  const looked = asked.length > 0 ? asked : all
  try {
    const plan = planWorkbook(looked, choice.mapping, undefined)
    const { name } = plan.main
    const named = plan.mapping.sheet === undefined && all.length > 1 && name !== ''
    const mapping = named ? { ...plan.mapping, sheet: name } : plan.mapping
    const { certain, proposed } = plan
    return { sheet: name, sheets, rows: shownRows(plan, shownMost), mapping, certain, proposed }
  } catch (error) {
    if (!(error instanceof Refusal) || error.fault.code !== 'statement.workbook') throw error
    if (error.fault.reason !== 'noTable') throw error
    return { ...firstRows(looked), sheets, mapping: null, certain: false, proposed: null }
  }
}

/** The first sheet with anything in it, as it stands. */
function firstRows(sheets: readonly Sheet[]): Pick<WorkbookTable, 'sheet' | 'rows'> {
  for (const sheet of [...sheets].sort((a, b) => Number(a.hidden) - Number(b.hidden))) {
    const rows: string[][] = []
    sheet.rows((row, cells) => {
      while (rows.length + 1 < Math.min(row, shownMost)) rows.push([])
      rows.push(shownCells(cells, '.'))
      return rows.length < shownMost
    })
    if (rows.length > 0) return { sheet: sheet.name, rows }
  }
  return { sheet: sheets[0]?.name ?? '', rows: [] }
}

/**
 * One row's cells as they stand (dates as `YYYY-MM-DD`); empty where the sheet or the row is not there. `sheet` is what a
 * line's `place.part` says, absent where that is; `row` counts from 1.
 */
export function readWorkbookRow(
  bytes: Uint8Array,
  sheet: string | undefined,
  row: number,
  encoding?: StatementEncoding,
): string[] {
  const found = openWorkbook(bytes, encoding).find(({ name }) => name === (sheet ?? ''))
  let cells: string[] = []
  found?.rows((number, values) => {
    if (number === row) cells = shownCells(values, '.')
    return number < row
  })
  return cells
}
