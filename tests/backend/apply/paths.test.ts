// The ways of a change without trouble: pay, unpay, details, edit, delete, undo.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, preparing, these } from '../../kit/backend-world.ts'
import type { World } from '../../kit/backend-world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
}, preparing)
afterAll(() => world.close())

const states = (items: readonly { state: string }[]): string[] => items.map(({ state }) => state)

describe('a change of status', () => {
  it('marks paid, each payment once, and shows it in the ledger at once', async () => {
    const rows = await world.unpaid(7)
    const before = world.demo.state.log.writes.length
    const { job, items } = await world.carryOut({ kind: 'pay', selection: these(rows) })
    expect(job.state).toBe('done')
    expect(states(items)).toEqual(Array(7).fill('confirmed'))
    expect(
      items.every(
        ({ settledBy, before: was, after }) =>
          settledBy === 'answer' && was?.paid === false && after?.paid === true,
      ),
    ).toBe(true)
    for (const { id } of rows) expect(world.shown(id).paid).toBe(true)
    expect(world.demo.state.log.writes.length - before).toBe(7)
    const page = await world.call('payments.page', {
      filter: { portalId: world.portal.id, paid: true },
      limit: 1000,
    })
    expect(rows.every(({ id }) => page.rows.some((row) => row.id === id))).toBe(true)
  })

  it('marks unpaid, and undo gives status and date of payment back', async () => {
    const rows = await world.paid(3)
    const paidAt = rows.map(({ id }) => Date.parse(String(world.shown(id).datePaid)))
    const first = await world.carryOut({ kind: 'unpay', selection: these(rows) })
    expect(states(first.items)).toEqual(['confirmed', 'confirmed', 'confirmed'])
    for (const { id } of rows) expect(world.shown(id).paid).toBe(false)
    const undo = await world.confirm(await world.call('operations.undo', { jobId: first.job.id }))
    expect(states(undo.items)).toEqual(['confirmed', 'confirmed', 'confirmed'])
    expect(undo.items.map(({ details }) => details)).toEqual(['written', 'written', 'written'])
    expect(rows.map(({ id }) => Math.floor(Date.parse(String(world.shown(id).datePaid)) / 1000))).toEqual(
      paidAt.map((at) => Math.floor(at / 1000)),
    )
  })

  it('undoes a payment, and refuses where somebody else has paid it anew since', async () => {
    const rows = await world.unpaid(2)
    const [mine, theirs] = [rows[0]?.id ?? 0, rows[1]?.id ?? 0]
    const first = await world.carryOut({ kind: 'pay', selection: these(rows) })
    world.demo.state.payments.change(theirs, { datePaid: '2026-01-05T10:00:00+03:00' })
    const undo = await world.confirm(await world.call('operations.undo', { jobId: first.job.id }))
    expect(Object.fromEntries(undo.items.map(({ paymentId, state }) => [paymentId, state]))).toEqual({
      [mine]: 'confirmed',
      [theirs]: 'conflict',
    })
    expect(world.shown(mine).paid).toBe(false)
    expect(world.shown(theirs).paid).toBe(true)
  })
})

describe('one payment', () => {
  it('is edited, its dates as noon of the day in the portal’s zone, and the edit is undone', async () => {
    const [row] = await world.unpaid(1)
    const id = row?.id as never
    const before = world.shown(id)
    const done = await world.carryOut({
      kind: 'edit',
      portalId: world.portal.id,
      paymentId: id,
      fields: { payVoucherNum: '77', payVoucherDate: '2026-03-05', comments: 'по звонку' },
    })
    expect(states(done.items)).toEqual(['confirmed'])
    const shown = world.shown(id)
    expect([shown.payVoucherNum, shown.comments]).toEqual(['77', 'по звонку'])
    expect(Date.parse(String(shown.payVoucherDate))).toBe(Date.parse('2026-03-05T12:00:00+03:00'))
    const undo = await world.confirm(await world.call('operations.undo', { jobId: done.job.id }))
    expect(states(undo.items)).toEqual(['confirmed'])
    expect(world.shown(id)).toEqual(before)
  })

  it('is an edit’s conflict when somebody has changed the field since the form was read', async () => {
    const [row] = await world.unpaid(1)
    const id = row?.id as never
    const plan = await world.call('operations.plan', {
      kind: 'edit',
      portalId: world.portal.id,
      paymentId: id,
      fields: { comments: 'мой' },
    })
    world.demo.state.payments.change(id, { comments: 'чужой' })
    expect(states((await world.confirm(plan)).items)).toEqual(['conflict'])
    expect(world.shown(id).comments).toBe('чужой')
  })

  it('is edited in its sum only with its number typed, exactly', async () => {
    const [row] = await world.unpaid(1)
    const edit = {
      kind: 'edit' as const,
      portalId: world.portal.id,
      paymentId: row?.id as never,
      fields: { sum: '120,50' },
    }
    expect((await world.fault('operations.plan', edit)).code).toBe('plan.numberTyped')
    expect(
      await world.fault('operations.plan', {
        ...edit,
        fields: { sum: '1.005' },
        typedNumber: row?.accountNumber ?? '',
      }),
    ).toEqual({ code: 'plan.field', field: 'sum' })
    expect(
      await world.fault('operations.plan', {
        ...edit,
        fields: { paySystemId: '' },
        typedNumber: row?.accountNumber ?? '',
      }),
    ).toEqual({ code: 'plan.field', field: 'paySystemId' })
    const done = await world.carryOut({ ...edit, typedNumber: row?.accountNumber ?? '' })
    expect(states(done.items)).toEqual(['confirmed'])
    expect(world.shown(row?.id ?? 0).sum).toBe(120.5)
    const undo = await world.confirm(await world.call('operations.undo', { jobId: done.job.id }))
    expect(states(undo.items)).toEqual(['confirmed'])
    expect(world.shown(row?.id ?? 0).sum).toBe((row?.sumMinor ?? 0) / 100)
  })

  it('is deleted once, and has no undo and no retry', async () => {
    const [row] = await world.unpaid(1)
    const done = await world.carryOut({
      kind: 'delete',
      portalId: world.portal.id,
      paymentId: row?.id as never,
      typedNumber: row?.accountNumber ?? '',
    })
    expect(states(done.items)).toEqual(['confirmed'])
    expect(world.demo.state.payments.get(row?.id ?? 0)).toBeUndefined()
    expect((await world.fault('operations.undo', { jobId: done.job.id })).code).toBe('undo.impossible')
    const detail = await world.call('payments.detail', {
      portalId: world.portal.id,
      paymentId: row?.id as never,
    })
    expect(detail.row.gone).toBe(true)
  })
})
