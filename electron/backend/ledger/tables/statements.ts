// Imported files: written in chunks that stay invisible until the import is whole, then shown as statements.

import type { DatabaseSync } from 'node:sqlite'
import type { Wire } from '../../../contract/define.ts'
import type { ColumnMapping } from '../../../contract/statement-file.ts'
import type {
  EncodingGround,
  StatementEncoding,
  StatementFormat,
  StatementIssue,
  StatementLine,
} from '../../../contract/statement.ts'
import type { StatementTotals } from '../../../domain/statements/statement-set.ts'
import { all, insert, number, one, run, text, textOrNull } from '../prepared.ts'
import { linkBatches, referencesOf, storeReferences } from './batches.ts'
import { markDoubtfulOfFile } from './doubtful.ts'
import { appendJournal } from './journal.ts'
import type { NewJournalRow } from './journal.ts'
import { rememberTable } from './remembered-tables.ts'
import type { TableToRemember } from './remembered-tables.ts'
import { foldText } from './search-text.ts'
import { deriveStandings, portalsOfAccount, proofDaysOf } from './standing.ts'
import { findTwin, supersede } from './twins.ts'

/** What lines of other files mean for those of a new one; the contract's `ImportRequest` tells each. */
export type DuplicateChoice = 'ask' | 'skip' | 'keep'

export function beginFile(
  db: DatabaseSync,
  input: {
    sha256: string
    name: string
    bytes: number
    format: StatementFormat
    encoding: StatementEncoding
    encodingBy: EncodingGround
    mapping: ColumnMapping | null
    at: string
  },
): number {
  return insert(
    db,
    `INSERT INTO file (sha256, name, bytes, format, encoding, encoding_by, mapping_json, imported_at)
     VALUES (:sha256, :name, :bytes, :format, :encoding, :encodingBy, :mapping, :at)`,
    { ...input, mapping: input.mapping && JSON.stringify(input.mapping) },
  )
}

/** A line with the account it stands on and its identity: content hash and occurrence number within account and day. */
export interface NewLine extends StatementLine {
  account: string
  identity: string
  occurrence: number
}

/**
 * Stores one chunk. Lines that another file has letter by letter are kept as duplicates, unless the person said that
 * nothing is one (which is their verdict on each), or only the new line is booked: then the other one becomes the
 * duplicate when the file is whole.
 */
export function addLines(
  db: DatabaseSync,
  input: {
    fileId: number
    lines: readonly NewLine[]
    keepDuplicates: boolean
    issues: readonly StatementIssue[]
  },
): null {
  for (const line of input.lines) {
    const id = insertLine(db, input.fileId, line, heldFor(findTwin(db, line), line, input.keepDuplicates))
    if (line.batch) storeReferences(db, id, line.batch)
  }
  for (const issue of input.issues) {
    const { part, ...place } = issue.place
    insert(
      db,
      'INSERT INTO line_issue VALUES (NULL, :file, :line, :from, :to, :code, :text, :weight, :part)',
      {
        file: input.fileId,
        ...place,
        code: issue.code,
        text: issue.text,
        weight: issue.weight,
        part: part ?? null,
      },
    )
  }
  return null
}

interface Held {
  twin: number | null
  duplicate: number
  judged: 'separate' | null
}

function heldFor(twin: ReturnType<typeof findTwin>, line: NewLine, keep: boolean): Held {
  const repeats = twin !== undefined && (twin.booked || !line.booked)
  // What is booked is never held for what was only announced, not even by a verdict to come.
  if (keep) return { twin: repeats ? twin.id : null, duplicate: 0, judged: repeats ? 'separate' : null }
  return { twin: twin?.id ?? null, duplicate: Number(repeats), judged: null }
}

function insertLine(db: DatabaseSync, fileId: number, line: NewLine, known: Held): number {
  const { counterparty: party, place } = line
  return insert(
    db,
    `INSERT INTO line (file_id, idx, account, currency, bank_day, value_day, amount_minor, party_name, party_tax_id, party_account,
       party_bank_code, purpose, purpose_glued, document_number, document_day, bank_reference, reversal, booked, place_line,
       place_from, place_to, place_part, identity, occurrence, twin_id, duplicate, judged, batch_role, search)
     VALUES (:file, :index, :account, :currency, :bankDay, :valueDay, :amount, :name, :taxId, :partyAccount, :bankCode, :purpose,
       :glued, :document, :documentDay, :reference, :reversal, :booked, :line, :from, :to, :part, :identity, :occurrence, :twin,
       :duplicate, :judged, :role, :search)`,
    {
      file: fileId,
      index: line.index,
      account: line.account,
      currency: line.currency,
      bankDay: line.bankDay,
      valueDay: line.valueDay,
      amount: line.amountMinor,
      name: party.name,
      taxId: party.taxId,
      partyAccount: party.account,
      bankCode: party.bankCode,
      purpose: line.purpose,
      glued: line.purposeGlued,
      document: line.documentNumber,
      documentDay: line.documentDay,
      reference: line.bankReference,
      reversal: Number(line.reversal),
      booked: Number(line.booked),
      line: place.line,
      from: place.from,
      to: place.to,
      part: place.part ?? null,
      identity: line.identity,
      occurrence: line.occurrence,
      ...known,
      role: line.batch?.role ?? null,
      search: searchText(line),
    },
  )
}

function searchText(line: NewLine): string {
  const { name, taxId, account } = line.counterparty
  const sum = (Math.abs(line.amountMinor) / 100).toFixed(2)
  return foldText(
    [name, taxId, account, line.purpose, line.documentNumber, sum, sum.replace('.', ',')].join(' '),
  )
}

export interface FinishedFile {
  fileId: number
  statements: readonly StatementTotals[]
  duplicates: DuplicateChoice
  /** All issues of the file, and those of them that are problems; their rows may be fewer. */
  issues: number
  problems: number
  /** Columns that a person confirmed. */
  table: TableToRemember | null
  journal: Omit<NewJournalRow, 'body'> & { body: Record<string, Wire> }
}

/**
 * Makes a whole file visible at once: its lines, its statements, the accounts they speak of; and finds what of it other
 * files may have told already. Answers the lines that are duplicates, and those that wait for a verdict.
 */
export function finishFile(db: DatabaseSync, input: FinishedFile): { known: number; doubtful: number } {
  const { fileId, table, journal } = input
  for (const statement of input.statements) insertStatement(db, fileId, statement)
  run(db, 'UPDATE line SET live = 1 WHERE file_id = :file', { file: fileId })
  supersede(db, fileId)
  markDoubtfulOfFile(db, fileId, input.duplicates)
  linkBatches(db, referencesOf(db, 'line.file_id = :file', { file: fileId }))
  const found = countFound(db, fileId)
  run(
    db,
    'UPDATE file SET complete = 1, lines = :lines, known = :known, issues = :issues, problems = :problems WHERE id = :file',
    {
      file: fileId,
      lines: input.statements.reduce((sum, { lines }) => sum + lines, 0),
      known: found.known,
      issues: input.issues,
      problems: input.problems,
    },
  )
  if (table) rememberTable(db, table, journal.at)
  deriveForFile(db, fileId)
  appendJournal(db, { ...journal, body: { ...journal.body, ...found } })
  return found
}

function countFound(db: DatabaseSync, fileId: number): { known: number; doubtful: number } {
  const row = one(
    db,
    `SELECT coalesce(sum(duplicate), 0) AS known, coalesce(sum(doubtful), 0) AS doubtful FROM line
     WHERE file_id = :file AND counted = 0`,
    { file: fileId },
  )
  return { known: row ? number(row, 'known') : 0, doubtful: row ? number(row, 'doubtful') : 0 }
}

function insertStatement(db: DatabaseSync, fileId: number, statement: StatementTotals): void {
  insert(
    db,
    `INSERT INTO statement VALUES (NULL, :file, :account, :currency, :owner, :from, :to, :opening, :closing, :off, :lines,
       :in, :out)`,
    {
      file: fileId,
      account: statement.account,
      currency: statement.currency,
      owner: statement.owner,
      ...periodOf(db, fileId, statement),
      opening: statement.openingMinor,
      closing: statement.closingMinor,
      off: statement.balanceOffMinor,
      lines: statement.lines,
      in: statement.inMinor,
      out: -statement.outMinor,
    },
  )
  run(
    db,
    `INSERT INTO bank_account (account, currency, owner) VALUES (:account, :currency, :owner)
     ON CONFLICT (account, currency) DO UPDATE SET owner = iif(excluded.owner = '', owner, excluded.owner)`,
    { account: statement.account, currency: statement.currency, owner: statement.owner },
  )
}

/** The stated period, or the days of its lines where the file states none: of the booked ones, if there are any. */
function periodOf(
  db: DatabaseSync,
  fileId: number,
  statement: { account: string; currency: string; from: string | null; to: string | null },
): { from: string | null; to: string | null } {
  const days = one(
    db,
    `SELECT coalesce(min(iif(booked = 1, bank_day, NULL)), min(bank_day)) AS a, coalesce(max(iif(booked = 1, bank_day, NULL)), max(bank_day)) AS b
     FROM line WHERE file_id = :file AND account = :account AND currency = :currency`,
    {
      file: fileId,
      account: statement.account,
      currency: statement.currency,
    },
  )
  return {
    from: statement.from ?? (days ? textOrNull(days, 'a') : null),
    to: statement.to ?? (days ? textOrNull(days, 'b') : null),
  }
}

/** New or vanished statements change which payments are covered. */
export function deriveForFile(db: DatabaseSync, fileId: number): void {
  const portals = new Set(
    all(db, 'SELECT DISTINCT account, currency FROM statement WHERE file_id = :file', {
      file: fileId,
    }).flatMap((row) => portalsOfAccount(db, text(row, 'account'), text(row, 'currency'))),
  )
  for (const portal of portals) deriveStandings(db, portal, null, proofDaysOf(db))
}
