// Which sheets of a workbook are the statement and how their columns are read: decided over the first rows of
// each, before a line is told.

import { Refusal } from '../../../contract/fault.ts'
import type { ColumnMapping, GivenFacts } from '../../../contract/statement-file.ts'
import { headerText, rolesOf } from '../table/headers.ts'
import type { TableProfile } from '../table/profile.ts'
import { findTableProfile } from '../table/profile.ts'
import { accountAbove, currencyAbove } from '../table/surroundings.ts'
import type { Sheet, SheetCell } from './cells.ts'
import { dayOfBareNumber, hasLostDigits, numberText } from './cells.ts'
import { guessTable } from './guess.ts'

export interface SheetPart {
  sheet: Sheet
  /** Rows above the first line of data in this sheet. */
  skipRows: number
}

export interface WorkbookPlan {
  mapping: ColumnMapping
  certain: boolean
  /** What the main sheet looks like by itself; null where only the chosen mapping tells. */
  proposed: ColumnMapping | null
  /** The sheet that the mapping was found for. */
  main: Sheet
  /** In the workbook's order. */
  parts: SheetPart[]
  /** All sheets that are not read, and those of them that hold something. */
  unread: Sheet[]
  skipped: Sheet[]
  /** First rows of the sheet that the mapping was found for, gaps filled up. */
  sample: SheetCell[][]
}

/** Rows that columns are decided over, and of them those in which a gap counts as empty rows. */
const sampledRows = 1000
export const countedRows = 400
/** How far down a header is looked for. */
const deepestHeader = 60

interface Sampled {
  sheet: Sheet
  sample: SheetCell[][]
  profile: TableProfile | null
}

/**
 * Decides by the mapping that is given, else by what is found. A mapping's sheet that is not there (it was remembered from
 * last month's file) and one that is not named are the first with a table of dated sums; hidden sheets come last.
 * Sheets with the same header words go on with the same table. Throws Refusal `statement.workbook` 'noTable'.
 */
export function planWorkbook(
  sheets: readonly Sheet[],
  chosen: ColumnMapping | undefined,
  given: GivenFacts | undefined,
): WorkbookPlan {
  const sampled = sheets.map((sheet) => sampleOf(sheet, given ?? {}))
  const visible = sampled.filter(({ sheet }) => !sheet.hidden)
  const ordered = [...visible, ...sampled.filter(({ sheet }) => sheet.hidden)]
  const named = ordered.find(({ sheet }) => chosen?.sheet !== undefined && sheet.name === chosen.sheet)
  const main =
    named ??
    ordered.find(({ profile }) => profile !== null && profile.score > 0) ??
    ordered.find(({ profile }) => profile !== null) ??
    (chosen && ordered.find(({ sample }) => sample.length > chosen.skipRows))
  const found = main?.profile && foundMapping(main.profile, main.sheet, sheets.length > 1)
  const base = chosen ?? found
  if (main === undefined || !base) throw new Refusal({ code: 'statement.workbook', reason: 'noTable' })
  const mapping = withGiven(base, main, given)
  const parts = partsOf(main.sheet.hidden ? [main] : visible, main, mapping.skipRows)
  const unread = sampled.filter(({ sheet }) => !parts.some((part) => part.sheet === sheet))
  return {
    mapping,
    main: main.sheet,
    certain: chosen !== undefined || main.profile?.certain === true,
    proposed: found ?? null,
    parts,
    unread: unread.map(({ sheet }) => sheet),
    skipped: unread.filter(({ sample }) => sample.length > 0).map(({ sheet }) => sheet),
    sample: main.sample,
  }
}

function foundMapping(profile: TableProfile, sheet: Sheet, several: boolean): ColumnMapping {
  // A sheet has no delimiter; its rows are shown parted by tabs.
  const mapping: ColumnMapping = { delimiter: '\t', ...profile.mapping }
  return several && sheet.name !== '' ? { ...mapping, sheet: sheet.name } : mapping
}

/** What a person says of account and currency stands where neither the mapping nor the rows above the header name them. */
function withGiven(mapping: ColumnMapping, main: Sampled, given: GivenFacts | undefined): ColumnMapping {
  if (given === undefined) return mapping
  const above = textsOf(main.sample.slice(0, Math.max(mapping.skipRows - 1, 0)), '.', new Map(), false)
  const account = mapping.account === '' && accountAbove(above) === '' ? given.account : undefined
  const currency = mapping.currency === undefined && currencyAbove(above) === '' ? given.currency : undefined
  return {
    ...mapping,
    ...(account !== undefined && { account }),
    ...(currency !== undefined && { currency }),
  }
}

function partsOf(candidates: readonly Sampled[], main: Sampled, skipRows: number): SheetPart[] {
  const words = skipRows > 0 ? headerOf(main.sample[skipRows - 1] ?? []) : ''
  return candidates.flatMap(({ sheet, sample }) => {
    if (sheet === main.sheet) return [{ sheet, skipRows }]
    const at = words === '' ? -1 : sample.slice(0, deepestHeader).findIndex((row) => headerOf(row) === words)
    return at < 0 ? [] : [{ sheet, skipRows: at + 1 }]
  })
}

/** The words of a header row, to know the same table by. */
function headerOf(row: readonly SheetCell[]): string {
  const words = row.map((cell) => (typeof cell === 'string' ? headerText(cell) : ''))
  return words.join('\t').trimEnd()
}

function sampleOf(sheet: Sheet, given: GivenFacts): Sampled {
  const sample: SheetCell[][] = []
  sheet.rows((row, cells) => {
    while (sample.length + 1 < Math.min(row, countedRows)) sample.push([])
    sample.push(cells)
    return sample.length < sampledRows
  })
  return { sheet, sample, profile: profileOf(sample, sheet.from1904, given) }
}

/**
 * Numbers are written with a point, and where that does not settle the columns with a comma: beside texts such as
 * `173.066,59` numbers are read by the mark of those.
 */
function profileOf(sample: SheetCell[][], from1904: boolean, given: GivenFacts): TableProfile | null {
  const dated = dateColumns(sample)
  const found = findTableProfile(textsOf(sample, '.', dated, from1904), '.', given)
  if (found?.certain === true) return found
  const other = findTableProfile(textsOf(sample, ',', dated, from1904), ',', given)
  return (
    (other?.certain === true ? other : found) ?? guessTable(sample, textsOf(sample, '.', dated, from1904))
  )
}

/** Columns whose header says that dates stand below, with the row of that header. */
function dateColumns(sample: readonly SheetCell[][]): Map<number, number> {
  const columns = new Map<number, number>()
  for (const [at, row] of sample.slice(0, deepestHeader).entries())
    for (const [column, cell] of row.entries())
      if (
        typeof cell === 'string' &&
        rolesOf(cell).some(({ role }) => role === 'bankDay' || role === 'valueDay')
      )
        columns.set(column, at)
  return columns
}

function textsOf(
  sample: readonly SheetCell[][],
  mark: ',' | '.',
  dated: ReadonlyMap<number, number>,
  from1904: boolean,
): string[][] {
  const textOf = (cell: SheetCell, column: number, row: number): string => {
    if (typeof cell !== 'number') return cell ?? ''
    if (hasLostDigits(cell)) return ''
    const day = row > (dated.get(column) ?? row) ? dayOfBareNumber(cell, from1904) : undefined
    // Three digits after a mark could be a group; of a number they are known to be a fraction.
    return day ?? numberText(cell, mark).replace(/[.,]\d{3}$/, '$&0')
  }
  return sample.map((cells, row) => cells.map((cell, column) => textOf(cell, column, row)))
}
