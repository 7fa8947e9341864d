// Reading one statement into the ledger, chunk by chunk; nothing of it is visible before it is whole.

import type { Wire } from '../../../contract/define.ts'
import type { StatementIssue } from '../../../contract/statement.ts'
import { Refusal } from '../../../contract/fault.ts'
import type { Actor } from '../../../contract/values.ts'
import { cutCodes } from '../../../domain/statements/account-chain.ts'
import { readerFor } from '../../../domain/statements/inspect.ts'
import { createStatementTotals, mostIssues } from '../../../domain/statements/statement-set.ts'
import type { StatementTotals } from '../../../domain/statements/statement-set.ts'
import type { TableToRemember } from '../../ledger/tables/remembered-tables.ts'
import type { DuplicateChoice, NewLine } from '../../ledger/tables/statements.ts'
import { chunksOf } from './inspect-file.ts'
import { headerKey, headerWordsOf } from './known-tables.ts'
import { identityOf } from './line-hash.ts'
import { createNeedsFinder } from './needs.ts'
import { createOccurrenceCounter } from './occurrences.ts'
import { chooseReading } from './table-choice.ts'
import type { FileChoice, Reading } from './table-choice.ts'
import { writerOf } from './tools.ts'
import type { TaskTools } from './tools.ts'

export interface ImportInput extends FileChoice {
  name: string
  sha256: string
  bytes: number
  duplicates: DuplicateChoice
  at: string
  actor: Actor
  jobId: string
  /** The watched folder it came from; null when a person chose it. */
  folder: string | null
}
export interface Imported {
  fileId: number
  lines: number
  known: number
  doubtful: number
  problems: number
}

const linesAChunk = 2000
/** A slice at a time, so that what waits for the ledger stays small however dense the file is. */
const sliceBytes = 131_072

/**
 * Imports a kept file. Throws the format's Refusals, `statement.mappingNeeded` and `statement.givenNeeded` where a person
 * has to say something first, and TaskStopped; all leave nothing behind.
 */
export async function importFile(input: ImportInput, tools: TaskTools): Promise<Imported> {
  const ledger = writerOf(tools)
  const reading = chooseReading(input, tools)
  if (reading.table && !reading.table.certain) throw new Refusal({ code: 'statement.mappingNeeded' })
  const { sha256, name, bytes, at } = input
  const { format, encoding, encodingBy } = reading.detected
  const mapping = reading.choice.mapping ?? null
  const file = { sha256, name, bytes, at, format, encoding, encodingBy, mapping }
  const fileId = await ledger.write('beginFile', file)
  try {
    return await readInto(input, tools, fileId, reading)
  } catch (error) {
    await ledger.write('dropFile', { fileId })
    throw error
  }
}

async function readInto(
  input: ImportInput,
  tools: TaskTools,
  fileId: number,
  reading: Reading,
): Promise<Imported> {
  const { detected, choice } = reading
  const ledger = writerOf(tools)
  const occurrences = createOccurrenceCounter()
  const finder = createNeedsFinder(choice)
  const issues = createIssueGate()
  let lines: NewLine[] = []
  let stored = 0
  let cut = false
  const { sink, totals } = createStatementTotals({
    line: (line, _statement, account) => {
      const identity = identityOf(account, line)
      lines.push({ ...line, account, identity, occurrence: occurrences.next(identity) })
    },
    issue: (issue) => {
      finder.issue(issue)
      cut ||= isCut(issue)
      issues.add(issue)
    },
  })
  let underWay: Promise<unknown> = Promise.resolve()
  /** Hands the gathered lines on. One chunk is stored while the next is read, never more, so that nothing piles up. */
  const store = async (last = false): Promise<void> => {
    const before = underWay
    stored += lines.length
    underWay = ledger.write('addLines', {
      fileId,
      lines,
      issues: issues.take(last),
      keepDuplicates: input.duplicates === 'keep',
    })
    // Its failure is met where it is waited for.
    underWay.catch(() => undefined)
    lines = []
    await before
  }
  const reader = readerFor(detected, choice, sink)
  let read = 0
  for (const chunk of chunksOf(input.path, tools, (bytes) => (read = bytes))) {
    for (let from = 0; from < chunk.length; from += sliceBytes) {
      reader.write(chunk.subarray(from, from + sliceBytes))
      if (lines.length >= linesAChunk || issues.waiting() >= linesAChunk) await store()
      tools.checkStop()
    }
    tools.progress(read, input.bytes, input.name)
  }
  reader.end()
  await store(true)
  await underWay
  tools.checkStop()
  const statements = totals()
  if (stored === 0 && statements.length === 0) throw new Refusal({ code: 'statement.noAccount' })
  if (input.folder !== null) refuseDoubted(statements, cut)
  const needs = finder.needs(statements)
  if (needs.length > 0) throw new Refusal({ code: 'statement.givenNeeded', needs: needs.join(' ') })
  const counted = { lines: stored, problems: issues.problems() }
  const { known, doubtful } = await ledger.write('finishFile', {
    fileId,
    statements,
    duplicates: input.duplicates,
    issues: issues.all(),
    problems: counted.problems,
    table: tableToRemember(input, reading),
    journal: journalRow(input, fileId, { ...readAs(reading), ...counted }),
  })
  return { fileId, known, doubtful, ...counted }
}

const isCut = ({ code }: StatementIssue): boolean => cutCodes.some((one) => one === code)

/** What comes from the watched folder is seen by nobody first: a file that a person would stop at waits for one. */
function refuseDoubted(statements: readonly StatementTotals[], cut: boolean): void {
  if (cut) throw new Refusal({ code: 'statement.unwatched', reason: 'cut' })
  if (statements.some(({ balanceOffMinor }) => balanceOffMinor !== null && balanceOffMinor !== 0))
    throw new Refusal({ code: 'statement.unwatched', reason: 'balance' })
}

function readAs({ detected, choice }: Reading) {
  const { format, encoding, encodingBy } = detected
  return { format, encoding, encodingBy, given: choice.given ? { ...choice.given } : null }
}

function journalRow(input: ImportInput, fileId: number, how: Record<string, Wire>) {
  const { at, actor, jobId, name, sha256, duplicates, folder } = input
  const from = folder === null ? {} : { folder }
  return {
    at,
    kind: 'file.imported' as const,
    actor,
    jobId,
    body: { fileId, name, sha256, duplicates, ...from, ...how },
  }
}

/** Columns that a person chose, or that were known from one who did, by the header they stand under. */
function tableToRemember(input: ImportInput, { table }: Reading): TableToRemember | null {
  if (!table?.mapping || (!input.mapping && !table.remembered)) return null
  const header = headerWordsOf(table.rows, table.mapping)
  if (!header) return null
  return { key: headerKey(header), header, mapping: table.mapping, fileName: input.name }
}

/**
 * Lets the first issues through, counts the rest, and tells of them in one more at the end. That a file was cut off is
 * told at its end, and is never one of the rest: whether its days prove anything rests on it.
 */
function createIssueGate() {
  let waiting: StatementIssue[] = []
  let all = 0
  let problems = 0
  let more: StatementIssue | null = null
  let cut = false
  return {
    add(issue: StatementIssue): void {
      all += 1
      if (issue.weight === 'problem') problems += 1
      const first = isCut(issue) && issue.weight === 'problem' && !cut
      cut ||= first
      if (all <= mostIssues || first) waiting.push(issue)
      else {
        const weight = more?.weight === 'problem' ? 'problem' : issue.weight
        more = {
          place: more?.place ?? issue.place,
          code: 'issues.more',
          text: String(all - mostIssues),
          weight,
        }
      }
    },
    waiting: () => waiting.length,
    take(last: boolean): StatementIssue[] {
      const taken = last && more ? [...waiting, more] : waiting
      waiting = []
      return taken
    },
    all: () => all,
    problems: () => problems,
  }
}
