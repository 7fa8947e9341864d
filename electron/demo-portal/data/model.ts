/** Rows of the portal. Sums are minor units (two decimals for every currency here), moments are milliseconds. */

export type Currency = 'RUB' | 'USD' | 'EUR' | 'BYN'

export interface PortalUser {
  id: number
  name: string
  lastName: string
  email: string
  admin: boolean
}

export interface Company {
  id: number
  title: string
  own: boolean
  email: string
  phone: string
  assignedById: number
}

export interface Contact {
  id: number
  name: string
  secondName: string
  lastName: string
  companyId: number
  email: string
  phone: string
  assignedById: number
}

export interface Requisite {
  id: number
  /** 4 company, 3 contact */
  entityTypeId: number
  entityId: number
  name: string
  companyName: string
  fullName: string
  inn: string
  kpp: string
  ogrn: string
  vatId: string
  country: string
  soleTrader: boolean
}

export interface Bank {
  name: string
  city: string
  bic: string
  corAccount: string
  swift: string
}

export interface BankDetail {
  id: number
  requisiteId: number
  name: string
  bank: Bank
  account: string
  iban: string
  currency: Currency
}

/** A deal (type 2) or a smart invoice (type 31). */
export interface CrmItem {
  id: number
  entityTypeId: 2 | 31
  title: string
  accountNumber: string
  companyId: number
  contactId: number
  myCompanyId: number
  opportunityMinor: number
  currency: Currency
  stageId: string
  assignedById: number
  createdAt: number
  updatedAt: number
  closeAt: number
  dealId: number
}

/** Which requisites an item uses; zero means none was chosen. */
export interface RequisiteLink {
  entityTypeId: number
  entityId: number
  requisiteId: number
  bankDetailId: number
  ownRequisiteId: number
  ownBankDetailId: number
}

export interface Order {
  id: number
  accountNumber: string
  priceMinor: number
  currency: Currency
  insertedAt: number
  ownerTypeId: 2 | 31
  ownerId: number
  responsibleId: number
}

export type Stored = null | string | number

export interface Payment {
  id: number
  orderId: number
  accountNumber: string
  paySystemId: number
  paid: boolean
  paidAt: number | null
  paidBy: number | null
  sumMinor: number
  currency: Currency
  billedAt: number | null
  responsibleId: number | null
  /** Fields seldom set, under their REST names; moments as milliseconds. */
  more: Record<string, Stored>
}

export interface PaySystem {
  id: number
  name: string
  active: boolean
  /** Y cash, N not, A acquiring */
  cash: 'Y' | 'N' | 'A'
  printsCheck: boolean
  xmlId: string
}
