import { describe, expect, it } from 'vitest'
import { lineIdentity } from '../../../electron/domain/statements/line-identity.ts'
import { linesOf, read } from './text-fixtures.ts'

const line = {
  bankDay: '2026-06-05',
  amountMinor: 5000,
  currency: 'RUB',
  counterparty: { name: 'ООО "Ромашка"', taxId: '7700000003', account: '40702810900000000888', bankCode: '' },
  documentNumber: '12',
  bankReference: '',
  purpose: 'Оплата по счёту 305',
  reversal: false,
}
const own = '40702810000000000001'
const identity = lineIdentity(own, line)

describe('is the same', () => {
  it.each([
    ['blanks in the account', lineIdentity('4070 2810 0000 0000 0001', line)],
    ['line breaks of the purpose', lineIdentity(own, { ...line, purpose: 'Оплата по  счё\nту 305 ' })],
    ['case', lineIdentity(own, { ...line, purpose: 'ОПЛАТА ПО СЧЁТУ 305' })],
    [
      'the name beside an account',
      lineIdentity(own, { ...line, counterparty: { ...line.counterparty, name: 'Ромашка', taxId: '' } }),
    ],
    ['noughts before the number', lineIdentity(own, { ...line, documentNumber: '0012' })],
  ])('for other %s', (_name, same) => {
    expect(same).toBe(identity)
  })
})

describe('differs', () => {
  it.each([
    ['account', lineIdentity('40702810000000000002', line)],
    ['day', lineIdentity(own, { ...line, bankDay: '2026-06-06' })],
    ['amount', lineIdentity(own, { ...line, amountMinor: 5001 })],
    ['sign', lineIdentity(own, { ...line, amountMinor: -5000 })],
    ['currency', lineIdentity(own, { ...line, currency: 'USD' })],
    [
      'party',
      lineIdentity(own, { ...line, counterparty: { ...line.counterparty, account: '40702810900000000889' } }),
    ],
    ['number', lineIdentity(own, { ...line, documentNumber: '13' })],
    ['number of noughts', lineIdentity(own, { ...line, documentNumber: '0' })],
    ['reference', lineIdentity(own, { ...line, bankReference: 'B1' })],
    ['purpose', lineIdentity(own, { ...line, purpose: 'Оплата по счёту 306' })],
    ['reversal', lineIdentity(own, { ...line, reversal: true })],
    ['shift between fields', lineIdentity(own, { ...line, documentNumber: '', bankReference: '12' })],
  ])('by %s', (_name, other) => {
    expect(other).not.toBe(identity)
  })

  it('by name where a party has no account', () => {
    const nameless = (name: string) =>
      lineIdentity(own, { ...line, counterparty: { name, taxId: '', account: '', bankCode: '' } })
    expect(nameless('Ромашка')).not.toBe(nameless('Вектор'))
  })
})

it('recognises the lines that two overlapping exports share, occurrence by occurrence', () => {
  const message = (from: string, ...days: string[]) =>
    read(
      [
        ':20:1',
        ':25:NL1',
        `:60F:C${from}EUR0,`,
        ...days.flatMap((day) => [`:61:${day}C5,NMSCNONREF`, ':86:Same text']),
        `:62F:C${from}EUR0,`,
      ].join('\n'),
    )
  const keys = (...days: string[]) => {
    const seen: string[] = []
    return linesOf(message('260601', ...days)).map((read) => {
      const text = lineIdentity('NL1', read)
      seen.push(text)
      return `${text}#${seen.filter((other) => other === text).length}`
    })
  }
  const may = keys('260530', '260531', '260531')
  const june = keys('260531', '260531', '260601')
  expect(new Set(may).size).toBe(3)
  expect(june.filter((key) => may.includes(key))).toHaveLength(2)
})
