// All explanations of one line, whatever other lines want.

import { findCandidates } from './candidates.ts'
import type { Candidate, Found } from './candidates.ts'
import { ceilingOfPair, claimOf } from './draft.ts'
import type { Draft } from './draft.ts'
import { explainPair } from './explain.ts'
import { numberKey } from './fold.ts'
import { draftGroups } from './groups.ts'
import { lineHandles } from './portal-index.ts'
import type { PortalIndex } from './portal-index.ts'
import { sumKey } from './portal-index.ts'
import type { ReadyLine } from './prepare.ts'
import { draftRefunds } from './refunds.ts'
import { weighPair } from './score.ts'
import { draftSets } from './sets.ts'
import { identifies } from './weigh-payer.ts'
import type { RejectedPair } from './types.ts'

/** A draft less likely than this, before comparing, is not worth showing. */
const scoreFloor = -6

export interface Drafted {
  drafts: Draft[]
  /** Handles through which the payments were found: a payment that changes concerns the lines that hold one of its. */
  handles: readonly string[]
}

const nothing: Drafted = { drafts: [], handles: [] }

export function draftLine(
  line: ReadyLine,
  indexes: readonly PortalIndex[],
  rejected: ReadonlySet<string>,
): Drafted {
  const { bound, leftMinor, currency } = line.line
  if (leftMinor === 0 || line.ownTransfer || (leftMinor > 0 && line.line.reversal)) return nothing
  const reachable = indexes.filter(({ portalId }) => bound === null || bound.portalId === portalId)
  const handles = line.sought.map(({ key }) => `#${key}`)
  for (const own of lineHandles(line.taxId, line.account, line.name.key)) handles.push(own)
  if (leftMinor < 0) {
    return {
      drafts: reachable.flatMap((index) => without(draftRefunds(line, index), line, rejected)),
      handles,
    }
  }
  handles.push(`s${sumKey(currency, leftMinor)}`)
  const drafts = reachable.flatMap((index) => {
    const found = findCandidates(line, index)
    for (const { payer } of found.who.payers) handles.push(`k${payer.key}`)
    for (const { ready, named } of found.candidates)
      if (named.length > 0 && ready.orderNumber !== '') handles.push(`#${numberKey(ready.orderNumber)}`)
    return without(draftFound(line, found), line, rejected)
  })
  return { drafts, handles }
}

function draftFound(line: ReadyLine, found: Found): Draft[] {
  const singles = lowerPartial(found.candidates.map((candidate) => draftPair(line, candidate, found)))
  const groups = draftGroups(line, found)
  const isExplained = groups.length > 0 || singles.some(({ score }) => score > 0)
  return isExplained ? [...singles, ...groups] : [...singles, ...draftSets(line, found)]
}

interface Single extends Draft {
  /** The payer is known and this payment of theirs is over the line's very sum. */
  isTheirSum: boolean
  isExact: boolean
}

/** A part of the payment that is named, or the whole of another one of that payer: only a person can tell. */
function lowerPartial(singles: readonly Single[]): Draft[] {
  if (!singles.some(({ isTheirSum }) => isTheirSum)) return [...singles]
  return singles.map((draft) => (draft.isExact ? draft : { ...draft, ceiling: 'doubtful' }))
}

function draftPair(line: ReadyLine, candidate: Candidate, found: Found): Single {
  const evidence = weighPair(line, candidate, found)
  const isExact = evidence.sumFit.kind === 'exact'
  return {
    isExact,
    isTheirSum: isExact && identifies(evidence.payer),
    portalId: found.index.portalId,
    parts: [{ ready: candidate.ready, amountMinor: evidence.amountMinor }],
    score: evidence.logOdds,
    ceiling: ceilingOfPair(line, candidate.ready, evidence),
    claim: claimOf(evidence),
    explain: () => explainPair(line, candidate.ready, evidence),
  }
}

function without(drafts: readonly Draft[], line: ReadyLine, rejected: ReadonlySet<string>): Draft[] {
  return drafts.filter(
    ({ score, parts, portalId }) =>
      score > scoreFloor &&
      parts.every(
        ({ ready }) =>
          !rejected.has(rejectedKey({ lineId: line.line.id, portalId, paymentId: ready.payment.id })),
      ),
  )
}

export function rejectedKey({ lineId, portalId, paymentId }: RejectedPair): string {
  return `${lineId} ${portalId} ${paymentId}`
}
