// What the portal's records look like once understood. Field names are the portal's own; sums are exact, moments are
// UTC, flags are booleans, ids are numbers (null for 0 and empty).

import type { Currency, Money } from '../../../contract/money.ts'
import type { Moment } from '../../../contract/values.ts'
import type { Row } from './reading.ts'

/** The nine fields of `crm.item.payment.*`. */
export interface ShortPayment {
  id: number
  /** `<order number>/<sequence>`. */
  accountNumber: string
  paid: boolean
  datePaid: Moment | null
  empPaidId: number | null
  paySystemId: number | null
  paySystemName: string
  sum: Money
  currency: Currency
  /** The record exactly as answered, for the journal. */
  raw: Row
}

/** All fields of `sale.payment.*` (its `getFields` names 44). */
export interface FullPayment extends ShortPayment {
  orderId: number
  paySystemXmlId: string
  paySystemIsCash: boolean
  dateMarked: Moment | null
  dateResponsibleId: Moment | null
  /** `Y`, `N`, or '' where the payment system said nothing. */
  psStatus: string
  psStatusCode: string
  psStatusDescription: string
  psStatusMessage: string
  /** Decimal text in `psCurrency`. */
  psSum: string | null
  psCurrency: string
  psResponseDate: Moment | null
  psInvoiceId: string
  payVoucherNum: string
  /** As printed: documented both as a date and as a moment. Read with `dayOf` of zone.ts. */
  payVoucherDate: string | null
  datePayBefore: Moment | null
  dateBill: Moment | null
  xmlId: string
  companyId: number | null
  /** Decimal text. */
  priceCod: string | null
  isReturn: boolean
  payReturnNum: string
  payReturnComment: string
  /** As printed, like payVoucherDate. */
  payReturnDate: string | null
  empReturnId: number | null
  responsibleId: number | null
  empResponsibleId: number | null
  empMarkedId: number | null
  comments: string
  updated1c: boolean
  id1c: string
  version1c: string
  /** `Y`, `F` or `N`. */
  externalPayment: string
  marked: boolean
  reasonMarked: string
}

/** Deals are 2, smart invoices 31; no other CRM object has payments. */
export type OwnerType = 2 | 31

export interface OrderEntity {
  orderId: number
  ownerTypeId: number
  ownerId: number
}

export interface Order {
  id: number
  accountNumber: string
  price: Money | null
  payed: boolean
  canceled: boolean
}

/** What only `sale.order.get` tells besides. */
export interface OrderDetails extends Order {
  clients: { entityTypeId: number; entityId: number; primary: boolean }[]
  payments: FullPayment[]
  requisiteId: number | null
  bankDetailId: number | null
  ownRequisiteId: number | null
  ownBankDetailId: number | null
}

/** A deal or a smart invoice. */
export interface OwnerItem {
  type: OwnerType
  id: number
  title: string
  /** The invoice's number; null for a deal. */
  accountNumber: string | null
  stageId: string
  opportunity: Money | null
  companyId: number | null
  contactIds: number[]
  /** The own company on whose behalf it was made (`mycompanyId`, invoices). */
  ownCompanyId: number | null
  /** The deal an invoice belongs to. */
  dealId: number | null
  updatedTime: Moment | null
}

export interface Company {
  id: number
  title: string
  own: boolean
}

export interface Contact {
  id: number
  name: string
  companyId: number | null
}

export interface Requisite {
  id: number
  /** 3 contact, 4 company. */
  entityTypeId: number
  entityId: number
  name: string
  /** Every tax or registration number it holds, as typed there, without duplicates; the tax number (`RQ_INN`) first. */
  taxIds: string[]
}

export interface BankDetail {
  id: number
  requisiteId: number
  bankName: string
  account: string
  bankCode: string
  iban: string
  swift: string
  currency: string
}

/** Which requisites an object actually uses; null where none is chosen. */
export interface RequisiteLink {
  entityTypeId: number
  entityId: number
  requisiteId: number | null
  bankDetailId: number | null
  ownRequisiteId: number | null
  ownBankDetailId: number | null
}

export interface PaySystem {
  id: number
  name: string
  active: boolean
  /** `Y` cash, `A` card machine, `N` neither. */
  isCash: string
  printsReceipt: boolean
  /** ORDER, CRM_INVOICE or CRM_QUOTE; '' where not told. */
  registry: string
}

export interface PortalUser {
  id: string
  name: string
  active: boolean
}

export interface Profile {
  id: string
  name: string
  administrator: boolean
  /** IANA name; '' where the portal tells none. */
  timeZone: string
}

export interface MethodState {
  exists: boolean
  available: boolean
}

export interface CurrencyInfo {
  code: string
  decimals: number | null
  base: boolean
}
