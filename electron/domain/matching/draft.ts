// One possible explanation of one line while it is being weighed: which payments, how much, how likely, and the
// best zone it may reach whatever its confidence.

import type { Reason, Zone } from '../../contract/match.ts'
import type { ReadyLine, ReadyPayment } from './prepare.ts'
import type { PairEvidence } from './score.ts'
import type { NumberEvidence } from './weigh-numbers.ts'
import { identifies } from './weigh-payer.ts'
import type { PayerEvidence } from './weigh-payer.ts'

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
  /**
   * How plainly it claims its payments for the line: 0 not by number and sum, 1 by a firm number and the exact
   * sum, 2 by a payer who agrees as well. Two such claims on one payment make neither certain.
   */
  claim: 0 | 1 | 2
  explain: () => Reason[]
}

/** The best zone one payment may reach for an incoming line: the conditions of certainty besides confidence. */
export function ceilingOfPair(line: ReadyLine, ready: ReadyPayment, evidence: PairEvidence): ProposedZone {
  const { number, payer, date, sumFit } = evidence
  if (!line.line.booked || payer.verdict === 'contradicts' || ready.payment.isReturn) return 'doubtful'
  if (number.ofOthers.length > 0 || line.refund || line.reversedBy !== null) return 'doubtful'
  if (number.dated === false && !(payer.proven && number.best?.of === 'payment')) return 'doubtful'
  const isStrange = number.unknown.length + number.elsewhere.length > 0
  if (sumFit.kind !== 'exact') return number.firm && !isStrange && identifies(payer) ? 'likely' : 'doubtful'
  if (number.best === null) return ceilingWithoutNumber(line, evidence)
  const isPlain = !isStrange && number.dated !== false
  const relied = isRelied(number, payer) && payer.sure && !payer.alias && payer.mention === null
  return isPlain && !date.farOff && relied && mayBeCertain(line, ready) ? 'certain' : 'likely'
}

export function claimOf({ number, payer, sumFit }: PairEvidence): Draft['claim'] {
  if (sumFit.kind !== 'exact' || !number.firm || payer.verdict === 'contradicts') return 0
  return identifies(payer) ? 2 : 1
}

/**
 * Payer and sum without a number are likely at best. Where the purpose names a number that is not this
 * payment's, it must be a slip of the pen, or the sum so odd that it cannot agree by chance.
 */
function ceilingWithoutNumber(line: ReadyLine, { number, payer, date }: PairEvidence): ProposedZone {
  if (!identifies(payer) || date.farOff) return 'doubtful'
  const isStrange = number.unknown.length + number.elsewhere.length > 0
  if (!isStrange || number.mistyped !== null) return 'likely'
  return line.line.leftMinor % roundStep === 0 ? 'doubtful' : 'likely'
}

/** Sums of whole hundreds recur; others hardly ever. */
const roundStep = 10_000

/** A firm number, whole, and of this payment alone; one that a line break may have cut needs the payer's tax number or account beside it. */
export function isRelied(number: NumberEvidence, payer: PayerEvidence): boolean {
  return number.firm && !number.mayGoOn && !number.shared && (!number.cut || payer.proven)
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
