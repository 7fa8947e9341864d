// What a refresh has to read: everything, or which part of it.

import type { JobResult } from '../../contract/job.ts'
import type { Portal, PortalCheck } from '../../contract/portal.ts'
import type { LedgerReads } from '../ledger/ledger.ts'
import type { Freshness, FreshnessChange } from '../ledger/tables/freshness.ts'
import type { KnownState } from '../portal/gather/gather.ts'
import { knownPayments } from './known-payments.ts'

export type WholeReason = NonNullable<Extract<JobResult, { kind: 'refresh' }>['whole']>

const dayMs = 86_400_000
/** Paid payments that a person is about to act on are read first, as many as this. */
const mostAtHand = 500
const pageSize = 50

/** Why everything has to be read; null when what may have changed is enough. */
export function whyWhole(input: {
  asked: boolean
  freshness: Freshness
  coverage: Portal['coverage']
  path: PortalCheck['path']
  now: number
  wholeRefreshDays: number
}): WholeReason | null {
  const { freshness, coverage } = input
  if (input.asked) return 'asked'
  if (freshness.wholeAt === null || coverage === 'none') return 'first'
  // What another credential could see is no ground for what this one can.
  if (coverage !== coverageOf(input.path)) return 'access'
  const old = input.now - Date.parse(freshness.wholeAt) >= input.wholeRefreshDays * dayMs
  return old ? 'old' : null
}

export function coverageOf(path: PortalCheck['path']): 'all' | 'visible' {
  return path === 'administrator' ? 'all' : 'visible'
}

export interface Turn {
  ids: number[]
  /** To be noted once the payments were read. */
  change: FreshnessChange
}

/**
 * The paid payments whose turn it is. So many that within `wholeRefreshDays` all have had theirs, newest first; at least
 * a page, since that costs no more than one payment does.
 */
export async function nextPaidTurn(
  ledger: LedgerReads,
  input: { portalId: string; freshness: Freshness; now: number; wholeRefreshDays: number; most?: number },
): Promise<Turn> {
  const { portalId, freshness, now } = input
  const round = input.wholeRefreshDays * dayMs
  const since = freshness.turnedAt === null ? now - round : Date.parse(freshness.turnedAt)
  const due = Math.ceil((freshness.paid * Math.max(0, now - since)) / round)
  const limit = Math.min(freshness.paid, input.most ?? Infinity, Math.max(pageSize, due))
  const ids = await ledger.read('listTurn', { portalId, paid: true, below: freshness.paidBelow, limit })
  const share = freshness.paid === 0 ? round : (ids.length / freshness.paid) * round
  return {
    ids,
    change: {
      paidBelow: ids.at(-1) ?? null,
      turnedAt: new Date(Math.min(now, since + share)).toISOString(),
    },
  }
}

/** Everything that a cheap refresh reads. */
export async function whatMayHaveChanged(
  ledger: LedgerReads,
  input: { portalId: string; freshness: Freshness; now: number; wholeRefreshDays: number },
): Promise<{ since: KnownState; turn: Turn }> {
  const { portalId, freshness } = input
  const now = new Date(input.now).toISOString()
  const [unpaid, atHand, turn] = await Promise.all([
    ledger.read('listUnpaid', { portalId }),
    ledger.read('listAtHand', { portalId, now, limit: mostAtHand }),
    nextPaidTurn(ledger, input),
  ])
  return {
    turn,
    since: {
      maxId: freshness.maxId,
      listUnpaid: true,
      ids: [...new Set([...atHand, ...unpaid, ...turn.ids])],
      touchedFrom: freshness.touchedFrom,
      maxOrderId: freshness.maxOrderId,
      ledger: knownPayments(ledger, portalId),
    },
  }
}
