// Lines of statements as screens see them, with their derived standing.

import type { DatabaseSync } from 'node:sqlite'
import type { z } from 'zod'
import type {
  BatchLink,
  StatementIssue,
  StatementEncoding,
  StatementFormat,
} from '../../../contract/statement.ts'
import type { LineFilter, LinePageRequest, LineRow, LineStanding } from '../../../contract/statement-row.ts'
import type { Page } from '../../../contract/values.ts'
import { all, flag, number, numberOrNull, one, text, textOrNull } from '../prepared.ts'
import type { Bind, Row } from '../prepared.ts'
import { rowNumbers } from './payments.ts'
import { searchedWords } from './search-text.ts'
import { dataVersion } from './revision.ts'
import { countOf } from './standing.ts'
import { placeOf, toIssue } from './statement-rows.ts'

type Filter = z.output<typeof LineFilter>

/** Derived, never stored: what a line stands as on the day `:today`. */
export const lineStandingSql = `CASE
  WHEN line.duplicate = 1 THEN 'duplicate'
  WHEN line.detailed = 1 THEN 'detailed'
  WHEN line.doubtful = 1 THEN 'doubtful'
  WHEN line.ignored_reason IS NOT NULL THEN 'ignored'
  WHEN line.allotted_minor = line.amount_minor AND line.amount_minor <> 0 THEN 'matched'
  WHEN line.allotted_minor <> 0 THEN 'partly'
  WHEN line.held = 1 AND (line.held_until IS NULL OR line.held_until > :today) THEN 'held'
  WHEN line.zone <> 'none' THEN 'proposed'
  ELSE 'open' END`

export const lineColumns = `line.*, ${lineStandingSql} AS standing,
  iif(line.batch_role IS NULL, NULL, (SELECT json_group_array(reference) FROM batch_reference WHERE line_id = line.id)) AS batch_references`

const sortSql = {
  bankDay: 'bank_day',
  amountMinor: 'amount_minor',
  counterparty: 'party_name',
  index: 'idx',
  documentNumber: 'document_number',
} as const

export function pageLines(
  db: DatabaseSync,
  input: z.output<typeof LinePageRequest> & { today: string },
): Page<LineRow> {
  const { where, bind } = lineWhere(input.filter, input.today)
  const order = input.sort
    ? `${sortSql[input.sort.column]} ${input.sort.descending ? 'DESC' : 'ASC'}, line.id`
    : input.filter.fileId === undefined
      ? 'bank_day DESC, line.id'
      : 'idx'
  const rows = all(
    db,
    `SELECT ${lineColumns} FROM line ${where} ORDER BY ${order} LIMIT :limit OFFSET :offset`,
    {
      ...bind,
      today: input.today,
      limit: input.limit,
      offset: input.offset,
    },
  )
  const total = countOf(one(db, `SELECT count(*) AS n FROM line ${where}`, bind))
  return { rows: rows.map(toLineRow), total, revision: dataVersion(db) }
}

/** The rows of a filter one at a time; only their numbers are held. To be read within one transaction. */
export function* iterateLines(db: DatabaseSync, filter: Filter, today: string): Generator<LineRow> {
  const { where, bind } = lineWhere(filter, today)
  for (const at of rowNumbers(
    db,
    `SELECT line.id AS n FROM line ${where} ORDER BY bank_day, account, line.id`,
    bind,
  )) {
    const row = one(db, `SELECT ${lineColumns} FROM line WHERE line.id = :at`, { at, today })
    if (row) yield toLineRow(row)
  }
}

/** `:today` is bound only when the standing is part of the condition: SQLite refuses names that a text does not have. */
function lineWhere(filter: Filter, today: string): { where: string; bind: Bind } {
  // The plus keeps SQLite from reading the lines of all files by `live` and their day.
  const parts: string[] = [filter.fileId === undefined ? 'live = 1' : '+live = 1']
  const bind: Bind = {}
  const add = (sql: string, name: string, value: string | number | undefined): void => {
    if (value === undefined) return
    parts.push(sql)
    bind[name] = value
  }
  add('file_id = :file', 'file', filter.fileId)
  add('account = :account', 'account', filter.account)
  add('bank_day >= :from', 'from', filter.from)
  add('bank_day <= :to', 'to', filter.to)
  if (filter.direction) parts.push(filter.direction === 'in' ? 'amount_minor > 0' : 'amount_minor < 0')
  if (filter.standing && filter.standing.length > 0) {
    add(
      `${lineStandingSql} IN (SELECT value FROM json_each(:standings))`,
      'standings',
      JSON.stringify(filter.standing),
    )
    bind.today = today
  }
  searchedWords(filter.text).forEach((word, index) =>
    add(`instr(search, :word${index}) > 0`, `word${index}`, word),
  )
  return { where: `WHERE ${parts.join(' AND ')}`, bind }
}

export function toLineRow(row: Row): LineRow {
  return {
    id: number(row, 'id') as LineRow['id'],
    fileId: number(row, 'file_id') as LineRow['fileId'],
    index: number(row, 'idx'),
    account: text(row, 'account'),
    currency: text(row, 'currency'),
    bankDay: text(row, 'bank_day'),
    valueDay: textOrNull(row, 'value_day'),
    amountMinor: number(row, 'amount_minor'),
    counterparty: {
      name: text(row, 'party_name'),
      taxId: text(row, 'party_tax_id'),
      account: text(row, 'party_account'),
      bankCode: text(row, 'party_bank_code'),
    },
    purpose: text(row, 'purpose'),
    documentNumber: text(row, 'document_number'),
    documentDay: textOrNull(row, 'document_day'),
    bankReference: text(row, 'bank_reference'),
    reversal: flag(row, 'reversal'),
    booked: flag(row, 'booked'),
    place: placeOf(row),
    ...batchOf(row),
    standing: text(row, 'standing') as LineStanding,
    allottedMinor: number(row, 'allotted_minor'),
    note: text(row, 'note'),
    heldUntil: textOrNull(row, 'held_until'),
    ignoredReason: textOrNull(row, 'ignored_reason'),
    twinOf:
      flag(row, 'duplicate') || flag(row, 'doubtful') || textOrNull(row, 'judged') === 'separate'
        ? (numberOrNull(row, 'twin_id') as LineRow['twinOf'])
        : null,
  }
}

function batchOf(row: Row): Pick<LineRow, 'batch'> {
  const role = textOrNull(row, 'batch_role')
  if (role === null) return {}
  const references = JSON.parse(text(row, 'batch_references')) as string[]
  return { batch: { role: role as BatchLink['role'], references } }
}

export interface LineRecord {
  row: LineRow
  fileName: string
  sha256: string
  format: StatementFormat
  encoding: StatementEncoding
  twin: { row: LineRow; fileName: string } | null
  issues: StatementIssue[]
}

export function readLine(db: DatabaseSync, input: { lineId: number; today: string }): LineRecord | undefined {
  const row = lineWithFile(db, input)
  if (!row) return undefined
  const line = toLineRow(row)
  const twin = line.twinOf === null ? undefined : lineWithFile(db, { ...input, lineId: line.twinOf })
  return {
    row: line,
    fileName: text(row, 'name'),
    sha256: text(row, 'sha256'),
    format: text(row, 'format') as StatementFormat,
    encoding: text(row, 'encoding') as StatementEncoding,
    twin: twin ? { row: toLineRow(twin), fileName: text(twin, 'name') } : null,
    issues: issuesAt(db, line),
  }
}

function lineWithFile(
  db: DatabaseSync,
  { lineId, today }: { lineId: number; today: string },
): Row | undefined {
  return one(
    db,
    `SELECT ${lineColumns}, file.name, file.sha256, file.encoding, file.format FROM line JOIN file ON file.id = file_id
     WHERE line.id = :id AND live = 1`,
    { id: lineId, today },
  )
}

/** Those of a file's issues that stand on the line's bytes, or on its row of a workbook, which has no bytes. */
function issuesAt(db: DatabaseSync, { fileId, place }: LineRow): StatementIssue[] {
  const where =
    place.to > 0
      ? 'place_from < :to AND place_to > :from'
      : 'place_line = :line AND place_from >= :from AND place_to <= :to'
  return all(
    db,
    `SELECT * FROM line_issue WHERE file_id = :file AND place_part IS :part AND ${where} ORDER BY place_from, id`,
    {
      file: fileId,
      part: place.part ?? null,
      from: place.from,
      to: place.to,
      ...(place.to > 0 ? {} : { line: place.line }),
    },
  ).map(toIssue)
}
