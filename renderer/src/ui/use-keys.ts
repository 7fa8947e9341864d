// Keys of an area: they work while it is open, never while the person types, and the `?` sheet lists them.

import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref } from 'vue'
import { useStatus } from '../frame/status.store.ts'
import type { TextKey } from '../text/language.ts'

export interface KeyBinding {
  /** `j`, `shift+j`, `ctrl+Enter`, `Escape`, `/`: modifiers first, then KeyboardEvent.key. */
  keys: string
  words: TextKey
  run: (event: KeyboardEvent) => void
}

export interface KeyGroup {
  title: TextKey
  bindings: readonly KeyBinding[]
}

/** Settings' layout name under which the person switches single letters off (WCAG 2.1.4). */
export const keysLayout = 'singleKeys'

export const useKeyGroups = defineStore('keys', () => {
  const status = useStatus()
  const groups = ref<KeyGroup[]>([])
  const lettersOff = computed(() => status.layout(keysLayout) === 'off')

  function add(group: KeyGroup): () => void {
    groups.value = [...groups.value, group]
    return () => {
      groups.value = groups.value.filter((one) => one.title !== group.title)
    }
  }

  return { groups, lettersOff, add }
})

/** Cyrillic letters by the Latin ones on the same keys, so that J works on a Russian keyboard. */
const russianKeys: Readonly<Record<string, string>> = Object.fromEntries(
  [...'йцукенгшщзфывапролдячсмить'].map((letter, at) => [
    letter,
    [...'qwertyuiopasdfghjklzxcvbnm'][at] ?? letter,
  ]),
)

/** `ctrl+k` for the event; Command counts as Ctrl. */
export function keysOf(event: KeyboardEvent): string {
  const lower = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const key = russianKeys[lower] ?? lower
  const shifted = event.shiftKey && (/^[a-z]$/.test(key) || key.length > 1)
  return [(event.ctrlKey || event.metaKey) && 'ctrl', event.altKey && 'alt', shifted && 'shift', key]
    .filter(Boolean)
    .join('+')
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

/** Whether the focused thing itself answers to Enter and Space. */
function answersItself(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false
  return (
    target.closest(
      'button, a[href], summary, [role="button"], [role="option"], [role="tab"], [role="menuitem"], [role="gridcell"]',
    ) !== null
  )
}

/** Whether something on top of the area (a dialog, a menu) has the keyboard. */
function isCovered(): boolean {
  return (
    document.querySelector(
      '[role="dialog"][data-state="open"], [role="menu"][data-state="open"], [role="listbox"][data-state="open"]',
    ) !== null
  )
}

/** `inSheet`: the keys belong to what a dialog shows, and work while one is open. */
export function useKeys(
  title: TextKey,
  bindings: readonly KeyBinding[],
  { inSheet = false }: { inSheet?: boolean } = {},
): void {
  const store = useKeyGroups()
  const remove = store.add({ title, bindings })
  function press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return
    const keys = keysOf(event)
    const found = bindings.find((one) => one.keys === keys)
    if (!found) return
    const isLetter =
      !keys.startsWith('ctrl+') && !keys.startsWith('alt+') && keys.replace('shift+', '').length === 1
    if (
      (isLetter && store.lettersOff) ||
      (!keys.startsWith('ctrl+') && (isTyping(event.target) || (!inSheet && isCovered())))
    )
      return
    if ((keys === 'Enter' || keys === ' ') && answersItself(event.target)) return
    event.preventDefault()
    found.run(event)
  }
  window.addEventListener('keydown', press)
  onScopeDispose(() => {
    window.removeEventListener('keydown', press)
    remove()
  })
}
