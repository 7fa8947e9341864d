import { describe, expect, it } from 'vitest'
import {
  accountKey,
  counterpartyTaxId,
  nameForm,
  nameLikeness,
  numberKeysOf,
  orderNumberOf,
  taxIdKey,
} from '../../../electron/domain/matching/normalise.ts'

function likeness(a: string, b: string): number {
  return nameLikeness(nameForm(a), nameForm(b))
}

describe('names', () => {
  it.each([
    ['ООО "Ромашка"', 'Ромашка ООО'],
    ['ООО «РОМАШКА»', 'Общество с ограниченной ответственностью "Ромашка"'],
    ['ИП Иванов Иван Иванович', 'Индивидуальный предприниматель Иванов Иван Иванович'],
    ['Иванов Иван', 'ИВАН ИВАНОВ'],
    ['ООО Ромашка', 'OOO Romashka'],
    ['ООО Синергия', 'Sinergiya LLC'],
    ['ООО Ёлка', 'ООО ЕЛКА'],
    ['ИНН 7702123456 ООО "Ромашка"', 'ООО "Ромашка"'],
    ['7702123456, ООО Ромашка', 'Ромашка'],
    ['ИП Петров П.П. //Москва, ул. Мира 1//', 'ИП Петров П П'],
    ['ООО "РОМАШКА" р/с 40702810500000000001 в ПАО СБЕРБАНК', 'Ромашка'],
    ['Grünwald & Söhne GmbH', 'Grunwald Sohne'],
    ['ТОО "Қазақ Сауда"', 'Kazak Sauda'],
    ['UAB Baltijos Vėjas', 'Baltijos Vejas'],
  ])('%s is %s', (a, b) => {
    expect(likeness(a, b)).toBe(1)
  })

  it.each([
    ['ООО Ромашка', 'ООО Ромашкa', 0.85, 1],
    ['Иванов Иван Иванович', 'Иванов И. И.', 0.85, 1],
    ['ООО Ромашка Плюс', 'ООО Ромашка', 0.6, 0.9],
    ['ООО Ромашка', 'ООО Вектор', 0, 0.1],
    ['Торговый дом Север', 'ТД Север', 0.35, 0.6],
    ['', 'ООО Вектор', 0, 0],
  ])('%s and %s are alike by %d to %d', (a, b, from, to) => {
    expect(likeness(a, b)).toBeGreaterThanOrEqual(from)
    expect(likeness(a, b)).toBeLessThanOrEqual(to)
  })

  it('knows a bank', () => {
    expect([
      nameForm('ПАО СБЕРБАНК').isBank,
      nameForm('АО "Альфа-Банк"').isBank,
      nameForm('ООО Ромашка').isBank,
    ]).toEqual([true, true, false])
  })
})

describe('requisites', () => {
  it('compares tax numbers without the registration code and letters', () => {
    expect([
      taxIdKey('7702123456/770201001'),
      taxIdKey('DE 129273398'),
      taxIdKey('0000000000'),
      taxIdKey(''),
    ]).toEqual(['7702123456', '129273398', '', ''])
  })

  it('finds the tax number in front of the name when its own field is empty', () => {
    expect(counterpartyTaxId('', 'ИНН 7702123456 ООО Ромашка')).toBe('7702123456')
    expect(counterpartyTaxId('5001987654', 'ИНН 7702123456 ООО Ромашка')).toBe('5001987654')
    expect(counterpartyTaxId('', 'ООО Ромашка')).toBe('')
  })

  it('compares accounts without blanks, and not by less than five signs', () => {
    expect([accountKey('BY20 OLMP 3135'), accountKey('123'), accountKey('00000000')]).toEqual([
      'BY20OLMP3135',
      '',
      '',
    ])
  })
})

describe('numbers of a payment', () => {
  it('are sought as written and without a word in front', () => {
    expect(numberKeysOf('3653/1')).toEqual(['3653/1'])
    expect(numberKeysOf('INV-0015')).toEqual(['inv15', '15'])
    expect(numberKeysOf('УТ-000123')).toEqual(['yt123'])
    expect(numberKeysOf('')).toEqual([])
  })

  it('has its order’s number up to the last slash', () => {
    expect(orderNumberOf({ orderNumber: '', accountNumber: '2026/15/2' })).toBe('2026/15')
    expect(orderNumberOf({ orderNumber: '77', accountNumber: '3653/1' })).toBe('77')
  })
})
