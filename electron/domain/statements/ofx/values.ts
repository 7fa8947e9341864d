// What stands between the tags of OFX: texts with their escapes, days in every shape, sums.

import { exponentOf, type Currency } from '../../../contract/money.ts'
import type { GivenFacts } from '../../../contract/statement-file.ts'
import type { IssueCode } from '../../../contract/statement.ts'
import type { AmountReading } from '../amount-text.ts'
import { readAmount } from '../amount-text.ts'
import { dayOf } from '../bank-days.ts'

// ---- texts

const named: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
])

/** The longest escape, its `&` and `;` left out: `amp;` three times before a number. */
const longestEscape = 20

/**
 * A text with its escapes undone. Some banks escape what is escaped already (`&amp;lt;`), so up to three `amp;`
 * may stand before the name; a `&` that begins no escape is itself.
 */
export function unescaped(raw: string): string {
  let at = raw.indexOf('&')
  if (at < 0) return raw
  let text = ''
  let from = 0
  while (at >= 0) {
    const found = escapeAt(raw, at)
    if (found !== undefined) {
      text += raw.slice(from, at) + found.letter
      from = found.to
    }
    at = raw.indexOf('&', Math.max(from, at + 1))
  }
  return text + raw.slice(from)
}

function escapeAt(raw: string, at: number): { letter: string; to: number } | undefined {
  let from = at + 1
  for (;;) {
    const end = raw.slice(from, at + 2 + longestEscape).indexOf(';')
    if (end < 1) return undefined
    const name = raw.slice(from, from + end)
    const to = from + end + 1
    const letter = named.get(name) ?? named.get(name.toLowerCase()) ?? numbered(name)
    if (letter === undefined) return from === at + 1 ? undefined : { letter: '&', to: from }
    if (letter !== '&') return { letter, to }
    from = to
    const next = raw.slice(from, at + 2 + longestEscape).indexOf(';')
    if (next < 1) return { letter, to }
  }
}

/** `#38`, `#x26`; a control sign is a blank, half a letter is none. */
function numbered(name: string): string | undefined {
  const parts = /^#(?:(\d{1,7})|x([0-9a-f]{1,6}))$/i.exec(name)
  if (!parts) return undefined
  const code = parts[1] === undefined ? Number.parseInt(parts[2] ?? '', 16) : Number(parts[1])
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined
  return code < 32 ? ' ' : String.fromCodePoint(code)
}

/** One line of text as a person reads it: control signs are blanks, blanks stand singly. */
export function tidy(text: string): string {
  const trimmed = text.trim()
  return untidy.test(trimmed) ? trimmed.replaceAll(blanks, ' ').trim() : trimmed
}

const untidy = /[\x00-\x1f\x7f\u00a0]| {2}/
const blanks = /[\s\x00-\x1f\x7f]+/g

/** The text joined without blanks where it was broken into lines, null when it was not. */
export function glued(text: string): string | null {
  const trimmed = text.trim()
  if (!/[\r\n]/.test(trimmed)) return null
  return tidy(
    trimmed
      .split(/[\r\n]+/)
      .map((part) => part.trim())
      .join(''),
  )
}

// ---- days

export type DayReading = { day: string; guessed: boolean } | { wrong: Extract<IssueCode, `date.${string}`> }

/**
 * The calendar day as it is written: `20260605`, whatever time, fraction and `[-3:BRT]` follow it (OFX 2.2,
 * section 3.2.8.2). Shifting it by its zone would book the entry on another day than the bank did. Days in
 * shapes of a bank's own (`2026-06-05`, `30/06/2026`) are read too; `guessed` when nothing tells day from month.
 */
export function readDay(text: string, order: GivenFacts['dateOrder']): DayReading {
  const standard =
    /^(\d{4})(\d{2})(\d{2})(?!\d(?!\d))/.exec(text) ?? /^(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/.exec(text)
  if (standard) return calendar(standard[1], standard[2], standard[3])
  if (text === '') return { wrong: 'date.missing' }
  const parts = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)/.exec(text)
  if (!parts) return { wrong: 'date.unreadable' }
  const [, first, , second, year] = parts
  if (order !== undefined)
    return order === 'mdy' ? calendar(year, first, second) : calendar(year, second, first)
  const monthFirst = calendar(year, first, second)
  const dayFirst = calendar(year, second, first)
  if ('wrong' in monthFirst) return dayFirst
  return { ...monthFirst, guessed: !('wrong' in dayFirst) && dayFirst.day !== monthFirst.day }
}

function calendar(year = '', month = '', day = ''): DayReading {
  const found = dayOf(Number(year), Number(month), Number(day))
  return found === undefined ? { wrong: 'date.impossible' } : { day: found, guessed: false }
}

// ---- sums

/** Longer text is no sum, and the shapes below would only be searched for in it. */
const longestSum = 60

/** Signs of money that banks write beside a figure, with the currencies they mean; '$' is half the world's. */
const signs: readonly [RegExp, RegExp][] = [
  [/^([+-]?)\s*R\$\s*([+-]?)|\s*R\$$/, /^BRL$/],
  [/^([+-]?)\s*\$\s*([+-]?)|\s*\$$/, /D$|^(MXN|CLP|COP|ARS|UYU|BRL|CUP|DOP)$/],
  [/^([+-]?)\s*€\s*([+-]?)|\s*€$/, /^EUR$/],
  [/^([+-]?)\s*£\s*([+-]?)|\s*£$/, /P$/],
  [/^([+-]?)\s*¥\s*([+-]?)|\s*¥$/, /^(JPY|CNY)$/],
  [/^([+-]?)\s*₽\s*([+-]?)|\s*₽$/, /^RUB$/],
]

/**
 * A signed sum. The standard knows one decimal mark, dot or comma, and no grouping (OFX 2.2, section 3.2.9.1),
 * so `-30.000` is thirty. `doubtful` then, because banks that group by themselves write thirty thousand like
 * that; where a currency has no smaller unit the zeros can hardly be decimals, and the sum is not read.
 */
export function readSum(text: string, currency: Currency): AmountReading & { doubtful?: boolean } {
  // Nearly all sums look like this, and the careful reading below costs five times as much.
  if (/^[+-]\d+\.\d\d$/.test(text)) {
    const reading = readAmount(text.slice(1), currency)
    return 'minor' in reading && text.startsWith('-')
      ? { minor: reading.minor === 0 ? 0 : -reading.minor }
      : reading
  }
  const plain = text.length <= longestSum && /[^\d.,+-]/.test(text) ? withoutSign(text, currency) : text
  const figure = plain.trim()
  // Elsewhere `175-00` is a sum with kopecks; here nothing but a range or a date looks like that.
  if (/\d\s*-/.test(figure)) return { wrong: 'amount.unreadable' }
  const reading = readAmount(figure, currency)
  if ('wrong' in reading || !/^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(figure)) return reading
  const digits = exponentOf(currency)
  if (digits === 3) return reading
  return digits === 0 ? { wrong: 'amount.precision' } : { ...reading, doubtful: true }
}

function withoutSign(text: string, currency: Currency): string {
  for (const [shape, currencies] of signs) {
    if (!shape.test(text)) continue
    if (currency !== 'XXX' && !currencies.test(currency)) return text
    return text.replace(shape, (_, before: string | undefined, after: string | undefined) => {
      // A sign on both sides is nothing a sum has; it stays and makes the text unreadable.
      return `${before ?? ''}${after ?? ''}`
    })
  }
  const code = /^([A-Z]{3})\s*([+-]?[\d.,\s]+)$|^([+-]?[\d.,\s]+?)\s*([A-Z]{3})$/.exec(text)
  if (!code) return text
  return (code[1] ?? code[4]) === currency ? (code[2] ?? code[3] ?? '') : text
}
