// The portal's leaky bucket of requests as seen from here, and how it is felt that others drink from it too.

import type { Clock } from '../ports.ts'

/** Size of the portal's bucket in requests and what drains from it per second: 50 and 2 on ordinary plans, 250 and 5 on the largest. */
export interface PaceSettings {
  bucketSize: number
  drainPerSecond: number
  /** The figures are only the documented beginning: reads may find out whether the portal takes more. */
  learns?: boolean
  /** The figures were found out so, and are given up when the portal refuses again and again. */
  learnt?: boolean
}

const firstBackoffMs = 1_000
const longestBackoffMs = 30_000

export interface Bucket {
  /** Milliseconds until a request fits that may go `beyond` what is known of the bucket. */
  waitMs(beyond?: number): number
  free(): number
  take(): void
  praise(): void
  /** A refusal for rate of a request sent at `sentAt`: several of one burst count once, and only the first answers true. */
  blame(sentAt: number, retryAfterMs: number | null): boolean
  backingOff(): boolean
  expectMs(requests: number): number
}

/**
 * The portal's bucket as seen from here. A request counts there when it arrives, so requests that overtake each other
 * on the way may make the portal's level a little higher than ours: `margin` keeps room for one and a quarter
 * seconds of that. The rate itself is kept in full, so in the long run nothing of the limit is lost.
 */
export function createBucket(clock: Clock, settings: () => PaceSettings): Bucket {
  let level = 0
  let measuredAt = clock.now()
  let blockedUntil = 0
  let backoffMs = firstBackoffMs
  let backoffSince = -1
  let ease = 1

  const rate = (): number => settings().drainPerSecond * ease
  const capacity = (): number => {
    const { bucketSize, drainPerSecond } = settings()
    return Math.max(1, bucketSize - Math.min(bucketSize / 4, drainPerSecond * 1.25))
  }
  const drain = (): void => {
    const now = clock.now()
    level = Math.max(0, level - (Math.max(0, now - measuredAt) / 1000) * rate())
    measuredAt = now
  }
  const waitMs = (beyond = 0): number => {
    drain()
    const over = level + 1 - capacity() - beyond
    // A thousandth of a request is below the arithmetic's own noise; waiting for it would wake twice.
    const byLevel = over > 0.001 ? (over / rate()) * 1000 : 0
    return Math.max(byLevel, blockedUntil - clock.now(), 0)
  }
  return {
    waitMs,
    free: () => {
      drain()
      return blockedUntil > clock.now() ? 0 : capacity() - level
    },
    take() {
      drain()
      level += 1
    },
    praise() {
      ease = Math.min(1, ease * 1.03)
      if (clock.now() > blockedUntil + backoffMs) backoffMs = firstBackoffMs
    },
    blame(sentAt, retryAfterMs) {
      drain()
      level = Math.max(level, capacity())
      if (sentAt <= backoffSince) return false
      const now = clock.now()
      blockedUntil = now + Math.max(backoffMs, retryAfterMs ?? 0)
      backoffSince = now
      backoffMs = Math.min(backoffMs * 2, longestBackoffMs)
      ease = Math.max(0.25, ease * 0.7)
      return true
    },
    backingOff: () => blockedUntil > clock.now(),
    expectMs(requests) {
      drain()
      const over = level + requests - capacity()
      return Math.max(0, blockedUntil - clock.now()) + (over > 0 ? Math.ceil((over / rate()) * 1000) : 0)
    },
  }
}
