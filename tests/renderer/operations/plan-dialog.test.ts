import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import type { PlanRequest } from '../../../electron/contract/operation.ts'
import PlanDialog from '../../../renderer/src/areas/operations/PlanDialog.vue'
import { usePlan } from '../../../renderer/src/areas/operations/plan.store.ts'
import { no, ok } from '../../kit/fake-bridge.ts'
import type { Answers } from '../../kit/fake-bridge.ts'
import { portal, portalId } from '../sample-world.ts'
import { plan } from '../sample-operations.ts'
import { click, find, has, openWindow, settle, type } from '../work-window.ts'
import type { WorkWindow } from '../work-window.ts'

let open: WorkWindow | undefined
afterEach(() => open?.close())

const selection = { kind: 'filter' as const, filter: { portalId }, except: [] }
const pay: PlanRequest = { kind: 'pay', selection, writeDetails: false }
const unpay: PlanRequest = { kind: 'unpay', selection, reason: '' }
const writable: Answers = { 'portals.list': () => ok([{ ...portal, writingAllowed: true }]) }

async function planned(
  request: PlanRequest,
  answers: Answers = {},
  applied?: () => void,
): Promise<WorkWindow> {
  open = await openWindow(
    defineComponent({
      setup() {
        void usePlan().make({ kind: 'request', request }, applied)
        return () => h(PlanDialog)
      },
    }),
    { answers },
  )
  return open
}

describe('the plan dialog', () => {
  it('sends nothing before the button, and then exactly the digest that was seen, once', async () => {
    let cleared = 0
    const window = await planned(pay, writable, () => (cleared += 1))
    expect(window.bridge.inputsOf('operations.apply')).toEqual([])
    find('plan-confirm').click()
    find('plan-confirm').click()
    await settle()
    expect(window.bridge.inputsOf('operations.apply')).toEqual([{ planId: plan.id, digest: 'plan-digest' }])
    expect(window.router.place.value).toEqual({ area: 'operations', query: { job: 'j_apply00003' } })
    expect(cleared).toBe(1)
  })

  it('says when its payments changed meanwhile, and offers to plan again instead of confirming', async () => {
    let changed = 0
    const window = await planned(pay, { ...writable, 'operations.planDrift': () => ok({ changed }) })
    expect(has('plan-confirm')).toBe(true)
    const look = {
      areas: ['payments' as const],
      portalId,
      at: '2026-11-21T09:00:00.000Z',
      unasked: true as const,
    }
    changed = 2
    window.bridge.tell('ledger.changed', look)
    await expect.poll(() => has('plan-again')).toBe(true)
    expect(has('plan-confirm')).toBe(false)
    expect(window.bridge.inputsOf('operations.planDrift')).toEqual([{ planId: plan.id }])
    expect(window.bridge.inputsOf('operations.apply')).toEqual([])
  })

  it('tells a read-only portal apart: the switch is a step of its own and confirms nothing', async () => {
    const window = await planned(pay)
    await click('plan-confirm')
    expect(window.bridge.inputsOf('operations.apply')).toEqual([])
    await click('plan-allow-writing')
    expect(window.bridge.inputsOf('portals.allowWriting')).toEqual([{ portalId, allowed: true }])
    expect(window.bridge.inputsOf('operations.apply')).toEqual([])
    await click('plan-confirm')
    expect(window.bridge.inputsOf('operations.apply')).toHaveLength(1)
  })

  it('offers the switch when the backend plans nothing for a read-only portal, and plans once it is thrown', async () => {
    let allowed = false
    const window = await planned(pay, {
      'portals.list': () => ok([{ ...portal, writingAllowed: allowed }]),
      'portals.allowWriting': (input) => {
        allowed = input.allowed
        return ok({ ...portal, writingAllowed: allowed })
      },
      'operations.plan': () => (allowed ? ok(plan) : no({ code: 'portal.writingOff' })),
    })
    expect(has('plan-confirm')).toBe(false)
    await click('plan-allow-writing')
    expect(window.bridge.inputsOf('operations.plan')).toHaveLength(2)
    expect(window.bridge.inputsOf('operations.apply')).toEqual([])
    await click('plan-confirm')
    expect(window.bridge.inputsOf('operations.apply')).toHaveLength(1)
  })

  it('asks for the plan again when the payments changed', async () => {
    const window = await planned(pay, { ...writable, 'operations.apply': () => no({ code: 'plan.stale' }) })
    await click('plan-confirm')
    expect(has('plan-confirm')).toBe(false)
    await click('plan-again')
    expect(window.bridge.inputsOf('operations.plan')).toHaveLength(2)
    expect(has('plan-confirm')).toBe(true)
  })

  it('offers no confirmation of an expired plan', async () => {
    await planned(pay, {
      ...writable,
      'operations.plan': () => ok({ ...plan, expiresAt: '2020-01-01T00:00:00.000Z' }),
    })
    expect(has('plan-confirm')).toBe(false)
    expect(has('plan-again')).toBe(true)
  })

  it('wants the list opened and a reason for payments without money', async () => {
    const window = await planned(unpay, writable)
    expect(find('plan-block').textContent?.trim()).toBe(
      'Open the list of payments first: they are marked paid without money in the bank.',
    )
    await click('plan-open-list')
    expect(find('plan-block').textContent?.trim()).toBe('Give a reason.')
    await type('plan-reason-field', 'отмечено по ошибке')
    await click('plan-take-reason')
    expect(window.bridge.inputsOf('operations.plan').at(-1)).toMatchObject({
      kind: 'unpay',
      reason: 'отмечено по ошибке',
    })
    await click('plan-confirm')
    expect(window.bridge.inputsOf('operations.apply')).toHaveLength(1)
  })

  it('asks for the reason when the backend wants one before it plans', async () => {
    const window = await planned(unpay, {
      ...writable,
      'operations.plan': (request) =>
        'reason' in request && request.reason
          ? ok({ ...plan, kind: 'unpay' })
          : no({ code: 'plan.reasonNeeded' }),
    })
    await type('plan-reason-field', 'ошибка')
    await click('plan-take-reason')
    expect(window.bridge.inputsOf('operations.plan').at(-1)).toMatchObject({ reason: 'ошибка' })
    expect(has('plan-confirm')).toBe(true)
  })

  it('plans again when bank details are switched on', async () => {
    const window = await planned(pay, writable)
    await click('plan-details')
    expect(window.bridge.inputsOf('operations.plan').at(-1)).toMatchObject({
      kind: 'pay',
      writeDetails: true,
    })
  })

  it('offers no bank details to a user who is no administrator', async () => {
    const check = portal.check && { ...portal.check, administrator: false }
    await planned(pay, { 'portals.list': () => ok([{ ...portal, check, writingAllowed: true }]) })
    expect(has('plan-details')).toBe(false)
  })

  it('names who is left out and why', async () => {
    await planned(pay, writable)
    const said = document.body.textContent?.replaceAll('\u00a0', ' ') ?? ''
    expect(said).toContain('5 are left out')
    expect(said).toContain('already so in the portal')
    expect(said).toContain('may print fiscal receipts')
  })
})
