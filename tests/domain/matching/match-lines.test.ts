import { describe, expect, it } from 'vitest'
import { matchLines } from '../../../electron/domain/matching/match-lines.ts'
import type {
  LineMatch,
  MatchInput,
  MatchLine,
  MatchPayment,
} from '../../../electron/domain/matching/types.ts'
import { input, line, payment, romashka, unknownParty, vektor, vektorParty } from '../../kit/matching-rows.ts'

function matchOne(data: MatchInput): LineMatch {
  const [first] = matchLines(data).lines
  if (!first) throw new Error('no answer for the line')
  return first
}

function zoneFor(lineChange: Partial<MatchLine>, paymentChange: Partial<MatchPayment> = {}): string {
  return matchOne(input([line(lineChange)], [payment(paymentChange)])).zone
}

function reasonKinds(match: LineMatch): string[] {
  return (match.proposals[0]?.reasons ?? []).map((reason) =>
    reason.agrees === false ? `-${reason.kind}` : reason.kind,
  )
}

describe('the zone of one line and one payment', () => {
  const rows: [string, Partial<MatchLine>, Partial<MatchPayment>, string][] = [
    ['number, sum and tax number agree', {}, {}, 'certain'],
    ['order number after «счет»', { purpose: 'Оплата по счету 3653' }, {}, 'certain'],
    ['order number after «заказ»', { purpose: 'Заказ № 3653' }, {}, 'certain'],
    ['number of the owning invoice', { purpose: 'счет 901' }, { ownerNumber: '901' }, 'certain'],
    ['payment number without any word', { purpose: '3653/1' }, {}, 'certain'],
    ['nothing known of the payer', { counterparty: unknownParty }, { payer: null }, 'likely'],
    ['payer known by name only', { counterparty: { ...unknownParty, name: 'Ромашка ООО' } }, {}, 'certain'],
    ['a bank as counterparty', { counterparty: { ...unknownParty, name: 'ПАО Сбербанк' } }, {}, 'likely'],
    ['paid in the portal on the bank day', {}, { paid: true, paidAt: '2026-09-14T09:00:00.000Z' }, 'certain'],
    ['paid in the portal nine days later', {}, { paid: true, paidAt: '2026-09-23T09:00:00.000Z' }, 'certain'],
    [
      'paid in the portal two months before',
      { bankDay: '2026-11-20' },
      { paid: true, paidAt: '2026-09-14T09:00:00.000Z' },
      'likely',
    ],
    ['the file is not proved', { provedFile: false }, {}, 'likely'],
    ['own company of the payment unknown', {}, { ownCompanyId: null }, 'likely'],
    [
      'own company of the account unknown',
      { bound: { portalId: 'p_first001', ownCompanyId: null } },
      {},
      'likely',
    ],
    ['account bound to nothing', { bound: null }, {}, 'likely'],
    ['cash pay system', {}, { paySystemIsCash: true }, 'likely'],
    ['number without word or sign', { purpose: '3653 за услуги', counterparty: unknownParty }, {}, 'likely'],
    ['no number, but tax number, unique sum', { purpose: 'за услуги' }, {}, 'likely'],
    ['another number is named that nobody bears', { purpose: 'счет 3653/1, счет 9999' }, {}, 'likely'],
    ['invoice of the year before last', { bankDay: '2028-01-10' }, {}, 'likely'],
    [
      'same sum and nothing else',
      { purpose: 'за услуги', counterparty: unknownParty },
      { payer: null },
      'doubtful',
    ],
    ['another tax number', { counterparty: vektorParty }, {}, 'doubtful'],
    ['another name, no tax number', { counterparty: { ...unknownParty, name: 'Вектор' } }, {}, 'doubtful'],
    ['not booked yet', { booked: false }, {}, 'doubtful'],
    ['returned payment', {}, { isReturn: true }, 'doubtful'],
    ['more than the sum', { leftMinor: 1_300_000, counterparty: unknownParty }, {}, 'doubtful'],
    ['part of the sum, payer known', { leftMinor: 600_000 }, {}, 'likely'],
    ['another currency', { currency: 'USD' }, {}, 'none'],
    ['another portal', { bound: { portalId: 'p_other002', ownCompanyId: 1 } }, {}, 'none'],
    ['another own company', { bound: { portalId: 'p_first001', ownCompanyId: 2 } }, {}, 'none'],
    ['the payment is gone', {}, { gone: true }, 'none'],
    ['nothing left of the payment', {}, { leftMinor: 0 }, 'none'],
    ['nothing left of the line', { leftMinor: 0 }, {}, 'none'],
    ['a payment over nothing', { leftMinor: 0 }, { sumMinor: 0 }, 'none'],
    ['outgoing money', { leftMinor: -1_243_000 }, {}, 'none'],
    ['incoming reversal', { reversal: true }, {}, 'none'],
    [
      'neither number nor sum nor payer',
      { purpose: 'за услуги', leftMinor: 999_00, counterparty: vektorParty },
      {},
      'none',
    ],
  ]
  it.each(rows)('%s', (_title, lineChange, paymentChange, zone) => {
    expect(zoneFor(lineChange, paymentChange)).toBe(zone)
  })

  it.each([
    ['contract', 'по договору № 3653'],
    ['tax invoice', 'по счет-фактуре № 3653'],
    ['delivery note', 'накладная 3653'],
    ['account', 'лицевой счет 3653'],
    ['longer token', 'клей3653'],
    ['sum', 'на сумму 3653'],
    ['date', 'за 03.2026, НДС 20/120'],
  ])('does not take the number of a %s for the payment’s', (_title, purpose) => {
    expect(zoneFor({ purpose, counterparty: unknownParty })).toBe('doubtful')
  })
})

describe('what a proposal says', () => {
  it('names the payment, the amount, the rest and the evidence with its place in the purpose', () => {
    const match = matchOne(input([line()], [payment()]))
    expect(match.lineId).toBe(1)
    expect(match.proposals).toHaveLength(1)
    const [proposal] = match.proposals
    expect(proposal).toMatchObject({
      rank: 1,
      portalId: 'p_first001',
      restMinor: 0,
      allotments: [{ paymentId: 1036, amountMinor: 1_243_000 }],
    })
    expect(proposal?.confidence).toBeGreaterThan(0.99)
    expect(proposal?.reasons).toEqual([
      { kind: 'number', agrees: true, number: '3653/1', of: 'payment', fragment: { from: 18, to: 24 } },
      { kind: 'sum', agrees: true, lineMinor: 1_243_000, paymentMinor: 1_243_000, currency: 'RUB' },
      { kind: 'taxId', agrees: true, line: '7702123456', payment: '7702123456' },
      { kind: 'account', agrees: true, account: '40702810900000000009' },
      { kind: 'name', agrees: true, line: 'ООО "РОМАШКА"', payment: 'ООО "Ромашка"', likeness: 1 },
      { kind: 'date', agrees: true, days: 4 },
      { kind: 'onlyCandidate', agrees: true },
    ])
  })

  it('says what keeps it from being certain', () => {
    const match = matchOne(
      input(
        [line({ bound: null, provedFile: false })],
        [payment({ paid: true, paidAt: '2026-09-14T09:00:00.000Z' })],
      ),
    )
    expect(reasonKinds(match)).toEqual(
      expect.arrayContaining(['ownCompanyUnknown', 'alreadyPaid', '-fileUnproved']),
    )
  })

  it('shows the surplus to the kopeck', () => {
    const [proposal] = matchOne(input([line({ leftMinor: 1_243_001 })], [payment()])).proposals
    expect(proposal).toMatchObject({
      allotments: [{ paymentId: 1036, amountMinor: 1_243_000 }],
      restMinor: 1,
    })
  })

  it('allots no more than the payment has left', () => {
    const [proposal] = matchOne(input([line()], [payment({ leftMinor: 243_000 })])).proposals
    expect(proposal).toMatchObject({
      allotments: [{ paymentId: 1036, amountMinor: 243_000 }],
      restMinor: 1_000_000,
    })
  })
})

describe('a payer who writes somebody else’s number', () => {
  it('never gets it certain or likely, even with the exact sum', () => {
    const match = matchOne(input([line({ counterparty: vektorParty })], [payment()]))
    expect(match.zone).toBe('doubtful')
    expect(reasonKinds(match)).toEqual(
      expect.arrayContaining(['number', 'sum', '-taxId', '-account', '-name']),
    )
  })

  it('does not take it from the right payer who names nothing', () => {
    const right = line({ id: 2, purpose: 'за услуги' })
    const wrong = line({ id: 1, counterparty: vektorParty })
    const matches = matchLines(input([wrong, right], [payment()])).lines
    expect(matches.map(({ zone }) => zone)).toEqual(['doubtful', 'likely'])
  })

  it('is believed no more than likely after an earlier decision tied the account to the payer', () => {
    const aliases = [
      { portalId: 'p_first001', payerKey: 'company:1', name: '', account: vektorParty.account },
    ]
    expect(matchOne(input([line({ counterparty: vektorParty })], [payment()], { aliases })).zone).toBe(
      'likely',
    )
  })

  it('is not helped by an alias of another portal', () => {
    const aliases = [
      { portalId: 'p_other002', payerKey: 'company:1', name: '', account: vektorParty.account },
    ]
    expect(matchOne(input([line({ counterparty: vektorParty })], [payment()], { aliases })).zone).toBe(
      'doubtful',
    )
  })

  it('pays their own payment of the same sum only doubtfully when they name another’s', () => {
    const own = payment({ id: 2000, accountNumber: '4000/1', orderNumber: '4000', payer: vektor })
    const match = matchOne(input([line({ counterparty: vektorParty })], [payment(), own]))
    expect(match.zone).toBe('doubtful')
  })
})

describe('a number without «счет»', () => {
  const other = payment({ id: 4, accountNumber: '4000/1', orderNumber: '4000', payer: vektor })

  it('speaks for the payment that bears it when the sum is that payment’s too', () => {
    expect(matchOne(input([line({ purpose: 'Оплата № 4000' })], [payment(), other])).zone).toBe('doubtful')
  })

  it('is a mere number when it is not', () => {
    const elsewhere = { ...other, sumMinor: 77_700, leftMinor: 77_700 }
    expect(matchOne(input([line({ purpose: 'Оплата № 4000' })], [payment(), elsewhere])).zone).toBe('likely')
  })
})

describe('several payments that look alike', () => {
  it('is ambiguous when an order has two payments of one sum', () => {
    const second = payment({ id: 1037, accountNumber: '3653/2' })
    const match = matchOne(input([line({ purpose: 'счет 3653' })], [payment(), second]))
    expect(match.zone).toBe('doubtful')
    expect(
      match.proposals
        .map(({ allotments }) => allotments[0]?.paymentId)
        .toSorted((a, b) => (a ?? 0) - (b ?? 0)),
    ).toEqual([1036, 1037])
    expect(reasonKinds(match)).toContain('-otherCandidates')
  })

  it('takes the one whose whole number is written', () => {
    const second = payment({ id: 1037, accountNumber: '3653/2' })
    const zoneBeside = (first: Partial<MatchPayment>): string => {
      const match = matchOne(input([line({ purpose: 'счет 3653/2' })], [payment(first), second]))
      expect(match.proposals[0]?.allotments).toEqual([{ paymentId: 1037, amountMinor: 1_243_000 }])
      return match.zone
    }
    expect(zoneBeside({ leftMinor: 0 })).toBe('certain')
    expect(zoneBeside({ paid: true, paidAt: '2026-09-11T09:00:00.000Z' })).toBe('certain')
    expect(zoneBeside({ sumMinor: 900_000 })).toBe('certain')
    // The second part before the first, of the same sum: perhaps a slip of the pen.
    expect(zoneBeside({})).toBe('likely')
  })

  it('is doubtful with two payments of one payer and one sum and no number', () => {
    const second = payment({ id: 1037, accountNumber: '3654/1', orderNumber: '3654' })
    expect(matchOne(input([line({ purpose: 'за услуги' })], [payment(), second])).zone).toBe('doubtful')
  })

  it('gives two equal lines to two equal payments by their numbers, whichever comes first', () => {
    const payments = [payment(), payment({ id: 1037, accountNumber: '3654/1', orderNumber: '3654' })]
    const lines = [line({ id: 1, purpose: 'счет 3654' }), line({ id: 2, purpose: 'счет 3653' })]
    const matches = matchLines(input(lines, payments)).lines
    expect(matches.map(({ zone, proposals }) => [zone, proposals[0]?.allotments[0]?.paymentId])).toEqual([
      ['certain', 1037],
      ['certain', 1036],
    ])
  })

  it('lets the line that names the payment have it, and the other line the payment that is left', () => {
    const payments = [payment(), payment({ id: 1037, accountNumber: '3654/1', orderNumber: '3654' })]
    const lines = [line({ id: 1, purpose: 'за услуги' }), line({ id: 2, purpose: 'счет 3653/1' })]
    const matches = matchLines(input(lines, payments)).lines
    expect(matches.map(({ proposals }) => proposals[0]?.allotments[0]?.paymentId)).toEqual([1037, 1036])
  })

  it('believes neither of two lines that pay the same payment in full', () => {
    const matches = matchLines(
      input([line({ id: 1 }), line({ id: 2, bankDay: '2026-09-15' })], [payment()]),
    ).lines
    expect(matches.map(({ zone }) => zone)).toEqual(['doubtful', 'doubtful'])
  })

  it('does not offer other payments of the sum once the named one has nothing left', () => {
    const used = payment({ leftMinor: 0 })
    const other = payment({ id: 2000, accountNumber: '4000/1', orderNumber: '4000', payer: null })
    const match = matchOne(input([line()], [used, other]))
    expect(match.zone).not.toBe('certain')
    expect(match.zone).not.toBe('likely')
  })

  it('offers at most five', () => {
    const many = Array.from({ length: 30 }, (_, at) =>
      payment({ id: at + 1, accountNumber: `${5000 + at}/1`, orderNumber: String(5000 + at) }),
    )
    expect(matchOne(input([line({ purpose: 'за услуги' })], many)).proposals).toHaveLength(5)
  })
})

describe('one line for several payments', () => {
  const first = payment({ id: 1, accountNumber: '3650/1', orderNumber: '3650', sumMinor: 100_000 })
  const second = payment({ id: 2, accountNumber: '3651/1', orderNumber: '3651', sumMinor: 250_050 })
  const third = payment({ id: 3, accountNumber: '3652/1', orderNumber: '3652', sumMinor: 30_000 })

  it('is certain when all are named and their sums make the line exactly', () => {
    const match = matchOne(
      input([line({ purpose: 'счета 3650, 3651 и 3652/1', leftMinor: 380_050 })], [first, second, third]),
    )
    expect(match.zone).toBe('certain')
    expect(match.proposals[0]?.allotments).toEqual([
      { paymentId: 1, amountMinor: 100_000 },
      { paymentId: 2, amountMinor: 250_050 },
      { paymentId: 3, amountMinor: 30_000 },
    ])
    expect(match.proposals[0]?.reasons).toContainEqual({
      kind: 'sumOfSeveral',
      agrees: true,
      lineMinor: 380_050,
      paymentsMinor: 380_050,
      count: 3,
      currency: 'RUB',
    })
  })

  it('reads a range', () => {
    const match = matchOne(
      input([line({ purpose: 'счета 3650-3652', leftMinor: 380_050 })], [first, second, third]),
    )
    expect(match.proposals[0]?.allotments.map(({ paymentId }) => paymentId)).toEqual([1, 2, 3])
    expect(match.zone).toBe('certain')
  })

  it('is doubtful when the named sums do not make the line', () => {
    const match = matchOne(
      input([line({ purpose: 'счета 3650 и 3651', leftMinor: 300_000 })], [first, second]),
    )
    expect(match.zone).toBe('doubtful')
    const group = match.proposals.find(({ allotments }) => allotments.length === 2)
    expect(group).toMatchObject({
      restMinor: 0,
      allotments: [
        { paymentId: 1, amountMinor: 100_000 },
        { paymentId: 2, amountMinor: 200_000 },
      ],
    })
  })

  it('is doubtful when one of them belongs to another payer', () => {
    const foreign = { ...second, payer: vektor }
    expect(
      matchOne(input([line({ purpose: 'счета 3650 и 3651', leftMinor: 350_050 })], [first, foreign])).zone,
    ).toBe('doubtful')
  })

  it('is not certain when a further number is named that nobody bears', () => {
    expect(
      matchOne(input([line({ purpose: 'счета 3650, 3651, 3999', leftMinor: 350_050 })], [first, second]))
        .zone,
    ).toBe('likely')
  })

  it('takes all payments of an order that is paid as a whole', () => {
    const parts = [
      payment({ id: 5, accountNumber: '3653/1', sumMinor: 40_000 }),
      payment({ id: 6, accountNumber: '3653/2', sumMinor: 60_000 }),
    ]
    const match = matchOne(input([line({ purpose: 'счет 3653', leftMinor: 100_000 })], parts))
    expect(match.proposals[0]?.allotments.map(({ paymentId }) => paymentId)).toEqual([5, 6])
  })

  it('chooses among the payments of the named orders those that make the sum', () => {
    const parts = [
      payment({ id: 5, accountNumber: '3653/1', sumMinor: 40_000 }),
      payment({ id: 6, accountNumber: '3653/2', sumMinor: 60_000 }),
      payment({ id: 7, accountNumber: '3654/1', orderNumber: '3654', sumMinor: 25_000 }),
    ]
    const match = matchOne(input([line({ purpose: 'счета 3653, 3654', leftMinor: 85_000 })], parts))
    expect(match.proposals[0]?.allotments.map(({ paymentId }) => paymentId)).toEqual([6, 7])
  })
})

describe('several lines for one payment', () => {
  const parts = [
    line({ id: 1, leftMinor: 400_000, counterparty: unknownParty }),
    line({ id: 2, leftMinor: 843_000, bankDay: '2026-09-20', counterparty: unknownParty }),
  ]

  it('allots each its part, together the whole payment', () => {
    const matches = matchLines(input(parts, [payment()])).lines
    expect(matches.map(({ proposals }) => proposals[0]?.allotments)).toEqual([
      [{ paymentId: 1036, amountMinor: 400_000 }],
      [{ paymentId: 1036, amountMinor: 843_000 }],
    ])
  })

  it('is surer of parts that complete the payment than of one part alone', () => {
    const [together] = matchLines(input(parts, [payment()])).lines
    const alone = matchOne(input(parts.slice(0, 1), [payment()]))
    expect(together?.proposals[0]?.confidence).toBeGreaterThan(alone.proposals[0]?.confidence ?? 1)
  })

  it('is never certain', () => {
    const known = parts.map((one) => ({ ...one, counterparty: line().counterparty }))
    expect(matchLines(input(known, [payment()])).lines.map(({ zone }) => zone)).toEqual(['likely', 'likely'])
  })
})

describe('outgoing money', () => {
  const refund: Partial<MatchLine> = {
    leftMinor: -1_243_000,
    purpose: 'Возврат по счету 3653/1',
    bankDay: '2026-09-30',
  }
  const paid: Partial<MatchPayment> = { paid: true, paidAt: '2026-09-14T09:00:00.000Z', leftMinor: 0 }

  it('refunds a paid payment, doubtfully, with a negative allotment', () => {
    const match = matchOne(input([line(refund)], [payment(paid)]))
    expect(match.zone).toBe('doubtful')
    expect(match.proposals[0]).toMatchObject({
      allotments: [{ paymentId: 1036, amountMinor: -1_243_000 }],
      restMinor: 0,
    })
    expect(reasonKinds(match)).toEqual(expect.arrayContaining(['number', 'sum', 'taxId', 'alreadyPaid']))
  })

  it.each<[string, Partial<MatchLine>, Partial<MatchPayment>]>([
    ['a payment that is not paid', {}, { paid: false, paidAt: null }],
    ['more than the payment’s sum', { leftMinor: -2_000_000 }, {}],
    ['without a word of refund', { purpose: 'Оплата по счету 3653/1' }, {}],
    ['without a number', { purpose: 'Возврат' }, {}],
    ['by an account of another own company', { bound: { portalId: 'p_first001', ownCompanyId: 2 } }, {}],
  ])('does not refund %s', (_title, lineChange, paymentChange) => {
    expect(zoneFor({ ...refund, ...lineChange }, { ...paid, ...paymentChange })).toBe('none')
  })

  it('takes a reversal without words for a refund', () => {
    expect(zoneFor({ ...refund, purpose: 'счет 3653/1', reversal: true }, paid)).toBe('doubtful')
  })
})

describe('decisions and settings', () => {
  it('never offers a rejected pair again, neither alone nor in a group', () => {
    const payments = [
      payment({ id: 1, accountNumber: '3650/1', orderNumber: '3650', sumMinor: 100_000 }),
      payment({ id: 2, accountNumber: '3651/1', orderNumber: '3651', sumMinor: 250_000 }),
    ]
    const rejected = [{ lineId: 1, portalId: 'p_first001', paymentId: 2 }]
    const match = matchOne(
      input([line({ purpose: 'счета 3650 и 3651', leftMinor: 350_000 })], payments, { rejected }),
    )
    expect(
      match.proposals.flatMap(({ allotments }) => allotments.map(({ paymentId }) => paymentId)),
    ).not.toContain(2)
  })

  it('keeps offering the rejected payment to other lines', () => {
    const rejected = [{ lineId: 2, portalId: 'p_first001', paymentId: 1036 }]
    expect(matchOne(input([line()], [payment()], { rejected })).zone).toBe('certain')
  })

  it('obeys the thresholds', () => {
    const strict = { certainFrom: 1.1, likelyFrom: 1.1 }
    expect(matchOne(input([line()], [payment()], { settings: strict })).zone).toBe('doubtful')
  })

  it('offers payments of every portal to a line of an account that nobody bound', () => {
    const elsewhere = payment({ portalId: 'p_other002', id: 5 })
    const match = matchOne(input([line({ bound: null })], [payment(), elsewhere]))
    expect(match.proposals.map(({ portalId }) => portalId).sort()).toEqual(['p_first001', 'p_other002'])
    expect(match.zone).toBe('doubtful')
  })

  it('recognises a payer only by an alias of the name', () => {
    const aliases = [{ portalId: 'p_first001', payerKey: 'company:1', name: 'Петров Иван', account: '' }]
    const party = { ...unknownParty, name: 'ПЕТРОВ ИВАН' }
    const known = matchOne(
      input([line({ purpose: 'за услуги', counterparty: party })], [payment()], { aliases }),
    )
    const unknown = matchOne(
      input([line({ purpose: 'за услуги', counterparty: party })], [payment({ payer: romashka })]),
    )
    expect([known.zone, unknown.zone]).toEqual(['likely', 'doubtful'])
  })
})

describe('a purpose cut by the line breaks of its format', () => {
  it('finds the number, certain only when the payer’s tax number agrees as well', () => {
    const cut = { purpose: 'Оплата по счету № 36\n53/1', purposeGlued: 'Оплата по счету № 3653/1' }
    expect(zoneFor({ ...cut, counterparty: unknownParty })).toBe('likely')
    expect(zoneFor(cut)).toBe('certain')
    const match = matchOne(input([line(cut)], [payment()]))
    expect(match.proposals[0]?.reasons[0]).toEqual({
      kind: 'number',
      agrees: true,
      number: '3653/1',
      of: 'payment',
      fragment: { from: 18, to: 25 },
    })
  })
})
