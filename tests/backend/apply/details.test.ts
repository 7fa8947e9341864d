// Paid, then the bank document's number, its date and the bank day: the second step, its groups and its limits.

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, preparing, reconcile } from '../../kit/backend-world.ts'
import type { World } from '../../kit/backend-world.ts'

const update = 'sale.payment.update'

function sent(world: World): number {
  return world.demo.state.log.requests.filter(({ command }) => command === null).length
}

describe.each([
  ['in batches', true],
  ['singly', false],
])('paying with details %s', (_, batch) => {
  let world: World
  beforeAll(async () => {
    // Slowly: groups are sized by the time that their answers take, and a busy computer must not count as a slow portal.
    world = await openWorld({ portal: { payments: 120, switches: { batchablePayments: batch } }, speed: 10 })
    await reconcile(world)
    world.demo.state.log.clear()
  }, preparing)
  afterAll(() => world.close())

  it('writes what stands on the line, with as many requests as the plan said', async () => {
    const { plan, job, items } = await world.carryOut({ kind: 'payMatched', portalId: world.portal.id })
    expect(job.state).toBe('done')
    expect(plan.count).toBeGreaterThan(12)
    expect(new Set(items.map(({ state, details }) => `${state} ${details}`))).toEqual(
      new Set(['confirmed written']),
    )
    expect(Math.abs(sent(world) - plan.requests)).toBeLessThanOrEqual(3)
    if (batch) expect(plan.requests / plan.count).toBeLessThan(1)
    for (const { paymentId } of items) {
      expect(world.demo.state.log.countWrites(paymentId, 'crm.item.payment.pay')).toBe(1)
      expect(world.demo.state.log.countWrites(paymentId, update)).toBe(1)
      const [match] = (
        await world.call('payments.detail', { portalId: world.portal.id, paymentId: paymentId })
      ).matches
      const shown = world.shown(paymentId)
      expect(shown.payVoucherNum).toBe(match?.documentNumber)
      expect(new Date(Date.parse(String(shown.datePaid)) + 3 * 3600_000).toISOString()).toBe(
        `${match?.bankDay}T12:00:00.000Z`,
      )
    }
  })

  it('undoes both steps', async () => {
    const [operation] = (await world.call('operations.list', {})).rows
    const undo = await world.confirm(
      await world.call('operations.undo', { jobId: operation?.jobId as never }),
    )
    expect(new Set(undo.items.map(({ state, details }) => `${state} ${details}`))).toEqual(
      new Set(['confirmed written']),
    )
    for (const { paymentId } of undo.items) {
      const { paid, payVoucherNum, payVoucherDate, datePaid } = world.shown(paymentId)
      expect([paid, payVoucherNum || '', payVoucherDate ?? '', datePaid ?? '']).toEqual([false, '', '', ''])
    }
    expect((await world.call('journal.verify', undefined)).brokenAt).toBeNull()
  })
})

describe('the second step in trouble', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld({ portal: { payments: 120 } })
    await reconcile(world)
    world.demo.state.log.clear()
  }, preparing)
  afterEach(() => world.demo.state.faults.clear())
  afterAll(() => world.close())

  const toPay = async (count: number) =>
    (
      await world.call('payments.page', {
        filter: { portalId: world.portal.id, standing: ['toPay'] },
        limit: count,
      })
    ).rows.map(({ id }) => id as never)
  const payThese = async (ids: never[]) =>
    world.carryOut({
      kind: 'pay',
      selection: { kind: 'ids', portalId: world.portal.id, ids },
      writeDetails: true,
    })

  it('that is refused leaves “paid, details not written”, and is tried again alone', async () => {
    const [id = 0 as never] = await toPay(1)
    world.demo.state.faults.add({
      method: update,
      paymentId: id,
      do: { kind: 'refusal', status: 400, code: 0, description: 'no' },
    })
    const { job, items } = await payThese([id])
    expect([job.state, items[0]?.state, items[0]?.details]).toEqual(['done', 'confirmedPartly', 'notWritten'])
    expect(world.shown(id).paid).toBe(true)
    const plan = await world.call('operations.retry', { jobId: job.id })
    const again = await world.confirm(plan)
    expect([again.items[0]?.state, again.items[0]?.details]).toEqual(['confirmed', 'written'])
    expect(world.demo.state.log.countWrites(id, 'crm.item.payment.pay')).toBe(1)
    expect(world.demo.state.log.countWrites(id, update)).toBe(1)
  })

  it.each([
    ['lost after the work', { kind: 'lost' as const, when: 'after' as const }, 'confirmed', 'written'],
    [
      'lost before the work',
      { kind: 'reset' as const, when: 'before' as const },
      'confirmedPartly',
      'notWritten',
    ],
    [
      'held up by the time limit',
      { kind: 'system' as const, name: 'OPERATION_TIME_LIMIT' as const },
      'confirmed',
      'written',
    ],
    [
      'refused by a rate limit',
      { kind: 'system' as const, name: 'QUERY_LIMIT_EXCEEDED' as const },
      'confirmed',
      'written',
    ],
  ])('whose update is %s', async (_, action, state, details) => {
    const ids = await toPay(2)
    world.demo.state.faults.add({ method: update, paymentId: Number(ids[1]), do: action })
    const { items } = await payThese(ids)
    expect(items.map((item) => item.details)).toContain(details)
    const item = items.find(({ paymentId }) => paymentId === ids[1])
    expect([item?.state, item?.details]).toEqual([state, details])
    expect(world.demo.state.log.countWrites(Number(ids[1]), update)).toBe(details === 'written' ? 1 : 0)
  })

  it('that finds the payment unpaid again is a conflict, and writes nothing', async () => {
    const [id = 0 as never] = await toPay(1)
    world.demo.state.faults.add({
      method: 'sale.payment.get',
      paymentId: id,
      do: { kind: 'change', fields: { paid: false }, when: 'before' },
    })
    const { items } = await payThese([id])
    expect([items[0]?.state, items[0]?.details]).toEqual(['conflict', 'notWritten'])
    expect(world.demo.state.log.countWrites(id, update)).toBe(0)
  })

  it('on a portal that resets omitted fields: the item is a conflict, the job stops, the rest is not touched', async () => {
    const ids = await toPay(8)
    expect(ids).toHaveLength(8)
    for (const id of ids) world.demo.state.payments.change(id, { externalPayment: 'F' })
    world.demo.state.turn({ omittedFields: 'reset' })
    const { job, items } = await payThese(ids)
    world.demo.state.turn({ omittedFields: 'kept' })
    expect([job.state, job.fault?.code]).toEqual(['failed', 'write.touched'])
    // Those of the one batch that was in the air, each judged alone; the others were never sent.
    expect(items.filter(({ state }) => state === 'conflict')).toHaveLength(5)
    expect(items.filter(({ state }) => state === 'stopped')).toHaveLength(3)
    expect(items.find(({ state }) => state === 'conflict')?.fault).toEqual({
      code: 'write.touched',
      fields: 'externalPayment',
    })
    expect(
      world.demo.state.log.writes.filter(
        ({ method, paymentId }) => method === update && (ids as number[]).includes(paymentId),
      ),
    ).toHaveLength(5)
  })
})
