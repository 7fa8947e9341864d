// Sums as people's tables write them: with grouping, glued currencies, and five ways of saying "minus".

import type { Currency } from '../../../contract/money.ts'
import { currencyOf, parseDecimal } from '../../../contract/money.ts'
import { plainCell } from './cells.ts'
import { currencyOfCell } from './currencies.ts'

export type CellAmount =
  | { ok: true; minor: number; currency: string }
  | { ok: false; code: 'amount.unreadable' | 'amount.precision' | 'amount.missing' }

export type DecimalMark = ',' | '.'

/** The digits and marks of a sum, its sign and the currency glued to it. */
interface AmountText {
  digits: string
  negative: boolean
  currency: string
  /** Kopecks behind a dash: the digits then have a point of ours, whatever the column's mark is. */
  printed?: boolean
}

/** Russian print: `1 250-00`, and `1 250=` for no kopecks. */
const kopecks = /^(-?)(\d{1,3}(?:[ \u00a0\u202f]?\d{3})*|\d+)(?:-(\d\d)|=)$/

function kopeckDigits([, , whole = '', fraction = '00']: readonly string[]): string {
  return `${whole.replace(blanks, '')}.${fraction}`
}

const blanks = /[\s\u00a0\u202f\u2007\u2009'’`]/g
const minuses = /[\u2212\u2013\u2012\ufe63\uff0d]/g

/** No sum is longer; the pattern below would take its time over thousands of blanks. */
const longestSum = 60
/** `100,00 CR`, `100,00 S`: debit and credit glued to the sum, in English, German (Soll, Haben) and Russian. */
const creditMarks = /^(cr|c|h|кт)\.?$/i
const debitMarks = /^(dr|d|s|дт)\.?$/i

function takeApart(cell: string): AmountText | null {
  const bare = /^(-?)(\d[\d.,]*)$/.exec(cell)
  if (bare) return { digits: bare[2] ?? '', negative: bare[1] === '-', currency: '' }
  let text = plainCell(cell).replace(minuses, '-')
  if (text.length > longestSum) return null
  const printed = kopecks.exec(text)
  if (printed)
    return { digits: kopeckDigits(printed), negative: printed[1] === '-', currency: '', printed: true }
  const brackets = /^\((.*)\)$/.exec(text)
  if (brackets) text = brackets[1] ?? ''
  const parts = sumParts.exec(text)
  if (!parts) return null
  const [, signA = '', before = '', signB = '', digits = '', signC = '', after = '', signD = ''] = parts
  const signs = [signA, signB, signC, signD].filter((sign) => sign !== '')
  if (brackets) signs.push('-')
  const words = [before, after].map((word) => word.replace(blanks, '')).filter((word) => word !== '')
  if (debitMarks.test(after.trim())) signs.push('-')
  else if (creditMarks.test(after.trim())) signs.push('+')
  const names = words.filter((word) => !debitMarks.test(word) && !creditMarks.test(word))
  const currency = names.length === 1 ? currencyOfCell(names[0] ?? '') : ''
  // Two signs may agree or not: nobody knows what the bank meant.
  if (signs.length > 1 || names.length > 1 || (names.length === 1 && currency === '')) return null
  return { digits: digits.replace(blanks, ''), negative: signs[0] === '-', currency }
}

/** A sign, a currency, a sign, the digits, and the same again behind them. */
const sumParts =
  /^\s*([+-]?)\s*([^\d+.,()-]*)\s*([+-]?)([\d.,\s\u00a0\u202f\u2007\u2009'’`]+?)\s*([+-]?)\s*([^\d+,()-]*)\s*([+-]?)\s*$/

/**
 * Reads a cell's sum in minor units of its own glued currency, else of `fallback` ('' counts with two
 * digits). `mark` is the column's decimal mark; the other mark may only group digits by three (by two and
 * three as in India), so a sum written the other way round is unreadable instead of a hundred times wrong.
 */
export function readCellAmount(cell: string, mark: DecimalMark, fallback: string): CellAmount {
  if (plainCell(cell) === '') return { ok: false, code: 'amount.missing' }
  const parts = takeApart(cell)
  const decimal = parts && (parts.printed ? parts.digits : toDecimal(parts.digits, mark))
  if (!parts || decimal === null) return { ok: false, code: 'amount.unreadable' }
  const currency = currencyOf(parts.currency || fallback) ?? ('XXX' as Currency)
  const minor = parseDecimal(decimal, currency)
  if (minor === undefined) {
    return { ok: false, code: /^\d{1,13}\.\d+$/.test(decimal) ? 'amount.precision' : 'amount.unreadable' }
  }
  return { ok: true, minor: parts.negative && minor !== 0 ? -minor : minor, currency: parts.currency }
}

/** By three; only commas also stand the Indian way (12,34,567). */
const grouped = /^\d{1,3}(?:\.\d{3})+$|^\d{1,3}(?:,\d{2,3})*,\d{3}$/

function toDecimal(digits: string, mark: DecimalMark): string | null {
  const cut = digits.lastIndexOf(mark)
  const whole = cut < 0 ? digits : digits.slice(0, cut)
  const fraction = cut < 0 ? '' : digits.slice(cut + 1)
  const group = mark === ',' ? '.' : ','
  if (fraction.includes(group) || whole.includes(mark)) return null
  if (whole.includes(group) && !grouped.test(whole)) return null
  const text = `${whole.replaceAll(group, '')}.${fraction}`
  return /^\d*\.\d*$/.test(text) && text !== '.' ? text : null
}

export interface MarkFound {
  mark: DecimalMark
  /** False when every cell could be read both ways (`29.000`): `mark` then is only the one that occurs. */
  settled: boolean
  /** False when cells contradict each other, or none settles it. */
  certain: boolean
}

/**
 * The decimal mark of a column, from all its cells: the last of two different marks, a mark that stands once
 * with other than three digits after it, or the one that does not repeat. Null when no cell has a mark.
 */
export function findDecimalMark(cells: readonly string[]): MarkFound | null {
  const votes = { ',': 0, '.': 0 }
  let open: DecimalMark | null = null
  for (const cell of cells) {
    const parts = takeApart(cell)
    if (parts?.printed) continue
    const digits = parts?.digits ?? ''
    const vote = markOf(digits)
    if (vote === 'open') open ??= digits.includes('.') ? '.' : ','
    else if (vote) votes[vote]++
  }
  if (votes[','] + votes['.'] > 0) {
    const mark = votes[','] > votes['.'] ? ',' : '.'
    return { mark, settled: true, certain: votes[mark === ',' ? '.' : ','] === 0 }
  }
  return open ? { mark: open, settled: false, certain: false } : null
}

function markOf(digits: string): DecimalMark | 'open' | null {
  const comma = digits.lastIndexOf(',')
  const dot = digits.lastIndexOf('.')
  if (comma < 0 && dot < 0) return null
  if (comma >= 0 && dot >= 0) return comma > dot ? ',' : '.'
  const mark = comma >= 0 ? ',' : '.'
  const other = mark === ',' ? '.' : ','
  if (digits.indexOf(mark) !== digits.lastIndexOf(mark)) return grouped.test(digits) ? other : null
  const at = digits.indexOf(mark)
  const after = digits.length - at - 1
  if (after !== 3 || at === 0 || at > 3 || digits.startsWith('0')) return mark
  return 'open'
}
