// What the chain of an account's statements tells, and what its statements prove, as the ledger has them.

import type { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { readChainBreaks } from '../../electron/backend/ledger/tables/accounts.ts'
import { provedPeriods } from '../../electron/backend/ledger/tables/standing.ts'
import { writes } from '../../electron/backend/ledger/tables/writes.ts'
import { account, actor, at, importLines, line, withPortal } from './book.ts'

const other = 'b'.repeat(64)
const day = '2026-10-05'
const sameDay = { from: day, to: day, closing: 20_000 }

const chain = (db: DatabaseSync): unknown[] =>
  readChainBreaks(db, null).map(({ kind, from, to }) => [kind, from, to])

it('a day that two formats tell alike is a repeat and no overlap, in doubt or judged', () => {
  const db = withPortal()
  importLines(db, [line(1), line(2)], sameDay)
  const worded = (index: number) => line(index, { purpose: `Payment ${index}`, documentNumber: `X${index}` })
  importLines(db, [worded(1), worded(2)], { ...sameDay, sha: other, format: 'mt940' })
  expect(chain(db)).toEqual([['repeat', day, day]])
  writes.judgeLines(db, {
    lineIds: null,
    fileId: 2,
    verdict: 'same',
    journal: { at, kind: 'lines.judged', actor, body: {} },
  })
  expect(chain(db)).toEqual([['repeat', day, day]])
})

it('a line that only one of the two has is one, in whichever it stands', () => {
  const db = withPortal()
  importLines(db, [line(1), line(2)], sameDay)
  importLines(db, [line(1)], { ...sameDay, sha: other })
  expect(chain(db)).toEqual([['overlap', day, day]])
  importLines(db, [line(1), line(2), line(3)], { ...sameDay, sha: 'c'.repeat(64) })
  expect(chain(db).at(-1)).toEqual(['overlap', day, day])
})

it('a line of a day outside the overlap, or only announced, is none', () => {
  const db = withPortal()
  importLines(db, [line(1)], { from: '2026-10-01', to: day })
  const more = [line(1), line(2, { bankDay: '2026-10-09' }), line(3, { booked: false })]
  importLines(db, more, { from: day, to: '2026-10-10', sha: other, opening: 7 })
  expect(chain(db)).toEqual([['repeat', day, day]])
})

it('money rule 16: a file that was cut off proves nothing and is told, whatever its balances say', () => {
  const db = withPortal()
  importLines(db, [line(1)], { from: '2026-10-01', to: '2026-10-10' })
  const cut = importLines(db, [line(2, { bankDay: '2026-10-12' })], {
    from: '2026-10-11',
    to: '2026-10-20',
    sha: other,
    whole: false,
  })
  writes.addLines(db, {
    fileId: cut,
    lines: [],
    keepDuplicates: false,
    issues: [{ place: { line: 9, from: 0, to: 0 }, code: 'file.cut', text: '', weight: 'problem' }],
  })
  writes.finishFile(db, {
    fileId: cut,
    statements: [
      {
        account,
        currency: 'RUB',
        owner: '',
        from: '2026-10-11',
        to: '2026-10-20',
        openingMinor: 0,
        closingMinor: 10_000,
        balanceOffMinor: 0,
        lines: 1,
        booked: 1,
        inMinor: 10_000,
        outMinor: 0,
      },
    ],
    duplicates: 'ask',
    issues: 1,
    problems: 1,
    table: null,
    journal: { at, kind: 'file.imported', actor, body: {} },
  })
  expect(chain(db)).toEqual([['cut', '2026-10-11', '2026-10-20']])
  expect(provedPeriods(db, account, 'RUB')).toEqual([{ from: '2026-10-01', to: '2026-10-10' }])
})
