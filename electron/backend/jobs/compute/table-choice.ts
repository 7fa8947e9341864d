// How a file is to be read: what detection found, what a person chose, what is remembered of tables like it.

import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { Refusal } from '../../../contract/fault.ts'
import type { ColumnMapping, RememberedTable } from '../../../contract/statement-file.ts'
import { findProfileOfBytes, rowsOf } from '../../../domain/statements/table/csv-profile.ts'
import { detectWith, headBytes } from '../../../domain/statements/inspect.ts'
import type { ReadingChoice } from '../../../domain/statements/inspect.ts'
import type { Detected } from '../../../domain/statements/reader.ts'
import { readWorkbookTable } from '../../../domain/statements/workbook/workbook.ts'
import { openLedgerFile } from '../../ledger/open.ts'
import { readTables } from '../../ledger/tables/remembered-tables.ts'
import { findRemembered } from './known-tables.ts'
import type { TaskTools } from './tools.ts'

export interface FileChoice extends ReadingChoice {
  path: string
}

/** A table as its first rows, and what its columns are. */
export interface Table {
  /** Null when neither the table, the memory nor a person tells. */
  mapping: ColumnMapping | null
  certain: boolean
  remembered: boolean
  /** What the rows look like by themselves. */
  proposed: ColumnMapping | null
  rows: string[][]
  /** A workbook's sheets; empty for text. */
  sheets: string[]
}

export interface Reading {
  detected: Detected
  choice: ReadingChoice
  head: Uint8Array
  /** Null for formats that are no tables. */
  table: Table | null
}

/** Workbooks beyond this are refused before they are read: they are read whole. */
const workbookLimitMb = 50

/** Looks at the beginning of a file, of a workbook at all of it. Throws the Refusals of detection. */
export function chooseReading(input: FileChoice, tools: Pick<TaskTools, 'ledgerPath'>): Reading {
  const head = headOf(input.path)
  const { encoding, format, mapping, given } = input
  const detected = detectWith(head, { encoding, format })
  const choice: ReadingChoice = { encoding, format: detected.format, mapping, given }
  const found =
    detected.format === 'csv'
      ? tableOfText(input, head, detected)
      : detected.format === 'xlsx' || detected.format === 'xls'
        ? tableOfWorkbook(input, detected)
        : null
  if (!found) return { detected, choice, head, table: null }
  const table = settled(input, found, () => rememberedTables(tools.ledgerPath))
  return { detected, choice: { ...choice, mapping: table.mapping ?? undefined }, head, table }
}

interface FoundTable {
  mapping: ColumnMapping | null
  certain: boolean
  proposed: ColumnMapping | null
  rows: string[][]
  sheets: string[]
}

/** A person's choice goes before memory, memory before what the table looks like. */
function settled(input: FileChoice, found: FoundTable, tables: () => readonly RememberedTable[]): Table {
  if (input.mapping) return { ...found, mapping: input.mapping, certain: true, remembered: false }
  const known = findRemembered(found.rows, tables())
  if (!known) return { ...found, remembered: false }
  const account = known.account || (found.mapping?.account ?? '')
  const currency = known.currency ?? found.mapping?.currency
  const mapping: ColumnMapping = {
    ...known,
    account,
    ...(currency === undefined ? {} : { currency }),
    ...(found.mapping?.sheet === undefined ? {} : { sheet: found.mapping.sheet }),
  }
  // Whose lines these are is never remembered: where the table does not tell, a person does.
  const named = account !== '' || known.columns.account !== undefined || (input.given?.account ?? '') !== ''
  return { ...found, mapping, certain: named, remembered: true }
}

function rememberedTables(ledgerPath: string): RememberedTable[] {
  const db = openLedgerFile(ledgerPath, { readOnly: true })
  try {
    return readTables(db, null)
  } finally {
    db.close()
  }
}

function tableOfText(input: FileChoice, head: Uint8Array, { encoding }: Detected): FoundTable {
  const whole = statSync(input.path).size <= head.length
  const profile = findProfileOfBytes(head, encoding, whole)
  if (profile && (input.mapping === undefined || input.mapping.delimiter === profile.mapping.delimiter))
    return { ...profile, proposed: profile.mapping, sheets: [] }
  const delimiter = input.mapping?.delimiter ?? ';'
  const rows = rowsOf(new TextDecoder(encoding).decode(head), delimiter, whole)
  return { mapping: null, certain: false, proposed: null, rows, sheets: [] }
}

function tableOfWorkbook(input: FileChoice, { encoding }: Detected): FoundTable {
  if (statSync(input.path).size > workbookLimitMb * 1024 ** 2)
    throw new Refusal({ code: 'file.tooLarge', limitMb: workbookLimitMb })
  return readWorkbookTable(readFileSync(input.path), {
    encoding,
    ...(input.mapping && { mapping: input.mapping }),
  })
}

function headOf(path: string): Uint8Array {
  const file = openFile(path)
  try {
    const head = new Uint8Array(headBytes * 2)
    return head.subarray(0, readSync(file, head))
  } finally {
    closeSync(file)
  }
}

/** Throws Refusal `file.gone`. */
export function openFile(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (cause) {
    throw new Refusal({ code: 'file.gone' }, { cause })
  }
}
