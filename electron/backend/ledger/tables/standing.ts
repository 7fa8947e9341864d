// Where payments stand between portal and bank. Everything here can be derived again from allotments,
// statements and bindings at any time; the columns are a cache for the grid's filters.

import type { DatabaseSync } from 'node:sqlite'
import { dayNumber, dayOfNumber } from '../../../domain/statements/bank-days.ts'
import { cutCodes } from '../../../domain/statements/account-chain.ts'
import { all, insert, number, numberOrNull, run, text, textOrNull } from '../prepared.ts'
import type { Row } from '../prepared.ts'

export interface ProofDays {
  before: number
  after: number
}

/** Whether a file ended before it was whole: what it does not hold nobody knows, so its days prove nothing. */
export const fileWasCut = `EXISTS (SELECT 1 FROM line_issue WHERE line_issue.file_id = file.id AND weight = 'problem'
  AND code IN (${cutCodes.map((code) => `'${code}'`).join(', ')}))`

interface Interval {
  from: string
  to: string
}

/** Sums and last bank line of the given payments (all of the portal when `ids` is null), from what was accepted. */
export function deriveMatched(db: DatabaseSync, portalId: string, ids: readonly number[] | null): void {
  const some = ids ? 'AND payment.id IN (SELECT value FROM json_each(:ids))' : ''
  run(
    db,
    `UPDATE payment SET
       matched_minor = coalesce(a.plus, 0), refunded_minor = coalesce(a.minus, 0),
       bank_day = a.day, document_number = coalesce(a.document, '')
     FROM payment AS p LEFT JOIN (
       SELECT portal_id, payment_id, sum(max(allotment.amount_minor, 0)) AS plus, sum(max(-allotment.amount_minor, 0)) AS minus,
              max(line.bank_day) AS day, line.document_number AS document
       FROM allotment JOIN line ON line.id = line_id
       WHERE undone_at IS NULL GROUP BY portal_id, payment_id
     ) AS a ON a.portal_id = p.portal_id AND a.payment_id = p.id
     WHERE payment.portal_id = :portal AND p.portal_id = payment.portal_id AND p.id = payment.id ${some}`,
    { portal: portalId, ...(ids ? { ids: JSON.stringify(ids) } : {}) },
  )
}

/** What is allotted of the given lines. */
export function deriveAllotted(db: DatabaseSync, lineIds: readonly number[]): void {
  run(
    db,
    `UPDATE line SET allotted_minor = (
       SELECT coalesce(sum(amount_minor), 0) FROM allotment WHERE line_id = line.id AND undone_at IS NULL)
     WHERE id IN (SELECT value FROM json_each(:ids))`,
    { ids: JSON.stringify(lineIds) },
  )
}

/** product.md's table of standings, over the columns of `payment` and the proof of coverage. */
const standingSql = `CASE
  WHEN gone = 1 THEN 'outside'
  WHEN refunded_minor > 0 AND matched_minor <= refunded_minor THEN CASE paid WHEN 1 THEN 'refunded' ELSE 'refundNoted' END
  WHEN matched_minor - refunded_minor = sum_minor AND sum_minor <> 0 THEN CASE paid WHEN 1 THEN 'reconciled' ELSE 'toPay' END
  WHEN matched_minor - refunded_minor > sum_minor THEN CASE paid WHEN 1 THEN 'overpaid' ELSE 'toPaySurplus' END
  WHEN matched_minor - refunded_minor > 0 THEN CASE paid WHEN 1 THEN 'paidSumDiffers' ELSE 'partlyReceived' END
  WHEN paid = 0 THEN 'open'
  WHEN bank_transfer = 1 AND sum_minor > 0 AND paid_day IS NOT NULL AND EXISTS (
    SELECT 1 FROM temp.coverage AS c
    WHERE c.portal_id = payment.portal_id AND c.currency = payment.currency
      AND c.own_company_id = ifnull(payment.own_company_id, 0)
      AND c.from_day <= date(payment.paid_day, :before) AND c.to_day >= date(payment.paid_day, :after)
  ) THEN 'paidWithoutMoney'
  ELSE 'outside' END`

/** Derives standings of the given payments of a portal, or of all of them; only rows that differ are written. */
export function deriveStandings(
  db: DatabaseSync,
  portalId: string,
  ids: readonly number[] | null,
  proof: ProofDays,
): void {
  writeCoverage(db, portalId, ids)
  const some = ids ? 'AND id IN (SELECT value FROM json_each(:ids))' : ''
  run(
    db,
    `UPDATE payment SET standing = ${standingSql} WHERE portal_id = :portal ${some} AND standing IS NOT ${standingSql}`,
    {
      portal: portalId,
      before: `-${proof.before} days`,
      after: `+${proof.after} days`,
      ...(ids ? { ids: JSON.stringify(ids) } : {}),
    },
  )
}

/**
 * For each currency and own company of the payments (0 = unknown), the periods in which every account that could
 * have received the money has gapless, proved, booked statements (money rule 16).
 */
function writeCoverage(db: DatabaseSync, portalId: string, ids: readonly number[] | null): void {
  db.exec(
    `CREATE TABLE IF NOT EXISTS temp.coverage (portal_id TEXT, currency TEXT, own_company_id INTEGER, from_day TEXT, to_day TEXT)`,
  )
  run(db, 'DELETE FROM temp.coverage WHERE portal_id = :portal', { portal: portalId })
  const accounts = all(
    db,
    'SELECT account, currency, own_company_id FROM bank_account WHERE portal_id = :portal',
    {
      portal: portalId,
    },
  )
  if (accounts.length === 0) return
  const some = ids ? 'AND id IN (SELECT value FROM json_each(:ids))' : ''
  const groups = all(
    db,
    `SELECT DISTINCT currency, own_company_id FROM payment WHERE portal_id = :portal ${some}`,
    {
      portal: portalId,
      ...(ids ? { ids: JSON.stringify(ids) } : {}),
    },
  )
  for (const group of groups) {
    const own = numberOrNull(group, 'own_company_id')
    const currency = text(group, 'currency')
    const able = accounts.filter((row) => {
      const bound = numberOrNull(row, 'own_company_id')
      return text(row, 'currency') === currency && (own === null || bound === null || bound === own)
    })
    if (able.length === 0) continue
    const proved = able.map((row) => provedPeriods(db, text(row, 'account'), currency))
    for (const period of proved.reduce(intersect)) {
      insert(db, 'INSERT INTO temp.coverage VALUES (:portal, :currency, :own, :from, :to)', {
        portal: portalId,
        currency,
        own: own ?? 0,
        from: period.from,
        to: period.to,
      })
    }
  }
}

/**
 * Unbroken periods of an account: statements whose balances add up and follow one another by day and balance. A day on
 * which money came in of which nobody has said yet whether it is told twice proves nothing: it may be the money sought.
 */
export function provedPeriods(db: DatabaseSync, account: string, currency: string): Interval[] {
  const rows = all(
    db,
    `SELECT from_day, to_day, opening_minor, closing_minor FROM statement JOIN file ON file.id = file_id
     WHERE complete = 1 AND account = :account AND currency = :currency AND from_day IS NOT NULL AND to_day IS NOT NULL
       AND format NOT IN ('mt942', 'camt.052', 'camt.054') AND (off_minor = 0 OR cleared = 1) AND NOT ${fileWasCut}
     ORDER BY from_day, to_day`,
    { account, currency },
  )
  const periods: Interval[] = []
  let last: Row | null = null
  for (const row of rows) {
    const from = text(row, 'from_day')
    const to = text(row, 'to_day')
    const current = periods.at(-1)
    if (current && last && joins(last, row, current.to)) {
      if (to > current.to) current.to = to
    } else periods.push({ from, to })
    if (!current || to >= current.to) last = row
  }
  return doubtfulDays(db, account, currency).reduce(without, periods)
}

function doubtfulDays(db: DatabaseSync, account: string, currency: string): string[] {
  return all(
    db,
    `SELECT DISTINCT bank_day FROM file CROSS JOIN line INDEXED BY line_uncounted ON line.file_id = file.id
     WHERE complete = 1 AND counted = 0 AND account = :account AND currency = :currency AND duplicate = 0 AND doubtful = 1
       AND detailed = 0 AND booked = 1 AND amount_minor > 0`,
    { account, currency },
  ).map((row) => text(row, 'bank_day'))
}

/** The periods but for one day. */
function without(periods: Interval[], day: string): Interval[] {
  const number = dayNumber(day)
  return periods.flatMap((period) => {
    if (day < period.from || day > period.to) return [period]
    const parts = [
      { from: period.from, to: dayOfNumber(number - 1) },
      { from: dayOfNumber(number + 1), to: period.to },
    ]
    return parts.filter(({ from, to }) => from <= to)
  })
}

/** A statement goes on with the one before when no day lies between, or the balances meet exactly. */
function joins(before: Row, next: Row, until: string): boolean {
  if (text(next, 'from_day') <= until) return true
  const closing = numberOrNull(before, 'closing_minor')
  const opening = numberOrNull(next, 'opening_minor')
  if (closing === null || opening === null) return false
  return closing === opening
}

function intersect(a: Interval[], b: Interval[]): Interval[] {
  const common: Interval[] = []
  for (const x of a) {
    for (const y of b) {
      const from = x.from > y.from ? x.from : y.from
      const to = x.to < y.to ? x.to : y.to
      if (from <= to) common.push({ from, to })
    }
  }
  return common
}

/** Every portal whose standings a change of an account's statements can touch. */
export function portalsOfAccount(db: DatabaseSync, account: string, currency: string): string[] {
  return all(
    db,
    'SELECT DISTINCT portal_id FROM bank_account WHERE account = :account AND currency = :currency AND portal_id IS NOT NULL',
    { account, currency },
  ).flatMap((row) => textOrNull(row, 'portal_id') ?? [])
}

export function proofDaysOf(db: DatabaseSync): ProofDays {
  const rows = all(db, "SELECT key, value FROM setting WHERE key IN ('proofDaysBefore', 'proofDaysAfter')")
  const value = (key: string, otherwise: number): number => {
    const row = rows.find((candidate) => candidate.key === key)
    return row ? Number(text(row, 'value')) : otherwise
  }
  return { before: value('proofDaysBefore', 5), after: value('proofDaysAfter', 10) }
}

export function countOf(row: Row | undefined): number {
  return row ? number(row, 'n') : 0
}
