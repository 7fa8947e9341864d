// `sale.payment.*`: every payment of the portal with all its fields. Scope `sale`, administrators only.

import type { PortalClient, SendOptions } from '../client.ts'
import type { Outcome } from '../outcome.ts'
import { readFullPayment } from './payments.ts'
import type { WritableField } from './payments.ts'
import {
  answerShape,
  flagOf,
  listParams,
  partOf,
  readOne,
  readPage,
  requireId,
  rowOf,
  textOf,
} from './reading.ts'
import type { ListInput, ListPage, Reading } from './reading.ts'
import type { FullPayment } from './shapes.ts'

export function payments(input: ListInput = {}): Reading<ListPage<FullPayment>> {
  const method = 'sale.payment.list'
  return {
    method,
    params: listParams(input),
    parse: (answer) => readPage(method, answer, partOf(answer.result, 'payments'), readFullPayment),
  }
}

/** Only ids, for probing and for cursors. */
export function paymentIds(input: ListInput = {}): Reading<ListPage<number>> {
  const method = 'sale.payment.list'
  return {
    method,
    params: listParams({ ...input, select: ['id'] }),
    parse: (answer) =>
      readPage(method, answer, partOf(answer.result, 'payments'), (row) => requireId(row, 'id')),
  }
}

/** `rest.paymentMissing` when there is no such payment. */
export function payment(id: number): Reading<FullPayment> {
  const method = 'sale.payment.get'
  return {
    method,
    params: { id },
    parse: (answer) => readOne(method, partOf(answer.result, 'payment'), readFullPayment),
  }
}

export interface PaymentField {
  immutable: boolean
  readOnly: boolean
  required: boolean
  type: string
}

export function paymentFields(): Reading<Record<string, PaymentField>> {
  const method = 'sale.payment.getFields'
  return {
    method,
    params: {},
    parse: (answer) => {
      const fields = rowOf(partOf(answer.result, 'payment'))
      if (fields === null) throw answerShape(method)
      return Object.fromEntries(
        Object.entries(fields).map(([name, value]) => {
          const row = rowOf(value) ?? {}
          const field: PaymentField = {
            immutable: flagOf(row['isImmutable']),
            readOnly: flagOf(row['isReadOnly']),
            required: flagOf(row['isRequired']),
            type: textOf(row['type']),
          }
          return [name, field]
        }),
      )
    },
  }
}

type WriteOptions = Omit<SendOptions, 'kind'>

/** Values as they go on the wire: dates with an offset, flags `Y`/`N`, sums as exact decimal text. */
export type PaymentChanges = Readonly<
  Partial<Record<Exclude<WritableField, 'paid' | 'paySystemId'>, string | number | null>>
>

export interface PaymentUpdate {
  id: number
  /** Both always explicit (money rule 7): nobody knows what the portal makes of an omitted one. */
  paid: boolean
  paySystemId: number
  changes: PaymentChanges
}

export function updatePayment(
  client: PortalClient,
  update: PaymentUpdate,
  options: WriteOptions = {},
): Promise<Outcome> {
  const { id, paid, paySystemId, changes } = update
  const fields = { ...changes, paySystemId, paid: paid ? 'Y' : 'N' }
  return client.send('sale.payment.update', { id, fields }, { ...options, kind: 'write' })
}

/** The payment in the answer to an update or an addition; null when the outcome is none or the payment is unreadable. */
export function updatedPayment(outcome: Outcome): FullPayment | null {
  if (outcome.class !== 'executed') return null
  try {
    return readOne(outcome.attempt.method, partOf(outcome.result, 'payment'), readFullPayment)
  } catch {
    return null
  }
}

export function addPayment(
  client: PortalClient,
  added: { orderId: number; paySystemId: number; changes: PaymentChanges },
  options: WriteOptions = {},
): Promise<Outcome> {
  const { orderId, paySystemId, changes } = added
  return client.send(
    'sale.payment.add',
    { fields: { ...changes, orderId, paySystemId } },
    { ...options, kind: 'write' },
  )
}

/** There is no undo for it; `crm.item.payment.delete` is the way the program deletes (money rule 13). */
export function deleteSalePayment(
  client: PortalClient,
  id: number,
  options: WriteOptions = {},
): Promise<Outcome> {
  return client.send('sale.payment.delete', { id }, { ...options, kind: 'write' })
}
