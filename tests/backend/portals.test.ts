import { expect, it } from 'vitest'
import { openWorld, preparing } from '../kit/backend-world.ts'

const users = [
  {
    id: 1,
    name: 'Анна',
    lastName: 'Орлова',
    email: 'anna@example.com',
    admin: true,
    webhookCode: 'first0webhook0code',
  },
  {
    id: 2,
    name: 'Олег',
    lastName: 'Снегов',
    email: 'oleg@example.com',
    admin: true,
    webhookCode: 'second0webhook0code',
  },
]

it(
  'money rule 19: a second connection to a known host is another credential of the same portal, and no payment stands twice',
  { timeout: preparing },
  async () => {
    const world = await openWorld({ portal: { payments: 60, users } })
    const before = await world.call('payments.page', {})
    const second = world.demo.webhooks.find(({ userId }) => userId === 2)
    const connected = await world.call('portals.connect', { kind: 'webhook', url: second?.url ?? '' })
    if (connected.state !== 'connected') throw new Error('a webhook connects at once')
    expect(connected.portal.id).toBe(world.portal.id)
    await world.ended(await world.call('payments.refresh', { portalId: world.portal.id }))
    const portals = await world.call('portals.list', undefined)
    expect(portals.map(({ credentials }) => credentials.length)).toEqual([2])
    expect((await world.call('payments.page', {})).total).toBe(before.total)
    await world.close()
    await world.demo.close()
  },
)
