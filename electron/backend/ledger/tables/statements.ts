// Imported files: written in chunks that stay invisible until the import is whole, then shown as statements.

import type { DatabaseSync } from 'node:sqlite'
import type {
  ColumnMapping,
  StatementEncoding,
  StatementFormat,
  StatementIssue,
  StatementLine,
  StatementOfFile,
} from '../../../contract/statement.ts'
import { Refusal } from '../../../contract/fault.ts'
import { all, insert, number, one, run, text, textOrNull } from '../prepared.ts'
import { appendJournal } from './journal.ts'
import type { NewJournalRow } from './journal.ts'
import { foldText } from './search-text.ts'
import { countOf, deriveMatched, deriveStandings, portalsOfAccount, proofDaysOf } from './standing.ts'

export function beginFile(
  db: DatabaseSync,
  input: {
    sha256: string
    name: string
    bytes: number
    format: StatementFormat
    encoding: StatementEncoding
    mapping: ColumnMapping | null
    at: string
  },
): number {
  return insert(
    db,
    `INSERT INTO file (sha256, name, bytes, format, encoding, mapping_json, imported_at)
     VALUES (:sha256, :name, :bytes, :format, :encoding, :mapping, :at)`,
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
 * Stores one chunk; answers how many of its lines the ledger already has from other files. Those are kept as
 * supposed duplicates, unless the person said that they are not.
 */
export function addLines(
  db: DatabaseSync,
  input: {
    fileId: number
    lines: readonly NewLine[]
    keepDuplicates: boolean
    issues: readonly StatementIssue[]
  },
): { known: number } {
  let known = 0
  for (const line of input.lines) {
    const duplicate =
      !input.keepDuplicates && hasLine(db, { identity: line.identity, occurrence: line.occurrence })
    if (duplicate) known += 1
    insertLine(db, input.fileId, line, duplicate)
  }
  for (const issue of input.issues) {
    insert(db, 'INSERT INTO line_issue VALUES (NULL, :file, :line, :from, :to, :code, :text, :weight)', {
      file: input.fileId,
      ...issue.place,
      code: issue.code,
      text: issue.text,
      weight: issue.weight,
    })
  }
  return { known }
}

function insertLine(db: DatabaseSync, fileId: number, line: NewLine, duplicate: boolean): void {
  const party = line.counterparty
  insert(
    db,
    `INSERT INTO line (file_id, idx, account, currency, bank_day, value_day, amount_minor, party_name, party_tax_id, party_account,
       party_bank_code, purpose, purpose_glued, document_number, document_day, bank_reference, reversal, booked, place_line,
       place_from, place_to, identity, occurrence, duplicate, search)
     VALUES (:file, :index, :account, :currency, :bankDay, :valueDay, :amount, :name, :taxId, :partyAccount, :bankCode, :purpose,
       :glued, :document, :documentDay, :reference, :reversal, :booked, :line, :from, :to, :identity, :occurrence, :duplicate, :search)`,
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
      ...line.place,
      identity: line.identity,
      occurrence: line.occurrence,
      duplicate: Number(duplicate),
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

/** Makes a whole file visible at once: its lines, its statements, the accounts they speak of. */
export function finishFile(
  db: DatabaseSync,
  input: {
    fileId: number
    statements: readonly (Omit<StatementOfFile, 'lines'> & { lines: number })[]
    known: number
    journal: NewJournalRow
  },
): null {
  let lines = 0
  for (const statement of input.statements) {
    lines += statement.lines
    insert(
      db,
      'INSERT INTO statement VALUES (NULL, :file, :account, :currency, :owner, :from, :to, :opening, :closing, :off, :lines)',
      {
        file: input.fileId,
        account: statement.account,
        currency: statement.currency,
        owner: statement.owner,
        ...periodOf(db, input.fileId, statement),
        opening: statement.openingMinor,
        closing: statement.closingMinor,
        off: statement.balanceOffMinor,
        lines: statement.lines,
      },
    )
    run(
      db,
      `INSERT INTO bank_account (account, currency, owner) VALUES (:account, :currency, :owner)
       ON CONFLICT (account, currency) DO UPDATE SET owner = iif(excluded.owner = '', owner, excluded.owner)`,
      { account: statement.account, currency: statement.currency, owner: statement.owner },
    )
  }
  run(db, 'UPDATE line SET live = 1 WHERE file_id = :file', { file: input.fileId })
  run(
    db,
    `UPDATE file SET complete = 1, lines = :lines, known = :known,
       problems = (SELECT count(*) FROM line_issue WHERE file_id = :file AND weight = 'problem') WHERE id = :file`,
    { file: input.fileId, lines, known: input.known },
  )
  deriveForFile(db, input.fileId)
  appendJournal(db, input.journal)
  return null
}

/** The stated period, or the days of its lines where the file states none. */
function periodOf(
  db: DatabaseSync,
  fileId: number,
  statement: { account: string; currency: string; from: string | null; to: string | null },
): { from: string | null; to: string | null } {
  const days = one(
    db,
    'SELECT min(bank_day) AS a, max(bank_day) AS b FROM line WHERE file_id = :file AND account = :account AND currency = :currency',
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
function deriveForFile(db: DatabaseSync, fileId: number): void {
  const portals = new Set(
    all(db, 'SELECT DISTINCT account, currency FROM statement WHERE file_id = :file', {
      file: fileId,
    }).flatMap((row) => portalsOfAccount(db, text(row, 'account'), text(row, 'currency'))),
  )
  for (const portal of portals) deriveStandings(db, portal, null, proofDaysOf(db))
}

/** Removes what a stopped or crashed import left behind. */
export function dropFile(db: DatabaseSync, input: { fileId: number }): null {
  run(db, 'DELETE FROM file WHERE id = :file AND complete = 0', { file: input.fileId })
  return null
}
export function dropUnfinished(db: DatabaseSync, _: null): number {
  return run(db, 'DELETE FROM file WHERE complete = 0')
}

/** Undoes a whole import. Refuses while accepted matches rest on its lines. */
export function forgetFile(db: DatabaseSync, input: { fileId: number; journal: NewJournalRow }): null {
  const used = countOf(
    one(
      db,
      'SELECT count(*) AS n FROM allotment JOIN line ON line.id = line_id WHERE file_id = :file AND undone_at IS NULL',
      {
        file: input.fileId,
      },
    ),
  )
  if (used > 0) throw new Refusal({ code: 'statement.inUse', matches: used })
  const portals = all(db, 'SELECT DISTINCT portal_id FROM bank_account WHERE portal_id IS NOT NULL')
  // Lines of later files that were held for duplicates of these become first of their kind again.
  run(
    db,
    `UPDATE line SET duplicate = 0 WHERE id IN (
       SELECT min(other.id) FROM line AS mine JOIN line AS other
         ON other.identity = mine.identity AND other.occurrence = mine.occurrence AND other.file_id <> mine.file_id
       WHERE mine.file_id = :file AND mine.duplicate = 0 AND other.duplicate = 1 AND other.live = 1
       GROUP BY other.identity, other.occurrence)`,
    { file: input.fileId },
  )
  if (run(db, 'DELETE FROM file WHERE id = :file AND complete = 1', { file: input.fileId }) === 0) {
    throw new Refusal({ code: 'not.found', what: 'file' })
  }
  for (const row of portals) {
    const portal = text(row, 'portal_id')
    deriveMatched(db, portal, null)
    deriveStandings(db, portal, null, proofDaysOf(db))
  }
  appendJournal(db, input.journal)
  return null
}

/** The person declares a file good although its balances do not add up (money rule 5). */
export function clearFile(db: DatabaseSync, input: { fileId: number; journal: NewJournalRow }): null {
  if (
    run(db, 'UPDATE file SET cleared = 1 WHERE id = :file AND complete = 1', { file: input.fileId }) === 0
  ) {
    throw new Refusal({ code: 'not.found', what: 'file' })
  }
  deriveForFile(db, input.fileId)
  appendJournal(db, input.journal)
  return null
}

export interface FileRecord {
  id: number
  sha256: string
  name: string
  encoding: StatementEncoding
  format: StatementFormat
}

export function findFile(
  db: DatabaseSync,
  input: { sha256?: string; fileId?: number },
): FileRecord | undefined {
  const row = one(
    db,
    'SELECT * FROM file WHERE complete = 1 AND (sha256 = :sha OR id = :id) ORDER BY id LIMIT 1',
    {
      sha: input.sha256 ?? null,
      id: input.fileId ?? null,
    },
  )
  return (
    row && {
      id: number(row, 'id'),
      sha256: text(row, 'sha256'),
      name: text(row, 'name'),
      encoding: text(row, 'encoding') as StatementEncoding,
      format: text(row, 'format') as StatementFormat,
    }
  )
}

/** Whether the ledger has such a line already: what the import screen counts before importing. */
export function hasLine(db: DatabaseSync, input: { identity: string; occurrence: number }): boolean {
  const sql =
    'SELECT 1 AS n FROM line WHERE identity = :identity AND occurrence = :occurrence AND live = 1 AND duplicate = 0 LIMIT 1'
  return one(db, sql, { ...input }) !== undefined
}
