// What a refresh brings home: one payment with everything the ledger stores about it.

import type { Money } from '../../../contract/money.ts'
import type { Moment } from '../../../contract/values.ts'
import type { Row, UnreadableRow } from '../methods/reading.ts'
import type { FullPayment, OwnerType } from '../methods/shapes.ts'

export interface GatheredPayment {
  id: number
  accountNumber: string
  paid: boolean
  paidAt: Moment | null
  empPaidId: number | null
  sum: Money
  paySystem: GatheredPaySystem | null
  /** All fields, where an administrator read them; null on the way by objects. */
  full: FullPayment | null
  /** The record exactly as answered. */
  raw: Row
  order: { id: number | null; number: string | null } | null
  /** The invoice or deal it stands for: an invoice goes before a deal, lower ids before higher. */
  owner: GatheredOwner | null
  /** Further objects of the same order. */
  otherOwners: GatheredOwner[]
  /** The company of `owner`, or its first contact. */
  payer: Payer | null
  /** Every other company and contact of its objects: several are normal, and each may be the one that pays. */
  otherPayers: Payer[]
  ownCompany: { id: number; name: string } | null
}

export interface GatheredPaySystem {
  id: number
  name: string
  /** Null where the list of pay systems may not be read. */
  isCash: boolean | null
  printsReceipt: boolean | null
}

export interface GatheredOwner {
  type: OwnerType
  id: number
  title: string
  /** The invoice's number; null for a deal. */
  number: string | null
  stage: string
  opportunity: Money | null
}

export interface Payer {
  kind: 'company' | 'contact'
  id: number
  name: string
  /** Of all its requisites, those of the requisite the object uses first. */
  taxIds: string[]
  accounts: PayerAccount[]
  ibans: string[]
}

export interface PayerAccount {
  account: string
  bankCode: string
  bankName: string
}

export interface GatheredChunk {
  payments: GatheredPayment[]
  /** Payments that could not be understood; `id` null when not even that. */
  unreadable: UnreadableRow[]
  /** Payments that were read and found as they were known; only `since` something known. */
  same: number[]
  /** Known payments that the portal no longer has, each asked for by itself; only `since` something known. */
  gone: number[]
  /**
   * Objects whose payments the portal would not show although it showed the object. With any of these, or with
   * anything unreadable, a payment that did not come is not proved to be gone.
   */
  withheld: number
  /** Payments so far on the administrator's way, objects so far on the other; and how many there are to be. */
  done: number
  total: number
}
