import { describe, expect, it } from 'vitest'
import { matchLines } from '../../../electron/domain/matching/match-lines.ts'
import { fitSum } from '../../../electron/domain/matching/sums.ts'
import type { Tolerances } from '../../../electron/domain/matching/sums.ts'
import { defaultSettings } from '../../../electron/domain/matching/types.ts'
import type { LineMatch, MatchLine, MatchPayment } from '../../../electron/domain/matching/types.ts'
import { input, line, payment, unknownParty, vektor, vektorParty } from '../../kit/matching-rows.ts'

function match(
  lineChange: Partial<MatchLine>,
  paymentChange: Partial<MatchPayment> = {},
  tolerances: Tolerances = {},
): LineMatch | undefined {
  const settings = { ...defaultSettings, tolerances }
  return matchLines(input([line(lineChange)], [payment(paymentChange)], { settings })).lines[0]
}

function reason(found: LineMatch | undefined, kind: string): unknown {
  return found?.proposals[0]?.reasons.find((one) => one.kind === kind)
}

describe('differences of sums', () => {
  it.each<[string, number, Tolerances, string]>([
    ['no difference', 1_243_000, {}, 'exact'],
    ['nothing allowed', 1_242_999, {}, 'partial'],
    ['a kopeck too much, nothing allowed', 1_243_001, {}, 'over'],
    ['a kopeck of rounding', 1_242_999, { rounding: { minor: 1 } }, 'rounding'],
    ['a kopeck too much of rounding', 1_243_001, { rounding: { minor: 1 } }, 'rounding'],
    ['two kopecks where one is allowed', 1_242_998, { rounding: { minor: 1 } }, 'partial'],
    ['a fee of 2.5 %', 1_211_925, { fee: { basisPoints: 250 } }, 'fee'],
    ['a kopeck above 2.5 %', 1_211_924, { fee: { basisPoints: 250 } }, 'partial'],
    ['both bounds hold', 1_211_925, { fee: { basisPoints: 250, minor: 30_000 } }, 'partial'],
    ['a fee never adds', 1_244_000, { fee: { basisPoints: 250 } }, 'over'],
    ['exchange goes both ways', 1_244_000, { currency: { basisPoints: 100 } }, 'currency'],
    ['rounding before fee', 1_242_999, { fee: { basisPoints: 250 }, rounding: { minor: 1 } }, 'rounding'],
    ['a reason without a bound allows nothing', 1_242_999, { fee: {} }, 'partial'],
  ])('%s', (_title, leftMinor, tolerances, told) => {
    const fit = fitSum(line({ leftMinor }), payment(), tolerances, 0)
    expect(fit.kind === 'tolerated' ? fit.reason : fit.kind).toBe(told)
  })

  it('is likely at best, names its reason, and allots no more than came', () => {
    const found = match({ leftMinor: 1_220_000 }, {}, { fee: { basisPoints: 250 } })
    expect(found?.zone).toBe('likely')
    expect(found?.proposals[0]).toMatchObject({
      allotments: [{ paymentId: 1036, amountMinor: 1_220_000 }],
      restMinor: 0,
    })
    expect(reason(found, 'sumWithin')).toEqual({
      kind: 'sumWithin',
      agrees: null,
      because: 'fee',
      differenceMinor: -23_000,
      currency: 'RUB',
    })
  })

  it('takes the fee that the purpose names', () => {
    const named = { leftMinor: 1_200_000, purpose: 'счет 3653/1, удержана комиссия 430,00' }
    expect(fitSum(line(named), payment(), { fee: { minor: 1 } }, 43_000)).toEqual({
      kind: 'tolerated',
      reason: 'fee',
      differenceMinor: -43_000,
    })
    expect(reason(match(named, {}, { fee: { minor: 1 } }), 'sumWithin')).toMatchObject({ because: 'fee' })
  })
})

describe('a payer named in the purpose', () => {
  const byBank = { name: 'ПАО СБЕРБАНК', taxId: '7707083893', account: '30232810000000000001', bankCode: '' }

  it('is known behind a bank, likely and not certain, with the place of the name', () => {
    const purpose = 'Плательщик ООО Ромашка, счет 3653/1'
    const found = match({ purpose, counterparty: byBank })
    expect(found?.zone).toBe('likely')
    expect(reason(found, 'mention')).toEqual({
      kind: 'mention',
      agrees: true,
      payment: 'ООО "Ромашка"',
      fragment: { from: 15, to: 22 },
    })
  })

  it('is known without a number when the sum is', () => {
    expect(match({ purpose: 'за ООО "Ромашка" за услуги', counterparty: byBank })?.zone).toBe('likely')
  })

  it('lets somebody else pay for them', () => {
    expect(match({ purpose: 'счет 3653/1 за ООО Ромашка', counterparty: vektorParty })?.zone).toBe('likely')
    expect(match({ purpose: 'счет 3653/1', counterparty: vektorParty })?.zone).toBe('doubtful')
    expect(match({ purpose: 'счет 3653/1 за ИНН 7702123456', counterparty: vektorParty })?.zone).toBe(
      'likely',
    )
  })

  it('is known in another case and behind the bank’s name', () => {
    const person = { key: 'contact:9', names: ['Иванов Пётр Ильич'], taxIds: [], accounts: [] }
    expect(match({ purpose: 'за Иванова Петра Ильича', counterparty: byBank }, { payer: person })?.zone).toBe(
      'likely',
    )
    const behind = { ...byBank, name: 'ПАО СБЕРБАНК//ИВАНОВ ПЕТР ИЛЬИЧ//РОССИЯ Г ТВЕРЬ//' }
    expect(match({ purpose: 'за услуги', counterparty: behind }, { payer: person })?.zone).toBe('likely')
  })

  it('is no mention when it is a mere word', () => {
    const shop = { key: 'company:9', names: ['ООО "Мебель"'], taxIds: [], accounts: [] }
    const found = match({ purpose: 'счет 3653/1 за мебель', counterparty: vektorParty }, { payer: shop })
    expect([found?.zone, reason(found, 'mention')]).toEqual(['doubtful', undefined])
  })
})

describe('a garbled name', () => {
  it.each(['ООО "РОМАШИКА"', 'ООО "РМОАШКА"', 'ООО РОМАШК'])(
    '%s is still the payer’s when the sum agrees',
    (name) => {
      expect(match({ purpose: 'за услуги', counterparty: { ...unknownParty, name } })?.zone).toBe('likely')
    },
  )
})

describe('a number with one digit wrong', () => {
  it.each(['счет 3654/1', 'счет 353/1', 'счет 3635/1'])(
    '%s is likely a slip when payer and sum agree',
    (purpose) => {
      const found = match({ purpose })
      expect(found?.zone).toBe('likely')
      expect(reason(found, 'numberMistyped')).toMatchObject({ number: '3653/1' })
    },
  )

  it('is none when it is the number of a payment of the same payer', () => {
    const other = payment({ id: 9, accountNumber: '3654/1', orderNumber: '3654', sumMinor: 5_000 })
    const [found] = matchLines(input([line({ purpose: 'счет 3654/1' })], [payment(), other])).lines
    expect(found?.zone).toBe('doubtful')
  })
})

describe('dates', () => {
  it('doubts the invoice of another year that bears the same number', () => {
    const found = match({ purpose: 'счет 3653 от 10.09.2025' })
    expect(found?.zone).toBe('doubtful')
    expect(reason(found, 'numberDate')).toMatchObject({ agrees: false })
  })

  it('counts lateness from the day it was due', () => {
    const late = { bankDay: '2027-04-20', purpose: 'счет 3653/1' }
    expect(match(late)?.zone).toBe('likely')
    expect(match(late, { payBeforeDay: '2027-03-01' })?.zone).toBe('certain')
  })
})

describe('the number of an order with several payments', () => {
  const second = payment({ id: 1037, accountNumber: '3653/2', sumMinor: 900_000 })

  it('is certain when their sums differ', () => {
    const [found] = matchLines(input([line({ purpose: 'счет 3653' })], [payment(), second])).lines
    expect([found?.zone, found?.proposals[0]?.allotments[0]?.paymentId]).toEqual(['certain', 1036])
  })

  it('is not when another, paid long ago, is over the same sum', () => {
    const twin = {
      ...second,
      sumMinor: 1_243_000,
      leftMinor: 0,
      paid: true,
      paidAt: '2026-09-11T09:00:00.000Z',
    }
    expect(matchLines(input([line({ purpose: 'счет 3653' })], [payment(), twin])).lines[0]?.zone).toBe(
      'likely',
    )
  })

  it('is not when an earlier payment of the order is not known here', () => {
    expect(match({ purpose: 'счет 3653' }, { accountNumber: '3653/2' })?.zone).toBe('likely')
  })
})

describe('the end of a purpose that the format may have cut', () => {
  const filler =
    'Оплата за товар по договору поставки согласно спецификации и акту сверки расчетов сторон за весь период '

  it('is not relied on', () => {
    const cut = `${filler}счет 3653/1`
    expect(match({ purpose: cut })?.zone).toBe('likely')
    expect(match({ purpose: `${cut} от 10.09.2026` })?.zone).toBe('certain')
  })
})

describe('whose line it is', () => {
  const namesake = { ...vektor, names: ['ООО "Ромашка"'] }
  const byName = { ...unknownParty, name: 'ООО Ромашка' }

  it('is not certain by a name that two payers bear', () => {
    const other = payment({
      id: 5,
      accountNumber: '9000/1',
      orderNumber: '9000',
      sumMinor: 1,
      payer: namesake,
    })
    expect(matchLines(input([line({ counterparty: byName })], [payment()])).lines[0]?.zone).toBe('certain')
    expect(matchLines(input([line({ counterparty: byName })], [payment(), other])).lines[0]?.zone).toBe(
      'likely',
    )
  })

  it('is another payer’s when their tax number stands on it, though this one’s is not known', () => {
    const plain = payment({
      payer: { key: 'company:1', names: ['Ромашка Сервис'], taxIds: [], accounts: [] },
    })
    const other = payment({ id: 5, accountNumber: '9000/1', orderNumber: '9000', sumMinor: 1, payer: vektor })
    const party = { ...unknownParty, taxId: vektorParty.taxId, name: 'ООО Ромашка' }
    expect(matchLines(input([line({ counterparty: party })], [plain, other])).lines[0]?.zone).toBe('doubtful')
  })
})
