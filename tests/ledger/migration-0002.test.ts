import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openLedgerFile } from '../../electron/backend/ledger/open.ts'
import { migrate } from '../../electron/backend/ledger/migrate.ts'
import { migrations } from '../../electron/backend/ledger/migrations/list.ts'
import { writes } from '../../electron/backend/ledger/tables/writes.ts'
import { forgetting, migrationsFolder, rows } from './book.ts'

let folder = ''
let db: DatabaseSync
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sverka-0002-'))
  db = firstShape()
  migrate(db, join(folder, 'ledger'), migrationsFolder, migrations.slice(0, 2))
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A ledger of the first shape with two files, the second of which has a line of the first again. */
function firstShape(): DatabaseSync {
  const path = join(folder, 'ledger')
  const db = openLedgerFile(path, { readOnly: false })
  migrate(db, path, migrationsFolder, migrations.slice(0, 1))
  for (const file of [1, 2])
    db.exec(`INSERT INTO file (id, sha256, name, bytes, format, encoding, imported_at, complete, lines)
      VALUES (${file}, '${file}', '${file}.txt', 10, '1c', 'utf-8', '2026-11-01T09:00:00.000Z', 1, 2)`)
  const insert =
    db.prepare(`INSERT INTO line (id, file_id, idx, account, currency, bank_day, amount_minor, party_name,
      party_tax_id, party_account, party_bank_code, purpose, document_number, bank_reference, reversal, booked, place_line,
      place_from, place_to, identity, occurrence, live, duplicate, search)
    VALUES (?, ?, 0, 'A', 'RUB', '2026-10-05', ?, '', '', '', '', '', '', '', 0, 1, 1, 0, 9, ?, 1, 1, ?, '')`)
  insert.run(1, 1, 500, 'same', 0)
  insert.run(2, 1, -200, 'one', 0)
  insert.run(3, 2, 500, 'same', 1)
  insert.run(4, 2, 700, 'two', 0)
  for (const file of [1, 2])
    db.exec(`INSERT INTO statement VALUES (NULL, ${file}, 'A', 'RUB', '', NULL, NULL, NULL, NULL, NULL, 2)`)
  db.exec("INSERT INTO line_issue VALUES (NULL, 2, 1, 0, 9, 'row.width', 'x', 'note')")
  return db
}

it('tells of each duplicate whose it is, of each statement its turnovers, of each file its issues', () => {
  expect(
    rows(db, 'SELECT id, twin_id, doubtful, detailed, counted, place_part FROM line ORDER BY id'),
  ).toEqual([
    { id: 1, twin_id: null, doubtful: 0, detailed: 0, counted: 1, place_part: null },
    { id: 2, twin_id: null, doubtful: 0, detailed: 0, counted: 1, place_part: null },
    { id: 3, twin_id: 1, doubtful: 0, detailed: 0, counted: 0, place_part: null },
    { id: 4, twin_id: null, doubtful: 0, detailed: 0, counted: 1, place_part: null },
  ])
  expect(rows(db, 'SELECT file_id, in_minor, out_minor FROM statement ORDER BY id')).toEqual([
    { file_id: 1, in_minor: 500, out_minor: 200 },
    { file_id: 2, in_minor: 1200, out_minor: 0 },
  ])
  expect(rows(db, 'SELECT id, issues, encoding_by FROM file ORDER BY id')).toEqual([
    { id: 1, issues: 0, encoding_by: 'scored' },
    { id: 2, issues: 1, encoding_by: 'scored' },
  ])
})

it('lets an import of the first shape be undone: its duplicates stand for themselves', () => {
  writes.forgetFile(db, forgetting(1))
  expect(rows(db, 'SELECT id, counted, twin_id FROM line ORDER BY id')).toEqual([
    { id: 3, counted: 1, twin_id: null },
    { id: 4, counted: 1, twin_id: null },
  ])
})

it.each([
  ["UPDATE line SET judged = 'perhaps'", 'CHECK'],
  ["UPDATE line SET batch_role = 'half'", 'CHECK'],
  ["INSERT INTO watched_file VALUES ('/a', 'b', 1, 1, '', 'lost', NULL, 0, NULL)", 'CHECK'],
  ["INSERT INTO batch_link VALUES (1, 99, '2026-10-05', 0)", 'FOREIGN KEY'],
])('refuses what cannot be: %s', (sql, reason) => {
  expect(() => db.exec(sql)).toThrow(reason)
})
