import { describe, expect, it } from 'vitest'
import { at, call, callAsEmployee, list, portalWith } from './kit.ts'

describe('crm.item.payment.list', () => {
  it('answers the documented payments of deal 13123 directly in result, without total or next', async () => {
    const portal = await portalWith()
    const answer = await call(portal, 'crm.item.payment.list', {
      entityId: 13123,
      entityTypeId: 2,
      filter: { '@id': [1036, 1037] },
    })
    expect(Object.keys(answer.body).sort()).toEqual(['result', 'time'])
    expect(answer.body.result).toEqual([
      {
        id: 1036,
        accountNumber: '3653/1',
        paid: 'Y',
        datePaid: '2024-05-20T12:32:02+02:00',
        empPaidId: 1,
        paySystemId: 6,
        sum: 0,
        currency: 'USD',
        paySystemName: 'Cash',
      },
      {
        id: 1037,
        accountNumber: '3653/2',
        paid: 'N',
        datePaid: null,
        empPaidId: null,
        paySystemId: 6,
        sum: 0,
        currency: 'USD',
        paySystemName: 'Cash',
      },
    ])
  })

  it('filters by paid and orders', async () => {
    const portal = await portalWith()
    const answer = await call(portal, 'crm.item.payment.list', {
      entityId: 13123,
      entityTypeId: 2,
      filter: { paid: 'N' },
      order: { id: 'desc' },
    })
    expect(list(answer.body.result).map((row) => at(row, 'id'))).toEqual([1038, 1037, 1035])
  })

  it('answers an empty list for a type that has no payments', async () => {
    const portal = await portalWith()
    const answer = await call(portal, 'crm.item.payment.list', { entityId: 13123, entityTypeId: 1 })
    expect(answer).toMatchObject({ status: 200, body: { result: [] } })
  })

  it('wants both parameters and an object that exists', async () => {
    const portal = await portalWith()
    const codes = [
      await call(portal, 'crm.item.payment.list', { entityTypeId: 2 }),
      await call(portal, 'crm.item.payment.list', { entityId: 13123 }),
      await call(portal, 'crm.item.payment.list', { entityId: 5, entityTypeId: 2 }),
    ].map((answer) => [answer.status, answer.body.error])
    expect(codes).toEqual([
      [400, 100],
      [400, 100],
      [400, 0],
    ])
  })

  it('never pages', async () => {
    const portal = await portalWith()
    for (let added = 0; added < 55; added += 1) {
      await call(portal, 'crm.item.payment.add', { entityId: 13123, entityTypeId: 2 })
    }
    const answer = await call(portal, 'crm.item.payment.list', { entityId: 13123, entityTypeId: 2 })
    expect(list(answer.body.result)).toHaveLength(59)
  })
})

describe('crm.item.payment.add', () => {
  it('answers the new id and numbers the payment after its siblings', async () => {
    const portal = await portalWith()
    const answer = await call(portal, 'crm.item.payment.add', { entityId: 13123, entityTypeId: 2 })
    const id = Number(answer.body.result)
    expect(id).toBe(Math.max(...portal.state.payments.ids()))
    expect(portal.state.payments.get(id)).toMatchObject({ orderId: 3653, accountNumber: '3653/5', paid: 'N' })
    expect(portal.state.log.countWrites(id, 'crm.item.payment.add')).toBe(1)
  })

  it('makes an order for an invoice that has none', async () => {
    const portal = await portalWith({ payments: 400 })
    const all = await call(portal, 'crm.orderentity.list', { filter: { ownerTypeId: 31 }, start: -1 })
    const withOrder = new Set(list(at(all.body, 'result', 'orderEntity')).map((row) => at(row, 'ownerId')))
    const invoices = await call(portal, 'crm.item.list', { entityTypeId: 31, order: { id: 'desc' } })
    const bare = list(at(invoices.body, 'result', 'items')).find((row) => !withOrder.has(at(row, 'id')))
    const answer = await call(portal, 'crm.item.payment.add', { entityId: at(bare, 'id'), entityTypeId: 31 })
    const payment = portal.state.payments.get(Number(answer.body.result))
    expect(payment).toMatchObject({ sum: at(bare, 'opportunity'), currency: 'RUB' })
  })

  it('answers the documented refusals', async () => {
    const portal = await portalWith()
    expect(await call(portal, 'crm.item.payment.add', { entityId: 13123000, entityTypeId: 2 })).toEqual({
      status: 400,
      body: { error: 0, error_description: 'Entity with identifier №13123000 does not exist' },
    })
    const wrongType = await call(portal, 'crm.item.payment.add', { entityId: 13123, entityTypeId: 4 })
    expect(wrongType).toMatchObject({ status: 400, body: { error: 0 } })
    const missing = await call(portal, 'crm.item.payment.add', {})
    expect(missing).toMatchObject({ status: 400, body: { error: 100 } })
    const denied = await callAsEmployee(portal, 'crm.item.payment.add', { entityId: 13123, entityTypeId: 2 })
    expect(denied).toMatchObject({
      status: 400,
      body: { error: 0, error_description: 'Insufficient permissions' },
    })
  })
})

describe('crm.item.payment.update', () => {
  it('changes paid and the pay system, and nothing else', async () => {
    const portal = await portalWith()
    const fields = { paid: 'Y', paySystemId: 1, sum: 7, comments: 'x' }
    const answer = await call(portal, 'crm.item.payment.update', { id: 1038, fields })
    expect(answer.body.result).toBe(true)
    expect(portal.state.payments.get(1038)).toMatchObject({
      paid: 'Y',
      paySystemId: 1,
      sum: 100,
      comments: '',
    })
    expect(portal.state.log.countWrites(1038)).toBe(1)
  })

  it('takes paid back', async () => {
    const portal = await portalWith()
    await call(portal, 'crm.item.payment.update', { id: 1036, fields: { paid: 'N' } })
    expect(portal.state.payments.get(1036)).toMatchObject({ paid: 'N', datePaid: null, empPaidId: null })
  })

  it('refuses without id, without fields, and with an unknown pay system', async () => {
    const portal = await portalWith()
    const answers = [
      await call(portal, 'crm.item.payment.update', { fields: { paid: 'Y' } }),
      await call(portal, 'crm.item.payment.update', { id: 1038 }),
      await call(portal, 'crm.item.payment.update', { id: 1038, fields: { paySystemId: 77 } }),
    ]
    expect(answers.map((answer) => [answer.status, answer.body.error])).toEqual([
      [400, 100],
      [400, 100],
      [400, 0],
    ])
  })
})
