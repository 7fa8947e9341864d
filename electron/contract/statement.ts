// Bank statements: what a file holds, how its lines are read, what was found wrong with it.

import { z } from 'zod'
import type { Fault } from './fault.ts'
import { Ticket } from './files.ts'
import { BankDay, FileId, LineId, Slice } from './values.ts'
import type { Moment } from './values.ts'

export const formats = [
  '1c',
  '1c-by',
  'mt940',
  'mt942',
  'camt.052',
  'camt.053',
  'camt.054',
  'ofx',
  'qif',
  'bai2',
  'csv',
  'xlsx',
  'xls',
] as const
export type StatementFormat = (typeof formats)[number]

export const encodings = [
  'utf-8',
  'windows-1251',
  'ibm866',
  'koi8-r',
  'windows-1250',
  'windows-1252',
  'iso-8859-1',
  'iso-8859-2',
  'iso-8859-5',
  'utf-16le',
  'utf-16be',
] as const
/** A WHATWG encoding label; what `TextDecoder` understands. */
export type StatementEncoding = (typeof encodings)[number]

/**
 * Where in the file something stands: the line (1-based) and the bytes from (inclusive) and to (exclusive).
 * In a workbook the line is the sheet's row and there are no bytes: `from` and `to` are 0.
 */
export interface Place {
  line: number
  from: number
  to: number
  /** The sheet of a workbook, the member of an archive; absent elsewhere. */
  part?: string
}

export interface Counterparty {
  name: string
  taxId: string
  account: string
  bankCode: string
}

/**
 * How an entry stands to the single payments it was booked for. `whole`: one sum for payments that the file announces
 * and does not list (they stand in a camt.054 of the same bank); `detail`: one of those payments. Either is found by
 * any of the references (`PmtInfId`, `AcctSvcrRef`, `MsgId`), blanks removed, 'NOTPROVIDED' left out.
 */
export interface BatchLink {
  role: 'whole' | 'detail'
  references: string[]
}

/** One movement on the account. `amountMinor` is signed: what came in is positive. Texts are '' where absent. */
export interface StatementLine {
  /** Position within the file, from 0, in the file's order. */
  index: number
  /** The day on which the bank booked it on the account. */
  bankDay: BankDay
  valueDay: BankDay | null
  amountMinor: number
  currency: string
  counterparty: Counterparty
  /** The purpose as a person reads it. */
  purpose: string
  /** The purpose joined without blanks at the format's own line breaks, when that differs: numbers are sought in both. */
  purposeGlued: string | null
  documentNumber: string
  /** The day written on the bank document, when the format has one of its own. */
  documentDay: BankDay | null
  bankReference: string
  reversal: boolean
  /** False for pending and merely announced entries: they never prove money. */
  booked: boolean
  place: Place
  /** Absent for an entry that is one payment. */
  batch?: BatchLink
}

/** One account's statement as a file states it. Balances are null when the file has none. */
export interface StatementHead {
  /** Account number or IBAN as written, blanks removed. */
  account: string
  currency: string
  /** Name of the account's owner where the format has it, else ''. */
  owner: string
  from: BankDay | null
  to: BankDay | null
  openingMinor: number | null
  closingMinor: number | null
}

export interface StatementOfFile extends StatementHead {
  /** closing - (opening + booked lines), 0 when they add up, null when a balance is missing. */
  balanceOffMinor: number | null
  lines: StatementLine[]
  /** The member of an archive it was read from; absent elsewhere. */
  part?: string
}

export const issueCodes = [
  'amount.unreadable',
  'amount.precision',
  'amount.missing',
  'date.unreadable',
  'date.missing',
  'date.impossible',
  'direction.unknown',
  'currency.unknown',
  'account.missing',
  'document.unexecuted',
  'document.cut',
  'file.cut',
  'section.unclosed',
  'encoding.declared',
  'encoding.replacement',
  'balance.off',
  'balance.missing',
  'balance.unreadable',
  'entry.pending',
  'entry.details',
  'entry.sum',
  'line.orphan',
  'line.unknown',
  'row.width',
  'row.empty',
  'account.own',
  'statement.period',
  'declared.total',
  'declared.count',
  'reference.long',
  'record.unreadable',
  'account.unsupported',
  'entry.corrected',
  'split.sum',
  'date.ambiguous',
  'currency.absent',
  'formula.uncomputed',
  'sheet.skipped',
  'issues.more',
] as const
export type IssueCode = (typeof issueCodes)[number]

/** A problem found while reading; `text` is the raw text at its place (at most 500 characters), never our words. */
export interface StatementIssue {
  place: Place
  code: IssueCode
  text: string
  /** Whether something of the file is missing or doubtful in what was read ('problem'), or it is only worth knowing ('note'). */
  weight: 'problem' | 'note'
}

/** How the encoding was found: a mark or structure proves it, the file declares it, or its letters look most like it. */
export const encodingGrounds = ['proved', 'declared', 'scored', 'chosen'] as const
export type EncodingGround = (typeof encodingGrounds)[number]

export interface StatementPreview {
  /** 'zip' for an archive: `members` then tells what each of its files is. */
  format: StatementFormat | 'zip'
  encoding: StatementEncoding
  statements: StatementOfFile[]
  issues: StatementIssue[]
  members: ArchiveMember[]
}

/** A file inside an archive, as inspecting the archive found it. */
export interface ArchiveMember {
  name: string
  bytes: number
  /** Null when it was refused. */
  format: StatementFormat | null
  encoding: StatementEncoding | null
  lines: number
  fault: Fault | null
}

/** Which column of a table holds what; columns count from 0. */
export const ColumnMapping = z.strictObject({
  delimiter: z.enum([',', ';', '\t', '|']),
  /** Number of rows above the first line of data, header included. */
  skipRows: z.int().min(0).max(200),
  /** Name of the workbook's sheet; the first one that holds a table when absent. */
  sheet: z.string().max(64).optional(),
  columns: z.strictObject({
    bankDay: z.int().min(0),
    valueDay: z.int().min(0).optional(),
    /** One signed column, or `credit` and `debit`, or `amount` with `direction`. */
    amount: z.int().min(0).optional(),
    credit: z.int().min(0).optional(),
    debit: z.int().min(0).optional(),
    direction: z.int().min(0).optional(),
    currency: z.int().min(0).optional(),
    counterpartyName: z.int().min(0).optional(),
    counterpartyTaxId: z.int().min(0).optional(),
    counterpartyAccount: z.int().min(0).optional(),
    counterpartyBankCode: z.int().min(0).optional(),
    /** Tables that print payer and payee beside each other: which of them is the counterparty follows from the direction. */
    payerName: z.int().min(0).optional(),
    payerTaxId: z.int().min(0).optional(),
    payerAccount: z.int().min(0).optional(),
    payerBankCode: z.int().min(0).optional(),
    payeeName: z.int().min(0).optional(),
    payeeTaxId: z.int().min(0).optional(),
    payeeAccount: z.int().min(0).optional(),
    payeeBankCode: z.int().min(0).optional(),
    purpose: z.int().min(0).optional(),
    documentNumber: z.int().min(0).optional(),
    bankReference: z.int().min(0).optional(),
    account: z.int().min(0).optional(),
    balance: z.int().min(0).optional(),
  }),
  dateOrder: z.enum(['dmy', 'mdy', 'ymd']),
  decimalMark: z.enum([',', '.']),
  /** Cell texts (lower case) of the direction column that mean money in. */
  creditWords: z.array(z.string().max(40)).max(20).default([]),
  invertSign: z.boolean().default(false),
  /** Used where the table has no such column. */
  account: z.string().max(64).default(''),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
})
export type ColumnMapping = z.output<typeof ColumnMapping>

/** What a file of a poor format does not say and a person does. */
export const GivenFacts = z.strictObject({
  account: z.string().max(64).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  dateOrder: z.enum(['dmy', 'mdy', 'ymd']).optional(),
})
export type GivenFacts = z.output<typeof GivenFacts>

export const FileRef = z.strictObject({
  ticket: Ticket,
  /** Overrules what detection found. */
  encoding: z.enum(encodings).optional(),
  format: z.enum(formats).optional(),
  mapping: ColumnMapping.optional(),
  given: GivenFacts.optional(),
})
export type FileRef = z.output<typeof FileRef>

export const InspectRequest = FileRef.extend({
  /** Reading ends after so many lines; what is known only at a file's end (closing balance, proof) is then null. */
  lines: z.int().min(1).max(1000).optional(),
})

/** What the import screen shows of a dropped file before anything is stored. */
export interface StatementGlance {
  ticket: string
  name: string
  bytes: number
  format: StatementFormat
  encoding: StatementEncoding
  encodingBy: EncodingGround
  /** What the file declares of its encoding when that is not what fits it; '' otherwise. */
  declaredEncoding: string
  /** Up to 400 characters around the first letters beyond ASCII as the encoding reads them; '' when there are none. */
  sample: string
  statements: (Omit<StatementOfFile, 'lines'> & {
    lines: number
    /** Sums of the booked lines: what came in, and what went out (positive). */
    inMinor: number
    outMinor: number
    /** Lines that no imported file has. */
    newLines: number
    /** Lines that another file has letter by letter. */
    knownLines: number
    /** Lines that may be the same money as a line of another file, told in other words. */
    doubtfulLines: number
  })[]
  /** What has to be said by a person before the file can be imported. */
  needs: ('mapping' | 'account' | 'currency' | 'dateOrder')[]
  problems: number
  issues: StatementIssue[]
  /** The same bytes were imported before, as this file. */
  importedAs: FileId | null
  /** For tables: the mapping found or remembered, the first rows (at most 200) as cells; null for other formats. */
  table: {
    mapping: ColumnMapping
    /** Beyond doubt, chosen, or remembered; otherwise the person looks first. */
    certain: boolean
    /** Taken from an earlier import of a table with the same header. */
    remembered: boolean
    rows: string[][]
    /** A workbook's sheets; empty for text. */
    sheets: string[]
  } | null
}

export const ImportRequest = z.strictObject({
  files: z
    .array(
      FileRef.extend({
        /**
         * Lines that another file has are kept as duplicates. Lines that may be the same money in other words wait for the
         * person ('ask'), are duplicates too ('skip'); or nothing is taken for a duplicate ('keep').
         */
        duplicates: z.enum(['ask', 'skip', 'keep']).default('ask'),
      }),
    )
    .min(1)
    .max(200),
})

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
  /** The line of another file whose money it is, or may be; null for all others. */
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

/** A verdict on supposed duplicates: the same money as the twin, or money of its own. */
export const JudgeLines = z.strictObject({
  lineIds: z.array(LineId).min(1).max(1000).optional(),
  /** All doubtful lines of a file. */
  fileId: FileId.optional(),
  verdict: z.enum(['same', 'separate']),
})

/** The columns of a table as a person once confirmed them; used again for every table with the same header. */
export interface RememberedTable {
  id: number
  /** Its header's words. */
  header: string[]
  mapping: ColumnMapping
  fileName: string
  usedAt: Moment
}
export const RememberedTableRef = z.strictObject({ id: z.int().positive() })

/** One file that was dropped, or one of the files inside an archive that was. */
export interface UnpackedFile {
  ticket: Ticket
  name: string
  bytes: number
}

/** A folder whose new files are imported by themselves. It never leads to a write to a portal. */
export interface WatchStatus {
  folder: string | null
  state: 'off' | 'watching' | 'unreachable'
  /** Whether this host can show the system's dialog for choosing a folder. */
  canChoose: boolean
  lastLookAt: Moment | null
  /** Newest first, at most 200. */
  files: WatchedFile[]
}
export interface WatchedFile {
  name: string
  bytes: number
  seenAt: Moment
  /** `before`: it lay there already when the watch began; `waiting`: it needs the person's word (columns, currency). */
  outcome: 'before' | 'arriving' | 'imported' | 'waiting' | 'refused'
  fileId: FileId | null
  lines: number
  fault: Fault | null
}
export const WatchRequest = z.strictObject({ folder: z.string().min(1).max(4096).nullable() })
export const WatchedRef = z.strictObject({ name: z.string().min(1).max(255) })
