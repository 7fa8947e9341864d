// The words of the daily work in both languages: plural forms, placeholders, and no key that nobody says.

import { describe, expect, it } from 'vitest'
import { en } from '../../renderer/src/text/en/index.ts'
import { createText } from '../../renderer/src/text/language.ts'
import type { TextKey } from '../../renderer/src/text/language.ts'
import { ru } from '../../renderer/src/text/ru/index.ts'

interface Words {
  readonly [key: string]: string | Words
}
const areas = ['payments', 'reconcile', 'operations', 'reports'] as const

function leaves(words: Words, path: string): [string, string][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}.${key}`, value] as [string, string]]
      : leaves(value, `${path}.${key}`),
  )
}
const english = new Map(areas.flatMap((area) => leaves(en[area], area)))
const russian = new Map(areas.flatMap((area) => leaves(ru[area], area)))
const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))].sort((a, b) =>
    a < b ? -1 : 1,
  )

describe('each word', () => {
  it('is there in both languages', () => {
    expect([...russian.keys()].sort()).toEqual([...english.keys()].sort())
  })

  it.each([...english])('%s has the same placeholders and fitting plural forms', (key, words) => {
    const other = russian.get(key) ?? ''
    expect(placeholders(other)).toEqual(placeholders(words))
    const forms = words.split(' | ').length
    expect([1, 2]).toContain(forms)
    expect(other.split(' | ')).toHaveLength(forms === 2 ? 3 : 1)
  })

  it.each(['en', 'ru'] as const)('is said whole in %s: no brace, no bar, no key is left over', (language) => {
    const text = createText(language)
    for (const [key, words] of language === 'en' ? english : russian) {
      const params = Object.fromEntries(placeholders(words).map((name) => [name, 'value']))
      for (const count of [1, 3, 25]) {
        const said = words.includes(' | ')
          ? text.t(key as TextKey, params, count)
          : text.t(key as TextKey, params)
        expect(said, key).not.toMatch(/[{}|]/)
        expect(said, key).not.toBe(key)
      }
    }
  })

  it('in Russian holds no English sentence', () => {
    for (const [key, words] of russian) {
      const latin = words.replace(/\{\w+\}/g, '').replace(/\b(?:XLSX|CSV|ID|Enter|Bitrix24|J|K)\b/g, '')
      expect(latin, key).not.toMatch(/[A-Za-z]{3,}/)
    }
  })
})
