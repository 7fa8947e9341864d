import type { Clock } from '../backend/ports.ts'

/**
 * The computer's clock. `scale` shortens waits only: 0.01 makes ten seconds take a tenth of one; moments stay real.
 */
export function systemClock(scale = 1): Clock {
  return {
    now: () => Date.now(),
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(reasonOf(signal))
        const wake = () => {
          signal?.removeEventListener('abort', stop)
          resolve()
        }
        const timer = setTimeout(wake, ms * scale)
        const stop = () => {
          clearTimeout(timer)
          reject(reasonOf(signal))
        }
        signal?.addEventListener('abort', stop, { once: true })
      })
    },
  }
}

function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason
  return reason instanceof Error ? reason : new Error('aborted', { cause: reason })
}
