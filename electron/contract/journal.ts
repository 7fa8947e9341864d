// The append-only journal: who did what, when, and what the portal answered.

import { z } from 'zod'
import { BankDay, JobId, PaymentId, PortalId, Slice } from './values.ts'
import type { Wire } from './define.ts'
import type { Actor, Moment } from './values.ts'

export const journalKinds = [
  'ledger.created',
  'ledger.restored',
  'portal.connected',
  'portal.moved',
  'portal.disconnected',
  'portal.erased',
  'portal.writingOn',
  'portal.writingOff',
  'portal.checked',
  'portal.eventsBound',
  'portal.eventsUnbound',
  'account.bound',
  'file.imported',
  'file.cleared',
  'file.forgotten',
  'lines.judged',
  'decision.made',
  'decision.undone',
  'plan.made',
  'plan.confirmed',
  'write.intended',
  'write.answered',
  'write.settled',
  'write.readBack',
  'job.started',
  'job.ended',
  'settings.changed',
  'report.made',
] as const
export type JournalKind = (typeof journalKinds)[number]

export interface JournalRow {
  seq: number
  at: Moment
  kind: JournalKind
  actor: Actor
  portalId: string | null
  jobId: string | null
  paymentId: number | null
  /** What the kind needs: before, intended, after, the portal's answer (secrets cut). */
  body: Wire
  /** SHA-256 over this row and the hash of the one before, hexadecimal. */
  hash: string
}

export const JournalFilter = z.strictObject({
  kind: z.array(z.enum(journalKinds)).optional(),
  portalId: PortalId.optional(),
  jobId: JobId.optional(),
  paymentId: PaymentId.optional(),
  from: BankDay.optional(),
  to: BankDay.optional(),
  text: z.string().max(200).optional(),
})
export const JournalPageRequest = Slice.extend({ filter: JournalFilter.default({}) }).prefault({})

export const VerifyRequest = z
  .strictObject({
    /** A printed pair to be held against the chain. */
    seq: z.int().positive().optional(),
    hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  })
  .prefault({})

export interface Verified {
  rows: number
  lastSeq: number
  lastHash: string
  /** The first row whose hash does not follow, null when the chain is whole. */
  brokenAt: number | null
  /** Whether the given pair stands in the chain; null when none was given. */
  pair: boolean | null
}
