// A ledger filled by its own table functions, without a portal: payments of one portal that look like real ones.

import { fileURLToPath } from 'node:url'
import { migrate } from '../../../electron/backend/ledger/migrate.ts'
import { openLedgerFile } from '../../../electron/backend/ledger/open.ts'
import { transact } from '../../../electron/backend/ledger/prepared.ts'
import { joinPortal } from '../../../electron/backend/ledger/tables/portals.ts'
import { finishRefresh } from '../../../electron/backend/ledger/tables/refreshed.ts'
import { storePayments } from '../../../electron/backend/ledger/tables/store-payments.ts'
import type { LedgerPayment } from '../../../electron/backend/ledger/tables/store-payments.ts'
import { seededRandom } from '../../kit/matching-world.ts'

export const benchPortal = 'p_bench0001'
const at = '2026-11-21T09:00:00.000Z'
const actor = { account: 'bench', computer: 'bench', portalUser: null }
const migrations = fileURLToPath(new URL('../../../electron/backend/ledger/migrations', import.meta.url))
const chunk = 5_000

/** Makes the ledger file and puts `count` payments of one portal into it; answers its size in bytes. */
export function fillPayments(path: string, count: number): void {
  const db = openLedgerFile(path, { readOnly: false })
  try {
    migrate(db, path, migrations)
    const random = seededRandom(20_261_121)
    const journal = { at, kind: 'portal.connected' as const, actor, portalId: benchPortal, body: {} }
    const credential = {
      id: 'c_bench',
      kind: 'webhook' as const,
      userId: '1',
      userName: 'Bench',
      baseUrl: 'https://bench.example/rest/',
      oauthHost: null,
    }
    transact(db, () =>
      joinPortal(db, {
        portalId: benchPortal,
        name: 'Bench',
        host: 'bench.example',
        memberId: null,
        demo: false,
        credential,
        at,
        journal,
      }),
    )
    for (let from = 0; from < count; from += chunk) {
      const payments = Array.from({ length: Math.min(chunk, count - from) }, (_, index) =>
        paymentOf(from + index + 1, random),
      )
      transact(db, () =>
        storePayments(db, { portalId: benchPortal, seenIn: 'j_bench', at, payments, ownCompanies: [] }),
      )
    }
    transact(db, () =>
      finishRefresh(db, { portalId: benchPortal, seenIn: 'j_bench', at, coverage: 'all', whole: true }),
    )
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
}

const towns = [
  'Вектор',
  'Гранит',
  'Ромашка',
  'Северлес',
  'Орион',
  'Каскад',
  'Меридиан',
  'Берёзка',
  'Техносфера',
  'Янтарь',
]
const topics = [
  'Поставка оборудования',
  'Договор обслуживания',
  'Разработка сайта',
  'Аренда помещения',
  'Консультации',
]

function paymentOf(id: number, random: () => number): LedgerPayment {
  const firm = Math.floor(random() * 4_000)
  const order = 10_000 + Math.ceil(id / 2)
  const paid = random() < 0.8
  const day = new Date(Date.UTC(2025, 10, 1) + Math.floor((id / 100_000) * 365) * 86_400_000)
    .toISOString()
    .slice(0, 10)
  const sumMinor = Math.floor(10_000 + random() ** 3 * 50_000_000)
  const own = firm % 2 === 0 ? { id: 1, name: 'ООО «Север»' } : { id: 2, name: 'ООО «Юг»' }
  const name = `ООО «${towns[firm % towns.length] ?? ''}-${firm}»`
  const accountNumber = `${order}/${(id % 2) + 1}`
  return {
    id,
    accountNumber,
    paid,
    paidAt: paid ? `${day}T09:00:00.000Z` : null,
    paidDay: paid ? day : null,
    sumMinor,
    currency: random() < 0.95 ? 'RUB' : 'EUR',
    paySystemId: 2,
    paySystemName: 'Банковский перевод',
    bankTransfer: true,
    receipts: false,
    orderId: order,
    orderNumber: String(order),
    owner: {
      kind: id % 3 === 0 ? 'invoice' : 'deal',
      id: order,
      title: `${topics[id % topics.length] ?? ''} ${order}`,
      number: '',
    },
    payer: {
      key: `company:${firm}`,
      kind: 'company',
      id: firm,
      name,
      taxIds: [String(7_700_000_000 + firm)],
      accounts: [{ account: String(4_070_281_000_000 + firm), bankCode: '044525225' }],
    },
    ownCompany: own,
    billDay: day,
    voucherNumber: paid ? String(id % 1000) : '',
    voucherDay: paid ? day : null,
    isReturn: false,
    complete: true,
    fields: fieldsOf(id, accountNumber, order, sumMinor),
  }
}

/** As many fields as `sale.payment` has, so that the file is as large as a real one. */
function fieldsOf(
  id: number,
  accountNumber: string,
  orderId: number,
  sumMinor: number,
): Record<string, unknown> {
  const rest = Array.from({ length: 38 }, (_, index) => [
    `field${index}`,
    index % 3 === 0 ? null : index % 3 === 1 ? 'N' : `value ${id}`,
  ])
  return {
    id,
    accountNumber,
    orderId,
    sum: sumMinor / 100,
    currency: 'RUB',
    paid: 'N',
    ...Object.fromEntries(rest),
  }
}
