import { describe, expect, it } from 'vitest'
import { chainsOf } from '../../../renderer/src/areas/statements/chain-model.ts'
import {
  blankMapping,
  fieldAt,
  missingOf,
  sumKindOf,
  withColumn,
  withoutColumn,
  withSumKind,
} from '../../../renderer/src/areas/statements/mapping-model.ts'
import {
  needsClearing,
  periodWords,
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

  it('says that sums are missing', () => {
    expect(missingOf(blankMapping)).toBe('sum')
    expect(missingOf(withColumn(blankMapping, 'debit', 3))).toBeNull()
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

  it('hold back only uncleared files that do not add up', () => {
    expect(statements.map(needsClearing)).toEqual([false, true, false, false])
  })
})
