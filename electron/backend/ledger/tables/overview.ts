// The figures of the Reports screen.

import type { DatabaseSync } from 'node:sqlite'
import type { ReportOverview } from '../../../contract/report.ts'
import { all, number, text } from '../prepared.ts'
import type { Bind } from '../prepared.ts'
import { lineStandingSql } from './lines.ts'
import { totalsOf } from './payments.ts'

interface Period {
  portalId?: string | undefined
  from?: string | undefined
  to?: string | undefined
  today: string
}

export function overview(db: DatabaseSync, input: Period): ReportOverview {
  const days = inByDay(db, input)
  const ageing = openByAge(db, input)
  return {
    currencies: [
      ...new Set([...days.map(({ currency }) => currency), ...ageing.map(({ currency }) => currency)]),
    ].sort(),
    days,
    ageing,
    differences: differences(db, input),
    linesWithoutPayment: totalsOf(
      all(
        db,
        `SELECT currency, count(*) AS n, sum(amount_minor - allotted_minor) AS minor FROM line ${linesOf(input).where}
         AND amount_minor > 0 AND ${lineStandingSql} IN ('open', 'proposed', 'partly', 'held') GROUP BY currency ORDER BY currency`,
        { ...linesOf(input).bind, today: input.today },
      ),
    ),
  }
}

function linesOf(input: Period): { where: string; bind: Bind } {
  const parts = ['live = 1', 'counted = 1', 'booked = 1']
  const bind: Bind = {}
  if (input.portalId !== undefined) {
    parts.push(
      'EXISTS (SELECT 1 FROM bank_account AS b WHERE b.account = line.account AND b.currency = line.currency AND b.portal_id = :portal)',
    )
    bind.portal = input.portalId
  }
  if (input.from !== undefined) {
    parts.push('bank_day >= :from')
    bind.from = input.from
  }
  if (input.to !== undefined) {
    parts.push('bank_day <= :to')
    bind.to = input.to
  }
  return { where: `WHERE ${parts.join(' AND ')}`, bind }
}

function inByDay(db: DatabaseSync, input: Period): ReportOverview['days'] {
  const { where, bind } = linesOf(input)
  return all(
    db,
    `SELECT bank_day, currency, sum(amount_minor) AS plus, sum(allotted_minor) AS matched FROM line ${where}
     AND amount_minor > 0 AND ignored_reason IS NULL GROUP BY bank_day, currency ORDER BY bank_day, currency`,
    bind,
  ).map((row) => ({
    day: text(row, 'bank_day'),
    currency: text(row, 'currency'),
    inMinor: number(row, 'plus'),
    matchedMinor: number(row, 'matched'),
  }))
}

/** Unpaid payments nobody paid for, by whole days since their invoice: up to 7, 30, 90, and more. */
function openByAge(db: DatabaseSync, input: Period): ReportOverview['ageing'] {
  const some = input.portalId === undefined ? '' : 'AND portal_id = :portal'
  const rows = all(
    db,
    `SELECT currency, count(*) AS n, sum(sum_minor) AS minor,
       CASE WHEN age <= 7 THEN 0 WHEN age <= 30 THEN 1 WHEN age <= 90 THEN 2 ELSE 3 END AS bucket
     FROM (SELECT currency, sum_minor, julianday(:today) - julianday(ifnull(bill_day, :today)) AS age FROM payment
           WHERE standing = 'open' AND gone = 0 ${some})
     GROUP BY currency, bucket ORDER BY currency`,
    { today: input.today, ...(input.portalId === undefined ? {} : { portal: input.portalId }) },
  )
  const currencies = [...new Set(rows.map((row) => text(row, 'currency')))]
  return currencies.map((currency) => {
    const of = (bucket: number) => rows.find((row) => row.currency === currency && row.bucket === bucket)
    const sum = (bucket: number) => ({ currency, minor: Number(of(bucket)?.minor ?? 0) })
    const count = (bucket: number) => Number(of(bucket)?.n ?? 0)
    return {
      currency,
      upTo7: sum(0),
      upTo30: sum(1),
      upTo90: sum(2),
      more: sum(3),
      counts: [count(0), count(1), count(2), count(3)],
    }
  })
}

function differences(db: DatabaseSync, input: Period): ReportOverview['differences'] {
  const some = input.portalId === undefined ? '' : 'AND portal_id = :portal'
  return (['overpaid', 'partlyReceived', 'paidSumDiffers', 'paidWithoutMoney'] as const).map((standing) => ({
    standing,
    ...totalsOf(
      all(
        db,
        `SELECT currency, count(*) AS n, sum(sum_minor) AS minor FROM payment WHERE standing = :standing ${some} GROUP BY currency ORDER BY currency`,
        { standing, ...(input.portalId === undefined ? {} : { portal: input.portalId }) },
      ),
    ),
  }))
}
