// News of payments: what quiet looks found changed, until the person has looked; and plans that news have overtaken.

import type { DatabaseSync } from 'node:sqlite'
import type { PaymentNews } from '../../../contract/payment.ts'
import { newsKinds } from '../../../contract/payment.ts'
import { all, number, one, run, text } from '../prepared.ts'

export function countNews(db: DatabaseSync, input: { portalId: string }): PaymentNews {
  const news = Object.fromEntries(newsKinds.map((kind) => [kind, 0])) as PaymentNews
  const rows = all(
    db,
    'SELECT news, count(*) AS n FROM payment WHERE portal_id = :portal AND news IS NOT NULL GROUP BY news',
    { portal: input.portalId },
  )
  for (const row of rows) news[text(row, 'news') as keyof PaymentNews] = number(row, 'n')
  return news
}

/** Answers how many are news no longer. */
export function lookedAtNews(
  db: DatabaseSync,
  input: { portalId: string; ids?: readonly number[] | undefined },
): number {
  const some = input.ids === undefined ? '' : 'AND id IN (SELECT value FROM json_each(:ids))'
  return run(db, `UPDATE payment SET news = NULL WHERE portal_id = :portal AND news IS NOT NULL ${some}`, {
    portal: input.portalId,
    ...(input.ids === undefined ? {} : { ids: JSON.stringify(input.ids) }),
  })
}

/**
 * Payments of a plan that no longer show what the plan was made from: another state, sum, currency or number, or gone.
 */
export function planDrift(db: DatabaseSync, input: { planId: string }): number {
  const row = one(
    db,
    `SELECT count(*) AS n FROM plan_item JOIN plan ON plan.id = plan_id
       JOIN payment ON payment.portal_id = plan.portal_id AND payment.id = plan_item.payment_id
     WHERE plan_id = :plan AND refusal IS NULL AND (gone = 1 OR paid <> item_json ->> '$.intent.seen.paid'
       OR sum_minor <> item_json ->> '$.intent.seen.sumMinor' OR currency <> item_json ->> '$.intent.seen.currency'
       OR account_number <> item_json ->> '$.intent.seen.accountNumber')`,
    { plan: input.planId },
  )
  return row ? number(row, 'n') : 0
}
