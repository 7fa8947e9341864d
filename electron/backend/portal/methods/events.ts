// The portal's queue of its own events for an app: what was saved or deleted since the queue was last cleared. Application
// context and an administrator only. It keeps the last state per object and tells which one, never what it became.

import type { PortalClient, SendOptions } from '../client.ts'
import type { Outcome } from '../outcome.ts'
import { answerShape, idOf, partOf, readOne, rowOf, rowsOf, textOf } from './reading.ts'
import type { Reading } from './reading.ts'

/** `app.info`: only an app may ask. */
export function appInfo(): Reading<{ code: string }> {
  const method = 'app.info'
  return {
    method,
    params: {},
    parse: (answer) => readOne(method, answer.result, (row) => ({ code: textOf(row['CODE']) })),
  }
}

/**
 * `feature.get`: whether the plan lets events be read without destroying them. Portals on own servers may answer with
 * other words than `Y` and `N`; only `Y` is a yes.
 */
export function keepsEvents(): Reading<boolean> {
  const method = 'feature.get'
  return {
    method,
    params: { CODE: 'rest_offline_extended' },
    parse: (answer) => readOne(method, answer.result, (row) => textOf(row['value']) === 'Y'),
  }
}

export const boundEvents = [
  'OnPaymentEntitySaved',
  'OnPaymentDeleted',
  'OnSaleOrderSaved',
  'OnOrderEntitySaved',
] as const

type WriteOptions = Omit<SendOptions, 'kind'>

/** Changes the portal's settings: from then on it notes such events for us. */
export function bindEvent(client: PortalClient, event: string, options: WriteOptions = {}): Promise<Outcome> {
  return client.send('event.bind', { event, event_type: 'offline' }, { ...options, kind: 'write' })
}

export function unbindEvent(
  client: PortalClient,
  event: string,
  options: WriteOptions = {},
): Promise<Outcome> {
  return client.send('event.unbind', { event, event_type: 'offline' }, { ...options, kind: 'write' })
}

export interface QueuedEvent {
  /** Of the queue's record. */
  id: number
  kind: 'payment' | 'order' | 'other'
  /** Of the payment or order; null where the portal did not say. */
  objectId: number | null
}

export interface TakenEvents {
  /** Under which the portal hides them from further reads until they are cleared. */
  mark: string | null
  events: QueuedEvent[]
}

export const mostTaken = 50

/**
 * Reserves the oldest events; with a `mark`, reads those again that were reserved under it. Sent once, like a write:
 * asked again after a lost answer, the portal would hand out the next ones.
 */
export function takeEvents(
  client: PortalClient,
  mark: string | null,
  options: WriteOptions = {},
): Promise<Outcome> {
  const params = { clear: 0, limit: mostTaken, ...(mark === null ? {} : { process_id: mark }) }
  return client.send('event.offline.get', params, { ...options, kind: 'write' })
}

/** Throws `rest.answerShape`. */
export function readTaken(result: unknown): TakenEvents {
  const method = 'event.offline.get'
  if (rowOf(result) === null) throw answerShape(method)
  const mark = textOf(partOf(result, 'process_id'))
  return { mark: mark === '' ? null : mark, events: rowsOf(method, partOf(result, 'events')).map(toEvent) }
}

function toEvent(row: Readonly<Record<string, unknown>>): QueuedEvent {
  const name = textOf(row['EVENT_NAME']).toLowerCase()
  return {
    id: idOf(row['ID']) ?? 0,
    kind: name.startsWith('onpayment') ? 'payment' : name.includes('order') ? 'order' : 'other',
    objectId: objectOf(row['EVENT_DATA']),
  }
}

/** Printed as `{FIELDS: {ID}}`, flat, or as `false`. */
function objectOf(data: unknown): number | null {
  const row = rowOf(data)
  const fields = rowOf(row?.['FIELDS']) ?? row
  return idOf(fields?.['ID'] ?? fields?.['id'])
}

/** Forgets reserved events for good: only once what they told of is in the ledger. */
export function clearEvents(
  client: PortalClient,
  taken: { mark: string; ids: readonly number[] },
  options: WriteOptions = {},
): Promise<Outcome> {
  return client.send(
    'event.offline.clear',
    { process_id: taken.mark, id: taken.ids },
    { ...options, kind: 'write' },
  )
}
