// Statements and their issues as screens see them.

import type { DatabaseSync } from 'node:sqlite'
import type {
  StatementEncoding,
  StatementFormat,
  StatementIssue,
  StatementRow,
} from '../../../contract/statement.ts'
import { all, flag, number, numberOrNull, text, textOrNull } from '../prepared.ts'
import type { Row } from '../prepared.ts'

export function readStatements(db: DatabaseSync, _: null): StatementRow[] {
  return all(
    db,
    `SELECT statement.*, file.name, format, encoding, cleared, imported_at, known, problems,
       (SELECT count(*) FROM line WHERE line.file_id = file.id AND line.account = statement.account
          AND line.currency = statement.currency AND duplicate = 1) AS known_here
     FROM statement JOIN file ON file.id = file_id WHERE complete = 1 ORDER BY imported_at DESC, file_id DESC, statement.id`,
  ).map((row) => ({
    id: number(row, 'id'),
    fileId: number(row, 'file_id') as StatementRow['fileId'],
    fileName: text(row, 'name'),
    format: text(row, 'format') as StatementFormat,
    encoding: text(row, 'encoding') as StatementEncoding,
    account: text(row, 'account'),
    currency: text(row, 'currency'),
    from: textOrNull(row, 'from_day'),
    to: textOrNull(row, 'to_day'),
    openingMinor: numberOrNull(row, 'opening_minor'),
    closingMinor: numberOrNull(row, 'closing_minor'),
    balanceOffMinor: numberOrNull(row, 'off_minor'),
    lines: number(row, 'lines'),
    knownLines: number(row, 'known_here'),
    problems: number(row, 'problems'),
    cleared: flag(row, 'cleared'),
    importedAt: text(row, 'imported_at'),
  }))
}

export function readIssues(db: DatabaseSync, input: { fileId: number }): StatementIssue[] {
  return all(db, 'SELECT * FROM line_issue WHERE file_id = :file ORDER BY place_from, id LIMIT 10000', {
    file: input.fileId,
  }).map(toIssue)
}

export function toIssue(row: Row): StatementIssue {
  return {
    place: { line: number(row, 'place_line'), from: number(row, 'place_from'), to: number(row, 'place_to') },
    code: text(row, 'code') as StatementIssue['code'],
    text: text(row, 'text'),
    weight: text(row, 'weight') as StatementIssue['weight'],
  }
}
