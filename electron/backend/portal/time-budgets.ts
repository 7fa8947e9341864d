// The time each method may use within ten minutes (`operating` in an answer's `time`). The portal adds up what a method
// took in baskets of one minute and refuses once ten of them hold its threshold; here the same sum is kept, so that a
// request leaves only when it fits. Documentation: "Limits" of the REST reference.

import type { Clock } from '../ports.ts'
import type { PortalTime } from './outcome.ts'

export interface TimeBudgets {
  /** What an answer told of the method's time; for a batch once per command. */
  note(method: string, time: PortalTime): void
  /** The portal refused a call because the budget is used up. */
  exhaust(method: string, retryAfterMs: number | null): void
  /** Milliseconds of the Clock until so many calls in a row may be made; 0 when they may now. */
  waitMs(method: string, calls?: number): number
  /** How many calls in a row fit at present; null while the portal tells nothing of the method's time. */
  room(method: string): number | null
  /** Calls that leave now: until they are back, what they are expected to take counts as used. */
  take(method: string, calls: number): void
  /** They are back. Of lost ones nobody knows what they took, so the expected time is charged. */
  back(method: string, calls: number, lost: boolean): void
}

/** What the documentation names for the cloud; a portal that refuses earlier teaches its own threshold. */
export const usualLimitSeconds = 480
/** A refusal below this only says that another program uses the same credential. */
const lowestLimitSeconds = 60
const basketMs = 60_000
const windowMs = 10 * basketMs
/** A call may take longer than the ones before it. */
const caution = 1.05
const weightOfNewest = 0.2

/** Seconds that leave the window together; moments are those of the portal's own clock. */
interface Basket {
  leavesAt: number
  seconds: number
}

interface Budget {
  baskets: Basket[]
  /** Seconds at which the portal last refused; null: as documented. */
  limit: number | null
  /** Seconds one call takes, as the latest ones did; null before the first. */
  perCall: number | null
  inAir: number
  /** Seconds used, as last told. */
  used: number
  /** Whether the portal tells the time used at all; own servers may have the limit switched off. */
  told: boolean
  resetAt: number
  /** The portal's moment of the latest answer that was learnt from. */
  toldAt: number
  /** By this computer's Clock. */
  heldUntil: number
}

export function createTimeBudgets(clock: Clock): TimeBudgets {
  const budgets = new Map<string, Budget>()
  const portalClock = createPortalClock(clock)
  const of = (method: string): Budget => {
    const budget = budgets.get(method) ?? {
      baskets: [],
      limit: null,
      perCall: null,
      inAir: 0,
      used: 0,
      told: false,
      resetAt: 0,
      toldAt: 0,
      heldUntil: 0,
    }
    budgets.set(method, budget)
    return budget
  }
  return {
    note(method, time) {
      if (time.operating === null) return
      const budget = of(method)
      const finish = portalClock.see(time.dateFinish)
      const { processing } = time
      budget.told = true
      budget.used = time.operating
      // It ran, so the threshold lies higher than thought.
      if (budget.limit !== null && budget.used > budget.limit) budget.limit = budget.used
      budget.perCall =
        budget.perCall === null ? processing : budget.perCall + (processing - budget.perCall) * weightOfNewest
      if (time.operatingResetAt !== null) budget.resetAt = time.operatingResetAt * 1000
      reconcile(budget, { told: time.operating, own: processing, finish })
      budget.toldAt = Math.max(budget.toldAt, finish)
    },
    exhaust(method, retryAfterMs) {
      const budget = of(method)
      if (budget.used >= lowestLimitSeconds) budget.limit = budget.used
      const now = clock.now()
      const reset = now + Math.min(budget.resetAt - portalClock.now(), windowMs)
      budget.heldUntil = Math.max(budget.heldUntil, reset > now ? reset : now + (retryAfterMs ?? basketMs))
    },
    waitMs(method, calls = 1) {
      const budget = budgets.get(method)
      if (budget === undefined) return 0
      const held = Math.max(0, budget.heldUntil - clock.now())
      return Math.max(held, untilFits(budget, calls, portalClock.now()))
    },
    room(method) {
      const budget = budgets.get(method)
      if (budget?.told !== true || budget.perCall === null) return null
      const left = limitOf(budget) - usedAt(budget, portalClock.now()) - expected(budget, budget.inAir)
      if (left <= 0 || budget.heldUntil > clock.now()) return 0
      return budget.perCall > 0 ? Math.ceil(left / expected(budget, 1)) : null
    },
    take(method, calls) {
      of(method).inAir += calls
    },
    back(method, calls, lost) {
      const budget = of(method)
      budget.inAir = Math.max(0, budget.inAir - calls)
      if (!lost || !budget.told) return
      const seconds = expected(budget, calls)
      budget.baskets.push({ leavesAt: ownLeave(portalClock.now()), seconds })
    },
  }
}

/** Less than the noise of adding up baskets below the threshold, so that a sum that stands at it does not seem to fit. */
const limitOf = ({ limit }: Budget): number => (limit ?? usualLimitSeconds) - 0.001
const expected = ({ perCall }: Budget, calls: number): number => (perCall ?? 0) * calls * caution
const usedAt = ({ baskets }: Budget, moment: number): number =>
  baskets.reduce((sum, { leavesAt, seconds }) => (leavesAt > moment ? sum + seconds : sum), 0)

/** When the basket of a moment's minute leaves the window: as the minute ten minutes later begins. */
const ownLeave = (moment: number): number => Math.floor(moment / basketMs) * basketMs + windowMs

/**
 * Brings the baskets to the sum that the portal told. What the answer itself took belongs to its own minute. Seconds
 * that were used before this program looked, or by another one, are spread over the minutes from the oldest basket
 * on; what the portal has forgotten is taken from the oldest.
 */
function reconcile(
  budget: Budget,
  { told, own, finish }: { told: number; own: number; finish: number },
): void {
  const first = Math.min(Math.max(budget.resetAt, finish), finish + windowMs)
  const last = Math.max(ownLeave(finish), first)
  budget.baskets = budget.baskets
    .filter(({ leavesAt }) => leavesAt > finish)
    .map((basket) => ({ ...basket, leavesAt: Math.max(basket.leavesAt, first) }))
  const difference = told - budget.baskets.reduce((sum, { seconds }) => sum + seconds, 0)
  if (difference < 0) {
    // Requests run side by side: an answer that is overtaken by another tells less than was used since.
    if (finish > budget.toldAt) forget(budget.baskets, -difference)
  } else {
    const mine = Math.min(difference, own)
    put(budget.baskets, last, mine)
    const minutes = Math.floor((last - first) / basketMs) + 1
    const share = (difference - mine) / minutes
    if (share > 0.001)
      for (let minute = 0; minute < minutes; minute += 1)
        put(budget.baskets, first + minute * basketMs, share)
  }
  budget.baskets = budget.baskets
    .filter(({ seconds }) => seconds > 0)
    .toSorted((a, b) => a.leavesAt - b.leavesAt)
}

function put(baskets: Basket[], leavesAt: number, seconds: number): void {
  const known = baskets.find((basket) => basket.leavesAt === leavesAt)
  if (known) known.seconds += seconds
  else baskets.push({ leavesAt, seconds })
}

function forget(baskets: readonly Basket[], seconds: number): void {
  let left = seconds
  for (const basket of baskets.toSorted((a, b) => a.leavesAt - b.leavesAt)) {
    const taken = Math.min(basket.seconds, left)
    basket.seconds -= taken
    left -= taken
  }
}

/**
 * The portal looks at the sum before each call, so the last one must find it below the threshold. A request whose calls
 * could never all fit waits until nothing more can leave.
 */
function untilFits(budget: Budget, calls: number, now: number): number {
  if (!budget.told) return 0
  const before = expected(budget, budget.inAir + calls - 1)
  if (usedAt(budget, now) + before < limitOf(budget)) return 0
  const leaving = budget.baskets.map(({ leavesAt }) => leavesAt).filter((moment) => moment > now)
  const first = leaving.find((moment) => usedAt(budget, moment) + before < limitOf(budget))
  return (first ?? leaving.at(-1) ?? now) - now
}

/** After this time what was learnt of the portal's clock is learnt anew. */
const clockLastsMs = windowMs

/**
 * The portal's clock as its answers tell it, so that a wrong clock of this computer does not matter. An answer is
 * older than its arrival and its moment is cut to the second, so the latest moment told is nearest to the truth, and
 * never beyond it.
 */
function createPortalClock(clock: Clock): { now(): number; see(dateFinish: string | null): number } {
  let ahead = 0
  let seenAt: number | null = null
  const now = (): number => clock.now() + ahead
  return {
    now,
    see(dateFinish) {
      const finish = dateFinish === null ? Number.NaN : Date.parse(dateFinish)
      if (Number.isNaN(finish)) return now()
      const told = finish - clock.now()
      if (seenAt === null || told > ahead || clock.now() - seenAt > clockLastsMs) {
        ahead = told
        seenAt = clock.now()
      }
      return finish
    },
  }
}
