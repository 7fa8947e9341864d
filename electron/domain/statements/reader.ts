// The seam between the import and every format: bytes go in by chunks, what was read comes out through a sink.

import type { ColumnMapping, GivenFacts } from '../../contract/statement-file.ts'
import type {
  EncodingGround,
  StatementEncoding,
  StatementFormat,
  StatementHead,
  StatementIssue,
  StatementLine,
} from '../../contract/statement.ts'

/**
 * What a reader tells while it reads, in the file's order. `open` begins an account's statement; the lines
 * after it belong to it until the next `open`; `close` completes it with what is known only at its end
 * (closing balance, period). The same account may be opened more than once (one section a day); `statement-set.ts` joins them.
 */
export interface StatementSink {
  open(head: StatementHead): void
  line(line: Omit<StatementLine, 'index'>): void
  close(head: StatementHead): void
  issue(issue: StatementIssue): void
}

/**
 * Reads one file. `write` may be called with chunks cut at any byte and gives the same result for every cut.
 * Bad records become issues; a Refusal is thrown only when nothing of the file can be trusted.
 * Memory stays bounded by the longest record, not by the file.
 */
export interface StatementReader {
  write(chunk: Uint8Array): void
  end(): void
}

export interface ReaderOptions {
  encoding: StatementEncoding
  mapping?: ColumnMapping
  given?: GivenFacts
}

export type CreateReader = (options: ReaderOptions, sink: StatementSink) => StatementReader

/** What detection found in the first bytes of a file. */
export interface Detected {
  format: StatementFormat
  encoding: StatementEncoding
  encodingBy: EncodingGround
  /** Set when the file declares another encoding than the one that fits its bytes. */
  declaredEncoding?: string
}
