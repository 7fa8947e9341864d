/** The two limits of a portal: requests through a leaky bucket, and time spent per method in ten minutes. */
import type { BucketOptions } from '../options.ts'

/** One bucket per source address. A refused request does not fill it further. */
export class LeakyBuckets {
  private readonly levels = new Map<string, { level: number; atMs: number }>()
  private readonly options: BucketOptions | 'off'

  constructor(options: BucketOptions | 'off') {
    this.options = options
  }

  /** True when the request fits. */
  admit(source: string, nowMs: number): boolean {
    if (this.options === 'off') return true
    const level = this.levelOf(source, nowMs)
    const fits = level + 1 <= this.options.size
    this.levels.set(source, { level: fits ? level + 1 : level, atMs: nowMs })
    return fits
  }

  levelOf(source: string, nowMs: number): number {
    const known = this.levels.get(source)
    if (!known || this.options === 'off') return 0
    return Math.max(0, known.level - ((nowMs - known.atMs) / 1000) * this.options.drain)
  }

  empty(): void {
    this.levels.clear()
  }
}

const MINUTE_MS = 60_000
const BASKETS = 10

export interface OperatingState {
  /** Seconds spent in the window. */
  operating: number
  /** Unix second at which the oldest basket leaves the window. */
  resetAt: number
}

/** Sum of method time in ten one-minute baskets, per credential and method. */
export class OperatingBudget {
  private readonly baskets = new Map<string, Map<number, number>>()
  readonly limitSeconds: number

  constructor(limitSeconds: number) {
    this.limitSeconds = limitSeconds
  }

  private windowOf(key: string, nowMs: number): Map<number, number> {
    const minutes = this.baskets.get(key) ?? new Map<number, number>()
    const oldest = Math.floor(nowMs / MINUTE_MS) - BASKETS
    for (const minute of minutes.keys()) if (minute <= oldest) minutes.delete(minute)
    this.baskets.set(key, minutes)
    return minutes
  }

  state(key: string, nowMs: number): OperatingState {
    const minutes = this.windowOf(key, nowMs)
    let operating = 0
    for (const seconds of minutes.values()) operating += seconds
    const first = minutes.size > 0 ? Math.min(...minutes.keys()) : Math.floor(nowMs / MINUTE_MS)
    return { operating, resetAt: ((first + BASKETS) * MINUTE_MS) / 1000 }
  }

  /** Checked before a method runs. */
  isSpent(key: string, nowMs: number): boolean {
    return this.state(key, nowMs).operating >= this.limitSeconds
  }

  charge(key: string, nowMs: number, seconds: number): OperatingState {
    const minutes = this.windowOf(key, nowMs)
    const minute = Math.floor(nowMs / MINUTE_MS)
    minutes.set(minute, (minutes.get(minute) ?? 0) + seconds)
    return this.state(key, nowMs)
  }

  clear(): void {
    this.baskets.clear()
  }
}
