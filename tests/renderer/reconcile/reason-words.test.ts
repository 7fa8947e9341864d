import { describe, expect, it } from 'vitest'
import type { Reason } from '../../../electron/contract/match.ts'
import { tell } from '../../../renderer/src/areas/operations/words.ts'
import { markOf, reasonWords } from '../../../renderer/src/areas/reconcile/reason-words.ts'
import { createText } from '../../../renderer/src/text/language.ts'
import type { Language } from '../../../renderer/src/text/format.ts'

function said(reason: Reason, language: Language): string {
  const text = createText(language, [language === 'ru' ? 'ru-RU' : 'en-GB'])
  return tell(text, reasonWords(reason, text.format.value)).replaceAll('\u00a0', ' ')
}

const cases: [Reason, string, string][] = [
  [
    { kind: 'number', agrees: true, number: '3653/1', of: 'payment', fragment: null },
    'номер 3653/1 в назначении',
    'number 3653/1 in the purpose',
  ],
  [
    { kind: 'number', agrees: true, number: '3653', of: 'order', fragment: null },
    'номер заказа 3653 в назначении',
    'order number 3653 in the purpose',
  ],
  [
    { kind: 'numberOfOther', agrees: false, number: '3611/1', fragment: null },
    'в назначении назван 3611/1, это другая оплата',
    'the purpose names 3611/1, which is another payment',
  ],
  [
    { kind: 'sum', agrees: true, lineMinor: 1_243_000, paymentMinor: 1_243_000, currency: 'RUB' },
    'сумма совпадает: 12 430,00 RUB',
    'the sum equals: 12,430.00 RUB',
  ],
  [
    { kind: 'sum', agrees: false, lineMinor: 1_240_000, paymentMinor: 1_243_000, currency: 'RUB' },
    'получено на 30,00 RUB меньше, чем 12 430,00 RUB',
    'received 30.00 RUB less than its 12,430.00 RUB',
  ],
  [
    { kind: 'sum', agrees: false, lineMinor: -1_250_000, paymentMinor: 1_243_000, currency: 'RUB' },
    'получено на 70,00 RUB больше, чем 12 430,00 RUB',
    'received 70.00 RUB more than its 12,430.00 RUB',
  ],
  [
    { kind: 'sumOfSeveral', agrees: true, lineMinor: 500, paymentsMinor: 500, count: 5, currency: 'RUB' },
    '5 оплат вместе составляют сумму: 5,00 RUB',
    '5 payments together make the sum: 5.00 RUB',
  ],
  [
    { kind: 'sumOfSeveral', agrees: false, lineMinor: 600, paymentsMinor: 500, count: 3, currency: 'RUB' },
    '3 оплаты вместе на 5,00 RUB: остаётся 1,00 RUB',
    '3 payments of 5.00 RUB together: 1.00 RUB remains',
  ],
  [
    { kind: 'numberDate', agrees: false, fragment: null },
    'в назначении у номера другая дата, чем у счёта',
    'the purpose gives the number another date than the invoice’s',
  ],
  [
    { kind: 'numberMistyped', agrees: null, written: '3635/1', number: '3653/1', fragment: null },
    'в назначении 3635/1, похоже на опечатку в 3653/1',
    'the purpose says 3635/1, perhaps a slip for 3653/1',
  ],
  [
    { kind: 'sumWithin', agrees: null, because: 'fee', differenceMinor: -23_000, currency: 'RUB' },
    'удержана комиссия 230,00 RUB',
    'a fee of 230.00 RUB was withheld',
  ],
  [
    { kind: 'sumWithin', agrees: null, because: 'rounding', differenceMinor: 1, currency: 'RUB' },
    'округление на 0,01 RUB',
    'rounded by 0.01 RUB',
  ],
  [
    { kind: 'sumWithin', agrees: null, because: 'currency', differenceMinor: 100, currency: 'RUB' },
    'курсовая разница 1,00 RUB',
    'exchange makes a difference of 1.00 RUB',
  ],
  [
    { kind: 'mention', agrees: true, payment: 'ООО "Ромашка"', fragment: null },
    'плательщик назван в назначении: ООО "Ромашка"',
    'the purpose names the payer: ООО "Ромашка"',
  ],
  [
    { kind: 'reversed', agrees: false, lineId: 2 },
    'банк отменил эту операцию другой строкой',
    'the bank took this money back by another line',
  ],
  [
    { kind: 'taxId', agrees: false, line: '7701', payment: '7728' },
    'ИНН в банке 7701, в портале 7728',
    'tax number 7701 in the bank, 7728 in the portal',
  ],
  [
    { kind: 'account', agrees: true, account: '4070' },
    'счёт плательщика 4070 известен',
    'the payer’s account 4070 is known',
  ],
  [
    { kind: 'name', agrees: false, line: 'ИП Иванов', payment: 'ООО «Р»', likeness: 0.1 },
    'в банке ИП Иванов, в портале ООО «Р»',
    'the bank says ИП Иванов, the portal ООО «Р»',
  ],
  [{ kind: 'date', agrees: null, days: 7 }, 'через 7 дней после счёта', '7 days after the invoice'],
  [{ kind: 'date', agrees: false, days: -1 }, 'за 1 день до счёта', '1 day before the invoice'],
  [{ kind: 'date', agrees: true, days: 0 }, 'в день счёта', 'on the day of the invoice'],
  [
    { kind: 'onlyCandidate', agrees: true },
    'других подходящих оплат нет',
    'no other payment comes into question',
  ],
  [
    { kind: 'otherCandidates', agrees: false, count: 2 },
    'подходят ещё 2 оплаты',
    '2 other payments fit as well',
  ],
  [
    { kind: 'ownCompanyUnknown', agrees: null },
    'какой своей компании она принадлежит, неизвестно',
    'which own company it belongs to is unknown',
  ],
  [
    { kind: 'alreadyPaid', agrees: null, paidAt: null },
    'в портале уже оплачена',
    'already paid in the portal',
  ],
  [
    { kind: 'fileUnproved', agrees: false },
    'остатки файла её выписки не сходятся',
    'the balances of its statement file do not add up',
  ],
  [{ kind: 'byHand', agrees: null }, 'выбрано вручную', 'chosen by hand'],
]

describe('a reason in words', () => {
  it.each(cases)('%o', (reason, russian, english) => {
    expect(said(reason, 'ru')).toBe(russian)
    expect(said(reason, 'en')).toBe(english)
  })
})

it('marks what agrees, what speaks against, and what is only worth knowing', () => {
  expect(markOf({ kind: 'onlyCandidate', agrees: true })).toBe('agrees')
  expect(markOf({ kind: 'otherCandidates', agrees: false, count: 1 })).toBe('differs')
  expect(markOf({ kind: 'byHand', agrees: null })).toBe('note')
})
