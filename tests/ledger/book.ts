// A ledger in memory with a portal, payments and lines, written by the ledger's own functions.

import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import type { StatementFormat } from '../../electron/contract/statement.ts'
import type { DuplicateChoice } from '../../electron/backend/ledger/tables/statements.ts'
import { lineIdentity } from '../../electron/domain/statements/line-identity.ts'
import { migrate } from '../../electron/backend/ledger/migrate.ts'
import { openLedgerFile } from '../../electron/backend/ledger/open.ts'
import { transact } from '../../electron/backend/ledger/prepared.ts'
import type { NewLine } from '../../electron/backend/ledger/tables/statements.ts'
import type { LedgerPayment } from '../../electron/backend/ledger/tables/store-payments.ts'
import { writes } from '../../electron/backend/ledger/tables/writes.ts'

export const migrationsFolder = fileURLToPath(
  new URL('../../electron/backend/ledger/migrations', import.meta.url),
)
export const portalId = 'p_aaaaaaaaaa'
export const actor = { account: 'anna', computer: 'desk', portalUser: null }
export const at = '2026-11-01T09:00:00.000Z'
export const who = { at, actor }
export const account = '40702810000000000001'

export function emptyLedger(): DatabaseSync {
  const db = openLedgerFile(':memory:', { readOnly: false })
  migrate(db, ':memory:', migrationsFolder)
  return db
}

export const journal = (
  kind: 'portal.connected' | 'file.imported' | 'file.forgotten' | 'file.cleared' | 'account.bound',
) => ({ at, kind, actor, body: {} })

/** Forgetting a file on whose lines nobody wrote anything. */
export const forgetting = (fileId: number) => ({
  fileId,
  today: '2026-11-01',
  losing: { ignored: 0, held: 0, notes: 0 },
  journal: journal('file.forgotten'),
})

export function withPortal(id = portalId): DatabaseSync {
  const db = emptyLedger()
  addPortal(db, id)
  return db
}

export function addPortal(db: DatabaseSync, id: string): void {
  const credential = {
    id: `c_${id}`,
    kind: 'webhook' as const,
    userId: '1',
    userName: 'Анна',
    baseUrl: `https://${id}.example/rest/`,
    oauthHost: null,
  }
  writes.joinPortal(db, {
    portalId: id,
    name: id,
    host: `${id}.example`,
    memberId: null,
    demo: false,
    credential,
    at,
    journal: journal('portal.connected'),
  })
}

/** A payment of 100.00 roubles unless told otherwise. */
export function payment(id: number, given: Partial<LedgerPayment> = {}): LedgerPayment {
  return {
    id,
    accountNumber: `${id}/1`,
    paid: false,
    paidAt: null,
    paidDay: null,
    sumMinor: 10_000,
    currency: 'RUB',
    paySystemId: 2,
    paySystemName: 'Банковский перевод',
    bankTransfer: true,
    receipts: false,
    orderId: id,
    orderNumber: String(id),
    owner: null,
    payer: null,
    ownCompany: null,
    billDay: '2026-10-01',
    voucherNumber: '',
    voucherDay: null,
    isReturn: false,
    complete: true,
    fields: { id },
    ...given,
  }
}

export function store(db: DatabaseSync, payments: readonly LedgerPayment[], id = portalId): void {
  writes.storePayments(db, { portalId: id, seenIn: 'j_1', at, payments, ownCompanies: [] })
  writes.finishRefresh(db, { portalId: id, seenIn: 'j_1', at, coverage: 'all', whole: false })
}

export function line(index: number, given: Partial<NewLine> = {}): NewLine {
  const whole = {
    index,
    statement: 0,
    bankDay: '2026-10-05',
    valueDay: null,
    amountMinor: 10_000,
    currency: 'RUB',
    counterparty: {
      name: 'ООО «Лес»',
      taxId: '7700000001',
      account: '40702810000000000099',
      bankCode: '044525225',
    },
    purpose: `Оплата ${index}`,
    purposeGlued: null,
    documentNumber: String(index),
    documentDay: '2026-10-05',
    bankReference: '',
    reversal: false,
    booked: true,
    place: { line: index, from: index, to: index + 1 },
    account,
    identity: '',
    occurrence: 1,
    ...given,
  } as NewLine
  const identity = createHash('sha256').update(lineIdentity(whole.account, whole)).digest('hex')
  return { ...whole, identity: given.identity ?? identity }
}

export interface FileOfLines {
  sha?: string
  format?: StatementFormat
  from?: string
  to?: string
  opening?: number
  closing?: number
  off?: number | null
  account?: string
  whole?: boolean
  /** The statement states no period. */
  bare?: boolean
  duplicates?: DuplicateChoice
}

/** Imports lines as a file; answers its id. */
export function importLines(db: DatabaseSync, lines: readonly NewLine[], file: FileOfLines = {}): number {
  const fileId = writes.beginFile(db, {
    sha256: file.sha ?? 'a'.repeat(64),
    name: 'a.txt',
    bytes: 1,
    format: file.format ?? '1c',
    encoding: 'utf-8',
    encodingBy: 'proved',
    mapping: null,
    at,
  })
  const duplicates = file.duplicates ?? 'ask'
  writes.addLines(db, { fileId, lines, issues: [], keepDuplicates: duplicates === 'keep' })
  if (file.whole === false) return fileId
  const statement = {
    account: file.account ?? account,
    currency: 'RUB',
    owner: 'ООО «Мы»',
    from: file.bare ? null : (file.from ?? '2026-10-01'),
    to: file.bare ? null : (file.to ?? '2026-10-31'),
    openingMinor: file.opening ?? 0,
    closingMinor: file.closing ?? 0,
    balanceOffMinor: file.off === undefined ? 0 : file.off,
    lines: lines.length,
    booked: lines.length,
    inMinor: lines.reduce((sum, { amountMinor }) => sum + Math.max(amountMinor, 0), 0),
    outMinor: lines.reduce((sum, { amountMinor }) => sum + Math.min(amountMinor, 0), 0),
  }
  writes.finishFile(db, {
    fileId,
    statements: [statement],
    duplicates,
    issues: 0,
    problems: 0,
    table: null,
    journal: journal('file.imported'),
  })
  return fileId
}

export function bind(
  db: DatabaseSync,
  id: string | null = portalId,
  own: number | null = null,
  of = account,
): void {
  writes.bindAccount(db, {
    account: of,
    currency: 'RUB',
    portalId: id,
    ownCompanyId: own,
    at,
    journal: journal('account.bound'),
  })
}

export const rows = (db: DatabaseSync, sql: string): Record<string, unknown>[] =>
  db
    .prepare(sql)
    .all()
    .map((row) => ({ ...row }))
export const inOne = transact
