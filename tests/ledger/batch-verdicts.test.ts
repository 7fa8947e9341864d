// Batches whose payments a third file tells as well: whatever is judged or forgotten, the money counts once.

import type { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { pageLines } from '../../electron/backend/ledger/tables/lines.ts'
import type { NewLine } from '../../electron/backend/ledger/tables/statements.ts'
import { writes } from '../../electron/backend/ledger/tables/writes.ts'
import {
  bind,
  forgetting,
  importLines,
  line,
  payment,
  portalId,
  rows,
  store,
  who,
  withPortal,
} from './book.ts'

const shas = 'bcdefg'
const nobody = { name: '', taxId: '', account: '', bankCode: '' }
const day = '2026-10-05'

/** 100.00 booked as one sum, the payments of which stand under the reference B-1. */
const whole = (given: Partial<NewLine> = {}): NewLine =>
  line(1, { batch: { role: 'whole', references: ['B-1'] }, counterparty: nobody, ...given })
const detail = (index: number, amountMinor: number): NewLine =>
  line(index, { amountMinor, booked: false, batch: { role: 'detail', references: ['B-1'] } })
const parts = [detail(2, 3_000), detail(3, 7_000)]
/** A payment of the batch as another program words it. */
const reworded = (index: number, amountMinor: number): NewLine =>
  line(index, { amountMinor, purpose: `Payment ${index}`, documentNumber: `X${index}` })

function importAs(
  db: DatabaseSync,
  format: 'camt.053' | 'camt.054' | '1c' | 'mt940',
  lines: readonly NewLine[],
): number {
  const { n } = rows(db, 'SELECT coalesce(max(id), 0) AS n FROM file')[0] ?? {}
  return importLines(db, lines, { format, sha: (shas[Number(n)] ?? 'a').repeat(64) })
}
const forget = (db: DatabaseSync, fileId: number): void => {
  writes.forgetFile(db, forgetting(fileId))
}
const judge = (db: DatabaseSync, verdict: 'same' | 'separate', lineIds: number[]): unknown =>
  writes.judgeLines(db, {
    lineIds,
    fileId: null,
    verdict,
    journal: { ...who, kind: 'lines.judged', body: {} },
  })
const standings = (db: DatabaseSync): unknown[] =>
  pageLines(db, { filter: {}, offset: 0, limit: 100, today: day })
    .rows.toSorted((a, b) => a.id - b.id)
    .map(({ fileId, standing, booked }) => [fileId, standing, booked])
/** What the ledger holds for money that came in. */
const counted = (db: DatabaseSync): unknown =>
  rows(db, 'SELECT sum(amount_minor) AS minor FROM line WHERE live = 1 AND counted = 1 AND booked = 1')[0]
    ?.minor

describe('a payment of a batch that a third file has in other words', () => {
  const threefold = (): DatabaseSync => {
    const db = withPortal()
    importAs(db, '1c', [reworded(9, 3_000)])
    importAs(db, 'camt.053', [whole()])
    importAs(db, 'camt.054', parts)
    return db
  }

  it('may be judged the same money: the batch goes on standing as its payments', () => {
    const db = threefold()
    judge(db, 'same', [3])
    expect(standings(db)).toEqual([
      [1, 'open', true],
      [2, 'detailed', true],
      [3, 'duplicate', true],
      [3, 'open', true],
    ])
    expect(counted(db)).toBe(10_000)
    judge(db, 'separate', [3])
    expect(counted(db)).toBe(13_000)
  })

  it.each([false, true])('is asked about anew when the batch comes back (judged before: %s)', (judged) => {
    const db = threefold()
    if (judged) judge(db, 'same', [3])
    forget(db, 2)
    expect(standings(db)).toEqual([
      [1, 'open', true],
      [3, 'open', false],
      [3, 'open', false],
    ])
    importAs(db, 'camt.053', [whole()])
    expect(standings(db)).toEqual([
      [1, 'open', true],
      [3, 'doubtful', true],
      [3, 'open', true],
      [4, 'detailed', true],
    ])
    expect(counted(db)).toBe(10_000)
  })
})

describe('a line that was held for a payment of a batch', () => {
  it.each([
    ['letter by letter', line(2, { amountMinor: 3_000 }), [] as number[]],
    ['in doubt', reworded(9, 3_000), []],
    ['by a verdict', reworded(9, 3_000), [4]],
  ])('%s stands for itself when the batch is forgotten', (_, copy, same) => {
    const db = withPortal()
    importAs(db, 'camt.053', [whole()])
    importAs(db, 'camt.054', parts)
    importAs(db, 'mt940', [copy])
    if (same.length > 0) judge(db, 'same', same)
    expect(counted(db)).toBe(10_000)
    forget(db, 1)
    expect(standings(db).at(-1)).toEqual([3, 'open', true])
    expect(counted(db)).toBe(3_000)
  })

  it('keeps the verdict that it is money of its own', () => {
    const db = withPortal()
    importAs(db, 'camt.053', [whole()])
    importAs(db, 'camt.054', parts)
    importAs(db, 'mt940', [reworded(9, 3_000)])
    judge(db, 'separate', [4])
    forget(db, 1)
    expect(rows(db, 'SELECT judged, twin_id FROM line WHERE id = 4')).toEqual([
      { judged: 'separate', twin_id: 2 },
    ])
  })
})

describe('a batch in doubt', () => {
  const separated = (): DatabaseSync => {
    const db = withPortal()
    store(db, [payment(1, { sumMinor: 3_000 })])
    importAs(db, '1c', [line(8, { counterparty: nobody, purpose: 'Зачисление по реестру' })])
    importAs(db, 'camt.053', [whole()])
    importAs(db, 'camt.054', parts)
    bind(db)
    return db
  }

  it('is not judged the same money while a match rests on a payment that counts through it', () => {
    const db = separated()
    judge(db, 'separate', [2])
    writes.acceptMatch(db, {
      ...who,
      lineId: 3,
      portalId,
      allotments: [{ paymentId: 1, amountMinor: 3_000 }],
      overAllowed: false,
      reasons: [],
    })
    expect(() => judge(db, 'same', [2])).toThrow('line.used')
    expect(standings(db).slice(1)).toEqual([
      [2, 'detailed', true],
      [3, 'matched', true],
      [3, 'open', true],
    ])
  })

  it('counts by its payments once the file is forgotten that cast the doubt', () => {
    const db = separated()
    expect(standings(db)[1]).toEqual([2, 'doubtful', true])
    forget(db, 1)
    expect(standings(db)).toEqual([
      [2, 'detailed', true],
      [3, 'open', true],
      [3, 'open', true],
    ])
  })
})

it('a booked line is never the duplicate of one that is only announced, whatever is forgotten', () => {
  const db = withPortal()
  importLines(db, [line(1)], { format: 'mt940' })
  importLines(db, [line(1)], { format: 'mt940', sha: 'b'.repeat(64) })
  importLines(db, [line(1, { booked: false })], { format: 'mt942', sha: 'c'.repeat(64), duplicates: 'keep' })
  forget(db, 1)
  expect(counted(db)).toBe(10_000)
})
