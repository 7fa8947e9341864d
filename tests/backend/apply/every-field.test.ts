// The 35 fields that the page of sale.payment.update lists: `paid` goes along with every update as it stands, the
// other 34 are written one by one, on a portal that keeps what an update leaves out and on one that resets it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { editableFields } from '../../../electron/contract/operation.ts'
import type { EditableField, PlanRequest } from '../../../electron/contract/operation.ts'
import type { PaymentRow } from '../../../electron/contract/payment.ts'
import { openWorld, preparing } from '../../kit/backend-world.ts'
import type { World } from '../../kit/backend-world.ts'

/** What a person types, what goes on the wire, what the portal shows; moments as their instant in UTC. */
const written: Record<EditableField, [typed: string, sent: string, shown: string | number]> = {
  paySystemId: ['6', '6', 6],
  datePaid: ['2026-03-05', '2026-03-05T12:00:00+03:00', '2026-03-05T09:00:00.000Z'],
  empPaidId: ['8', '8', 8],
  psStatus: ['Y', 'Y', 'Y'],
  psStatusCode: ['00', '00', '00'],
  psStatusDescription: ['Списано', 'Списано', 'Списано'],
  psStatusMessage: ['ok & done', 'ok & done', 'ok & done'],
  psSum: ['120,50', '120.50', 120.5],
  psCurrency: ['USD', 'USD', 'USD'],
  psResponseDate: ['2026-03-05T10:15:00+05:00', '2026-03-05T10:15:00+05:00', '2026-03-05T05:15:00.000Z'],
  payVoucherNum: ['000482', '000482', '000482'],
  payVoucherDate: ['2026-03-05', '2026-03-05T12:00:00+03:00', '2026-03-05T09:00:00.000Z'],
  // Deprecated, and still writable.
  datePayBefore: ['2026-04-01', '2026-04-01T12:00:00+03:00', '2026-04-01T09:00:00.000Z'],
  dateBill: ['2026-02-28', '2026-02-28T12:00:00+03:00', '2026-02-28T09:00:00.000Z'],
  xmlId: ['bx_634989d809dc8', 'bx_634989d809dc8', 'bx_634989d809dc8'],
  sum: ['1176,10', '1176.10', 1176.1],
  // Not used by the portal, and kept.
  companyId: ['7', '7', 7],
  payReturnNum: ['12-В', '12-В', '12-В'],
  // Only on-premise; printed as text.
  priceCod: ['99.5', '99.5', '99.5'],
  // A date by the page, printed as a moment by its example: noon is the same day in both.
  payReturnDate: ['2026-03-06', '2026-03-06T12:00:00+03:00', '2026-03-06T09:00:00.000Z'],
  empReturnId: ['9', '9', 9],
  payReturnComment: ['возврат\nпо письму', 'возврат\nпо письму', 'возврат\nпо письму'],
  responsibleId: ['12', '12', 12],
  empResponsibleId: ['1', '1', 1],
  isReturn: ['Y', 'Y', 'Y'],
  comments: ['№ 7, "срочно" <b>', '№ 7, "срочно" <b>', '№ 7, "срочно" <b>'],
  updated1c: ['Y', 'Y', 'Y'],
  id1c: ['0d4c-77', '0d4c-77', '0d4c-77'],
  version1c: ['AAAAAQ==', 'AAAAAQ==', 'AAAAAQ=='],
  // Loaded with the order; only on-premise.
  externalPayment: ['F', 'F', 'F'],
  psInvoiceId: ['31', '31', 31],
  marked: ['Y', 'Y', 'Y'],
  reasonMarked: ['нет счёта', 'нет счёта', 'нет счёта'],
  empMarkedId: ['1', '1', 1],
}

const moments: readonly string[] = [
  'datePaid',
  'psResponseDate',
  'payVoucherDate',
  'datePayBefore',
  'dateBill',
  'payReturnDate',
]

/** A field as the portal shows it. */
function shownAs(field: string, value: unknown): unknown {
  return moments.includes(field) && typeof value === 'string' ? new Date(value).toISOString() : value
}

function editOf(row: PaymentRow, fields: Partial<Record<EditableField, string>>): PlanRequest {
  return {
    kind: 'edit',
    portalId: row.portalId as never,
    paymentId: row.id as never,
    fields,
    typedNumber: row.accountNumber,
  }
}

it('names all of them', () => {
  expect(['paid', ...editableFields]).toHaveLength(35)
  expect(Object.keys(written).sort()).toEqual([...editableFields].sort())
})

describe.each(['kept', 'reset'] as const)('a portal whose omitted fields are %s', (omittedFields) => {
  let world: World
  let rows: PaymentRow[]
  beforeAll(async () => {
    world = await openWorld({ speed: 50, portal: { payments: 200, switches: { omittedFields } } })
    // Paid ones: an update that forgot to say so would take the payment back where omitted fields are reset.
    rows = await world.paid(editableFields.length + 2)
  }, preparing)
  afterAll(() => world.close())

  it.each(editableFields.map((field, index) => ({ field, index })))(
    'writes $field',
    async ({ field, index }) => {
      const row = rows[index] as PaymentRow
      const before = world.shown(row.id)
      const [typed, sent, shown] = written[field]
      const { items } = await world.carryOut(editOf(row, { [field]: typed }))
      expect(items.map(({ state, settledBy, fault }) => [state, settledBy, fault])).toEqual([
        ['confirmed', 'answer', null],
      ])
      const update = world.demo.state.log.requests.findLast(({ method }) => method === 'sale.payment.update')
      expect(update?.params).toEqual({
        id: row.id,
        fields: { paySystemId: before.paySystemId, paid: 'Y', [field]: field === 'paySystemId' ? 6 : sent },
      })
      const after = world.shown(row.id)
      expect(shownAs(field, after[field])).toBe(shown)
      expect(after.paid).toBe(true)
      // What the portal derives from these: the pay system's name, when something was marked or assigned.
      const derived = [
        field,
        'paySystemName',
        'paySystemXmlId',
        'paySystemIsCash',
        'dateMarked',
        'dateResponsibleId',
      ]
      // Null and an empty text are the same nothing: the documented default of psStatus is null.
      const rest = (payment: Record<string, unknown>) =>
        Object.entries(payment).flatMap(([name, value]) =>
          derived.includes(name) ? [] : [[name, value ?? '']],
        )
      expect(rest(after)).toEqual(rest(before))
    },
  )

  it('writes all of them at once, and undo gives every one back', async () => {
    const row = rows.at(-1) as PaymentRow
    const before = world.shown(row.id)
    const typed = Object.fromEntries(editableFields.map((field) => [field, written[field][0]]))
    const done = await world.carryOut(editOf(row, typed))
    expect(done.items.map(({ state }) => state)).toEqual(['confirmed'])
    const after = world.shown(row.id)
    for (const field of editableFields)
      expect([field, shownAs(field, after[field])]).toEqual([field, written[field][2]])
    const undo = await world.confirm(await world.call('operations.undo', { jobId: done.job.id }))
    expect(undo.items.map(({ state }) => state)).toEqual(['confirmed'])
    const last = world.shown(row.id)
    for (const field of ['paid', ...editableFields] as const)
      expect([field, last[field] || null]).toEqual([field, before[field] || null])
  })

  it('tells and stops where a flag that nobody asked for is no longer what it was', async () => {
    const row = rows.at(-2) as PaymentRow
    world.demo.state.payments.change(row.id, { marked: 'Y', isReturn: 'Y', updated1c: 'Y', psStatus: 'Y' })
    const { job, items } = await world.carryOut(editOf(row, { comments: 'a call' }))
    const ends = [job.state, items[0]?.state, items[0]?.fault]
    expect(ends).toEqual(
      omittedFields === 'kept'
        ? ['done', 'confirmed', null]
        : ['failed', 'conflict', { code: 'write.touched', fields: 'psStatus, isReturn, updated1c, marked' }],
    )
  })
})

it('refuses what a field cannot hold, before anything is sent', async () => {
  const world = await openWorld({ portal: { payments: 20 } })
  const [row] = await world.unpaid(1)
  const wrong: [EditableField, string][] = [
    ['isReturn', ''],
    ['marked', ''],
    ['updated1c', ''],
    ['externalPayment', ''],
    ['externalPayment', 'X'],
    ['isReturn', 'F'],
    ['psStatus', 'yes'],
    ['payReturnDate', '2026-02-30'],
    ['datePaid', '2026-03-05T10:00:00'],
    ['psSum', 'ten'],
    ['priceCod', '-1'],
    ['psCurrency', 'roubles'],
    ['responsibleId', 'Anna'],
    ['paySystemId', '0'],
    ['sum', '-5'],
  ]
  for (const [field, value] of wrong)
    expect(await world.fault('operations.plan', editOf(row as PaymentRow, { [field]: value }))).toEqual({
      code: 'plan.field',
      field,
    })
  expect(world.demo.state.log.writes).toEqual([])
  await world.close()
})
