// One account's rows within a table, as far as they are read.

import type { StatementHead } from '../../../contract/statement.ts'
import type { BalanceChain } from './balance.ts'

export interface Section {
  account: string
  currency: string
  chain: BalanceChain
  from: string
  to: string
  /** Days of the first and the last line in the file's order: which way the table runs. */
  firstDay: string
  lastDay: string
}

export function headOf(
  section: Section,
  ends: Pick<StatementHead, 'openingMinor' | 'closingMinor'>,
): StatementHead {
  const { account, currency, from, to } = section
  return { account, currency, owner: '', from: from || null, to: to || null, ...ends }
}
