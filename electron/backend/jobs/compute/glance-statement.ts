// What the import screen shows of a file: nothing is stored, every line is held against what the ledger has.

import { statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { Refusal } from '../../../contract/fault.ts'
import type { ColumnMapping, StatementGlance } from '../../../contract/statement-file.ts'
import type { StatementIssue } from '../../../contract/statement.ts'
import { readerFor } from '../../../domain/statements/inspect.ts'
import { createStatementTotals } from '../../../domain/statements/statement-set.ts'
import type { StatementTotals } from '../../../domain/statements/statement-set.ts'
import { openLedgerFile } from '../../ledger/open.ts'
import { createGlanceLines } from '../../ledger/glance-lines.ts'
import { chunksOf } from './inspect-file.ts'
import { identityOf } from './line-hash.ts'
import { createNeedsFinder } from './needs.ts'
import { createOccurrenceCounter } from './occurrences.ts'
import { letterSample } from './letter-sample.ts'
import { chooseReading } from './table-choice.ts'
import type { FileChoice, Reading } from './table-choice.ts'
import type { TaskTools } from './tools.ts'

/** Issues and rows beyond these are nobody's first look. */
const shownIssues = 500
const shownRows = 200

export interface GlanceInput extends FileChoice {
  ticket: string
  name: string
  importedAs: number | null
}

/** Throws the Refusals of detection and of the format; a table whose columns nobody knows is shown without statements. */
export function glanceStatement(input: GlanceInput, tools: TaskTools): StatementGlance {
  const reading = chooseReading(input, tools)
  const { detected, table } = reading
  const base = {
    ticket: input.ticket,
    name: input.name,
    bytes: statSync(input.path).size,
    format: detected.format,
    encoding: detected.encoding,
    encodingBy: detected.encodingBy,
    declaredEncoding: detected.declaredEncoding ?? '',
    sample: letterSample(reading.head, detected),
    importedAs: input.importedAs as StatementGlance['importedAs'],
    table: table && {
      mapping: table.mapping ?? emptyMapping,
      certain: table.certain,
      remembered: table.remembered,
      proposed: table.proposed,
      rows: table.rows.slice(0, shownRows),
      sheets: table.sheets,
    },
  }
  const unknown = { ...base, statements: [], needs: ['mapping' as const], problems: 0, issues: [] }
  if (table && !table.mapping) return unknown
  const db = openLedgerFile(tools.ledgerPath, { readOnly: true })
  try {
    const { needs, ...read } = readLines(input, reading, tools, db)
    return { ...base, ...read, needs: [...(table && !table.certain ? (['mapping'] as const) : []), ...needs] }
  } catch (error) {
    // Columns that do not give lines are put right by the person who sees the rows.
    if (table && error instanceof Refusal && tableFaults.has(error.fault.code)) return unknown
    throw error
  } finally {
    db.close()
  }
}

const tableFaults: ReadonlySet<string> = new Set(['statement.mappingNeeded', 'statement.noAccount'])

function readLines(
  input: GlanceInput,
  reading: Reading,
  tools: TaskTools,
  db: DatabaseSync,
): Pick<StatementGlance, 'statements' | 'needs' | 'problems' | 'issues'> {
  const { detected, choice } = reading
  const issues: StatementIssue[] = []
  const occurrences = createOccurrenceCounter()
  const held = createGlanceLines(db, detected.format)
  const finder = createNeedsFinder(choice)
  let problems = 0
  const { sink, totals } = createStatementTotals({
    line: (line, statement, account) => {
      const identity = identityOf(account, line)
      held.add(statement, account, line, { identity, occurrence: occurrences.next(identity) })
    },
    issue: (issue) => {
      if (issue.weight === 'problem') problems += 1
      finder.issue(issue)
      if (issues.length < shownIssues) issues.push(issue)
    },
  })
  const reader = readerFor(detected, choice, sink)
  for (const chunk of chunksOf(input.path, tools)) reader.write(chunk)
  reader.end()
  const found = held.counts()
  const statements = totals()
  return {
    problems,
    issues,
    needs: finder.needs(statements),
    statements: statements.map((total, index) => ({
      ...shownTotals(total),
      newLines: total.lines - (found.known[index] ?? 0) - (found.doubtful[index] ?? 0),
      knownLines: found.known[index] ?? 0,
      doubtfulLines: found.doubtful[index] ?? 0,
    })),
  }
}

function shownTotals({ booked: _, outMinor, ...total }: StatementTotals) {
  return { ...total, outMinor: outMinor === 0 ? 0 : -outMinor }
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
