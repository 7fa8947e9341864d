// Orders and what ties them to deals and invoices.

import { readFullPayment } from './payments.ts'
import {
  flagOf,
  idOf,
  listParams,
  moneyOf,
  partOf,
  readOne,
  readPage,
  requireId,
  rowOf,
  rowsOf,
  textOf,
} from './reading.ts'
import type { ListInput, ListPage, Reading, Row } from './reading.ts'
import type { Order, OrderDetails, OrderEntity } from './shapes.ts'

/** `crm.orderentity.list`. Here `start: -1` may return every matching row at once instead of the first 50. */
export function orderEntities(input: ListInput): Reading<ListPage<OrderEntity>> {
  const method = 'crm.orderentity.list'
  return {
    method,
    params: listParams(input),
    parse: (answer) =>
      readPage(
        method,
        answer,
        partOf(answer.result, 'orderEntity') ?? partOf(answer.result, 'orderEntities'),
        readOrderEntity,
      ),
  }
}

function readOrderEntity(row: Row): OrderEntity {
  return {
    orderId: requireId(row, 'orderId'),
    ownerTypeId: requireId(row, 'ownerTypeId'),
    ownerId: requireId(row, 'ownerId'),
  }
}

/** `sale.order.list`: administrators. */
export function orders(input: ListInput): Reading<ListPage<Order>> {
  const method = 'sale.order.list'
  return {
    method,
    params: listParams(input),
    parse: (answer) => readPage(method, answer, partOf(answer.result, 'orders'), readOrder),
  }
}

function readOrder(row: Row): Order {
  return {
    id: requireId(row, 'id'),
    accountNumber: textOf(row['accountNumber']),
    price: moneyOf(row['price'], row['currency']),
    payed: flagOf(row['payed']),
    canceled: flagOf(row['canceled']),
  }
}

/** `sale.order.get`: administrators. */
export function order(id: number): Reading<OrderDetails> {
  const method = 'sale.order.get'
  return {
    method,
    params: { id },
    parse: (answer) =>
      readOne(method, partOf(answer.result, 'order'), (row) => {
        const link = rowOf(row['requisiteLink']) ?? {}
        return {
          ...readOrder(row),
          clients: rowsOf(method, row['clients']).map((client) => ({
            entityTypeId: requireId(client, 'entityTypeId'),
            entityId: requireId(client, 'entityId'),
            primary: flagOf(client['isPrimary']),
          })),
          payments: rowsOf(method, row['payments']).map(readFullPayment),
          requisiteId: idOf(link['requisiteId']),
          bankDetailId: idOf(link['bankDetailId']),
          ownRequisiteId: idOf(link['mcRequisiteId']),
          ownBankDetailId: idOf(link['mcBankDetailId']),
        }
      }),
  }
}
