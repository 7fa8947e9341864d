// Who may command: the owner of the profile from its start; another process once the owner has gone.

import type { Fault } from '../contract/fault.ts'
import { Refusal } from '../contract/fault.ts'
import type { Ownership } from './ledger/owner.ts'
import type { Clock, Log } from './ports.ts'

export interface Succession {
  commands(): boolean
  /** Who commands instead, as far as known; null when nobody does. */
  holder(): string | null
  /** The fault that every command gets, or null: looks first whether the owner has gone, and takes its place. */
  refused(): Promise<Fault | null>
  /** Looks from time to time, so that a window that nobody works in notices as well. */
  watch(): void
  close(): Promise<void>
}

const lookEveryMs = 5000

export function createSuccession(options: {
  ownership: Ownership
  /** Whether this process took the profile at its start. */
  owned: boolean
  clock: Clock
  log: Log
  /** A restored backup takes its place only at a start, when nothing is open. */
  restoreWaits: () => boolean
  /** Opens the ledger for writing and everything that rests on it. */
  takeOver: () => Promise<void>
  /** Undoes it when something of it failed. */
  stepBack: () => Promise<void>
  changed: () => void
}): Succession {
  const { ownership, clock, log } = options
  const ending = new AbortController()
  let commands = options.owned
  let fault: Fault = { code: 'ledger.busy', owner: ownership.holder() }
  let trying: Promise<Fault | null> | null = null
  let watching: Promise<void> = Promise.resolve()

  const attempt = async (): Promise<Fault | null> => {
    try {
      if (ending.signal.aborted) return { code: 'backend.closing' }
      if (!ownership.take()) return { code: 'ledger.busy', owner: ownership.holder() }
      if (options.restoreWaits()) throw new Refusal({ code: 'ledger.restart' })
      await options.takeOver()
      log.info('ledger.takenOver', {})
      return null
    } catch (error) {
      await options.stepBack()
      ownership.release()
      if (error instanceof Refusal) return error.fault
      log.error('ledger.notTakenOver', { error: error instanceof Error ? error.stack : String(error) })
      return { code: 'ledger.restart' }
    }
  }
  const tryOnce = async (): Promise<Fault | null> => {
    const found = await attempt()
    commands = found === null
    if (found) fault = found
    else options.changed()
    return found
  }
  const refused = (): Promise<Fault | null> => {
    if (commands) return Promise.resolve(null)
    trying ??= tryOnce().finally(() => (trying = null))
    return trying
  }
  const lookAround = async (): Promise<void> => {
    while (!commands && !ending.signal.aborted) {
      await clock.sleep(lookEveryMs, ending.signal).catch(() => undefined)
      if (!ending.signal.aborted) await refused()
    }
  }

  return {
    commands: () => commands,
    holder: () => (commands || fault.code !== 'ledger.busy' ? null : fault.owner),
    refused,
    watch: () => {
      watching = lookAround()
    },
    close: async () => {
      ending.abort(new Refusal({ code: 'backend.closing' }))
      await watching
      await trying
    },
  }
}
