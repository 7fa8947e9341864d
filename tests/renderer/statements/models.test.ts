import { describe, expect, it } from 'vitest'
import { chainsOf, daysBetween } from '../../../renderer/src/areas/statements/chain-model.ts'
import {
  blankMapping,
  fieldAt,
  missingOf,
  partyKindOf,
  roleOf,
  sumKindOf,
  withColumn,
  withPartyKind,
  withoutColumn,
  withSumKind,
} from '../../../renderer/src/areas/statements/mapping-model.ts'
import { currencyItems } from '../../../renderer/src/areas/statements/currencies.ts'
import { ambiguousDate, readingsOf, spelledDay } from '../../../renderer/src/areas/statements/date-orders.ts'
import { hexRows } from '../../../renderer/src/areas/statements/hex-rows.ts'
import {
  currencyWords,
  needsClearing,
  periodWords,
  placeWords,
  proofOf,
  shortAccount,
} from '../../../renderer/src/areas/statements/words.ts'
import { createText } from '../../../renderer/src/text/language.ts'
import { chain, statements } from '../sample-world.ts'

const text = createText('ru', ['ru-RU'])

describe('the chain of statements', () => {
  it('lays covered days, gaps and doubtful files on one line per account', () => {
    const chains = chainsOf(statements, chain)
    expect(chains.map((one) => one.account)).toEqual([
      '40702810500000000777',
      '40702810900000000123',
      'DE89370400440532013000',
    ])
    const [, roubles, euros] = chains
    expect([roubles?.from, roubles?.to, roubles?.breaks.length]).toEqual(['2026-11-01', '2026-11-19', 1])
    expect(roubles?.segments.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['covered', '2026-11-11', '2026-11-19'],
      ['covered', '2026-11-01', '2026-11-09'],
      ['gap', '2026-11-10', '2026-11-10'],
    ])
    expect(euros?.segments.map(({ kind, start, width }) => [kind, start, width])).toEqual([
      ['doubtful', 0, 100],
    ])
  })

  it('measures in days, both ends included', () => {
    const [, roubles] = chainsOf(statements, chain)
    expect(
      roubles?.segments.map(({ start, width }) => [
        Math.round((start * 19) / 100),
        Math.round((width * 19) / 100),
      ]),
    ).toEqual([
      [10, 9],
      [0, 9],
      [9, 1],
    ])
  })

  it('leaves statements without a period out', () => {
    const [first] = statements
    expect(first && chainsOf([{ ...first, from: null }], [])).toEqual([])
  })
})

describe('a mapping of columns', () => {
  it('puts a field onto a column, which then holds nothing else', () => {
    const one = withColumn(withColumn(blankMapping, 'amount', 1), 'purpose', 1)
    expect(one.columns).toEqual({ bankDay: 0, purpose: 1 })
    expect([fieldAt(one, 1), fieldAt(one, 5)]).toEqual(['purpose', undefined])
  })

  it('is never without a bank day', () => {
    expect(withoutColumn(blankMapping, 0).columns).toEqual({ bankDay: 0 })
    expect(withColumn(blankMapping, 'bankDay', 4).columns).toEqual({ bankDay: 4 })
  })

  it('changes the way sums stand and lets go of the columns of the other way', () => {
    const signed = withColumn(blankMapping, 'amount', 2)
    const two = withSumKind(signed, 'two')
    expect([sumKindOf(signed), sumKindOf(two), two.columns]).toEqual([
      'signed',
      'two',
      { bankDay: 0, credit: 2 },
    ])
    const direction = withSumKind(two, 'direction')
    expect([sumKindOf(direction), direction.columns]).toEqual([
      'direction',
      { bankDay: 0, amount: 2, direction: 1 },
    ])
    expect(withSumKind(direction, 'signed').columns).toEqual({ bankDay: 0, amount: 2 })
  })

  it('says that sums or the words of a direction are missing', () => {
    expect(missingOf(blankMapping)).toEqual(['sum'])
    expect(missingOf(withColumn(blankMapping, 'debit', 3))).toEqual([])
    const direction = withSumKind(withColumn(blankMapping, 'amount', 2), 'direction')
    expect(missingOf(direction)).toEqual(['creditWords'])
    expect(missingOf({ ...direction, creditWords: ['приход'] })).toEqual([])
  })

  it('turns counterparty columns into the payer’s and back, and drops the payee’s', () => {
    const one = withColumn(withColumn(blankMapping, 'counterpartyName', 3), 'counterpartyTaxId', 4)
    const both = withColumn(withPartyKind(one, 'payerPayee'), 'payeeName', 5)
    expect([partyKindOf(one), partyKindOf(both), both.columns]).toEqual([
      'counterparty',
      'payerPayee',
      { bankDay: 0, payerName: 3, payerTaxId: 4, payeeName: 5 },
    ])
    expect(withPartyKind(both, 'counterparty').columns).toEqual({
      bankDay: 0,
      counterpartyName: 3,
      counterpartyTaxId: 4,
    })
  })

  it('gives each field the colour of its kind', () => {
    expect((['bankDay', 'credit', 'payeeTaxId', 'purpose', undefined] as const).map(roleOf)).toEqual([
      'day',
      'sum',
      'party',
      'text',
      'unread',
    ])
  })
})

describe('a date of two small numbers', () => {
  it('is taken from the remark of the file and read both ways', () => {
    const remark = (text: string) => [
      {
        place: { line: 3, from: 0, to: 9 },
        code: 'date.ambiguous' as const,
        text,
        weight: 'problem' as const,
      },
    ]
    expect(ambiguousDate(remark("D03/04'26"))).toBe("03/04'26")
    expect(readingsOf("03/04'26")).toEqual({ dmy: '2026-04-03', mdy: '2026-03-04' })
    expect(readingsOf('1. 2. 2005')).toEqual({ dmy: '2005-02-01', mdy: '2005-01-02' })
    expect(spelledDay('2026-04-03', text).replace(/\u00A0/g, ' ')).toBe('3 апреля 2026 г.')
  })

  it('is an example where the file tells none, and nothing where it is no date', () => {
    expect(ambiguousDate([])).toBe('03/04/2026')
    expect([readingsOf('31/04/2026'), readingsOf('12')]).toEqual([null, null])
  })
})

describe('bytes', () => {
  it('stand eight a row with their place and letters', () => {
    expect(hexRows('4e6f6d65723d3438320d0a', 100)).toEqual([
      { at: 100, pairs: '4e 6f 6d 65 72 3d 34 38', letters: 'Nomer=48' },
      { at: 108, pairs: '32 0d 0a               ', letters: '2··' },
    ])
    expect(hexRows('', 0)).toEqual([])
  })
})

describe('words of a statement', () => {
  it('shorten long account numbers only', () => {
    expect([shortAccount('40702810900000000123'), shortAccount('12345678')]).toEqual([
      '4070…0123',
      '12345678',
    ])
  })

  it('write a period without repeating the year', () => {
    expect(periodWords('2026-11-01', '2026-11-19', text)).toBe('01.11 – 19.11.2026')
    expect(periodWords('2025-12-28', '2026-01-02', text)).toBe('28.12.2025 – 02.01.2026')
    expect([periodWords('2026-11-01', '2026-11-01', text), periodWords(null, null, text)]).toEqual([
      '01.11.2026',
      '',
    ])
  })

  it('say what the balances prove', () => {
    const proofs = [0, null, 50].map((off) => proofOf({ balanceOffMinor: off, currency: 'EUR' }, text))
    expect(proofs.map(({ tone }) => tone)).toEqual(['good', 'calm', 'bad'])
    expect(proofs[2]?.words.replace(/\u00A0/g, ' ')).toBe('расхождение 0,50 EUR')
    expect(proofOf({ balanceOffMinor: 50, currency: 'EUR', cleared: true }, text).tone).toBe('warn')
  })

  it('tell a place in bytes, in a sheet, in a row', () => {
    expect(placeWords({ line: 12, from: 300, to: 340 }, text)).toBe('строка 12, байты 300–340')
    expect(placeWords({ line: 7, from: 0, to: 0, part: 'Ноябрь' }, text)).toBe('лист «Ноябрь», ряд 7')
    expect(placeWords({ line: 7, from: 0, to: 0 }, text)).toBe('ряд 7')
  })

  it('say that a file names no currency, and offer the common ones first', () => {
    expect([currencyWords('XXX', text), currencyWords('EUR', text)]).toEqual(['валюта не указана', 'EUR'])
    const codes = currencyItems(text).map(({ value }) => value)
    expect([codes[0], codes.includes('ZAR'), codes.includes('XXX')]).toEqual(['RUB', true, false])
    expect(new Set(codes).size).toBe(codes.length)
  })

  it('count days with both ends', () => expect(daysBetween('2026-02-27', '2026-03-01')).toBe(3))

  it('hold back only uncleared files that do not add up', () => {
    expect(statements.map(needsClearing)).toEqual([false, true, false, false])
  })
})
