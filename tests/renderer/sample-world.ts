// Answers for the whole window, written out: one portal, three accounts, four statement files.

import type { AppStatus, Settings } from '../../electron/contract/app.ts'
import type { JobSnapshot } from '../../electron/contract/job.ts'
import type { JournalRow } from '../../electron/contract/journal.ts'
import type { Portal } from '../../electron/contract/portal.ts'
import type { BankAccount, ChainBreak } from '../../electron/contract/account.ts'
import type { LineRow, StatementRow } from '../../electron/contract/statement-row.ts'
import type { StatementGlance } from '../../electron/contract/statement-file.ts'
import type { StatementIssue } from '../../electron/contract/statement.ts'
import type { Ticket } from '../../electron/contract/files.ts'
import type { FileId, JobId, LineId, PortalId } from '../../electron/contract/values.ts'
import { ok } from '../kit/fake-bridge.ts'
import type { Answers } from '../kit/fake-bridge.ts'

export const portalId = 'p_romashka01' as PortalId
const demoId = 'p_demo000001' as PortalId

export const status: AppStatus = {
  version: '0.1.0',
  host: 'loopback',
  vault: { kind: 'keychain', detail: 'Secret Service' },
  ledger: { path: '/home/anna/.local/share/sverka/ledger.db', owned: true, owner: null, bytes: 18_432_000 },
  operator: { account: 'anna', computer: 'buh-2' },
  policy: {
    forceReadOnly: false,
    forbidDelete: false,
    forbidUpdateCheck: false,
    updateFeed: null,
    proxy: null,
  },
  demoRunning: false,
  interruptedJobs: 0,
  restartNeeded: false,
  troubles: [],
}

export const settings: Settings = {
  language: 'ru',
  theme: 'light',
  certainFrom: 0.97,
  likelyFrom: 0.7,
  proofDaysBefore: 5,
  proofDaysAfter: 10,
  oauthReturnPort: 38417,
  checkForUpdates: true,
  lookEveryMinutes: 5,
  wholeRefreshDays: 7,
  layouts: {},
}

export const portal: Portal = {
  id: portalId,
  name: 'Ромашка',
  host: 'romashka.bitrix24.ru',
  demo: false,
  state: 'ok',
  movedTo: null,
  credentials: [{ kind: 'webhook', user: 'Анна Петрова' }],
  writingAllowed: false,
  check: {
    at: '2026-11-21T06:01:10.000Z',
    user: { id: '7', name: 'Анна Петрова' },
    administrator: true,
    scopes: ['crm', 'sale', 'pay_system', 'user_brief'],
    timeZone: 'Europe/Moscow',
    path: 'administrator',
    abilities: [
      { ability: 'administrator', state: 'yes', fault: null },
      { ability: 'scope.crm', state: 'yes', fault: null },
      { ability: 'scope.sale', state: 'yes', fault: null },
      { ability: 'scope.pay_system', state: 'yes', fault: null },
      { ability: 'scope.user', state: 'no', fault: { code: 'rest.scopeMissing', scope: 'user_brief' } },
      { ability: 'list.payments', state: 'yes', fault: null },
      { ability: 'get.payment', state: 'yes', fault: null },
      { ability: 'write.details', state: 'yes', fault: null },
      { ability: 'batch', state: 'yes', fault: null },
      { ability: 'batch.payments', state: 'no', fault: { code: 'rest.batchForbidden' } },
      { ability: 'join.orders', state: 'yes', fault: null },
      { ability: 'join.objects', state: 'yes', fault: null },
      { ability: 'join.requisites', state: 'unknown', fault: null },
      { ability: 'paysystems', state: 'yes', fault: null },
      { ability: 'users', state: 'no', fault: { code: 'rest.scopeMissing', scope: 'user_brief' } },
      { ability: 'cursor', state: 'yes', fault: null },
    ],
    invoicesWithoutPayment: 42,
    receipts: ['ЮKassa'],
    requests: 14,
    tookMs: 2300,
  },
  lastRefreshAt: '2026-11-21T06:02:11.000Z',
  wholeRefreshAt: '2026-11-19T06:02:11.000Z',
  lookedAt: '2026-11-21T06:02:11.000Z',
  eventQueue: false,
  coverage: 'all',
  payments: 2000,
  unpaid: 412,
}

export const demoPortal: Portal = {
  ...portal,
  id: demoId,
  name: 'Демонстрационный портал',
  host: '127.0.0.1:8124',
  demo: true,
  credentials: [{ kind: 'webhook', user: 'Демо' }],
  unpaid: 120,
}

const rub = '40702810900000000123'
const eur = 'DE89370400440532013000'

export const statements: StatementRow[] = [
  {
    id: 4,
    fileId: 4 as FileId,
    fileName: 'kl_to_1c.txt',
    format: '1c',
    encoding: 'windows-1251',
    account: rub,
    currency: 'RUB',
    from: '2026-11-11',
    to: '2026-11-19',
    openingMinor: 9_950_000,
    closingMinor: 31_840_211,
    balanceOffMinor: 0,
    lines: 214,
    knownLines: 12,
    doubtfulLines: 3,
    problems: 0,
    encodingBy: 'proved',
    mapping: null,
    inMinor: 22_000_000,
    outMinor: 109_789,
    cleared: false,
    importedAt: '2026-11-20T06:12:00.000Z',
  },
  {
    id: 3,
    fileId: 3 as FileId,
    fileName: 'stm_18-11.sta',
    format: 'mt940',
    encoding: 'utf-8',
    account: eur,
    currency: 'EUR',
    from: '2026-11-18',
    to: '2026-11-18',
    openingMinor: 1_200_000,
    closingMinor: 1_310_050,
    balanceOffMinor: 50,
    lines: 9,
    knownLines: 0,
    doubtfulLines: 0,
    problems: 1,
    encodingBy: 'proved',
    mapping: null,
    inMinor: 115_000,
    outMinor: 5_000,
    cleared: false,
    importedAt: '2026-11-19T06:40:00.000Z',
  },
  {
    id: 2,
    fileId: 2 as FileId,
    fileName: 'Выписка октябрь.xlsx',
    format: 'xlsx',
    encoding: 'utf-8',
    account: rub,
    currency: 'RUB',
    from: '2026-11-01',
    to: '2026-11-09',
    openingMinor: 12_000_000,
    closingMinor: 9_800_000,
    balanceOffMinor: 0,
    lines: 96,
    knownLines: 0,
    doubtfulLines: 0,
    problems: 0,
    encodingBy: 'proved',
    mapping: null,
    inMinor: 300_000,
    outMinor: 2_500_000,
    cleared: false,
    importedAt: '2026-11-10T07:00:00.000Z',
  },
  {
    id: 1,
    fileId: 1 as FileId,
    fileName: 'card-export.csv',
    format: 'csv',
    encoding: 'utf-8',
    account: '40702810500000000777',
    currency: 'RUB',
    from: '2026-10-01',
    to: '2026-10-31',
    openingMinor: null,
    closingMinor: null,
    balanceOffMinor: null,
    lines: 31,
    knownLines: 0,
    doubtfulLines: 0,
    problems: 2,
    encodingBy: 'proved',
    mapping: null,
    inMinor: 0,
    outMinor: 0,
    cleared: false,
    importedAt: '2026-11-02T07:00:00.000Z',
  },
]

export const chain: ChainBreak[] = [
  {
    account: rub,
    currency: 'RUB',
    kind: 'gap',
    from: '2026-11-10',
    to: '2026-11-10',
    beforeMinor: 9_800_000,
    afterMinor: 9_950_000,
  },
]

export const accounts: BankAccount[] = [
  {
    account: rub,
    currency: 'RUB',
    owner: 'ООО «Ромашка»',
    portalId,
    ownCompanyId: 3,
    ownCompanyName: 'ООО «Ромашка»',
    from: '2026-11-01',
    to: '2026-11-19',
    lines: 310,
    proposals: [],
  },
  {
    account: eur,
    currency: 'EUR',
    owner: 'Romashka GmbH',
    portalId: null,
    ownCompanyId: null,
    ownCompanyName: null,
    from: '2026-11-18',
    to: '2026-11-18',
    lines: 9,
    proposals: [{ portalId, ownCompanyId: 5, ownCompanyName: 'Romashka GmbH' }],
  },
  {
    account: '40702810500000000777',
    currency: 'RUB',
    owner: '',
    portalId: null,
    ownCompanyId: null,
    ownCompanyName: null,
    from: '2026-10-01',
    to: '2026-10-31',
    lines: 31,
    proposals: [],
  },
]

const purposes = [
  'Оплата по счету № 3653/1 от 12.09.2026 за услуги связи. В том числе НДС 20% 2071.67',
  'за услуги по договору 17/26, без НДС',
  'Комиссия за ведение счета за ноябрь 2026',
  'Оплата по счетам 3611/1, 3612/1, 3615/2 НДС не облагается',
]
const payers = ['ООО «РОМАШКА-СЕВЕР»', 'ИП Иванов Пётр Сергеевич', 'ПАО «Банк»', 'АО «Вектор плюс»']
const sums = [1_243_000, 3_000_000, -15_000, 845_050]
const lineStandings = ['matched', 'proposed', 'ignored', 'open', 'partly', 'held', 'doubtful'] as const

export function line(index: number): LineRow {
  const kind = index % 4
  return {
    id: (index + 1) as LineId,
    fileId: 4 as FileId,
    account: rub,
    index,
    bankDay: `2026-11-${String(19 - (index % 9)).padStart(2, '0')}`,
    valueDay: null,
    amountMinor: sums[kind] ?? 0,
    currency: 'RUB',
    counterparty: {
      name: payers[kind] ?? '',
      taxId: kind === 2 ? '' : `770100${1000 + index}`,
      account: '40702810000000004567',
      bankCode: '044525225',
    },
    purpose: purposes[kind] ?? '',
    documentNumber: String(482 + index),
    documentDay: null,
    bankReference: '',
    reversal: false,
    booked: index !== 5,
    place: { line: 20 + index * 24, from: index * 900, to: index * 900 + 880 },
    standing: lineStandings[index % 7] ?? 'open',
    allottedMinor: index % 7 === 0 ? (sums[kind] ?? 0) : 0,
    note: index % 7 === 5 ? 'ждём письмо от клиента' : '',
    heldUntil: index % 7 === 5 ? '2026-11-30' : null,
    ignoredReason: index % 7 === 2 ? 'fee' : null,
    twinOf: index % 7 === 6 ? (900 as LineId) : null,
  }
}

export const issues: StatementIssue[] = [
  {
    place: { line: 41, from: 1800, to: 1862 },
    code: 'balance.off',
    text: ':62F:C261118EUR13100,50',
    weight: 'problem',
  },
  {
    place: { line: 12, from: 300, to: 340 },
    code: 'reference.long',
    text: '//2618NOTPROVIDED00000001',
    weight: 'note',
  },
]

export function glance(ticket: string, name: string): StatementGlance {
  const table = name.endsWith('.csv')
  return {
    ticket,
    name,
    bytes: 48_230,
    format: table ? 'csv' : '1c',
    encoding: table ? 'utf-8' : 'windows-1251',
    encodingBy: table ? 'proved' : 'declared',
    declaredEncoding: '',
    sample: table ? 'ООО «Ромашка-Север»;Оплата по счету № 3653/1' : 'Плательщик=ООО «РОМАШКА-СЕВЕР»',
    needs: table ? ['mapping'] : [],
    problems: table ? 1 : 0,
    statements: [
      {
        account: table ? '' : rub,
        currency: 'RUB',
        owner: 'ООО «Ромашка»',
        from: '2026-11-20',
        to: '2026-11-20',
        openingMinor: table ? null : 31_840_211,
        closingMinor: table ? null : 33_083_211,
        balanceOffMinor: table ? null : 0,
        lines: 14,
        inMinor: 1_300_000,
        outMinor: 57_000,
        newLines: 11,
        knownLines: 2,
        doubtfulLines: 1,
      },
    ],
    issues: table ? issues.slice(1) : [],
    importedAs: null,
    table: table
      ? {
          mapping: {
            delimiter: ';',
            skipRows: 1,
            columns: { bankDay: 0, amount: 1, counterpartyName: 2, purpose: 3 },
            dateOrder: 'dmy',
            decimalMark: ',',
            creditWords: [],
            invertSign: false,
            account: '',
          },
          certain: false,
          remembered: false,
          proposed: null,
          sheets: [],
          rows: [
            ['Дата', 'Сумма', 'Контрагент', 'Назначение', 'Номер'],
            ['20.11.2026', '12 430,00', 'ООО «Ромашка-Север»', 'Оплата по счету № 3653/1', '482'],
            ['20.11.2026', '-150,00', 'ПАО «Банк»', 'Комиссия', '483'],
            ['20.11.2026', '30 000,00', 'ИП Иванов', 'за услуги', '484'],
          ],
        }
      : null,
  }
}

export function refreshJob(done: number, state: JobSnapshot['state'] = 'running'): JobSnapshot {
  return {
    id: 'j_refresh001' as JobId,
    kind: 'refresh',
    state,
    done,
    failed: 0,
    total: 100_000,
    unit: 'payments',
    note: { kind: 'step', step: 'payments' },
    expectedEnd: null,
    startedAt: '2026-11-21T06:00:00.000Z',
    endedAt: state === 'running' ? null : '2026-11-21T06:01:00.000Z',
    stoppable: true,
    resumable: false,
    portalId,
    fault: null,
    result:
      state === 'done'
        ? { kind: 'refresh', whole: 'first', payments: 100_000, added: 12, changed: 3, gone: 0, requests: 41 }
        : null,
    rev: done,
  }
}

export function importJob(): JobSnapshot {
  return {
    ...refreshJob(1, 'done'),
    id: 'j_import0001' as JobId,
    kind: 'import',
    unit: 'lines',
    total: 14,
    done: 14,
    result: {
      kind: 'import',
      files: [
        { name: 'kl_to_1c.txt', fileId: 5, lines: 11, known: 2, doubtful: 1, problems: 0, fault: null },
      ],
    },
  }
}

const journalKinds = [
  'decision.made',
  'write.intended',
  'write.answered',
  'write.readBack',
  'file.imported',
  'plan.confirmed',
  'portal.checked',
] as const

export function journalRow(seq: number): JournalRow {
  const kind = journalKinds[seq % journalKinds.length] ?? 'job.started'
  return {
    seq,
    at: `2026-11-20T${String(6 + (seq % 10)).padStart(2, '0')}:02:11.000Z`,
    kind,
    actor: { account: 'anna', computer: 'buh-2', portalUser: 'Анна Петрова' },
    portalId: kind === 'file.imported' ? null : portalId,
    jobId: kind.startsWith('write') ? 'j_apply00001' : null,
    paymentId: kind.startsWith('write') ? 3600 + seq : null,
    body: {
      accountNumber: `${3600 + seq}/1`,
      before: { paid: false },
      intended: { paid: true },
      sumMinor: 1_243_000,
      currency: 'RUB',
    },
    hash: 'a3f1c9'.padEnd(58, '0') + String(seq).padStart(6, '0'),
  }
}

function slice<Row>(
  total: number,
  make: (index: number) => Row,
  input: { offset?: number | undefined; limit?: number | undefined } | undefined,
) {
  const offset = input?.offset ?? 0
  const length = Math.max(0, Math.min(input?.limit ?? 200, total - offset))
  return { rows: Array.from({ length }, (_, at) => make(offset + at)), total, revision: 1 }
}

/** A person's morning; `empty` is the program before its first portal. */
export function sampleAnswers(scene: 'morning' | 'empty' | 'demo' = 'morning'): Answers {
  const empty = scene === 'empty'
  const portals = empty
    ? []
    : scene === 'demo'
      ? [demoPortal]
      : [
          portal,
          {
            ...portal,
            id: 'p_vektor0001' as PortalId,
            name: 'Вектор',
            host: 'vektor.bitrix24.ru',
            state: 'signInAgain' as const,
            unpaid: 12,
          },
        ]
  const files = scene === 'morning' ? statements : []
  return {
    'app.status': () => ok(status),
    'app.settings': () => ok(settings),
    'app.changeSettings': (change) => ok({ ...settings, ...(change as Partial<Settings>) }),
    'app.updates': () => ok({ state: 'off' }),
    'app.diagnostics': () =>
      ok({ text: 'Sverka 0.1.0\nSQLite 3.53\nkeychain: Secret Service\nledger: 18 MB, 2 000 payments' }),
    'app.backup': () =>
      ok({ ticket: 't_000000000000000000000009' as never, name: 'sverka-2026-11-21.db', bytes: 18_432_000 }),
    'portals.list': () => ok(portals),
    'portals.waiting': () =>
      ok(
        portals.map(({ id }, at) => ({
          portalId: id,
          toPay: { count: at, sums: at > 0 ? [{ minor: 184_231_050, currency: 'RUB' }] : [] },
          linesLeft: 7 * at,
          linesDoubtful: 0,
          unknown: 0,
          paused: 0,
          breaks: 0,
        })),
      ),
    'portals.settings': () =>
      ok({
        name: 'Ромашка',
        limits: 'automatic',
        learnt: null,
        bucketSize: 50,
        drainPerSecond: 2,
        serverLimitSeconds: 60,
      }),
    'portals.changeSettings': (change) =>
      ok({
        name: 'Ромашка',
        limits: 'automatic',
        learnt: null,
        bucketSize: 50,
        drainPerSecond: 2,
        serverLimitSeconds: 60,
        ...(change as object),
      }),
    'portals.allowWriting': ({ allowed }) => ok({ ...portal, writingAllowed: allowed }),
    'portals.check': () => ok(portal),
    'portals.disconnect': () => ok({ revokeAt: 'https://romashka.bitrix24.ru/devops/list/' }),
    'portals.openDemo': () =>
      ok({
        portal: demoPortal,
        statements: [
          { ticket: 't_demo00000000000000000001', name: 'kl_to_1c.txt', bytes: 48_230 },
          { ticket: 't_demo00000000000000000002', name: 'acquiring.csv', bytes: 4_230 },
        ],
      }),
    'portals.connect': (input) =>
      input.kind === 'webhook'
        ? ok({ state: 'connected', portal })
        : ok({
            state: 'signIn',
            signIn: {
              signInId: 's_1',
              portal: 'romashka.bitrix24.ru',
              authorizeUrl: 'https://romashka.bitrix24.ru/oauth/authorize/?client_id=local.1',
              returnAddress: 'http://127.0.0.1:38417/return',
              listening: true,
              // The window ends a sign-in by the clock.
              expiresAt: new Date(Date.now() + 600_000).toISOString(),
            },
          }),
    'portals.ownCompanies': () =>
      ok(
        empty
          ? []
          : [
              { portalId, id: 3, name: 'ООО «Ромашка»', accounts: [rub] },
              { portalId, id: 5, name: 'Romashka GmbH', accounts: [eur] },
            ],
      ),
    'accounts.list': () => ok(scene === 'morning' ? accounts : []),
    'accounts.bind': () => ok(accounts),
    'jobs.list': () => ok(scene === 'morning' ? [refreshJob(41_200)] : []),
    'statements.list': () => ok(files),
    'statements.chain': () => ok(scene === 'morning' ? chain : []),
    'statements.lines': (input) => ok(slice(scene === 'morning' ? 350 : 0, line, input)),
    'statements.line': ({ lineId }) =>
      ok({
        row: line(lineId - 1),
        fileName: 'kl_to_1c.txt',
        encoding: 'windows-1251',
        issues: [],
        hex: '',
        twin: null,
        raw: 'СекцияДокумент=Платежное поручение\nНомер=482\nДата=19.11.2026\nСумма=12430.00\nПлательщикСчет=40702810000000004567\nПлательщик=ООО «РОМАШКА-СЕВЕР»\nПлательщикИНН=7701001000\nНазначениеПлатежа=Оплата по счету № 3653/1 от 12.09.2026\nКонецДокумента',
      }),
    'statements.issues': () => ok(issues),
    'statements.unpack': ({ ticket }) =>
      ok([{ ticket: ticket as Ticket, name: 'kl_to_1c.txt', bytes: 48_230 }]),
    'statements.tables': () => ok([]),
    'statements.watched': () =>
      ok({ folder: null, state: 'off', canChoose: false, lastLookAt: null, files: [] }),
    'statements.clear': () => ok(null),
    'statements.marks': () => ok({ ignored: 0, held: 0, notes: 0 }),
    'statements.release': () => ok(null),
    'statements.forget': () => ok(null),
    'statements.glance': ({ ticket }) =>
      ok(glance(ticket, ticket.endsWith('2') ? 'acquiring.csv' : 'kl_to_1c.txt')),
    'statements.import': () => ok(importJob()),
    'journal.page': (input) =>
      ok(slice(scene === 'morning' ? 1240 : 0, (index) => journalRow(1240 - index), input)),
    'journal.verify': ({ seq } = {}) =>
      ok({
        rows: 1240,
        lastSeq: 1240,
        lastHash: journalRow(1240).hash,
        brokenAt: null,
        pair: seq ? true : null,
      }),
    'payments.standings': () =>
      ok({
        all: 2000,
        byStanding: {
          reconciled: 1520,
          toPay: 110,
          toPaySurplus: 2,
          partlyReceived: 6,
          overpaid: 5,
          paidSumDiffers: 3,
          paidWithoutMoney: 9,
          refunded: 1,
          refundNoted: 1,
          open: 300,
          outside: 43,
        },
      }),
    'matches.summary': () =>
      ok({
        left: empty ? 0 : 214,
        leftSums: [{ minor: 231_840_211, currency: 'RUB' }],
        byZone: {
          certain: { count: 163, sums: [] },
          likely: { count: 24, sums: [] },
          doubtful: { count: 11, sums: [] },
          none: { count: 16, sums: [] },
        },
        decided: 96,
        toPay: { count: 0, sums: [] },
        certain: { count: 163, sums: [], digest: 'd1' },
      }),
  }
}
