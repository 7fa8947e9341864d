// Looking at the portals now and then while a window is open, by the clock and one portal at a time.

import { Refusal } from '../../contract/fault.ts'
import type { CommandContext } from '../handlers/context.ts'
import { canLook, lookAt } from './look.ts'

export interface Looks {
  /** Begins; for hosts with a window. */
  start(): void
  /** A job of the person's begins on this portal: a look that is under way there ends first. */
  giveWay(portalId: string): Promise<void>
  close(): Promise<void>
}

const minuteMs = 60_000
/** How often it is asked whether a look is due: settings change, portals come and go. */
const tickMs = 30_000

export function createLooks(options: {
  context: (signal: AbortSignal) => CommandContext
  /** Whether anybody has the program open. */
  watched: () => boolean
}): Looks {
  const stop = new AbortController()
  const lookedAt = new Map<string, number>()
  let under: { portalId: string; stop: AbortController; ended: Promise<unknown> } | null = null
  let ended: Promise<void> = Promise.resolve()

  const look = async (portalId: string): Promise<void> => {
    const own = new AbortController()
    const signal = AbortSignal.any([stop.signal, own.signal])
    const context = options.context(signal)
    const record = await context.ledger.read('readPortal', { portalId })
    if (!record || !canLook(context, record.portal)) return
    const going = lookAt(context, record.portal, signal)
    under = { portalId, stop: own, ended: going.catch(() => undefined) }
    try {
      await going
    } catch (error) {
      if (signal.aborted) return
      context.ports.log.error('look.failed', {
        portalId,
        error: error instanceof Error ? error.stack : String(error),
      })
    } finally {
      under = null
    }
  }

  const lookAtAll = async (context: CommandContext): Promise<void> => {
    const everyMs = context.settings.get().lookEveryMinutes * minuteMs
    if (everyMs === 0 || !options.watched()) return
    for (const { portal } of await context.ledger.read('readPortals', null)) {
      const now = context.ports.clock.now()
      const last = Math.max(lookedAt.get(portal.id) ?? 0, portal.lookedAt ? Date.parse(portal.lookedAt) : 0)
      if (stop.signal.aborted || now - last < everyMs) continue
      lookedAt.set(portal.id, now)
      await look(portal.id)
    }
  }

  const keepLooking = async (): Promise<void> => {
    const context = options.context(stop.signal)
    while (!stop.signal.aborted) {
      await context.ports.clock.sleep(tickMs, stop.signal).catch(() => undefined)
      if (stop.signal.aborted) return
      await lookAtAll(context).catch((error: unknown) => {
        if (!stop.signal.aborted) context.ports.log.error('look.failed', { error: String(error) })
      })
    }
  }

  return {
    start: () => {
      ended = keepLooking()
    },
    giveWay: async (portalId) => {
      if (under?.portalId !== portalId) return
      under.stop.abort(new Refusal({ code: 'call.abandoned' }))
      await under.ended
    },
    close: async () => {
      stop.abort(new Refusal({ code: 'backend.closing' }))
      await ended
    },
  }
}
