import { describe, expect, it } from 'vitest'
import { matchLines } from '../../../electron/domain/matching/match-lines.ts'
import { readyPayments } from '../../../electron/domain/matching/prepare.ts'
import { chanceOfHit, findSets } from '../../../electron/domain/matching/sets.ts'
import type { LineMatch, MatchLine, MatchPayment } from '../../../electron/domain/matching/types.ts'
import { input, line, payment, unknownParty } from '../../kit/matching-rows.ts'

const sums = [123_457, 250_019, 311_003, 87_641, 500_077]

function owed(change: Partial<MatchPayment> = {}): MatchPayment[] {
  return sums.map((sumMinor, at) =>
    payment({
      id: at + 1,
      accountNumber: `${4000 + at}/1`,
      orderNumber: String(4000 + at),
      sumMinor,
      ...change,
    }),
  )
}

function matchOne(change: Partial<MatchLine>, payments: MatchPayment[]): LineMatch | undefined {
  return matchLines(input([line({ purpose: 'Оплата за услуги', ...change })], payments)).lines[0]
}

describe('lump sums', () => {
  it('finds the payments of the payer that make the line, likely when the tax number proves the payer', () => {
    const match = matchOne({ leftMinor: 123_457 + 311_003 + 87_641 }, owed())
    expect(match?.zone).toBe('likely')
    expect(match?.proposals[0]?.allotments.map(({ paymentId }) => paymentId)).toEqual([1, 3, 4])
    expect(match?.proposals[0]?.reasons[0]).toMatchObject({ kind: 'sumOfSeveral', agrees: true, count: 3 })
  })

  it('is at most doubtful when only the name tells the payer', () => {
    const match = matchOne(
      { leftMinor: 123_457 + 311_003, counterparty: { ...unknownParty, name: 'Ромашка' } },
      owed(),
    )
    expect(match?.zone).toBe('doubtful')
  })

  it('does not search among the payments of others', () => {
    expect(matchOne({ leftMinor: 123_457 + 311_003, counterparty: unknownParty }, owed())?.zone).toBe('none')
  })

  it('is doubtful when round sums make many sets', () => {
    const round = [100_000, 200_000, 300_000, 400_000, 500_000].map((sumMinor, at) =>
      payment({ id: at + 1, accountNumber: `${4000 + at}/1`, orderNumber: String(4000 + at), sumMinor }),
    )
    expect(matchOne({ leftMinor: 700_000 }, round)?.zone).not.toMatch(/certain|likely/)
  })

  it('takes the fee that the purpose names into account, doubtfully, and never allots beyond the line', () => {
    const whole = 123_457 + 250_019
    const match = matchOne(
      { leftMinor: whole - 1_250, purpose: 'Возмещение по эквайрингу, удержана комиссия 12,50' },
      owed(),
    )
    const [proposal] = match?.proposals ?? []
    expect(match?.zone).toBe('doubtful')
    expect(proposal?.allotments).toEqual([
      { paymentId: 1, amountMinor: 123_457 },
      { paymentId: 2, amountMinor: 248_769 },
    ])
    expect(proposal?.reasons).toContainEqual({
      kind: 'sumOfSeveral',
      agrees: false,
      lineMinor: 372_226,
      paymentsMinor: 373_476,
      count: 2,
      currency: 'RUB',
    })
  })

  it('leaves paid payments and later invoices out', () => {
    expect(matchOne({ leftMinor: 123_457 + 311_003 }, owed({ billDay: '2026-12-01' }))?.zone).not.toBe(
      'likely',
    )
    expect(
      matchOne({ leftMinor: 123_457 + 311_003 }, owed({ paid: true, paidAt: '2026-09-14T09:00:00.000Z' }))
        ?.zone,
    ).not.toBe('likely')
  })
})

describe('findSets', () => {
  it('finds every set and says so', () => {
    const ready = readyPayments([100, 200, 300, 400].map((sumMinor, at) => payment({ id: at + 1, sumMinor })))
    const { sets, isComplete } = findSets(ready, 500)
    expect(sets.map((set) => set.map(({ payment: { id } }) => id))).toEqual([
      [1, 4],
      [2, 3],
    ])
    expect(isComplete).toBe(true)
  })

  it('stops and says so when there are too many', () => {
    const ready = readyPayments(Array.from({ length: 18 }, (_, at) => payment({ id: at + 1, sumMinor: 100 })))
    expect(findSets(ready, 900).isComplete).toBe(false)
  })
})

describe('chanceOfHit', () => {
  it('is small for sums to the kopeck and large for round ones', () => {
    const ready = (list: number[]) =>
      readyPayments(list.map((sumMinor, at) => payment({ id: at + 1, sumMinor })))
    expect(chanceOfHit(ready(sums), 434_460)).toBeLessThan(0.001)
    expect(chanceOfHit(ready([100_000, 200_000, 300_000, 400_000]), 500_000)).toBeGreaterThan(1)
  })
})
