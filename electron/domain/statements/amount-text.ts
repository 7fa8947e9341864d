// Sums as banks write them in text formats: `12430.50`, `1 234,5`, `15,`, `175000-00`, `000000000149.87`.

import { exponentOf, parseDecimal, type Currency } from '../../contract/money.ts'

export type AmountReading =
  { minor: number } | { wrong: 'amount.unreadable' | 'amount.precision' | 'amount.missing' }

/** Longer text is no sum, and would only be searched for one. */
const longestAmount = 60

/**
 * Reads a sum in the currency's minor units. Blanks and apostrophes group; the last dot or comma is the decimal
 * mark unless it stands more than once or before exactly three digits beside the other mark. Digits beyond the
 * minor unit are accepted only as zeros: nothing is rounded.
 */
export function readAmount(text: string, currency: Currency): AmountReading {
  if (text.length > longestAmount) return { wrong: 'amount.unreadable' }
  // Nearly all banks write plain decimals.
  const direct = parseDecimal(text, currency)
  if (direct !== undefined) return { minor: direct }
  const plain = plainDecimal(text)
  if (plain === '') return { wrong: 'amount.missing' }
  if (plain === undefined) return { wrong: 'amount.unreadable' }
  const minor = parseDecimal(plain, currency)
  if (minor !== undefined) return { minor }
  const fraction = plain.split('.')[1] ?? ''
  return { wrong: fraction.length > exponentOf(currency) ? 'amount.precision' : 'amount.unreadable' }
}

/** The same number with a dot as its only mark; '' for nothing, undefined for what is no number. */
function plainDecimal(text: string): string | undefined {
  const tight = text.replaceAll(/[\s\u00a0\u202f'’]/g, '').replace(/^\u2212/, '-')
  if (tight === '') return ''
  const russian = /^(\d+)-(\d\d)$/.exec(tight)
  if (russian) return `${russian[1]}.${russian[2]}`
  if (!/^[+-]?[\d.,]*\d[\d.,]*$/.test(tight)) return undefined
  const mark = Math.max(tight.lastIndexOf('.'), tight.lastIndexOf(','))
  if (mark < 0) return tight
  const markChar = tight.charAt(mark)
  const whole = tight.slice(0, mark)
  const groups = whole.replace(/^[+-]/, '').split(/[.,]/)
  const grouped = groups.length > 1
  if (grouped && (whole.includes(markChar) || groups.slice(1).some((group) => group.length !== 3))) {
    // 1.234.567 has no decimal mark at all; any other repetition is nothing a bank would write.
    const all = tight.replace(/^[+-]/, '').split(markChar)
    if (/[.,]/.test(all.join('')) || all.slice(1).some((group) => group.length !== 3)) return undefined
    return tight.replaceAll(markChar, '')
  }
  return `${whole.replaceAll(/[.,]/g, '')}.${tight.slice(mark + 1)}`
}
