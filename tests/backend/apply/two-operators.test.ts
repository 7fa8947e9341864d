// Two windows of one program, and two programs of two operators, on the same payments at the same time.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { OperationItem } from '../../../electron/contract/operation.ts'
import type { PaymentRow } from '../../../electron/contract/payment.ts'
import { startDemoPortal } from '../../../electron/demo-portal/start.ts'
import type { DemoPortal } from '../../../electron/demo-portal/start.ts'
import { openClient } from '../../../electron/host/in-process-client.ts'
import { openWorld, preparing, these } from '../../kit/backend-world.ts'
import type { Done, World } from '../../kit/backend-world.ts'

const pay = 'crm.item.payment.pay'
const remove = 'crm.item.payment.delete'

it('money rule 3: two windows that confirm the same plan are shown the same job, and it writes once', async () => {
  const world = await openWorld({ portal: { payments: 60 } })
  const second = openClient(world.backend)
  const rows = await world.unpaid(6)
  const plan = await world.call('operations.plan', { kind: 'pay', selection: these(rows) })
  const confirm = { planId: plan.id, digest: plan.digest }
  const heard: string[] = []
  second.on('jobs.changed', ({ id, state }) => void heard.push(`${id} ${state}`))
  const [mine, theirs] = await Promise.all([
    world.call('operations.apply', confirm),
    second.call('operations.apply', confirm),
  ])
  expect(theirs.ok && theirs.value.id).toBe(mine.id)
  const job = await world.ended(mine)
  expect(job.state).toBe('done')
  expect(heard).toContain(`${mine.id} done`)
  const jobs = await second.call('jobs.list', {})
  expect(jobs.ok && jobs.value.filter(({ kind }) => kind === 'apply')).toHaveLength(1)
  expect(rows.map(({ id }) => world.demo.state.log.countWrites(id))).toEqual(Array(6).fill(1))
  second.close()
  await world.close()
})

describe('money rules 10 and 21: two profiles on one portal', () => {
  let demo: DemoPortal
  let anna: World
  let boris: World
  beforeAll(async () => {
    demo = await startDemoPortal({
      payments: 160,
      bucket: 'off',
      operatingLimit: 'off',
      scale: 0.01,
      // Slow enough that the two meet on every payment.
      latency: { 'crm.item.payment.*': 0.3, '*': 0 },
      switches: { deletePaid: 'error' },
    })
    anna = await openWorld({ demo })
    boris = await openWorld({ demo })
  }, preparing)
  // Both begin by what the portal shows now.
  beforeEach(async () => {
    for (const world of [anna, boris])
      await world.ended(await world.call('payments.refresh', { portalId: world.portal.id }))
    demo.state.log.clear()
  })
  afterAll(async () => {
    await anna.close()
    await boris.close()
    await demo.close()
  })

  /** What both ledgers show of the payments, once their jobs have ended, beside what the portal shows. */
  async function expectAgreement(world: World, items: readonly OperationItem[]): Promise<void> {
    for (const { paymentId, state } of items) {
      expect(['confirmed', 'alreadySo', 'conflict', 'refused', 'notSent']).toContain(state)
      const { row } = await world.call('payments.detail', {
        portalId: world.portal.id,
        paymentId: paymentId,
      })
      const shown = demo.state.payments.get(paymentId)
      expect([row.gone, row.gone || row.paid]).toEqual([
        shown === undefined,
        shown ? shown.paid === 'Y' : true,
      ])
    }
  }
  const payAll = (world: World, rows: readonly PaymentRow[]): Promise<Done> =>
    world.carryOut({ kind: 'pay', selection: these(rows) })
  const changing = (method: string, id: number): number =>
    demo.state.log.writes.filter((one) => one.method === method && one.paymentId === id && one.changed).length

  it('paying overlapping payments marks each once; the other finds it already so', async () => {
    const rows = await anna.unpaid(24)
    const theirs = (await boris.unpaid(24)).map(({ id }) => id)
    expect(theirs).toEqual(rows.map(({ id }) => id))
    const ofBoris = (await boris.unpaid(24)).slice(8)
    const [a, b] = await Promise.all([payAll(anna, rows.slice(0, 16)), payAll(boris, ofBoris)])
    for (const { id } of rows)
      expect([changing(pay, id), demo.state.payments.get(id)?.paid]).toEqual([1, 'Y'])
    await expectAgreement(anna, a.items)
    await expectAgreement(boris, b.items)
    const both = [...a.items, ...b.items]
    expect(new Set(both.map(({ state }) => state))).toEqual(new Set(['confirmed', 'alreadySo']))
    // Those that only one of them wanted are that one's; the rest were written by at least one.
    for (const { id } of rows)
      expect(both.some(({ paymentId, state }) => paymentId === id && state === 'confirmed')).toBe(true)
  })

  it('one pays what the other deletes: either paid or gone, and both are told which', async () => {
    const rows = await anna.unpaid(8)
    const removals = await Promise.all(
      rows.map((row) =>
        boris.call('operations.plan', {
          kind: 'delete',
          portalId: boris.portal.id,
          paymentId: row.id,
          typedNumber: row.accountNumber,
        }),
      ),
    )
    const [paid, ...removed] = await Promise.all([
      payAll(anna, rows),
      ...removals.map((plan) => boris.confirm(plan)),
    ])
    const gone = removed.flatMap(({ items }) => items)
    await expectAgreement(anna, paid.items)
    await expectAgreement(boris, gone)
    for (const { id } of rows) {
      const mine = paid.items.find(({ paymentId }) => paymentId === id)
      const other = gone.find(({ paymentId }) => paymentId === id)
      const effects = [changing(pay, id), changing(remove, id)]
      expect(effects).toEqual(mine?.state === 'confirmed' ? [1, 0] : [0, 1])
      expect([mine?.state, other?.state]).toSatisfy(
        ([one, two]: string[]) =>
          (one === 'confirmed' && ['conflict', 'refused'].includes(two ?? '')) ||
          (one === 'conflict' && two === 'confirmed'),
      )
    }
  })

  it('a plan that rests on what the other has changed since sends nothing', async () => {
    const rows = await anna.paid(4)
    const mine = await anna.call('operations.plan', {
      kind: 'unpay',
      selection: these(rows),
      reason: 'a test',
    })
    const theirRows = await boris.paid(4)
    expect(theirRows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
    const theirs = await boris.carryOut({ kind: 'unpay', selection: these(theirRows), reason: 'a test' })
    expect(theirs.items.map(({ state }) => state)).toEqual(Array(4).fill('confirmed'))
    const { items } = await anna.confirm(mine)
    expect(items.map(({ state, before }) => [state, before?.paid])).toEqual(
      Array(4).fill(['alreadySo', false]),
    )
    for (const { id } of rows) expect(demo.state.log.countWrites(id)).toBe(1)
  })
})
