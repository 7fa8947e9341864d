// The append-only journal: every row carries the hash of itself and, through it, of all before it.

import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { JournalFilter, JournalKind, JournalRow, Verified } from '../../../contract/journal.ts'
import type { Wire } from '../../../contract/define.ts'
import type { Actor, Page } from '../../../contract/values.ts'
import type { z } from 'zod'
import { all, insert, number, numberOrNull, one, prepared, text, textOrNull } from '../prepared.ts'
import type { Bind, Row } from '../prepared.ts'
import { dataVersion } from './revision.ts'

export interface NewJournalRow {
  at: string
  kind: JournalKind
  actor: Actor
  portalId?: string | null
  jobId?: string | null
  paymentId?: number | null
  body: Wire
}

const firstHash = '0'.repeat(64)

/** Appends one row inside the caller's transaction, so that what happened and its record are one. */
export function appendJournal(db: DatabaseSync, row: NewJournalRow): number {
  const last = one(db, 'SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1')
  const seq = (last ? number(last, 'seq') : 0) + 1
  const stored = {
    seq,
    at: row.at,
    kind: row.kind,
    actor: JSON.stringify(row.actor),
    portal: row.portalId ?? null,
    job: row.jobId ?? null,
    payment: row.paymentId ?? null,
    body: JSON.stringify(row.body),
  }
  insert(db, 'INSERT INTO journal VALUES (:seq, :at, :kind, :actor, :portal, :job, :payment, :body, :hash)', {
    ...stored,
    hash: hashOf(last ? text(last, 'hash') : firstHash, stored),
  })
  return seq
}

interface Stored {
  seq: number
  at: string
  kind: string
  actor: string
  portal: string | null
  job: string | null
  payment: number | null
  body: string
}

function hashOf(before: string, row: Stored): string {
  const said = JSON.stringify([
    before,
    row.seq,
    row.at,
    row.kind,
    row.actor,
    row.portal,
    row.job,
    row.payment,
    row.body,
  ])
  return createHash('sha256').update(said).digest('hex')
}

/** A page of the journal, newest first. */
export function pageJournal(
  db: DatabaseSync,
  input: { filter: z.output<typeof JournalFilter>; offset: number; limit: number },
): Page<JournalRow> {
  const { where, bind } = journalWhere(input.filter)
  const rows = all(db, `SELECT * FROM journal ${where} ORDER BY seq DESC LIMIT :limit OFFSET :offset`, {
    ...bind,
    limit: input.limit,
    offset: input.offset,
  })
  const total = one(db, `SELECT count(*) AS n FROM journal ${where}`, bind)
  return { rows: rows.map(toJournalRow), total: total ? number(total, 'n') : 0, revision: dataVersion(db) }
}

/** The rows of a filter, oldest first, one at a time: for exports of any length. */
export function* iterateJournal(
  db: DatabaseSync,
  filter: z.output<typeof JournalFilter>,
): Generator<JournalRow> {
  const { where, bind } = journalWhere(filter)
  for (const row of prepared(db, `SELECT * FROM journal ${where} ORDER BY seq`).iterate(bind))
    yield toJournalRow(row as Row)
}

function journalWhere(filter: z.output<typeof JournalFilter>): { where: string; bind: Bind } {
  const parts: string[] = []
  const bind: Bind = {}
  const add = (sql: string, name: string, value: string | number | undefined): void => {
    if (value === undefined) return
    parts.push(sql)
    bind[name] = value
  }
  add('kind IN (SELECT value FROM json_each(:kinds))', 'kinds', filter.kind && JSON.stringify(filter.kind))
  add('portal_id = :portal', 'portal', filter.portalId)
  add('job_id = :job', 'job', filter.jobId)
  add('payment_id = :payment', 'payment', filter.paymentId)
  add('at >= :from', 'from', filter.from)
  add("at < date(:to, '+1 day')", 'to', filter.to)
  add(
    "(body_json LIKE :text ESCAPE '\\' OR actor_json LIKE :text ESCAPE '\\')",
    'text',
    likeAnywhere(filter.text),
  )
  return { where: parts.length > 0 ? `WHERE ${parts.join(' AND ')}` : '', bind }
}

function likeAnywhere(text: string | undefined): string | undefined {
  return text ? `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%` : undefined
}

function toJournalRow(row: Row): JournalRow {
  return {
    seq: number(row, 'seq'),
    at: text(row, 'at'),
    kind: text(row, 'kind') as JournalKind,
    actor: JSON.parse(text(row, 'actor_json')) as Actor,
    portalId: textOrNull(row, 'portal_id'),
    jobId: textOrNull(row, 'job_id'),
    paymentId: numberOrNull(row, 'payment_id'),
    body: JSON.parse(text(row, 'body_json')) as Wire,
    hash: text(row, 'hash'),
  }
}

/** Walks the whole chain; with a printed pair it also says whether that pair stands in it. */
export function verifyJournal(
  db: DatabaseSync,
  input: { seq?: number | undefined; hash?: string | undefined },
): Verified {
  let before = firstHash
  let rows = 0
  let lastSeq = 0
  let brokenAt: number | null = null
  let pair: boolean | null = input.hash === undefined ? null : false
  for (const raw of prepared(db, 'SELECT * FROM journal ORDER BY seq').iterate()) {
    const row = raw as Row
    rows += 1
    const hash = text(row, 'hash')
    const stored = {
      seq: number(row, 'seq'),
      at: text(row, 'at'),
      kind: text(row, 'kind'),
      actor: text(row, 'actor_json'),
      portal: textOrNull(row, 'portal_id'),
      job: textOrNull(row, 'job_id'),
      payment: numberOrNull(row, 'payment_id'),
      body: text(row, 'body_json'),
    }
    if (brokenAt === null && (stored.seq !== rows || hashOf(before, stored) !== hash)) brokenAt = stored.seq
    if (input.hash === hash && (input.seq === undefined || input.seq === stored.seq)) pair = true
    before = hash
    lastSeq = stored.seq
  }
  return { rows, lastSeq, lastHash: before, brokenAt, pair }
}

/** Number and hash of the newest row: what reports print. */
export function lastOfJournal(db: DatabaseSync, _: null = null): { seq: number; hash: string } {
  const last = one(db, 'SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1')
  return last ? { seq: number(last, 'seq'), hash: text(last, 'hash') } : { seq: 0, hash: firstHash }
}
