// One possible explanation of one line while it is being weighed: which payments, how much, how likely, and the
// best zone it may reach whatever its confidence.

import type { Reason, Zone } from '../../contract/match.ts'
import type { ReadyLine, ReadyPayment } from './prepare.ts'
import type { NumberEvidence, PairEvidence, PayerEvidence } from './score.ts'

export type ProposedZone = Exclude<Zone, 'none'>

export interface Part {
  ready: ReadyPayment
  /** Positive, also for refunds; the sign of the line is put on at the end. */
  amountMinor: number
}

export interface Draft {
  portalId: string
  /** Ordered by payment id; a payment occurs once. */
  parts: readonly Part[]
  /** Log-odds before comparing with the line's other drafts and with other lines. */
  score: number
  ceiling: ProposedZone
  explain: () => Reason[]
}

/** The best zone one payment may reach for an incoming line: the conditions of certainty besides confidence. */
export function ceilingOfPair(line: ReadyLine, ready: ReadyPayment, evidence: PairEvidence): ProposedZone {
  const { number, payer, date, sumFit } = evidence
  if (!line.line.booked || payer.verdict === 'contradicts' || ready.payment.isReturn) return 'doubtful'
  if (number.ofOthers.length > 0) return 'doubtful'
  if (sumFit !== 'exact') return number.firm && identifies(payer) ? 'likely' : 'doubtful'
  if (number.best === null) return identifies(payer) ? 'likely' : 'doubtful'
  const plain = isRelied(number, payer) && number.unknown.length === 0 && !date.farOff && !payer.alias
  return plain && mayBeCertain(line, ready) ? 'certain' : 'likely'
}

/** A firm number; one that a line break may have cut needs the payer's tax number or account beside it. */
export function isRelied(number: NumberEvidence, payer: PayerEvidence): boolean {
  return number.firm && (!number.cut || payer.proven)
}

/** The payer is known by more than chance: tax number, account, an earlier decision, or nearly the same name. */
export function identifies(payer: PayerEvidence): boolean {
  return payer.verdict === 'agrees' && (payer.proven || payer.alias || (payer.likeness ?? 0) >= 0.85)
}

/** Money rules 4 and 5, and nothing about the payment that a person ought to see first. */
export function mayBeCertain(line: ReadyLine, { payment }: ReadyPayment): boolean {
  const { bound, provedFile, booked } = line.line
  if (!provedFile || !booked || payment.paySystemIsCash || payment.isReturn) return false
  if (bound === null || bound.ownCompanyId === null) return false
  return bound.portalId === payment.portalId && bound.ownCompanyId === payment.ownCompanyId
}

const zoneOrder: readonly ProposedZone[] = ['doubtful', 'likely', 'certain']

export function lowerZone(a: ProposedZone, b: ProposedZone): ProposedZone {
  return zoneOrder.indexOf(a) <= zoneOrder.indexOf(b) ? a : b
}

/** A total order that does not depend on the order of the input: likelier first, then fewer payments, then older. */
export function compareDrafts(a: Draft, b: Draft): number {
  return b.score - a.score || compareParts(a, b)
}

export function compareParts(a: Draft, b: Draft): number {
  if (a.parts.length !== b.parts.length) return a.parts.length - b.parts.length
  for (const [at, part] of a.parts.entries()) {
    const other = b.parts[at]
    if (other && part.ready.at !== other.ready.at) return part.ready.at - other.ready.at
  }
  return 0
}
