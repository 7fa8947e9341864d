import { afterEach, describe, expect, it } from 'vitest'
import PortalsArea from '../../../renderer/src/areas/portals/PortalsArea.vue'
import { no, ok } from '../../kit/fake-bridge.ts'
import type { Answers } from '../../kit/fake-bridge.ts'
import { portal, sampleAnswers } from '../sample-world.ts'
import { openWindow, settle } from '../work-window.ts'
import type { WorkWindow } from '../work-window.ts'

let shown: WorkWindow | undefined
afterEach(() => shown?.close())

async function open(hash: string, answers: Answers = {}): Promise<WorkWindow> {
  shown = await openWindow(PortalsArea, { hash, answers, language: 'en' })
  return shown
}

function button(label: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === label)
  if (!found) throw new Error(`no button ${label}`)
  return found
}

async function type(selector: string, text: string): Promise<void> {
  const input = document.querySelector<HTMLInputElement>(selector)
  if (!input) throw new Error(`no field ${selector}`)
  input.value = text
  input.dispatchEvent(new Event('input', { bubbles: true }))
  await settle()
}

const secret = 'https://romashka.bitrix24.ru/rest/7/abcdef0123456789/'

describe('connecting by webhook', () => {
  it('hides the address, sends it once and forgets it', async () => {
    const { bridge } = await open('#/portals?connect=webhook', sampleAnswers('empty'))
    const field = document.querySelector<HTMLInputElement>('input[name="webhook"]')
    expect(field?.type).toBe('password')
    await type('input[name="webhook"]', secret)
    document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
    await settle()
    expect(bridge.inputsOf('portals.connect')).toEqual([{ kind: 'webhook', url: secret }])
    expect(document.documentElement.outerHTML).not.toContain('abcdef0123456789')
    expect(shown?.router.place.value.query).toEqual({ portal: 'p_romashka01' })
  })

  it('keeps what was typed when the portal refuses, and says why', async () => {
    await open('#/portals?connect=webhook', {
      ...sampleAnswers('empty'),
      'portals.connect': () => no({ code: 'portal.address', reason: 'notWebhook' }),
    })
    await type('input[name="webhook"]', secret)
    document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
    await settle()
    expect(document.querySelector('[role="alert"]')?.textContent).toContain(
      'it is not the address of an incoming webhook',
    )
    expect(document.querySelector<HTMLInputElement>('input[name="webhook"]')?.value).toBe(secret)
  })

  it('names every scope that is needed', async () => {
    await open('#/portals?connect=webhook', sampleAnswers('empty'))
    expect([...document.querySelectorAll('aside dt')].map((one) => one.textContent)).toEqual([
      'crm',
      'sale',
      'pay_system',
      'user_brief',
    ])
  })
})

describe('connecting by an application', () => {
  async function begin(): Promise<WorkWindow> {
    const window = await open('#/portals?connect=oauth', sampleAnswers('empty'))
    expect(document.body.textContent).toContain('http://127.0.0.1:38417/sverka')
    await type('input[placeholder="your-portal.bitrix24.com"]', 'romashka.bitrix24.ru')
    await type('input[placeholder="local.…"]', 'local.1')
    await type('input[name="client-secret"]', 'top-secret')
    document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
    await settle()
    return window
  }

  it('waits for the browser and notices the end by itself', async () => {
    const { bridge, router } = await begin()
    expect(document.body.textContent).toContain('Sign in at romashka.bitrix24.ru')
    expect(document.documentElement.outerHTML).not.toContain('top-secret')
    bridge.answers['portals.list'] = () => ok([portal])
    bridge.tell('portals.signedIn', { signInId: 's_other', portalId: portal.id, fault: null })
    await settle()
    expect(document.body.textContent).toContain('Sign in at romashka.bitrix24.ru')
    bridge.tell('portals.signedIn', { signInId: 's_1', portalId: portal.id, fault: null })
    await settle()
    expect(router.place.value.query).toEqual({ portal: portal.id })
  })

  it('takes a pasted code, and can be given up', async () => {
    const { bridge } = await begin()
    bridge.answers['portals.finishSignIn'] = () => no({ code: 'oauth.invalidGrant' })
    bridge.answers['portals.cancelSignIn'] = () => ok(null)
    await type('form input', 'code-123')
    document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
    await settle()
    expect(bridge.inputsOf('portals.finishSignIn')).toEqual([{ signInId: 's_1', code: 'code-123' }])
    expect(document.querySelector('[role="alert"]')?.textContent).toContain('a code lives 30 seconds')
    button('Give up').click()
    await settle()
    expect(bridge.inputsOf('portals.cancelSignIn')).toEqual([{ signInId: 's_1' }])
  })
})

describe('a connected portal', () => {
  it('says what is missing and what that costs', async () => {
    await open('#/portals?portal=p_romashka01')
    const words = document.body.textContent ?? ''
    expect(words).toContain('42 invoices have no payment document')
    expect(words).toContain('may print a fiscal receipt when a payment becomes paid: ЮKassa')
    expect(words).toContain('Payments are marked one request at a time.')
    expect(words).not.toContain('Deals, invoices and payers cannot be read.')
  })

  it('allows writing by one click', async () => {
    const { bridge } = await open('#/portals?portal=p_romashka01')
    document.querySelector<HTMLButtonElement>('[role="switch"]')?.click()
    await settle()
    expect(bridge.inputsOf('portals.allowWriting')).toEqual([{ portalId: 'p_romashka01', allowed: true }])
    expect(document.body.textContent).toContain('always after a plan you confirm')
  })

  it('erases only when the name was typed', async () => {
    const { bridge } = await open('#/portals?portal=p_romashka01', { 'portals.erase': () => ok(null) })
    button('Erase…').click()
    await settle()
    const confirm = button('Erase the data of Ромашка')
    expect(confirm.disabled).toBe(true)
    await type('#confirm-form input', 'Ромашка')
    expect(confirm.disabled).toBe(false)
    document.querySelector('#confirm-form')?.dispatchEvent(new Event('submit', { cancelable: true }))
    await settle()
    expect(bridge.inputsOf('portals.erase')).toEqual([{ portalId: 'p_romashka01', typedName: 'Ромашка' }])
  })

  it('says where to revoke the secret after disconnecting', async () => {
    await open('#/portals?portal=p_romashka01')
    button('Disconnect…').click()
    await settle()
    document.querySelector('#confirm-form')?.dispatchEvent(new Event('submit', { cancelable: true }))
    await settle()
    expect(document.body.textContent).toContain('https://romashka.bitrix24.ru/devops/list/')
  })
})
