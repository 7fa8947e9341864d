import { describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import { isTyping, keysOf, useKeys } from '../../../renderer/src/ui/use-keys.ts'
import { openWindow, press } from '../work-window.ts'

const event = (key: string, more: KeyboardEventInit = {}) => new KeyboardEvent('keydown', { key, ...more })

describe('the name of a key press', () => {
  it('is the same on a Russian keyboard', () => {
    expect(keysOf(event('о'))).toBe('j')
    expect(keysOf(event('Л', { shiftKey: true }))).toBe('shift+k')
    expect(keysOf(event('л', { ctrlKey: true }))).toBe('ctrl+k')
  })

  it('names modifiers first and takes Command for Ctrl', () => {
    expect(keysOf(event('Enter', { metaKey: true }))).toBe('ctrl+Enter')
    expect(keysOf(event('?', { shiftKey: true }))).toBe('?')
    expect(keysOf(event('2', { altKey: true }))).toBe('alt+2')
  })
})

describe('keys of an area', () => {
  async function pressed(element: string, key: string): Promise<number> {
    let times = 0
    const area = defineComponent({
      setup() {
        useKeys('ui.keysTitle', [{ keys: key, words: 'ui.next', run: () => (times += 1) }])
        return () => h(element, { id: 'target', type: 'text' })
      },
    })
    const window = await openWindow(area)
    await press(key, document.getElementById('target') ?? document.body)
    window.close()
    await press(key)
    return times
  }

  it('work anywhere but where the person types, and end with the area', async () => {
    expect(await pressed('div', 'j')).toBe(1)
    expect(await pressed('input', 'j')).toBe(0)
  })

  it('leave Enter to a focused button', async () => {
    expect(await pressed('button', 'Enter')).toBe(0)
    expect(await pressed('div', 'Enter')).toBe(1)
  })

  it('know where text is typed', () => {
    expect(isTyping(document.createElement('textarea'))).toBe(true)
    expect(isTyping(document.createElement('button'))).toBe(false)
    expect(isTyping(null)).toBe(false)
  })
})
