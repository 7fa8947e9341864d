// How long a portal works on the calls of a plan, so that the shown time is honest.

import { sampleDurations } from '../../domain/payments/plan.ts'
import type { Durations } from '../../domain/payments/plan.ts'
import type { LedgerReads } from '../ledger/ledger.ts'
import type { PortalRecord } from '../ledger/tables/portals.ts'

/**
 * What the portal's own answers showed (the journal keeps their times); what was not yet seen there is taken from the
 * documentation's samples, less where the portal has answered its check faster than the documented one would.
 */
export async function durationsOf(ledger: LedgerReads, { portal }: PortalRecord): Promise<Durations> {
  const seen = await ledger.read('seenDurations', { portalId: portal.id })
  const { check } = portal
  const readMs = check && check.requests > 0 ? check.tookMs / check.requests : sampleDurations.read
  const share = Math.min(1, readMs / sampleDurations.read)
  const ofStatus = ['crm.item.payment.pay', 'crm.item.payment.unpay', 'crm.item.payment.delete'].flatMap(
    (method) => seen[method] ?? [],
  )
  return {
    status: ofStatus.length > 0 ? Math.max(...ofStatus) : sampleDurations.status * share,
    fields: seen['sale.payment.update'] ?? sampleDurations.fields * share,
    read: sampleDurations.read * share,
  }
}
