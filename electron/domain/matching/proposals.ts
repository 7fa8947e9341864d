// Drafts of one line, weighed against everything, as the proposals that a person sees.

import { compareParts, lowerZone } from './draft.ts'
import type { Draft, ProposedZone } from './draft.ts'
import type { ReadyLine } from './prepare.ts'
import type { LineMatch, MatchProposal, MatchSettings } from './types.ts'

const proposalsLimit = 5

/** `taken`: index of the draft that the line got together with all others, or -1. */
export function proposalsOf(
  line: ReadyLine,
  drafts: readonly Draft[],
  confidences: readonly number[],
  taken: number,
  how: HowZoned,
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
    const zone = zoneOf(draft, confidence, isTaken, how)
    return proposalOf(line, draft, { rank: at + 1, zone, confidence, rivals })
  })
  return { lineId: line.line.id, zone: proposals[0]?.zone ?? 'none', proposals }
}

export interface HowZoned {
  settings: MatchSettings
  /** Payments that several lines plainly claim. */
  crowded: ReadonlySet<number>
}

function zoneOf(
  draft: Draft,
  confidence: number,
  isTaken: boolean,
  { settings, crowded }: HowZoned,
): ProposedZone {
  if (!isTaken) return 'doubtful'
  const reached =
    confidence >= settings.certainFrom ? 'certain' : confidence >= settings.likelyFrom ? 'likely' : 'doubtful'
  const isCrowded = draft.parts.some(({ ready }) => crowded.has(ready.at))
  return lowerZone(isCrowded ? lowerZone(reached, 'likely') : reached, draft.ceiling)
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
