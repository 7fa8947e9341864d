// What a task in a computing thread has at hand.

import type { LedgerFace } from '../../ledger/ledger.ts'

export interface TaskTools {
  ledgerPath: string
  /** Writes to the ledger; null for tasks that only read. */
  writer: Pick<LedgerFace, 'write'> | null
  progress(done: number, total: number | null, note: string): void
  /** Throws TaskStopped after the person pressed Stop; called between chunks. */
  checkStop(): void
}

export class TaskStopped extends Error {}

export function writerOf(tools: TaskTools): Pick<LedgerFace, 'write'> {
  if (!tools.writer) throw new Error('this task needs a way to write')
  return tools.writer
}
