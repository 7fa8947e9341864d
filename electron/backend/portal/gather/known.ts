// What the ledger knows already, for a refresh that reads only what may have changed.

import type { OwnerType } from '../methods/shapes.ts'

export interface KnownState {
  /** The highest payment id ever read: higher ones are new. Null asks for none. */
  maxId: number | null
  /** Reads the portal's own list of unpaid payments; otherwise only those among `ids`. */
  listUnpaid: boolean
  /** Payments to be read again whatever the lists bring: known as unpaid, about to be acted on, having their turn. */
  ids: readonly number[]
  /** Orders whose payments are to be read and joined anew. */
  orderIds?: readonly number[]
  /** Moment of the portal's clock since which changed deals and invoices are asked for; null asks for none. */
  touchedFrom: string | null
  /** The highest order id ever seen, for the way by objects. */
  maxOrderId: number
  ledger: KnownPayments
}

/** What the ledger answers about payments and the objects it holds them under. */
export interface KnownPayments {
  /** Of payments just read, the ids of those that differ from what is known, or are not known. */
  differing(payments: readonly { id: number; raw: unknown }[]): Promise<ReadonlySet<number>>
  under(owners: readonly OwnerRef[]): Promise<OwnedBy[]>
  ownersOf(ids: readonly number[]): Promise<OwnedBy[]>
}

export interface OwnerRef {
  type: OwnerType
  id: number
}

export interface OwnedBy {
  paymentId: number
  owner: OwnerRef
}

export const refKey = ({ type, id }: OwnerRef): string => `${type}:${id}`

/** Marks that the next cheap refresh begins from; the portal's own figures. */
export interface Marks {
  touchedFrom: string | null
  maxOrderId: number
}
