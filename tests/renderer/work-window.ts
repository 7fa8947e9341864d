// A component in a window of its own: fake bridge, words, stores, router. What the tests of the daily work mount.

import { mount } from '@vue/test-utils'
import type { VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { createApp, defineComponent, h } from 'vue'
import type { Component } from 'vue'
import { clientKey, createClient } from '../../renderer/src/backend.ts'
import { usePortals } from '../../renderer/src/frame/portals.store.ts'
import { createRouter, routerKey } from '../../renderer/src/frame/router.ts'
import type { Router } from '../../renderer/src/frame/router.ts'
import { useStatus } from '../../renderer/src/frame/status.store.ts'
import { themeKey } from '../../renderer/src/frame/theme.ts'
import type { Theme } from '../../renderer/src/frame/theme.ts'
import { createText, textKey } from '../../renderer/src/text/language.ts'
import type { Text } from '../../renderer/src/text/language.ts'
import type { Language } from '../../renderer/src/text/format.ts'
import { fakeBridge } from '../kit/fake-bridge.ts'
import type { Answers, FakeBridge } from '../kit/fake-bridge.ts'
import { computed, ref } from 'vue'
import { sampleAnswers } from './sample-world.ts'
import { workAnswers } from './sample-work.ts'

export interface WorkWindow {
  wrapper: VueWrapper
  bridge: FakeBridge
  router: Router
  text: Text
  close(): void
}

/** Without layout every element is nought high, and a virtual list draws nothing. */
function giveElementsSize(): void {
  for (const [name, size] of [
    ['offsetHeight', 600],
    ['offsetWidth', 800],
    ['clientHeight', 600],
    ['clientWidth', 800],
  ] as const) {
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => size })
  }
}

function parts(answers: Answers, language: Language, hash: string) {
  const bridge = fakeBridge({ ...sampleAnswers(), ...workAnswers(), ...answers })
  window.location.hash = hash
  const text = createText(language, [language === 'ru' ? 'ru-RU' : 'en-GB'])
  const theme: Theme = { choice: ref('light'), dark: computed(() => false), choose: () => undefined }
  const router = createRouter(window)
  const pinia = createPinia()
  return { bridge, text, theme, router, pinia, client: createClient(bridge) }
}

/** Mounts `component` once portals and settings are known. */
export async function openWindow(
  component: Component,
  {
    answers = {},
    language = 'en',
    hash = '#/payments',
    stubs = {},
  }: {
    answers?: Answers
    language?: Language
    hash?: string
    stubs?: Record<string, Component | boolean>
  } = {},
): Promise<WorkWindow> {
  giveElementsSize()
  const { bridge, text, theme, router, pinia, client } = parts(answers, language, hash)
  setActivePinia(pinia)
  const root = defineComponent({
    setup() {
      const portals = usePortals()
      const status = useStatus()
      void portals.reload()
      void status.load()
      return () => (portals.loaded ? h(component) : null)
    },
  })
  const wrapper = mount(root, {
    attachTo: document.body,
    global: {
      plugins: [pinia],
      provide: {
        [clientKey as symbol]: client,
        [textKey as symbol]: text,
        [themeKey as symbol]: theme,
        [routerKey as symbol]: router,
      },
      stubs,
    },
  })
  await settle()
  return {
    wrapper,
    bridge,
    router,
    text,
    close: () => {
      wrapper.unmount()
      client.close()
      document.body.innerHTML = ''
    },
  }
}

/** A store or a composable without a component around it. */
export function inWindow<T>(
  run: () => T,
  answers: Answers = {},
): { value: T; bridge: FakeBridge; text: Text; close(): void } {
  const { bridge, text, theme, router, pinia, client } = parts(answers, 'en', '#/payments')
  const app = createApp({})
  app
    .use(pinia)
    .provide(clientKey, client)
    .provide(textKey, text)
    .provide(themeKey, theme)
    .provide(routerKey, router)
  setActivePinia(pinia)
  const value = app.runWithContext(run)
  return { value, bridge, text, close: () => client.close() }
}

/** Lets promises, watchers and short timers (up to 30 ms) run out. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) await new Promise((resolve) => setTimeout(resolve, 5))
}

export function find(test: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[data-test="${test}"]`)
  if (!found) throw new Error(`nothing is marked ${test}`)
  return found
}

export function has(test: string): boolean {
  return document.querySelector(`[data-test="${test}"]`) !== null
}

export async function click(test: string): Promise<void> {
  find(test).click()
  await settle()
}

export async function press(key: string, target: EventTarget = document.body): Promise<void> {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  await settle()
}

/** Types into the input that is, or stands inside, the marked element. */
export async function type(test: string, text: string): Promise<void> {
  const element = find(test)
  const input = element.matches('input, textarea') ? element : element.querySelector('input, textarea')
  if (!(input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement))
    throw new Error(`${test} takes no text`)
  input.value = text
  input.dispatchEvent(new Event('input', { bubbles: true }))
  await settle()
}
