// Lines that may be money which another file told already, in other words: sought bucket by bucket, a bucket being
// the lines of one account, currency, bank day and signed sum.

import type { DatabaseSync } from 'node:sqlite'
import type { StatementFormat } from '../../../contract/statement.ts'
import { pairAlike } from '../doubtful-pairs.ts'
import type { Alike } from '../doubtful-pairs.ts'
import { all, number, prepared, run, text } from '../prepared.ts'
import type { Bind, Row } from '../prepared.ts'
import type { DuplicateChoice } from './statements.ts'

const marks = 'party_account, party_tax_id, document_number, bank_reference'
const bucket = 'account, currency, bank_day, amount_minor'

/**
 * `asked`: a SELECT of id, format, the bucket's columns and the marks of the lines that are asked about. `known`: a SELECT
 * of the ids of lines that have a letter by letter copy among them, and so are no other line's money.
 */
interface Question {
  asked: string
  known: string
  /** Files whose lines are not held against them. */
  except: readonly number[]
  bind: Bind
}

export interface DoubtfulPair {
  id: number
  twin: number
  /** The twin itself waits for a verdict: whether there is money that the line could repeat is not known yet. */
  waits: boolean
}

/** Reads each bucket that both sides have lines in, once, and answers what may be the same money. */
export function findDoubtful(db: DatabaseSync, question: Question): DoubtfulPair[] {
  const sql = `WITH asked AS MATERIALIZED (${question.asked}),
    bucket AS MATERIALIZED (SELECT DISTINCT ${bucket} FROM asked),
    other AS MATERIALIZED (
      SELECT t.id, file.format, t.account, t.currency, t.bank_day, t.amount_minor, t.party_account, t.party_tax_id,
        t.document_number, t.bank_reference, t.doubtful
      FROM bucket CROSS JOIN line AS t ON t.account = bucket.account AND t.currency = bucket.currency
        AND t.bank_day = bucket.bank_day AND t.amount_minor = bucket.amount_minor
      JOIN file ON file.id = t.file_id
      WHERE t.live = 1 AND t.booked = 1 AND t.duplicate = 0 AND t.file_id NOT IN (SELECT value FROM json_each(:except))
        AND t.id NOT IN (${question.known}))
    SELECT 1 AS mine, id, format, ${bucket}, ${marks}, 0 AS waits FROM asked
      WHERE (${bucket}) IN (SELECT ${bucket} FROM other)
    UNION ALL SELECT 0, id, format, ${bucket}, ${marks}, doubtful FROM other
    ORDER BY ${bucket}, waits, id`
  const pairs: DoubtfulPair[] = []
  let mine: Alike[] = []
  let theirs: Alike[] = []
  const waiting = new Set<number>()
  let at = ''
  const finish = (): void => {
    for (const pair of pairAlike(mine, theirs)) pairs.push({ ...pair, waits: waiting.has(pair.twin) })
    mine = []
    theirs = []
    waiting.clear()
  }
  for (const raw of prepared(db, sql).iterate({
    ...question.bind,
    except: JSON.stringify(question.except),
  })) {
    const row = raw as Row
    const key = `${text(row, 'account')}\n${text(row, 'currency')}\n${text(row, 'bank_day')}\n${number(row, 'amount_minor')}`
    if (key !== at) finish()
    at = key
    ;(number(row, 'mine') === 1 ? mine : theirs).push(toAlike(row))
    if (number(row, 'waits') === 1) waiting.add(number(row, 'id'))
  }
  finish()
  return pairs
}

function toAlike(row: Row): Alike {
  return {
    id: number(row, 'id'),
    format: text(row, 'format') as StatementFormat,
    partyAccount: text(row, 'party_account'),
    partyTaxId: text(row, 'party_tax_id'),
    documentNumber: text(row, 'document_number'),
    bankReference: text(row, 'bank_reference'),
  }
}

/**
 * Only booked lines that count, and that nobody has judged, can be in doubt. The plus keeps SQLite from seeking them by
 * `live`, which nearly all lines of the ledger are.
 */
const askedLines = (which: string): string =>
  `SELECT line.id, format, ${bucket}, ${marks} FROM line JOIN file ON file.id = line.file_id
   WHERE ${which} AND +live = 1 AND booked = 1 AND counted = 1 AND judged IS NULL`

/** Finds what of a file other files may have told in other words, and marks it as the person chose. */
export function markDoubtfulOfFile(db: DatabaseSync, fileId: number, choice: DuplicateChoice): void {
  const pairs = findDoubtful(db, {
    asked: askedLines('file_id = :file'),
    known: 'SELECT twin_id FROM line WHERE file_id = :file AND twin_id IS NOT NULL',
    except: [fileId],
    bind: { file: fileId },
  })
  mark(db, pairs, choice)
}

/** Marks the doubtful ones of some lines, held against all files but `except`. */
export function markDoubtfulLines(db: DatabaseSync, ids: readonly number[], except: readonly number[]): void {
  if (ids.length === 0) return
  const pairs = findDoubtful(db, {
    asked: askedLines('line.id IN (SELECT value FROM json_each(:ids))'),
    known: `SELECT twin_id FROM line WHERE counted = 0 AND twin_id IS NOT NULL
      AND file_id IN (SELECT file_id FROM line WHERE id IN (SELECT value FROM json_each(:ids)))`,
    except,
    bind: { ids: JSON.stringify(ids) },
  })
  mark(db, pairs, 'ask')
}

/** Freed lines may be the same money as lines of yet other files: of older ones, so that no two wait for each other. */
export function markDoubtfulFreed(db: DatabaseSync, freed: readonly number[]): void {
  const rows = all(db, 'SELECT id, file_id FROM line WHERE id IN (SELECT value FROM json_each(:ids))', {
    ids: JSON.stringify(freed),
  })
  for (const [file, lines] of Map.groupBy(rows, (row) => number(row, 'file_id'))) {
    const later = all(db, 'SELECT id FROM file WHERE id >= :file', { file }).map((row) => number(row, 'id'))
    const ids = lines.map((row) => number(row, 'id'))
    markDoubtfulLines(db, ids, later)
  }
}

/**
 * 'skip' takes a line for its twin's money at once, unless that twin waits itself: were it judged to be a third line's
 * money, a payment would be counted nowhere, and nobody would have been asked. 'keep' is the person's word that each is
 * money of its own; the twin stays, so that they can change their mind.
 */
function mark(db: DatabaseSync, pairs: readonly DoubtfulPair[], choice: DuplicateChoice): void {
  for (const { id, twin, waits } of pairs) {
    const set =
      choice === 'keep'
        ? "judged = 'separate'"
        : choice === 'skip' && !waits
          ? 'duplicate = 1'
          : 'doubtful = 1'
    run(db, `UPDATE line SET ${set}, twin_id = :twin WHERE id = :id`, { id, twin })
  }
}
