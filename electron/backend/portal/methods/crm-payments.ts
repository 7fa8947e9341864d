// `crm.item.payment.*`: payments of one deal or invoice, and the changes of status. Scope `crm`.

import type { PortalClient, SendOptions } from '../client.ts'
import type { Outcome } from '../outcome.ts'
import { readShortPayment } from './payments.ts'
import { readOne, readPage } from './reading.ts'
import type { ListInput, ListPage, Reading } from './reading.ts'
import type { OwnerType, ShortPayment } from './shapes.ts'

/** All payments of one object: no paging is documented. An empty list for a wrong object type, not an error. */
export function objectPayments(
  owner: { type: OwnerType; id: number },
  { filter, order }: Pick<ListInput, 'filter' | 'order'> = {},
): Reading<ListPage<ShortPayment>> {
  const method = 'crm.item.payment.list'
  return {
    method,
    params: {
      entityId: owner.id,
      entityTypeId: owner.type,
      ...(filter === undefined ? {} : { filter }),
      ...(order === undefined ? {} : { order }),
    },
    parse: (answer) => readPage(method, answer, answer.result, readShortPayment),
  }
}

/** Needs the right to change the payment's order. `rest.notFoundOrDenied` when missing or not allowed. */
export function shortPayment(id: number): Reading<ShortPayment> {
  const method = 'crm.item.payment.get'
  return { method, params: { id }, parse: (answer) => readOne(method, answer.result, readShortPayment) }
}

type WriteOptions = Omit<SendOptions, 'kind'>

export function pay(client: PortalClient, id: number, options: WriteOptions = {}): Promise<Outcome> {
  return client.send('crm.item.payment.pay', { id }, { ...options, kind: 'write' })
}

export function unpay(client: PortalClient, id: number, options: WriteOptions = {}): Promise<Outcome> {
  return client.send('crm.item.payment.unpay', { id }, { ...options, kind: 'write' })
}

/** There is no undo for it (money rule 13). */
export function deletePayment(
  client: PortalClient,
  id: number,
  options: WriteOptions = {},
): Promise<Outcome> {
  return client.send('crm.item.payment.delete', { id }, { ...options, kind: 'write' })
}

export function updateShort(
  client: PortalClient,
  id: number,
  fields: { paid?: boolean; paySystemId?: number },
  options: WriteOptions = {},
): Promise<Outcome> {
  const { paid, paySystemId } = fields
  const sent = {
    ...(paid === undefined ? {} : { paid: paid ? 'Y' : 'N' }),
    ...(paySystemId === undefined ? {} : { paySystemId }),
  }
  return client.send('crm.item.payment.update', { id, fields: sent }, { ...options, kind: 'write' })
}

/** An executed outcome's `result` is the new payment's id. */
export function addObjectPayment(
  client: PortalClient,
  owner: { type: OwnerType; id: number },
  options: WriteOptions = {},
): Promise<Outcome> {
  return client.send(
    'crm.item.payment.add',
    { entityId: owner.id, entityTypeId: owner.type },
    { ...options, kind: 'write' },
  )
}
