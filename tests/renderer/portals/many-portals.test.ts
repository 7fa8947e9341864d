import { afterEach, describe, expect, it } from 'vitest'
import type { Portal, PortalState, PortalWaiting } from '../../../electron/contract/portal.ts'
import PortalsArea from '../../../renderer/src/areas/portals/PortalsArea.vue'
import { remedyOf } from '../../../renderer/src/areas/portals/portal-remedy.ts'
import PortalSwitcher from '../../../renderer/src/frame/PortalSwitcher.vue'
import { isFound, urgencyOf } from '../../../renderer/src/frame/urgency.ts'
import { no, ok } from '../../kit/fake-bridge.ts'
import type { Answers } from '../../kit/fake-bridge.ts'
import { portal } from '../sample-world.ts'
import { openWindow, settle } from '../work-window.ts'
import type { WorkWindow } from '../work-window.ts'

let shown: WorkWindow | undefined
afterEach(() => shown?.close())

const calm: Omit<PortalWaiting, 'portalId'> = {
  toPay: { count: 0, sums: [] },
  linesLeft: 0,
  linesDoubtful: 0,
  unknown: 0,
  paused: 0,
  breaks: 0,
}
const portalOf = (id: string, over: Partial<Portal> = {}): Portal => ({
  ...portal,
  id: id as never,
  name: id,
  host: `${id}.bitrix24.ru`,
  ...over,
})
const fifty = Array.from({ length: 50 }, (_, at) => portalOf(`client${at + 1}`))
const answers: Answers = {
  'portals.list': () => ok(fifty),
  'portals.waiting': () =>
    ok(
      fifty.map(({ id }) => ({
        portalId: id,
        ...calm,
        ...(id === ('client7' as never)
          ? { toPay: { count: 3, sums: [{ minor: 1_250_00, currency: 'RUB' }] } }
          : {}),
        ...(id === ('client40' as never) ? { unknown: 2 } : {}),
      })),
    ),
}
const rows = (): string[] =>
  [...document.querySelectorAll('tr[data-portal]')].map((row) => row.getAttribute('data-portal') ?? '')

describe('the table of all portals', () => {
  it('shows what may be wrong first, then what waits, then the rest by name', async () => {
    shown = await openWindow(PortalsArea, { hash: '#/portals', answers })
    await settle()
    expect(rows().slice(0, 4)).toEqual(['client40', 'client7', 'client1', 'client2'])
    expect(document.body.textContent).toContain('2 portals need you')
    expect(document.querySelector('tr[data-portal="client7"]')?.textContent).toMatch(/1,250\.00\sRUB/)
  })

  it('leads to the work of a portal by one press, and makes it the one that is worked with', async () => {
    shown = await openWindow(PortalsArea, { hash: '#/portals', answers })
    await settle()
    document.querySelector<HTMLButtonElement>('[aria-label^="To pay: 3"]')?.click()
    expect(shown.router.place.value).toEqual({ area: 'payments', query: { standing: 'toPay' } })
    expect(localStorage.getItem('sverka.portal')).toBe('client7')
  })

  it('refreshes all', async () => {
    shown = await openWindow(PortalsArea, { hash: '#/portals', answers })
    await settle()
    document.querySelector<HTMLButtonElement>('[data-test="refresh-all"]')?.click()
    await settle()
    expect(shown.bridge.inputsOf('portals.refreshAll')).toHaveLength(1)
  })

  it('is neither shown nor asked for where there is one portal', async () => {
    shown = await openWindow(PortalsArea, {
      hash: '#/portals',
      answers: { 'portals.list': () => ok([portal]) },
    })
    await settle()
    expect(rows()).toEqual([])
    expect(shown.bridge.inputsOf('portals.waiting')).toEqual([])
    expect(document.body.textContent).toContain('Ромашка')
  })
})

describe('the switcher of many portals', () => {
  it('finds by typing and takes by Enter', async () => {
    shown = await openWindow(PortalSwitcher, { hash: '#/payments', answers })
    await settle()
    document.querySelector<HTMLButtonElement>('button')?.click()
    await settle()
    const field = document.querySelector<HTMLInputElement>('[role="combobox"]')
    expect(document.querySelectorAll('[role="option"]')).toHaveLength(50)
    if (!field) throw new Error('the switcher did not open')
    field.value = 'client4'
    field.dispatchEvent(new Event('input', { bubbles: true }))
    await settle()
    expect(document.querySelectorAll('[role="option"]')).toHaveLength(11)
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }))
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    await settle()
    expect(localStorage.getItem('sverka.portal')).toBe('client4')
  })
})

describe('a portal in trouble', () => {
  const open = async (over: Partial<Portal>, more: Answers = {}): Promise<void> => {
    shown = await openWindow(PortalsArea, {
      hash: '#/portals',
      answers: { 'portals.list': () => ok([portalOf('client1', over)]), ...more },
    })
  }
  const press = async (): Promise<void> => {
    document.querySelector<HTMLButtonElement>('[data-test="remedy"]')?.click()
    await settle()
  }

  it.each([
    ['signInAgain', 'connect'],
    ['secretGone', 'connect'],
    ['disconnected', 'connect'],
    ['moved', 'move'],
    ['blocked', 'check'],
    ['noRest', 'check'],
    ['closed', 'check'],
    ['unreachable', 'check'],
  ] as [PortalState, string][])('%s by webhook is helped by %s', async (state, remedy) => {
    expect(remedyOf(portalOf('a', { state }))).toBe(remedy)
    await open({ state })
    expect(document.querySelector('[data-trouble]')?.getAttribute('data-trouble')).toBe(state)
    expect(document.querySelector('[data-test="remedy"]')).not.toBeNull()
  })

  it('signs in again without the application being typed, and types it where the vault has lost it', async () => {
    const byApp = { state: 'signInAgain' as const, credentials: [{ kind: 'oauth' as const, user: 'Anna' }] }
    await open(byApp, { 'portals.connect': () => no({ code: 'portal.secretGone' }) })
    await press()
    expect(shown?.bridge.inputsOf('portals.connect')).toEqual([{ kind: 'again', portalId: 'client1' }])
    expect(shown?.router.place.value.query).toEqual({ connect: 'oauth', portal: 'client1', again: '1' })
    expect(document.body.textContent).toContain('Connect client1 again')
    const host = document.querySelector<HTMLInputElement>('input[placeholder="your-portal.bitrix24.com"]')
    expect(host?.value).toBe('client1.bitrix24.ru')
  })

  it('names the host it moved to and confirms it by one press', async () => {
    await open(
      { state: 'moved', movedTo: 'neu.bitrix24.ru' },
      { 'portals.confirmMove': () => ok(portalOf('client1', { host: 'neu.bitrix24.ru' })) },
    )
    expect(document.querySelector('[data-trouble]')?.textContent).toContain('neu.bitrix24.ru')
    await press()
    expect(shown?.bridge.inputsOf('portals.confirmMove')).toEqual([{ portalId: 'client1' }])
    expect(document.querySelector('[data-trouble="moved"]')).toBeNull()
  })

  it('opens a demo portal again', async () => {
    await open({ state: 'secretGone', demo: true })
    await press()
    expect(shown?.bridge.inputsOf('portals.openDemo')).toHaveLength(1)
  })

  it('says that a browser came back with a no', async () => {
    await open({ state: 'signInAgain', credentials: [{ kind: 'oauth', user: 'Anna' }] })
    await press()
    expect(document.body.textContent).toContain('Sign in at')
    shown?.bridge.tell('portals.signedIn', {
      signInId: 's_1',
      portalId: null,
      fault: { code: 'portal.mismatch' },
    })
    await settle()
    expect(document.body.textContent).toContain('Another portal answered than this one.')
  })
})

describe('finding and ordering', () => {
  it('finds by words of name and address, in any order', () => {
    const one = portalOf('x', { name: 'Северный ветер', host: 'sever.bitrix24.ru' })
    expect(['вет', 'ветер север', 'SEVER', ''].map((typed) => isFound(one, typed))).toEqual(
      Array(4).fill(true),
    )
    expect(isFound(one, 'южный')).toBe(false)
  })

  it('ranks doubt above a standstill above work', () => {
    const of = (over: Partial<PortalWaiting>, state: PortalState = 'ok'): number =>
      urgencyOf(portalOf('x', { state }), { portalId: 'x' as never, ...calm, ...over })
    expect([
      of({ unknown: 1 }),
      of({ paused: 1 }),
      of({}, 'signInAgain'),
      of({ toPay: { count: 1, sums: [] } }),
      of({ linesLeft: 1 }),
      of({ breaks: 1 }),
      of({}),
      of({}, 'disconnected'),
    ]).toEqual([6, 5, 4, 3, 2, 1, 0, 0])
  })
})
