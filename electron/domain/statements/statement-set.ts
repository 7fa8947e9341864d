// What a reader tells, gathered into one statement per account and currency: sections a day and messages of
// several pages join, in the file's order. `createStatementTotals` does the same without keeping a line.

import type {
  StatementHead,
  StatementIssue,
  StatementLine,
  StatementOfFile,
} from '../../contract/statement.ts'
import type { StatementSink } from './reader.ts'

/** A statement without its lines: how many there were, and the proof over the booked ones. */
export interface StatementTotals extends Omit<StatementOfFile, 'lines'> {
  lines: number
  booked: number
  /** Sums of booked lines by sign, in minor units: what came in, what went out (negative). */
  inMinor: number
  outMinor: number
}

export interface TotalsListener {
  /** `statement` is the position that `totals()` gives the line's statement, in the order of first appearance; its account. */
  line(line: StatementLine, statement: number, account: string): void
  issue(issue: StatementIssue): void
}

/** A sink that numbers lines over the file and keeps per account what the balance proof needs, and nothing more. */
export function createStatementTotals(listener: TotalsListener): {
  sink: StatementSink
  totals(): StatementTotals[]
} {
  const accounts = new Map<string, AccountTally>()
  let current: AccountTally | undefined
  let index = 0

  const sink: StatementSink = {
    open(head) {
      const key = `${head.currency} ${head.account}`
      current = accounts.get(key)
      if (current === undefined) {
        current = newTally(head, accounts.size)
        accounts.set(key, current)
      }
    },
    line(line) {
      if (current === undefined) throw new Error('a reader told of a line before it opened its statement')
      current.lines += 1
      // Money of another currency moved no such sum on this account; its own file says how much.
      if (line.booked && line.currency === current.currency) {
        current.booked += 1
        if (line.amountMinor < 0) current.outMinor += line.amountMinor
        else current.inMinor += line.amountMinor
      }
      // Every reader makes a new line each time and keeps none, so the line itself may be numbered.
      listener.line(Object.assign(line, { index }), current.position, current.account)
      index += 1
    },
    close(head) {
      if (current !== undefined) joinHead(current, head)
      current = undefined
    },
    issue: (issue) => listener.issue(issue),
  }
  return { sink, totals: () => [...accounts.values()].map(totalsOf) }
}

/**
 * A sink that keeps everything: for previews, and wherever the whole file fits into memory. It keeps `most` lines; once
 * there are so many it is full, and since more may follow, nothing is proved.
 */
export function createStatementSet(most = Number.POSITIVE_INFINITY): {
  sink: StatementSink
  statements(): StatementOfFile[]
  issues: StatementIssue[]
  full(): boolean
} {
  let kept = 0
  const full = () => kept >= most
  const lines: StatementLine[][] = []
  const issues: StatementIssue[] = []
  const { sink, totals } = createStatementTotals({
    line: (line, statement) => {
      if (full()) return
      kept += 1
      ;(lines[statement] ??= []).push(line)
    },
    issue: (issue) => {
      if (!full()) keepIssue(issues, issue)
    },
  })
  const statements = () =>
    totals().map(
      ({ account, currency, owner, from, to, openingMinor, closingMinor, balanceOffMinor }, position) => ({
        account,
        currency,
        owner,
        from,
        to,
        openingMinor,
        closingMinor: full() ? null : closingMinor,
        balanceOffMinor: full() ? null : balanceOffMinor,
        lines: lines[position] ?? [],
      }),
    )
  return { sink, statements, issues, full }
}

/** More problems than these are not read by anybody, and must not fill the memory. */
export const mostIssues = 10_000

/** Keeps an issue while there is room; the one behind the last tells how many more there were. */
export function keepIssue(issues: StatementIssue[], issue: StatementIssue): void {
  if (issues.length < mostIssues) {
    issues.push(issue)
    return
  }
  const more = issues[mostIssues]
  if (more) more.text = String(Number(more.text) + 1)
  else issues.push({ place: issue.place, code: 'issues.more', text: '1', weight: 'problem' })
}

interface AccountTally {
  position: number
  account: string
  currency: string
  owner: string
  from: string | null
  to: string | null
  first: StatementHead | null
  last: StatementHead | null
  lines: number
  booked: number
  inMinor: number
  outMinor: number
}

function newTally(head: StatementHead, position: number): AccountTally {
  const { account, currency, owner } = head
  return {
    position,
    account,
    currency,
    owner,
    from: null,
    to: null,
    first: null,
    last: null,
    lines: 0,
    booked: 0,
    inMinor: 0,
    outMinor: 0,
  }
}

/**
 * Takes one section's period and balances in; a head without any only carried lines and decides nothing. A
 * section whose balance goes on from the last one (or ends where the first began) is its neighbour whatever
 * its dates say; else the earliest opens and the latest closes, and on one day the file's order decides.
 */
function joinHead(tally: AccountTally, head: StatementHead): void {
  if (tally.owner === '') tally.owner = head.owner
  if (head.from === null && head.to === null && head.openingMinor === null && head.closingMinor === null)
    return
  const { first, last } = tally
  const [start, end] = ordered(head.from ?? head.to, head.to ?? head.from)
  if (first === null || last === null) {
    tally.first = head
    tally.last = head
  } else if (head.openingMinor !== null && head.openingMinor === last.closingMinor) tally.last = head
  else if (head.closingMinor !== null && head.closingMinor === first.openingMinor) tally.first = head
  else {
    if (start !== null && tally.from !== null && start < tally.from) tally.first = head
    if (end === null || tally.to === null || end >= tally.to) tally.last = head
  }
  if (start !== null && (tally.from === null || start < tally.from)) tally.from = start
  if (end !== null && (tally.to === null || end > tally.to)) tally.to = end
}

function ordered(a: string | null, b: string | null): [string | null, string | null] {
  return a !== null && b !== null && b < a ? [b, a] : [a, b]
}

function totalsOf(tally: AccountTally): StatementTotals {
  const { account, currency, owner, from, to, lines, booked, inMinor, outMinor } = tally
  const openingMinor = tally.first?.openingMinor ?? null
  const closingMinor = tally.last?.closingMinor ?? null
  const balanceOffMinor =
    openingMinor === null || closingMinor === null ? null : closingMinor - openingMinor - inMinor - outMinor
  return {
    account,
    currency,
    owner,
    from,
    to,
    openingMinor,
    closingMinor,
    balanceOffMinor,
    lines,
    booked,
    inMinor,
    outMinor,
  }
}
