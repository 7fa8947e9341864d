// The columns of tables as persons confirmed them, known again by the words of the header.

import type { DatabaseSync } from 'node:sqlite'
import type { ColumnMapping, RememberedTable } from '../../../contract/statement-file.ts'
import { Refusal } from '../../../contract/fault.ts'
import { all, number, run, text } from '../prepared.ts'

/** Newest first. */
export function readTables(db: DatabaseSync, _: null): RememberedTable[] {
  return all(db, 'SELECT * FROM remembered_table ORDER BY used_at DESC, id DESC').map((row) => ({
    id: number(row, 'id'),
    header: JSON.parse(text(row, 'header_json')) as string[],
    mapping: JSON.parse(text(row, 'mapping_json')) as ColumnMapping,
    fileName: text(row, 'file_name'),
    usedAt: text(row, 'used_at'),
  }))
}

export interface TableToRemember {
  /** What `headerKey` makes of the header. */
  key: string
  header: readonly string[]
  mapping: ColumnMapping
  fileName: string
}

/**
 * Keeps a mapping for every table with this header. What belongs to one file alone is left out: its account, and its
 * currency, since another account's table may have the same header.
 */
export function rememberTable(db: DatabaseSync, table: TableToRemember, at: string): void {
  const { currency: _, ...mapping } = table.mapping
  run(
    db,
    `INSERT INTO remembered_table (key, header_json, mapping_json, file_name, used_at)
     VALUES (:key, :header, :mapping, :name, :at)
     ON CONFLICT (key) DO UPDATE SET header_json = excluded.header_json, mapping_json = excluded.mapping_json,
       file_name = excluded.file_name, used_at = excluded.used_at`,
    {
      key: table.key,
      header: JSON.stringify(table.header),
      mapping: JSON.stringify({ ...mapping, account: '' }),
      name: table.fileName,
      at,
    },
  )
}

export function forgetTable(db: DatabaseSync, input: { id: number }): null {
  if (run(db, 'DELETE FROM remembered_table WHERE id = :id', input) === 0)
    throw new Refusal({ code: 'not.found', what: 'file' })
  return null
}
