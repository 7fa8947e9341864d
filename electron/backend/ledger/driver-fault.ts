// What the SQLite driver's failures mean to a person.

import type { Fault } from '../../contract/fault.ts'

/**
 * SQLite's own result codes (https://sqlite.org/rescode.html): 13 full, 11 corrupt, 26 not a database, 8 read-only, 14 cannot
 * open, 10 the disk failed (a quota counts as such); null for what is our own mistake.
 */
export function faultOfDriver(error: unknown, path: string): Fault | null {
  const primary = resultCode(error)
  if (primary === 13) return { code: 'ledger.full' }
  if (primary === 11 || primary === 26) return { code: 'ledger.damaged', detail: (error as Error).message }
  if (primary === 8 || primary === 14) return { code: 'ledger.folder', reason: 'unwritable', path }
  if (primary === 10) return { code: 'ledger.disk', detail: (error as Error).message }
  return null
}

export const isBusy = (error: unknown): boolean => resultCode(error) === 5

function resultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null
  return error.errcode & 0xff
}
