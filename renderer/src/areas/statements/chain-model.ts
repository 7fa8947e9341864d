// The statements of one account on a line of days: what is covered, where it breaks.

import type { ChainBreak } from '../../../../electron/contract/account.ts'
import type { StatementRow } from '../../../../electron/contract/statement-row.ts'

export interface ChainSegment {
  kind: 'covered' | 'doubtful' | 'gap'
  /** Percent of the whole strip. */
  start: number
  width: number
  from: string
  to: string
  fileName: string
}

export interface AccountChain {
  account: string
  currency: string
  from: string
  to: string
  segments: ChainSegment[]
  breaks: ChainBreak[]
}

const dayMs = 86_400_000

function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / dayMs)
}

/** Days from one bank day to another, both included. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from) + 1
}

/** One chain per account and currency, accounts in alphabetical order. Statements without a period are left out. */
export function chainsOf(rows: readonly StatementRow[], breaks: readonly ChainBreak[]): AccountChain[] {
  const byAccount = Map.groupBy(
    rows.filter((row) => row.from !== null && row.to !== null),
    (row) => `${row.account} ${row.currency}`,
  )
  return [...byAccount.values()]
    .map((own) => chainOf(own, breaks))
    .sort((a, b) => (a.account < b.account ? -1 : 1))
}

function chainOf(rows: readonly StatementRow[], breaks: readonly ChainBreak[]): AccountChain {
  const days = rows.flatMap((row) => [row.from ?? '', row.to ?? '']).sort()
  const from = days[0] ?? ''
  const to = days.at(-1) ?? ''
  const first = dayNumber(from)
  const whole = dayNumber(to) - first + 1
  const [{ account, currency } = { account: '', currency: '' }] = rows
  const own = breaks.filter((one) => one.account === account && one.currency === currency)
  const segment = (kind: ChainSegment['kind'], a: string, b: string, fileName: string): ChainSegment => ({
    kind,
    start: ((dayNumber(a) - first) / whole) * 100,
    width: ((dayNumber(b) - dayNumber(a) + 1) / whole) * 100,
    from: a,
    to: b,
    fileName,
  })
  const covered = rows.map((row) => {
    const off = row.balanceOffMinor !== null && row.balanceOffMinor !== 0 && !row.cleared
    return segment(off ? 'doubtful' : 'covered', row.from ?? from, row.to ?? to, row.fileName)
  })
  const gaps = own
    .filter((one) => one.kind === 'gap' && one.from >= from && one.to <= to)
    .map((one) => segment('gap', one.from, one.to, ''))
  const cut = own.filter((one) => one.kind === 'cut').map((one) => segment('doubtful', one.from, one.to, ''))
  return { account, currency, from, to, segments: [...covered, ...gaps, ...cut], breaks: own }
}
