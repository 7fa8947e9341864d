/** The specification page of crm.item.payment.pay. */
import { describe, expect, it } from 'vitest'
import { at, call, callAsEmployee, callWithToken, expectTime, get, portalWith, postForm } from './kit.ts'
import { itAnswersSystemErrors } from './system-errors.ts'

const method = 'crm.item.payment.pay'

describe('crm.item.payment.pay: marks a payment as paid', () => {
  it('answers true for payment 1038 and marks it as paid by the caller now', async () => {
    const portal = await portalWith({ startAt: '2026-09-21T09:00:00Z' })
    const answer = await call(portal, method, { id: 1038 })
    expect(answer.status).toBe(200)
    expect(Object.keys(answer.body).sort()).toEqual(['result', 'time'])
    expect(answer.body.result).toBe(true)
    expectTime(answer.body.time)
    const after = await call(portal, 'crm.item.payment.get', { id: 1038 })
    expect(after.body.result).toMatchObject({ id: 1038, paid: 'Y', empPaidId: 1 })
    expect(at(after.body, 'result', 'datePaid')).toMatch(/^2026-09-21T11:00:0\d\+02:00$/)
  })

  it('takes an access token in the JSON body', async () => {
    const portal = await portalWith()
    const { accessToken } = portal.state.tokens.grant(1)
    const answer = await callWithToken(portal, method, { id: 1038 }, accessToken)
    expect(answer.body.result).toBe(true)
    expect(portal.state.log.countWrites(1038, method)).toBe(1)
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
    expect(await callAsEmployee(english, method, { id: 1038 })).toEqual({
      status: 400,
      body: { error: 0, error_description: 'Insufficient permissions' },
    })
    const russian = await portalWith({ switches: { language: 'ru' } })
    expect(await callAsEmployee(russian, method, { id: 1038 })).toEqual({
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
    expect(await call(portal, method, { id: 1038 })).toEqual({
      status: 400,
      body: { error: 0, error_description: 'Fatal error' },
    })
  })

  it('needs the crm scope', async () => {
    const portal = await portalWith({ oauth: { scopes: ['sale'] } })
    const { accessToken } = portal.state.tokens.grant(1)
    const answer = await callWithToken(portal, method, { id: 1038 }, accessToken)
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

  itAnswersSystemErrors(method, { id: 1038 })
})
