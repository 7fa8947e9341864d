// Entries booked as one sum, and the single payments that another file tells of them: linked, the payments count and
// the sum does not (ISO 20022: a camt.053 may leave the details of a batch to a camt.054).

import type { DatabaseSync } from 'node:sqlite'
import type { BatchLink } from '../../../contract/statement.ts'
import { all, insert, number, run, text } from '../prepared.ts'
import type { Bind, Row } from '../prepared.ts'
import { markDoubtfulLines } from './doubtful.ts'
import { freeBookedTwins } from './twins.ts'

/** A whole whose sum counts, and about which nobody decided. */
const openWhole = `whole.live = 1 AND whole.counted = 1 AND whole.booked = 1
  AND whole.allotted_minor = 0 AND whole.ignored_reason IS NULL AND whole.held = 0`
const freeDetail = `detail.live = 1 AND detail.counted = 1 AND detail.id NOT IN (SELECT detail_id FROM batch_link)`

export function storeReferences(db: DatabaseSync, lineId: number, { role, references }: BatchLink): void {
  for (const reference of references)
    insert(db, 'INSERT INTO batch_reference VALUES (:line, :reference, :role) ON CONFLICT DO NOTHING', {
      line: lineId,
      reference,
      role,
    })
}

/** The references by which some lines may belong to lines of other files. */
export function referencesOf(db: DatabaseSync, which: string, bind: Bind): string[] {
  const sql = `SELECT DISTINCT reference FROM line JOIN batch_reference ON line_id = line.id WHERE ${which}`
  return all(db, sql, bind).map((row) => text(row, 'reference'))
}

/**
 * Links every undecided booked whole that has one of these references with the details of its account and currency, if
 * their sum is exactly its own: first by one reference, then by all of them together. Each group of details is summed
 * once, so that a reference which thousands of lines share costs no more than reading them.
 */
export function linkBatches(db: DatabaseSync, references: readonly string[]): void {
  if (references.length === 0) return
  const bind = { references: JSON.stringify(references) }
  const equal = all(
    db,
    `WITH grouped AS MATERIALIZED (
       SELECT account, currency, reference, sum(amount_minor) AS minor, min(bank_day) AS first_day, max(bank_day) AS last_day
       FROM batch_reference CROSS JOIN line AS detail ON detail.id = line_id
       WHERE reference IN (SELECT value FROM json_each(:references)) AND role = 'detail' AND ${freeDetail}
       GROUP BY account, currency, reference)
     SELECT whole.id, whole.amount_minor, grouped.account, grouped.currency, grouped.reference FROM grouped
     CROSS JOIN batch_reference AS r ON r.reference = grouped.reference AND r.role = 'whole'
     CROSS JOIN line AS whole ON whole.id = r.line_id AND whole.account = grouped.account AND whole.currency = grouped.currency
     WHERE whole.amount_minor = grouped.minor AND ${openWhole}
     ORDER BY whole.bank_day NOT BETWEEN first_day AND last_day, whole.id`,
    bind,
  )
  const links: Links = { details: [], files: new Set() }
  const taken = new Set<string>()
  const linked = new Set<number>()
  for (const row of equal) {
    const reference = text(row, 'reference')
    const key = JSON.stringify([row.account, row.currency, reference])
    const whole = number(row, 'id')
    if (taken.has(key) || linked.has(whole)) continue
    taken.add(key)
    if (linkIfEqual(db, row, [reference], links)) linked.add(whole)
  }
  linkByAll(db, bind, links)
  // The bank tells of the details twice where a third file has them too, as lines of their own.
  markDoubtfulLines(db, links.details, [...links.files])
}

interface Links {
  details: number[]
  /** The files on both sides of the links. */
  files: Set<number>
}

/** Wholes whose details carry different references of theirs; only where no other whole has one of the same. */
function linkByAll(db: DatabaseSync, bind: { references: string }, links: Links): void {
  const wholes = all(
    db,
    `SELECT whole.id, whole.amount_minor, json_group_array(r.reference) AS own FROM batch_reference AS r
     CROSS JOIN line AS whole ON whole.id = r.line_id
     WHERE r.line_id IN (SELECT line_id FROM batch_reference WHERE role = 'whole' AND reference IN (SELECT value FROM json_each(:references)))
       AND ${openWhole}
     GROUP BY whole.id HAVING count(*) > 1 AND NOT EXISTS (
       SELECT 1 FROM batch_reference AS mine JOIN batch_reference AS theirs
         ON theirs.reference = mine.reference AND theirs.role = 'whole' AND theirs.line_id <> mine.line_id
       JOIN line AS other ON other.id = theirs.line_id
       WHERE mine.line_id = whole.id AND other.live = 1 AND other.duplicate = 0
         AND other.account = whole.account AND other.currency = whole.currency)`,
    bind,
  )
  for (const row of wholes) linkIfEqual(db, row, JSON.parse(text(row, 'own')) as string[], links)
}

function linkIfEqual(db: DatabaseSync, whole: Row, references: readonly string[], links: Links): boolean {
  const wholeId = number(whole, 'id')
  const details = detailsOf(db, wholeId, references)
  const sum = details.reduce((minor, row) => minor + number(row, 'amount_minor'), 0)
  if (details.length === 0 || sum !== number(whole, 'amount_minor')) return false
  const ids = details.map((row) => number(row, 'id'))
  link(db, wholeId, ids)
  links.details.push(...ids)
  for (const row of details) links.files.add(number(row, 'file_id')).add(number(row, 'whole_file'))
  return true
}

function detailsOf(db: DatabaseSync, whole: number, references: readonly string[]): Row[] {
  return all(
    db,
    `SELECT DISTINCT detail.id, detail.amount_minor, detail.file_id, whole.file_id AS whole_file
     FROM line AS whole CROSS JOIN batch_reference AS r CROSS JOIN line AS detail
       ON detail.id = r.line_id AND detail.account = whole.account AND detail.currency = whole.currency
     WHERE whole.id = :whole AND r.role = 'detail' AND r.reference IN (SELECT value FROM json_each(:references)) AND ${freeDetail}`,
    { whole, references: JSON.stringify(references) },
  )
}

function link(db: DatabaseSync, whole: number, details: readonly number[]): void {
  const bind = { whole, ids: JSON.stringify(details) }
  run(
    db,
    `INSERT INTO batch_link SELECT id, :whole, bank_day, booked FROM line WHERE id IN (SELECT value FROM json_each(:ids))`,
    bind,
  )
  run(
    db,
    `UPDATE line SET booked = 1, bank_day = (SELECT bank_day FROM line WHERE id = :whole)
     WHERE id IN (SELECT value FROM json_each(:ids))`,
    bind,
  )
  run(db, "UPDATE line SET detailed = 1, zone = 'none', confidence = 0 WHERE id = :whole", {
    whole,
  })
  run(db, 'DELETE FROM proposal WHERE line_id = :whole', { whole })
}

/** The file whose balances prove a line: for a linked detail that of its whole, which alone is part of a balance. */
export const provingFile = `iif(line.batch_role = 'detail', coalesce((SELECT whole.file_id FROM batch_link
  JOIN line AS whole ON whole.id = whole_id WHERE detail_id = line.id), line.file_id), line.file_id)`

/** The wholes that some lines are linked with, on either side; `which` is a condition on `line`. */
export const linkedWholes = (which: string): string =>
  `SELECT whole_id FROM line JOIN batch_link ON detail_id = line.id WHERE ${which}
   UNION SELECT whole_id FROM line JOIN batch_link ON whole_id = line.id WHERE ${which}`

/**
 * Parts all that some lines are linked with: the wholes count again, the details are what their own file says. Answers
 * the lines that count now because such a detail proves money no more.
 */
export function unlinkBatches(db: DatabaseSync, which: string, given: Bind): number[] {
  const wholes = all(db, linkedWholes(which), given).map((row) => number(row, 'whole_id'))
  if (wholes.length === 0) return []
  const bind = { wholes: JSON.stringify(wholes) }
  const these = 'whole_id IN (SELECT value FROM json_each(:wholes))'
  const details = all(db, `SELECT detail_id FROM batch_link WHERE ${these}`, bind).map((row) =>
    number(row, 'detail_id'),
  )
  run(
    db,
    `UPDATE line SET booked = link.booked, bank_day = link.bank_day, zone = 'none', confidence = 0
     FROM batch_link AS link WHERE link.detail_id = line.id AND link.${these}`,
    bind,
  )
  const parted = { ids: JSON.stringify(details) }
  // What is not booked is nobody's money, so neither a doubt nor a verdict stands; it is asked about anew when linked anew.
  run(
    db,
    `UPDATE line SET doubtful = 0, duplicate = 0, judged = NULL, twin_id = NULL
     WHERE id IN (SELECT value FROM json_each(:ids)) AND booked = 0 AND counted = 0`,
    parted,
  )
  run(db, 'DELETE FROM proposal WHERE line_id IN (SELECT value FROM json_each(:ids))', parted)
  run(db, `DELETE FROM batch_link WHERE ${these}`, bind)
  run(db, 'UPDATE line SET detailed = 0 WHERE id IN (SELECT value FROM json_each(:wholes))', bind)
  return freeBookedTwins(db, details)
}
