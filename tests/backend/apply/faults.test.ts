// Whatever goes wrong on the way of a write: the item's end is what the portal shows, and nothing is written twice.

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { PaymentRow } from '../../../electron/contract/payment.ts'
import type { FaultAction } from '../../../electron/demo-portal/start.ts'
import { openWorld, preparing, these } from '../../kit/backend-world.ts'
import type { Done, World } from '../../kit/backend-world.ts'

const pay = 'crm.item.payment.pay'

interface Case {
  name: string
  do: FaultAction
  /** How the struck item ends; its neighbours are confirmed. */
  ends: string
  settledBy: string | null
  paid: boolean
  fault?: string
}

const struck: Case[] = [
  {
    name: 'an answer that is lost after the work was done',
    do: { kind: 'lost', when: 'after' },
    ends: 'confirmed',
    settledBy: 'reading',
    paid: true,
  },
  {
    name: 'a request that is lost before the work',
    do: { kind: 'lost', when: 'before' },
    ends: 'notSent',
    settledBy: 'reading',
    paid: false,
    fault: 'portal.unreachable',
  },
  {
    name: 'a reset before the work',
    do: { kind: 'reset', when: 'before' },
    ends: 'notSent',
    settledBy: 'reading',
    paid: false,
    fault: 'portal.unreachable',
  },
  {
    name: 'a reset after the work',
    do: { kind: 'reset', when: 'after' },
    ends: 'confirmed',
    settledBy: 'reading',
    paid: true,
  },
  {
    name: 'a connection closed after the work',
    do: { kind: 'close', when: 'after' },
    ends: 'confirmed',
    settledBy: 'reading',
    paid: true,
  },
  { name: 'half an answer', do: { kind: 'truncated' }, ends: 'confirmed', settledBy: 'reading', paid: true },
  {
    name: 'a gateway’s 502 before the work',
    do: { kind: 'html', status: 502, when: 'before' },
    ends: 'notSent',
    settledBy: 'reading',
    paid: false,
    fault: 'rest.serverFailure',
  },
  {
    name: 'a gateway’s 504 after the work',
    do: { kind: 'html', status: 504, when: 'after' },
    ends: 'confirmed',
    settledBy: 'reading',
    paid: true,
  },
  {
    name: 'a page instead of an answer, 200, after the work',
    do: { kind: 'html', status: 200, when: 'after' },
    ends: 'confirmed',
    settledBy: 'reading',
    paid: true,
  },
  {
    name: 'a page instead of an answer, 200, before the work',
    do: { kind: 'html', status: 200, when: 'before' },
    ends: 'notSent',
    settledBy: 'reading',
    paid: false,
    fault: 'portal.unreadable',
  },
  {
    name: 'the portal’s own 500 before the work',
    do: { kind: 'system', name: 'INTERNAL_SERVER_ERROR', when: 'before' },
    ends: 'notSent',
    settledBy: 'reading',
    paid: false,
    fault: 'rest.serverFailure',
  },
  {
    name: 'the portal’s own 500 after the work',
    do: { kind: 'system', name: 'INTERNAL_SERVER_ERROR', when: 'after' },
    ends: 'confirmed',
    settledBy: 'reading',
    paid: true,
  },
  {
    name: 'an unexpected answer after the work',
    do: { kind: 'system', name: 'ERROR_UNEXPECTED_ANSWER', when: 'after' },
    ends: 'confirmed',
    settledBy: 'reading',
    paid: true,
  },
  {
    name: 'false, and nothing done',
    do: { kind: 'answer', result: false, execute: false },
    ends: 'refused',
    settledBy: 'answer',
    paid: false,
    fault: 'rest.refused',
  },
  {
    name: 'false, and yet done',
    do: { kind: 'answer', result: false, execute: true },
    ends: 'confirmed',
    settledBy: 'reading',
    paid: true,
  },
  {
    name: 'true, and nothing done',
    do: { kind: 'answer', result: true, execute: false },
    ends: 'notSent',
    settledBy: 'reading',
    paid: false,
  },
  {
    name: 'neither true nor false',
    do: { kind: 'answer', result: 'fine', execute: true },
    ends: 'confirmed',
    settledBy: 'reading',
    paid: true,
  },
  {
    name: 'an answer without time',
    do: { kind: 'no-time' },
    ends: 'confirmed',
    settledBy: 'answer',
    paid: true,
  },
  {
    name: 'a refusal with code 0',
    do: { kind: 'refusal', status: 400, code: 0, description: 'Insufficient permissions' },
    ends: 'refused',
    settledBy: 'answer',
    paid: false,
    fault: 'rest.notFoundOrDenied',
  },
  {
    name: 'a refusal that comes after the work',
    do: { kind: 'refusal', status: 400, code: 0, description: 'Fatal error', when: 'after' },
    ends: 'confirmed',
    settledBy: 'reading',
    paid: true,
  },
  {
    name: 'a delay below the limit',
    do: { kind: 'delay', seconds: 40, when: 'before' },
    ends: 'confirmed',
    settledBy: 'answer',
    paid: true,
  },
  {
    name: 'a delay that the gateway cuts',
    do: { kind: 'delay', seconds: 90, when: 'before', underLimit: true },
    ends: 'notSent',
    settledBy: 'reading',
    paid: false,
    fault: 'rest.serverFailure',
  },
  {
    name: 'an answer later than our own limit',
    do: { kind: 'delay', seconds: 200, when: 'after' },
    ends: 'confirmed',
    settledBy: 'reading',
    paid: true,
  },
  {
    name: 'the rate limit',
    do: { kind: 'system', name: 'QUERY_LIMIT_EXCEEDED' },
    ends: 'confirmed',
    settledBy: 'answer',
    paid: true,
  },
  {
    name: 'the method’s time limit',
    do: { kind: 'system', name: 'OPERATION_TIME_LIMIT' },
    ends: 'confirmed',
    settledBy: 'answer',
    paid: true,
  },
]

function neverTwice(world: World): void {
  const seen = new Map<number, number>()
  for (const write of world.demo.state.log.writes)
    seen.set(write.paymentId, (seen.get(write.paymentId) ?? 0) + 1)
  expect([...seen].filter(([, count]) => count > 1)).toEqual([])
}

function expectEnd(world: World, { items, job }: Done, id: number, expected: Case): void {
  const item = items.find(({ paymentId }) => paymentId === id)
  expect([item?.state, item?.settledBy, item?.fault?.code]).toEqual([
    expected.ends,
    expected.settledBy,
    expected.fault,
  ])
  expect(world.shown(id).paid).toBe(expected.paid)
  for (const other of items)
    if (other.paymentId !== id)
      expect([other.state, world.shown(other.paymentId).paid]).toEqual(['confirmed', true])
  expect(job.state).toBe('done')
}

// The cases of one world run at once, each as a job of its own, so that their waits overlap.
describe.each([
  ['singly', false],
  ['in a batch', true],
])('a write %s', { concurrent: true }, (_, batch) => {
  let world: World
  let pool: PaymentRow[] = []
  beforeAll(async () => {
    world = await openWorld({ portal: { payments: 400, switches: { batchablePayments: batch } } })
    pool = await world.unpaid(75)
  }, preparing)
  afterAll(async () => {
    neverTwice(world)
    expect((await world.call('journal.verify', undefined)).brokenAt).toBeNull()
    await world.close()
  })

  // Inside a batch a delay or a break of the connection concerns the batch's five writes together.
  const alone = ['lost', 'reset', 'close', 'truncated', 'html', 'delay']
  it.each(struck.filter((one) => !batch || !alone.includes(one.do.kind)))('meets $name', async (expected) => {
    const rows = pool.splice(0, 3)
    const id = rows[1]?.id ?? 0
    world.demo.state.faults.add({ method: pay, paymentId: id, do: expected.do })
    expectEnd(world, await world.carryOut({ kind: 'pay', selection: these(rows) }), id, expected)
  })
})

describe('a batch as a whole', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld({ portal: { payments: 120 } })
  }, preparing)
  afterEach(() => {
    world.demo.state.faults.clear()
    world.demo.state.log.clear()
  })
  afterAll(() => world.close())

  it('whose answer is lost in the middle: each item ends as the portal shows it', async () => {
    const rows = await world.unpaid(5)
    world.demo.state.faults.add({
      method: pay,
      paymentId: rows[2]?.id ?? 0,
      do: { kind: 'reset', when: 'after' },
    })
    const { items } = await world.carryOut({ kind: 'pay', selection: these(rows) })
    expect(items.map(({ state }) => state)).toEqual(
      items.map(({ paymentId }) => (world.shown(paymentId).paid ? 'confirmed' : 'notSent')),
    )
    expect(items.filter(({ state }) => state === 'confirmed')).toHaveLength(3)
    neverTwice(world)
    // What was certainly not carried out may be tried again; the rest may not.
    const again = await world.confirm(
      await world.call('operations.retry', {
        jobId: (await world.call('operations.list', {})).rows[0]?.jobId as never,
      }),
    )
    expect(again.items.map(({ state }) => state)).toEqual(['confirmed', 'confirmed'])
    neverTwice(world)
  })

  it('that leaves a command out: unknown, settled by reading', async () => {
    const rows = await world.unpaid(3)
    const id = rows[0]?.id ?? 0
    world.demo.state.faults.add({ method: pay, paymentId: id, do: { kind: 'missing-command' } })
    world.demo.state.faults.add({
      method: 'crm.item.payment.get',
      paymentId: id,
      after: 1,
      do: { kind: 'missing-command' },
    })
    const { items } = await world.carryOut({ kind: 'pay', selection: these(rows) })
    expect(items.map(({ state }) => state)).toEqual(['confirmed', 'confirmed', 'confirmed'])
    expect(items.find(({ paymentId }) => paymentId === id)?.settledBy).toBe('reading')
    neverTwice(world)
  })

  it('that the portal refuses: the job goes on one by one', async () => {
    world.demo.state.turn({ batchablePayments: false })
    const rows = await world.unpaid(4)
    const { items, job } = await world.carryOut({ kind: 'pay', selection: these(rows) })
    world.demo.state.turn({ batchablePayments: true })
    expect([job.state, ...items.map(({ state }) => state)]).toEqual([
      'done',
      'confirmed',
      'confirmed',
      'confirmed',
      'confirmed',
    ])
    neverTwice(world)
  })

  it.each(['number', 'string', 'empty'])('whose refusal prints its code as %s', async (codeType) => {
    world.demo.state.turn({ codeType })
    const rows = await world.unpaid(2)
    const id = rows[0]?.id ?? 0
    world.demo.state.faults.add({
      method: pay,
      paymentId: id,
      do: { kind: 'refusal', status: 400, code: 0, description: 'no' },
    })
    const { items } = await world.carryOut({ kind: 'pay', selection: these(rows) })
    world.demo.state.turn({ codeType: 'number' })
    const item = items.find(({ paymentId }) => paymentId === id)
    expect([item?.state, item?.fault]).toEqual(['refused', { code: 'rest.notFoundOrDenied' }])
  })
})

describe('a fault that concerns every item ends the job, which can go on later', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld({ portal: { payments: 320 } })
  }, preparing)
  afterEach(() => {
    world.demo.state.faults.clear()
    world.demo.state.log.clear()
  })
  afterAll(() => world.close())

  const refusal = (status: number, code: string): FaultAction => ({
    kind: 'refusal',
    status,
    code,
    description: 'no',
  })
  const all: [string, FaultAction, string, string][] = [
    ['401 without authorization', { kind: 'system', name: 'NO_AUTH_FOUND' }, 'rest.badToken', 'signInAgain'],
    ['401 expired', { kind: 'system', name: 'expired_token' }, 'rest.tokenExpired', 'signInAgain'],
    ['403 no rights', { kind: 'system', name: 'INVALID_CREDENTIALS' }, 'rest.noRights', 'ok'],
    ['403 scope', { kind: 'system', name: 'insufficient_scope' }, 'rest.scopeMissing', 'ok'],
    ['403 shut out', { kind: 'system', name: 'user_access_error' }, 'rest.userShutOut', 'shutOut'],
    ['404 method', refusal(404, 'ERROR_METHOD_NOT_FOUND'), 'rest.methodMissing', 'ok'],
    ['the manual block', { kind: 'system', name: 'OVERLOAD_LIMIT' }, 'rest.overloadBlocked', 'blocked'],
    ['a closed portal', { kind: 'system', name: 'PORTAL_DELETED' }, 'rest.portalClosed', 'closed'],
  ]
  it.each(all)('%s', async (_, action, fault, state) => {
    const rows = await world.unpaid(6)
    world.demo.state.faults.add({ method: pay, do: action, times: 0 })
    const { job, items } = await world.carryOut({ kind: 'pay', selection: these(rows) })
    expect([job.state, job.fault?.code, job.resumable]).toEqual(['failed', fault, true])
    expect(items.map((item) => item.state)).toEqual(Array(6).fill('stopped'))
    await expect.poll(async () => (await world.call('portals.list', undefined))[0]?.state).toBe(state)
    world.demo.state.faults.clear()
    const resumed = await world.ended(await world.call('jobs.resume', { jobId: job.id }))
    expect(resumed.state).toBe('done')
    expect((await world.items(job.id)).map((item) => item.state)).toEqual(Array(6).fill('confirmed'))
    await expect.poll(async () => (await world.call('portals.list', undefined))[0]?.state).toBe('ok')
    neverTwice(world)
  })

  it('a portal that cannot be read before writing is given up after three groups', async () => {
    const rows = await world.unpaid(30)
    world.demo.state.faults.add({
      method: 'crm.item.payment.get',
      do: { kind: 'html', status: 502, when: 'before' },
      times: 0,
    })
    const { job, items } = await world.carryOut({ kind: 'pay', selection: these(rows) })
    expect([job.state, job.fault?.code]).toEqual(['failed', 'rest.serverFailure'])
    expect(items.filter(({ state }) => state === 'notSent')).toHaveLength(15)
    expect(items.filter(({ state }) => state === 'stopped')).toHaveLength(15)
    expect(world.demo.state.log.writes).toEqual([])
  })
})

describe('the check before a write', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld({ portal: { payments: 120 } })
  }, preparing)
  afterAll(() => world.close())

  it.each([
    ['its sum', { sum: 1.01 }, 'conflict'],
    ['its currency', { currency: 'USD' }, 'conflict'],
    ['its number', { accountNumber: '999999/9' }, 'conflict'],
    ['its state', { paid: 'Y', datePaid: '2026-02-03T09:00:00+03:00' }, 'alreadySo'],
  ])('finds that somebody has changed %s, and sends nothing', async (_, fields, ends) => {
    const rows = await world.unpaid(2)
    const id = rows[0]?.id ?? 0
    const plan = await world.call('operations.plan', { kind: 'pay', selection: these(rows) })
    world.demo.state.payments.change(id, fields)
    const { items } = await world.confirm(plan)
    expect(items.find(({ paymentId }) => paymentId === id)?.state).toBe(ends)
    expect(items.find(({ paymentId }) => paymentId !== id)?.state).toBe('confirmed')
    expect(world.demo.state.log.countWrites(id)).toBe(0)
  })

  it('finds that somebody has deleted it', async () => {
    const rows = await world.unpaid(2)
    const plan = await world.call('operations.plan', { kind: 'pay', selection: these(rows) })
    world.demo.state.payments.remove(rows[1]?.id ?? 0)
    const { items } = await world.confirm(plan)
    expect(items.map(({ state }) => state).sort()).toEqual(['confirmed', 'conflict'])
  })
})

describe('a portal that batches readings and refuses writes in a batch', () => {
  it('executes nothing of the refused batch, goes on one by one, and is remembered so', async () => {
    const world = await openWorld({ portal: { payments: 120 } })
    world.demo.state.faults.add({
      method: pay,
      within: 'batch',
      times: 0,
      do: { kind: 'system', name: 'ERROR_BATCH_METHOD_NOT_ALLOWED' },
    })
    const rows = await world.unpaid(8)
    const first = await world.carryOut({ kind: 'pay', selection: these(rows.slice(0, 4)) })
    expect(first.items.map(({ state }) => state)).toEqual(Array(4).fill('confirmed'))
    neverTwice(world)
    const tried = (): number =>
      world.demo.state.log.requests.filter(({ method, command }) => method === pay && command !== null).length
    expect(tried()).toBe(4)
    const { plan } = await world.carryOut({ kind: 'pay', selection: these(rows.slice(4)) })
    expect(plan.requests).toBe(12)
    expect(tried()).toBe(4)
    neverTwice(world)
    await world.close()
  })
})
