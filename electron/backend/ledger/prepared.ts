// SQL statements prepared once per connection.

import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'

export type Row = Record<string, null | number | string>
export type Bind = Record<string, SQLInputValue>

const caches = new WeakMap<DatabaseSync, Map<string, StatementSync>>()

/** The prepared statement for a text; the text is code, never built from values. */
export function prepared(db: DatabaseSync, sql: string): StatementSync {
  let cache = caches.get(db)
  if (!cache) {
    cache = new Map<string, StatementSync>()
    caches.set(db, cache)
  }
  let statement = cache.get(sql)
  if (!statement) {
    statement = db.prepare(sql)
    if (cache.size > 500) cache.clear()
    cache.set(sql, statement)
  }
  return statement
}

/** All rows. Columns are read by name; numbers are safe integers or the driver throws. */
export function all(db: DatabaseSync, sql: string, bind: Bind = {}): Row[] {
  return prepared(db, sql).all(bind) as Row[]
}

export function one(db: DatabaseSync, sql: string, bind: Bind = {}): Row | undefined {
  return prepared(db, sql).get(bind) as Row | undefined
}

/** Answers how many rows changed. */
export function run(db: DatabaseSync, sql: string, bind: Bind = {}): number {
  return Number(prepared(db, sql).run(bind).changes)
}

/** Like `run` for an INSERT; answers the new row's id. */
export function insert(db: DatabaseSync, sql: string, bind: Bind = {}): number {
  return Number(prepared(db, sql).run(bind).lastInsertRowid)
}

/** Runs `work` in one transaction of its own: all of it is there afterwards, or nothing. */
export function transact<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const value = work()
    db.exec('COMMIT')
    return value
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}

export const text = (row: Row, column: string): string => {
  const value = row[column]
  if (typeof value !== 'string') throw new TypeError(`${column} is not text`)
  return value
}
export const textOrNull = (row: Row, column: string): string | null =>
  row[column] === null ? null : text(row, column)
export const number = (row: Row, column: string): number => {
  const value = row[column]
  if (typeof value !== 'number') throw new TypeError(`${column} is not a number`)
  return value
}
export const numberOrNull = (row: Row, column: string): number | null =>
  row[column] === null ? null : number(row, column)
export const flag = (row: Row, column: string): boolean => number(row, column) !== 0
