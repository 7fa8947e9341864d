// What matching works on, gathered from the ledger.

import type { DatabaseSync } from 'node:sqlite'
import type {
  MatchLine,
  MatchPayer,
  MatchPayment,
  PayerAlias,
  RejectedPair,
} from '../../../domain/matching/types.ts'
import { noCurrency } from './accounts.ts'
import { provingFile } from './batches.ts'
import { all, flag, number, numberOrNull, prepared, text, textOrNull } from '../prepared.ts'
import type { Bind, Row } from '../prepared.ts'

const lineSql = `SELECT line.*, bank_account.portal_id AS bound_portal, bank_account.own_company_id AS bound_own,
    (SELECT count(*) FROM statement WHERE statement.file_id = file.id AND off_minor <> 0) AS off, file.cleared
  FROM line JOIN file ON file.id = ${provingFile}
  LEFT JOIN bank_account ON bank_account.account = line.account AND bank_account.currency = line.currency
  WHERE live = 1 AND counted = 1 AND line.currency <> '${noCurrency}'`

/** Lines that still have something to explain: not ignored, not allotted in full. */
export function openMatchLines(db: DatabaseSync, input: { account: string | null }): MatchLine[] {
  const account = input.account === null ? '' : 'AND line.account = :account'
  const sql = `${lineSql} AND ignored_reason IS NULL AND amount_minor <> allotted_minor ${account}`
  return all(db, sql, input.account === null ? {} : { account: input.account }).map(toMatchLine)
}

export function matchLine(db: DatabaseSync, input: { lineId: number }): MatchLine | undefined {
  return all(db, `${lineSql} AND line.id = :id`, { id: input.lineId }).map(toMatchLine)[0]
}

function toMatchLine(row: Row): MatchLine {
  const portalId = textOrNull(row, 'bound_portal')
  return {
    id: number(row, 'id'),
    account: text(row, 'account'),
    bound: portalId === null ? null : { portalId, ownCompanyId: numberOrNull(row, 'bound_own') },
    bankDay: text(row, 'bank_day'),
    leftMinor: number(row, 'amount_minor') - number(row, 'allotted_minor'),
    currency: text(row, 'currency'),
    counterparty: {
      name: text(row, 'party_name'),
      taxId: text(row, 'party_tax_id'),
      account: text(row, 'party_account'),
      bankCode: text(row, 'party_bank_code'),
    },
    purpose: text(row, 'purpose'),
    purposeGlued: textOrNull(row, 'purpose_glued'),
    documentNumber: text(row, 'document_number'),
    reversal: flag(row, 'reversal'),
    provedFile: number(row, 'off') === 0 || flag(row, 'cleared'),
    booked: flag(row, 'booked'),
  }
}

/** Payments a line could belong to: those that stand in the portal; `ids` narrows to some of one portal. */
export function matchPayments(
  db: DatabaseSync,
  input: { portalId?: string; ids?: readonly number[]; words?: readonly string[] },
): MatchPayment[] {
  const payers = readPayers(db, input.portalId)
  const parts = ['gone = 0']
  const bind: Bind = {}
  if (input.portalId !== undefined) {
    parts.push('portal_id = :portal')
    bind.portal = input.portalId
  }
  if (input.ids) {
    parts.push('id IN (SELECT value FROM json_each(:ids))')
    bind.ids = JSON.stringify(input.ids)
  }
  if (input.words && input.words.length > 0) {
    const words = input.words.map((word, index) => {
      bind[`word${index}`] = word
      return `instr(search, :word${index}) > 0`
    })
    parts.push(`(${words.join(' OR ')})`)
  }
  const limit = input.words ? 'LIMIT 200' : ''
  const payments: MatchPayment[] = []
  const sql = `SELECT * FROM payment WHERE ${parts.join(' AND ')} ORDER BY paid, id DESC ${limit}`
  for (const row of prepared(db, sql).iterate(bind)) payments.push(toMatchPayment(row as Row, payers))
  return payments
}

function toMatchPayment(row: Row, payers: ReadonlyMap<string, MatchPayer>): MatchPayment {
  const portalId = text(row, 'portal_id')
  const key = textOrNull(row, 'payer_key')
  const sumMinor = number(row, 'sum_minor')
  return {
    portalId,
    id: number(row, 'id'),
    accountNumber: text(row, 'account_number'),
    orderNumber: text(row, 'order_number'),
    ownerNumber: text(row, 'owner_number'),
    sumMinor,
    leftMinor: Math.max(0, sumMinor - number(row, 'matched_minor') + number(row, 'refunded_minor')),
    currency: text(row, 'currency'),
    paid: flag(row, 'paid'),
    paidAt: textOrNull(row, 'paid_at'),
    billDay: textOrNull(row, 'bill_day'),
    payBeforeDay: null,
    payer: key === null ? null : (payers.get(`${portalId} ${key}`) ?? null),
    ownCompanyId: numberOrNull(row, 'own_company_id'),
    isReturn: flag(row, 'is_return'),
    paySystemIsCash: !flag(row, 'bank_transfer'),
    gone: flag(row, 'gone'),
  }
}

function readPayers(db: DatabaseSync, portalId: string | undefined): Map<string, MatchPayer> {
  const where = portalId === undefined ? '' : 'WHERE portal_id = :portal'
  const payers = new Map<string, MatchPayer>()
  for (const row of all(
    db,
    `SELECT * FROM payer ${where}`,
    portalId === undefined ? {} : { portal: portalId },
  )) {
    const key = text(row, 'key')
    payers.set(`${text(row, 'portal_id')} ${key}`, {
      key,
      names: [text(row, 'name')],
      taxIds: JSON.parse(text(row, 'tax_ids_json')) as string[],
      accounts: (JSON.parse(text(row, 'accounts_json')) as { account: string }[]).map(
        ({ account }) => account,
      ),
    })
  }
  return payers
}

export function rejectedPairs(db: DatabaseSync, _: null): RejectedPair[] {
  return all(db, 'SELECT line_id, portal_id, payment_id FROM rejection').map((row) => ({
    lineId: number(row, 'line_id'),
    portalId: text(row, 'portal_id'),
    paymentId: number(row, 'payment_id'),
  }))
}

/** Which names and accounts on statements have paid for which payer, as accepted matches that stand tell. */
export function knownAliases(db: DatabaseSync, _: null): PayerAlias[] {
  return all(
    db,
    `SELECT DISTINCT allotment.portal_id, payment.payer_key, line.party_name, line.party_account
     FROM allotment JOIN line ON line.id = line_id
     JOIN payment ON payment.portal_id = allotment.portal_id AND payment.id = payment_id
     WHERE undone_at IS NULL AND payment.payer_key IS NOT NULL AND line.amount_minor > 0 AND line.party_name || line.party_account <> ''`,
  ).map((row) => ({
    portalId: text(row, 'portal_id'),
    payerKey: text(row, 'payer_key'),
    name: text(row, 'party_name'),
    account: text(row, 'party_account'),
  }))
}
