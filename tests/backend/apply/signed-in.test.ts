// What only a signed-in portal meets on the way of a write: tokens that expire or are dead, and a new address.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FaultAction } from '../../../electron/demo-portal/start.ts'
import { openWorld, preparing, these } from '../../kit/backend-world.ts'
import type { World } from '../../kit/backend-world.ts'

const pay = 'crm.item.payment.pay'
const states = (items: readonly { state: string }[]): string[] => items.map(({ state }) => state)
const written = (world: World, ids: readonly { id: number }[]): number[] =>
  ids.map(({ id }) => world.demo.state.log.countWrites(id))

// One world each; the tests build on each other, for a rename and a dead sign-in cannot be taken back.
describe.each([
  ['singly', false],
  ['in a batch', true],
])('a signed-in portal, %s', (_, batchablePayments) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld({
      signIn: true,
      // The exchange of tokens has half a minute, which must not be short for a busy computer.
      speed: 20,
      portal: { payments: 60, switches: { batchablePayments } },
    })
  }, preparing)
  afterAll(() => world.close())

  const outer = batchablePayments ? 'batch' : pay
  const onWrite = (action: FaultAction, times = 1): number =>
    world.demo.state.faults.add({
      method: outer,
      ...(batchablePayments ? { holding: pay } : {}),
      do: action,
      times,
    })

  it('renews an expired token and sends the write once', async () => {
    const rows = await world.unpaid(2)
    onWrite({ kind: 'system', name: 'expired_token' })
    const { job, items } = await world.carryOut({ kind: 'pay', selection: these(rows) })
    expect([job.state, ...states(items)]).toEqual(['done', 'confirmed', 'confirmed'])
    expect(items.map(({ settledBy }) => settledBy)).toEqual(['answer', 'answer'])
    expect(written(world, rows)).toEqual([1, 1])
  })

  it('money rule 17: does not follow to a host that the authorization server does not name', async () => {
    const rows = await world.unpaid(2)
    const id = onWrite({ kind: 'redirect', status: 302, to: 'http://127.0.0.1:9' }, 0)
    const { job, items } = await world.carryOut({ kind: 'pay', selection: these(rows) })
    world.demo.state.faults.remove(id)
    expect([job.state, job.fault]).toEqual(['failed', { code: 'portal.moved', host: '127.0.0.1:9' }])
    expect(states(items)).toEqual(['stopped', 'stopped'])
    expect(written(world, rows)).toEqual([0, 0])
  })

  it('money rule 17: follows a rename between check and write, reads there first, keeps method and body', async () => {
    // One group, so that no other check is under way beside the write.
    const rows = await world.unpaid(outer === 'batch' ? 2 : 1)
    world.demo.state.log.clear()
    const { requests } = world.demo.state.log
    const plan = await world.call('operations.plan', { kind: 'pay', selection: these(rows) })
    const check = 'crm.item.payment.get'
    world.demo.state.faults.add({ method: check, do: { kind: 'delay', seconds: 2, when: 'after' } })
    const started = await world.call('operations.apply', { planId: plan.id, digest: plan.digest })
    await expect.poll(() => requests.some(({ method }) => method === check), { interval: 1 }).toBe(true)
    const host = new URL(world.demo.state.rename(307)).host
    const job = await world.ended(started)
    expect([job.state, ...states(await world.items(job.id))]).toEqual([
      'done',
      ...rows.map(() => 'confirmed'),
    ])
    expect(written(world, rows)).toEqual(rows.map(() => 1))
    const turned = requests.findIndex(({ status }) => status === 307)
    const [redirected, exchange, who, app, write] = requests.slice(turned)
    expect([redirected, exchange, who, app, write].map((one) => [one?.verb, one?.method])).toEqual([
      ['POST', outer],
      ['POST', 'oauth/token'],
      ['POST', 'profile'],
      ['POST', 'app.info'],
      ['POST', outer],
    ])
    expect([who?.status, app?.status, write?.params]).toEqual([
      200,
      200,
      redirected?.params && withoutAuth(redirected.params),
    ])
    const [portal] = await world.call('portals.list', undefined)
    expect([portal?.host, portal?.state]).toEqual([host, 'ok'])
  })

  it('stops where the sign-in is dead', async () => {
    const rows = await world.unpaid(3)
    const plan = await world.call('operations.plan', { kind: 'pay', selection: these(rows) })
    world.demo.state.tokens.revokeAll()
    const { job, items } = await world.confirm(plan)
    expect([job.state, job.fault?.code, job.resumable]).toEqual(['failed', 'oauth.invalidGrant', true])
    expect(states(items)).toEqual(['stopped', 'stopped', 'stopped'])
    await expect.poll(async () => (await world.call('portals.list', undefined))[0]?.state).toBe('signInAgain')
    expect(written(world, rows)).toEqual([0, 0, 0])
  })
})

function withoutAuth(params: unknown): unknown {
  return Object.fromEntries(Object.entries(params as object).filter(([name]) => name !== 'auth'))
}
