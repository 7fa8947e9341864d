// Sums of QIF files: `-1,000.00` from one computer is `-1.000,00` from another. The file's sums tell together
// which mark parts the cents; a sum that then does not fit is an issue, not another number.

import { exponentOf, parseDecimal, type Currency } from '../../../contract/money.ts'
import type { AmountReading } from '../amount-text.ts'

export type DecimalMark = '.' | ','

const longestAmount = 60

/** The sum without blanks, apostrophes, a currency sign, and with its minus in front; undefined for what is no number. */
function tightAmount(written: string): string | undefined {
  if (written.length > longestAmount) return undefined
  const tight = written.replaceAll(/[\s\u00a0\u202f'’]/g, '').replace(/^\u2212/, '-')
  if (tight === '') return ''
  const match = /^([+-]?)[$£€₽¥]?([+-]?)([\d.,]*\d[\d.,]*)(-?)$/.exec(tight)
  if (!match) return undefined
  const [, before, within, digits, behind] = match
  const signs = `${before}${within}${behind}`
  if (signs.length > 1) return undefined
  return (signs === '-' ? '-' : '') + digits
}

/** Which mark the text proves to part the cents; undefined when it could be either, or has none. */
export function markOf(written: string): DecimalMark | undefined {
  const tight = tightAmount(written)
  if (tight === undefined) return undefined
  const dot = tight.lastIndexOf('.')
  const comma = tight.lastIndexOf(',')
  if (dot < 0 && comma < 0) return undefined
  if (dot >= 0 && comma >= 0) return dot > comma ? '.' : ','
  const mark = dot >= 0 ? '.' : ','
  if (tight.indexOf(mark) !== tight.lastIndexOf(mark)) return mark === '.' ? ',' : '.'
  return tight.length - 1 - Math.max(dot, comma) === 3 ? undefined : mark
}

/** Whether the sum reads the same whichever mark the file uses. */
export function isPlain(written: string): boolean {
  return !/[.,]/.test(written)
}

/** Reads a sum of a file whose decimal mark is known, in minor units. Nothing is rounded. */
export function readQifAmount(written: string, mark: DecimalMark, currency: Currency): AmountReading {
  const tight = tightAmount(written)
  if (tight === '') return { wrong: 'amount.missing' }
  if (tight === undefined) return { wrong: 'amount.unreadable' }
  const at = tight.indexOf(mark)
  const whole = at < 0 ? tight : tight.slice(0, at)
  const fraction = at < 0 ? '' : tight.slice(at + 1)
  if (/[.,]/.test(fraction) || !isGrouped(whole)) return { wrong: 'amount.unreadable' }
  const plain = `${whole.replaceAll(/[.,]/g, '')}.${fraction}`
  const minor = parseDecimal(plain, currency)
  if (minor !== undefined) return { minor }
  return { wrong: fraction.length > exponentOf(currency) ? 'amount.precision' : 'amount.unreadable' }
}

/** `1,000,000`, and `10,00,000` as India writes it: the last group has three digits. */
function isGrouped(whole: string): boolean {
  return /^-?\d*$/.test(whole) || /^-?\d{1,3}(?:[.,]\d{2,3})*[.,]\d{3}$/.test(whole)
}
