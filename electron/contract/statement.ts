// Bank statements: what a file holds, how its lines are read, what was found wrong with it.

import { z } from 'zod'
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

/** Where in the file something stands: the line (1-based) and the bytes from (inclusive) and to (exclusive). */
export interface Place {
  line: number
  from: number
  to: number
}

export interface Counterparty {
  name: string
  taxId: string
  account: string
  bankCode: string
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

export interface StatementPreview {
  format: StatementFormat
  encoding: StatementEncoding
  statements: StatementOfFile[]
  issues: StatementIssue[]
}

/** Which column of a table holds what; columns count from 0. */
export const ColumnMapping = z.strictObject({
  delimiter: z.enum([',', ';', '\t', '|']),
  /** Number of rows above the first line of data, header included. */
  skipRows: z.int().min(0).max(200),
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

export const FileRef = z.strictObject({
  ticket: Ticket,
  /** Overrules what detection found. */
  encoding: z.enum(encodings).optional(),
  format: z.enum(formats).optional(),
  mapping: ColumnMapping.optional(),
})
export type FileRef = z.output<typeof FileRef>

/** What the import screen shows of a dropped file before anything is stored. */
export interface StatementGlance {
  ticket: string
  name: string
  bytes: number
  format: StatementFormat
  encoding: StatementEncoding
  statements: (Omit<StatementOfFile, 'lines'> & {
    lines: number
    newLines: number
    knownLines: number
    doubtfulLines: number
  })[]
  problems: number
  issues: StatementIssue[]
  /** The same bytes were imported before, as this file. */
  importedAs: FileId | null
  /** For tables: the mapping found or remembered, the first rows as cells; null for other formats. */
  table: { mapping: ColumnMapping; certain: boolean; rows: string[][] } | null
}

export const ImportRequest = z.strictObject({
  files: z
    .array(FileRef.extend({ duplicates: z.enum(['skip', 'keep']).default('skip') }))
    .min(1)
    .max(200),
})

export interface StatementRow {
  id: number
  fileId: FileId
  fileName: string
  format: StatementFormat
  encoding: StatementEncoding
  account: string
  currency: string
  from: BankDay | null
  to: BankDay | null
  openingMinor: number | null
  closingMinor: number | null
  balanceOffMinor: number | null
  lines: number
  knownLines: number
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
] as const
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
}

export interface LineDetail {
  row: LineRow
  fileName: string
  encoding: StatementEncoding
  /** The bytes it was read from, decoded as the file was; at most 64 KB. */
  raw: string
  issues: StatementIssue[]
}

export const LineRef = z.strictObject({ lineId: LineId })
export const FileOfStatements = z.strictObject({ fileId: FileId })
