import { afterEach, describe, expect, it } from 'vitest'
import { checkPortal } from '../../../electron/backend/portal/check.ts'
import type { Ability, PortalCheck } from '../../../electron/contract/portal.ts'
import { abilities } from '../../../electron/contract/portal.ts'
import { connectDemo } from './kit/demo.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})
async function check(options: Parameters<typeof connectDemo>[0]): Promise<PortalCheck> {
  const world = await connectDemo(options)
  open.push(world)
  return checkPortal(world.client, world.clock)
}
const state = (result: PortalCheck, ability: Ability): string => {
  const entry = result.abilities.find((one) => one.ability === ability)
  return `${entry?.state}${entry?.fault ? ` ${entry.fault.code}` : ''}`
}

describe('the portal check', () => {
  it('finds what an administrator can do, by reads alone', async () => {
    const world = await connectDemo()
    open.push(world)
    const result = await checkPortal(world.client, world.clock)
    expect(result).toMatchObject({
      user: { id: '1', name: 'Анна Орлова' },
      administrator: true,
      path: 'administrator',
      timeZone: 'Europe/Moscow',
      receipts: ['Банковская карта'],
    })
    expect(result.scopes).toEqual(['crm', 'sale', 'pay_system', 'user', 'user_brief', 'user_basic'])
    expect(result.abilities.map((entry) => entry.ability)).toEqual([...abilities])
    // The queue of events is for apps, and this one comes by webhook; no reading tells whether writes may be batched.
    const others: Partial<Record<Ability, string>> = { events: 'no', 'batch.writes': 'unknown' }
    for (const ability of abilities)
      expect([ability, state(result, ability)]).toEqual([ability, others[ability] ?? 'yes'])
    expect(result.requests).toBeLessThanOrEqual(25)
    const called = world.demo.state.log.requests.flatMap(({ method, command }) => [method, command ?? ''])
    expect(called.length).toBeGreaterThan(10)
    expect(called.filter((name) => /\.(add|update|delete|pay|unpay)\b/.test(name))).toEqual([])
    expect(world.demo.state.log.writes).toEqual([])
  })
  it('finds the way by objects for everybody else', async () => {
    const result = await check({ user: 1 })
    expect(result).toMatchObject({ administrator: false, path: 'objects', invoicesWithoutPayment: null })
    expect(state(result, 'list.payments')).toBe('no rest.noRights')
    expect(state(result, 'write.details')).toBe('no rest.noRights')
    expect(state(result, 'get.payment')).toBe('yes')
    expect(state(result, 'batch.payments')).toBe('yes')
  })
  it('sees that payment methods may not be batched', async () => {
    const result = await check({ switches: { batchablePayments: false } })
    expect(state(result, 'batch')).toBe('yes')
    expect(state(result, 'batch.payments')).toBe('no rest.batchForbidden')
  })
  it('sees that cursors are not honoured', async () => {
    expect(state(await check({ switches: { saleStartMinusOne: 'error' } }), 'cursor')).toMatch(/^no /)
  })
  it('names missing scopes', async () => {
    const users = [
      {
        id: 1,
        name: 'A',
        lastName: 'B',
        email: 'a@example.com',
        admin: true,
        webhookCode: 'abc',
        scopes: ['crm'],
      },
    ]
    const result = await check({ users })
    expect(state(result, 'scope.sale')).toBe('no rest.scopeMissing')
    expect(state(result, 'list.payments')).toBe('no rest.scopeMissing')
    expect(result).toMatchObject({ path: 'objects', administrator: false, receipts: [] })
  })
  it("takes the portal clock's own offset where the profile has no zone", async () => {
    expect((await check({ switches: { timeZone: '' } })).timeZone).toMatch(/^[+-]\d\d:\d\d$/)
  })
  it('ends with the reason when the credential is not accepted', async () => {
    const world = await connectDemo({
      faults: [{ method: '*', times: 0, do: { kind: 'system', name: 'NO_AUTH_FOUND' } }],
    })
    open.push(world)
    await expect(checkPortal(world.client, world.clock)).rejects.toMatchObject({
      fault: { code: 'rest.badToken' },
    })
  })
})
