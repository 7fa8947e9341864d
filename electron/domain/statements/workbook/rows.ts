// The rows of a workbook's statement told as lines, by the plan that was made over its first rows.

import type { ColumnMapping } from '../../../contract/statement-file.ts'
import type { Place, StatementIssue } from '../../../contract/statement.ts'
import type { StatementSink } from '../reader.ts'
import type { ColumnRole } from '../table/headers.ts'
import { TableLines } from '../table/lines.ts'
import type { Sheet, SheetCell } from './cells.ts'
import { dayOfBareNumber, hasLostDigits, numberText } from './cells.ts'
import type { SheetPart, WorkbookPlan } from './plan.ts'
import { countedRows } from './plan.ts'
import { repeatedSheets } from './repeats.ts'

/** Roles whose numbers are names of something: with digits lost they name something else. */
const identities: readonly ColumnRole[] = [
  'counterpartyTaxId',
  'counterpartyAccount',
  'counterpartyBankCode',
  'payerTaxId',
  'payerAccount',
  'payerBankCode',
  'payeeTaxId',
  'payeeAccount',
  'payeeBankCode',
  'documentNumber',
  'bankReference',
  'account',
]

/** Tells all lines of the plan's sheets, and which sheets were left out: a sheet that repeats another is a problem to look at. */
export function tellRows(plan: WorkbookPlan, sink: StatementSink): void {
  const { parts, mapping } = plan
  const repeated = parts.length > 1 ? repeatedSheets(parts, mapping, tellSheet) : new Set<Sheet>()
  for (const part of parts) {
    if (!repeated.has(part.sheet)) tellFlaws(part.sheet, tellSheet(part, mapping, sink), sink)
    else tellSkipped(part.sheet, 'problem', sink)
  }
  for (const sheet of plan.unread) tellFlaws(sheet, 1, sink)
  for (const sheet of plan.skipped) tellSkipped(sheet, 'note', sink)
}

function tellSkipped(sheet: Sheet, weight: StatementIssue['weight'], sink: StatementSink): void {
  sink.issue({ place: placeOf(sheet, 1), code: 'sheet.skipped', text: sheet.name.slice(0, 500), weight })
}

/** Columns too far to the right, and the end that is missing: each once a sheet, known when its rows were read. */
function tellFlaws(sheet: Sheet, lastRow: number, sink: StatementSink): void {
  const { wide, cut } = sheet.flaws
  if (wide !== null) {
    const text = wide.text.slice(0, 500)
    sink.issue({ place: placeOf(sheet, wide.row), code: 'row.width', text, weight: 'problem' })
  }
  if (cut) sink.issue({ place: placeOf(sheet, lastRow), code: 'file.cut', text: '', weight: 'problem' })
}

/** Answers the last row's number. */
function tellSheet({ sheet, skipRows }: SheetPart, mapping: ColumnMapping, sink: StatementSink): number {
  const lines = new TableLines({ ...mapping, skipRows }, sink)
  const columns = new SheetColumns(mapping, sheet.from1904)
  let next = 1
  sheet.rows((row, cells) => {
    for (; next < Math.min(row, countedRows); next += 1)
      if (next <= skipRows) lines.row({ cells: [], place: placeOf(sheet, next), raw: '' })
    next = Math.max(next, row) + 1
    const place = placeOf(sheet, row)
    const above = row <= skipRows
    const texts = columns.read(cells, above)
    const raw = texts.join('\t')
    if (columns.isUncomputed(cells) && !above)
      sink.issue({ place, code: 'formula.uncomputed', text: raw.slice(0, 500), weight: 'problem' })
    if (columns.hasLost(cells, above)) {
      const text = shownCells(cells, mapping.decimalMark).join('\t')
      sink.issue({ place, code: 'record.unreadable', text: text.slice(0, 500), weight: 'problem' })
    }
    lines.row({ cells: texts, place, raw })
    return true
  })
  lines.end()
  return Math.max(next - 1, 1)
}

/** A row is its place; there are no bytes to point at in a packed file. */
function placeOf(sheet: Sheet, row: number): Place {
  return { line: row, from: 0, to: 0, ...(sheet.name !== '' && { part: sheet.name }) }
}

/** What each column's numbers mean by the mapping. */
class SheetColumns {
  readonly #mark: ',' | '.'
  readonly #from1904: boolean
  readonly #days: ReadonlySet<number>
  readonly #names: ReadonlySet<number>
  readonly #mapped: ReadonlySet<number>

  constructor({ columns, decimalMark }: ColumnMapping, from1904: boolean) {
    this.#mark = decimalMark
    this.#from1904 = from1904
    this.#days = new Set([columns.bankDay, ...(columns.valueDay === undefined ? [] : [columns.valueDay])])
    this.#names = new Set(identities.flatMap((role) => columns[role] ?? []))
    this.#mapped = new Set(Object.values(columns).filter((column) => column !== undefined))
  }

  /** The row's cells as the table code reads them. */
  read(cells: readonly SheetCell[], above: boolean): string[] {
    return cells.map((cell, column) => {
      if (typeof cell !== 'number') return cell ?? ''
      if (hasLostDigits(cell) && (above || this.#names.has(column))) return ''
      const day = !above && this.#days.has(column) ? dayOfBareNumber(cell, this.#from1904) : undefined
      return day ?? numberText(cell, this.#mark)
    })
  }

  isUncomputed(cells: readonly SheetCell[]): boolean {
    return cells.some((cell, column) => cell === null && this.#mapped.has(column))
  }

  /** Whether a number that names something was stored with more digits than its kind holds. */
  hasLost(cells: readonly SheetCell[], above: boolean): boolean {
    return cells.some((cell, column) => hasLostDigits(cell) && (above || this.#names.has(column)))
  }
}

/** A row's cells as a person is shown them. */
export function shownCells(cells: readonly SheetCell[], mark: ',' | '.'): string[] {
  return cells.map((cell) => (typeof cell === 'number' ? numberText(cell, mark) : (cell ?? '')))
}

/** The same with the days that the mapping reads from bare numbers. */
export function shownRows(plan: WorkbookPlan, most: number): string[][] {
  const from1904 = plan.parts[0]?.sheet.from1904 === true
  const columns = new SheetColumns(plan.mapping, from1904)
  return plan.sample
    .slice(0, most)
    .map((cells, at) =>
      columns
        .read(cells, at < plan.mapping.skipRows)
        .map((text, column) =>
          text === '' ? (shownCells(cells, plan.mapping.decimalMark)[column] ?? '') : text,
        ),
    )
}
