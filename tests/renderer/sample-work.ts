// Written-out payments, lines, proposals, plans and operations for looking at the screens of the daily work.

import type { Proposal, ReconcileRow, Zone } from '../../electron/contract/match.ts'
import type { ReportOverview } from '../../electron/contract/report.ts'
import type { JobId } from '../../electron/contract/values.ts'
import { no, ok } from '../kit/fake-bridge.ts'
import type { Answers } from '../kit/fake-bridge.ts'
import { job, operation, operationItem, operations, plan, planItem } from './sample-operations.ts'
import { payment } from './sample-payments.ts'
import { journalRow, line, portalId } from './sample-world.ts'

const manyPayments = 100_000
const manyLines = 10_000
function zoneOf(index: number): Zone {
  return (['certain', 'certain', 'none', 'likely', 'certain', 'doubtful'] as const)[index % 6] ?? 'none'
}

function proposals(index: number): Proposal[] {
  const of = line(index)
  const one = (
    rank: number,
    zone: Zone,
    number: string,
    sumMinor: number,
    extra: Proposal['reasons'],
  ): Proposal => ({
    rank,
    zone,
    confidence: zone === 'certain' ? 0.994 : 0.61,
    portalId,
    allotments: [
      {
        paymentId: 900 + rank,
        amountMinor: Math.min(of.amountMinor, sumMinor),
        accountNumber: number,
        paymentSumMinor: sumMinor,
        paid: rank === 3,
        payerName: 'ООО «Ромашка-Север»',
        ownerTitle: 'Поставка оборудования № 118',
        billDay: '2026-11-12',
      },
    ],
    restMinor: Math.max(0, of.amountMinor - sumMinor),
    reasons: extra,
  })
  if (of.amountMinor < 0) return []
  const at = of.purpose.indexOf('3653/1')
  return [
    one(1, zoneOf(index) === 'none' ? 'likely' : zoneOf(index), '3653/1', of.amountMinor, [
      {
        kind: 'number',
        agrees: true,
        number: '3653/1',
        of: 'payment',
        fragment: at < 0 ? null : { from: at, to: at + 6 },
      },
      { kind: 'sum', agrees: true, lineMinor: of.amountMinor, paymentMinor: of.amountMinor, currency: 'RUB' },
      { kind: 'taxId', agrees: true, line: '7701001000', payment: '7701001000' },
      {
        kind: 'name',
        agrees: true,
        line: 'ООО «РОМАШКА-СЕВЕР»',
        payment: 'ООО «Ромашка-Север»',
        likeness: 0.97,
      },
      { kind: 'date', agrees: null, days: 7 },
      { kind: 'otherCandidates', agrees: false, count: 2 },
    ]),
    one(2, 'doubtful', '3611/1', of.amountMinor, [
      { kind: 'sum', agrees: true, lineMinor: of.amountMinor, paymentMinor: of.amountMinor, currency: 'RUB' },
      { kind: 'taxId', agrees: false, line: '7701001000', payment: '7728000001' },
      { kind: 'date', agrees: null, days: 31 },
    ]),
    one(3, 'doubtful', '3590/2', of.amountMinor - 100_000, [
      {
        kind: 'sum',
        agrees: false,
        lineMinor: of.amountMinor,
        paymentMinor: of.amountMinor - 100_000,
        currency: 'RUB',
      },
      { kind: 'alreadyPaid', agrees: null, paidAt: '2026-11-12T09:20:00.000Z' },
    ]),
  ]
}

function reconcileRow(index: number): ReconcileRow {
  const zone = zoneOf(index)
  const of = line(index)
  return {
    line: { ...of, standing: of.standing === 'matched' ? 'open' : of.standing, allottedMinor: 0 },
    zone: of.amountMinor < 0 ? 'none' : zone,
    best: of.amountMinor < 0 || zone === 'none' ? null : { numbers: ['3653/1'], confidence: 0.99 },
    decision: null,
  }
}

const overview: ReportOverview = {
  currencies: ['RUB', 'USD'],
  days: Array.from({ length: 19 }, (_, at) => ({
    day: `2026-11-${String(at + 1).padStart(2, '0')}`,
    currency: 'RUB',
    inMinor: 8_000_000 + ((at * 31_337) % 9_000_000),
    matchedMinor: 7_000_000 + ((at * 17_389) % 1_000_000),
  })),
  ageing: [
    {
      currency: 'RUB',
      upTo7: { minor: 84_000_000, currency: 'RUB' },
      upTo30: { minor: 51_230_000, currency: 'RUB' },
      upTo90: { minor: 22_010_050, currency: 'RUB' },
      more: { minor: 9_800_000, currency: 'RUB' },
      counts: [120, 96, 41, 17],
    },
  ],
  differences: [
    { standing: 'overpaid', count: 5, sums: [{ minor: 1_210_000, currency: 'RUB' }] },
    { standing: 'partlyReceived', count: 6, sums: [{ minor: 5_430_000, currency: 'RUB' }] },
    { standing: 'paidSumDiffers', count: 3, sums: [{ minor: 900_000, currency: 'RUB' }] },
    { standing: 'paidWithoutMoney', count: 9, sums: [{ minor: 9_100_000, currency: 'RUB' }] },
  ],
  linesWithoutPayment: { count: 16, sums: [{ minor: 7_410_000, currency: 'RUB' }] },
}

function slice<Row>(
  total: number,
  make: (index: number) => Row,
  input: { offset?: number | undefined; limit?: number | undefined } | undefined,
) {
  const offset = input?.offset ?? 0
  const length = Math.max(0, Math.min(input?.limit ?? 200, total - offset))
  return { rows: Array.from({ length }, (_, at) => make(offset + at)), total, revision: 1 }
}

/** `empty` is the program before its first portal. */
export function workAnswers(scene: 'morning' | 'empty' | 'demo' = 'morning'): Answers {
  const none = scene !== 'morning'
  const decided = new Set<number>()
  const lines = () => Array.from({ length: manyLines }, (_, at) => at).filter((at) => !decided.has(at + 1))
  const decide = (kind: 'accept' | 'ignore' | 'hold' | 'reject', lineId: number) => {
    if (kind !== 'reject') decided.add(lineId)
    return ok({ decisionId: decided.size, kind, lines: 1, sums: [{ minor: 1_243_000, currency: 'RUB' }] })
  }
  return {
    'payments.page': (input) => ok(slice(none ? 0 : input?.filter?.text ? 3 : manyPayments, payment, input)),
    'payments.totals': ({ selection }) => {
      const count =
        selection.kind === 'ids' ? selection.ids.length : manyPayments - (selection.except?.length ?? 0)
      return ok({
        count,
        sums: [
          { minor: 211_300_000 * Math.min(count, 9), currency: 'RUB' },
          { minor: 1_331_000, currency: 'USD' },
        ],
      })
    },
    'payments.facets': () =>
      ok({
        currencies: ['RUB', 'USD'],
        paySystems: [
          { id: 6, name: 'Банковский перевод (Компания)', isCash: false },
          { id: 7, name: 'ЮKassa', isCash: false },
        ],
        firstDay: '2026-01-01',
        lastDay: '2026-11-20',
      }),
    'payments.detail': ({ paymentId }) =>
      ok({
        row: payment(paymentId - 1000),
        fields: [
          { name: 'id', value: String(paymentId) },
          { name: 'paySystemId', value: '6' },
          { name: 'sum', value: '12430.00' },
          { name: 'payVoucherNum', value: '' },
          { name: 'comments', value: 'Звонили 18.11' },
          { name: 'xmlId', value: 'bx_634989d809dc8' },
        ],
        complete: true,
        payer: {
          name: 'ООО «Ромашка-Север»',
          kind: 'company',
          taxIds: ['7701001000'],
          accounts: [{ account: '40702810000000004567', bankCode: '044525225' }],
        },
        matches: [
          {
            matchId: 1,
            lineId: 1,
            bankDay: '2026-11-19',
            account: '40702810900000000123',
            amountMinor: 1_243_000,
            currency: 'RUB',
            counterparty: 'ООО «РОМАШКА-СЕВЕР»',
            purpose: line(0).purpose,
            documentNumber: '482',
            reasons: proposals(0)[0]?.reasons ?? [],
            decidedAt: '2026-11-20T06:20:00.000Z',
            decidedBy: 'anna',
          },
        ],
        history: [journalRow(1239), journalRow(1240)],
        readAt: '2026-11-21T06:02:11.000Z',
      }),
    'payments.open': () => ok(null),
    'matches.page': (input) => {
      const left = none ? [] : lines()
      return ok(slice(left.length, (at) => reconcileRow(left[at] ?? 0), input))
    },
    'matches.summary': () =>
      ok({
        left: none ? 0 : 214 - decided.size,
        leftSums: none ? [] : [{ minor: 231_840_211, currency: 'RUB' }],
        byZone: {
          certain: { count: 163, sums: [{ minor: 190_422_000, currency: 'RUB' }] },
          likely: { count: 24, sums: [{ minor: 30_000_000, currency: 'RUB' }] },
          doubtful: { count: 11, sums: [{ minor: 8_000_000, currency: 'RUB' }] },
          none: { count: 16, sums: [{ minor: 3_418_211, currency: 'RUB' }] },
        },
        decided: 96 + decided.size,
        toPay: {
          count: decided.size,
          sums: decided.size === 0 ? [] : [{ minor: 1_243_000 * decided.size, currency: 'RUB' }],
        },
        certain: { count: none ? 0 : 163, sums: [{ minor: 190_422_000, currency: 'RUB' }], digest: 'd1' },
      }),
    'matches.candidates': ({ lineId, search }) =>
      ok({
        line: line(lineId - 1),
        proposals: search === 'нет' ? [] : proposals(lineId - 1),
        leftMinor: line(lineId - 1).amountMinor,
      }),
    'matches.accept': ({ lineId }) => decide('accept', lineId),
    'matches.reject': ({ lineId }) => decide('reject', lineId),
    'matches.hold': ({ lineId }) => decide('hold', lineId),
    'matches.ignore': ({ lineIds }) => decide('ignore', lineIds[0] ?? 0),
    'matches.acceptCertain': () =>
      ok({
        decisionId: 900,
        kind: 'acceptCertain',
        lines: 163,
        sums: [{ minor: 190_422_000, currency: 'RUB' }],
      }),
    'matches.undo': () => {
      const last = [...decided].at(-1)
      if (last === undefined) return no({ code: 'not.found', what: 'decision' })
      decided.delete(last)
      return ok({ decisionId: decided.size, kind: 'release', lines: 1, sums: [] })
    },
    'operations.plan': (request) =>
      ok({
        ...plan,
        kind: request.kind === 'payMatched' ? 'pay' : request.kind,
        writeDetails: 'writeDetails' in request && request.writeDetails === true,
        ...(request.kind === 'unpay' && {
          warnings: [
            { warning: 'paidWithoutMatch' as const, count: 9 },
            { warning: 'automations' as const, count: 112 },
          ],
        }),
      }),
    'operations.planItems': (input) =>
      ok(slice(input.refused ? 6 : 112, (seq) => planItem(seq, input.refused === true), input)),
    'operations.apply': () => ok(job('apply')),
    'operations.undo': () => ok({ ...plan, kind: 'undo', count: 104 }),
    'operations.retry': () => ok({ ...plan, count: 3 }),
    'operations.list': (input) =>
      ok(slice(none ? 0 : operations.length, (at) => operations[at] ?? operation('j_none000000', {}), input)),
    'operations.items': (input) =>
      ok(slice(input.state ? 3 : 112, (seq) => operationItem(seq, input.state), input)),
    'jobs.stop': () => ok(job('apply', { state: 'stopping', rev: 2 })),
    'jobs.resume': () => ok(job('apply', { rev: 3 })),
    'reports.start': () =>
      ok(
        job('report', {
          id: 'j_report0001' as JobId,
          state: 'done',
          endedAt: '2026-11-21T06:10:01.000Z',
          result: {
            kind: 'report',
            rows: 2000,
            file: { ticket: 't_000000000000000000000007' as never, name: 'sverka.xlsx', bytes: 120_000 },
          },
        }),
      ),
    'reports.overview': () =>
      ok(
        none
          ? {
              currencies: [],
              days: [],
              ageing: [],
              differences: [],
              linesWithoutPayment: { count: 0, sums: [] },
            }
          : overview,
      ),
  }
}
