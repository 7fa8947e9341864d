// A ledger small enough to add up by hand: one portal, six payments, one statement of five lines, four of them matched.

import { fileURLToPath } from 'node:url'
import type { DatabaseSync } from 'node:sqlite'
import { migrate } from '../../../electron/backend/ledger/migrate.ts'
import { openLedgerFile } from '../../../electron/backend/ledger/open.ts'
import { transact } from '../../../electron/backend/ledger/prepared.ts'
import { bindAccount } from '../../../electron/backend/ledger/tables/accounts.ts'
import { acceptMatch } from '../../../electron/backend/ledger/tables/decisions.ts'
import { joinPortal } from '../../../electron/backend/ledger/tables/portals.ts'
import { finishRefresh } from '../../../electron/backend/ledger/tables/refreshed.ts'
import { storePayments } from '../../../electron/backend/ledger/tables/store-payments.ts'
import type { LedgerPayment } from '../../../electron/backend/ledger/tables/store-payments.ts'
import { addLines, beginFile, finishFile } from '../../../electron/backend/ledger/tables/statements.ts'
import type { NewLine } from '../../../electron/backend/ledger/tables/statements.ts'

export const portalId = 'p_tiny00001'
export const account = '40702810900000000001'
export const actor = { account: 'anna', computer: 'desk', portalUser: null }
const at = '2026-11-21T09:00:00.000Z'
const migrations = fileURLToPath(new URL('../../../electron/backend/ledger/migrations', import.meta.url))

export function buildTinyLedger(path: string): void {
  const db = openLedgerFile(path, { readOnly: false })
  migrate(db, path, migrations)
  transact(db, () => {
    const journal = { at, kind: 'portal.connected' as const, actor, portalId, body: {} }
    const credential = {
      id: 'c_tiny',
      kind: 'webhook' as const,
      userId: '1',
      userName: 'Anna',
      baseUrl: 'https://tiny.example/rest/',
      oauthHost: null,
    }
    joinPortal(db, {
      portalId,
      name: 'Tiny',
      host: 'tiny.example',
      memberId: null,
      demo: false,
      credential,
      at,
      journal,
    })
    storePayments(db, {
      portalId,
      seenIn: 'j_1',
      at,
      payments,
      ownCompanies: [{ id: 1, name: 'ООО «Север»', accounts: [account] }],
    })
    importStatement(db)
    bindAccount(db, {
      account,
      currency: 'RUB',
      portalId,
      ownCompanyId: 1,
      at,
      journal: { at, kind: 'account.bound', actor, portalId, body: {} },
    })
    accept(db, 1, 11, 100_000)
    accept(db, 2, 12, 250_050)
    accept(db, 3, 15, 20_000)
    accept(db, 5, 16, -9_000)
    finishRefresh(db, { portalId, seenIn: 'j_1', at, coverage: 'all', whole: true })
  })
  db.close()
}

function accept(db: DatabaseSync, lineId: number, paymentId: number, amountMinor: number): void {
  acceptMatch(db, {
    at,
    actor,
    lineId,
    portalId,
    allotments: [{ paymentId, amountMinor }],
    overAllowed: false,
    reasons: [{ kind: 'byHand', agrees: null }],
  })
}

function payment(
  id: number,
  number: string,
  payer: string,
  sumMinor: number,
  paidDay: string | null,
): LedgerPayment {
  return {
    id,
    accountNumber: number,
    paid: paidDay !== null,
    paidAt: paidDay && `${paidDay}T09:00:00.000Z`,
    paidDay,
    sumMinor,
    currency: 'RUB',
    paySystemId: 2,
    paySystemName: 'Bank',
    bankTransfer: true,
    receipts: false,
    orderId: 100,
    orderNumber: number.slice(0, -2),
    owner: null,
    payer: {
      key: `company:${id}`,
      kind: 'company',
      id,
      name: payer,
      taxIds: [`77000000${id}`],
      accounts: [],
    },
    ownCompany: { id: 1, name: 'ООО «Север»' },
    billDay: '2026-11-05',
    voucherNumber: '',
    voucherDay: null,
    isReturn: false,
    complete: true,
    fields: {},
  }
}

const payments: readonly LedgerPayment[] = [
  payment(11, '101/1', 'ООО «Альфа»', 100_000, '2026-11-10'),
  payment(12, '102/1', 'ООО «Бета»', 250_050, null),
  payment(13, '103/1', 'ООО «Гамма»', 30_000, '2026-11-12'),
  payment(14, '104/1', 'ООО «Дельта»', 7_000, null),
  payment(15, '105/1', 'ООО «Эпсилон»', 50_000, null),
  payment(16, '106/1', 'ООО «Дзета»', 9_000, '2026-11-11'),
]

function line(index: number, day: string, amountMinor: number, name: string, purpose: string): NewLine {
  return {
    index,
    bankDay: day,
    valueDay: null,
    amountMinor,
    currency: 'RUB',
    counterparty: { name, taxId: `780000000${index}`, account: '', bankCode: '' },
    purpose,
    purposeGlued: null,
    documentNumber: String(500 + index),
    documentDay: day,
    bankReference: '',
    reversal: false,
    booked: true,
    place: { line: index + 1, from: index * 10, to: index * 10 + 10 },
    account,
    identity: `identity-${index}`,
    occurrence: 0,
  }
}

const lines: readonly NewLine[] = [
  line(0, '2026-11-10', 100_000, 'ООО «Альфа»', 'Оплата 101/1'),
  line(1, '2026-11-11', 250_050, 'ООО «Бета»', 'Счёт 102/1'),
  line(2, '2026-11-12', 20_000, 'ООО «Эпсилон»', 'Аванс 105/1'),
  line(3, '2026-11-13', 99_999, 'Неизвестный', 'За услуги'),
  line(4, '2026-11-14', -9_000, 'ООО «Дзета»', 'Возврат 106/1'),
]

/** Opening 10,000.00; in 4,700.49; out 90.00; closing 14,610.49. */
function importStatement(db: DatabaseSync): void {
  const fileId = beginFile(db, {
    sha256: 'f'.repeat(64),
    name: 'tiny.txt',
    bytes: 50,
    format: '1c',
    encoding: 'utf-8',
    encodingBy: 'proved',
    mapping: null,
    at,
  })
  addLines(db, { fileId, lines, issues: [], keepDuplicates: false })
  const statement = {
    account,
    currency: 'RUB',
    owner: '',
    from: '2026-11-01',
    to: '2026-11-25',
    openingMinor: 1_000_000,
    closingMinor: 1_461_049,
    balanceOffMinor: 0,
    lines: 5,
    booked: 5,
    inMinor: 470_049,
    outMinor: -9_000,
  }
  finishFile(db, {
    fileId,
    statements: [statement],
    duplicates: 'ask',
    issues: 0,
    problems: 0,
    table: null,
    journal: { at, kind: 'file.imported', actor, body: { fileId } },
  })
}
