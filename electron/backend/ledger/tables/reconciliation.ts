// What the reconciliation report is made of, read row by row.

import type { DatabaseSync } from 'node:sqlite'
import type { Reason } from '../../../contract/match.ts'
import type { PaymentRow, Standing } from '../../../contract/payment.ts'
import type { Actor } from '../../../contract/values.ts'
import type {
  AccountFigures,
  MatchedRow,
  ReconciliationSource,
} from '../../../domain/reports/reconciliation.ts'
import { all, flag, number, numberOrNull, one, prepared, text } from '../prepared.ts'
import type { Row } from '../prepared.ts'
import { iterateJournal } from './journal.ts'
import { iterateLines, lineColumns, toLineRow } from './lines.ts'
import { iteratePayments, totalPayments, totalsOf } from './payments.ts'
import { readPortal } from './portals.ts'

export interface ReconciliationInput {
  portalId: string
  from?: string | undefined
  to?: string | undefined
  today: string
  now: string
  actor: Actor
}

const differing: Standing[] = ['overpaid', 'partlyReceived', 'paidSumDiffers']

/** Everything of one portal; `from` and `to` bound bank days and what was changed, never which payments are open. */
export function readReconciliation(db: DatabaseSync, input: ReconciliationInput): ReconciliationSource {
  const portalId = input.portalId as never
  const of = (...standing: Standing[]): Iterable<PaymentRow> => ({
    [Symbol.iterator]: () => iteratePayments(db, { portalId, standing }),
  })
  const accounts = boundAccounts(db, input.portalId)
  const heading = (
    title: 'toPay' | 'toTakeBack' | 'differences' | 'paymentsWithoutLine',
    standing: Standing[],
  ) => ({
    title,
    ...totalPayments(db, { selection: { kind: 'filter', filter: { portalId, standing }, except: [] } }),
  })
  return {
    about: aboutOf(db, input),
    accounts: accounts.map((account) => figuresOf(db, input, account)),
    headings: [
      heading('toPay', ['toPay', 'toPaySurplus']),
      heading('toTakeBack', ['refunded']),
      heading('differences', differing),
      heading('paymentsWithoutLine', ['paidWithoutMoney', 'open']),
      { title: 'linesWithoutPayment', ...openLines(db, input) },
    ],
    matched: { [Symbol.iterator]: () => matchedRows(db, input) },
    toPay: of('toPay', 'toPaySurplus'),
    toTakeBack: of('refunded'),
    differences: of(...differing),
    linesWithoutPayment: { [Symbol.iterator]: () => linesWithout(db, input, accounts) },
    paymentsWithoutLine: of('paidWithoutMoney', 'open'),
    changes: {
      [Symbol.iterator]: () =>
        iterateJournal(db, {
          portalId,
          kind: ['plan.confirmed', 'write.intended', 'write.answered', 'write.settled', 'write.readBack'],
          from: input.from,
          to: input.to,
        }),
    },
  }
}

function aboutOf(db: DatabaseSync, input: ReconciliationInput): ReconciliationSource['about'] {
  const portal = readPortal(db, input)?.portal
  const period = `${input.from ?? '…'} – ${input.to ?? '…'}`
  return [
    ['portal', portal ? `${portal.name} (${portal.host})` : ''],
    ['period', period],
    ['madeAt', input.now],
    ['madeBy', `${input.actor.account}@${input.actor.computer}`],
    ...(portal?.coverage === 'visible' ? [['note', 'partial'] as const] : []),
  ]
}

interface Account {
  account: string
  currency: string
}

function boundAccounts(db: DatabaseSync, portalId: string): Account[] {
  return all(
    db,
    'SELECT account, currency FROM bank_account WHERE portal_id = :portal ORDER BY account, currency',
    { portal: portalId },
  ).map((row) => ({
    account: text(row, 'account'),
    currency: text(row, 'currency'),
  }))
}

function periodOf(input: ReconciliationInput): { from: string; to: string } {
  return { from: input.from ?? '0000-01-01', to: input.to ?? '9999-12-31' }
}

function figuresOf(db: DatabaseSync, input: ReconciliationInput, account: Account): AccountFigures {
  const bind = { ...account, ...periodOf(input) }
  const turnover = one(
    db,
    `SELECT coalesce(sum(max(amount_minor, 0)), 0) AS plus, coalesce(sum(min(amount_minor, 0)), 0) AS minus,
       coalesce(sum(CASE WHEN amount_minor > 0 THEN allotted_minor ELSE 0 END), 0) AS matched,
       coalesce(sum(CASE WHEN amount_minor > 0 AND ignored_reason IS NULL THEN amount_minor - allotted_minor ELSE 0 END), 0) AS left_minor
     FROM line WHERE live = 1 AND counted = 1 AND booked = 1 AND account = :account AND currency = :currency AND bank_day BETWEEN :from AND :to`,
    bind,
  )
  const edge = (column: string, order: string): number | null => {
    const row = one(
      db,
      `SELECT ${column} AS minor FROM statement JOIN file ON file.id = file_id WHERE complete = 1 AND account = :account AND currency = :currency
         AND to_day >= :from AND from_day <= :to AND ${column} IS NOT NULL ORDER BY ${order} LIMIT 1`,
      bind,
    )
    return row ? numberOrNull(row, 'minor') : null
  }
  return {
    ...account,
    openingMinor: edge('opening_minor', 'from_day'),
    inMinor: turnover ? number(turnover, 'plus') : 0,
    outMinor: turnover ? number(turnover, 'minus') : 0,
    closingMinor: edge('closing_minor', 'to_day DESC'),
    matchedMinor: turnover ? number(turnover, 'matched') : 0,
    unmatchedMinor: turnover ? number(turnover, 'left_minor') : 0,
  }
}

function openLines(db: DatabaseSync, input: ReconciliationInput) {
  return totalsOf(
    all(
      db,
      `SELECT line.currency, count(*) AS n, sum(amount_minor - allotted_minor) AS minor FROM line
       JOIN bank_account AS b ON b.account = line.account AND b.currency = line.currency AND b.portal_id = :portal
       WHERE live = 1 AND counted = 1 AND booked = 1 AND ignored_reason IS NULL AND amount_minor > 0 AND allotted_minor <> amount_minor
         AND bank_day BETWEEN :from AND :to GROUP BY line.currency ORDER BY line.currency`,
      { portal: input.portalId, ...periodOf(input) },
    ),
  )
}

function* linesWithout(db: DatabaseSync, input: ReconciliationInput, accounts: readonly Account[]) {
  for (const { account, currency } of accounts) {
    const filter = {
      account,
      from: input.from,
      to: input.to,
      direction: 'in' as const,
      standing: ['open' as const, 'proposed' as const, 'partly' as const, 'held' as const],
    }
    for (const line of iterateLines(db, filter, input.today)) if (line.currency === currency) yield line
  }
}

function* matchedRows(db: DatabaseSync, input: ReconciliationInput): Generator<MatchedRow> {
  const sql = `SELECT ${lineColumns}, allotment.amount_minor AS part, allotment.reasons_json, payment.account_number, payment.payer_name, payment.paid
    FROM allotment JOIN line ON line.id = line_id
    JOIN payment ON payment.portal_id = allotment.portal_id AND payment.id = payment_id
    WHERE allotment.portal_id = :portal AND allotment.undone_at IS NULL AND line.bank_day BETWEEN :from AND :to ORDER BY line.bank_day, line.id`
  for (const raw of prepared(db, sql).iterate({
    portal: input.portalId,
    today: input.today,
    ...periodOf(input),
  })) {
    const row = raw as Row
    yield {
      line: toLineRow(row),
      accountNumber: text(row, 'account_number'),
      payerName: text(row, 'payer_name'),
      amountMinor: number(row, 'part'),
      paid: flag(row, 'paid'),
      reasons: JSON.parse(text(row, 'reasons_json')) as Reason[],
    }
  }
}
