/** The specification page of sale.payment.update. */
import { describe, expect, it } from 'vitest'
import { at, call, callAsEmployee, callWithToken, expectTime, portalWith, postForm, record } from './kit.ts'
import { itAnswersSystemErrors } from './system-errors.ts'

const method = 'sale.payment.update'

/** Fields of the page's curl example. */
const curlFields = {
  paySystemId: 1,
  paid: 'Y',
  datePaid: '2024-04-10T10:00:00',
  empPaidId: 1,
  psStatus: 'Y',
  psSum: 100,
  psCurrency: 'USD',
  psResponseDate: '2024-04-10T10:00:00',
  sum: 100,
  companyId: 1,
  responsibleId: 1,
  empResponsibleId: 1,
  isReturn: 'N',
  externalPayment: 'N',
  psInvoiceId: 1,
  marked: 'N',
}

/** The other fields of its JavaScript and PHP examples. */
const moreFields = {
  psStatusCode: '',
  psStatusDescription: '',
  psStatusMessage: '',
  payVoucherNum: '',
  payVoucherDate: '2024-04-10T10:00:00',
  datePayBefore: '2024-04-10T10:00:00',
  dateBill: '2024-04-10T10:00:00',
  xmlId: '',
  payReturnNum: '',
  priceCod: 100,
  payReturnDate: '2024-04-10T10:00:00',
  empReturnId: 1,
  payReturnComment: '',
  comments: '',
  updated1c: 'N',
  id1c: '',
  version1c: '',
  reasonMarked: '',
  empMarkedId: 1,
}

const printedPayment = {
  accountNumber: '356/1',
  comments: '',
  companyId: 1,
  currency: 'USD',
  dateBill: '2024-04-10T09:00:00+02:00',
  dateMarked: '2024-04-16T16:32:49+02:00',
  datePaid: '2024-04-10T09:00:00+02:00',
  datePayBefore: '2024-04-10T09:00:00+02:00',
  dateResponsibleId: '2024-04-16T16:32:49+02:00',
  empMarkedId: 1,
  empPaidId: 1,
  empResponsibleId: 1,
  empReturnId: 1,
  externalPayment: 'N',
  id: 144,
  id1c: '',
  isReturn: 'N',
  marked: 'N',
  orderId: 200,
  paid: 'Y',
  payReturnComment: '',
  payReturnDate: '2024-04-10T09:00:00+02:00',
  payReturnNum: '',
  paySystemId: 1,
  paySystemIsCash: 'N',
  paySystemName: 'Bank Transfer (Company)',
  paySystemXmlId: '',
  payVoucherDate: '2024-04-10T09:00:00+02:00',
  payVoucherNum: '',
  priceCod: '100',
  psCurrency: 'USD',
  psInvoiceId: 1,
  psResponseDate: '2024-04-10T09:00:00+02:00',
  psStatus: 'Y',
  psStatusCode: '',
  psStatusDescription: '',
  psStatusMessage: '',
  psSum: 100,
  reasonMarked: '',
  responsibleId: 1,
  sum: 100,
  updated1c: 'N',
  version1c: '',
  xmlId: '',
}

describe('sale.payment.update: changes fields of a payment', () => {
  it.each([
    ['curl example', curlFields],
    ['JavaScript and PHP example', { ...curlFields, ...moreFields }],
  ])('answers exactly the printed payment for the %s', async (_name, fields) => {
    const portal = await portalWith()
    const answer = await call(portal, method, { id: 144, fields })
    expect(answer.status).toBe(200)
    expect(Object.keys(answer.body).sort()).toEqual(['result', 'time'])
    expect(answer.body.result).toEqual({ payment: printedPayment })
    expectTime(answer.body.time)
    expect(portal.state.log.countWrites(144, method)).toBe(1)
  })

  it('answers the same by OAuth and as a form with nested keys', async () => {
    const portal = await portalWith()
    const { accessToken } = portal.state.tokens.grant(1)
    const byToken = await callWithToken(portal, method, { id: 144, fields: curlFields }, accessToken)
    expect(byToken.body.result).toEqual({ payment: printedPayment })
    const pairs = Object.entries(curlFields).map(
      ([name, value]) => `fields[${name}]=${encodeURIComponent(value)}`,
    )
    const byForm = await postForm(portal.webhookUrl + method, `id=144&${pairs.join('&')}`)
    expect(byForm.body.result).toEqual({ payment: printedPayment })
  })

  const writable: [string, string | number, string | number][] = [
    ['datePaid', '2024-05-01T12:00:00+03:00', '2024-05-01T11:00:00+02:00'],
    ['empPaidId', 8, 8],
    ['psStatus', 'N', 'N'],
    ['psStatusCode', 'E17', 'E17'],
    ['psStatusDescription', 'declined', 'declined'],
    ['psStatusMessage', 'no funds', 'no funds'],
    ['psSum', 99.5, 99.5],
    ['psCurrency', 'EUR', 'EUR'],
    ['psResponseDate', '2024-05-02T12:00:00+03:00', '2024-05-02T11:00:00+02:00'],
    ['payVoucherNum', '482', '482'],
    ['payVoucherDate', '2024-05-03T12:00:00+03:00', '2024-05-03T11:00:00+02:00'],
    ['datePayBefore', '2024-05-04T12:00:00+03:00', '2024-05-04T11:00:00+02:00'],
    ['dateBill', '2024-05-05T12:00:00+03:00', '2024-05-05T11:00:00+02:00'],
    ['xmlId', 'bank-1', 'bank-1'],
    ['sum', 1176.1, 1176.1],
    ['companyId', 2, 2],
    ['payReturnNum', 'R-1', 'R-1'],
    ['priceCod', 12.5, '12.5'],
    ['payReturnDate', '2024-05-06', '2024-05-05T23:00:00+02:00'],
    ['empReturnId', 9, 9],
    ['payReturnComment', 'wrong account', 'wrong account'],
    ['responsibleId', 8, 8],
    ['empResponsibleId', 9, 9],
    ['isReturn', 'Y', 'Y'],
    ['comments', 'checked', 'checked'],
    ['updated1c', 'Y', 'Y'],
    ['id1c', 'a1', 'a1'],
    ['version1c', 'v2', 'v2'],
    ['externalPayment', 'F', 'F'],
    ['psInvoiceId', 77, 77],
    ['marked', 'Y', 'Y'],
    ['reasonMarked', 'look', 'look'],
    ['empMarkedId', 12, 12],
  ]

  it.each(writable)('writes %s and keeps every other field', async (name, sent, printed) => {
    const portal = await portalWith({ startAt: '2026-09-21T09:00:00Z' })
    const before = portal.state.payments.get(144)
    const answer = await call(portal, method, {
      id: 144,
      fields: { paySystemId: 1, paid: 'N', [name]: sent },
    })
    expect(answer.status).toBe(200)
    const after = record(at(answer.body, 'result', 'payment'))
    expect(after[name]).toBe(printed)
    const stamped: Record<string, string> = { responsibleId: 'dateResponsibleId', marked: 'dateMarked' }
    const changed = [name, stamped[name]]
    for (const [other, value] of Object.entries(before ?? {})) {
      if (!changed.includes(other)) expect([other, after[other]]).toEqual([other, value])
    }
  })

  it('has 35 writable fields, of which paySystemId is required', async () => {
    const portal = await portalWith()
    const answer = await call(portal, 'sale.payment.getFields')
    const fields = Object.entries(record(at(answer.body, 'result', 'payment')))
    const written = fields.filter(([, field]) => !at(field, 'isReadOnly') && !at(field, 'isImmutable'))
    expect(written).toHaveLength(35)
    expect(written.filter(([, field]) => at(field, 'isRequired')).map(([name]) => name)).toEqual([
      'paySystemId',
    ])
    expect(Object.keys({ ...curlFields, ...moreFields }).sort()).toEqual(written.map(([name]) => name).sort())
  })

  it('refuses an update without paySystemId with code 0', async () => {
    const portal = await portalWith()
    const answer = await call(portal, method, { id: 144, fields: { paid: 'Y' } })
    expect(answer).toMatchObject({ status: 400, body: { error: 0 } })
    expect(portal.state.payments.get(144)?.paid).toBe('N')
  })

  it('cannot move a payment to another order or write read-only fields', async () => {
    const portal = await portalWith()
    const fields = { paySystemId: 1, orderId: 3653, accountNumber: 'x', currency: 'EUR', id: 5 }
    const answer = await call(portal, method, { id: 144, fields })
    expect(at(answer.body, 'result', 'payment')).toMatchObject({
      id: 144,
      orderId: 200,
      accountNumber: '356/1',
      currency: 'USD',
    })
  })

  it('answers 200640400001 when the payment does not exist', async () => {
    const portal = await portalWith()
    expect(await call(portal, method, { id: 999_999, fields: { paySystemId: 1 } })).toEqual({
      status: 400,
      body: { error: 200640400001, error_description: 'payment does not exist' },
    })
  })

  it('answers 200040300020 to everybody but administrators', async () => {
    const portal = await portalWith()
    expect(await callAsEmployee(portal, method, { id: 144, fields: { paySystemId: 1 } })).toEqual({
      status: 400,
      body: { error: 200040300020, error_description: 'Access Denied' },
    })
  })

  it.each([
    ['no id', { fields: { paySystemId: 1 } }],
    ['no fields', { id: 144 }],
    ['empty fields', { id: 144, fields: {} }],
    ['fields as an empty list', { id: 144, fields: [] }],
  ])('answers 100 with %s', async (_name, params) => {
    const portal = await portalWith()
    const answer = await call(portal, method, params)
    expect(answer.status).toBe(400)
    expect(answer.body.error).toBe(100)
  })

  it('answers 0 for other failures', async () => {
    const portal = await portalWith()
    const unreadable = await call(portal, method, {
      id: 144,
      fields: { paySystemId: 1, datePaid: 'yesterday' },
    })
    expect(unreadable).toMatchObject({ status: 400, body: { error: 0 } })
    const unknown = await call(portal, method, { id: 144, fields: { paySystemId: 999 } })
    expect(unknown).toMatchObject({ status: 400, body: { error: 0 } })
    expect(portal.state.log.writes).toEqual([])
  })

  it('needs the sale scope', async () => {
    const portal = await portalWith({ oauth: { scopes: ['crm'] } })
    const { accessToken } = portal.state.tokens.grant(1)
    const answer = await callWithToken(portal, method, { id: 144, fields: curlFields }, accessToken)
    expect(answer).toMatchObject({ status: 403, body: { error: 'insufficient_scope' } })
  })

  it('stands beside the five methods its page links to', async () => {
    const portal = await portalWith()
    for (const other of ['add', 'get', 'list', 'delete', 'getFields']) {
      const answer = await call(portal, 'method.get', { name: `sale.payment.${other}` })
      expect(at(answer.body, 'result')).toEqual({ isExisting: true, isAvailable: true })
    }
  })

  itAnswersSystemErrors(method, { id: 144, fields: curlFields })
})
