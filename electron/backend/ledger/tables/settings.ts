import type { DatabaseSync } from 'node:sqlite'
import { all, run, text } from '../prepared.ts'

/** Settings are JSON values by key; what is absent has its default elsewhere. */
export function readSettings(db: DatabaseSync, _: null): Record<string, unknown> {
  return Object.fromEntries(
    all(db, 'SELECT key, value FROM setting').map((row) => [
      text(row, 'key'),
      JSON.parse(text(row, 'value')) as unknown,
    ]),
  )
}

export function changeSettings(db: DatabaseSync, input: { values: Record<string, unknown> }): null {
  for (const [key, value] of Object.entries(input.values)) {
    run(
      db,
      'INSERT INTO setting VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      {
        key,
        value: JSON.stringify(value),
      },
    )
  }
  return null
}
