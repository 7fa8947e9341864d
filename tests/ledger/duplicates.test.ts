import { describe, expect, it } from 'vitest'
import type { DatabaseSync } from 'node:sqlite'
import { readStatements } from '../../electron/backend/ledger/tables/statement-rows.ts'
import { pageLines, readLine } from '../../electron/backend/ledger/tables/lines.ts'
import { openMatchLines } from '../../electron/backend/ledger/tables/match-input.ts'
import { overview } from '../../electron/backend/ledger/tables/overview.ts'
import { pageReconcile } from '../../electron/backend/ledger/tables/proposals.ts'
import type { NewLine } from '../../electron/backend/ledger/tables/statements.ts'
import { writes } from '../../electron/backend/ledger/tables/writes.ts'
import {
  actor,
  at,
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

const today = '2026-11-01'
const other = 'b'.repeat(64)
const third = 'c'.repeat(64)

/** The same money as `line(index)`, as another bank's program words it. */
const reworded = (index: number, given: Partial<NewLine> = {}): NewLine =>
  line(index, { purpose: `Payment ${index}`, documentNumber: `X${index}`, ...given })

const standings = (db: DatabaseSync): unknown[] =>
  pageLines(db, { filter: {}, offset: 0, limit: 100, today })
    .rows.toSorted((a, b) => a.id - b.id)
    .map(({ fileId, standing, twinOf }) => [fileId, standing, twinOf])

const judge = (
  db: DatabaseSync,
  verdict: 'same' | 'separate',
  what: { lineIds?: number[]; fileId?: number },
): { lines: number } =>
  writes.judgeLines(db, {
    lineIds: what.lineIds ?? null,
    fileId: what.fileId ?? null,
    verdict,
    journal: { at, kind: 'lines.judged', actor, body: { verdict } },
  })

const accept = (db: DatabaseSync, lineId: number): void => {
  writes.acceptMatch(db, {
    ...who,
    lineId,
    portalId,
    allotments: [{ paymentId: 1, amountMinor: 10_000 }],
    overAllowed: false,
    reasons: [],
  })
}
const forget = (db: DatabaseSync, fileId: number): void => {
  writes.forgetFile(db, forgetting(fileId))
}

describe('lines in doubt', () => {
  it('are those of which another file may have told the money in other words', () => {
    const db = withPortal()
    importLines(db, [line(1), line(2, { bankDay: '2026-10-06' })])
    importLines(db, [reworded(1), reworded(3, { bankDay: '2026-10-07' })], { sha: other, format: 'camt.053' })
    expect(standings(db)).toEqual([
      [1, 'open', null],
      [1, 'open', null],
      [2, 'doubtful', 1],
      [2, 'open', null],
    ])
    expect(readStatements(db, null).map((row) => [row.fileId, row.knownLines, row.doubtfulLines])).toEqual([
      [2, 0, 1],
      [1, 0, 0],
    ])
  })

  it.each([
    ['another account', { account: '40702810000000000002' }],
    ['another day', { bankDay: '2026-10-06' }],
    ['another sum', { amountMinor: 10_001 }],
    ['the other direction', { amountMinor: -10_000 }],
    ['another currency', { currency: 'EUR' }],
    ['not booked', { booked: false }],
    [
      'the account of another payer',
      { counterparty: { name: 'A', taxId: '', account: '40702810000000000098', bankCode: '' } },
    ],
    [
      'the tax id of another payer',
      { counterparty: { name: 'A', taxId: '7700000002', account: '', bankCode: '' } },
    ],
  ])('are not those with %s', (_, given) => {
    const db = withPortal()
    importLines(db, [line(1)])
    importLines(db, [reworded(1, given)], { sha: other, format: 'camt.053' })
    expect(rows(db, 'SELECT doubtful FROM line WHERE file_id = 2')).toEqual([{ doubtful: 0 }])
  })

  it('are told apart by document and reference within a format, not between formats', () => {
    const db = withPortal()
    importLines(db, [line(1)])
    importLines(db, [reworded(1)], { sha: other, format: '1c' })
    expect(rows(db, 'SELECT doubtful FROM line WHERE file_id = 2')).toEqual([{ doubtful: 0 }])
    importLines(db, [reworded(5)], { sha: third, format: 'ofx' })
    expect(rows(db, 'SELECT doubtful FROM line WHERE file_id = 3')).toEqual([{ doubtful: 1 }])
  })

  it('are as many as there can be money told twice, a letter by letter copy being told already', () => {
    const db = withPortal()
    importLines(db, [line(1), line(2)])
    importLines(db, [line(1), reworded(2), reworded(3), reworded(4)], { sha: other, format: 'camt.053' })
    // Of two lines there one is line 1 again; the other may be one of three.
    expect(
      rows(db, 'SELECT sum(duplicate) AS known, sum(doubtful) AS doubtful FROM line WHERE file_id = 2'),
    ).toEqual([{ known: 1, doubtful: 1 }])
  })

  it('are duplicates at once, or nothing at all, if the person chose so', () => {
    const db = withPortal()
    importLines(db, [line(1)])
    importLines(db, [reworded(1)], { sha: other, format: 'camt.053', duplicates: 'skip' })
    importLines(db, [line(1), reworded(7)], { sha: third, format: 'mt940', duplicates: 'keep' })
    expect(standings(db)).toEqual([
      [1, 'open', null],
      [2, 'duplicate', 1],
      // The copy keeps its twin; the other line is one more than the money that was told before.
      [3, 'open', 1],
      [3, 'open', null],
    ])
  })

  it('wait although the person chose repeats, while the line that they may repeat waits itself', () => {
    const db = withPortal()
    importLines(db, [line(1)])
    importLines(db, [reworded(1)], { sha: other, format: 'camt.053' })
    // Two payments: one is line 1 again, the other line 2, of which nobody has said yet whether it is line 1.
    importLines(db, [reworded(7), reworded(8)], { sha: third, format: 'mt940', duplicates: 'skip' })
    expect(standings(db).slice(1)).toEqual([
      [2, 'doubtful', 1],
      [3, 'duplicate', 1],
      [3, 'doubtful', 2],
    ])
    judge(db, 'same', { lineIds: [2] })
    // The second payment is still asked about, not lost with the line it was held for.
    expect(standings(db).at(-1)).toEqual([3, 'doubtful', 1])
    judge(db, 'separate', { lineIds: [4] })
    expect(openMatchLines(db, { account: null }).map(({ id }) => id)).toEqual([1, 4])
  })

  it('that were kept can be judged later, copies letter by letter too', () => {
    const db = withPortal()
    importLines(db, [line(1), line(2, { amountMinor: 500 })])
    importLines(db, [line(1), reworded(2, { amountMinor: 500 })], {
      sha: other,
      format: 'camt.053',
      duplicates: 'keep',
    })
    expect(standings(db).slice(2)).toEqual([
      [2, 'open', 1],
      [2, 'open', 2],
    ])
    expect(judge(db, 'same', { lineIds: [3, 4] })).toEqual({ lines: 2 })
    expect(standings(db).slice(2)).toEqual([
      [2, 'duplicate', 1],
      [2, 'duplicate', 2],
    ])
    expect(judge(db, 'separate', { lineIds: [3, 4] })).toEqual({ lines: 2 })
    expect(openMatchLines(db, { account: null })).toHaveLength(4)
  })

  it('that were kept are not held for what was only announced', () => {
    const db = withPortal()
    importLines(db, [line(1, { booked: false })], { format: 'mt942' })
    importLines(db, [line(1)], { sha: other, format: 'mt940', duplicates: 'keep' })
    expect(standings(db).at(-1)).toEqual([2, 'open', null])
    expect(judge(db, 'same', { lineIds: [2] })).toEqual({ lines: 0 })
  })

  it('are neither matched nor counted nor accepted before they are judged', () => {
    const db = withPortal()
    store(db, [payment(1)])
    importLines(db, [line(1)])
    importLines(db, [reworded(1)], { sha: other, format: 'camt.053' })
    bind(db)
    const counted = (): unknown => [
      openMatchLines(db, { account: null }).map(({ id }) => id),
      overview(db, { today }).linesWithoutPayment,
      pageReconcile(db, {
        filter: { state: 'left', direction: 'both' } as never,
        offset: 0,
        limit: 10,
        today,
      }).rows.map((row) => row.line.id),
    ]
    expect(counted()).toEqual([[1], { count: 1, sums: [{ currency: 'RUB', minor: 10_000 }] }, [1]])
    expect(() => accept(db, 2)).toThrow('match.unproved')
    judge(db, 'separate', { lineIds: [2] })
    expect(counted()).toEqual([[1, 2], { count: 2, sums: [{ currency: 'RUB', minor: 20_000 }] }, [1, 2]])
    accept(db, 2)
  })
})

describe('a verdict', () => {
  const doubted = (): DatabaseSync => {
    const db = withPortal()
    store(db, [payment(1)])
    importLines(db, [line(1), line(2)])
    importLines(db, [reworded(1), line(2)], { sha: other, format: 'camt.053' })
    bind(db)
    return db
  }

  it('goes either way, over doubtful and known lines, and back again', () => {
    const db = doubted()
    expect(standings(db)).toEqual([
      [1, 'open', null],
      [1, 'open', null],
      [2, 'doubtful', 1],
      [2, 'duplicate', 2],
    ])
    expect(judge(db, 'same', { lineIds: [3] })).toEqual({ lines: 1 })
    expect(judge(db, 'separate', { lineIds: [4] })).toEqual({ lines: 1 })
    expect(standings(db).slice(2)).toEqual([
      [2, 'duplicate', 1],
      [2, 'open', 2],
    ])
    expect(judge(db, 'separate', { lineIds: [3] })).toEqual({ lines: 1 })
    expect(judge(db, 'same', { lineIds: [4] })).toEqual({ lines: 1 })
    expect(standings(db).slice(2)).toEqual([
      [2, 'open', 1],
      [2, 'duplicate', 2],
    ])
  })

  it('on a file is one on its doubtful lines alone', () => {
    const db = doubted()
    expect(judge(db, 'separate', { fileId: 2 })).toEqual({ lines: 1 })
    expect(standings(db).slice(2)).toEqual([
      [2, 'open', 1],
      [2, 'duplicate', 2],
    ])
    expect(judge(db, 'separate', { fileId: 2 })).toEqual({ lines: 0 })
  })

  it('is journalled, and says nothing of lines without a twin', () => {
    const db = doubted()
    const count = (): unknown =>
      rows(db, "SELECT count(*) AS n FROM journal WHERE kind = 'lines.judged'")[0]?.n
    expect(judge(db, 'same', { lineIds: [1] })).toEqual({ lines: 0 })
    expect(count()).toBe(0)
    judge(db, 'same', { lineIds: [3] })
    expect(count()).toBe(1)
    expect(() => judge(db, 'same', { lineIds: [99] })).toThrow('not.found')
    expect(() => judge(db, 'same', { fileId: 99 })).toThrow('not.found')
  })

  it('of the same money is refused while a match rests on the line', () => {
    const db = doubted()
    judge(db, 'separate', { lineIds: [3] })
    accept(db, 3)
    expect(() => judge(db, 'same', { lineIds: [3] })).toThrow('line.used')
    writes.undoDecision(db, { ...who, decisionId: null })
    expect(judge(db, 'same', { lineIds: [3] })).toEqual({ lines: 1 })
  })

  it('moves those that were held for the line to its twin', () => {
    const db = doubted()
    importLines(db, [reworded(1)], { sha: third, format: 'ofx' })
    expect(readLine(db, { lineId: 5, today })?.row).toMatchObject({ standing: 'duplicate', twinOf: 3 })
    judge(db, 'same', { lineIds: [3] })
    expect(readLine(db, { lineId: 5, today })?.twin).toMatchObject({ row: { id: 1 }, fileName: 'a.txt' })
  })
})

describe('a forgotten file', () => {
  it('frees the lines that were held for its own, in doubt or not', () => {
    const db = withPortal()
    importLines(db, [line(1), line(2)])
    importLines(db, [reworded(1), line(2)], { sha: other, format: 'camt.053' })
    forget(db, 1)
    expect(standings(db)).toEqual([
      [2, 'open', null],
      [2, 'open', null],
    ])
    expect(rows(db, 'SELECT twin_id FROM line')).toEqual([{ twin_id: null }, { twin_id: null }])
  })

  it('leaves a duplicate of a third file’s line a duplicate, of that line', () => {
    const db = withPortal()
    importLines(db, [line(1)])
    importLines(db, [line(1)], { sha: other, duplicates: 'keep' })
    importLines(db, [line(1)], { sha: third })
    expect(standings(db).at(-1)).toEqual([3, 'duplicate', 1])
    forget(db, 1)
    expect(standings(db)).toEqual([
      [2, 'open', null],
      [3, 'duplicate', 2],
    ])
  })

  it('lets one of several equal duplicates stand, and the others be its duplicates', () => {
    const db = withPortal()
    importLines(db, [line(1)])
    importLines(db, [line(1)], { sha: other })
    importLines(db, [line(1)], { sha: third })
    forget(db, 1)
    expect(standings(db)).toEqual([
      [2, 'open', null],
      [3, 'duplicate', 2],
    ])
  })

  it('has its freed lines held against what remains', () => {
    const db = withPortal()
    importLines(db, [line(1)])
    importLines(db, [reworded(1)], { sha: other, format: 'camt.053' })
    importLines(db, [reworded(9)], { sha: third, format: 'mt940' })
    expect(standings(db).slice(1)).toEqual([
      [2, 'doubtful', 1],
      [3, 'doubtful', 1],
    ])
    forget(db, 1)
    expect(rows(db, 'SELECT doubtful, twin_id FROM line ORDER BY id')).toEqual([
      { doubtful: 0, twin_id: null },
      { doubtful: 1, twin_id: 2 },
    ])
  })

  it('keeps a verdict of separate that a person gave', () => {
    const db = withPortal()
    importLines(db, [line(1)])
    importLines(db, [reworded(1)], { sha: other, format: 'camt.053' })
    judge(db, 'separate', { lineIds: [2] })
    importLines(db, [reworded(9)], { sha: third, format: 'mt940' })
    forget(db, 1)
    expect(rows(db, 'SELECT doubtful, judged FROM line WHERE id = 2')).toEqual([
      { doubtful: 0, judged: 'separate' },
    ])
  })
})

describe('a line that was only announced', () => {
  it('becomes the duplicate of the one by which it was booked, and stands again without it', () => {
    const db = withPortal()
    importLines(db, [line(1, { booked: false })], { format: 'mt942' })
    importLines(db, [line(1)], { sha: other, format: 'mt940' })
    expect(standings(db)).toEqual([
      [1, 'duplicate', 2],
      [2, 'open', null],
    ])
    forget(db, 2)
    expect(standings(db)).toEqual([[1, 'open', null]])
  })

  it('is a duplicate itself where the booked one came first', () => {
    const db = withPortal()
    importLines(db, [line(1)], { format: 'mt940' })
    importLines(db, [line(1, { booked: false })], { sha: other, format: 'mt942' })
    expect(standings(db)).toEqual([
      [1, 'open', null],
      [2, 'duplicate', 1],
    ])
  })
})
