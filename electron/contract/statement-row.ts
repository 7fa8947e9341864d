// Imported statements and their lines as screens see and filter them.

import { z } from 'zod'
import type {
  StatementFormat,
  StatementEncoding,
  StatementLine,
  StatementIssue,
  EncodingGround,
} from './statement.ts'
import type { ColumnMapping } from './statement-file.ts'
import { BankDay, FileId, LineId, Slice } from './values.ts'
import type { Moment } from './values.ts'

export interface StatementRow {
  id: number
  fileId: FileId
  fileName: string
  format: StatementFormat
  encoding: StatementEncoding
  encodingBy: EncodingGround
  /** The columns it was read by; null for what is no table. */
  mapping: ColumnMapping | null
  account: string
  currency: string
  from: BankDay | null
  to: BankDay | null
  openingMinor: number | null
  closingMinor: number | null
  /** Sums of its booked lines: what came in, and what went out (positive). */
  inMinor: number
  outMinor: number
  balanceOffMinor: number | null
  lines: number
  knownLines: number
  /** Lines that wait for the person's word whether they are another line's money. */
  doubtfulLines: number
  problems: number
  /** The person declared the file good although its balances do not add up (money rule 5). */
  cleared: boolean
  importedAt: Moment
}

export const lineStandings = [
  'open',
  'proposed',
  'partly',
  'matched',
  'ignored',
  'held',
  'duplicate',
  'doubtful',
  'detailed',
] as const
/** `doubtful`: may be the same money as `twinOf`; `detailed`: its single payments stand as lines of their own. */
export type LineStanding = (typeof lineStandings)[number]

export const LineFilter = z.strictObject({
  fileId: FileId.optional(),
  account: z.string().max(64).optional(),
  standing: z.array(z.enum(lineStandings)).optional(),
  from: BankDay.optional(),
  to: BankDay.optional(),
  direction: z.enum(['in', 'out']).optional(),
  text: z.string().max(200).optional(),
})
export const LinePageRequest = Slice.extend({
  filter: LineFilter.default({}),
  sort: z
    .strictObject({
      column: z.enum(['bankDay', 'amountMinor', 'counterparty', 'index', 'documentNumber']),
      descending: z.boolean(),
    })
    .optional(),
}).prefault({})

export interface LineRow extends Omit<StatementLine, 'purposeGlued'> {
  id: LineId
  fileId: FileId
  account: string
  standing: LineStanding
  /** Sum of its accepted allotments, in the line's currency. */
  allottedMinor: number
  note: string
  heldUntil: BankDay | null
  ignoredReason: string | null
  /** The line of another file whose money it is, may be, or was judged not to be; null for all others. */
  twinOf: LineId | null
}

export interface LineDetail {
  row: LineRow
  fileName: string
  encoding: StatementEncoding
  /** The bytes it was read from, decoded as the file was; at most 64 KB. A workbook's row: its cells, parted by tabs. */
  raw: string
  /** The first 4 KB of the same bytes as hexadecimal pairs without blanks; '' for a workbook. */
  hex: string
  /** The line of another file that it doubles, or may double. */
  twin: { row: LineRow; fileName: string } | null
  issues: StatementIssue[]
}

export const LineRef = z.strictObject({ lineId: LineId })
export const FileOfStatements = z.strictObject({ fileId: FileId })

const count = z.int().min(0)
/** What people wrote on lines of a file and what goes with it: lines ignored, lines held today, lines with a note. */
export const LineMarkCounts = z.strictObject({ ignored: count, held: count, notes: count })
export type LineMarkCounts = z.output<typeof LineMarkCounts>

export const ForgetFile = FileOfStatements.extend({
  /** What the person was told is lost; it has to be what is lost. Left out where nothing is. */
  losing: LineMarkCounts.optional(),
})

/** A verdict on supposed duplicates: the same money as the twin, or money of its own. */
export const JudgeLines = z.strictObject({
  lineIds: z.array(LineId).min(1).max(1000).optional(),
  /** All doubtful lines of a file. */
  fileId: FileId.optional(),
  verdict: z.enum(['same', 'separate']),
})
