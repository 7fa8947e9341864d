// Finding out which of the documented buckets a portal has, by its reads alone. Only two are documented, so one refusal
// beyond the smaller, or enough answers beyond it, settles the question for good: no portal is asked twice.

import type { PaceSettings } from './bucket.ts'

export const ordinaryPlan = { bucketSize: 50, drainPerSecond: 2 } as const
export const largestPlan = { bucketSize: 250, drainPerSecond: 5 } as const

/** Answered beyond the ordinary bucket's size, so that neither its rounding nor its draining explains them. */
const proof = 25
const triedAtOnce = 4
/** A learnt bucket that is refused so many times in ten minutes is not this portal's. */
const tooManyRefusals = 3
const forgottenAfterMs = 600_000

export interface Learning {
  /** Requests beyond the known bucket that the portal has shown to take; 0 when nothing is being learnt. */
  proven(): number
  /** Whether one more read may be tried beyond that. */
  mayTry(): boolean
  tried(): void
  /** A tried read came back: the portal took it, refused it for its rate, or told nothing. */
  triedBack(end: 'taken' | 'refused' | 'nothing'): void
  /** Any other request was refused for its rate; one burst counts once. */
  refused(at: number): void
}

export function createLearning(
  settings: () => PaceSettings,
  learnt: (bucket: PaceSettings) => void,
): Learning {
  let proven = 0
  let inAir = 0
  let settled = false
  let refusals: number[] = []
  const learns = (): boolean => !settled && settings().learns === true
  const settle = (bucket: PaceSettings): void => {
    settled = true
    proven = 0
    learnt({ ...bucket })
  }
  return {
    proven: () => (learns() ? proven : 0),
    mayTry: () => learns() && inAir < triedAtOnce,
    tried: () => void (inAir += 1),
    triedBack(end) {
      inAir -= 1
      if (!learns() || end === 'nothing') return
      if (end === 'refused') return settle(ordinaryPlan)
      proven += 1
      if (proven >= proof) settle(largestPlan)
    },
    refused(at) {
      // Below the ordinary size a refusal only says that others use the same address.
      if (learns() && proven > 0) return settle(ordinaryPlan)
      if (settings().learnt !== true || settings().bucketSize <= ordinaryPlan.bucketSize) return
      refusals = [...refusals.filter((before) => at - before < forgottenAfterMs), at]
      if (refusals.length < tooManyRefusals) return
      refusals = []
      settle(ordinaryPlan)
    },
  }
}
