// A sink that remembers what a reader tells, for the tests of the tabular and camt readers.

import type { StatementHead, StatementIssue, StatementLine } from '../../../../electron/contract/statement.ts'
import type {
  CreateReader,
  ReaderOptions,
  StatementSink,
} from '../../../../electron/domain/statements/reader.ts'

export interface CollectedStatement {
  opened: StatementHead
  head: StatementHead | null
  lines: Omit<StatementLine, 'index'>[]
}

export interface Collected {
  statements: CollectedStatement[]
  issues: StatementIssue[]
  /** Lines of all statements, in order. */
  lines: Omit<StatementLine, 'index'>[]
}

export function collector(): { sink: StatementSink; collected: Collected } {
  const collected: Collected = { statements: [], issues: [], lines: [] }
  const current = (): CollectedStatement => {
    const last = collected.statements.at(-1)
    if (!last || last.head) throw new Error('nothing is open')
    return last
  }
  const sink: StatementSink = {
    open(head) {
      if (collected.statements.at(-1)?.head === null) throw new Error('opened twice')
      collected.statements.push({ opened: head, head: null, lines: [] })
    },
    line(line) {
      current().lines.push(line)
      collected.lines.push(line)
    },
    close(head) {
      current().head = head
    },
    issue(issue) {
      collected.issues.push(issue)
    },
  }
  return { sink, collected }
}

/** Reads bytes (or UTF-8 text) in chunks of `size`, everything at once by default. */
export function readAll(
  create: CreateReader,
  source: Uint8Array | string,
  options: Partial<ReaderOptions> = {},
  size = Number.POSITIVE_INFINITY,
): Collected {
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source
  const { sink, collected } = collector()
  const reader = create({ encoding: 'utf-8', ...options }, sink)
  for (let at = 0; at < bytes.length; at += size)
    reader.write(bytes.subarray(at, Math.min(at + size, bytes.length)))
  reader.end()
  return collected
}

/** Reads bytes cut at the given offsets. */
export function readCut(
  create: CreateReader,
  bytes: Uint8Array,
  cuts: number[],
  options: Partial<ReaderOptions> = {},
): Collected {
  const { sink, collected } = collector()
  const reader = create({ encoding: 'utf-8', ...options }, sink)
  const bounds = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length]
  for (const [i, from] of bounds.entries()) reader.write(bytes.subarray(from, bounds[i + 1] ?? bytes.length))
  reader.end()
  return collected
}

/** The fault's code of what a call refuses with. */
export function refusalOf(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    if (error instanceof Error && 'fault' in error) return error.fault
    throw error
  }
  return 'nothing was refused'
}

export function bytesAt(source: Uint8Array, place: { from: number; to: number }): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(source.subarray(place.from, place.to))
}
