// The program itself: where it stands, its settings, its ledger file.

import { z } from 'zod'
import { Ticket } from './files.ts'
import type { Moment } from './values.ts'

export interface AppStatus {
  version: string
  host: 'desktop' | 'loopback' | 'terminal'
  vault: { kind: 'keychain' | 'memory'; detail: string }
  /**
   * `owned`: this process may command; otherwise it only queries (money rule 21), and `owner` tells who commands: null when
   * that process has gone and this one could not take its place.
   */
  ledger: { path: string; owned: boolean; owner: string | null; bytes: number }
  operator: { account: string; computer: string }
  policy: Policy
  demoRunning: boolean
  interruptedJobs: number
  /** A backup was chosen to be restored; it takes the ledger's place at the next start. */
  restartNeeded: boolean
  /** Set when the start's self-test found something wrong. */
  troubles: { part: 'sqlite' | 'keychain' | 'worker'; detail: string }[]
}

/** What an administrator's policy file forces; everything false and null where there is none. */
export interface Policy {
  forceReadOnly: boolean
  forbidDelete: boolean
  forbidUpdateCheck: boolean
  /** Where the newest version is told as `{"version": "1.2.3", "page": "https://…"}`; no check without it. */
  updateFeed: string | null
  proxy: string | null
}

export const Settings = z.strictObject({
  /** Null until somebody chooses: the window then speaks the system's language. */
  language: z.enum(['ru', 'en']).nullable(),
  theme: z.enum(['light', 'dark', 'system']),
  /** Confidence from which a proposal is certain, likely. */
  certainFrom: z.number().min(0.9).max(1),
  likelyFrom: z.number().min(0.3).max(0.99),
  /** Days of proved statements needed before and after a payment date (money rule 16). */
  proofDaysBefore: z.int().min(0).max(60),
  proofDaysAfter: z.int().min(0).max(60),
  oauthReturnPort: z.int().min(1024).max(65535),
  checkForUpdates: z.boolean(),
  /** Minutes between quiet looks at the portals while the program is open; 0 is never. */
  lookEveryMinutes: z.int().min(0).max(240),
  /** Days after which a refresh reads everything again; paid payments take their turns within the same time. */
  wholeRefreshDays: z.int().min(1).max(60),
  /** Kept for the windows: column layouts and the like, at most 64 KB each. */
  layouts: z.record(z.string().max(60), z.string().max(65_536)),
})
export type Settings = z.output<typeof Settings>
export const SettingsChange = Settings.partial().strict()

export const RestoreRequest = z.strictObject({ ticket: Ticket })

/** What an update check found; it only tells, nothing is ever downloaded or installed. */
export type UpdateNews =
  | { state: 'off' }
  | { state: 'unknown' }
  | { state: 'current' }
  | { state: 'newer'; version: string; page: string }

export interface Diagnostics {
  text: string
}

/** Which parts of what a screen shows may have changed; the screen asks again. */
export interface LedgerChanged {
  areas: (
    'portals' | 'payments' | 'statements' | 'matches' | 'operations' | 'journal' | 'settings' | 'accounts'
  )[]
  portalId: string | null
  at: Moment
  /** Nobody asked for it: a quiet look found that the portal had changed. */
  unasked?: true
}
