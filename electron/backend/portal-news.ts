// What happens to portals, told to the ledger and to the windows: ended sign-ins, lost secrets, renames, ended jobs.

import type { DataOf, TopicName } from '../contract/api.ts'
import type { JobSnapshot } from '../contract/job.ts'
import type { LedgerFace } from './ledger/ledger.ts'
import type { PortalBookOptions } from './portal-book.ts'
import { noteJob, notePortal } from './portal-state.ts'
import type { Log } from './ports.ts'

export interface PortalNews {
  ofBook: Pick<PortalBookOptions, 'returned' | 'changed' | 'secretGone'>
  /** What a job's end says of its portal's state. */
  job(snapshot: JobSnapshot): void
}

export function createPortalNews(options: {
  ledger: LedgerFace
  log: Log
  publish<T extends TopicName>(topic: T, data: DataOf<T>): void
  now(): string
  /** The portal check that follows a sign-in. */
  check(portalId: string): Promise<void>
}): PortalNews {
  const { ledger, log, publish, now } = options
  const unnoted = (error: unknown): void => log.warn('portal.unnoted', { error: String(error) })
  const changed = (portalId: string): void =>
    publish('ledger.changed', { areas: ['portals', 'journal'], portalId, at: now() })
  return {
    ofBook: {
      changed,
      secretGone: (portalId) => {
        notePortal({ ledger, publish, now }, portalId, { code: 'portal.secretGone' }).catch(unnoted)
      },
      returned: async (signInId, end) => {
        if ('fault' in end) return publish('portals.signedIn', { signInId, portalId: null, fault: end.fault })
        const { portalId } = end
        await options
          .check(portalId)
          .catch((error: unknown) => log.warn('portal.unchecked', { portalId, error: String(error) }))
        publish('portals.signedIn', { signInId, portalId, fault: null })
        changed(portalId)
      },
    },
    job: (snapshot) => {
      noteJob({ ledger, publish, now }, snapshot).catch(unnoted)
    },
  }
}
