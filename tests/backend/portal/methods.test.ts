import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { Answer } from '../../../electron/backend/portal/client.ts'
import { objectPayments, shortPayment } from '../../../electron/backend/portal/methods/crm-payments.ts'
import {
  currencies,
  currentUser,
  methodState,
  paySystems,
  profile,
  scopes,
  users,
} from '../../../electron/backend/portal/methods/directory.ts'
import { companies, contacts, owners } from '../../../electron/backend/portal/methods/items.ts'
import { order, orderEntities, orders } from '../../../electron/backend/portal/methods/orders.ts'
import {
  changedFields,
  readFullPayment,
  writableFields,
} from '../../../electron/backend/portal/methods/payments.ts'
import {
  bankDetails,
  requisiteLinks,
  requisites,
} from '../../../electron/backend/portal/methods/requisites.ts'
import {
  payment,
  paymentFields,
  payments,
  updatedPayment,
} from '../../../electron/backend/portal/methods/sale-payments.ts'
import { dayIn, dayOf, isZone, momentOf, noonOf } from '../../../electron/backend/portal/zone.ts'

const answer = (result: unknown, over: Partial<Answer> = {}): Answer => ({
  result,
  total: null,
  next: null,
  ...over,
})

/** The documentation's own examples. */
const short = {
  id: 1036,
  accountNumber: '3653/1',
  paid: 'Y',
  datePaid: '2024-05-20T12:32:02+02:00',
  empPaidId: 1,
  paySystemId: 6,
  sum: 0,
  currency: 'USD',
  paySystemName: 'Cash',
}
const full = {
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

describe('payments', () => {
  it('reads the short form as documented', () => {
    expect(shortPayment(1036).params).toEqual({ id: 1036 })
    expect(shortPayment(1036).parse(answer(short))).toEqual({
      id: 1036,
      accountNumber: '3653/1',
      paid: true,
      datePaid: '2024-05-20T10:32:02.000Z',
      empPaidId: 1,
      paySystemId: 6,
      paySystemName: 'Cash',
      sum: { minor: 0, currency: 'USD' },
      currency: 'USD',
      raw: short,
    })
  })
  it('reads every field of the full form', () => {
    const read = payment(144).parse(answer({ payment: full }))
    expect(
      Object.keys(read)
        .filter((name) => name !== 'raw')
        .sort(),
    ).toEqual(Object.keys(full).sort())
    expect(read).toMatchObject({
      id: 144,
      orderId: 200,
      sum: { minor: 10_000, currency: 'USD' },
      psSum: '100',
      priceCod: '100',
      psInvoiceId: '1',
      paySystemIsCash: false,
      isReturn: false,
      payVoucherDate: '2024-04-10T09:00:00+02:00',
      dateMarked: '2024-04-16T14:32:49.000Z',
      externalPayment: 'N',
      raw: full,
    })
    expect(Object.keys(full).length).toBe(44)
    expect(writableFields.length).toBe(35)
    expect(writableFields.every((field) => field in full)).toBe(true)
  })
  it.each([
    [0, 0],
    [100, 10_000],
    [1176.1, 117_610],
    ['1176.00', 117_600],
    ['1176', 117_600],
    [1176.0999999999999, 117_610],
    ['0.10', 10],
    [0.1, 10],
    ['1176.0000', 117_600],
    [4503599627370.49, 450_359_962_737_049],
    [-5.5, -550],
  ])('reads the sum %s exactly', (sum, minor) => {
    expect(shortPayment(1).parse(answer({ ...short, sum })).sum).toEqual({ minor, currency: 'USD' })
  })
  it.each([['1176.005'], [0.001], [null], [''], ['abc'], ['1 176'], [1e21], [true], [{}]])(
    'does not guess the sum %s',
    (sum) => {
      expect(() => shortPayment(1).parse(answer({ ...short, sum }))).toThrowError('rest.answerShape')
    },
  )
  it('comes back with the same minor units for every sum a portal prints', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e13 }), (minor) => {
        const text = `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`
        const printed: unknown = JSON.parse(text)
        for (const sum of [printed, text])
          expect(shortPayment(1).parse(answer({ ...short, sum })).sum.minor).toBe(minor)
      }),
    )
  })
  it('reads ids as text, flags in all forms, and rejects what decides and is unclear', () => {
    expect(
      shortPayment(1).parse(answer({ ...short, id: '1036', paySystemId: '6', empPaidId: '0', paid: '1' })),
    ).toMatchObject({ id: 1036, paySystemId: 6, empPaidId: null, paid: true })
    for (const broken of [
      { paid: '' },
      { paid: null },
      { paid: 'maybe' },
      { id: 0 },
      { id: '12a' },
      { currency: 'DOLLAR' },
      { currency: '' },
    ]) {
      expect(() => shortPayment(1).parse(answer({ ...short, ...broken }))).toThrowError('rest.answerShape')
    }
    for (const result of [null, [], true, 'x', { payment: full }])
      expect(() => shortPayment(1).parse(answer(result))).toThrowError('rest.answerShape')
  })
  it('reports unreadable rows of a list and keeps the others', () => {
    const page = payments({ start: 0 }).parse(
      answer(
        { payments: [full, { ...full, id: 145, sum: '1.005' }, { ...full, id: '146', paid: '?' }] },
        { total: 3, next: 50 },
      ),
    )
    expect(page.rows.map((row) => row.id)).toEqual([144])
    expect(page).toMatchObject({
      sent: 3,
      total: 3,
      next: 50,
      unreadable: [
        { id: 145, field: 'sum' },
        { id: 146, field: 'paid' },
      ],
    })
  })
  it('takes lists PHP printed as maps, and nothing for empty', () => {
    const reading = objectPayments({ type: 2, id: 13123 }, { filter: { '@id': [1036] } })
    expect(reading.params).toEqual({ entityId: 13123, entityTypeId: 2, filter: { '@id': [1036] } })
    expect(
      reading.parse(answer({ '0': short, '2': { ...short, id: 1037 } })).rows.map((row) => row.id),
    ).toEqual([1036, 1037])
    for (const nothing of [[], null, false]) expect(reading.parse(answer(nothing)).rows).toEqual([])
    expect(() => reading.parse(answer('x'))).toThrowError('rest.answerShape')
    expect(() => reading.parse(answer([1]))).toThrowError('rest.answerShape')
  })
  it('finds what changed by meaning, not by letters', () => {
    const before = readFullPayment(full)
    const same = {
      ...full,
      psSum: '100.00',
      psInvoiceId: '1',
      sum: '100.00',
      payVoucherDate: '2024-04-10T07:00:00Z',
      comments: null,
      datePaid: '2024-04-10T10:00:00+03:00',
    }
    expect(changedFields(before, readFullPayment(same))).toEqual([])
    const other = {
      ...full,
      isReturn: 'Y',
      comments: 'x',
      sum: 100.01,
      payVoucherDate: null,
      responsibleId: 2,
      paid: 'N',
    }
    expect(changedFields(before, readFullPayment(other)).sort()).toEqual([
      'comments',
      'isReturn',
      'paid',
      'payVoucherDate',
      'responsibleId',
      'sum',
    ])
  })
  it('takes the payment out of an update only when it was carried out and can be read', () => {
    const attempt = {
      method: 'sale.payment.update',
      sentAt: 0,
      endedAt: 0,
      status: 200,
      connected: true,
      bytesLeft: true,
      portalCode: null,
      portalText: null,
      time: null,
    }
    expect(
      updatedPayment({ class: 'executed', result: { payment: full }, total: null, next: null, attempt })?.id,
    ).toBe(144)
    expect(
      updatedPayment({ class: 'executed', result: { payment: {} }, total: null, next: null, attempt }),
    ).toBeNull()
    expect(updatedPayment({ class: 'unknown', fault: { code: 'rest.unexpectedAnswer' }, attempt })).toBeNull()
  })
  it('reads the description of the fields', () => {
    const read = paymentFields().parse(
      answer({
        payment: { orderId: { isImmutable: true, isReadOnly: false, isRequired: true, type: 'integer' } },
      }),
    )
    expect(read).toEqual({ orderId: { immutable: true, readOnly: false, required: true, type: 'integer' } })
  })
})

describe('what a payment is joined with', () => {
  it('reads orders and their ties', () => {
    expect(
      orderEntities({ filter: { '@orderId': [9] } }).parse(
        answer({ orderEntity: [{ orderId: '9', ownerId: 3, ownerTypeId: 2 }] }),
      ).rows,
    ).toEqual([{ orderId: 9, ownerId: 3, ownerTypeId: 2 }])
    const row = { id: 9, accountNumber: '165', price: 1176, currency: 'RUB', payed: 'N', canceled: 'N' }
    expect(orders({}).parse(answer({ orders: [row] })).rows).toEqual([
      {
        id: 9,
        accountNumber: '165',
        price: { minor: 117_600, currency: 'RUB' },
        payed: false,
        canceled: false,
      },
    ])
    const details = order(9).parse(
      answer({
        order: {
          ...row,
          clients: [{ entityTypeId: '4', entityId: '5', isPrimary: 'Y' }],
          payments: [],
          requisiteLink: { requisiteId: '27', bankDetailId: '0', mcRequisiteId: 3, mcBankDetailId: 0 },
        },
      }),
    )
    expect(details).toMatchObject({
      clients: [{ entityTypeId: 4, entityId: 5, primary: true }],
      payments: [],
      requisiteId: 27,
      bankDetailId: null,
      ownRequisiteId: 3,
      ownBankDetailId: null,
    })
  })
  it('reads invoices, deals, companies and contacts', () => {
    const reading = owners(31, { filter: { '@id': [7] } })
    expect(reading.params).toMatchObject({ entityTypeId: 31, filter: { '@id': [7] } })
    expect(
      reading.parse(
        answer({
          items: [
            {
              id: 7,
              title: 'Счёт 12',
              accountNumber: '12',
              companyId: 5,
              contactId: 9,
              contactIds: [9, 10],
              opportunity: 100.5,
              currencyId: 'RUB',
              stageId: 'DT31_1:N',
              parentId2: 3,
              mycompanyId: 1,
              updatedTime: '2024-05-20T12:00:00+03:00',
            },
          ],
        }),
      ).rows,
    ).toEqual([
      {
        type: 31,
        id: 7,
        title: 'Счёт 12',
        accountNumber: '12',
        stageId: 'DT31_1:N',
        opportunity: { minor: 10_050, currency: 'RUB' },
        companyId: 5,
        contactIds: [9, 10],
        ownCompanyId: 1,
        dealId: 3,
        updatedTime: '2024-05-20T09:00:00.000Z',
      },
    ])
    expect(
      owners(2, {}).parse(
        answer({
          items: [
            { id: '3', title: 'Deal', companyId: 0, contactId: 0, opportunity: null, currencyId: null },
          ],
        }),
      ).rows[0],
    ).toMatchObject({
      type: 2,
      id: 3,
      companyId: null,
      contactIds: [],
      opportunity: null,
      accountNumber: null,
    })
    expect(companies({}).parse(answer({ items: [{ id: 5, title: 'ООО', isMyCompany: 'N' }] })).rows).toEqual([
      { id: 5, title: 'ООО', own: false },
    ])
    expect(
      contacts({}).parse(
        answer({ items: [{ id: 9, name: 'Юлия', secondName: null, lastName: 'Соколова', companyId: null }] }),
      ).rows,
    ).toEqual([{ id: 9, name: 'Соколова Юлия', companyId: null }])
  })
  it('reads requisites and accounts, whose ids are texts', () => {
    const row = {
      ID: '27',
      ENTITY_TYPE_ID: '4',
      ENTITY_ID: '5',
      NAME: 'Реквизиты',
      RQ_COMPANY_NAME: null,
      RQ_INN: '1717586110',
      RQ_OGRN: '1717586110',
      RQ_VAT_ID: '',
      RQ_BIN: ' ',
    }
    expect(requisites({}).parse(answer([row])).rows).toEqual([
      { id: 27, entityTypeId: 4, entityId: 5, name: 'Реквизиты', taxIds: ['1717586110'] },
    ])
    expect(
      bankDetails({}).parse(
        answer([
          {
            ID: '1',
            ENTITY_ID: '27',
            RQ_BANK_NAME: 'Банк',
            RQ_BIK: '044525225',
            RQ_ACC_NUM: '40702810900000012345',
            RQ_IBAN: null,
          },
        ]),
      ).rows,
    ).toEqual([
      {
        id: 1,
        requisiteId: 27,
        bankName: 'Банк',
        account: '40702810900000012345',
        bankCode: '044525225',
        iban: '',
        swift: '',
        currency: '',
      },
    ])
    expect(
      requisiteLinks({}).parse(
        answer([
          {
            ENTITY_TYPE_ID: '2',
            ENTITY_ID: '3',
            REQUISITE_ID: '27',
            BANK_DETAIL_ID: '0',
            MC_REQUISITE_ID: '8',
            MC_BANK_DETAIL_ID: '0',
          },
        ]),
      ).rows,
    ).toEqual([
      {
        entityTypeId: 2,
        entityId: 3,
        requisiteId: 27,
        bankDetailId: null,
        ownRequisiteId: 8,
        ownBankDetailId: null,
      },
    ])
  })
  it('reads the directories', () => {
    expect(
      profile().parse(
        answer({ ID: '1', ADMIN: true, NAME: 'Анна', LAST_NAME: 'Орлова', TIME_ZONE: 'Europe/Moscow' }),
      ),
    ).toEqual({ id: '1', name: 'Анна Орлова', administrator: true, timeZone: 'Europe/Moscow' })
    expect(scopes().parse(answer({ '0': 'crm', '2': 'sale' }))).toEqual(['crm', 'sale'])
    expect(() => scopes().parse(answer('crm'))).toThrowError('rest.answerShape')
    expect(methodState('x').parse(answer({ isExisting: true, isAvailable: false }))).toEqual({
      exists: true,
      available: false,
    })
    expect(
      paySystems().parse(
        answer([
          {
            ID: '118',
            NAME: 'Карта',
            ACTIVE: 'Y',
            IS_CASH: 'A',
            CAN_PRINT_CHECK: 'Y',
            ENTITY_REGISTRY_TYPE: 'ORDER',
          },
        ]),
      ).rows,
    ).toEqual([{ id: 118, name: 'Карта', active: true, isCash: 'A', printsReceipt: true, registry: 'ORDER' }])
    expect(
      currentUser().parse(answer({ ID: '1', NAME: 'A', LAST_NAME: null, ACTIVE: true, TIMESTAMP_X: {} })),
    ).toEqual({ id: '1', name: 'A', active: true })
    expect(users([1, 2]).params).toEqual({ FILTER: { ID: [1, 2] }, sort: 'ID', order: 'ASC', start: 0 })
    expect(
      currencies().parse(
        answer([
          { CURRENCY: 'JPY', DECIMALS: '0', BASE: 'N' },
          { CURRENCY: 'RUB', DECIMALS: '2', BASE: 'Y' },
        ]),
      ),
    ).toEqual([
      { code: 'JPY', decimals: 0, base: false },
      { code: 'RUB', decimals: 2, base: true },
    ])
  })
})

describe("the portal's calendar", () => {
  it("writes a bank day as noon with that day's offset", () => {
    expect(noonOf('2026-11-18', 'Europe/Moscow')).toBe('2026-11-18T12:00:00+03:00')
    expect(noonOf('2026-07-01', 'Europe/Berlin')).toBe('2026-07-01T12:00:00+02:00')
    expect(noonOf('2026-12-01', 'Europe/Berlin')).toBe('2026-12-01T12:00:00+01:00')
    expect(noonOf('2026-03-29', 'Europe/Berlin')).toBe('2026-03-29T12:00:00+02:00')
    expect(noonOf('2026-11-18', 'Asia/Kolkata')).toBe('2026-11-18T12:00:00+05:30')
    expect(noonOf('2026-11-18', 'America/Anchorage')).toBe('2026-11-18T12:00:00-09:00')
    expect(noonOf('2026-11-18', '+03:00')).toBe('2026-11-18T12:00:00+03:00')
    expect(noonOf('2026-11-18', 'UTC')).toBe('2026-11-18T12:00:00+00:00')
  })
  it('comes back to the same day in any zone', () => {
    const zones = [
      'Europe/Moscow',
      'Pacific/Kiritimati',
      'Pacific/Niue',
      'America/New_York',
      'Asia/Vladivostok',
      'Africa/Casablanca',
    ]
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 15_000 }), fc.constantFrom(...zones), (offset, zone) => {
        const day = new Date(Date.UTC(2000, 0, 1 + offset)).toISOString().slice(0, 10)
        expect(dayOf(noonOf(day, zone), zone)).toBe(day)
      }),
    )
  })
  it('tells the day a moment falls on', () => {
    expect(dayIn('2026-11-17T21:30:00.000Z', 'Europe/Moscow')).toBe('2026-11-18')
    expect(dayOf('2026-11-18T00:30:00+02:00', 'Europe/Moscow')).toBe('2026-11-18')
    expect(dayOf('2026-11-17T23:30:00+02:00', 'Europe/Moscow')).toBe('2026-11-18')
    expect(dayOf('2026-11-18', 'Europe/Moscow')).toBe('2026-11-18')
    for (const text of ['', 'x', '2026-11-18T10:00:00', null]) expect(dayOf(text, 'Europe/Moscow')).toBeNull()
  })
  it('reads only moments with an offset', () => {
    expect(momentOf('2024-05-20T12:32:02+02:00')).toBe('2024-05-20T10:32:02.000Z')
    for (const text of ['2024-05-20T12:32:02', '2024-05-20', '', 0, null, '2024-13-40T00:00:00Z'])
      expect(momentOf(text)).toBeNull()
    expect([isZone('Europe/Moscow'), isZone('+03:00'), isZone('Mars/Base')]).toEqual([true, true, false])
  })
})
