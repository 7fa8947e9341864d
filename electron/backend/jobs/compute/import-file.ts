// Reading one statement into the ledger, chunk by chunk; nothing of it is visible before it is whole.

import type {
  ColumnMapping,
  StatementEncoding,
  StatementFormat,
  StatementIssue,
} from '../../../contract/statement.ts'
import { Refusal } from '../../../contract/fault.ts'
import type { Actor } from '../../../contract/values.ts'
import { detectWith } from '../../../domain/statements/inspect.ts'
import { createOccurrences } from '../../../domain/statements/line-identity.ts'
import { createReader } from '../../../domain/statements/readers.ts'
import { createStatementTotals } from '../../../domain/statements/statement-set.ts'
import type { NewLine } from '../../ledger/tables/statements.ts'
import { chunksOf, identityOf, withMapping } from './inspect-file.ts'
import type { FileChoice } from './inspect-file.ts'
import { writerOf } from './tools.ts'
import type { TaskTools } from './tools.ts'

export interface ImportInput extends FileChoice {
  name: string
  sha256: string
  bytes: number
  keepDuplicates: boolean
  at: string
  actor: Actor
  jobId: string
}
export interface Imported {
  fileId: number
  lines: number
  known: number
  problems: number
}

const linesAChunk = 2000

/** Imports a kept file. Throws the format's Refusals and TaskStopped; both leave nothing behind. */
export async function importFile(input: ImportInput, tools: TaskTools): Promise<Imported> {
  const ledger = writerOf(tools)
  const { choice, head, table } = withMapping(input)
  if (table && !table.certain) throw new Refusal({ code: 'statement.mappingNeeded' })
  const { format, encoding } = detectWith(head, choice)
  const fileId = await ledger.write('beginFile', fileRow(input, format, encoding, choice.mapping))
  try {
    return await readInto(input, tools, fileId, { format, encoding, mapping: choice.mapping })
  } catch (error) {
    await ledger.write('dropFile', { fileId })
    throw error
  }
}

function fileRow(
  input: ImportInput,
  format: StatementFormat,
  encoding: StatementEncoding,
  mapping: ColumnMapping | undefined,
) {
  const { sha256, name, bytes, at } = input
  return { sha256, name, bytes, at, format, encoding, mapping: mapping ?? null }
}

async function readInto(
  input: ImportInput,
  tools: TaskTools,
  fileId: number,
  how: { format: StatementFormat; encoding: StatementEncoding; mapping: ColumnMapping | undefined },
): Promise<Imported> {
  const ledger = writerOf(tools)
  const occurrences = createOccurrences()
  const accounts: string[] = []
  let lines: NewLine[] = []
  let issues: StatementIssue[] = []
  const done = { fileId, lines: 0, known: 0, problems: 0 }
  const { sink, totals } = createStatementTotals({
    line: (line, statement) => {
      const account = (accounts[statement] ??= totals()[statement]?.account ?? '')
      const identity = identityOf(account, line)
      lines.push({ ...line, account, identity, occurrence: occurrences.next(identity) })
    },
    issue: (issue) => {
      if (issue.weight === 'problem') done.problems += 1
      issues.push(issue)
    },
  })
  let underWay: Promise<void> = Promise.resolve()
  /** Hands the gathered lines on. One chunk is stored while the next is read, never more, so that nothing piles up. */
  const store = async (): Promise<void> => {
    const before = underWay
    done.lines += lines.length
    underWay = ledger
      .write('addLines', { fileId, lines, issues, keepDuplicates: input.keepDuplicates })
      .then(({ known }) => {
        done.known += known
      })
    // Its failure is met where it is waited for.
    underWay.catch(() => undefined)
    lines = []
    issues = []
    await before
  }
  const reader = createReader(how.format)(
    { encoding: how.encoding, ...(how.mapping ? { mapping: how.mapping } : {}) },
    sink,
  )
  let read = 0
  for (const chunk of chunksOf(input.path, tools, (bytes) => (read = bytes))) {
    // A slice at a time, so that what waits for the ledger stays small however dense the file is.
    for (let from = 0; from < chunk.length; from += 131_072) {
      reader.write(chunk.subarray(from, from + 131_072))
      if (lines.length >= linesAChunk || issues.length >= linesAChunk) await store()
      tools.checkStop()
    }
    tools.progress(read, input.bytes, input.name)
  }
  reader.end()
  await store()
  await underWay
  tools.checkStop()
  const statements = totals()
  if (done.lines === 0 && statements.length === 0) throw new Refusal({ code: 'statement.noAccount' })
  await ledger.write('finishFile', {
    fileId,
    statements,
    known: done.known,
    journal: {
      at: input.at,
      kind: 'file.imported',
      actor: input.actor,
      jobId: input.jobId,
      body: {
        fileId,
        name: input.name,
        sha256: input.sha256,
        format: how.format,
        encoding: how.encoding,
        lines: done.lines,
        known: done.known,
        problems: done.problems,
      },
    },
  })
  return done
}
