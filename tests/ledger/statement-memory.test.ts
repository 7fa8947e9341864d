// What the ledger remembers besides lines: tables by their header, and what lay in a watched folder.

import { expect, it } from 'vitest'
import type { ColumnMapping } from '../../electron/contract/statement-file.ts'
import { transact } from '../../electron/backend/ledger/prepared.ts'
import { readTables, rememberTable } from '../../electron/backend/ledger/tables/remembered-tables.ts'
import { readWatched } from '../../electron/backend/ledger/tables/watched.ts'
import type { WatchedRecord } from '../../electron/backend/ledger/tables/watched.ts'
import { writes } from '../../electron/backend/ledger/tables/writes.ts'
import { at, emptyLedger, forgetting, importLines, line } from './book.ts'

const mapping: ColumnMapping = {
  delimiter: ';',
  skipRows: 1,
  columns: { bankDay: 0, amount: 1 },
  dateOrder: 'dmy',
  decimalMark: ',',
  creditWords: [],
  invertSign: false,
  account: '40702810000000000001',
  currency: 'RUB',
}

it('remembers a table by its header, without the account and currency of its file, the newest word counting', () => {
  const db = emptyLedger()
  const table = { key: 'k', header: ['Дата', 'Сумма'], mapping, fileName: 'a.csv' }
  rememberTable(db, table, at)
  rememberTable(
    db,
    { ...table, mapping: { ...mapping, invertSign: true }, fileName: 'b.csv' },
    '2026-11-02T00:00:00.000Z',
  )
  rememberTable(db, { ...table, key: 'other' }, at)
  const { currency: _, ...plain } = mapping
  expect(readTables(db, null)).toEqual([
    {
      id: 1,
      header: ['Дата', 'Сумма'],
      mapping: { ...plain, account: '', invertSign: true },
      fileName: 'b.csv',
      usedAt: '2026-11-02T00:00:00.000Z',
    },
    { id: 2, header: ['Дата', 'Сумма'], mapping: { ...plain, account: '' }, fileName: 'a.csv', usedAt: at },
  ])
  writes.forgetTable(db, { id: 1 })
  expect(readTables(db, null).map(({ id }) => id)).toEqual([2])
  expect(() => writes.forgetTable(db, { id: 1 })).toThrow('not.found')
})

it('knows what lay in a watched folder, and no other folder’s files', () => {
  const db = emptyLedger()
  const fileId = importLines(db, [line(1)])
  const seen = (name: string, given: Partial<WatchedRecord>): WatchedRecord => ({
    name,
    bytes: 10,
    modifiedMs: 1_700_000_000_000,
    seenAt: at,
    outcome: 'before',
    fileId: null,
    lines: 0,
    fault: null,
    ...given,
  })
  const arriving = seen('new.txt', { outcome: 'arriving', seenAt: '2026-11-02T00:00:00.000Z' })
  const refused = seen('bad.txt', { outcome: 'refused', fault: { code: 'statement.unknownFormat' } })
  writes.noteWatched(db, { folder: '/in', files: [arriving, refused] })
  writes.noteWatched(db, { folder: '/other', files: [seen('old.txt', {})] })
  const imported = { ...arriving, outcome: 'imported' as const, fileId: fileId as never, lines: 1 }
  transact(db, () => writes.noteWatched(db, { folder: '/in', files: [imported] }))
  expect(readWatched(db, { folder: '/in' })).toEqual([imported, refused])
  writes.forgetFile(db, forgetting(fileId))
  expect(readWatched(db, { folder: '/in' })[0]).toEqual({ ...imported, fileId: null })
  writes.forgetFolder(db, { folder: '/in' })
  expect(readWatched(db, { folder: '/in' })).toEqual([])
  expect(readWatched(db, { folder: '/other' })).toHaveLength(1)
})

it('keeps what a large change needs for its undoing on the disk, not in memory', () => {
  expect(emptyLedger().prepare('PRAGMA temp_store').get()).toEqual({ temp_store: 1 })
})
