// The evidence for payments that a person chose, whatever the matcher would have proposed.

import type { Reason } from '../../contract/match.ts'
import { findCandidates } from './candidates.ts'
import type { Candidate, Found, Named } from './candidates.ts'
import { explainDate, explainNumber, explainOther, explainPair, explainPayer } from './explain.ts'
import { explainStates, explainSumOfSeveral } from './groups.ts'
import { readyLine, readyPayments } from './prepare.ts'
import type { ReadyLine, ReadyPayment } from './prepare.ts'
import { indexPayments } from './portal-index.ts'
import type { PortalIndex } from './portal-index.ts'
import { weighPair } from './score.ts'
import type { PairEvidence } from './score.ts'
import type { MatchLine, MatchPayment, PayerAlias } from './types.ts'
import { isAnnounced } from './weigh-numbers.ts'
import { defaultWeights } from './weights.ts'

export interface HandScore {
  /** 0..1 from the evidence alone, without comparing with other payments or lines; the least likely payment's. */
  confidence: number
  /** What speaks for and against; that it was chosen by hand is for the caller to add. */
  reasons: Reason[]
}

/**
 * Explains a choice made by hand: one line and the payments it shall pay. Works for payments that the matcher
 * would never offer (another currency, nothing left). `known` are payments whose numbers the purpose may mean
 * instead; without them only the chosen ones are known.
 */
export function scoreAgainst(
  line: MatchLine,
  chosen: readonly MatchPayment[],
  known: readonly MatchPayment[] = [],
  aliases: readonly PayerAlias[] = [],
): HandScore {
  const ready = readyLine(line)
  const all = readyPayments([...chosen, ...known])
  const indexes = indexPayments(all, { weights: defaultWeights, tolerances: {}, aliases, masks: new Map() })
  const picked = all.filter(({ payment }) =>
    chosen.some((one) => one.id === payment.id && one.portalId === payment.portalId),
  )
  const pairs = picked.flatMap((payment) => {
    const index = indexes.find(({ portalId }) => portalId === payment.payment.portalId)
    return index ? [weighChosen(ready, payment, index)] : []
  })
  const confidence =
    pairs.length === 0 ? 0 : Math.min(...pairs.map(({ evidence }) => oddsToShare(evidence.logOdds)))
  return { confidence: Math.round(confidence * 10_000) / 10_000, reasons: explainChosen(ready, pairs) }
}

interface ChosenPair {
  candidate: Candidate
  evidence: PairEvidence
}

function weighChosen(line: ReadyLine, ready: ReadyPayment, index: PortalIndex): ChosenPair {
  const found: Found = findCandidates(line, index)
  const named: Named[] = []
  for (const [number, entries] of found.bearers) {
    for (const entry of entries)
      if (entry.ready === ready) named.push({ number, of: entry.of, loose: entry.loose })
  }
  const candidate = { ready, named }
  return { candidate, evidence: weighPair(line, candidate, found) }
}

function oddsToShare(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds))
}

function explainChosen(line: ReadyLine, pairs: readonly ChosenPair[]): Reason[] {
  const [first] = pairs
  if (!first) return []
  if (pairs.length === 1) return explainPair(line, first.candidate.ready, first.evidence)
  const borne = new Set(pairs.flatMap(({ candidate }) => candidate.named.map(({ number }) => number)))
  const { ofOthers, elsewhere } = first.evidence.number
  const others = [...ofOthers, ...elsewhere].filter((number) => !borne.has(number) && isAnnounced(number))
  const doubted = pairs.find(({ evidence }) => evidence.payer.verdict === 'contradicts') ?? first
  const payments = pairs.map(({ candidate }) => candidate.ready)
  return [
    ...pairs.flatMap(({ candidate, evidence }) =>
      evidence.number.best ? [explainNumber(evidence.number.best, candidate.ready)] : [],
    ),
    ...others.map(explainOther),
    explainSumOfSeveral(line, payments),
    ...explainPayer(line, doubted.candidate.ready, doubted.evidence.payer),
    ...explainDate(first.evidence.date),
    ...explainStates(line, payments),
  ]
}
