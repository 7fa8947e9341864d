// Looking at a statement without storing anything.

import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { Refusal } from '../../../contract/fault.ts'
import type {
  ColumnMapping,
  StatementGlance,
  StatementIssue,
  StatementPreview,
} from '../../../contract/statement.ts'
import { findProfileOfBytes, rowsOf } from '../../../domain/statements/csv-profile.ts'
import { detectWith, headBytes, inspectStatement } from '../../../domain/statements/inspect.ts'
import type { ReadingChoice } from '../../../domain/statements/inspect.ts'
import { createOccurrences, lineIdentity } from '../../../domain/statements/line-identity.ts'
import { createReader } from '../../../domain/statements/readers.ts'
import { createStatementTotals } from '../../../domain/statements/statement-set.ts'
import { openLedgerFile } from '../../ledger/open.ts'
import { hasLine } from '../../ledger/tables/statements.ts'
import type { TaskTools } from './tools.ts'

export interface FileChoice extends ReadingChoice {
  path: string
}

/** The whole content of a file; throws Refusals of detection and of the format. */
export function inspectFile(input: FileChoice, tools: TaskTools): StatementPreview {
  return inspectStatement(chunksOf(input.path, tools), withMapping(input).choice)
}

/** Chunks of a file, one megabyte each, with a look at the stop between them. */
export function* chunksOf(
  path: string,
  tools: Pick<TaskTools, 'checkStop'>,
  after?: (read: number) => void,
): Generator<Uint8Array> {
  const file = openFile(path)
  try {
    let read = 0
    for (;;) {
      tools.checkStop()
      const chunk = new Uint8Array(1 << 20)
      const bytes = readSync(file, chunk)
      if (bytes === 0) return
      read += bytes
      yield chunk.subarray(0, bytes)
      after?.(read)
    }
  } finally {
    closeSync(file)
  }
}

function openFile(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (cause) {
    throw new Refusal({ code: 'file.gone' }, { cause })
  }
}

export interface Table {
  mapping: ColumnMapping | null
  certain: boolean
  rows: string[][]
}

/** The choice with the mapping that the table itself shows, where the person gave none. */
export function withMapping(input: FileChoice): {
  choice: ReadingChoice
  head: Uint8Array
  table: Table | null
} {
  const head = new Uint8Array(headBytes * 2)
  const file = openFile(input.path)
  const bytes = readSync(file, head)
  closeSync(file)
  const start = head.subarray(0, bytes)
  const detected = detectWith(start, input)
  const choice: ReadingChoice = {
    encoding: detected.encoding,
    format: detected.format,
    mapping: input.mapping,
  }
  if (detected.format !== 'csv') return { choice, head: start, table: null }
  const whole = statSync(input.path).size <= bytes
  const profile = findProfileOfBytes(start, detected.encoding, whole)
  if (!profile) {
    const rows = rowsOf(
      new TextDecoder(detected.encoding).decode(start),
      input.mapping?.delimiter ?? ';',
      whole,
    )
    return {
      choice,
      head: start,
      table: { mapping: input.mapping ?? null, certain: input.mapping !== undefined, rows },
    }
  }
  const mapping = input.mapping ?? profile.mapping
  return {
    choice: { ...choice, mapping },
    head: start,
    table: { mapping, certain: input.mapping !== undefined || profile.certain, rows: profile.rows },
  }
}

const mostIssues = 500

/** What the import screen shows of a file, its lines counted against what the ledger has. */
export function glanceStatement(
  input: FileChoice & { ticket: string; name: string; importedAs: number | null },
  tools: TaskTools,
): StatementGlance {
  const { choice, head, table } = withMapping(input)
  const { format, encoding } = detectWith(head, choice)
  const base = {
    ticket: input.ticket,
    name: input.name,
    bytes: statSync(input.path).size,
    format,
    encoding,
    importedAs: input.importedAs as StatementGlance['importedAs'],
    table: table && { ...table, mapping: table.mapping ?? emptyMapping },
  }
  if (table && !table.mapping) return { ...base, statements: [], problems: 0, issues: [] }
  const db = openLedgerFile(tools.ledgerPath, { readOnly: true })
  try {
    const issues: StatementIssue[] = []
    const known: number[] = []
    const occurrences = createOccurrences()
    let problems = 0
    const accounts: string[] = []
    const { sink, totals } = createStatementTotals({
      line: (line, statement) => {
        accounts[statement] ??= totals()[statement]?.account ?? ''
        const identity = identityOf(accounts[statement] ?? '', line)
        if (hasLine(db, { identity, occurrence: occurrences.next(identity) }))
          known[statement] = (known[statement] ?? 0) + 1
      },
      issue: (issue) => {
        if (issue.weight === 'problem') problems += 1
        if (issues.length < mostIssues) issues.push(issue)
      },
    })
    const reader = createReader(format)(
      { encoding, ...(choice.mapping ? { mapping: choice.mapping } : {}) },
      sink,
    )
    for (const chunk of chunksOf(input.path, tools)) reader.write(chunk)
    reader.end()
    const statements = totals().map((total, index) => ({
      account: total.account,
      currency: total.currency,
      owner: total.owner,
      from: total.from,
      to: total.to,
      openingMinor: total.openingMinor,
      closingMinor: total.closingMinor,
      balanceOffMinor: total.balanceOffMinor,
      lines: total.lines,
      newLines: total.lines - (known[index] ?? 0),
      knownLines: known[index] ?? 0,
      doubtfulLines: 0,
    }))
    return { ...base, statements, problems, issues }
  } finally {
    db.close()
  }
}

const emptyMapping: ColumnMapping = {
  delimiter: ';',
  skipRows: 1,
  columns: { bankDay: 0 },
  dateOrder: 'dmy',
  decimalMark: ',',
  creditWords: [],
  invertSign: false,
  account: '',
}

/** The hash under which equal lines are known: 144 bits of SHA-256 over the identity's text. */
export function identityOf(account: string, line: Parameters<typeof lineIdentity>[1]): string {
  return createHash('sha256').update(lineIdentity(account, line)).digest('base64url').slice(0, 24)
}
