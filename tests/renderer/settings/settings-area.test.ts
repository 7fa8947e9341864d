import { afterEach, describe, expect, it } from 'vitest'
import SettingsArea from '../../../renderer/src/areas/settings/SettingsArea.vue'
import type { Answers } from '../../kit/fake-bridge.ts'
import { ok } from '../../kit/fake-bridge.ts'
import { status } from '../sample-world.ts'
import { openWindow, settle } from '../work-window.ts'
import type { WorkWindow } from '../work-window.ts'

let shown: WorkWindow | undefined
afterEach(() => shown?.close())

async function open(answers: Answers = {}): Promise<string> {
  shown = await openWindow(SettingsArea, { hash: '#/settings', answers, language: 'en' })
  return document.body.textContent ?? ''
}

function button(label: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === label)
  if (!found) throw new Error(`no button ${label}`)
  return found
}

describe('settings', () => {
  it('say where secrets are', async () => {
    expect(await open()).toContain('Secrets are in the keychain of the system (Secret Service).')
  })

  it('say when secrets live in memory only', async () => {
    const answers: Answers = { 'app.status': () => ok({ ...status, vault: { kind: 'memory', detail: '' } }) }
    expect(await open(answers)).toContain('secrets live until the program ends')
  })

  it('show a policy only when it forces something', async () => {
    expect(await open()).not.toContain('Policy of your organisation')
    shown?.close()
    const policy = {
      forceReadOnly: true,
      forbidDelete: false,
      forbidUpdateCheck: false,
      updateFeed: null,
      proxy: 'http://proxy:3128',
    }
    const words = await open({ 'app.status': () => ok({ ...status, policy }) })
    expect(words).toContain('Portals are read only.')
    expect(words).toContain('Requests go through the proxy http://proxy:3128.')
    expect(words).not.toContain('Payments cannot be deleted.')
  })

  it('speak of updates only where a feed is set, and show the page of a newer version', async () => {
    expect(await open()).not.toContain('Look for updates')
    shown?.close()
    const policy = { ...status.policy, updateFeed: 'https://updates.example/sverka.json' }
    const words = await open({
      'app.status': () => ok({ ...status, policy }),
      'app.updates': () => ok({ state: 'newer', version: '0.2.0', page: 'https://updates.example/0.2.0' }),
    })
    expect(words).toContain('Version 0.2.0 is out.')
    expect(document.querySelector('a[href="https://updates.example/0.2.0"]')).not.toBeNull()
  })

  it('say that a chosen backup waits for the next start', async () => {
    const words = await open({ 'app.status': () => ok({ ...status, restartNeeded: true }) })
    expect(words).toContain('A backup waits')
  })

  it('offer the backup for saving', async () => {
    await open()
    button('Make a backup').click()
    await settle()
    expect(shown?.bridge.delivered).toEqual([
      { ticket: 't_000000000000000000000009', name: 'sverka-2026-11-21.db' },
    ])
  })

  it('restore only after a question', async () => {
    await open({ 'app.restore': () => ok(status) })
    const chooser = document.querySelector<HTMLInputElement>('input[type="file"]')
    Object.defineProperty(chooser, 'files', { value: [new File(['x'], 'old.db')] })
    chooser?.dispatchEvent(new Event('change'))
    await settle()
    expect(document.body.textContent).toContain('Restore the ledger from old.db?')
    expect(shown?.bridge.calls()).not.toContain('app.restore')
    document.querySelector('#confirm-form')?.dispatchEvent(new Event('submit', { cancelable: true }))
    await settle()
    expect(shown?.bridge.inputsOf('app.restore')).toHaveLength(1)
  })

  it('can be looked at but not changed while another window owns the ledger', async () => {
    const words = await open({
      'app.status': () =>
        ok({ ...status, ledger: { ...status.ledger, owned: false, owner: 'anna, desktop' } }),
    })
    expect(words).toContain('Another window owns the ledger (anna, desktop)')
    expect(button('Make a backup').disabled).toBe(true)
  })
})
