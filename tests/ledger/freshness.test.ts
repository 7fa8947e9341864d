import type { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { reads } from '../../electron/backend/ledger/tables/reads.ts'
import { writes } from '../../electron/backend/ledger/tables/writes.ts'
import { payment, portalId, rows, store, withPortal } from './book.ts'

let db: DatabaseSync
beforeEach(() => {
  db = withPortal()
})
afterEach(() => db.close())

const turn = (below: number | null, limit: number): number[] =>
  reads.listTurn(db, { portalId, paid: true, below, limit })

it('gives paid payments their turns from the newest down, and then anew', () => {
  store(
    db,
    [1, 2, 3, 4, 5].map((id) => payment(id, { paid: id !== 3 })),
  )
  expect(turn(null, 2)).toEqual([5, 4])
  expect(turn(4, 2)).toEqual([2, 1])
  expect(turn(2, 3)).toEqual([1, 5, 4])
  expect(turn(2, 9)).toEqual([1, 5, 4, 2])
  expect(reads.listTurn(db, { portalId, paid: false, below: null, limit: 9 })).toEqual([3])
})

it('lets what was asked for earlier change nothing that was read later', () => {
  store(db, [payment(1), payment(2)])
  const later = '2030-01-01T10:00:00.000Z'
  const seen = {
    id: 1,
    accountNumber: '1/1',
    paid: true,
    paidAt: later,
    paidDay: '2030-01-01',
    sumMinor: 10_000,
    currency: 'RUB',
    paySystemId: 2,
    paySystemName: '',
    fields: {},
    complete: false,
    voucherNumber: null,
    voucherDay: null,
  }
  writes.storeSeen(db, { portalId, at: later, seen: [seen], gone: [] })
  const seeing = {
    portalId,
    seenIn: 'j_9',
    askedAt: '2030-01-01T09:59:00.000Z',
    at: '2030-01-01T10:01:00.000Z',
    news: true,
  }
  const stored = writes.storePayments(db, {
    ...seeing,
    payments: [payment(1), payment(2, { sumMinor: 500 })],
    ownCompanies: [],
  })
  expect(stored).toEqual({ added: 0, changed: 1, ids: [2] })
  expect(writes.markGone(db, { ...seeing, ids: [1] })).toEqual([])
  expect(rows(db, 'SELECT id, paid, sum_minor, gone, seen_in, news FROM payment ORDER BY id')).toEqual([
    { id: 1, paid: 1, sum_minor: 10_000, gone: 0, seen_in: 'j_9', news: null },
    { id: 2, paid: 0, sum_minor: 500, gone: 0, seen_in: 'j_9', news: 'changed' },
  ])
})

it('keeps what is new as new until it was looked at, or is gone', () => {
  const seeing = {
    portalId,
    seenIn: 'j_9',
    askedAt: '2030-01-01T10:00:00.000Z',
    at: '2030-01-01T10:00:00.000Z',
    news: true,
  }
  const bring = (given: Parameters<typeof payment>[1]): void =>
    void writes.storePayments(db, { ...seeing, payments: [payment(1, given)], ownCompanies: [] })
  bring({})
  bring({ paid: true })
  expect(reads.countNews(db, { portalId })).toEqual({ added: 1, paid: 0, unpaid: 0, changed: 0, gone: 0 })
  writes.markGone(db, { ...seeing, ids: [1] })
  expect(reads.countNews(db, { portalId })).toMatchObject({ added: 0, gone: 1 })
  expect(writes.lookedAtNews(db, { portalId })).toBe(1)
  expect(reads.countNews(db, { portalId })).toMatchObject({ gone: 0 })
})

it('names the payments of windows that the portal counts otherwise', () => {
  store(
    db,
    [1, 2, 11, 12].map((id) => payment(id)),
  )
  const counted = [
    { after: 0, upTo: 10, count: 2 },
    { after: 10, upTo: 20, count: 1 },
  ]
  expect(reads.listDisagreeing(db, { portalId, counted })).toEqual([11, 12])
})
