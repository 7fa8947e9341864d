// A portal's pace outlives changes of its settings and credentials: the portal itself forgets nothing either.

import { expect, it } from 'vitest'
import { openWorld } from '../kit/backend-world.ts'

it('a manual block holds through changed limits, until the person tries again', async () => {
  const world = await openWorld({ portal: { payments: 60 } })
  const portalId = world.portal.id
  const refreshed = async () => {
    const { state, fault } = await world.ended(await world.call('payments.refresh', { portalId }))
    return [state, fault?.code]
  }
  world.demo.state.faults.add({
    method: 'sale.payment.list',
    do: { kind: 'system', name: 'OVERLOAD_LIMIT' },
  })
  expect(await refreshed()).toEqual(['failed', 'rest.overloadBlocked'])
  await world.call('portals.changeSettings', { portalId, limits: 'ordinary' })
  world.demo.state.log.clear()
  expect(await refreshed()).toEqual(['failed', 'rest.overloadBlocked'])
  expect(world.demo.state.log.requests).toEqual([])
  await world.call('portals.check', { portalId })
  expect(await refreshed()).toEqual(['done', undefined])
  await world.close()
})

it('limits are chosen, given, or found out; “automatic” anew forgets what was found out', async () => {
  const world = await openWorld({ portal: { payments: 60 }, ready: false })
  const portalId = world.portal.id
  const change = (settings: object) => world.call('portals.changeSettings', { portalId, ...settings })
  const before = await world.call('portals.settings', { portalId })
  expect([before.limits, before.learnt]).toEqual(['automatic', null])
  expect((await change({ bucketSize: 10 })).limits).toBe('own')
  expect((await change({ limits: 'largest' })).limits).toBe('largest')
  const own = await change({ limits: 'own', drainPerSecond: 3 })
  expect([own.limits, own.bucketSize, own.drainPerSecond]).toEqual(['own', 10, 3])
  expect((await change({ limits: 'automatic' })).learnt).toBeNull()
  await world.close()
})
