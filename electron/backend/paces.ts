// One pace per portal, whatever becomes of its clients: the portal counts requests and time without regard to them.

import type { PortalSettingsRow } from '../contract/portal.ts'
import type { LedgerFace } from './ledger/ledger.ts'
import type { PortalRecord } from './ledger/tables/portals.ts'
import type { ClientSettings } from './portal/create-client.ts'
import { largestPlan, ordinaryPlan } from './portal/learning.ts'
import { createPace } from './portal/pace.ts'
import type { Pace, PaceSettings } from './portal/pace.ts'
import type { Clock, Log } from './ports.ts'

export interface PortalPace {
  pace: Pace
  settings: ClientSettings
}

export interface Paces {
  of(record: PortalRecord): PortalPace
  /** Takes the portal's settings as they stand in the ledger now; what is counted stays counted. */
  adjust(portalId: string): Promise<void>
  close(): void
}

export function createPaces(options: { clock: Clock; log: Log; ledger: LedgerFace }): Paces {
  const { clock, log, ledger } = options
  const known = new Map<string, PortalPace>()

  /** Keeps what was found out of a portal's bucket. */
  const remember = async (portalId: string, bucket: PaceSettings): Promise<void> => {
    const { bucketSize, drainPerSecond } = bucket
    const learnt = { bucketSize, drainPerSecond, at: new Date(clock.now()).toISOString() }
    try {
      await ledger.write('changePortal', { portalId, settings: { learnt } })
      await adjust(portalId)
    } catch (error) {
      log.warn('portal.unlearnt', { portalId, error: String(error) })
    }
  }

  const adjust = async (portalId: string): Promise<void> => {
    const record = await ledger.read('readPortal', { portalId })
    const shared = known.get(portalId)
    if (record && shared) shared.settings = settingsOf(record)
  }

  return {
    of: (record) => {
      const portalId = record.portal.id
      const before = known.get(portalId)
      if (before) return before
      const made: PortalPace = {
        settings: settingsOf(record),
        pace: createPace(
          clock,
          () => made.settings,
          (bucket) => void remember(portalId, bucket),
        ),
      }
      known.set(portalId, made)
      return made
    },
    adjust,
    close: () => {
      for (const { pace } of known.values()) pace.close()
    },
  }
}

/** The figures that count at present. */
function settingsOf({ settings }: PortalRecord): ClientSettings {
  const { limits, learnt, serverLimitSeconds } = settings
  return {
    ...figuresOf(settings),
    learns: limits === 'automatic' && learnt === null,
    learnt: limits === 'automatic' && learnt !== null,
    serverLimitSeconds,
  }
}

function figuresOf({ limits, learnt, bucketSize, drainPerSecond }: PortalSettingsRow): PaceSettings {
  switch (limits) {
    case 'automatic':
      return learnt ?? ordinaryPlan
    case 'ordinary':
      return ordinaryPlan
    case 'largest':
      return largestPlan
    case 'own':
      return { bucketSize, drainPerSecond }
  }
}
