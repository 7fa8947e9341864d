// Light or dark, as chosen or as the system has it. The kit reads the class on the root element.

import { computed, inject, ref, watchEffect } from 'vue'
import type { ComputedRef, InjectionKey, Ref } from 'vue'
import { recall, remember } from './remembered.ts'

export type ThemeChoice = 'light' | 'dark' | 'system'

export interface Theme {
  readonly choice: Ref<ThemeChoice>
  /** What is shown now. */
  readonly dark: ComputedRef<boolean>
  choose(choice: ThemeChoice): void
}

export const themeKey: InjectionKey<Theme> = Symbol('theme')

function isChoice(text: string | null): text is ThemeChoice {
  return text === 'light' || text === 'dark' || text === 'system'
}

/** Keeps the root element's class; one per window. */
export function createTheme(window: Window): Theme {
  const system = window.matchMedia('(prefers-color-scheme: dark)')
  const systemDark = ref(system.matches)
  system.addEventListener('change', () => (systemDark.value = system.matches))
  const recalled = recall('theme')
  const choice = ref<ThemeChoice>(isChoice(recalled) ? recalled : 'system')
  const dark = computed(() => (choice.value === 'system' ? systemDark.value : choice.value === 'dark'))
  watchEffect(() => {
    const root = window.document.documentElement
    root.classList.toggle('dark', dark.value)
    root.classList.toggle('light', !dark.value)
    root.dataset['agThemeMode'] = dark.value ? 'dark' : 'light'
  })
  return {
    choice,
    dark,
    choose(next) {
      choice.value = next
      remember('theme', next)
    },
  }
}

/** The window's theme, in a component's setup. */
export function useTheme(): Theme {
  const theme = inject(themeKey)
  if (!theme) throw new Error('no theme was provided')
  return theme
}
