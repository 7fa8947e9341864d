// From the portal into the ledger: what a refresh or a quiet look reads is stored chunk by chunk.

import type { PortalCheck } from '../../contract/portal.ts'
import type { CommandContext } from '../handlers/context.ts'
import type { Seeing } from '../ledger/tables/store-payments.ts'
import type { PortalClient } from '../portal/client.ts'
import { chunksOf } from '../portal/gather/ahead.ts'
import { gatherPayments } from '../portal/gather/gather.ts'
import type { GatheredChunk, KnownState } from '../portal/gather/gather.ts'
import { toLedger } from './to-ledger.ts'

export interface Reading {
  client: PortalClient
  check: PortalCheck
  portalId: string
  /** By which the ledger knows what this reading met. */
  seenIn: string
  askedAt: string
  news: boolean
  signal: AbortSignal
}

export interface ReadTally {
  read: number
  added: number
  changed: number
  gone: number
  /** Payments that could not be understood or fetched, and objects that showed none. */
  unread: number
  /** Ids of all that were added, changed or found gone. */
  ids: number[]
  own: Map<number, string>
}

export const newTally = (): ReadTally => ({
  read: 0,
  added: 0,
  changed: 0,
  gone: 0,
  unread: 0,
  ids: [],
  own: new Map(),
})

/** So few that neither their making nor their way to the ledger's thread holds this one up. */
const paymentsAWrite = 500

/** Reads everything, or only what may have changed `since`, and adds to the tally. */
export async function storeRead(
  context: CommandContext,
  reading: Reading,
  tally: ReadTally,
  options: { since?: KnownState; onProgress?: (done: number, total: number) => void },
): Promise<void> {
  const { client, check, signal } = reading
  for await (const chunk of gatherPayments(client, check, { ...options, signal }))
    await storeChunk(context, reading, tally, chunk)
}

async function storeChunk(
  context: CommandContext,
  reading: Reading,
  tally: ReadTally,
  chunk: GatheredChunk,
): Promise<void> {
  const { portalId, seenIn, askedAt, news } = reading
  const zone = reading.check.timeZone || 'UTC'
  const seeing = (): Seeing => ({ portalId, seenIn, askedAt, news, at: context.now() })
  for (const part of chunksOf(chunk.payments, paymentsAWrite)) {
    const payments = part.map((payment) => toLedger(payment, zone))
    for (const { ownCompany } of payments) if (ownCompany) tally.own.set(ownCompany.id, ownCompany.name)
    const stored = await context.ledger.write('storePayments', { ...seeing(), payments, ownCompanies: [] })
    tally.added += stored.added
    tally.changed += stored.changed
    tally.ids.push(...stored.ids)
  }
  if (chunk.same.length > 0)
    await context.ledger.write('noteSame', { portalId, ids: chunk.same, at: askedAt, seenIn })
  if (chunk.gone.length > 0) {
    const gone = await context.ledger.write('markGone', { ...seeing(), ids: chunk.gone })
    tally.gone += gone.length
    tally.ids.push(...gone)
  }
  tally.read += chunk.payments.length + chunk.same.length
  tally.unread += chunk.unreadable.length + chunk.withheld
}
