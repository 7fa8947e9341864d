import { describe, expect, it } from 'vitest'
import type { OperationPlan, PlanRequest } from '../../../electron/contract/operation.ts'
import {
  blockOf,
  confirmWords,
  needsReason,
  offersDetails,
  withDetails,
  warningKey,
} from '../../../renderer/src/areas/operations/plan-words.ts'
import type { PlanSituation } from '../../../renderer/src/areas/operations/plan-words.ts'
import { tell } from '../../../renderer/src/areas/operations/words.ts'
import { createText } from '../../../renderer/src/text/language.ts'
import { portalId } from '../sample-world.ts'
import { plan } from '../sample-operations.ts'

const selection = { kind: 'ids' as const, portalId, ids: [1, 2] as never }
const unpay = (reason: string): PlanRequest => ({ kind: 'unpay', selection, reason })
const withoutMoney: OperationPlan = {
  ...plan,
  kind: 'unpay',
  count: 9,
  warnings: [{ warning: 'paidWithoutMatch', count: 9 }],
}
const calm: PlanSituation = {
  plan,
  request: null,
  writingAllowed: true,
  listOpened: false,
  reason: '',
  now: '2026-11-21T07:00:00.000Z',
}

describe('the confirm button', () => {
  it('repeats count, sums and portal in Russian', () => {
    const text = createText('ru', ['ru-RU'])
    expect(tell(text, confirmWords(plan, text.format.value)).replaceAll('\u00a0', ' ')).toBe(
      'Отметить оплаченными: 112 оплат на 1 842 310,50 RUB · 3 100,00 USD в портале Ромашка',
    )
  })

  it('and in English, with the form for one', () => {
    const text = createText('en', ['en-GB'])
    const one: OperationPlan = {
      ...plan,
      kind: 'delete',
      count: 1,
      sums: [{ minor: 1_243_000, currency: 'RUB' }],
    }
    expect(tell(text, confirmWords(one, text.format.value)).replaceAll('\u00a0', ' ')).toBe(
      'Delete: 1 payment of 12,430.00 RUB in the portal Ромашка',
    )
  })
})

describe('why the button sleeps', () => {
  it('it does not for a fresh plan of a writable portal', () => {
    expect(blockOf(calm)).toBeNull()
  })

  it.each<[string, Partial<PlanSituation>]>([
    ['applied', { plan: { ...plan, state: 'applied' } }],
    ['expired', { plan: { ...plan, state: 'expired' } }],
    ['expired', { plan: { ...plan, expiresAt: '2026-11-21T07:00:00.000Z' } }],
    ['nothing', { plan: { ...plan, count: 0 } }],
    ['writingOff', { writingAllowed: false }],
    ['listUnread', { plan: withoutMoney, request: unpay(''), reason: 'ошибка' }],
    ['reasonMissing', { plan: withoutMoney, request: unpay(''), listOpened: true, reason: '  ' }],
  ])('%s', (block, patch) => {
    expect(blockOf({ ...calm, ...patch })).toBe(block)
  })

  it('it wakes once the list was opened and a reason given', () => {
    expect(
      blockOf({ ...calm, plan: withoutMoney, request: unpay('ошибка'), listOpened: true, reason: 'ошибка' }),
    ).toBeNull()
  })
})

describe('a reason', () => {
  it('is wanted for several payments paid without money', () => {
    expect(needsReason(unpay(''), withoutMoney)).toBe(true)
  })

  it('is not wanted for one payment, for money that is there, or for marking paid', () => {
    expect(needsReason(unpay(''), { ...withoutMoney, count: 1 })).toBe(false)
    expect(needsReason(unpay(''), { ...withoutMoney, warnings: [] })).toBe(false)
    expect(needsReason(null, { ...withoutMoney, kind: 'undo' })).toBe(false)
  })
})

describe('bank details', () => {
  const pay: PlanRequest = { kind: 'pay', selection, writeDetails: false }

  it('are offered to administrators who mark paid', () => {
    expect(offersDetails(pay, true)).toBe(true)
    expect(offersDetails(pay, false)).toBe(false)
    expect(offersDetails(unpay(''), true)).toBe(false)
    expect(offersDetails(null, true)).toBe(false)
  })

  it('are switched in the request that is asked again', () => {
    expect(withDetails(pay, true)).toEqual({ ...pay, writeDetails: true })
    expect(withDetails(unpay('x'), true)).toEqual(unpay('x'))
  })
})

describe('the warning about receipts', () => {
  it.each([
    [
      'ru',
      'pay',
      '3 оплаты относятся к платёжным системам, которые могут напечатать чеки. Напечатанные чеки не вернуть.',
    ],
    [
      'ru',
      'unpay',
      '3 оплаты относятся к платёжным системам, которые печатают чеки. Отмена оплаты напечатанные чеки не возвращает.',
    ],
    [
      'en',
      'unpay',
      '1 payment is of a pay system that prints fiscal receipts. Marking it unpaid does not take a printed receipt back.',
    ],
  ] as const)('in %s, when the plan is to %s, counts the payments it concerns', (language, kind, words) => {
    const count = language === 'en' ? 1 : 3
    expect(createText(language).t(warningKey(kind, 'receipts'), {}, count)).toBe(words)
  })
  it('leaves the other warnings as they are', () => {
    expect(warningKey('unpay', 'withMatch')).toBe('operations.plan.warning.withMatch')
  })
})
