// What a refresh brings: payments with their join, stored chunk by chunk, and what is no longer there marked as gone.

import type { DatabaseSync } from 'node:sqlite'
import { currencyOf, formatDecimal } from '../../../contract/money.ts'
import type { Currency } from '../../../contract/money.ts'
import type { OwnCompany } from '../../../contract/portal.ts'
import { number, one, run, text } from '../prepared.ts'
import type { PayerRow } from './payer.ts'
import { foldText } from './search-text.ts'
import { storeOwnCompanies } from './portals.ts'
import { deriveMatched, deriveStandings, proofDaysOf } from './standing.ts'

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
}

/** Stores a chunk; `seenIn` is the refresh's own mark, by which `finishRefresh` knows what was not seen. */
export function storePayments(
  db: DatabaseSync,
  input: {
    portalId: string
    seenIn: string
    at: string
    payments: readonly LedgerPayment[]
    ownCompanies: readonly Omit<OwnCompany, 'portalId'>[]
  },
): StoredChunk {
  storeOwnCompanies(db, input.portalId, input.ownCompanies)
  const stored: StoredChunk = { added: 0, changed: 0 }
  for (const payment of input.payments) {
    if (payment.payer) storePayer(db, input.portalId, payment.payer)
    const before = one(
      db,
      'SELECT paid, sum_minor, currency, gone FROM payment WHERE portal_id = :portal AND id = :id',
      {
        portal: input.portalId,
        id: payment.id,
      },
    )
    if (!before) stored.added += 1
    else if (
      number(before, 'paid') !== Number(payment.paid) ||
      number(before, 'sum_minor') !== payment.sumMinor ||
      text(before, 'currency') !== payment.currency ||
      number(before, 'gone') === 1
    ) {
      stored.changed += 1
    }
    storePayment(db, input, payment)
  }
  return stored
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

/** After the last chunk: what was not seen is gone (only when everything was asked for), and standings are derived anew. */
export function finishRefresh(
  db: DatabaseSync,
  input: { portalId: string; seenIn: string; at: string; coverage: 'all' | 'visible'; whole: boolean },
): { gone: number } {
  const gone = input.whole
    ? run(db, 'UPDATE payment SET gone = 1 WHERE portal_id = :portal AND gone = 0 AND seen_in IS NOT :seen', {
        portal: input.portalId,
        seen: input.seenIn,
      })
    : 0
  run(db, 'UPDATE portal SET last_refresh_at = :at, coverage = :coverage WHERE id = :portal', {
    portal: input.portalId,
    at: input.at,
    coverage: input.coverage,
  })
  deriveMatched(db, input.portalId, null)
  deriveStandings(db, input.portalId, null, proofDaysOf(db))
  return { gone }
}

/** What a single payment showed when it was just read; used after every check and read-back. */
export interface SeenPayment {
  id: number
  accountNumber: string
  paid: boolean
  paidAt: string | null
  paidDay: string | null
  sumMinor: number
  currency: string
  paySystemId: number
  paySystemName: string
  /** The fields that were read; unless they are all, the others stay as the ledger has them. */
  fields: Record<string, unknown>
  complete: boolean
  voucherNumber: string | null
  voucherDay: string | null
}

export function storeSeen(
  db: DatabaseSync,
  input: { portalId: string; at: string; seen: readonly SeenPayment[]; gone: readonly number[] },
): null {
  for (const seen of input.seen) {
    run(
      db,
      `UPDATE payment SET account_number = :number, paid = :paid, paid_at = :paidAt, paid_day = :paidDay, sum_minor = :sum,
         currency = :currency, pay_system_id = :paySystem, pay_system_name = :paySystemName, gone = 0, read_at = :at,
         voucher_number = ifnull(:voucher, voucher_number), voucher_day = iif(:voucher IS NULL, voucher_day, :voucherDay)
       WHERE portal_id = :portal AND id = :id`,
      {
        portal: input.portalId,
        id: seen.id,
        number: seen.accountNumber,
        paid: Number(seen.paid),
        paidAt: seen.paidAt,
        paidDay: seen.paidDay,
        sum: seen.sumMinor,
        currency: seen.currency,
        paySystem: seen.paySystemId,
        paySystemName: seen.paySystemName,
        voucher: seen.voucherNumber,
        voucherDay: seen.voucherDay,
        at: input.at,
      },
    )
    run(
      db,
      `UPDATE payment_fields SET fields_json = iif(:complete, :fields, json_patch(fields_json, :fields))
       WHERE portal_id = :portal AND id = :id`,
      {
        portal: input.portalId,
        id: seen.id,
        complete: Number(seen.complete),
        fields: JSON.stringify(seen.fields),
      },
    )
  }
  for (const id of input.gone) {
    run(db, 'UPDATE payment SET gone = 1, read_at = :at WHERE portal_id = :portal AND id = :id', {
      portal: input.portalId,
      id,
      at: input.at,
    })
  }
  deriveStandings(db, input.portalId, [...input.seen.map(({ id }) => id), ...input.gone], proofDaysOf(db))
  return null
}
