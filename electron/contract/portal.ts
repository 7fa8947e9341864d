// Portals: connecting, what a portal and its user can do, and whether it may be written to.

import { z } from 'zod'
import type { Fault } from './fault.ts'
import { PortalId } from './values.ts'
import type { Moment, Sum } from './values.ts'

export const ConnectPortal = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('webhook'),
    /** `https://<portal>/rest/<user>/<code>/`; the code is a secret, so the whole address is one. */
    url: z.string().trim().min(1).max(2000),
    /** The account that is connected again; another portal's answer is refused. */
    portalId: PortalId.optional(),
  }),
  z.strictObject({
    kind: z.literal('oauth'),
    /** The portal's address, with or without `https://`. */
    portal: z.string().trim().min(1).max(300),
    clientId: z.string().trim().min(1).max(200),
    clientSecret: z.string().trim().min(1).max(500),
    /** Another OAuth host than the two documented ones, typed by the person (money rule 18). */
    oauthHost: z.string().trim().max(300).optional(),
    portalId: PortalId.optional(),
  }),
  /** Signing in again with the application that the vault keeps. */
  z.strictObject({ kind: z.literal('again'), portalId: PortalId }),
])

export const FinishSignIn = z.strictObject({
  signInId: z.string().max(64),
  /** The code, or the whole return address with `code` and `state` in it. */
  code: z.string().trim().min(1).max(2000),
})

/** A sign-in that waits for the person's browser. `returnAddress` must stand in the local app's settings. */
export interface SignIn {
  signInId: string
  portal: string
  authorizeUrl: string
  returnAddress: string
  /** The fixed port was free and is being listened on; otherwise the code must be pasted. */
  listening: boolean
  expiresAt: Moment
}

export type PortalState =
  | 'ok'
  /** The portal accepts the webhook or the sign-in no longer. */
  | 'signInAgain'
  /** The vault has lost what opens the portal, as one in memory does with every restart. */
  | 'secretGone'
  /** An administrator closed the application to this user. */
  | 'shutOut'
  /** Blocked by hand for overload; only Bitrix24's support lifts it. */
  | 'blocked'
  /** The plan has no REST, or none any more. */
  | 'noRest'
  /** The portal itself is closed or deleted. */
  | 'closed'
  | 'moved'
  | 'disconnected'
  | 'unreachable'

export interface Portal {
  id: PortalId
  name: string
  host: string
  demo: boolean
  state: PortalState
  /** The host that the portal redirects to, while the person has not confirmed it; else null. */
  movedTo: string | null
  /** Kinds of the credentials that lead to it; the first is used. */
  credentials: { kind: 'webhook' | 'oauth'; user: string }[]
  /** False until the person switches writing on (money rule 2). */
  writingAllowed: boolean
  check: PortalCheck | null
  /** The last refresh of either kind, and the last one that read everything. */
  lastRefreshAt: Moment | null
  wholeRefreshAt: Moment | null
  /** The last time anything was read to keep up, quiet looks included. */
  lookedAt: Moment | null
  /** The portal keeps a queue of its events for us, which makes quiet looks almost free. */
  eventQueue: boolean
  /** Whether the ledger holds every payment of the portal or only those of what the user can see. */
  coverage: 'all' | 'visible' | 'none'
  payments: number
  unpaid: number
}

/** `portals.connect` ends at once for a webhook and goes on in the browser for OAuth. */
export type Connected = { state: 'connected'; portal: Portal } | { state: 'signIn'; signIn: SignIn }

export const abilities = [
  'administrator',
  'scope.crm',
  'scope.sale',
  'scope.pay_system',
  'scope.user',
  'list.payments',
  'get.payment',
  'write.details',
  'batch',
  'batch.payments',
  /** Not to be found out by reads: known once a write was refused in a batch. */
  'batch.writes',
  'join.orders',
  'join.objects',
  'join.requisites',
  'paysystems',
  'users',
  'cursor',
  'events',
] as const
export type Ability = (typeof abilities)[number]

export interface PortalCheck {
  at: Moment
  user: { id: string; name: string }
  administrator: boolean
  scopes: string[]
  timeZone: string
  /** 'administrator': every payment by pages; 'objects': deal by deal, invoice by invoice. */
  path: 'administrator' | 'objects' | 'none'
  abilities: { ability: Ability; state: 'yes' | 'no' | 'unknown'; fault: Fault | null }[]
  /** Invoices without a payment document: their "paid" is a stage and out of reach; null when not countable. */
  invoicesWithoutPayment: number | null
  /** Pay systems that may print a fiscal receipt when a payment becomes paid. */
  receipts: string[]
  requests: number
  tookMs: number
  /** How long the portal said that it took over one payment; absent or null where it was not read, or did not say. */
  paymentReadMs?: number | null
}

export const PortalRef = z.strictObject({ portalId: PortalId })
export const AllowWriting = z.strictObject({ portalId: PortalId, allowed: z.boolean() })
export const ErasePortal = z.strictObject({ portalId: PortalId, typedName: z.string().max(300) })
/** Whose figures the pace of requests goes by: found out, the documented ones of ordinary plans (50 and 2) or of the largest (250 and 5), or a person's own. */
export const portalLimits = ['automatic', 'ordinary', 'largest', 'own'] as const
export type PortalLimits = (typeof portalLimits)[number]

export const PortalSettings = z.strictObject({
  portalId: PortalId,
  name: z.string().trim().min(1).max(120).optional(),
  /** 'own' where only figures are given; 'automatic' forgets what was found out. */
  limits: z.enum(portalLimits).optional(),
  bucketSize: z.int().min(1).max(1000).optional(),
  drainPerSecond: z.number().min(0.1).max(100).optional(),
  /** Seconds after which the portal itself ends a request: 60 in the cloud, 300 is assumed on own servers (money rule 12). */
  serverLimitSeconds: z.int().min(10).max(3600).optional(),
})
export interface PortalSettingsRow {
  name: string
  limits: PortalLimits
  /** The person's own figures, whether they count or not. */
  bucketSize: number
  drainPerSecond: number
  /** What was found out of the portal; null before. */
  learnt: { bucketSize: number; drainPerSecond: number; at: Moment } | null
  serverLimitSeconds: number
}

export interface Disconnected {
  /** Where the credential must be revoked by hand: our copy of it is gone. */
  revokeAt: string
}

/** What waits for the person in one portal. */
export interface PortalWaiting {
  portalId: PortalId
  /** Payments whose money has come and which the portal does not show as paid. */
  toPay: { count: number; sums: Sum[] }
  /** Incoming lines of its bank accounts that are not decided. */
  linesLeft: number
  /** Lines that may be the same money as another file's. */
  linesDoubtful: number
  /** Payments to which something was sent whose outcome is not known. */
  unknown: number
  /** Operations that stopped with something left. */
  paused: number
  /** Holes, overlaps and jumps between the statements of its bank accounts. */
  breaks: number
}

export interface OwnCompany {
  portalId: PortalId
  id: number
  name: string
  accounts: string[]
}

export const BindAccount = z.strictObject({
  account: z.string().max(64),
  currency: z.string().regex(/^[A-Z]{3}$/),
  portalId: PortalId.nullable(),
  ownCompanyId: z.int().nonnegative().nullable(),
})

/** The demo portal is named in the language of the window that opens it. */
export const OpenDemo = z.strictObject({ language: z.enum(['ru', 'en']).optional() }).prefault({})

/** What the demo leads to: a connected portal and sample statements ready to import. */
export interface DemoOpened {
  portal: Portal
  statements: { ticket: string; name: string; bytes: number }[]
}
