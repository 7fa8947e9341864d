import { describe, expect, it } from 'vitest'
import { at, call, get, list, portalWith, postForm, record } from './kit.ts'

describe('batch', () => {
  it('answers every command under its label, with empty maps as []', async () => {
    const portal = await portalWith()
    const cmd = {
      one: 'crm.item.payment.get?id=1036',
      all: 'sale.payment.list?select[]=id&order[id]=asc',
    }
    const answer = await call(portal, 'batch', { halt: 0, cmd })
    expect(answer.status).toBe(200)
    expect(at(answer.body, 'result', 'result', 'one', 'accountNumber')).toBe('3653/1')
    expect(at(answer.body, 'result', 'result_error')).toEqual([])
    expect(at(answer.body, 'result', 'result_total')).toEqual({ all: 125 })
    expect(at(answer.body, 'result', 'result_next')).toEqual({ all: 50 })
    expect(Object.keys(record(at(answer.body, 'result', 'result_time')))).toEqual(['one', 'all'])
    expect(answer.body.time).toBeTypeOf('object')
  })

  it('answers HTTP 200 though commands failed, with code and words of each', async () => {
    const portal = await portalWith()
    const cmd = {
      bad: 'crm.item.payment.pay?id=77',
      good: 'crm.item.payment.pay?id=1038',
      none: 'no.such.method',
    }
    const answer = await call(portal, 'batch', { cmd })
    expect(answer.status).toBe(200)
    expect(at(answer.body, 'result', 'result')).toEqual({ good: true })
    expect(at(answer.body, 'result', 'result_error')).toEqual({
      bad: { error: 0, error_description: 'Payment has not been found' },
      none: { error: 'ERROR_METHOD_NOT_FOUND', error_description: 'Method not found!' },
    })
    expect(Object.keys(record(at(answer.body, 'result', 'result_time')))).toEqual(['good'])
  })

  it('stops after the first failure with halt, leaving the rest out of every map', async () => {
    const portal = await portalWith()
    const cmd = { a: 'profile', b: 'crm.item.payment.get?id=77', c: 'crm.item.payment.pay?id=1038' }
    const answer = await call(portal, 'batch', { halt: 1, cmd })
    expect(Object.keys(record(at(answer.body, 'result', 'result')))).toEqual(['a'])
    expect(Object.keys(record(at(answer.body, 'result', 'result_error')))).toEqual(['b'])
    expect(portal.state.log.countWrites(1038)).toBe(0)
  })

  it('hands results on to later commands', async () => {
    const portal = await portalWith()
    const cmd = {
      pays: 'sale.payment.list?filter[@id][]=1036&select[]=id&select[]=orderId',
      order: 'sale.order.get?id=$result[pays][payments][0][orderId]',
      owner: 'crm.orderentity.list?filter[orderId]=$result[order][order][id]',
      deals: 'crm.item.list?entityTypeId=2&filter[id]=$result[owner][orderEntity][0][ownerId]&select[]=id',
      text: 'crm.item.list?entityTypeId=2&filter[title]=Deal %23$result[deals][items][0][id]&select[]=id',
    }
    const answer = await call(portal, 'batch', { cmd })
    expect(at(answer.body, 'result', 'result', 'deals', 'items')).toEqual([{ id: 13123 }])
    expect(at(answer.body, 'result', 'result', 'text', 'items')).toEqual([{ id: 13123 }])
  })

  it('walks a cursor inside one batch', async () => {
    const portal = await portalWith()
    const page = 'sale.payment.list?start=-1&order[id]=asc&select[]=id&filter[>id]='
    const cmd = {
      p0: `${page}0`,
      p1: `${page}$result[p0][payments][49][id]`,
      p2: `${page}$result[p1][payments][49][id]`,
    }
    const answer = await call(portal, 'batch', { cmd })
    const ids = ['p0', 'p1', 'p2'].flatMap((label) =>
      list(at(answer.body, 'result', 'result', label, 'payments')).map((row) => at(row, 'id')),
    )
    expect(ids).toEqual(portal.state.payments.ids())
  })

  it('gives a reference that points nowhere no value', async () => {
    const portal = await portalWith()
    const cmd = { lost: 'crm.item.payment.get?id=77', next: 'crm.item.payment.pay?id=$result[lost][id]' }
    const answer = await call(portal, 'batch', { cmd })
    expect(at(answer.body, 'result', 'result_error', 'next', 'error')).toBe(100)
    expect(portal.state.log.writes).toEqual([])
  })

  it('prints numeric labels as a list, or as a map where one is missing', async () => {
    const portal = await portalWith()
    const whole = await call(portal, 'batch', { cmd: ['server.time', 'scope'] })
    expect(list(at(whole.body, 'result', 'result'))).toHaveLength(2)
    const holed = await call(portal, 'batch', { cmd: ['scope', 'crm.item.payment.get?id=77', 'scope'] })
    expect(Object.keys(record(at(holed.body, 'result', 'result')))).toEqual(['0', '2'])
    expect(at(holed.body, 'result', 'result_error', '1', 'error')).toBe(0)
    const honest = await portalWith({ switches: { phpArrays: false } })
    const maps = await call(honest, 'batch', { cmd: { a: 'scope' } })
    expect(at(maps.body, 'result', 'result_error')).toEqual({})
  })

  it('refuses a batch inside a batch', async () => {
    const portal = await portalWith()
    const answer = await call(portal, 'batch', { cmd: { inner: 'batch?cmd[a]=scope' } })
    expect(answer.status).toBe(200)
    expect(at(answer.body, 'result', 'result_error', 'inner', 'error')).toBe('ERROR_BATCH_METHOD_NOT_ALLOWED')
  })

  it('runs fifty commands and refuses those beyond, or all of them by a switch', async () => {
    const portal = await portalWith()
    const cmd = Object.fromEntries(Array.from({ length: 52 }, (_, index) => [`c${index}`, 'server.time']))
    const answer = await call(portal, 'batch', { cmd })
    expect(Object.keys(record(at(answer.body, 'result', 'result')))).toHaveLength(50)
    expect(at(answer.body, 'result', 'result_error', 'c51', 'error')).toBe('ERROR_BATCH_LENGTH_EXCEEDED')
    portal.state.turn({ longBatch: 'refused' })
    const whole = await call(portal, 'batch', { cmd })
    expect(whole).toMatchObject({ status: 400, body: { error: 'ERROR_BATCH_LENGTH_EXCEEDED' } })
  })

  it('keeps payment methods out by a switch', async () => {
    const portal = await portalWith({ switches: { batchablePayments: false } })
    const cmd = {
      pay: 'crm.item.payment.pay?id=1038',
      list: 'sale.payment.list',
      other: 'crm.item.list?entityTypeId=2',
    }
    const answer = await call(portal, 'batch', { cmd })
    expect(Object.keys(record(at(answer.body, 'result', 'result')))).toEqual(['other'])
    expect(at(answer.body, 'result', 'result_error', 'pay', 'error')).toBe('ERROR_BATCH_METHOD_NOT_ALLOWED')
    expect((await call(portal, 'crm.item.payment.pay', { id: 1038 })).body.result).toBe(true)
  })

  it('comes as a form and by GET, encoded twice in the URL', async () => {
    const portal = await portalWith()
    const command = 'crm.item.payment.list?entityId=13123&entityTypeId=2&filter[%3Eid]=1036'
    const form = await postForm(`${portal.webhookUrl}batch`, `halt=0&cmd[a]=${encodeURIComponent(command)}`)
    expect(list(at(form.body, 'result', 'result', 'a')).map((row) => at(row, 'id'))).toEqual([1037, 1038])
    const url = await get(`${portal.webhookUrl}batch?cmd[a]=${encodeURIComponent(command)}`)
    expect(at(url.body, 'result', 'result')).toEqual(at(form.body, 'result', 'result'))
  })
})
