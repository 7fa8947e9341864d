// The window's own dictionaries, so that a spec names a button as the person reads it.

import { createText } from '../../../renderer/src/text/language.ts'
import type { Params, TextKey } from '../../../renderer/src/text/language.ts'
import type { Format, Language } from '../../../renderer/src/text/format.ts'

export interface Words {
  readonly language: Language
  readonly format: Format
  /** The words of `key`; `count` chooses the form and is `{n}`. */
  (key: TextKey, params?: Params, count?: number): string
}

export function wordsOf(language: Language): Words {
  const text = createText(language, [localeOf(language)])
  const say = (key: TextKey, params?: Params, count?: number) => text.t(key, params, count)
  return Object.assign(say, { language, format: text.format.value })
}

/** What the browser is told to prefer. */
export function localeOf(language: Language): string {
  return language === 'ru' ? 'ru-RU' : 'en-GB'
}

/** A text as a person reads it: every kind of space is one space. */
export function plain(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}

/** The first whole number of a text, whatever parts its thousands. */
export function numberIn(text: string): number {
  const found = /\d[\d\s,.]*/u.exec(plain(text))
  if (!found) throw new Error(`no number in “${text}”`)
  return Number(found[0].replace(/\D/gu, ''))
}

/** Sums such as `1 234,50 RUB` or `1,234.50 RUB` as minor units by currency. */
export function sumsIn(text: string): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const [, digits = '', currency = ''] of plain(text).matchAll(/(\d[\d ,.]*[.,]\d{2}) ([A-Z]{3})\b/gu))
    sums[currency] = Number(digits.replace(/\D/gu, ''))
  return sums
}
