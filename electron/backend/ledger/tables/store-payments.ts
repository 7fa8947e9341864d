// What refreshes and quiet looks bring: payments with their join, stored chunk by chunk, and those that are gone.

import type { DatabaseSync } from 'node:sqlite'
import { currencyOf, formatDecimal } from '../../../contract/money.ts'
import type { Currency } from '../../../contract/money.ts'
import type { OwnCompany } from '../../../contract/portal.ts'
import type { PaymentRow } from '../../../contract/payment.ts'
import { all, number, one, run, text } from '../prepared.ts'
import type { Row } from '../prepared.ts'
import type { PayerRow } from './payer.ts'
import { foldText } from './search-text.ts'
import { storeOwnCompanies } from './portals.ts'

/** A payment as the ledger keeps it; moments in UTC, days as calendar days of the portal's zone. */
export interface LedgerPayment {
  id: number
  accountNumber: string
  paid: boolean
  paidAt: string | null
  paidDay: string | null
  sumMinor: number
  currency: string
  paySystemId: number
  paySystemName: string
  bankTransfer: boolean
  receipts: boolean
  orderId: number | null
  orderNumber: string
  owner: { kind: 'deal' | 'invoice'; id: number; title: string; number: string } | null
  payer: PayerRow | null
  ownCompany: { id: number; name: string } | null
  billDay: string | null
  voucherNumber: string
  voucherDay: string | null
  isReturn: boolean
  complete: boolean
  fields: Record<string, unknown>
}

export interface StoredChunk {
  added: number
  changed: number
  /** Those of both, for what hangs on them to be derived anew. */
  ids: number[]
}

/** Which refresh or quiet look brings something, and from when on it knows better than the ledger. */
export interface Seeing {
  portalId: string
  /** The refresh's own mark, by which `finishRefresh` knows what was not seen. */
  seenIn: string
  at: string
  /**
   * When the reading began; this moment unless told. What another job read or wrote since then is newer: it stays, so
   * that a refresh never puts back what was changed while it ran.
   */
  askedAt?: string
  /** Whether what differs is to be shown to the person as news. */
  news?: boolean
}

/** Stores a chunk. */
export function storePayments(
  db: DatabaseSync,
  input: Seeing & {
    payments: readonly LedgerPayment[]
    ownCompanies: readonly Omit<OwnCompany, 'portalId'>[]
  },
): StoredChunk {
  storeOwnCompanies(db, input.portalId, input.ownCompanies)
  const stored: StoredChunk = { added: 0, changed: 0, ids: [] }
  for (const payment of input.payments) {
    const bind = { portal: input.portalId, id: payment.id }
    const before = one(db, `SELECT ${comparedSql} FROM payment WHERE portal_id = :portal AND id = :id`, bind)
    if (before && text(before, 'read_at') > (input.askedAt ?? input.at)) {
      run(db, 'UPDATE payment SET seen_in = :seenIn WHERE portal_id = :portal AND id = :id', {
        ...bind,
        seenIn: input.seenIn,
      })
      continue
    }
    if (payment.payer) storePayer(db, input.portalId, payment.payer)
    storePayment(db, input, payment)
    const after = one(db, `SELECT ${comparedSql} FROM payment WHERE portal_id = :portal AND id = :id`, bind)
    const news = after ? newsOf(before, after) : null
    if (news === null) continue
    if (news === 'added') stored.added += 1
    else stored.changed += 1
    stored.ids.push(payment.id)
    if (input.news) noteNews(db, bind, news)
  }
  return stored
}

/** What a person sees of a payment in the grid. */
const comparedColumns = [
  'paid',
  'sum_minor',
  'currency',
  'gone',
  'account_number',
  'paid_day',
  'pay_system_id',
  'order_id',
  'owner_kind',
  'owner_id',
  'owner_title',
  'payer_key',
  'payer_name',
  'own_company_id',
  'voucher_number',
  'voucher_day',
  'is_return',
]
const comparedSql = [...comparedColumns, 'read_at'].join(', ')

type News = NonNullable<PaymentRow['news']>

function newsOf(before: Row | undefined, after: Row): News | null {
  if (!before) return 'added'
  if (before['paid'] !== after['paid']) return after['paid'] === 1 ? 'paid' : 'unpaid'
  return comparedColumns.some((column) => before[column] !== after[column]) ? 'changed' : null
}

/** A payment that was new stays new, whatever becomes of it before the person looked. */
function noteNews(db: DatabaseSync, bind: { portal: string; id: number }, news: News): void {
  run(
    db,
    "UPDATE payment SET news = iif(news = 'added' AND :news <> 'gone', news, :news) WHERE portal_id = :portal AND id = :id",
    { ...bind, news },
  )
}

/**
 * Payments that the portal no longer has, as was checked one by one. Answers how many of them were still there for the
 * ledger and had not been read again since.
 */
export function markGone(db: DatabaseSync, input: Seeing & { ids: readonly number[] }): number[] {
  const gone = all(
    db,
    `UPDATE payment SET gone = 1, read_at = :at, seen_in = :seenIn
     WHERE portal_id = :portal AND gone = 0 AND read_at <= :askedAt AND id IN (SELECT value FROM json_each(:ids)) RETURNING id`,
    {
      portal: input.portalId,
      ids: JSON.stringify(input.ids),
      at: input.at,
      seenIn: input.seenIn,
      askedAt: input.askedAt ?? input.at,
    },
  ).map((row) => number(row, 'id'))
  if (input.news) for (const id of gone) noteNews(db, { portal: input.portalId, id }, 'gone')
  return gone
}

function storePayer(db: DatabaseSync, portalId: string, payer: PayerRow): void {
  run(
    db,
    `INSERT INTO payer VALUES (:portal, :key, :kind, :id, :name, :taxIds, :accounts)
     ON CONFLICT (portal_id, key) DO UPDATE SET name = excluded.name, tax_ids_json = excluded.tax_ids_json,
       accounts_json = excluded.accounts_json`,
    {
      portal: portalId,
      key: payer.key,
      kind: payer.kind,
      id: payer.id,
      name: payer.name,
      taxIds: JSON.stringify(payer.taxIds),
      accounts: JSON.stringify(payer.accounts),
    },
  )
}

/**
 * A refresh that could not read the deals and invoices brings payments without owner and payer. For an order whose
 * owner is known that is a gap in the reading, not news: an order does not lose its deal.
 */
const keptWhenLost = [
  'owner_kind',
  'owner_id',
  'owner_title',
  'owner_number',
  'payer_key',
  'payer_name',
  'payer_tax_id',
  'own_company_id',
  'own_company_name',
  'search',
]
  .map(
    (
      column,
    ) => `${column} = iif(excluded.owner_kind IS NULL AND excluded.payer_key IS NULL AND excluded.order_id IS payment.order_id
      AND payment.owner_kind IS NOT NULL, payment.${column}, excluded.${column})`,
  )
  .join(', ')

const upsertSql = `INSERT INTO payment (portal_id, id, account_number, paid, paid_at, paid_day, sum_minor, currency, pay_system_id,
    pay_system_name, bank_transfer, receipts, order_id, order_number, owner_kind, owner_id, owner_title, owner_number,
    payer_key, payer_name, payer_tax_id, own_company_id, own_company_name, bill_day, voucher_number, voucher_day, is_return,
    complete, gone, read_at, seen_in, search)
  VALUES (:portal, :id, :accountNumber, :paid, :paidAt, :paidDay, :sum, :currency, :paySystem, :paySystemName, :transfer,
    :receipts, :orderId, :orderNumber, :ownerKind, :ownerId, :ownerTitle, :ownerNumber, :payerKey, :payerName, :taxId,
    :ownId, :ownName, :billDay, :voucher, :voucherDay, :isReturn, :complete, 0, :at, :seenIn, :search)
  ON CONFLICT (portal_id, id) DO UPDATE SET account_number = excluded.account_number, paid = excluded.paid,
    paid_at = excluded.paid_at, paid_day = excluded.paid_day, sum_minor = excluded.sum_minor, currency = excluded.currency,
    pay_system_id = excluded.pay_system_id, pay_system_name = excluded.pay_system_name, bank_transfer = excluded.bank_transfer,
    receipts = excluded.receipts, order_id = excluded.order_id, order_number = excluded.order_number,
    ${keptWhenLost}, bill_day = excluded.bill_day, voucher_number = excluded.voucher_number,
    voucher_day = excluded.voucher_day, is_return = excluded.is_return, complete = excluded.complete, gone = 0,
    read_at = excluded.read_at, seen_in = excluded.seen_in`

function storePayment(
  db: DatabaseSync,
  input: { portalId: string; seenIn: string; at: string },
  payment: LedgerPayment,
): void {
  run(db, upsertSql, {
    portal: input.portalId,
    id: payment.id,
    accountNumber: payment.accountNumber,
    paid: Number(payment.paid),
    paidAt: payment.paidAt,
    paidDay: payment.paidDay,
    sum: payment.sumMinor,
    currency: payment.currency,
    paySystem: payment.paySystemId,
    paySystemName: payment.paySystemName,
    transfer: Number(payment.bankTransfer),
    receipts: Number(payment.receipts),
    orderId: payment.orderId,
    orderNumber: payment.orderNumber,
    ownerKind: payment.owner?.kind ?? null,
    ownerId: payment.owner?.id ?? null,
    ownerTitle: payment.owner?.title ?? '',
    ownerNumber: payment.owner?.number ?? '',
    payerKey: payment.payer?.key ?? null,
    payerName: payment.payer?.name ?? '',
    taxId: payment.payer?.taxIds[0] ?? '',
    ownId: payment.ownCompany?.id ?? null,
    ownName: payment.ownCompany?.name ?? '',
    billDay: payment.billDay,
    voucher: payment.voucherNumber,
    voucherDay: payment.voucherDay,
    isReturn: Number(payment.isReturn),
    complete: Number(payment.complete),
    at: input.at,
    seenIn: input.seenIn,
    search: searchText(payment),
  })
  run(
    db,
    `INSERT INTO payment_fields VALUES (:portal, :id, :fields)
     ON CONFLICT (portal_id, id) DO UPDATE SET fields_json = excluded.fields_json`,
    { portal: input.portalId, id: payment.id, fields: JSON.stringify(payment.fields) },
  )
}

const rouble = 'RUB' as Currency

/** The folded text that the grid's search runs over; the sum stands in it with both decimal marks. */
function searchText(payment: LedgerPayment): string {
  const sum = formatDecimal({ minor: payment.sumMinor, currency: currencyOf(payment.currency) ?? rouble })
  const parts = [
    payment.accountNumber,
    payment.orderNumber,
    payment.owner?.title,
    payment.owner?.number,
    payment.payer?.name,
  ]
  return foldText(
    [...parts, ...(payment.payer?.taxIds ?? []), sum, sum.replace('.', ','), payment.voucherNumber].join(' '),
  )
}
