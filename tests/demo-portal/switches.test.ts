import { describe, expect, it } from 'vitest'
import { at, call, list, portalWith, record } from './kit.ts'

const pay = 'crm.item.payment.pay'
const unpay = 'crm.item.payment.unpay'

describe('pay and unpay where the documents are silent', () => {
  it('pays a paid payment: true and nothing changes', async () => {
    const portal = await portalWith({ switches: { payOnPaid: 'true' } })
    expect((await call(portal, pay, { id: 1036 })).body.result).toBe(true)
    expect(portal.state.payments.get(1036)?.datePaid).toBe('2024-05-20T12:32:02+02:00')
    expect(portal.state.log.writes).toMatchObject([{ paymentId: 1036, changed: false }])
  })

  it('pays a paid payment: an error', async () => {
    const portal = await portalWith({ switches: { payOnPaid: 'error' } })
    expect(await call(portal, pay, { id: 1036 })).toMatchObject({ status: 400, body: { error: 0 } })
    expect(portal.state.log.writes).toEqual([])
  })

  it('pays a paid payment: a new date and payer', async () => {
    const portal = await portalWith({ switches: { payOnPaid: 'new-date' }, startAt: '2026-09-21T09:00:00Z' })
    portal.state.payments.change(1036, { empPaidId: 9 })
    await call(portal, pay, { id: 1036 })
    expect(portal.state.payments.get(1036)).toMatchObject({ paid: 'Y', empPaidId: 1 })
    expect(portal.state.payments.get(1036)?.datePaid).toMatch(/^2026-09-21T11:00/)
  })

  it('unpays an unpaid payment: true or an error', async () => {
    const portal = await portalWith()
    expect((await call(portal, unpay, { id: 1038 })).body.result).toBe(true)
    portal.state.turn({ unpayOnUnpaid: 'error' })
    expect(await call(portal, unpay, { id: 1038 })).toMatchObject({ status: 400, body: { error: 0 } })
  })

  it('keeps datePaid and empPaidId when unpay does not clear them', async () => {
    const portal = await portalWith({ switches: { unpayClears: false } })
    await call(portal, unpay, { id: 1036 })
    expect(portal.state.payments.get(1036)).toMatchObject({
      paid: 'N',
      datePaid: '2024-05-20T12:32:02+02:00',
      empPaidId: 1,
    })
  })

  it('may refuse to delete a paid payment', async () => {
    const portal = await portalWith({ switches: { deletePaid: 'error' } })
    const answer = await call(portal, 'crm.item.payment.delete', { id: 1036 })
    expect(answer).toMatchObject({ status: 400, body: { error: 0 } })
    expect(portal.state.payments.get(1036)).toBeDefined()
  })
})

describe('sale.payment.update where the documents are silent', () => {
  const loud = { paid: 'Y', psStatus: 'Y', isReturn: 'Y', updated1c: 'Y', externalPayment: 'F', marked: 'Y' }

  it('keeps omitted fields', async () => {
    const portal = await portalWith({ switches: { omittedFields: 'kept' } })
    portal.state.payments.change(144, loud)
    const answer = await call(portal, 'sale.payment.update', {
      id: 144,
      fields: { paySystemId: 1, comments: 'x' },
    })
    expect(at(answer.body, 'result', 'payment')).toMatchObject({ ...loud, comments: 'x' })
  })

  it('resets omitted fields to their documented defaults, and only those', async () => {
    const portal = await portalWith({ switches: { omittedFields: 'reset' } })
    portal.state.payments.change(144, { ...loud, payVoucherNum: '17', datePaid: '2026-09-01T12:00:00Z' })
    const answer = await call(portal, 'sale.payment.update', {
      id: 144,
      fields: { paySystemId: 1, comments: 'x' },
    })
    expect(at(answer.body, 'result', 'payment')).toMatchObject({
      paid: 'N',
      datePaid: null,
      psStatus: null,
      isReturn: 'N',
      updated1c: 'N',
      externalPayment: 'N',
      marked: 'N',
      payVoucherNum: '17',
      comments: 'x',
    })
  })

  it('may do without paySystemId', async () => {
    const portal = await portalWith({ switches: { paySystemRequired: false } })
    const answer = await call(portal, 'sale.payment.update', { id: 144, fields: { comments: 'x' } })
    expect(at(answer.body, 'result', 'payment')).toMatchObject({ comments: 'x', paySystemId: 1 })
  })

  it('sets who and when itself when paid changes without them', async () => {
    const portal = await portalWith({ startAt: '2026-09-21T09:00:00Z' })
    await call(portal, 'sale.payment.update', { id: 144, fields: { paySystemId: 1, paid: 'Y' } })
    expect(portal.state.payments.get(144)).toMatchObject({ paid: 'Y', empPaidId: 1 })
    expect(portal.state.payments.get(144)?.datePaid).toMatch(/^2026-09-21T11:00/)
    await call(portal, 'sale.payment.update', { id: 144, fields: { paySystemId: 1, paid: 'N' } })
    expect(portal.state.payments.get(144)).toMatchObject({ paid: 'N', empPaidId: null, datePaid: null })
  })
})

describe('dates', () => {
  it.each([
    ['Europe/Moscow', '2024-04-10T09:00:00+02:00'],
    ['Europe/Kaliningrad', '2024-04-10T10:00:00+02:00'],
    ['+05:00', '2024-04-10T07:00:00+02:00'],
    ['UTC', '2024-04-10T12:00:00+02:00'],
  ])('reads a date without offset in %s', async (offsetlessZone, printed) => {
    const portal = await portalWith({ switches: { offsetlessZone } })
    const fields = { paySystemId: 1, paid: 'Y', datePaid: '2024-04-10T10:00:00' }
    const answer = await call(portal, 'sale.payment.update', { id: 144, fields })
    expect(at(answer.body, 'result', 'payment', 'datePaid')).toBe(printed)
  })

  it('prints in the offset that a zone has on that day, and keeps the instant of an explicit offset', async () => {
    const portal = await portalWith({ switches: { printZone: 'Europe/Berlin', timeZone: 'Europe/Berlin' } })
    const winter = { paySystemId: 1, paid: 'Y', datePaid: '2026-01-15T12:00:00+03:00' }
    const first = await call(portal, 'sale.payment.update', { id: 144, fields: winter })
    expect(at(first.body, 'result', 'payment', 'datePaid')).toBe('2026-01-15T10:00:00+01:00')
    const summer = { paySystemId: 1, paid: 'Y', datePaid: '2026-07-15T12:00:00Z' }
    const second = await call(portal, 'sale.payment.update', { id: 144, fields: summer })
    expect(at(second.body, 'result', 'payment', 'datePaid')).toBe('2026-07-15T14:00:00+02:00')
    expect(at((await call(portal, 'profile')).body, 'result', 'TIME_ZONE')).toBe('Europe/Berlin')
  })
})

describe('how things are printed', () => {
  it.each([
    ['number', 0, 200640400001],
    ['string', '0', '200640400001'],
    ['empty', '', ''],
  ] as const)('prints codes as %s', async (codeType, short, long) => {
    const portal = await portalWith({ switches: { codeType } })
    expect((await call(portal, pay, { id: 77 })).body.error).toBe(short)
    expect((await call(portal, 'sale.payment.get', { id: 77 })).body.error).toBe(long)
    const batch = await call(portal, 'batch', { cmd: { a: `${pay}?id=77` } })
    expect(at(batch.body, 'result', 'result_error', 'a', 'error')).toBe(short)
    expect((await call(portal, 'no.method')).body.error).toBe('ERROR_METHOD_NOT_FOUND')
  })

  it('prints sums as numbers or as text with two decimals', async () => {
    const portal = await portalWith()
    portal.state.payments.change(1038, { sum: 1176.1 })
    expect(at((await call(portal, 'crm.item.payment.get', { id: 1038 })).body, 'result', 'sum')).toBe(1176.1)
    portal.state.turn({ sumType: 'string' })
    expect(at((await call(portal, 'crm.item.payment.get', { id: 1038 })).body, 'result', 'sum')).toBe(
      '1176.10',
    )
  })

  it('prints ids as text', async () => {
    const portal = await portalWith({ switches: { idsAsStrings: true } })
    const answer = await call(portal, 'sale.payment.list', {
      filter: { id: 144 },
      select: ['id', 'orderId', 'sum'],
    })
    expect(at(answer.body, 'result', 'payments', 0)).toEqual({ id: '144', orderId: '200', sum: 100 })
    const short = await call(portal, 'crm.item.payment.get', { id: '1036' })
    expect(short.body.result).toMatchObject({ id: '1036', paySystemId: '6' })
  })

  it('prints total wrong or not at all', async () => {
    const portal = await portalWith({ switches: { saleTotal: 'wrong' } })
    expect((await call(portal, 'sale.payment.list')).body.total).toBe(118)
    portal.state.turn({ saleTotal: 'absent' })
    expect((await call(portal, 'sale.payment.list')).body).not.toHaveProperty('total')
  })

  it('honours, ignores or refuses start = -1', async () => {
    const portal = await portalWith({ switches: { saleStartMinusOne: 'ignored' } })
    expect((await call(portal, 'sale.payment.list', { start: -1 })).body).toMatchObject({
      total: 125,
      next: 50,
    })
    portal.state.turn({ saleStartMinusOne: 'error' })
    expect(await call(portal, 'sale.payment.list', { start: -1 })).toMatchObject({
      status: 400,
      body: { error: 0 },
    })
  })

  it('speaks Russian', async () => {
    const portal = await portalWith({ switches: { language: 'ru' } })
    expect((await call(portal, pay, { id: 77 })).body.error_description).toBe('Оплата не найдена')
  })

  it('refuses plain HTTP when told', async () => {
    const portal = await portalWith({ switches: { plainHttp: 'refused' } })
    expect(await call(portal, 'profile')).toEqual({
      status: 400,
      body: { error: 'INVALID_REQUEST', error_description: 'Https required' },
    })
  })

  it('escapes slashes as PHP does', async () => {
    const portal = await portalWith()
    const response = await fetch(`${portal.webhookUrl}crm.item.payment.get?id=1036`)
    expect(await response.text()).toContain('"accountNumber":"3653\\/1"')
  })

  it('knows its switches only', async () => {
    const portal = await portalWith()
    expect(() => {
      portal.state.turn({ nonsense: true })
    }).toThrow('no switch nonsense')
    expect(() => {
      portal.state.turn({ language: 5 })
    }).toThrow(TypeError)
    expect(() => {
      portal.state.turn({ timeZone: 'Europe/Nowhere' })
    }).toThrow(RangeError)
  })
})

describe('a list that changes while it is paged', () => {
  it('shows a payment twice by offset when one is deleted before it is not repeated, and misses one instead', async () => {
    const portal = await portalWith()
    const pageIds = async (start: number): Promise<unknown[]> => {
      const page = await call(portal, 'sale.payment.list', { start, order: { id: 'asc' }, select: ['id'] })
      return list(at(page.body, 'result', 'payments')).map((row) => record(row).id)
    }
    const first = await pageIds(0)
    portal.state.payments.remove(Number(first[0]))
    const second = await pageIds(50)
    const expected = portal.state.payments.ids()
    expect(second[0]).toBe(expected[50])
    expect([...first, ...second]).not.toContain(expected[49])
  })
})
