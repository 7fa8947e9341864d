// Payments: what refreshes bring, and the pages, totals and facets that screens ask for.

import type { DatabaseSync } from 'node:sqlite'
import type { z } from 'zod'
import type {
  PaymentFilter,
  PaymentSelection,
  PaymentSort,
  PaymentRow,
  Standing,
  StandingCounts,
  PaymentTotals,
  PaymentFacets,
} from '../../../contract/payment.ts'
import { standings } from '../../../contract/payment.ts'
import type { Page, Sum } from '../../../contract/values.ts'
import { all, flag, number, numberOrNull, one, prepared, text, textOrNull } from '../prepared.ts'
import type { Bind, Row } from '../prepared.ts'
import { paymentWhere, selectionWhere } from './payment-filter.ts'
import { searchedWords } from './search-text.ts'
import { toPayer } from './payer.ts'
import type { PayerRow } from './payer.ts'
import { dataVersion } from './revision.ts'
import { countOf } from './standing.ts'

type Filter = z.output<typeof PaymentFilter>
type Sort = z.output<typeof PaymentSort>

const columns = `portal_id, id, account_number, paid, paid_at, sum_minor, currency, pay_system_name, order_id, order_number,
  owner_kind, owner_id, owner_title, payer_key, payer_name, payer_tax_id, own_company_name, bill_day, voucher_number,
  voucher_day, gone, news, matched_minor, refunded_minor, bank_day, document_number, standing`

const sortSql: Record<Sort['column'], string> = {
  id: 'id',
  accountNumber: 'account_number',
  order: 'order_number',
  owner: 'owner_title',
  payer: 'payer_name',
  taxId: 'payer_tax_id',
  sum: 'sum_minor',
  currency: 'currency',
  paid: 'paid',
  paidAt: 'paid_at',
  billDay: 'bill_day',
  paySystem: 'pay_system_name',
  matched: 'matched_minor',
  bankDay: 'bank_day',
  documentNumber: 'document_number',
  voucher: 'voucher_number',
  ownCompany: 'own_company_name',
  standing: 'standing',
}

/** Columns by which a portal's payments lie sorted in an index; undefined is the order by id. */
const indexed: readonly (Sort['column'] | undefined)[] = [
  undefined,
  'id',
  'sum',
  'paid',
  'billDay',
  'standing',
]

/** One page, newest payment first unless sorted otherwise; the id breaks ties so that pages never overlap. */
export function pagePayments(
  db: DatabaseSync,
  input: { filter: Filter; sort?: Sort | undefined; offset: number; limit: number },
): Page<PaymentRow> {
  const { where, bind } = paymentWhere(input.filter, indexed.includes(input.sort?.column))
  const order = orderSql(input.sort)
  const slice = `${order} LIMIT :limit OFFSET :offset`
  const bounds = { ...bind, limit: input.limit, offset: input.offset }
  const count = (): number => countOf(one(db, `SELECT count(*) AS n FROM payment ${where}`, bind))
  const revision = dataVersion(db)
  if (searchedWords(input.filter.text).length === 0) {
    // Only row numbers are sorted: sorting whole rows costs ten times as much.
    const rows = all(
      db,
      `SELECT ${columns} FROM payment WHERE rowid IN (SELECT rowid FROM payment ${where} ${slice}) ${order}`,
      bounds,
    )
    return { rows: rows.map(toPaymentRow), total: count(), revision }
  }
  // A search reads every row's text, so it happens once for both the page and the count.
  const rows = all(
    db,
    `WITH hit AS MATERIALIZED (SELECT rowid AS at, portal_id, id, ${sortSql[input.sort?.column ?? 'id']} FROM payment ${where})
     SELECT ${columns}, (SELECT count(*) FROM hit) AS total FROM payment WHERE rowid IN (SELECT at FROM hit ${slice}) ${order}`,
    bounds,
  )
  const [first] = rows
  const total = first ? number(first, 'total') : input.offset === 0 ? 0 : count()
  return { rows: rows.map(toPaymentRow), total, revision }
}

/**
 * The rows of a filter one at a time, in the grid's order: for exports of any length. Only the row numbers are held.
 * To be read within one transaction, in which no row can vanish.
 */
export function* iteratePayments(db: DatabaseSync, filter: Filter, sort?: Sort): Generator<PaymentRow> {
  const { where, bind } = paymentWhere(filter, indexed.includes(sort?.column))
  for (const at of rowNumbers(db, `SELECT rowid AS n FROM payment ${where} ${orderSql(sort)}`, bind)) {
    const row = one(db, `SELECT ${columns} FROM payment WHERE rowid = :at`, { at })
    if (row) yield toPaymentRow(row)
  }
}

/** A query's row numbers (its column `n`), eight bytes each. */
export function rowNumbers(db: DatabaseSync, sql: string, bind: Bind): Float64Array {
  let numbers = new Float64Array(1024)
  let count = 0
  for (const row of prepared(db, sql).iterate(bind)) {
    if (count === numbers.length) {
      const longer = new Float64Array(count * 2)
      longer.set(numbers)
      numbers = longer
    }
    numbers[count] = number(row as Row, 'n')
    count += 1
  }
  return numbers.subarray(0, count)
}

function orderSql(sort: Sort | undefined): string {
  if (!sort || sort.column === 'id')
    return `ORDER BY id ${sort && !sort.descending ? 'ASC' : 'DESC'}, portal_id`
  return `ORDER BY ${sortSql[sort.column]} ${sort.descending ? 'DESC' : 'ASC'}, id DESC, portal_id`
}

export function totalPayments(db: DatabaseSync, input: { selection: PaymentSelection }): PaymentTotals {
  const { where, bind } = selectionWhere(input.selection)
  return totalsOf(
    all(
      db,
      `SELECT currency, count(*) AS n, sum(sum_minor) AS minor FROM payment ${where} GROUP BY currency ORDER BY currency`,
      bind,
    ),
  )
}

/** Rows of (currency, n, minor) as a count and sums. */
export function totalsOf(rows: readonly Row[]): { count: number; sums: Sum[] } {
  return {
    count: rows.reduce((count, row) => count + number(row, 'n'), 0),
    sums: rows.map((row) => ({ minor: numberOrNull(row, 'minor') ?? 0, currency: text(row, 'currency') })),
  }
}

export function countStandings(db: DatabaseSync, input: { filter: Filter }): StandingCounts {
  const { standing: _, ...rest } = input.filter
  const { where, bind } = paymentWhere(rest, true)
  const byStanding = Object.fromEntries(standings.map((standing) => [standing, 0])) as Record<
    Standing,
    number
  >
  let count = 0
  for (const row of all(db, `SELECT standing, count(*) AS n FROM payment ${where} GROUP BY standing`, bind)) {
    byStanding[text(row, 'standing') as Standing] = number(row, 'n')
    count += number(row, 'n')
  }
  return { all: count, byStanding }
}

export function facetPayments(db: DatabaseSync, input: { portalId?: string | undefined }): PaymentFacets {
  const bind: Bind = input.portalId ? { portal: input.portalId } : {}
  const edge = (which: 'min' | 'max'): string | null => {
    const row = one(
      db,
      `SELECT ${which}(bill_day) AS day FROM payment ${input.portalId ? 'WHERE portal_id = :portal' : ''}`,
      bind,
    )
    return row ? textOrNull(row, 'day') : null
  }
  const kinds = all(
    db,
    `SELECT currency, pay_system_id, max(pay_system_name) AS name, min(bank_transfer) AS transfer FROM payment
     ${input.portalId ? 'WHERE +portal_id = :portal' : ''} GROUP BY currency, pay_system_id ORDER BY name, pay_system_id`,
    bind,
  )
  const paySystems = new Map<number, PaymentFacets['paySystems'][number]>()
  for (const row of kinds) {
    const id = number(row, 'pay_system_id')
    const isCash = paySystems.get(id)?.isCash ?? false
    paySystems.set(id, { id, name: text(row, 'name'), isCash: isCash || !flag(row, 'transfer') })
  }
  return {
    currencies: [...new Set(kinds.map((row) => text(row, 'currency')))].sort(),
    paySystems: [...paySystems.values()],
    firstDay: edge('min'),
    lastDay: edge('max'),
  }
}

export function toPaymentRow(row: Row): PaymentRow {
  const owner = textOrNull(row, 'owner_kind')
  const payerKey = textOrNull(row, 'payer_key')
  return {
    portalId: text(row, 'portal_id'),
    id: number(row, 'id'),
    accountNumber: text(row, 'account_number'),
    orderId: numberOrNull(row, 'order_id'),
    orderNumber: text(row, 'order_number'),
    owner:
      owner === null
        ? null
        : { kind: owner as 'deal' | 'invoice', id: number(row, 'owner_id'), title: text(row, 'owner_title') },
    payer:
      payerKey === null
        ? null
        : { key: payerKey, name: text(row, 'payer_name'), taxId: text(row, 'payer_tax_id') },
    sumMinor: number(row, 'sum_minor'),
    currency: text(row, 'currency'),
    paid: flag(row, 'paid'),
    paidAt: textOrNull(row, 'paid_at'),
    billDay: textOrNull(row, 'bill_day'),
    paySystemName: text(row, 'pay_system_name'),
    voucherNumber: text(row, 'voucher_number'),
    voucherDay: textOrNull(row, 'voucher_day'),
    ownCompanyName: text(row, 'own_company_name'),
    matchedMinor: number(row, 'matched_minor') - number(row, 'refunded_minor'),
    bankDay: textOrNull(row, 'bank_day'),
    documentNumber: text(row, 'document_number'),
    standing: text(row, 'standing') as Standing,
    gone: flag(row, 'gone'),
    news: textOrNull(row, 'news') as PaymentRow['news'],
  }
}

/** The payments that a selection means, whole rows by id; at most 100,000. */
export function selectPayments(
  db: DatabaseSync,
  input: { selection: PaymentSelection },
): (PaymentRow & { receipts: boolean; isReturn: boolean })[] {
  const { where, bind } = selectionWhere(input.selection)
  return all(
    db,
    `SELECT ${columns}, receipts, is_return FROM payment ${where} ORDER BY portal_id, id LIMIT 100000`,
    bind,
  ).map((row) => ({
    ...toPaymentRow(row),
    receipts: flag(row, 'receipts'),
    isReturn: flag(row, 'is_return'),
  }))
}

/** One payment with every field as the portal gave it; undefined when the ledger has none of that id. */
export function readPayment(
  db: DatabaseSync,
  input: { portalId: string; paymentId: number },
):
  | {
      row: PaymentRow
      fields: Record<string, unknown>
      complete: boolean
      readAt: string
      payer: PayerRow | null
    }
  | undefined {
  const bind = { portal: input.portalId, id: input.paymentId }
  const row = one(
    db,
    `SELECT ${columns}, complete, read_at FROM payment WHERE portal_id = :portal AND id = :id`,
    bind,
  )
  if (!row) return undefined
  const fields = one(
    db,
    'SELECT fields_json FROM payment_fields WHERE portal_id = :portal AND id = :id',
    bind,
  )
  const key = textOrNull(row, 'payer_key')
  const payer =
    key === null
      ? undefined
      : one(db, 'SELECT * FROM payer WHERE portal_id = :portal AND key = :key', {
          portal: input.portalId,
          key,
        })
  return {
    row: toPaymentRow(row),
    fields: fields ? (JSON.parse(text(fields, 'fields_json')) as Record<string, unknown>) : {},
    complete: flag(row, 'complete'),
    readAt: text(row, 'read_at'),
    payer: payer ? toPayer(payer) : null,
  }
}
