// The time each method may use within ten minutes (`operating` in an answer's `time`), learnt from answers alone: the
// portal sets the threshold and tells it only by refusing.

import type { Clock } from '../ports.ts'
import type { PortalTime } from './outcome.ts'

export interface TimeBudgets {
  note(method: string, time: PortalTime): void
  exhaust(method: string, retryAfterMs: number | null): void
  /** Milliseconds of the Clock until the method may be called again; 0 when it may. */
  waitMs(method: string): number
}

interface Budget {
  /** Seconds used in the window, as last told. */
  used: number
  /** Seconds used when the portal last refused; at and beyond it a call would be refused again. */
  limit: number | null
  /** When part of the budget comes back, in milliseconds of the Clock. */
  resetAt: number
  heldUntil: number
}

/** How long to wait when no answer ever told when the budget comes back: one basket of the window. */
const basketMs = 60_000

export function createTimeBudgets(clock: Clock): TimeBudgets {
  const budgets = new Map<string, Budget>()
  const of = (method: string): Budget => {
    const budget = budgets.get(method) ?? { used: 0, limit: null, resetAt: 0, heldUntil: 0 }
    budgets.set(method, budget)
    return budget
  }
  return {
    note(method, time) {
      if (time.operating === null) return
      const budget = of(method)
      budget.used = time.operating
      const finish = time.dateFinish === null ? Number.NaN : Date.parse(time.dateFinish)
      // The difference of two of the portal's own moments, so that a wrong clock of this computer does not matter.
      if (time.operatingResetAt !== null && !Number.isNaN(finish)) {
        budget.resetAt =
          clock.now() + Math.min(Math.max(time.operatingResetAt * 1000 - finish, 0), 10 * basketMs)
      }
      if (budget.limit !== null && budget.used >= budget.limit) {
        budget.heldUntil = Math.max(budget.heldUntil, budget.resetAt)
      }
    },
    exhaust(method, retryAfterMs) {
      const budget = of(method)
      if (budget.used > 0) budget.limit = budget.used
      const now = clock.now()
      const known = budget.resetAt > now ? budget.resetAt : now + (retryAfterMs ?? basketMs)
      budget.heldUntil = Math.max(budget.heldUntil, known)
    },
    waitMs(method) {
      return Math.max(0, (budgets.get(method)?.heldUntil ?? 0) - clock.now())
    },
  }
}
