import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openLedgerFile } from '../../electron/backend/ledger/open.ts'
import { migrate } from '../../electron/backend/ledger/migrate.ts'
import { migrations } from '../../electron/backend/ledger/migrations/list.ts'
import { migrationsFolder, rows } from './book.ts'

let folder = ''
let db: DatabaseSync
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sverka-0004-'))
  const path = join(folder, 'ledger')
  db = openLedgerFile(path, { readOnly: false })
  migrate(db, path, migrationsFolder, migrations.slice(0, 3))
  db.exec(`INSERT INTO portal (id, name, host, last_refresh_at, connected_at) VALUES
    ('p_read', 'Read', 'read.example', '2026-11-20T09:00:00.000Z', '2026-11-01T09:00:00.000Z'),
    ('p_new', 'New', 'new.example', NULL, '2026-11-01T09:00:00.000Z')`)
  for (const [id, order] of [
    [1, 70],
    [2, 90],
  ])
    db.exec(`INSERT INTO payment (portal_id, id, account_number, paid, sum_minor, currency, pay_system_id, order_id, read_at)
      VALUES ('p_read', ${id}, '${order}/1', 0, 100, 'RUB', 2, ${order}, '2026-11-20T09:00:00.000Z')`)
  migrate(db, path, migrationsFolder, migrations.slice(0, 4))
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

it('takes every refresh so far for a complete one, and nothing for news', () => {
  expect(
    rows(db, 'SELECT portal_id, whole_at, count_off, max_order_id, events_bound FROM freshness ORDER BY 1'),
  ).toEqual([
    { portal_id: 'p_new', whole_at: null, count_off: null, max_order_id: 0, events_bound: 0 },
    {
      portal_id: 'p_read',
      whole_at: '2026-11-20T09:00:00.000Z',
      count_off: null,
      max_order_id: 90,
      events_bound: 0,
    },
  ])
  expect(rows(db, 'SELECT id, news FROM payment ORDER BY id')).toEqual([
    { id: 1, news: null },
    { id: 2, news: null },
  ])
})

it('refuses news of an unknown kind', () => {
  expect(() => db.exec("UPDATE payment SET news = 'rumour'")).toThrow('CHECK')
})
