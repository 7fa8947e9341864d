import { describe, expect, it } from 'vitest'
import { scoreAgainst } from '../../../electron/domain/matching/score-against.ts'
import { findPayments, parseSearch } from '../../../electron/domain/matching/search.ts'
import { line, payment, vektor, vektorParty } from '../../kit/matching-rows.ts'

describe('scoreAgainst', () => {
  it('explains a choice that the matcher would make too', () => {
    const { confidence, reasons } = scoreAgainst(line(), [payment()])
    expect(confidence).toBeGreaterThan(0.99)
    expect(reasons.map(({ kind, agrees }) => [kind, agrees])).toEqual([
      ['number', true],
      ['sum', true],
      ['taxId', true],
      ['account', true],
      ['name', true],
      ['date', true],
    ])
  })

  it('says what contradicts', () => {
    const { confidence, reasons } = scoreAgainst(
      line({ counterparty: vektorParty, purpose: 'счет 4000' }),
      [payment()],
      [payment({ id: 4, accountNumber: '4000/1', orderNumber: '4000', payer: vektor })],
    )
    expect(confidence).toBeLessThan(0.05)
    expect(reasons.filter(({ agrees }) => agrees === false).map(({ kind }) => kind)).toEqual([
      'numberOfOther',
      'taxId',
      'account',
      'name',
    ])
  })

  it('adds several payments up', () => {
    const chosen = [
      payment({ id: 1, sumMinor: 1_000_000 }),
      payment({ id: 2, accountNumber: '3654/1', orderNumber: '3654', sumMinor: 243_000 }),
    ]
    expect(scoreAgainst(line(), chosen).reasons).toContainEqual({
      kind: 'sumOfSeveral',
      agrees: true,
      lineMinor: 1_243_000,
      paymentsMinor: 1_243_000,
      count: 2,
      currency: 'RUB',
    })
  })

  it('explains even a payment of another currency with nothing left', () => {
    const { reasons } = scoreAgainst(line(), [payment({ currency: 'USD', leftMinor: 0 })])
    expect(reasons[0]).toMatchObject({ kind: 'number', number: '3653/1' })
  })

  it('has nothing to say about no payment', () => {
    expect(scoreAgainst(line(), [])).toEqual({ confidence: 0, reasons: [] })
  })
})

describe('parseSearch', () => {
  it.each<[string, string[], string[], string[]]>([
    ['3653/1', ['3653/1'], [], []],
    ['3653', ['3653'], ['3653'], []],
    ['3653/1, 3654/1 ромашка', ['3653/1', '3654/1'], [], ['ромашка']],
    ['3653|3654', ['3653', '3654'], ['3653', '3654'], []],
    ['12 430,00', [], ['12430.00'], []],
    ['12430.5', [], ['12430.5'], []],
    ['3650-3652', ['3650', '3651', '3652'], [], []],
    ['счет № 3653 от Ромашка', ['3653'], ['3653'], ['ромашка']],
    ['INV-15', ['15'], ['15'], []],
    ['', [], [], []],
  ])('%s', (text, numbers, sums, words) => {
    const search = parseSearch(text)
    expect([search.numbers.map(({ text: number }) => number), search.sums, search.words]).toEqual([
      numbers,
      sums,
      words,
    ])
  })
})

describe('findPayments', () => {
  const payments = [
    payment({ id: 1 }),
    payment({ id: 2, accountNumber: '3654/1', orderNumber: '3654', sumMinor: 500_000, payer: vektor }),
    payment({
      id: 3,
      accountNumber: '3655/1',
      orderNumber: '3655',
      sumMinor: 365_300,
      billDay: '2026-09-20',
    }),
    payment({ id: 4, accountNumber: '3656/1', orderNumber: '3656', gone: true }),
  ]
  const found = (text: string): number[] => findPayments(text, payments).map(({ id }) => id)

  it.each<[string, number[]]>([
    ['3653/1', [1]],
    ['3653', [1, 3]],
    ['3653, 3654', [2, 1, 3]],
    ['5 000,00', [2]],
    ['ромашка', [3, 1]],
    ['РОМАШК', [3, 1]],
    ['vektor', [2]],
    ['3653 вектор', []],
    ['7702123456', [3, 1]],
    ['3656', []],
    ['  ', []],
  ])('%s', (text, ids) => {
    expect(found(text)).toEqual(ids)
  })
})
