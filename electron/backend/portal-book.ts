// What the rest of the backend sees of the connected portals.

import type { SignIn } from '../contract/portal.ts'
import type { Actor } from '../contract/values.ts'
import type { LedgerFace } from './ledger/ledger.ts'
import type { PortalRecord } from './ledger/tables/portals.ts'
import type { PortalClient } from './portal/client.ts'
import type { Ports } from './ports.ts'
import type { SettingsBook } from './settings.ts'

export interface PortalBook {
  /** The client of a connected portal. Throws Refusal `portal.disconnected`, `vault.absent`, `not.found`. */
  client(portalId: string): Promise<PortalClient>
  /** `demo` names the stand-in portal; a real one is named after its host until the person renames it. */
  connectWebhook(url: string, options?: { demo: string }): Promise<PortalRecord>
  beginSignIn(input: {
    portal: string
    clientId: string
    clientSecret: string
    oauthHost?: string | undefined
  }): Promise<SignIn>
  finishSignIn(signInId: string, code: string): Promise<PortalRecord>
  cancelSignIn(signInId: string): Promise<void>
  /** Takes a portal's credentials to the host that the person confirmed (money rule 17). */
  moveTo(record: PortalRecord, host: string): Promise<void>
  /** Ends the client and removes every secret of the portal from the vault. */
  forget(record: PortalRecord): Promise<void>
  /** Lets a changed address or setting count from the next request on. */
  renew(portalId: string): void
  close(): Promise<void>
}

export interface PortalBookOptions {
  ports: Ports
  ledger: LedgerFace
  settings: SettingsBook
  actor: (portalUser?: string | null) => Actor
  /** Awaited before the browser's page says that all went well. */
  onSignedIn: (signInId: string, portalId: string) => Promise<void>
}
