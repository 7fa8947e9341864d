// How long a portal works on the calls of a plan, so that the shown time is honest.

import { sampleDurations } from '../../domain/payments/grouping.ts'
import type { Durations } from '../../domain/payments/grouping.ts'
import type { LedgerReads } from '../ledger/ledger.ts'
import type { PortalRecord } from '../ledger/tables/portals.ts'

/** What the documentation's sample of reading one payment took as a whole, in milliseconds. */
const sampleReadMs = sampleDurations.start + sampleDurations.read

/**
 * What the portal's own answers showed (the journal keeps their times); what was not yet seen there is taken from the
 * documentation's samples, less where the portal has answered its check faster than the documented one would.
 */
export async function durationsOf(ledger: LedgerReads, { portal }: PortalRecord): Promise<Durations> {
  const seen = await ledger.read('seenDurations', { portalId: portal.id })
  const { check } = portal
  const told = check?.paymentReadMs ?? null
  const readMs = told ?? (check && check.requests > 0 ? check.tookMs / check.requests : sampleReadMs)
  const share = Math.min(1, readMs / sampleReadMs)
  const ofStatus = ['crm.item.payment.pay', 'crm.item.payment.unpay', 'crm.item.payment.delete'].flatMap(
    (method) => seen[method] ?? [],
  )
  return {
    status: ofStatus.length > 0 ? Math.max(...ofStatus) : sampleDurations.status * share,
    fields: seen['sale.payment.update'] ?? sampleDurations.fields * share,
    read: sampleDurations.read * share,
    start: sampleDurations.start * share,
  }
}
