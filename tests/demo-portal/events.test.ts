import { expect, it } from 'vitest'
import { at, call, callWithToken, list, portalWith } from './kit.ts'
import type { DemoPortal } from '../../electron/demo-portal/start.ts'

const asApp = (portal: DemoPortal, userId = 1) => {
  const { accessToken } = portal.state.tokens.grant(userId)
  return (method: string, params: Record<string, unknown> = {}) =>
    callWithToken(portal, method, params, accessToken)
}
const offline = (event: string) => ({ event, event_type: 'offline' })
const eventsOf = (body: unknown): unknown[] => list(at(body, 'result', 'events'))

it('keeps events for an app alone, and lets only an administrator ask for them', async () => {
  const portal = await portalWith()
  for (const method of [
    'event.bind',
    'event.unbind',
    'event.get',
    'event.offline.get',
    'event.offline.clear',
  ])
    expect(await call(portal, method, offline('OnPaymentEntitySaved'))).toMatchObject({
      status: 400,
      body: { error: 'ACCESS_DENIED', error_description: 'Access denied! Application context required' },
    })
  const employee = asApp(portal, 8)
  expect(await employee('event.bind', offline('OnPaymentDeleted'))).toMatchObject({
    status: 403,
    body: { error: 'ACCESS_DENIED' },
  })
  expect(portal.state.events()).toEqual({ bound: [], waiting: 0 })
  const app = asApp(portal)
  expect(await app('event.bind', offline('OnSomethingElse'))).toMatchObject({
    status: 400,
    body: { error: 'ERROR_EVENT_NOT_FOUND' },
  })
  expect((await app('event.bind', offline('OnPaymentDeleted'))).body).toMatchObject({ result: true })
  expect((await app('event.get')).body).toMatchObject({
    result: [{ event: 'ONPAYMENTDELETED', offline: 1 }],
  })
  expect((await app('event.unbind', offline('OnPaymentDeleted'))).body).toMatchObject({
    result: { count: 1 },
  })
  expect(portal.state.events().bound).toEqual([])
})

it('notes the last state of each object, whoever changed it', async () => {
  const portal = await portalWith()
  const app = asApp(portal)
  for (const event of ['OnPaymentEntitySaved', 'OnPaymentDeleted', 'OnSaleOrderSaved'])
    await app('event.bind', offline(event))
  const [first = 0, second = 0] = portal.state.payments.ids()
  portal.state.payments.change(first, { sum: 10 })
  portal.state.payments.change(first, { sum: 20 })
  await call(portal, 'crm.item.payment.pay', { id: second })
  portal.state.payments.remove(second)
  const answer = await app('event.offline.get', { clear: 0 })
  expect(eventsOf(answer.body)).toMatchObject([
    { EVENT_NAME: 'ONPAYMENTENTITYSAVED', EVENT_DATA: { FIELDS: { ID: String(first) } } },
    { EVENT_NAME: 'ONPAYMENTENTITYSAVED', EVENT_DATA: { FIELDS: { ID: String(second) } } },
    { EVENT_NAME: 'ONPAYMENTDELETED', EVENT_DATA: { FIELDS: { ID: String(second) } } },
  ])
  portal.state.turn({ eventData: 'absent' })
  portal.state.payments.change(first, { sum: 30 })
  expect(eventsOf((await app('event.offline.get', { clear: 0 })).body)).toMatchObject([{ EVENT_DATA: false }])
})

it('hides what was taken under a mark until it is cleared, and destroys it where nobody asked to keep it', async () => {
  const portal = await portalWith()
  const app = asApp(portal)
  await app('event.bind', offline('OnPaymentEntitySaved'))
  const ids = portal.state.payments.ids().slice(0, 3)
  for (const id of ids) portal.state.payments.change(id, { comments: 'x' })
  const taken = await app('event.offline.get', { clear: 0, limit: 2 })
  const mark = at(taken.body, 'result', 'process_id')
  expect(eventsOf(taken.body)).toHaveLength(2)
  expect(mark).toEqual(expect.any(String))
  const others = await app('event.offline.get', { clear: 0 })
  expect(eventsOf(others.body)).toHaveLength(1)
  const again = await app('event.offline.get', { clear: 0, process_id: mark })
  expect(eventsOf(again.body)).toEqual(eventsOf(taken.body))
  const [one] = eventsOf(taken.body)
  await app('event.offline.clear', { process_id: mark, id: [at(one, 'ID')] })
  expect(eventsOf((await app('event.offline.get', { clear: 0, process_id: mark })).body)).toHaveLength(1)
  await app('event.offline.clear', { process_id: mark })
  expect(portal.state.events().waiting).toBe(1)

  portal.state.payments.change(ids[0] ?? 0, { comments: 'y' })
  expect(eventsOf((await app('event.offline.get')).body)).toHaveLength(1)
  expect(eventsOf((await app('event.offline.get')).body)).toEqual([])
})

it('tells whether the plan lets events be kept', async () => {
  const portal = await portalWith({ switches: { offlineExtended: false } })
  expect((await call(portal, 'feature.get', { CODE: 'rest_offline_extended' })).body).toMatchObject({
    result: { value: 'N' },
  })
  expect(await call(portal, 'feature.get')).toMatchObject({ status: 400, body: { error: 'CODE_EMPTY' } })
})
