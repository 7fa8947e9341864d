// What a bank statement holds and what was found wrong with it: the words in which every format's reader tells.

import type { Fault } from './fault.ts'
import type { BankDay } from './values.ts'

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
