// Files on their way into the ledger: how each is to be read, what a look at it showed, what a person said of it.

import { z } from 'zod'
import type { Fault } from './fault.ts'
import { Ticket } from './files.ts'
import { formats, encodings } from './statement.ts'
import type {
  StatementFormat,
  StatementEncoding,
  StatementOfFile,
  StatementIssue,
  EncodingGround,
} from './statement.ts'
import type { FileId, Moment } from './values.ts'

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
  /** Cell texts (lower case) of the direction column that mean money in; '' is a cell with nothing in it. */
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
    /** What these rows look like by themselves, whatever was chosen or remembered; null when no dated sums are seen. */
    proposed: ColumnMapping | null
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
         * person ('ask'), or are duplicates too ('skip') unless what they may repeat waits itself. Or nothing is taken for
         * a duplicate ('keep'): a verdict 'separate' on each, which can be taken back like any other.
         */
        duplicates: z.enum(['ask', 'skip', 'keep']).default('ask'),
      }),
    )
    .min(1)
    .max(200),
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
export type UnpackedFile = TakenFile | RefusedFile
export interface TakenFile {
  ticket: Ticket
  name: string
  bytes: number
}
/** A file of an archive that cannot be unpacked, while the others can. */
export interface RefusedFile {
  ticket: null
  name: string
  bytes: number
  fault: Fault
}

/** Files that nobody needs any more. */
export const ReleaseRequest = z.strictObject({ tickets: z.array(Ticket).min(1).max(1000) })

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
