// The records that end an account, a group and the file, and what they are compared with.

import type { IssueCode } from '../../../contract/statement.ts'
import { readCount, readMinor } from './fields.ts'

/** What was read of an account, a group or the file. */
export interface Level {
  records: number
  /** Accounts of a group, groups of a file. */
  parts: number
  total: number
}

/** What the bank states of it. */
export interface Stated {
  total: string | undefined
  /** Null where the record has no such field. */
  parts: string | null | undefined
  records: string | undefined
}

/** Control totals add up the amounts as written, signs of balances included, details without any (chapter 4). */
export function controlIssues(level: Level, stated: Stated): IssueCode[] {
  const issues: IssueCode[] = []
  // A total that is left blank states nothing; one that is cut off is missing.
  const blank = stated.total !== undefined && stated.total.trim() === ''
  if (!blank && readMinor(stated.total ?? '') !== level.total) issues.push('declared.total')
  const partsDiffer = stated.parts !== null && readCount(stated.parts) !== level.parts
  if (partsDiffer || readCount(stated.records) !== level.records) issues.push('declared.count')
  return issues
}
