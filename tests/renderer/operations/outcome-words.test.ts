import { describe, expect, it } from 'vitest'
import type { OperationItem, PlanKind } from '../../../electron/contract/operation.ts'
import {
  countsOf,
  endedCount,
  outcomeWords,
  stateOrder,
} from '../../../renderer/src/areas/operations/outcome-words.ts'
import { tell } from '../../../renderer/src/areas/operations/words.ts'
import { createFormat } from '../../../renderer/src/text/format.ts'
import { createText } from '../../../renderer/src/text/language.ts'

const item: OperationItem = {
  seq: 1,
  paymentId: 1,
  accountNumber: '3653/1',
  payerName: '',
  sumMinor: 100,
  currency: 'RUB',
  state: 'confirmed',
  before: { paid: false, paidAt: null },
  after: null,
  settledBy: 'answer',
  details: 'none',
  fault: null,
  at: '2026-11-19T07:02:11.000Z',
}
const at = '2026-11-19T06:58:00.000Z'

function said(patch: Partial<OperationItem>, kind: PlanKind = 'pay'): string {
  return tell(
    createText('en', ['en-GB']),
    outcomeWords({ ...item, ...patch }, kind, createFormat('en-GB', 'Europe/Moscow')),
  )
}

describe('an outcome in words', () => {
  it.each<[string, Partial<OperationItem>, PlanKind]>([
    ['paid 19/11/2026, 10:02:11, read back', { after: { paid: true, paidAt: at } }, 'pay'],
    [
      'answer lost, found paid on reading, 19/11/2026, 10:02:11',
      { after: { paid: true, paidAt: at }, settledBy: 'reading' },
      'pay',
    ],
    ['payment taken back 19/11/2026, 10:02:11, read back', { after: { paid: false, paidAt: null } }, 'unpay'],
    ['payment taken back 19/11/2026, 10:02:11, read back', { after: { paid: false, paidAt: null } }, 'undo'],
    ['fields written 19/11/2026, 10:02:11, read back', { after: { paid: true, paidAt: at } }, 'edit'],
    ['answer lost, no longer there on reading, 19/11/2026, 10:02:11', { settledBy: 'reading' }, 'delete'],
    [
      'paid 19/11/2026, 10:02:11; the bank details were not written and can be retried alone',
      { state: 'confirmedPartly', details: 'notWritten' },
      'pay',
    ],
    [
      'was paid already (19/11/2026, 09:58), nothing was sent',
      { state: 'alreadySo', before: { paid: true, paidAt: at } },
      'pay',
    ],
    ['was unpaid already, nothing was sent', { state: 'alreadySo' }, 'unpay'],
    [
      'not changed: paid by someone else (19/11/2026, 09:58)',
      { state: 'conflict', before: { paid: true, paidAt: at } },
      'pay',
    ],
    ['not changed: someone else already took the payment back', { state: 'conflict' }, 'unpay'],
    [
      'not changed: the payment is no longer as it was when the form was opened',
      { state: 'conflict' },
      'edit',
    ],
    [
      'the payment is no longer there, or may no longer be seen',
      { state: 'conflict', before: null, fault: { code: 'rest.paymentMissing' } },
      'pay',
    ],
    ['not changed: number, sum or currency differ from the plan', { state: 'conflict' }, 'delete'],
    ['not changed: number, sum or currency differ from the plan', { state: 'conflict' }, 'pay'],
    [
      'another field changed without being asked: look at the payment',
      { state: 'conflict', after: { paid: true, paidAt: at } },
      'pay',
    ],
    [
      'sent 19/11/2026, 10:02:11, no clear answer: being settled by reading, not sent again',
      { state: 'unknown' },
      'pay',
    ],
    ['not sent: the operation was stopped before', { state: 'stopped', at: null }, 'pay'],
  ])('%s', (words, patch, kind) => {
    expect(said(patch, kind)).toBe(words)
  })
})

it('counts only the states that occur, trouble first', () => {
  expect(countsOf({ byState: { confirmed: 104, conflict: 2, waiting: 0 } })).toEqual([
    { state: 'conflict', count: 2 },
    { state: 'confirmed', count: 104 },
  ])
})

it('has an end for everything but what waits, is under way or unknown', () => {
  const byState = Object.fromEntries(stateOrder.map((state) => [state, 1]))
  expect(endedCount({ byState })).toBe(7)
})
