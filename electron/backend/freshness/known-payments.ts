// What the ledger answers a cheap refresh about the payments it holds.

import type { LedgerReads } from '../ledger/ledger.ts'
import type { OwnedPayment } from '../ledger/tables/freshness.ts'
import { chunksOf } from '../portal/gather/ahead.ts'
import type { KnownPayments, OwnedBy } from '../portal/gather/gather.ts'

/** Compared at a time, so that neither thread is held up. */
const comparedAtOnce = 500

export function knownPayments(ledger: LedgerReads, portalId: string): KnownPayments {
  return {
    differing: async (payments) => {
      const ids = new Set<number>()
      for (const part of chunksOf(payments, comparedAtOnce)) {
        const asked = part.map(({ id, raw }) => ({ id, fields: JSON.stringify(raw) }))
        for (const id of await ledger.read('differing', { portalId, payments: asked })) ids.add(id)
      }
      return ids
    },
    under: async (owners) => {
      const named = owners.map(({ type, id }) => `${type === 2 ? 'deal' : 'invoice'}:${id}`)
      return (await ledger.read('paymentsUnder', { portalId, owners: named })).map(toOwned)
    },
    ownersOf: async (ids) => (await ledger.read('ownersOf', { portalId, ids })).map(toOwned),
  }
}

function toOwned({ id, kind, ownerId }: OwnedPayment): OwnedBy {
  return { paymentId: id, owner: { type: kind === 'deal' ? 2 : 31, id: ownerId } }
}
