// Explains statement lines by payments: all lines together, by the same answer whatever the order of the input.

import { assignDrafts } from './assign.ts'
import { findCandidates, indexPayments } from './candidates.ts'
import type { Candidate, Found, PortalIndex } from './candidates.ts'
import { weighConfidence } from './confidence.ts'
import { ceilingOfPair, compareDrafts, compareParts, lowerZone } from './draft.ts'
import type { Draft, ProposedZone } from './draft.ts'
import { explainPair } from './explain.ts'
import { draftGroups } from './groups.ts'
import { completeInstalments } from './instalments.ts'
import type { NameForm } from './normalise.ts'
import { readyLine, readyPayments } from './prepare.ts'
import type { ReadyLine } from './prepare.ts'
import { draftRefunds } from './refunds.ts'
import { weighPair } from './score.ts'
import { draftSets } from './sets.ts'
import type {
  LineMatch,
  MatchInput,
  MatchProposal,
  MatchResult,
  MatchSettings,
  RejectedPair,
} from './types.ts'

const proposalsLimit = 5
/** A draft less likely than this, before comparing, is not worth showing. */
const scoreFloor = -6
const draftsLimit = 12

/**
 * Proposes for every line the payments it may pay: at most five explanations, the first being the one that
 * fits best together with all other lines. Lines whose first proposal is certain or likely never share more of
 * a payment than it has left. Deterministic; the order of lines and payments changes nothing.
 */
export function matchLines(input: MatchInput): MatchResult {
  const indexes = indexPayments(readyPayments(input.payments), input.aliases)
  const rejected = new Set(input.rejected.map(rejectedKey))
  const forms = new Map<string, NameForm>()
  const lines = input.lines.toSorted((a, b) => a.id - b.id).map((line) => readyLine(line, forms))
  const drafts = lines.map((line) => draftLine(line, indexes, rejected))
  const byLine = completeInstalments(lines, drafts).map((own) =>
    own.toSorted(compareDrafts).slice(0, draftsLimit),
  )
  const incoming = byLine.map((own, at) => (isIncoming(lines[at]) ? own : []))
  const outgoing = byLine.map((own, at) => (isIncoming(lines[at]) ? [] : own))
  const taken = assignDrafts(incoming)
  const confidences = [weighConfidence(incoming), weighConfidence(outgoing)] as const
  return {
    lines: lines.map((line, at) =>
      proposalsOf(
        line,
        byLine[at] ?? [],
        confidences[isIncoming(lines[at]) ? 0 : 1][at] ?? [],
        taken[at] ?? -1,
        input.settings,
      ),
    ),
  }
}

function isIncoming(line: ReadyLine | undefined): boolean {
  return line !== undefined && line.line.leftMinor > 0
}

function draftLine(line: ReadyLine, indexes: readonly PortalIndex[], rejected: ReadonlySet<string>): Draft[] {
  const { bound, leftMinor } = line.line
  const reachable = indexes.filter(({ portalId }) => bound === null || bound.portalId === portalId)
  if (leftMinor === 0) return []
  if (leftMinor < 0) return reachable.flatMap((index) => without(draftRefunds(line, index), line, rejected))
  if (line.line.reversal) return []
  return reachable.flatMap((index) => {
    const found = findCandidates(line, index)
    const singles = found.candidates.map((candidate) => draftPair(line, candidate, found))
    const groups = draftGroups(line, found)
    const isExplained = groups.length > 0 || singles.some(({ score }) => score > 0)
    const sets = isExplained ? [] : draftSets(line, found)
    return without([...singles, ...groups, ...sets], line, rejected)
  })
}

function draftPair(line: ReadyLine, candidate: Candidate, found: Found): Draft {
  const evidence = weighPair(line, candidate, found)
  return {
    portalId: found.index.portalId,
    parts: [{ ready: candidate.ready, amountMinor: evidence.amountMinor }],
    score: evidence.logOdds,
    ceiling: ceilingOfPair(line, candidate.ready, evidence),
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

function rejectedKey({ lineId, portalId, paymentId }: RejectedPair): string {
  return `${lineId} ${portalId} ${paymentId}`
}

function proposalsOf(
  line: ReadyLine,
  drafts: readonly Draft[],
  confidences: readonly number[],
  taken: number,
  settings: MatchSettings,
): LineMatch {
  const ranked = drafts
    .map((draft, at) => ({ draft, confidence: confidences[at] ?? 0, isTaken: at === taken }))
    .sort(
      (a, b) =>
        Number(b.isTaken) - Number(a.isTaken) ||
        b.confidence - a.confidence ||
        compareParts(a.draft, b.draft),
    )
    .slice(0, proposalsLimit)
  const rivals = drafts.length - 1
  const proposals = ranked.map(({ draft, confidence, isTaken }, at) => {
    const zone = zoneOf(draft, confidence, isTaken, settings)
    return proposalOf(line, draft, { rank: at + 1, zone, confidence, rivals })
  })
  return { lineId: line.line.id, zone: proposals[0]?.zone ?? 'none', proposals }
}

function zoneOf(draft: Draft, confidence: number, isTaken: boolean, settings: MatchSettings): ProposedZone {
  const reached =
    confidence >= settings.certainFrom ? 'certain' : confidence >= settings.likelyFrom ? 'likely' : 'doubtful'
  return isTaken ? lowerZone(reached, draft.ceiling) : 'doubtful'
}

function proposalOf(
  line: ReadyLine,
  draft: Draft,
  place: { rank: number; zone: ProposedZone; confidence: number; rivals: number },
): MatchProposal {
  const sign = line.line.leftMinor < 0 ? -1 : 1
  const allotments = draft.parts.map(({ ready, amountMinor }) => ({
    paymentId: ready.payment.id,
    amountMinor: sign * amountMinor,
  }))
  const allotted = allotments.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const reasons = draft.explain()
  if (place.rivals === 0) reasons.push({ kind: 'onlyCandidate', agrees: true })
  else if (place.confidence < 0.98)
    reasons.push({ kind: 'otherCandidates', agrees: false, count: place.rivals })
  return {
    rank: place.rank,
    zone: place.zone,
    confidence: Math.round(place.confidence * 10_000) / 10_000,
    portalId: draft.portalId,
    allotments,
    restMinor: line.line.leftMinor - allotted,
    reasons,
  }
}
