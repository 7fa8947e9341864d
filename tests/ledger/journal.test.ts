import fc from 'fast-check'
import { expect, it } from 'vitest'
import { transact } from '../../electron/backend/ledger/prepared.ts'
import {
  appendJournal,
  lastOfJournal,
  pageJournal,
  verifyJournal,
} from '../../electron/backend/ledger/tables/journal.ts'
import { actor, at, emptyLedger } from './book.ts'

const filled = (count: number) => {
  const db = emptyLedger()
  for (let n = 1; n <= count; n += 1)
    appendJournal(db, { at, kind: 'settings.changed', actor, body: { n, text: `п${n}%` } })
  return db
}

it('can neither be changed nor shortened', () => {
  const db = filled(3)
  expect(() => db.exec("UPDATE journal SET body_json = '{}' WHERE seq = 2")).toThrow('append-only')
  expect(() => db.exec('DELETE FROM journal WHERE seq = 3')).toThrow('append-only')
  expect(verifyJournal(db, {})).toMatchObject({ rows: 3, lastSeq: 3, brokenAt: null, pair: null })
})

it('tells the first row that was tampered with, whichever field and wherever', () => {
  const columns = ['at', 'kind', 'actor_json', 'body_json', 'hash', 'portal_id', 'job_id'] as const
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.constantFrom(...columns), (seq, column) => {
      const db = filled(8)
      db.exec('DROP TRIGGER journal_no_update')
      db.exec(`UPDATE journal SET ${column} = ifnull(${column}, '') || ' ' WHERE seq = ${seq}`)
      expect(verifyJournal(db, {}).brokenAt).toBe(seq)
      db.close()
    }),
    { numRuns: 40 },
  )
})

it('tells a row that was taken out, and a chain that was rewritten as a whole only by a printed pair', () => {
  const db = filled(5)
  const printed = lastOfJournal(db)
  expect(verifyJournal(db, printed)).toMatchObject({ pair: true, lastHash: printed.hash })
  db.exec('DROP TRIGGER journal_no_delete')
  db.exec('DELETE FROM journal WHERE seq = 2')
  expect(verifyJournal(db, {})).toMatchObject({ rows: 4, lastSeq: 5, brokenAt: 3 })
  const rewritten = filled(4)
  expect(verifyJournal(rewritten, printed)).toMatchObject({ brokenAt: null, pair: false })
})

it('is one with what it records: nothing of a transaction that fails stays', () => {
  const db = filled(1)
  expect(() =>
    transact(db, () => {
      appendJournal(db, { at, kind: 'settings.changed', actor, body: {} })
      throw new Error('no')
    }),
  ).toThrow('no')
  expect(lastOfJournal(db).seq).toBe(1)
})

it('is searched as text, signs of patterns included', () => {
  const db = filled(12)
  const found = pageJournal(db, { filter: { text: 'п1%' }, offset: 0, limit: 10 })
  expect(found.rows.map(({ seq }) => seq)).toEqual([1])
  expect(pageJournal(db, { filter: {}, offset: 2, limit: 3 }).rows.map(({ seq }) => seq)).toEqual([10, 9, 8])
})
