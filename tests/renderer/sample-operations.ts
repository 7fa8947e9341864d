// A plan and operations of every kind of outcome, for looking at the screens and for their tests.

import type { JobSnapshot } from '../../electron/contract/job.ts'
import type {
  ItemState,
  OperationItem,
  OperationPlan,
  OperationRow,
  PlanItem,
} from '../../electron/contract/operation.ts'
import type { JobId, PlanId } from '../../electron/contract/values.ts'
import { payment } from './sample-payments.ts'
import { portalId } from './sample-world.ts'

export const plan: OperationPlan = {
  id: 'pl_sample0001' as PlanId,
  kind: 'pay',
  portalId,
  portalName: 'Ромашка',
  createdAt: '2026-11-21T06:10:00.000Z',
  expiresAt: '2099-11-22T06:10:00.000Z',
  digest: 'plan-digest',
  count: 112,
  sums: [
    { minor: 184_231_050, currency: 'RUB' },
    { minor: 310_000, currency: 'USD' },
  ],
  refused: [
    { reason: 'alreadySo', count: 5, sums: [{ minor: 4_310_000, currency: 'RUB' }] },
    { reason: 'sumZero', count: 1, sums: [{ minor: 0, currency: 'RUB' }] },
  ],
  warnings: [
    { warning: 'receipts', count: 12 },
    { warning: 'automations', count: 112 },
    { warning: 'undoIncomplete', count: 112 },
  ],
  writeDetails: true,
  requests: 452,
  expectMs: 226_000,
  state: 'open',
  jobId: null,
}

export function planItem(seq: number, refused: boolean): PlanItem {
  const of = payment(seq)
  return {
    seq,
    paymentId: of.id,
    accountNumber: of.accountNumber,
    payerName: of.payer?.name ?? '',
    sumMinor: of.sumMinor,
    currency: of.currency,
    paidNow: false,
    paidAfter: true,
    refusal: refused ? (seq === 5 ? 'sumZero' : 'alreadySo') : null,
    warnings: [],
    changes: [
      { field: 'payVoucherNum', before: '', after: '482' },
      { field: 'payVoucherDate', before: '', after: '2026-11-19' },
    ],
  }
}

const byState: Partial<Record<ItemState, number>> = {
  confirmed: 104,
  confirmedPartly: 2,
  alreadySo: 3,
  conflict: 2,
  refused: 1,
}
export const operations: OperationRow[] = [
  operation('j_apply00003', {
    kind: 'pay',
    state: 'running',
    endedAt: null,
    byState: { confirmed: 38, sent: 1, unknown: 1, waiting: 72 },
    undoable: 0,
    retryable: 0,
  }),
  operation('j_apply00002', {
    kind: 'undo',
    count: 3,
    byState: { confirmed: 3 },
    undoOf: 'j_apply00001',
    undoable: 0,
    retryable: 0,
    sums: [{ minor: 3_729_000, currency: 'RUB' }],
  }),
  operation('j_apply00001', {}),
  operation('j_apply00000', {
    kind: 'unpay',
    state: 'interrupted',
    endedAt: null,
    count: 9,
    byState: { confirmed: 4, unknown: 1, waiting: 4 },
    sums: [{ minor: 9_100_000, currency: 'RUB' }],
  }),
]

export function operation(jobId: string, patch: Partial<OperationRow>): OperationRow {
  return {
    jobId,
    kind: 'pay',
    portalId,
    portalName: 'Ромашка',
    startedAt: '2026-11-20T06:59:00.000Z',
    endedAt: '2026-11-20T07:03:46.000Z',
    actor: { account: 'anna', computer: 'buh-2', portalUser: 'Анна Петрова' },
    state: 'done',
    count: 112,
    sums: plan.sums,
    byState,
    undoable: 104,
    retryable: 3,
    undoOf: null,
    ...patch,
  }
}

export function operationItem(seq: number, asked: readonly ItemState[] | undefined): OperationItem {
  const states: readonly ItemState[] = asked ?? [
    'confirmed',
    'conflict',
    'confirmed',
    'alreadySo',
    'confirmedPartly',
    'refused',
    'confirmed',
    'unknown',
  ]
  const state = states[seq % states.length] ?? 'confirmed'
  const of = payment(seq)
  return {
    seq,
    paymentId: of.id,
    accountNumber: of.accountNumber,
    payerName: of.payer?.name ?? '',
    sumMinor: of.sumMinor,
    currency: of.currency,
    state,
    before: {
      paid: state === 'conflict' || state === 'alreadySo',
      paidAt: state === 'conflict' ? '2026-11-20T06:58:00.000Z' : null,
    },
    after: state === 'confirmed' ? { paid: true, paidAt: '2026-11-20T07:02:11.000Z' } : null,
    settledBy: seq % 6 === 2 ? 'reading' : 'answer',
    details: state === 'confirmed' ? 'written' : state === 'confirmedPartly' ? 'notWritten' : 'none',
    fault: state === 'refused' ? { code: 'rest.noRights' } : null,
    at: '2026-11-20T07:02:11.000Z',
  }
}

export function job(kind: JobSnapshot['kind'], patch: Partial<JobSnapshot> = {}): JobSnapshot {
  return {
    id: 'j_apply00003' as JobId,
    kind,
    state: 'running',
    done: 40,
    failed: 0,
    total: 112,
    unit: 'items',
    note: { kind: 'none' },
    expectedEnd: '2099-01-01T00:00:00.000Z',
    startedAt: '2026-11-21T06:10:00.000Z',
    endedAt: null,
    stoppable: true,
    resumable: false,
    portalId,
    fault: null,
    result: null,
    rev: 1,
    ...patch,
  }
}
