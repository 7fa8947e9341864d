import fc from 'fast-check'
import type { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { Refusal } from '../../electron/contract/fault.ts'
import { transact } from '../../electron/backend/ledger/prepared.ts'
import { writes } from '../../electron/backend/ledger/tables/writes.ts'
import {
  addPortal,
  at,
  bind,
  importLines,
  line,
  payment,
  portalId,
  rows,
  store,
  who,
  withPortal,
} from './book.ts'

/** Payments of 100, 50 and 30 roubles and two of another kind; lines of 100, 50, 80 in, one refund out, one not booked. */
function world(): DatabaseSync {
  const db = withPortal()
  store(db, [
    payment(1),
    payment(2, { sumMinor: 5_000, paid: true, paidDay: '2026-10-06' }),
    payment(3, { sumMinor: 3_000 }),
    payment(4, { currency: 'USD' }),
    payment(5, { ownCompany: { id: 9, name: 'Другая' } }),
  ])
  importLines(
    db,
    [
      line(1),
      line(2, { amountMinor: 5_000 }),
      line(3, { amountMinor: 8_000 }),
      line(4, { amountMinor: -5_000 }),
      line(5, { booked: false }),
    ],
    { from: '2026-09-01', to: '2026-12-31' },
  )
  bind(db, portalId, 3)
  return db
}

const accept = (db: DatabaseSync, lineId: number, parts: [number, number][], overAllowed = false) =>
  writes.acceptMatch(db, {
    ...who,
    lineId,
    portalId,
    overAllowed,
    reasons: [],
    allotments: parts.map(([paymentId, amountMinor]) => ({ paymentId, amountMinor })),
  })
const faultOf = (work: () => unknown): unknown => {
  try {
    work()
  } catch (error) {
    return error instanceof Refusal ? error.fault : error
  }
  return null
}

it('money rule 5: neither a line nor a payment is allotted beyond its sum, unless the person saw it as over', () => {
  const db = world()
  expect(faultOf(() => accept(db, 1, [[1, 10_001]]))).toEqual({ code: 'match.overLine', leftMinor: 10_000 })
  expect(faultOf(() => accept(db, 3, [[3, 8_000]]))).toEqual({ code: 'match.overPayment', leftMinor: 3_000 })
  expect(
    faultOf(() =>
      accept(db, 1, [
        [1, 9_000],
        [3, 2_000],
      ]),
    ),
  ).toEqual({ code: 'match.overLine', leftMinor: 10_000 })
  expect(
    faultOf(() =>
      accept(db, 1, [
        [1, 5_000],
        [1, 5_000],
      ]),
    ),
  ).toMatchObject({ code: 'input.invalid' })
  expect(faultOf(() => accept(db, 1, [[1, -100]]))).toMatchObject({ code: 'match.overLine' })
  accept(db, 3, [[3, 8_000]], true)
  expect(rows(db, 'SELECT standing, matched_minor FROM payment WHERE id = 3')).toEqual([
    { standing: 'toPaySurplus', matched_minor: 8_000 },
  ])
})

it('money rule 5: a line that is not booked proves no money', () => {
  expect(faultOf(() => accept(world(), 5, [[1, 10_000]]))).toEqual({ code: 'match.unproved' })
})

it('money rule 4: a line matches only its own portal, own company and currency', () => {
  const db = world()
  expect(faultOf(() => accept(db, 1, [[4, 100]]))).toEqual({ code: 'match.currency' })
  expect(faultOf(() => accept(db, 1, [[5, 100]]))).toEqual({ code: 'match.account' })
  addPortal(db, 'p_bbbbbbbbbb')
  store(db, [payment(1)], 'p_bbbbbbbbbb')
  const other = {
    ...who,
    lineId: 1,
    portalId: 'p_bbbbbbbbbb',
    allotments: [{ paymentId: 1, amountMinor: 100 }],
    overAllowed: false,
    reasons: [],
  }
  expect(faultOf(() => writes.acceptMatch(db, other))).toEqual({ code: 'match.account' })
  bind(db, null)
  expect(faultOf(() => accept(db, 1, [[1, 100]]))).toEqual({ code: 'match.account' })
})

it('a refund line takes back what was received', () => {
  const db = world()
  accept(db, 2, [[2, 5_000]])
  expect(rows(db, 'SELECT standing FROM payment WHERE id = 2')).toEqual([{ standing: 'reconciled' }])
  accept(db, 4, [[2, -5_000]])
  expect(rows(db, 'SELECT standing FROM payment WHERE id = 2')).toEqual([{ standing: 'refunded' }])
})

it('an older decision about a line is not undone under a later one', () => {
  const db = world()
  const first = writes.holdLine(db, { ...who, lineId: 1, until: null, note: 'ждём' })
  writes.ignoreLines(db, { ...who, lineIds: [1], reason: 'fee', note: '' })
  expect(faultOf(() => writes.undoDecision(db, { ...who, decisionId: first.decisionId }))).toEqual({
    code: 'match.changed',
  })
})

/** Everything a decision may change; proposals are made anew by the next matching. */
function stateOf(db: DatabaseSync): unknown {
  return {
    lines: rows(
      db,
      'SELECT id, allotted_minor, ignored_reason, held, held_until, note FROM line ORDER BY id',
    ),
    payments: rows(
      db,
      'SELECT id, matched_minor, refunded_minor, bank_day, document_number, standing FROM payment ORDER BY id',
    ),
    parts: rows(
      db,
      'SELECT line_id, payment_id, amount_minor FROM allotment WHERE undone_at IS NULL ORDER BY id',
    ),
    rejected: rows(db, 'SELECT line_id, payment_id FROM rejection ORDER BY 1, 2'),
  }
}

type Act = (db: DatabaseSync) => unknown
const lineOf = fc.integer({ min: 1, max: 5 })
const act: fc.Arbitrary<Act> = fc.oneof(
  fc
    .record({
      lineId: lineOf,
      id: fc.integer({ min: 1, max: 5 }),
      amount: fc.constantFrom(10_000, 5_000, 3_000, 2_500, -5_000),
      over: fc.boolean(),
    })
    .map(
      ({ lineId, id, amount, over }): Act =>
        (db) =>
          accept(db, lineId, [[id, amount]], over),
    ),
  lineOf.map(
    (lineId): Act =>
      (db) =>
        accept(db, lineId, [
          [1, 5_000],
          [3, 3_000],
        ]),
  ),
  fc.record({ lineId: lineOf, id: fc.integer({ min: 1, max: 3 }) }).map(
    ({ lineId, id }): Act =>
      (db) =>
        writes.rejectMatch(db, { ...who, lineId, portalId, paymentIds: [id] }),
  ),
  lineOf.map(
    (lineId): Act =>
      (db) =>
        writes.ignoreLines(db, { ...who, lineIds: [lineId], reason: 'fee', note: 'n' }),
  ),
  lineOf.map(
    (lineId): Act =>
      (db) =>
        writes.holdLine(db, { ...who, lineId, until: '2026-12-01', note: 'h' }),
  ),
  lineOf.map(
    (lineId): Act =>
      (db) =>
        writes.unmatchLine(db, { ...who, lineId }),
  ),
)

const tried = (db: DatabaseSync, one: Act): boolean => {
  try {
    transact(db, () => one(db))
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

it('undoing decisions one after the other gives back exactly every state that was', () => {
  fc.assert(
    fc.property(fc.array(act, { minLength: 1, maxLength: 12 }), (acts) => {
      const db = world()
      const past: unknown[] = []
      for (const one of acts) {
        const before = stateOf(db)
        if (tried(db, one)) past.push(before)
      }
      for (const before of past.toReversed()) {
        transact(db, () => writes.undoDecision(db, { at, actor: who.actor, decisionId: null }))
        expect(stateOf(db)).toEqual(before)
      }
      db.close()
    }),
    { numRuns: 60 },
  )
})

it('what is derived step by step is what is derived anew; nothing is ever allotted beyond a line', () => {
  const anyUndo: fc.Arbitrary<Act> = fc.option(fc.integer({ min: 1, max: 10 })).map(
    (id): Act =>
      (db) =>
        writes.undoDecision(db, { ...who, decisionId: id }),
  )
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 3, arbitrary: act }, { weight: 1, arbitrary: anyUndo }), { maxLength: 16 }),
      (acts) => {
        const db = world()
        for (const one of acts) tried(db, one)
        const stepwise = stateOf(db)
        transact(db, () => writes.deriveAgain(db, { portalId }))
        expect(stateOf(db)).toEqual(stepwise)
        expect(
          rows(
            db,
            'SELECT id FROM line WHERE abs(allotted_minor) > abs(amount_minor) OR allotted_minor * amount_minor < 0',
          ),
        ).toEqual([])
        expect(
          rows(
            db,
            'SELECT line_id FROM allotment JOIN decision ON decision.id = decision_id WHERE allotment.undone_at IS NULL AND decision.undone_at IS NOT NULL',
          ),
        ).toEqual([])
        db.close()
      },
    ),
    { numRuns: 60 },
  )
})
