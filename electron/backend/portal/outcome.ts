// How one request to a portal can end. The whole safety of writing rests on these four classes.

import type { Fault } from '../../contract/fault.ts'

/** What is known of the attempt itself, whatever its end; kept in the journal. */
export interface Attempt {
  method: string
  /** Moments of the Clock in milliseconds. */
  sentAt: number
  endedAt: number
  /** HTTP status, null when no answer came. */
  status: number | null
  /** Whether a connection stood, and whether bytes of the request left this computer. */
  connected: boolean
  bytesLeft: boolean
  /** The portal's own code as text, '' where it gave an empty one, null where it gave none. */
  portalCode: string | null
  /** The portal's description, secrets cut, at most 500 characters; for the journal and the log only. */
  portalText: string | null
  time: PortalTime | null
}

/** The `time` object of an answer; seconds, unix seconds where named so. */
export interface PortalTime {
  duration: number
  processing: number
  operating: number | null
  operatingResetAt: number | null
  dateFinish: string | null
}

export type Outcome =
  /** The portal carried the call out and said so. `result` is unparsed. */
  | { class: 'executed'; result: unknown; total: number | null; next: number | null; attempt: Attempt }
  /** The portal answered no; nothing was changed. */
  | { class: 'refused'; fault: Fault; attempt: Attempt }
  /** The call certainly did not run; it may be sent again after `retryAfterMs` (null: only after the person acted). */
  | { class: 'notExecuted'; fault: Fault; retryAfterMs: number | null; attempt: Attempt }
  /** Nobody knows: it may have run, may be running, may never run. Settled by reading, never by sending again. */
  | { class: 'unknown'; fault: Fault; attempt: Attempt }
