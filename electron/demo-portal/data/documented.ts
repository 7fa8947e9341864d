/**
 * Payments, orders and deals whose values the documentation prints: 1036 and 1037 of deal 13123 and order 3653,
 * 1035 (deleted in the example), 1038 (paid and unpaid in the examples), 144 of order 200 (updated in the example).
 */
import { dayMs } from '../moments.ts'
import type { CrmItem, Order, Payment } from './model.ts'
import type { Parties } from './parties.ts'

export interface DocumentedRows {
  items: CrmItem[]
  orders: Order[]
  payments: Payment[]
}

function at(text: string): number {
  return Date.parse(text)
}

function deal(
  id: number,
  title: string,
  parties: Parties,
  opportunityMinor: number,
  createdAt: number,
): CrmItem {
  const client = parties.clients.find((one) => one.foreign)
  return {
    id,
    entityTypeId: 2,
    title,
    accountNumber: '',
    companyId: client?.company?.id ?? 0,
    contactId: 0,
    myCompanyId: parties.own[0].company.id,
    opportunityMinor,
    currency: 'USD',
    stageId: 'PREPAYMENT_INVOICE',
    assignedById: 1,
    createdAt,
    updatedAt: createdAt,
    closeAt: createdAt,
    dealId: 0,
  }
}

function order(
  id: number,
  accountNumber: string,
  ownerId: number,
  priceMinor: number,
  insertedAt: number,
): Order {
  return {
    id,
    accountNumber,
    priceMinor,
    currency: 'USD',
    insertedAt,
    ownerTypeId: 2,
    ownerId,
    responsibleId: 1,
  }
}

function cashPayment(id: number, accountNumber: string, sumMinor: number): Payment {
  return {
    id,
    orderId: 3653,
    accountNumber,
    paySystemId: 6,
    paid: false,
    paidAt: null,
    paidBy: null,
    sumMinor,
    currency: 'USD',
    billedAt: at('2024-05-20T12:00:00+02:00'),
    responsibleId: 1,
    more: {},
  }
}

/** Payment 144 as it stands before the documented update. */
function transferPayment(): Payment {
  const bill = at('2024-04-10T09:00:00+02:00')
  const marked = at('2024-04-16T16:32:49+02:00')
  return {
    id: 144,
    orderId: 200,
    accountNumber: '356/1',
    paySystemId: 1,
    paid: false,
    paidAt: null,
    paidBy: null,
    sumMinor: 10_000,
    currency: 'USD',
    billedAt: bill,
    responsibleId: 1,
    more: {
      companyId: 1,
      dateMarked: marked,
      datePayBefore: bill,
      dateResponsibleId: marked,
      empMarkedId: 1,
      empResponsibleId: 1,
      empReturnId: 1,
      payReturnDate: bill,
      payVoucherDate: bill,
      priceCod: '100',
      xmlId: '',
    },
  }
}

export function createDocumentedRows(parties: Parties): DocumentedRows {
  const spring = dayMs('2024-04-10')
  const may = dayMs('2024-05-20')
  const known: Payment = {
    ...cashPayment(1036, '3653/1', 0),
    paid: true,
    paidAt: at('2024-05-20T12:32:02+02:00'),
    paidBy: 1,
  }
  return {
    items: [
      deal(13100, 'Deal #13100', parties, 10_000, spring),
      deal(13123, 'Deal #13123', parties, 15_000, may),
    ],
    orders: [order(200, '356', 13100, 10_000, spring), order(3653, '3653', 13123, 15_000, may)],
    payments: [
      transferPayment(),
      cashPayment(1035, '3653/3', 5_000),
      known,
      cashPayment(1037, '3653/2', 0),
      cashPayment(1038, '3653/4', 10_000),
    ],
  }
}
