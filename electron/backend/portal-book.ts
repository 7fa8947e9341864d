// What the rest of the backend sees of the connected portals.

import type { Fault } from '../contract/fault.ts'
import type { SignIn } from '../contract/portal.ts'
import type { Actor } from '../contract/values.ts'
import type { LedgerFace } from './ledger/ledger.ts'
import type { PortalRecord } from './ledger/tables/portals.ts'
import type { PortalClient } from './portal/client.ts'
import type { Ports } from './ports.ts'
import type { SettingsBook } from './settings.ts'

export interface PortalBook {
  /** The client of a connected portal. Throws Refusal `portal.disconnected`, `portal.secretGone`, `vault.failed`, `not.found`. */
  client(portalId: string): Promise<PortalClient>
  /**
   * `demo` names the stand-in portal; a real one is named after its host until the person renames it. `portalId` is the
   * account that is connected again: another portal's answer is `portal.mismatch`, here and for a sign-in.
   */
  connectWebhook(
    url: string,
    options?: { demo?: string; portalId?: string | undefined },
  ): Promise<PortalRecord>
  beginSignIn(input: {
    portal: string
    clientId: string
    clientSecret: string
    oauthHost?: string | undefined
    portalId?: string | undefined
  }): Promise<SignIn>
  /** The same with the application that the vault keeps. Throws Refusal `portal.secretGone`. */
  signInAgain(record: PortalRecord): Promise<SignIn>
  finishSignIn(signInId: string, code: string): Promise<PortalRecord>
  cancelSignIn(signInId: string): Promise<void>
  /** Takes a portal's webhooks to the host that the person confirmed (money rule 17). Throws Refusal `portal.mismatch`. */
  moveTo(record: PortalRecord, host: string): Promise<void>
  /** False where the vault no longer has what opens the portal; a vault that cannot be asked is no proof. */
  hasSecret(record: PortalRecord): Promise<boolean>
  /** Ends the client and removes every secret of the portal from the vault. */
  forget(record: PortalRecord): Promise<void>
  /** Lets a changed address or credential count from the next request on; the portal's pace stays what it was. */
  renew(portalId: string): void
  /** Lets changed limits count from the next request on; what runs goes on. */
  adjust(portalId: string): Promise<void>
  close(): Promise<void>
}

export interface PortalBookOptions {
  ports: Ports
  ledger: LedgerFace
  settings: SettingsBook
  actor: (portalUser?: string | null) => Actor
  /** Told when the browser came back from a sign-in; awaited before its page says how it went. */
  returned: (signInId: string, end: { portalId: string } | { fault: Fault }) => Promise<void>
  /** What the ledger knows of the portal changed outside of any call: its address. */
  changed: (portalId: string) => void
  /** A client was asked for and the vault had nothing to open its portal with. */
  secretGone: (portalId: string) => void
}
