import { describe, expect, it } from 'vitest'
import { at, call, callAsEmployee, list, portalWith, record } from './kit.ts'

function items(body: unknown): Record<string, unknown>[] {
  return list(at(body, 'result', 'items')).map(record)
}

describe('crm.item.list', () => {
  it('lists deals with total and next, and only the selected fields', async () => {
    const portal = await portalWith()
    const answer = await call(portal, 'crm.item.list', {
      entityTypeId: 2,
      select: ['id', 'title', 'opportunity', 'currencyId'],
      filter: { '@id': [13123, 13100] },
      order: { id: 'asc' },
    })
    expect(answer.body.total).toBe(2)
    expect(items(answer.body)).toEqual([
      { id: 13100, title: 'Deal #13100', opportunity: 100, currencyId: 'USD' },
      { id: 13123, title: 'Deal #13123', opportunity: 150, currencyId: 'USD' },
    ])
  })

  it('takes nested conditions joined by OR', async () => {
    const portal = await portalWith()
    const filter = {
      '<id': 14000,
      0: { logic: 'OR', 0: { '=title': 'Deal #13123' }, 1: { '=opportunity': 100 } },
    }
    const both = await call(portal, 'crm.item.list', { entityTypeId: 2, filter })
    expect(items(both.body).map((row) => row.id)).toEqual([13100, 13123])
    const asList = [{ '<id': 14000 }, { logic: 'OR', 0: { '%title': '13123' }, 1: { title: 'nothing' } }]
    const one = await call(portal, 'crm.item.list', { entityTypeId: 2, filter: asList })
    expect(items(one.body).map((row) => row.id)).toEqual([13123])
  })

  it('refuses fields that cannot be filtered or ordered by', async () => {
    const portal = await portalWith()
    expect(await call(portal, 'crm.item.list', { entityTypeId: 2, filter: { '>nonsense': 1 } })).toEqual({
      status: 400,
      body: {
        error: 'INVALID_ARG_VALUE',
        error_description: "Invalid filter: field 'nonsense' is not allowed in filter",
      },
    })
    const order = await call(portal, 'crm.item.list', { entityTypeId: 2, order: { id: 'sideways' } })
    expect(order).toMatchObject({ status: 400, body: { error: 'INVALID_ARG_VALUE' } })
  })

  it('knows invoices by their number and deal', async () => {
    const portal = await portalWith()
    const answer = await call(portal, 'crm.item.list', { entityTypeId: 31, filter: { '>parentId2': 0 } })
    const [invoice] = items(answer.body)
    expect(invoice?.accountNumber).toMatch(/^\d+$/)
    expect(invoice?.stageId).toMatch(/^DT31_11:/)
    const deal = await call(portal, 'crm.item.list', { entityTypeId: 2, filter: { id: invoice?.parentId2 } })
    expect(items(deal.body)[0]).toMatchObject({
      companyId: invoice?.companyId,
      mycompanyId: invoice?.mycompanyId,
    })
  })

  it('knows own companies, and phones only with select *', async () => {
    const portal = await portalWith()
    const own = await call(portal, 'crm.item.list', { entityTypeId: 4, filter: { isMyCompany: 'Y' } })
    expect(items(own.body).map((row) => row.title)).toEqual(['ООО «Северный ветер»', 'Nordwind Handels GmbH'])
    expect(items(own.body)[0]).not.toHaveProperty('fm')
    const whole = await call(portal, 'crm.item.list', { entityTypeId: 3, select: ['*'] })
    expect(items(whole.body)[0]).toHaveProperty('fm')
  })

  it('refuses types it does not have', async () => {
    const portal = await portalWith()
    const codes = [14, 999, undefined].map(async (entityTypeId) => {
      const answer = await call(portal, 'crm.item.list', { entityTypeId })
      return [answer.status, answer.body.error]
    })
    expect(await Promise.all(codes)).toEqual([
      [400, 'ENTITY_TYPE_NOT_SUPPORTED'],
      [400, 'NOT_FOUND'],
      [400, 100],
    ])
  })

  it('silently leaves out deals of others for an employee', async () => {
    const portal = await portalWith()
    const all = await call(portal, 'crm.item.list', { entityTypeId: 2 })
    const own = await callAsEmployee(portal, 'crm.item.list', { entityTypeId: 2 })
    expect(Number(own.body.total)).toBeGreaterThan(0)
    expect(Number(own.body.total)).toBeLessThan(Number(all.body.total))
    expect(new Set(items(own.body).map((row) => row.assignedById))).toEqual(new Set([8]))
  })

  it('lets an employee work with the payments of their own deals only', async () => {
    const portal = await portalWith()
    const own = await callAsEmployee(portal, 'crm.item.list', { entityTypeId: 2 })
    const payments = await Promise.all(
      items(own.body).map((deal) =>
        callAsEmployee(portal, 'crm.item.payment.list', { entityId: deal.id, entityTypeId: 2 }),
      ),
    )
    const first = payments
      .flatMap((answer) => list(answer.body.result))
      .find((row) => at(row, 'paid') === 'N')
    const answer = await callAsEmployee(portal, 'crm.item.payment.pay', { id: at(first, 'id') })
    expect(answer.body.result).toBe(true)
    expect(portal.state.payments.get(Number(at(first, 'id')))).toMatchObject({ paid: 'Y', empPaidId: 8 })
  })
})

describe('crm.orderentity.list', () => {
  it('joins orders to deals and invoices', async () => {
    const portal = await portalWith()
    const answer = await call(portal, 'crm.orderentity.list', { filter: { '@orderId': [3653, 200] } })
    expect(at(answer.body, 'result', 'orderEntity')).toEqual([
      { ownerId: 13100, ownerTypeId: 2, orderId: 200 },
      { ownerId: 13123, ownerTypeId: 2, orderId: 3653 },
    ])
    expect(answer.body.total).toBe(2)
  })

  it('finds orders of an owner', async () => {
    const portal = await portalWith()
    const answer = await call(portal, 'crm.orderentity.list', {
      filter: { '=ownerTypeId': 2, '@ownerId': [13123] },
    })
    expect(at(answer.body, 'result', 'orderEntity')).toEqual([
      { ownerId: 13123, ownerTypeId: 2, orderId: 3653 },
    ])
  })

  it('returns everything with start = -1, unlike other lists', async () => {
    const portal = await portalWith({ payments: 400 })
    const paged = await call(portal, 'crm.orderentity.list')
    expect(list(at(paged.body, 'result', 'orderEntity'))).toHaveLength(50)
    const all = await call(portal, 'crm.orderentity.list', { start: -1 })
    expect(list(at(all.body, 'result', 'orderEntity')).length).toBe(paged.body.total)
    expect(Number(paged.body.total)).toBeGreaterThan(200)
  })

  it('refuses employees with a code that is text', async () => {
    const portal = await portalWith()
    expect(await callAsEmployee(portal, 'crm.orderentity.list')).toEqual({
      status: 400,
      body: { error: '200040300010', error_description: 'Access Denied' },
    })
  })
})

describe('sale.order.*', () => {
  it('reads an order with its clients, payments and requisites', async () => {
    const portal = await portalWith()
    const answer = await call(portal, 'sale.order.get', { id: 3653 })
    const order = record(at(answer.body, 'result', 'order'))
    expect(order).toMatchObject({ id: 3653, accountNumber: '3653', price: 150, currency: 'USD', payed: 'N' })
    expect(list(order.payments).map((payment) => at(payment, 'id'))).toEqual([1035, 1036, 1037, 1038])
    expect(at(order, 'clients', 0)).toMatchObject({ entityTypeId: 4, isPrimary: 'Y', orderId: 3653 })
    expect(order.requisiteLink).toEqual({
      bankDetailId: 0,
      mcBankDetailId: 0,
      mcRequisiteId: 0,
      requisiteId: 0,
    })
  })

  it('lists orders without clients or payments', async () => {
    const portal = await portalWith()
    const answer = await call(portal, 'sale.order.list', {
      filter: { '@id': [200, 3653] },
      order: { id: 'asc' },
    })
    expect(answer.body.total).toBe(2)
    expect(at(answer.body, 'result', 'orders', 0)).toMatchObject({
      id: 200,
      accountNumber: '356',
      payed: 'N',
    })
    expect(at(answer.body, 'result', 'orders', 0)).not.toHaveProperty('payments')
  })

  it('answers the documented refusals', async () => {
    const portal = await portalWith()
    const answers = [
      await call(portal, 'sale.order.get', { id: 1 }),
      await call(portal, 'sale.order.get', {}),
      await callAsEmployee(portal, 'sale.order.get', { id: 200 }),
      await callAsEmployee(portal, 'sale.order.list'),
    ]
    expect(answers.map((answer) => [answer.status, answer.body.error])).toEqual([
      [400, 200540400001],
      [400, 100],
      [400, 200040300010],
      [400, 200040300010],
    ])
  })
})

describe('requisites, pay systems, users', () => {
  it('prints requisites in capitals with ids as text and empty fields as null', async () => {
    const portal = await portalWith()
    const answer = await call(portal, 'crm.requisite.list', {
      filter: { ENTITY_TYPE_ID: 4, '@ENTITY_ID': [101, 102] },
    })
    expect(answer.body.total).toBe(2)
    expect(at(answer.body, 'result', 0)).toMatchObject({
      ID: '27',
      ENTITY_TYPE_ID: '4',
      ENTITY_ID: '101',
      RQ_COMPANY_NAME: 'ООО «Северный ветер»',
      RQ_IIN: null,
    })
    expect(at(answer.body, 'result', 0, 'RQ_INN')).toMatch(/^77\d{8}$/)
    expect(at(answer.body, 'result', 1)).toMatchObject({ RQ_INN: null, RQ_KPP: null })
    expect(at(answer.body, 'result', 1, 'RQ_VAT_ID')).toMatch(/^DE\d{9}$/)
  })

  it('selects requisite fields and finds bank details by requisite', async () => {
    const portal = await portalWith()
    const short = await call(portal, 'crm.requisite.list', {
      filter: { ENTITY_ID: 101 },
      select: ['ID', 'ENTITY_ID'],
    })
    expect(short.body.result).toEqual([{ ID: '27', ENTITY_ID: '101' }])
    const details = await call(portal, 'crm.requisite.bankdetail.list', { filter: { '@ENTITY_ID': ['27'] } })
    expect(list(details.body.result).map((row) => at(row, 'RQ_ACC_CURRENCY'))).toEqual(['RUB', 'RUB', 'USD'])
    expect(at(details.body, 'result', 0, 'RQ_ACC_NUM')).toMatch(/^40702810\d{12}$/)
    const account = at(details.body, 'result', 2, 'RQ_ACC_NUM')
    const found = await call(portal, 'crm.requisite.bankdetail.list', { filter: { RQ_ACC_NUM: account } })
    expect(found.body.total).toBe(1)
  })

  it('links deals to requisites as text ids', async () => {
    const portal = await portalWith()
    const answer = await call(portal, 'crm.requisite.link.list', { filter: { ENTITY_TYPE_ID: 2 } })
    const link = record(list(answer.body.result)[0])
    expect(Object.keys(link)).toEqual([
      'ENTITY_TYPE_ID',
      'ENTITY_ID',
      'REQUISITE_ID',
      'BANK_DETAIL_ID',
      'MC_REQUISITE_ID',
      'MC_BANK_DETAIL_ID',
    ])
    expect(link.ENTITY_TYPE_ID).toBe('2')
    expect(Number(link.REQUISITE_ID)).toBeGreaterThan(27)
  })

  it('lists pay systems with numeric ids and no total, for administrators', async () => {
    const portal = await portalWith()
    const answer = await call(portal, 'sale.paysystem.list', { SELECT: ['ID', 'IS_CASH', 'CAN_PRINT_CHECK'] })
    expect(answer.body).not.toHaveProperty('total')
    expect(answer.body.result).toEqual([
      { IS_CASH: 'N', CAN_PRINT_CHECK: 'N', ID: 1 },
      { IS_CASH: 'N', CAN_PRINT_CHECK: 'N', ID: 2 },
      { IS_CASH: 'A', CAN_PRINT_CHECK: 'Y', ID: 3 },
      { IS_CASH: 'Y', CAN_PRINT_CHECK: 'N', ID: 4 },
      { IS_CASH: 'Y', CAN_PRINT_CHECK: 'N', ID: 6 },
    ])
    const denied = await callAsEmployee(portal, 'sale.paysystem.list')
    expect(denied).toMatchObject({ status: 403, body: { error: 'ACCESS_DENIED' } })
  })

  it('tells who is calling', async () => {
    const portal = await portalWith()
    expect((await call(portal, 'profile')).body.result).toEqual({
      ID: '1',
      ADMIN: true,
      NAME: 'Анна',
      LAST_NAME: 'Орлова',
      PERSONAL_GENDER: '',
      TIME_ZONE: 'Europe/Moscow',
    })
    expect((await callAsEmployee(portal, 'profile')).body.result).toMatchObject({ ID: '8', ADMIN: false })
    expect((await callAsEmployee(portal, 'user.current')).body.result).toMatchObject({
      ID: '8',
      ACTIVE: true,
    })
    const users = await call(portal, 'user.get', { FILTER: { ID: [8, 9] } })
    expect(list(users.body.result).map((row) => at(row, 'ID'))).toEqual(['8', '9'])
    expect(users.body.total).toBe(2)
    expect((await call(portal, 'user.get', { ID: 12 })).body.total).toBe(1)
  })

  it('tells scopes, methods and time', async () => {
    const portal = await portalWith({ startAt: '2026-09-21T09:00:00Z' })
    expect((await call(portal, 'scope')).body.result).toEqual([
      'crm',
      'sale',
      'pay_system',
      'user',
      'user_brief',
      'user_basic',
    ])
    expect(list((await call(portal, 'methods')).body.result)).toContain('crm.item.payment.pay')
    const unknown = await call(portal, 'method.get', { name: 'crm.item.payment.refund' })
    expect(unknown.body.result).toEqual({ isExisting: false, isAvailable: false })
    expect((await call(portal, 'server.time')).body.result).toMatch(/^2026-09-21T11:00:0\d\+02:00$/)
    const missing = await call(portal, 'crm.item.payment.refund')
    expect(missing).toMatchObject({ status: 404, body: { error: 'ERROR_METHOD_NOT_FOUND' } })
  })

  it('lists currencies, stages and funnels', async () => {
    const portal = await portalWith()
    const currencies = await call(portal, 'crm.currency.list')
    expect(list(currencies.body.result).map((row) => [at(row, 'CURRENCY'), at(row, 'DECIMALS')])).toEqual([
      ['RUB', '2'],
      ['USD', '2'],
      ['EUR', '2'],
      ['BYN', '2'],
    ])
    const lost = await call(portal, 'crm.status.list', {
      filter: { ENTITY_ID: 'DEAL_STAGE', SEMANTICS: 'F' },
    })
    expect(list(lost.body.result).map((row) => at(row, 'STATUS_ID'))).toEqual(['LOSE'])
    const funnels = await call(portal, 'crm.category.list', { entityTypeId: 31 })
    expect(at(funnels.body, 'result', 'categories', 0, 'id')).toBe(11)
  })
})
