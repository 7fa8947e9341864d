// How far the ledger keeps up with a portal, and which payments a cheap refresh has to read again.

import type { DatabaseSync } from 'node:sqlite'
import { all, flag, number, numberOrNull, one, run, text, textOrNull } from '../prepared.ts'
import type { Row } from '../prepared.ts'
import { countOf } from './standing.ts'

export interface Freshness {
  wholeAt: string | null
  /** How many more payments the portal counted than the ledger held after the last complete refresh; null: it counts none. */
  countOff: number | null
  lookedAt: string | null
  paidBelow: number | null
  turnedAt: string | null
  unpaidBelow: number | null
  touchedFrom: string | null
  maxOrderId: number
  eventsBound: boolean
  queueMark: string | null
  /** Of all payments ever seen: the portal counts its ids upwards. */
  maxId: number
  known: number
  paid: number
}

export function readFreshness(db: DatabaseSync, input: { portalId: string }): Freshness {
  const portal = { portal: input.portalId }
  const row = one(db, 'SELECT * FROM freshness WHERE portal_id = :portal', portal)
  const counts = one(
    db,
    `SELECT count(*) AS known, coalesce(sum(paid), 0) AS paid FROM payment WHERE portal_id = :portal AND gone = 0`,
    portal,
  )
  const newest = one(db, 'SELECT coalesce(max(id), 0) AS n FROM payment WHERE portal_id = :portal', portal)
  return {
    wholeAt: row ? textOrNull(row, 'whole_at') : null,
    countOff: row ? numberOrNull(row, 'count_off') : null,
    lookedAt: row ? textOrNull(row, 'looked_at') : null,
    paidBelow: row ? numberOrNull(row, 'paid_below') : null,
    turnedAt: row ? textOrNull(row, 'turned_at') : null,
    unpaidBelow: row ? numberOrNull(row, 'unpaid_below') : null,
    touchedFrom: row ? textOrNull(row, 'touched_from') : null,
    maxOrderId: row ? number(row, 'max_order_id') : 0,
    eventsBound: row ? flag(row, 'events_bound') : false,
    queueMark: row ? textOrNull(row, 'queue_mark') : null,
    maxId: countOf(newest),
    known: counts ? number(counts, 'known') : 0,
    paid: counts ? number(counts, 'paid') : 0,
  }
}

export type FreshnessChange = Partial<Omit<Freshness, 'maxId' | 'known' | 'paid'>>

const columnOf: Record<keyof FreshnessChange, string> = {
  wholeAt: 'whole_at',
  countOff: 'count_off',
  lookedAt: 'looked_at',
  paidBelow: 'paid_below',
  turnedAt: 'turned_at',
  unpaidBelow: 'unpaid_below',
  touchedFrom: 'touched_from',
  maxOrderId: 'max_order_id',
  eventsBound: 'events_bound',
  queueMark: 'queue_mark',
}

export function noteFreshness(db: DatabaseSync, input: { portalId: string; change: FreshnessChange }): null {
  run(db, 'INSERT INTO freshness (portal_id) VALUES (:portal) ON CONFLICT DO NOTHING', {
    portal: input.portalId,
  })
  for (const [name, value] of Object.entries(input.change)) {
    if (value === undefined) continue
    run(
      db,
      `UPDATE freshness SET ${columnOf[name as keyof FreshnessChange]} = :value WHERE portal_id = :portal`,
      {
        portal: input.portalId,
        value: typeof value === 'boolean' ? Number(value) : value,
      },
    )
  }
  return null
}

const idsOf = (rows: readonly Row[]): number[] => rows.map((row) => number(row, 'id'))

/** Ids of the payments that stand as not paid. */
export function listUnpaid(db: DatabaseSync, input: { portalId: string }): number[] {
  return idsOf(
    all(db, 'SELECT id FROM payment WHERE portal_id = :portal AND gone = 0 AND paid = 0 ORDER BY id', {
      portal: input.portalId,
    }),
  )
}

/** Payments that a refresh of everything did not meet. */
export function listUnseen(db: DatabaseSync, input: { portalId: string; seenIn: string }): number[] {
  return idsOf(
    all(
      db,
      'SELECT id FROM payment WHERE portal_id = :portal AND gone = 0 AND seen_in IS NOT :seen ORDER BY id',
      { portal: input.portalId, seen: input.seenIn },
    ),
  )
}

/** Payments in those windows of ids of which the portal counts another number than the ledger holds. */
export function listDisagreeing(
  db: DatabaseSync,
  input: { portalId: string; counted: readonly { after: number; upTo: number; count: number }[] },
): number[] {
  const where = 'portal_id = :portal AND +gone = 0 AND id > :after AND id <= :upTo'
  return input.counted.flatMap(({ after, upTo, count }) => {
    const ids = idsOf(
      all(db, `SELECT id FROM payment WHERE ${where}`, { portal: input.portalId, after, upTo }),
    )
    return ids.length === count ? [] : ids
  })
}

/** The next turn of paid or unpaid payments: those below an id, highest first; begins anew where fewer are left. */
export function listTurn(
  db: DatabaseSync,
  input: { portalId: string; paid: boolean; below: number | null; limit: number },
): number[] {
  const sql = `SELECT id FROM payment WHERE portal_id = :portal AND +gone = 0 AND +paid = :paid AND id < :below
    ORDER BY id DESC LIMIT :limit`
  const bind = { portal: input.portalId, paid: Number(input.paid), limit: input.limit }
  const below = input.below ?? Number.MAX_SAFE_INTEGER
  const ids = idsOf(all(db, sql, { ...bind, below }))
  if (ids.length === input.limit || input.below === null) return ids
  const anew = idsOf(
    all(db, sql, { ...bind, below: Number.MAX_SAFE_INTEGER, limit: input.limit - ids.length }),
  )
  return [...ids, ...anew.filter((id) => id >= below)]
}

/** Paid payments that a person is about to act on: in plans that may still be confirmed, and in proposals. */
export function listAtHand(
  db: DatabaseSync,
  input: { portalId: string; now: string; limit: number },
): number[] {
  return idsOf(
    all(
      db,
      `SELECT id FROM payment WHERE portal_id = :portal AND gone = 0 AND paid = 1 AND id IN (
         SELECT payment_id FROM plan_item JOIN plan ON plan.id = plan_id
           WHERE plan.portal_id = :portal AND job_id IS NULL AND expires_at > :now AND refusal IS NULL
         UNION SELECT payment_id FROM proposal_allotment WHERE portal_id = :portal)
       ORDER BY id DESC LIMIT :limit`,
      { portal: input.portalId, now: input.now, limit: input.limit },
    ),
  )
}

/**
 * Of payments just read, those that differ from what the ledger holds, or that it does not hold. `fields` is the
 * payment as it would be stored.
 */
export function differing(
  db: DatabaseSync,
  input: { portalId: string; payments: readonly { id: number; fields: string }[] },
): number[] {
  return input.payments
    .filter(({ id, fields }) => {
      const row = one(
        db,
        `SELECT fields_json FROM payment JOIN payment_fields USING (portal_id, id)
         WHERE portal_id = :portal AND id = :id AND gone = 0`,
        { portal: input.portalId, id },
      )
      return row === undefined || text(row, 'fields_json') !== fields
    })
    .map(({ id }) => id)
}

export interface OwnedPayment {
  id: number
  kind: 'deal' | 'invoice'
  ownerId: number
}

const toOwned = (row: Row): OwnedPayment => ({
  id: number(row, 'id'),
  kind: text(row, 'owner_kind') as OwnedPayment['kind'],
  ownerId: number(row, 'owner_id'),
})

/** The payments the ledger holds under these deals and invoices (`deal:12`). */
export function paymentsUnder(
  db: DatabaseSync,
  input: { portalId: string; owners: readonly string[] },
): OwnedPayment[] {
  if (input.owners.length === 0) return []
  return all(
    db,
    `SELECT id, owner_kind, owner_id FROM payment WHERE portal_id = :portal AND gone = 0 AND owner_kind IS NOT NULL
       AND owner_kind || ':' || owner_id IN (SELECT value FROM json_each(:owners))`,
    { portal: input.portalId, owners: JSON.stringify(input.owners) },
  ).map(toOwned)
}

/** The deals and invoices under which the ledger holds these payments; those without one are left out. */
export function ownersOf(
  db: DatabaseSync,
  input: { portalId: string; ids: readonly number[] },
): OwnedPayment[] {
  return all(
    db,
    `SELECT id, owner_kind, owner_id FROM payment WHERE portal_id = :portal AND owner_kind IS NOT NULL
       AND id IN (SELECT value FROM json_each(:ids))`,
    { portal: input.portalId, ids: JSON.stringify(input.ids) },
  ).map(toOwned)
}

/** Payments that were read again and found as the ledger holds them. */
export function noteSame(
  db: DatabaseSync,
  input: { portalId: string; ids: readonly number[]; at: string; seenIn: string },
): null {
  run(
    db,
    `UPDATE payment SET read_at = max(read_at, :at), seen_in = :seenIn
     WHERE portal_id = :portal AND id IN (SELECT value FROM json_each(:ids))`,
    { portal: input.portalId, ids: JSON.stringify(input.ids), at: input.at, seenIn: input.seenIn },
  )
  return null
}
