import { describe, expect, it } from 'vitest'
import { en } from '../../../renderer/src/text/en/index.ts'
import { createText, russianForm } from '../../../renderer/src/text/language.ts'
import type { TextKey } from '../../../renderer/src/text/language.ts'
import { ru } from '../../../renderer/src/text/ru/index.ts'

interface Words {
  readonly [key: string]: string | Words
}

function flat(words: Words, before = ''): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[before + key, value] as [string, string]]
        : [...flat(value, `${before}${key}.`)],
    ),
  )
}

const english = flat(en)
const russian = flat(ru)
const namesIn = (message: string) =>
  [...new Set([...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))].sort((a, b) =>
    a < b ? -1 : 1,
  )

describe('both languages', () => {
  it('hold the same keys', () => expect([...russian.keys()]).toEqual([...english.keys()]))

  it('leave no word empty', () => {
    expect([...english, ...russian].filter(([, words]) => words.trim() === '')).toEqual([])
  })

  it('ask for the same values in every message', () => {
    const different = [...english].filter(
      ([key, words]) => namesIn(words).join() !== namesIn(russian.get(key) ?? '').join(),
    )
    expect(different.map(([key]) => key)).toEqual([])
  })

  it('give two forms in English and three in Russian wherever they count', () => {
    const forms = (message: string) => message.split(' | ').length
    expect(
      [...english].filter(([, words]) => words.includes(' | ') && forms(words) !== 2).map(([key]) => key),
    ).toEqual([])
    expect(
      [...english]
        .filter(([key, words]) => forms(words) === 2 && forms(russian.get(key) ?? '') !== 3)
        .map(([key]) => key),
    ).toEqual([])
  })

  it('write no Cyrillic in English, but for the name of the other language', () => {
    expect([...english].filter(([, words]) => /[а-яё]/i.test(words)).map(([key]) => key)).toEqual([
      'frame.language.ru',
    ])
  })

  it('can be read by the message interpreter with every value put in', () => {
    for (const language of ['en', 'ru'] as const) {
      const text = createText(language)
      for (const [key, words] of language === 'en' ? english : russian) {
        const values = Object.fromEntries(namesIn(words).map((name) => [name ?? '', `<${name}>`]))
        const said = text.t(key as TextKey, values, words.includes(' | ') ? 1 : undefined)
        expect(said, key).not.toBe(key)
        for (const name of namesIn(words)) {
          if (words.split(' | ')[0]?.includes(`{${name}}`)) expect(said, key).toContain(`<${name}>`)
        }
      }
    }
  })
})

describe('counting', () => {
  it.each([
    [1, 0],
    [2, 1],
    [4, 1],
    [5, 2],
    [11, 2],
    [12, 2],
    [21, 0],
    [22, 1],
    [111, 2],
    [0, 2],
    [1001, 0],
  ])('takes for %i the Russian form %i', (n, form) => expect(russianForm(n, 3)).toBe(form))

  it('says the form and the number', () => {
    const { t } = createText('ru', ['ru-RU'])
    expect(t('statements.linesNew', {}, 1)).toBe('1 строка')
    expect(t('statements.linesNew', {}, 22)).toBe('22 строки')
    expect(t('statements.linesNew', {}, 214)).toBe('214 строк')
    expect(t('statements.linesNew', {}, 1214).replace(/\u00A0/g, ' ')).toBe('1 214 строк')
  })

  it('follows a change of the language at once', () => {
    const text = createText('ru')
    text.setLanguage('en')
    expect(text.t('payments.title')).toBe('Payments')
    expect(text.format.value.sum(100, 'EUR')).toBe('1.00\u00A0EUR')
    expect(document.documentElement.lang).toBe('en')
  })
})
