// Words and formats in the language of the moment. Messages are interpreted, never compiled to code: the
// hosts' policy has no 'unsafe-eval'.

import { computed, inject, ref } from 'vue'
import type { ComputedRef, InjectionKey, Ref } from 'vue'
import { createI18n } from 'vue-i18n'
import { en } from './en/index.ts'
import { createFormat, localeTag } from './format.ts'
import type { Format, Language } from './format.ts'
import { ru } from './ru/index.ts'
import type { PathsOf } from './shape.ts'

export type TextKey = PathsOf<typeof en>
export type Params = Record<string, string | number>

export interface Text {
  /** The word of `key`; `count` chooses among `one | few | many` forms and is also `{n}`. */
  t(key: TextKey, params?: Params, count?: number): string
  readonly language: Ref<Language>
  /** Formats of the language of the moment; reactive through `.value`. */
  readonly format: ComputedRef<Format>
  setLanguage(language: Language): void
}

export const textKey: InjectionKey<Text> = Symbol('text')

/** 1 строка, 2 строки, 5 строк: which of the three Russian forms `n` takes. */
export function russianForm(n: number, forms: number): number {
  const tens = Math.abs(n) % 100
  const ones = tens % 10
  const form = tens > 10 && tens < 20 ? 2 : ones === 1 ? 0 : ones > 1 && ones < 5 ? 1 : 2
  return Math.min(form, forms - 1)
}

/** One per window; `preferred` are the browser's languages. */
export function createText(language: Language, preferred: readonly string[] = []): Text {
  const i18n = createI18n({
    legacy: false,
    locale: language,
    fallbackLocale: 'en',
    messages: { en, ru },
    pluralRules: { ru: russianForm, en: (n: number, forms: number) => Math.min(n === 1 ? 0 : 1, forms - 1) },
    warnHtmlMessage: false,
  })
  const current = ref<Language>(language)
  const format = computed(() => createFormat(localeTag(current.value, preferred)))
  // The path is typed here; vue-i18n's own overloads would resolve a thousand keys on every use.
  const translate = i18n.global.t as unknown as (key: string, params: Params, count?: number) => string
  return {
    t(key, params = {}, count) {
      if (count === undefined) return translate(key, params)
      return translate(key, { n: format.value.count(count), ...params }, count)
    },
    language: current,
    format,
    setLanguage(next) {
      current.value = next
      i18n.global.locale.value = next
      if (typeof document !== 'undefined') document.documentElement.lang = next
    },
  }
}

/** Words and formats, in a component's or a store's setup. */
export function useText(): Text {
  const text = inject(textKey)
  if (!text) throw new Error('no text was provided')
  return text
}
