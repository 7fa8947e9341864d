/** The specification page of crm.item.payment.get. */
import { describe, expect, it } from 'vitest'
import { at, call, callAsEmployee, callWithToken, expectTime, get, portalWith, postForm } from './kit.ts'
import { itAnswersSystemErrors } from './system-errors.ts'

const method = 'crm.item.payment.get'

describe('crm.item.payment.get: reads a payment', () => {
  it('answers exactly the printed object for payment 1036', async () => {
    const portal = await portalWith()
    const answer = await call(portal, method, { id: 1036 })
    expect(answer.status).toBe(200)
    expect(Object.keys(answer.body).sort()).toEqual(['result', 'time'])
    expect(answer.body.result).toEqual({
      id: 1036,
      accountNumber: '3653/1',
      paid: 'Y',
      datePaid: '2024-05-20T12:32:02+02:00',
      empPaidId: 1,
      paySystemId: 6,
      sum: 0,
      currency: 'USD',
      paySystemName: 'Cash',
    })
    expectTime(answer.body.time)
  })

  it('prints N and two nulls for a payment that is not paid', async () => {
    const portal = await portalWith()
    const answer = await call(portal, method, { id: 1037 })
    expect(answer.body.result).toEqual({
      id: 1037,
      accountNumber: '3653/2',
      paid: 'N',
      datePaid: null,
      empPaidId: null,
      paySystemId: 6,
      sum: 0,
      currency: 'USD',
      paySystemName: 'Cash',
    })
  })

  it('takes an access token in the JSON body', async () => {
    const portal = await portalWith()
    const { accessToken } = portal.state.tokens.grant(1)
    const answer = await callWithToken(portal, method, { id: 1036 }, accessToken)
    expect(at(answer.body, 'result', 'accountNumber')).toBe('3653/1')
  })

  it('is refused with code 0 and HTTP 400 when the payment does not exist', async () => {
    const portal = await portalWith()
    const answer = await call(portal, method, { id: 999_999 })
    expect(answer).toEqual({
      status: 400,
      body: { error: 0, error_description: 'Payment has not been found' },
    })
  })

  it('is refused with code 0 and the printed words when the caller may not change the order', async () => {
    const english = await portalWith()
    expect(await callAsEmployee(english, method, { id: 1036 })).toEqual({
      status: 400,
      body: { error: 0, error_description: 'Insufficient permissions' },
    })
    const russian = await portalWith({ switches: { language: 'ru' } })
    expect(await callAsEmployee(russian, method, { id: 1036 })).toEqual({
      status: 400,
      body: { error: 0, error_description: 'Недостаточно прав' },
    })
  })

  it('is refused with code 100 when id is missing or empty', async () => {
    const portal = await portalWith()
    for (const params of [{}, { id: '' }, { id: null }]) {
      const answer = await call(portal, method, params)
      expect(answer.status).toBe(400)
      expect(answer.body.error).toBe(100)
    }
    expect(portal.state.log.writes).toEqual([])
  })

  it('is refused with code 0 for other failures', async () => {
    const fault = { kind: 'refusal', status: 400, code: 0, description: 'Fatal error' } as const
    const portal = await portalWith({ faults: [{ method, do: fault }] })
    expect(await call(portal, method, { id: 1036 })).toEqual({
      status: 400,
      body: { error: 0, error_description: 'Fatal error' },
    })
  })

  it('needs the crm scope', async () => {
    const portal = await portalWith({ oauth: { scopes: ['sale'] } })
    const { accessToken } = portal.state.tokens.grant(1)
    const answer = await callWithToken(portal, method, { id: 1036 }, accessToken)
    expect(answer.status).toBe(403)
    expect(answer.body.error).toBe('insufficient_scope')
  })

  it('is called by webhook and by OAuth, as JSON, as a form, by GET, with .json', async () => {
    const portal = await portalWith()
    const { accessToken } = portal.state.tokens.grant(1)
    const url = portal.webhookUrl + method
    const answers = [
      await get(`${url}?id=999999`),
      await get(`${url}.json?id=999999`),
      await postForm(url, 'id=999999'),
      await postForm(`${portal.url}/rest/${method}`, `id=999999&auth=${accessToken}`),
      await get(`${portal.url}/rest/${method}?id=999999&auth=${accessToken}`),
      await callWithToken(portal, method, { id: 999_999 }, accessToken),
    ]
    for (const answer of answers) {
      expect(answer.status).toBe(400)
      expect(answer.body.error_description).toBe('Payment has not been found')
    }
  })

  it('stands beside the six methods its page links to', async () => {
    const portal = await portalWith()
    for (const other of ['get', 'list', 'add', 'update', 'delete', 'pay', 'unpay']) {
      const answer = await call(portal, 'method.get', { name: `crm.item.payment.${other}` })
      expect(at(answer.body, 'result')).toEqual({ isExisting: true, isAvailable: true })
    }
  })

  itAnswersSystemErrors(method, { id: 1036 })
})
