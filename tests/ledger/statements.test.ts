import { expect, it } from 'vitest'
import { openMatchLines } from '../../electron/backend/ledger/tables/match-input.ts'
import { provedPeriods } from '../../electron/backend/ledger/tables/standing.ts'
import { readStatements } from '../../electron/backend/ledger/tables/statement-rows.ts'
import { readMarks } from '../../electron/backend/ledger/tables/forget-file.ts'
import { writes } from '../../electron/backend/ledger/tables/writes.ts'
import {
  account,
  actor,
  at,
  bind,
  forgetting,
  importLines,
  journal,
  line,
  payment,
  portalId,
  rows,
  store,
  who,
  withPortal,
} from './book.ts'

const standing = (db: ReturnType<typeof withPortal>, id: number): unknown =>
  rows(db, `SELECT standing FROM payment WHERE id = ${id}`)[0]?.standing

it('shows nothing of an import before it is whole, and a crash leaves nothing', () => {
  const db = withPortal()
  importLines(db, [line(1), line(2)], { whole: false })
  expect(rows(db, 'SELECT id FROM line WHERE live = 1')).toEqual([])
  expect(readStatements(db, null)).toEqual([])
  expect(writes.dropUnfinished(db, null)).toEqual(['a'.repeat(64)])
  expect(rows(db, 'SELECT id FROM line')).toEqual([])
})

it('knows a line again in an overlapping file, by content and occurrence', () => {
  const db = withPortal()
  const twin = { purpose: 'Оплата', documentNumber: '5' }
  importLines(db, [line(1, { ...twin, occurrence: 1 }), line(2)])
  importLines(db, [line(7, { ...twin, occurrence: 1 }), line(8, { ...twin, occurrence: 2 }), line(9)], {
    sha: 'b'.repeat(64),
  })
  expect(
    rows(db, 'SELECT file_id, duplicate FROM line ORDER BY id').map(({ file_id: file, duplicate }) => [
      file,
      duplicate,
    ]),
  ).toEqual([
    [1, 0],
    [1, 0],
    [2, 1],
    [2, 0],
    [2, 0],
  ])
  expect(readStatements(db, null).map(({ fileId, knownLines }) => [fileId, knownLines])).toEqual([
    [2, 1],
    [1, 0],
  ])
})

it('forgets a file, after which the other file’s copy counts', () => {
  const db = withPortal()
  const first = importLines(db, [line(1)])
  importLines(db, [line(1)], { sha: 'b'.repeat(64) })
  writes.forgetFile(db, forgetting(first))
  expect(rows(db, 'SELECT file_id, duplicate, live FROM line')).toEqual([
    { file_id: 2, duplicate: 0, live: 1 },
  ])
  expect(() => writes.forgetFile(db, forgetting(first))).toThrow('not.found')
})

it('does not forget a file on which accepted matches rest', () => {
  const db = withPortal()
  store(db, [payment(1)])
  const file = importLines(db, [line(1)])
  bind(db)
  writes.acceptMatch(db, {
    ...who,
    lineId: 1,
    portalId,
    allotments: [{ paymentId: 1, amountMinor: 10_000 }],
    overAllowed: false,
    reasons: [],
  })
  expect(() => writes.forgetFile(db, forgetting(file))).toThrow('statement.inUse')
  writes.undoDecision(db, { ...who, decisionId: null })
  writes.forgetFile(db, forgetting(file))
  expect(rows(db, 'SELECT id FROM line')).toEqual([])
})

it('keeps bytes of a cut import on which another import rests', () => {
  const db = withPortal()
  importLines(db, [line(1)])
  importLines(db, [line(1)], { whole: false })
  expect(writes.dropUnfinished(db, null)).toEqual([])
  expect(rows(db, 'SELECT id FROM file')).toEqual([{ id: 1 }])
})

it('money rule 16: a day whose money waits for a verdict proves nothing, until it is judged', () => {
  const db = withPortal()
  store(db, [payment(1, { paid: true, paidAt: '2026-10-20T09:00:00.000Z', paidDay: '2026-10-20' })])
  importLines(db, [line(1, { bankDay: '2026-10-21' }), line(2, { bankDay: '2026-10-02', amountMinor: -500 })])
  bind(db)
  expect(standing(db, 1)).toBe('paidWithoutMoney')
  const other = { sha: 'b'.repeat(64), format: 'camt.053' as const }
  importLines(
    db,
    [
      line(8, { bankDay: '2026-10-21', purpose: 'A' }),
      line(9, { bankDay: '2026-10-02', amountMinor: -500, purpose: 'B' }),
    ],
    other,
  )
  expect(provedPeriods(db, account, 'RUB')).toEqual([
    { from: '2026-10-01', to: '2026-10-20' },
    { from: '2026-10-22', to: '2026-10-31' },
  ])
  expect(standing(db, 1)).toBe('outside')
  writes.judgeLines(db, {
    lineIds: [3],
    fileId: null,
    verdict: 'same',
    journal: { at, kind: 'lines.judged', actor, body: {} },
  })
  expect(standing(db, 1)).toBe('paidWithoutMoney')
})

it('takes the period of a statement that states none from what was booked', () => {
  const db = withPortal()
  importLines(
    db,
    [
      line(1, { bankDay: '2026-10-02' }),
      line(2, { bankDay: '2026-10-04' }),
      line(3, { bankDay: '2026-10-30', booked: false }),
    ],
    { bare: true },
  )
  expect(rows(db, 'SELECT from_day, to_day FROM statement')).toEqual([
    { from_day: '2026-10-02', to_day: '2026-10-04' },
  ])
})

it('money rule 16: paid without money is said only where proved statements reach from 5 days before to 10 after', () => {
  const db = withPortal()
  store(db, [payment(1, { paid: true, paidAt: '2026-10-20T09:00:00.000Z', paidDay: '2026-10-20' })])
  importLines(db, [], { from: '2026-10-15', to: '2026-10-29', closing: 5 })
  bind(db)
  expect(standing(db, 1)).toBe('outside')
  importLines(db, [], { sha: 'b'.repeat(64), from: '2026-10-30', to: '2026-10-31', opening: 5, closing: 5 })
  expect(provedPeriods(db, account, 'RUB')).toEqual([{ from: '2026-10-15', to: '2026-10-31' }])
  expect(standing(db, 1)).toBe('paidWithoutMoney')
})

it.each([
  [
    'a gap whose balances do not meet',
    { from: '2026-10-30', to: '2026-11-10', opening: 6, closing: 6 },
    'outside',
  ],
  [
    'a statement that does not add up',
    { from: '2026-10-20', to: '2026-11-10', opening: 5, off: 1 },
    'outside',
  ],
  [
    'a statement without balances',
    { from: '2026-10-20', to: '2026-11-10', opening: 5, off: null },
    'outside',
  ],
  [
    'an interim report',
    { from: '2026-10-20', to: '2026-11-10', opening: 5, format: 'mt942' as const },
    'outside',
  ],
  [
    'an overlapping proved statement',
    { from: '2026-10-20', to: '2026-11-10', opening: 9 },
    'paidWithoutMoney',
  ],
])('money rule 16: %s', (_, second, expected) => {
  const db = withPortal()
  store(db, [payment(1, { paid: true, paidAt: '2026-10-20T09:00:00.000Z', paidDay: '2026-10-20' })])
  importLines(db, [], { from: '2026-10-15', to: '2026-10-25', closing: 5 })
  importLines(db, [], { sha: 'b'.repeat(64), ...second })
  bind(db)
  expect(standing(db, 1)).toBe(expected)
})

it('money rule 16: another account of the same own company, without statements, leaves the payment outside', () => {
  const db = withPortal()
  store(db, [payment(1, { paid: true, paidDay: '2026-10-20', ownCompany: { id: 3, name: 'Мы' } })])
  importLines(db, [], { from: '2026-10-01', to: '2026-11-10' })
  importLines(db, [], {
    sha: 'b'.repeat(64),
    account: '40702810000000000002',
    from: '2026-11-01',
    to: '2026-11-10',
  })
  bind(db, portalId, 3)
  expect(standing(db, 1)).toBe('paidWithoutMoney')
  bind(db, portalId, 3, '40702810000000000002')
  expect(standing(db, 1)).toBe('outside')
  bind(db, portalId, 4, '40702810000000000002')
  expect(standing(db, 1)).toBe('paidWithoutMoney')
})

it('money rule 16: cash needs no line in a bank', () => {
  const db = withPortal()
  store(db, [payment(1, { paid: true, paidDay: '2026-10-20', bankTransfer: false })])
  importLines(db, [], { from: '2026-10-01', to: '2026-11-10' })
  bind(db)
  expect(standing(db, 1)).toBe('outside')
})

it('money without a currency is bound to no portal, matched with nothing, and accepted for nothing', () => {
  const db = withPortal()
  store(db, [payment(1)])
  importLines(db, [line(1, { currency: 'XXX' }), line(2)])
  bind(db)
  expect(openMatchLines(db, { account: null }).map(({ id }) => id)).toEqual([2])
  const accept = { lineId: 1, portalId, allotments: [{ paymentId: 1, amountMinor: 10_000 }] }
  expect(() => writes.acceptMatch(db, { ...who, ...accept, overAllowed: false, reasons: [] })).toThrow(
    'match.unproved',
  )
  const bound = {
    account,
    currency: 'XXX',
    portalId,
    ownCompanyId: null,
    at,
    journal: journal('account.bound'),
  }
  expect(() => writes.bindAccount(db, bound)).toThrow('match.currency')
})

it('an erased portal leaves lines free and accounts unbound, and keeps its journal', () => {
  const db = withPortal()
  store(db, [payment(1)])
  importLines(db, [line(1)])
  bind(db, portalId, 3)
  writes.acceptMatch(db, {
    ...who,
    lineId: 1,
    portalId,
    allotments: [{ paymentId: 1, amountMinor: 10_000 }],
    overAllowed: false,
    reasons: [],
  })
  const before = rows(db, 'SELECT count(*) AS n FROM journal')[0]?.n as number
  writes.erasePortal(db, { portalId, journal: { at, kind: 'portal.erased', actor, body: {} } })
  expect(rows(db, 'SELECT allotted_minor, zone FROM line')).toEqual([{ allotted_minor: 0, zone: 'none' }])
  expect(rows(db, 'SELECT portal_id, own_company_id FROM bank_account')).toEqual([
    { portal_id: null, own_company_id: null },
  ])
  expect(rows(db, 'SELECT count(*) AS n FROM journal')).toEqual([{ n: before + 1 }])
})

it('forgetting a file whose lines people marked needs their word on exactly what is lost', () => {
  const db = withPortal()
  const fileId = importLines(db, [line(1), line(2), line(3), line(4)])
  writes.ignoreLines(db, { ...who, lineIds: [1, 2], reason: 'fee', note: 'of the bank' })
  writes.holdLine(db, { ...who, lineId: 3, until: '2026-12-01', note: '' })
  // Held until a day that is over: nothing stands there any more.
  writes.holdLine(db, { ...who, lineId: 4, until: '2026-10-30', note: '' })
  const marks = { ignored: 2, held: 1, notes: 2 }
  expect(readMarks(db, { fileId, today: '2026-11-01' })).toEqual(marks)
  const refusal = { fault: { code: 'statement.marked', ...marks } }
  const attempt = (losing: typeof marks) => () => writes.forgetFile(db, { ...forgetting(fileId), losing })
  expect(attempt({ ignored: 0, held: 0, notes: 0 })).toThrow(expect.objectContaining(refusal) as Error)
  expect(attempt({ ...marks, notes: 1 })).toThrow(expect.objectContaining(refusal) as Error)
  expect(rows(db, 'SELECT count(*) AS n FROM line')).toEqual([{ n: 4 }])
  attempt(marks)()
  expect(rows(db, 'SELECT count(*) AS n FROM line')).toEqual([{ n: 0 }])
  expect(
    rows(db, "SELECT body_json ->> '$.lost.ignored' AS n FROM journal WHERE kind = 'file.forgotten'"),
  ).toEqual([{ n: 2 }])
})
