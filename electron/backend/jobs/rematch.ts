// Matching anew in the background, after something that proposals rest on has changed.

import { Refusal } from '../../contract/fault.ts'
import type { Ports } from '../ports.ts'

/** Decisions come in quick succession; matching anew waits until they pause. */
const rematchAfterMs = 400

/** At most one at a time, and once more when something changed meanwhile. */
export function createRematch(
  ports: Ports,
  match: (signal: AbortSignal) => Promise<void>,
): { soon(): void; close(): Promise<void> } {
  const stop = new AbortController()
  let running: Promise<void> | null = null
  let again = false
  const run = async (): Promise<void> => {
    do {
      again = false
      await ports.clock.sleep(rematchAfterMs, stop.signal)
      await match(stop.signal)
    } while (again)
  }
  return {
    soon: () => {
      again = true
      running ??= run()
        .catch((error: unknown) => {
          if (!stop.signal.aborted)
            ports.log.error('match.failed', { error: error instanceof Error ? error.stack : String(error) })
        })
        .finally(() => {
          running = null
        })
    },
    close: async () => {
      stop.abort(new Refusal({ code: 'backend.closing' }))
      await running
    },
  }
}
