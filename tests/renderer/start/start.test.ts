import { afterEach, describe, expect, it } from 'vitest'
import { roadOf } from '../../../renderer/src/areas/start/road.ts'
import type { Facts } from '../../../renderer/src/areas/start/road.ts'
import StartArea from '../../../renderer/src/areas/start/StartArea.vue'
import { sampleAnswers } from '../sample-world.ts'
import { openWindow, settle } from '../work-window.ts'
import type { WorkWindow } from '../work-window.ts'

const begun: Facts = {
  payments: 0,
  refreshed: false,
  statements: 0,
  accountsUnbound: 0,
  linesLeft: 0,
  decided: 0,
  toPay: 0,
  operations: 0,
}
const now = (facts: Partial<Facts>) =>
  roadOf({ ...begun, ...facts }).find((step) => step.state === 'now')?.name

describe('the way through the work', () => {
  it('leads from step to step', () => {
    expect(now({})).toBe('payments')
    expect(now({ refreshed: true })).toBe('statements')
    expect(now({ refreshed: true, statements: 2, accountsUnbound: 1 })).toBe('accounts')
    expect(now({ refreshed: true, statements: 2, linesLeft: 40 })).toBe('reconcile')
    expect(now({ refreshed: true, statements: 2, linesLeft: 12, decided: 28, toPay: 28 })).toBe('apply')
    expect(now({ refreshed: true, statements: 2, decided: 40, operations: 1 })).toBe('report')
  })

  it('marks exactly one step as the next', () => {
    expect(roadOf({ ...begun, refreshed: true }).map((step) => step.state)).toEqual([
      'done',
      'now',
      'later',
      'later',
      'later',
      'later',
    ])
  })
})

describe('the first screen', () => {
  let shown: WorkWindow | undefined
  afterEach(() => shown?.close())
  const button = (words: string) =>
    [...document.querySelectorAll('button')].find((one) => one.textContent?.includes(words))

  it('offers a portal or the demo, and opens the demo with its payments', async () => {
    shown = await openWindow(StartArea, {
      hash: '#/start',
      answers: {
        ...sampleAnswers('empty'),
        'portals.openDemo': () => ({ ok: true, value: { portal: demo, statements: [] } }),
      },
    })
    expect(button('Connect a portal')).toBeDefined()
    button('Open the demo portal')?.click()
    await settle()
    expect(shown.bridge.inputsOf('payments.refresh')).toEqual([{ portalId: 'p_demo000009' }])
    expect(document.body.textContent).toContain('The demo, step by step')
  })

  it('leads to connecting', async () => {
    shown = await openWindow(StartArea, { hash: '#/start', answers: sampleAnswers('empty') })
    button('Connect a portal')?.click()
    await settle()
    expect(shown.router.place.value).toEqual({ area: 'portals', query: { connect: 'webhook' } })
  })
})

const demo = {
  id: 'p_demo000009' as never,
  name: 'Demo',
  host: '127.0.0.1:8124',
  demo: true,
  state: 'ok' as const,
  movedTo: null,
  credentials: [],
  writingAllowed: false,
  check: null,
  lastRefreshAt: null,
  wholeRefreshAt: null,
  lookedAt: null,
  eventQueue: false,
  coverage: 'all' as const,
  payments: 0,
  unpaid: 0,
}
