// How a refresh or a quiet look ends, and what single reads of payments bring.

import type { DatabaseSync } from 'node:sqlite'
import { run } from '../prepared.ts'
import { noteFreshness } from './freshness.ts'
import type { FreshnessChange } from './freshness.ts'
import { deriveMatched, deriveStandings, proofDaysOf } from './standing.ts'
import type { LedgerPayment } from './store-payments.ts'

/**
 * After the last chunk. A whole refresh: what was not seen is gone (only when everything asked for could be read), and
 * everything derived is derived anew. Otherwise only what hangs on the changed payments.
 */
export function finishRefresh(
  db: DatabaseSync,
  input: {
    portalId: string
    seenIn: string
    at: string
    coverage: 'all' | 'visible'
    whole: boolean
    /** Those that changed, where not all were read. */
    changed?: readonly number[]
    freshness?: FreshnessChange
  },
): { gone: number } {
  const gone = input.whole
    ? run(db, 'UPDATE payment SET gone = 1 WHERE portal_id = :portal AND gone = 0 AND seen_in IS NOT :seen', {
        portal: input.portalId,
        seen: input.seenIn,
      })
    : 0
  run(db, 'UPDATE portal SET last_refresh_at = :at, coverage = :coverage WHERE id = :portal', {
    portal: input.portalId,
    at: input.at,
    coverage: input.coverage,
  })
  if (input.freshness) noteFreshness(db, { portalId: input.portalId, change: input.freshness })
  const ids = input.changed ?? null
  deriveMatched(db, input.portalId, ids)
  deriveStandings(db, input.portalId, ids, proofDaysOf(db))
  return { gone }
}

/** After a quiet look: only what hangs on the payments it found changed is derived anew. */
export function noteLook(
  db: DatabaseSync,
  input: { portalId: string; changed: readonly number[]; freshness: FreshnessChange },
): null {
  noteFreshness(db, { portalId: input.portalId, change: input.freshness })
  if (input.changed.length === 0) return null
  deriveMatched(db, input.portalId, input.changed)
  deriveStandings(db, input.portalId, input.changed, proofDaysOf(db))
  return null
}

/** What a single payment showed when it was just read; used after every check and read-back. */
export interface SeenPayment extends Pick<
  LedgerPayment,
  | 'id'
  | 'accountNumber'
  | 'paid'
  | 'paidAt'
  | 'paidDay'
  | 'sumMinor'
  | 'currency'
  | 'paySystemId'
  | 'paySystemName'
  | 'voucherDay'
> {
  /** The fields that were read; unless they are all, the others stay as the ledger has them. */
  fields: Record<string, unknown>
  complete: boolean
  /** Null where a short reading does not tell. */
  voucherNumber: string | null
}

export function storeSeen(
  db: DatabaseSync,
  input: { portalId: string; at: string; seen: readonly SeenPayment[]; gone: readonly number[] },
): null {
  for (const seen of input.seen) {
    run(
      db,
      `UPDATE payment SET account_number = :number, paid = :paid, paid_at = :paidAt, paid_day = :paidDay, sum_minor = :sum,
         currency = :currency, pay_system_id = :paySystem, pay_system_name = :paySystemName, gone = 0, read_at = :at,
         voucher_number = ifnull(:voucher, voucher_number), voucher_day = iif(:voucher IS NULL, voucher_day, :voucherDay)
       WHERE portal_id = :portal AND id = :id`,
      {
        portal: input.portalId,
        id: seen.id,
        number: seen.accountNumber,
        paid: Number(seen.paid),
        paidAt: seen.paidAt,
        paidDay: seen.paidDay,
        sum: seen.sumMinor,
        currency: seen.currency,
        paySystem: seen.paySystemId,
        paySystemName: seen.paySystemName,
        voucher: seen.voucherNumber,
        voucherDay: seen.voucherDay,
        at: input.at,
      },
    )
    run(
      db,
      `UPDATE payment_fields SET fields_json = iif(:complete, :fields, json_patch(fields_json, :fields))
       WHERE portal_id = :portal AND id = :id`,
      {
        portal: input.portalId,
        id: seen.id,
        complete: Number(seen.complete),
        fields: JSON.stringify(seen.fields),
      },
    )
  }
  for (const id of input.gone) {
    run(db, 'UPDATE payment SET gone = 1, read_at = :at WHERE portal_id = :portal AND id = :id', {
      portal: input.portalId,
      id,
      at: input.at,
    })
  }
  deriveStandings(db, input.portalId, [...input.seen.map(({ id }) => id), ...input.gone], proofDaysOf(db))
  return null
}
