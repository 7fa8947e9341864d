import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PaymentRow } from '../../../electron/contract/payment.ts'
import {
  judgeAfter,
  judgeBefore,
  nextReadingAfterMs,
  settledFrom,
} from '../../../electron/domain/payments/judge.ts'
import type { Intent } from '../../../electron/domain/payments/intent.ts'
import { detailFields, detailsOf, planStatus } from '../../../electron/domain/payments/plan.ts'
import { workOf } from '../../../electron/domain/payments/grouping.ts'
import type { PlanBasis, Selected } from '../../../electron/domain/payments/plan.ts'

const row = (id: number, given: Partial<Selected> = {}): Selected =>
  ({
    portalId: 'p_1',
    id,
    accountNumber: `${id}/1`,
    orderId: id,
    orderNumber: String(id),
    owner: null,
    payer: null,
    sumMinor: 10_000,
    currency: 'RUB',
    paid: false,
    paidAt: null,
    billDay: null,
    paySystemName: '',
    voucherNumber: '',
    voucherDay: null,
    ownCompanyName: '',
    matchedMinor: 10_000,
    bankDay: null,
    documentNumber: '',
    standing: 'toPay',
    gone: false,
    news: null,
    receipts: false,
    isReturn: false,
    ...given,
  }) satisfies PaymentRow & { receipts: boolean; isReturn: boolean }

const basis: PlanBasis = {
  portalId: 'p_1',
  busy: new Set([7]),
  administrator: true,
  writeDetails: true,
  noon: (day) => `${day}T12:00:00+03:00`,
  details: new Map([[1, { documentNumber: '15', documentDay: '2026-11-17', bankDay: '2026-11-18' }]]),
}

describe('a plan of paying', () => {
  it('refuses each payment for its own reason, in the selection’s order', () => {
    const items = planStatus(
      'pay',
      [
        row(1),
        row(2, { paid: true }),
        row(3, { gone: true }),
        row(4, { portalId: 'p_2' }),
        row(7),
        row(8, { isReturn: true }),
      ],
      basis,
    )
    expect(items.map(({ item }) => item.refusal)).toEqual([
      null,
      'alreadySo',
      'gone',
      'otherPortal',
      'runningElsewhere',
      'returned',
    ])
    expect(items[0]?.intent).toEqual({
      steps: ['status', 'details'],
      wantPaid: true,
      seen: { paid: false, sumMinor: 10_000, currency: 'RUB', accountNumber: '1/1' },
      fields: {
        payVoucherNum: '15',
        payVoucherDate: '2026-11-17T12:00:00+03:00',
        datePaid: '2026-11-18T12:00:00+03:00',
      },
      fieldsBefore: { payVoucherNum: '', payVoucherDate: '', datePaid: '' },
      mustShow: null,
    })
  })

  it('has no details without an administrator, and says so', () => {
    const [first] = planStatus('pay', [row(1, { receipts: true })], { ...basis, administrator: false })
    expect([first?.intent.steps, first?.item.warnings]).toEqual([
      ['status'],
      ['automations', 'receipts', 'detailsNotPossible'],
    ])
  })

  it('says that receipts may be printed, that there is no match, that an undo is not whole', () => {
    expect(planStatus('pay', [row(1, { matchedMinor: 0 })], basis)[0]?.item.warnings).toEqual([
      'automations',
      'paidWithoutMatch',
    ])
    expect(planStatus('unpay', [row(1, { paid: true })], basis)[0]?.item.warnings).toEqual([
      'automations',
      'withMatch',
      'undoIncomplete',
    ])
  })
})

describe('money rule 9: the voucher', () => {
  const part = (amountMinor: number, bankDay: string, documentNumber: string) => ({
    amountMinor,
    bankDay,
    documentNumber,
    documentDay: null,
  })
  it('is that of the line which completed the sum', () => {
    const parts = [
      part(6_000, '2026-11-03', 'b'),
      part(5_000, '2026-11-01', 'a'),
      part(3_000, '2026-11-09', 'c'),
    ]
    expect(detailsOf(10_000, parts)).toEqual({
      documentNumber: 'b',
      documentDay: '2026-11-03',
      bankDay: '2026-11-03',
    })
  })
  it('on one day is that of the line which stands later in the statement', () => {
    expect(
      detailsOf(10_000, [part(5_000, '2026-11-01', 'a'), part(5_000, '2026-11-01', 'b')])?.documentNumber,
    ).toBe('b')
  })
  it('is none of a refund, and nothing where nothing came', () => {
    expect(
      detailsOf(10_000, [part(10_000, '2026-11-01', 'a'), part(-2_000, '2026-11-05', 'r')])?.documentNumber,
    ).toBe('a')
    expect(detailsOf(10_000, [part(-2_000, '2026-11-05', 'r')])).toBeUndefined()
  })
  it('without a number writes none', () => {
    expect(
      detailFields({ documentNumber: '', documentDay: '2026-11-17', bankDay: '2026-11-18' }, basis),
    ).toEqual({ payVoucherDate: '2026-11-17T12:00:00+03:00', datePaid: '2026-11-18T12:00:00+03:00' })
  })
})

describe('how much a plan costs', () => {
  it('leaves refused items out', () => {
    expect(workOf(planStatus('pay', [row(1), row(2, { paid: true }), row(3)], basis))).toEqual({
      status: 2,
      fields: 1,
    })
  })
})

describe('judging', () => {
  const intent: Intent = {
    steps: ['status'],
    wantPaid: true,
    seen: { paid: false, sumMinor: 100, currency: 'RUB', accountNumber: '1/1' },
    fields: {},
    fieldsBefore: {},
    mustShow: null,
  }
  const there = {
    kind: 'there' as const,
    paid: false,
    paidAt: null,
    sumMinor: 100,
    currency: 'RUB',
    accountNumber: '1/1',
  }

  it('sends only where the payment is what the person saw', () => {
    expect(judgeBefore(intent, there)).toBe('go')
    expect(judgeBefore(intent, { ...there, paid: true })).toBe('alreadySo')
    expect(judgeBefore(intent, { kind: 'missing' })).toBe('conflict')
    fc.assert(
      fc.property(
        fc.integer(),
        fc.constantFrom('RUB', 'USD'),
        fc.constantFrom('1/1', '2/1'),
        (sumMinor, currency, accountNumber) => {
          const same = sumMinor === 100 && currency === 'RUB' && accountNumber === '1/1'
          expect(judgeBefore(intent, { ...there, sumMinor, currency, accountNumber })).toBe(
            same ? 'go' : 'conflict',
          )
        },
      ),
    )
  })

  it('money rule 14: an undo goes only on what we wrote, to the second', () => {
    const undo: Intent = {
      ...intent,
      wantPaid: false,
      seen: { ...intent.seen, paid: true },
      mustShow: { paid: true, paidAt: '2026-11-18T09:00:00.000Z' },
    }
    expect(judgeBefore(undo, { ...there, paid: true, paidAt: '2026-11-18T09:00:00.000Z' })).toBe('go')
    expect(judgeBefore(undo, { ...there, paid: true, paidAt: '2026-11-18T09:00:01.000Z' })).toBe('conflict')
    expect(judgeBefore(undo, { ...there, paid: false })).toBe('alreadySo')
  })

  it('money rule 13: a paid payment is not deleted', () => {
    const gone: Intent = { ...intent, steps: ['delete'], wantPaid: null }
    expect([judgeBefore(gone, there), judgeBefore(gone, { ...there, paid: true })]).toEqual([
      'go',
      'conflict',
    ])
    expect([judgeAfter(gone, { kind: 'missing' }), judgeAfter(gone, there)]).toEqual(['wanted', 'old'])
  })

  it('money rule 12: readings come at growing intervals; the old state counts 15 s after the portal’s limit', () => {
    expect([0, 1, 2, 3, 4, 9].map(nextReadingAfterMs)).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000])
    expect([settledFrom(1_000, 60), settledFrom(0, 300)]).toEqual([76_000, 315_000])
    expect([
      judgeAfter(intent, there),
      judgeAfter(intent, { ...there, paid: true }),
      judgeAfter(intent, { ...there, sumMinor: 1 }),
    ]).toEqual(['old', 'wanted', 'otherwise'])
  })
})
