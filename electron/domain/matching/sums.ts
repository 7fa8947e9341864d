// How the money of a line fits a payment: exactly, as a part, beyond it, or short of it for a named reason.

import type { MatchLine, MatchPayment } from './types.ts'

export type ToleranceReason = 'fee' | 'rounding' | 'currency'

/** What a difference may be for one reason; both bounds hold, a missing one does not bind. */
export interface Tolerance {
  /** Hundredths of a percent of the payment: 250 is 2.5 %. */
  basisPoints?: number
  minor?: number
}

/** Reasons for which a line may come short; none is allowed unless it stands here. */
export type Tolerances = Readonly<Partial<Record<ToleranceReason, Tolerance>>>

export type SumFit =
  | { kind: 'exact' | 'partial' | 'over' }
  /** `differenceMinor`: the line minus what is left of the payment. */
  | { kind: 'tolerated'; reason: ToleranceReason; differenceMinor: number }

/** The narrower reason first: a few kopecks are rounding before they are a fee. */
const reasons: readonly ToleranceReason[] = ['rounding', 'fee', 'currency']

export function fitSum(
  line: MatchLine,
  payment: MatchPayment,
  tolerances: Tolerances,
  feeMinor: number,
): SumFit {
  const differenceMinor = Math.abs(line.leftMinor) - payment.leftMinor
  if (differenceMinor === 0) return { kind: 'exact' }
  if (feeMinor > 0 && differenceMinor === -feeMinor && tolerances.fee)
    return { kind: 'tolerated', reason: 'fee', differenceMinor }
  for (const reason of reasons) {
    const tolerance = tolerances[reason]
    if (tolerance && isWithin(differenceMinor, payment.leftMinor, reason, tolerance))
      return { kind: 'tolerated', reason, differenceMinor }
  }
  return { kind: differenceMinor < 0 ? 'partial' : 'over' }
}

/** A fee only ever takes away; rounding and exchange go both ways. */
function isWithin(
  differenceMinor: number,
  wholeMinor: number,
  reason: ToleranceReason,
  { basisPoints, minor }: Tolerance,
): boolean {
  if (reason === 'fee' && differenceMinor > 0) return false
  if (basisPoints === undefined && minor === undefined) return false
  const size = Math.abs(differenceMinor)
  return size <= (minor ?? Infinity) && size * 10_000 <= wholeMinor * (basisPoints ?? Infinity)
}
