import { describe, expect, it } from 'vitest'
import { at, call, callAsEmployee, list, portalWith, record } from './kit.ts'

function ids(body: unknown): unknown[] {
  return list(at(body, 'result', 'payments')).map((payment) => at(payment, 'id'))
}

describe('sale.payment.list', () => {
  it('pages by offset with total and next', async () => {
    const portal = await portalWith()
    const first = await call(portal, 'sale.payment.list', { order: { id: 'asc' } })
    expect(first.body).toMatchObject({ total: 125, next: 50 })
    expect(ids(first.body)).toHaveLength(50)
    const last = await call(portal, 'sale.payment.list', { order: { id: 'asc' }, start: 100 })
    expect(last.body.total).toBe(125)
    expect(last.body).not.toHaveProperty('next')
    expect(ids(last.body)).toHaveLength(25)
  })

  it('walks by id cursor without counting and meets every payment once', async () => {
    const portal = await portalWith()
    const seen: unknown[] = []
    for (let last = 0; ;) {
      const page = await call(portal, 'sale.payment.list', {
        start: -1,
        order: { id: 'asc' },
        filter: { '>id': last },
        select: ['id'],
      })
      expect(page.body.total).toBe(0)
      expect(page.body).not.toHaveProperty('next')
      seen.push(...ids(page.body))
      if (ids(page.body).length < 50) break
      last = Number(seen.at(-1))
    }
    expect(seen).toEqual(portal.state.payments.ids())
  })

  it('walks downwards too', async () => {
    const portal = await portalWith()
    const page = await call(portal, 'sale.payment.list', {
      start: -1,
      order: { id: 'desc' },
      filter: { '<id': 1038 },
    })
    expect(ids(page.body)).toEqual([1037, 1036, 1035, 144])
  })

  it('selects fields', async () => {
    const portal = await portalWith()
    const answer = await call(portal, 'sale.payment.list', {
      filter: { id: 144 },
      select: ['id', 'orderId', 'sum'],
    })
    expect(at(answer.body, 'result', 'payments')).toEqual([{ id: 144, orderId: 200, sum: 100 }])
    const all = await call(portal, 'sale.payment.list', { filter: { id: 144 } })
    expect(Object.keys(record(at(all.body, 'result', 'payments', 0)))).toHaveLength(44)
  })

  const known = { '@id': [144, 1035, 1036, 1037, 1038] }
  const filters: [string, Record<string, unknown>, number[]][] = [
    ['=', { '=sum': 100 }, [144, 1038]],
    ['no operator', { accountNumber: '3653/4' }, [1038]],
    ['a list without operator', { id: [144, 1036] }, [144, 1036]],
    ['!=', { '!=orderId': 3653 }, [144]],
    ['!', { '!orderId': 3653 }, [144]],
    ['>', { '>sum': 50 }, [144, 1038]],
    ['>=', { '>=sum': 50 }, [144, 1035, 1038]],
    ['<', { '<sum': 50 }, [1036, 1037]],
    ['<=', { '<=sum': 50 }, [1035, 1036, 1037]],
    ['@', { '@accountNumber': ['3653/1', '356/1'] }, [144, 1036]],
    ['!@', { '!@id': [144, 1036, 1037, 1038] }, [1035]],
    ['%', { '%accountNumber': '53/' }, [1035, 1036, 1037, 1038]],
    ['!%', { '!%accountNumber': '53/' }, [144]],
    ['=%', { '=%accountNumber': '356%' }, [144]],
    ['%=', { '%=accountNumber': '%/1' }, [144, 1036]],
    ['!=%', { '!=%accountNumber': '3653%' }, [144]],
    ['!%=', { '!%=accountNumber': '%/1' }, [1035, 1037, 1038]],
    ['a flag', { paid: 'Y' }, [1036]],
    ['a flag as true', { paid: true }, [1036]],
    ['null', { datePaid: null }, [144, 1035, 1037, 1038]],
    ['a date with an offset', { '>=datePaid': '2024-05-20T13:32:02+03:00' }, [1036]],
    ['a later date', { '>datePaid': '2024-05-20T13:32:02+03:00' }, []],
    [
      'unknown fields, which are left out of account',
      { payed: 'Y', personTypeId: 3 },
      [144, 1035, 1036, 1037, 1038],
    ],
  ]

  it.each(filters)('filters with %s', async (_name, filter, wanted) => {
    const portal = await portalWith()
    const answer = await call(portal, 'sale.payment.list', {
      filter: { ...known, ...filter },
      order: { id: 'asc' },
    })
    expect(ids(answer.body)).toEqual(wanted)
    expect(answer.body.total).toBe(wanted.length)
  })

  it('orders by several fields', async () => {
    const portal = await portalWith()
    const answer = await call(portal, 'sale.payment.list', {
      filter: known,
      order: { sum: 'desc', id: 'asc' },
    })
    expect(ids(answer.body)).toEqual([144, 1038, 1035, 1036, 1037])
  })

  it('sees its own writes at once', async () => {
    const portal = await portalWith()
    const before = await call(portal, 'sale.payment.list', { filter: { paid: 'N' } })
    await call(portal, 'crm.item.payment.pay', { id: 1038 })
    const after = await call(portal, 'sale.payment.list', { filter: { paid: 'N' } })
    expect(Number(after.body.total)).toBe(Number(before.body.total) - 1)
  })

  it('pages quickly through a hundred thousand payments', { timeout: 30_000 }, async () => {
    const begun = performance.now()
    const portal = await portalWith({ payments: 100_000 })
    const started = performance.now() - begun
    const walked = performance.now()
    for (let page = 0; page < 20; page += 1) {
      await call(portal, 'sale.payment.list', { start: page * 2_000, select: ['id'] })
      await call(portal, 'sale.payment.list', {
        start: -1,
        filter: { '>id': 3_000 * page },
        order: { id: 'asc' },
      })
    }
    expect(started).toBeLessThan(8_000)
    expect(performance.now() - walked).toBeLessThan(4_000)
  })
})

describe('sale.payment.get, add, delete, getFields', () => {
  it('reads one payment whole', async () => {
    const portal = await portalWith()
    const answer = await call(portal, 'sale.payment.get', { id: 1036 })
    expect(at(answer.body, 'result', 'payment')).toMatchObject({
      id: 1036,
      orderId: 3653,
      accountNumber: '3653/1',
      paid: 'Y',
      paySystemIsCash: 'Y',
      payVoucherNum: '',
      payVoucherDate: null,
      externalPayment: 'N',
    })
  })

  it('adds a payment to an order and names what is missing', async () => {
    const portal = await portalWith()
    const added = await call(portal, 'sale.payment.add', {
      fields: { orderId: 3653, paySystemId: 1, sum: 12.34, paid: 'N' },
    })
    expect(at(added.body, 'result', 'payment')).toMatchObject({
      orderId: 3653,
      accountNumber: '3653/5',
      sum: 12.34,
      currency: 'USD',
    })
    const answers = [
      await call(portal, 'sale.payment.add', {}),
      await call(portal, 'sale.payment.add', { fields: { paySystemId: 1 } }),
      await call(portal, 'sale.payment.add', { fields: { orderId: 3653 } }),
      await callAsEmployee(portal, 'sale.payment.add', { fields: { orderId: 3653, paySystemId: 1 } }),
    ]
    expect(answers.map((answer) => [answer.status, answer.body.error])).toEqual([
      [400, 100],
      [400, 0],
      [400, 0],
      [400, 200040300020],
    ])
  })

  it('deletes a payment once', async () => {
    const portal = await portalWith()
    const first = await call(portal, 'sale.payment.delete', { id: 1038 })
    expect(first.body.result).toBe(true)
    const second = await call(portal, 'sale.payment.delete', { id: 1038 })
    expect(second).toEqual({
      status: 400,
      body: { error: 200640400001, error_description: 'payment does not exist' },
    })
    expect(portal.state.log.countWrites(1038)).toBe(1)
  })

  it('describes 44 fields', async () => {
    const portal = await portalWith()
    const answer = await call(portal, 'sale.payment.getFields')
    const fields = record(at(answer.body, 'result', 'payment'))
    expect(Object.keys(fields)).toHaveLength(44)
    expect(fields.orderId).toEqual({
      isImmutable: true,
      isReadOnly: false,
      isRequired: true,
      type: 'integer',
    })
    expect(fields.accountNumber).toEqual({
      isImmutable: false,
      isReadOnly: true,
      isRequired: false,
      type: 'string',
    })
    expect(fields.payVoucherDate).toEqual({
      isImmutable: false,
      isReadOnly: false,
      isRequired: false,
      type: 'datetime',
    })
  })

  it('refuses employees with the codes for reading and writing', async () => {
    const portal = await portalWith()
    const codes = [
      await callAsEmployee(portal, 'sale.payment.get', { id: 144 }),
      await callAsEmployee(portal, 'sale.payment.list'),
      await callAsEmployee(portal, 'sale.payment.delete', { id: 144 }),
    ].map((answer) => [answer.status, answer.body.error])
    expect(codes).toEqual([
      [400, 200040300010],
      [400, 200040300010],
      [400, 200040300020],
    ])
  })
})
