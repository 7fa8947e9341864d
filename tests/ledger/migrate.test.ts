import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { migrate, requireNewest } from '../../electron/backend/ledger/migrate.ts'
import { migrations } from '../../electron/backend/ledger/migrations/list.ts'
import { openLedgerFile } from '../../electron/backend/ledger/open.ts'
import { emptyLedger, migrationsFolder, rows } from './book.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sverka-migrate-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const written = (number: number, sql: string) => {
  const file = `${number}.sql`
  writeFileSync(join(folder, file), sql)
  return { number, file, sha256: createHash('sha256').update(sql).digest('hex') }
}

it('makes the newest shape from nothing, and does nothing a second time', () => {
  const db = emptyLedger()
  expect(rows(db, 'SELECT number, sha256 FROM migration')).toEqual(
    migrations.map(({ number, sha256 }) => ({ number, sha256 })),
  )
  expect(migrate(db, ':memory:', migrationsFolder)).toBe(migrations.at(-1)?.number)
  expect(() => requireNewest(db)).not.toThrow()
})

it('copies the file before it changes one that was in use', () => {
  const path = join(folder, 'ledger.sqlite')
  const first = written(1, 'CREATE TABLE a (n INTEGER) STRICT; INSERT INTO a VALUES (7);')
  const db = openLedgerFile(path, { readOnly: false })
  migrate(db, path, folder, [first])
  expect(existsSync(`${path}.before-2.bak`)).toBe(false)
  migrate(db, path, folder, [first, written(2, 'DROP TABLE a;')])
  db.close()
  const copy = new DatabaseSync(`${path}.before-2.bak`, { readOnly: true })
  expect(copy.prepare('SELECT n FROM a').get()).toEqual({ n: 7 })
  expect(copy.prepare('SELECT max(number) AS n FROM migration').get()).toEqual({ n: 1 })
  copy.close()
})

it('leaves a migration that fails half way undone', () => {
  const db = openLedgerFile(':memory:', { readOnly: false })
  const bad = written(1, 'CREATE TABLE a (n INTEGER) STRICT; INSERT INTO b VALUES (1);')
  expect(() => migrate(db, ':memory:', folder, [bad])).toThrow('no such table: b')
  expect(rows(db, "SELECT name FROM sqlite_schema WHERE name = 'a'")).toEqual([])
  expect(rows(db, 'SELECT * FROM migration')).toEqual([])
})

it('refuses a newer ledger, one whose migration was another, and a text that is not the frozen one', () => {
  const first = written(1, 'CREATE TABLE a (n INTEGER) STRICT;')
  const second = written(2, 'CREATE TABLE b (n INTEGER) STRICT;')
  const db = openLedgerFile(':memory:', { readOnly: false })
  migrate(db, ':memory:', folder, [first, second])
  const fault = (work: () => unknown): unknown => {
    try {
      work()
    } catch (error) {
      return (error as { fault?: unknown }).fault ?? String(error)
    }
    return 'nothing thrown'
  }
  expect(fault(() => migrate(db, ':memory:', folder, [first]))).toEqual({
    code: 'ledger.newer',
    version: 2,
    known: 1,
  })
  expect(fault(() => requireNewest(db, [first]))).toEqual({ code: 'ledger.newer', version: 2, known: 1 })
  expect(fault(() => requireNewest(db, [first, second, { ...second, number: 3 }]))).toEqual({
    code: 'ledger.busy',
    owner: '',
  })
  expect(
    fault(() => migrate(db, ':memory:', folder, [{ ...first, sha256: 'f'.repeat(64) }, second])),
  ).toEqual({ code: 'ledger.damaged', detail: 'migration 1 differs' })
  const other = openLedgerFile(':memory:', { readOnly: false })
  writeFileSync(join(folder, '1.sql'), 'CREATE TABLE a (n TEXT) STRICT;')
  expect(fault(() => migrate(other, ':memory:', folder, [first]))).toContain('is not the frozen text')
})
