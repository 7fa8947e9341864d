// Statements and their issues as screens see them.

import type { DatabaseSync } from 'node:sqlite'
import type { ColumnMapping } from '../../../contract/statement-file.ts'
import type {
  Place,
  StatementEncoding,
  StatementFormat,
  StatementIssue,
} from '../../../contract/statement.ts'
import type { StatementRow } from '../../../contract/statement-row.ts'
import { all, flag, number, numberOrNull, text, textOrNull } from '../prepared.ts'
import type { Row } from '../prepared.ts'

export function readStatements(db: DatabaseSync, _: null): StatementRow[] {
  return all(
    db,
    `SELECT statement.*, file.name, format, encoding, encoding_by, mapping_json, cleared, imported_at, problems,
       coalesce(other.known, 0) AS known_here, coalesce(other.doubtful, 0) AS doubtful_here
     FROM statement JOIN file ON file.id = statement.file_id LEFT JOIN (
       SELECT file_id, account, currency, sum(duplicate) AS known, sum(doubtful) AS doubtful FROM line WHERE counted = 0
       GROUP BY file_id, account, currency) AS other
       ON other.file_id = statement.file_id AND other.account = statement.account AND other.currency = statement.currency
     WHERE complete = 1 ORDER BY imported_at DESC, statement.file_id DESC, statement.id`,
  ).map((row) => ({
    id: number(row, 'id'),
    fileId: number(row, 'file_id') as StatementRow['fileId'],
    fileName: text(row, 'name'),
    format: text(row, 'format') as StatementFormat,
    encoding: text(row, 'encoding') as StatementEncoding,
    encodingBy: text(row, 'encoding_by') as StatementRow['encodingBy'],
    mapping: mappingOf(row),
    account: text(row, 'account'),
    currency: text(row, 'currency'),
    from: textOrNull(row, 'from_day'),
    to: textOrNull(row, 'to_day'),
    openingMinor: numberOrNull(row, 'opening_minor'),
    closingMinor: numberOrNull(row, 'closing_minor'),
    inMinor: number(row, 'in_minor'),
    outMinor: number(row, 'out_minor'),
    balanceOffMinor: numberOrNull(row, 'off_minor'),
    lines: number(row, 'lines'),
    knownLines: number(row, 'known_here'),
    doubtfulLines: number(row, 'doubtful_here'),
    problems: number(row, 'problems'),
    cleared: flag(row, 'cleared'),
    importedAt: text(row, 'imported_at'),
  }))
}

function mappingOf(row: Row): ColumnMapping | null {
  const json = textOrNull(row, 'mapping_json')
  return json === null ? null : (JSON.parse(json) as ColumnMapping)
}

/** In the file's order; what says that more were found comes last. */
export function readIssues(db: DatabaseSync, input: { fileId: number }): StatementIssue[] {
  return all(
    db,
    `SELECT * FROM line_issue WHERE file_id = :file
     ORDER BY code = 'issues.more', place_from, iif(place_to = 0, place_line, 0), id`,
    { file: input.fileId },
  ).map(toIssue)
}

export function toIssue(row: Row): StatementIssue {
  return {
    place: placeOf(row),
    code: text(row, 'code') as StatementIssue['code'],
    text: text(row, 'text'),
    weight: text(row, 'weight') as StatementIssue['weight'],
  }
}

export function placeOf(row: Row): Place {
  const part = textOrNull(row, 'place_part')
  return {
    line: number(row, 'place_line'),
    from: number(row, 'place_from'),
    to: number(row, 'place_to'),
    ...(part === null ? {} : { part }),
  }
}
