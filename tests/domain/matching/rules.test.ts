import { describe, expect, it } from 'vitest'
import { matchLines } from '../../../electron/domain/matching/match-lines.ts'
import { dryRun, preferredPayers } from '../../../electron/domain/matching/rules.ts'
import type { MatchRule, RuleConditions } from '../../../electron/domain/matching/rules.ts'
import { input, line, payment, unknownParty } from '../../kit/matching-rows.ts'

const ignoreFee = { kind: 'ignore', reason: 'fee' } as const

function reached(conditions: RuleConditions, ...lines: ReturnType<typeof line>[]): number[] {
  return dryRun([{ name: 'fees', conditions, effect: ignoreFee }], lines).map(({ lineId }) => lineId)
}

describe('dryRun', () => {
  const fee = line({
    id: 1,
    leftMinor: -5_000,
    purpose: 'Комиссия  за ведение СЧЁТА',
    counterparty: unknownParty,
  })
  const paid = line({ id: 2 })

  it.each<[string, RuleConditions, number[]]>([
    [
      'words of the purpose, whatever their case, blanks and ё',
      { purposeHas: ['комиссия за ведение счета'] },
      [1],
    ],
    ['any of several words', { purposeHas: ['нет такого', 'по счету'] }, [2]],
    ['words that must be absent', { direction: 'in', purposeHasNot: ['ндс'] }, []],
    ['a direction', { direction: 'out' }, [1]],
    ['bounds of the amount without its sign', { fromMinor: 5_000, toMinor: 5_000 }, [1]],
    ['a currency', { currency: 'EUR' }, []],
    ['an own account, blanks aside', { accounts: ['40702 810 1 0000 0000001'] }, [1, 2]],
    ['an account of the counterparty', { partyAccounts: ['40702810900000000009'] }, [2]],
    ['a tax number with its registration code', { partyTaxIds: ['7702123456/770201001'] }, [2]],
    ['a name in other letters and form', { partyName: 'Romashka LLC' }, [2]],
    ['two conditions of which one fails', { direction: 'out', purposeHas: ['по счету'] }, []],
    ['no condition', {}, []],
    ['an empty text', { purposeHas: ['', ' '] }, []],
    ['an empty name', { partyName: 'ООО' }, []],
    ['an empty account', { partyAccounts: [''] }, []],
  ])('reaches lines by %s', (_title, conditions, ids) => {
    expect(reached(conditions, fee, paid)).toEqual(ids)
  })

  it('tells the first rule that holds, and what it would propose', () => {
    const rules: MatchRule[] = [
      { name: 'never', conditions: { currency: 'EUR' }, effect: ignoreFee },
      { name: 'own', conditions: { direction: 'in' }, effect: { kind: 'ignore', reason: 'ownTransfer' } },
      { name: 'late', conditions: { currency: 'RUB' }, effect: ignoreFee },
    ]
    expect(dryRun(rules, [fee, paid])).toEqual([
      { lineId: 1, rule: 2, name: 'late', effect: ignoreFee },
      { lineId: 2, rule: 1, name: 'own', effect: { kind: 'ignore', reason: 'ownTransfer' } },
    ])
  })

  it('changes no line', () => {
    const before = JSON.stringify(fee)
    reached({ direction: 'out' }, fee)
    expect(JSON.stringify(fee)).toBe(before)
  })
})

describe('preferredPayers', () => {
  const rules: MatchRule[] = [
    {
      name: 'the director pays',
      conditions: { partyName: 'Петров Иван' },
      effect: { kind: 'prefer', portalId: 'p_first001', payerKey: 'company:1' },
    },
  ]
  const director = line({ purpose: 'за услуги', counterparty: { ...unknownParty, name: 'ПЕТРОВ ИВАН' } })

  it('makes a payment likely, never certain', () => {
    const aliases = preferredPayers(rules, [director])
    expect(aliases).toEqual([
      { portalId: 'p_first001', payerKey: 'company:1', name: 'ПЕТРОВ ИВАН', account: '' },
    ])
    const numbered = line({ counterparty: director.counterparty })
    const zones = [director, numbered].map(
      (one) => matchLines(input([one], [payment()], { aliases })).lines[0]?.zone,
    )
    expect(zones).toEqual(['likely', 'likely'])
  })

  it('says nothing of a line whose counterparty is not known', () => {
    const any: MatchRule[] = [
      {
        name: 'any',
        conditions: { direction: 'in' },
        effect: { kind: 'prefer', portalId: 'p_first001', payerKey: 'company:1' },
      },
    ]
    expect(preferredPayers(any, [line({ counterparty: unknownParty })])).toEqual([])
  })
})
