// Two clocks for tests: one that runs only when told, one that runs faster than the wall's.

import { setImmediate as turn } from 'node:timers/promises'
import type { Clock } from '../../../../electron/backend/ports.ts'

interface Timer {
  at: number
  order: number
  fire(): void
}

export interface VirtualClock extends Clock {
  /** Fires timers in order, each after everything the one before set in motion, until `until` or until none is left. */
  run(until?: number): Promise<void>
}

export function createVirtualClock(start = 1_000_000): VirtualClock {
  let now = start
  let order = 0
  const timers = new Set<Timer>()
  return {
    now: () => now,
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted === true) return reject(signal.reason as Error)
        const timer: Timer = { at: now + Math.max(0, ms), order: order++, fire: () => resolve() }
        timers.add(timer)
        signal?.addEventListener('abort', () => {
          if (timers.delete(timer)) reject(signal.reason as Error)
        })
      })
    },
    async run(until = Infinity) {
      for (;;) {
        await turn()
        const next = [...timers].sort((a, b) => a.at - b.at || a.order - b.order)[0]
        if (next === undefined || next.at > until) break
        timers.delete(next)
        now = Math.max(now, next.at)
        next.fire()
      }
      if (until !== Infinity) now = Math.max(now, until)
    },
  }
}

/** A clock `scale` times faster than the wall's. */
export function createFastClock(scale: number): Clock {
  const began = Date.now()
  return {
    now: () => began + (performance.now() - zero) * scale,
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted === true) return reject(signal.reason as Error)
        const stop = (): void => {
          clearTimeout(timer)
          reject(signal?.reason as Error)
        }
        const timer = setTimeout(() => {
          signal?.removeEventListener('abort', stop)
          resolve()
        }, ms / scale)
        signal?.addEventListener('abort', stop, { once: true })
      })
    },
  }
}
const zero = performance.now()
