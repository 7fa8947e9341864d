// Money as an integer number of minor units with its currency, so that no sum ever passes through a
// fraction. Exponents: ISO 4217 (list one, "minor unit"); a currency that is not listed has two.

declare const currencyBrand: unique symbol
/** An ISO 4217 alphabetic code, upper case. */
export type Currency = string & { readonly [currencyBrand]: 'currency' }

/** A sum: `minor` is a safe integer in the currency's smallest unit (kopecks, cents). */
export interface Money {
  readonly minor: number
  readonly currency: Currency
}

const exponents: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
}

/** Takes a three-letter code in any case; answers undefined for anything else. */
export function currencyOf(code: string): Currency | undefined {
  const upper = code.trim().toUpperCase()
  if (!/^[A-Z]{3}$/.test(upper)) return undefined
  return (upper === 'RUR' ? 'RUB' : upper) as Currency
}

/** How many decimal digits the currency's minor unit has (ISO 4217); two where the code is unknown. */
export function exponentOf(currency: Currency): number {
  return exponents[currency] ?? 2
}

/** Orders entries by their currency code. */
export const byCode = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0

export class CurrencyMismatch extends Error {}

/** Adds sums of one currency. Throws CurrencyMismatch for two currencies, RangeError beyond safe integers. */
export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new CurrencyMismatch(`${a.currency} and ${b.currency}`)
  return { minor: safe(a.minor + b.minor), currency: a.currency }
}

/** One sum per currency, ordered by code; currencies without any entry do not appear. */
export function sumByCurrency(parts: Iterable<Money>): Money[] {
  const sums = new Map<Currency, number>()
  for (const part of parts) sums.set(part.currency, safe((sums.get(part.currency) ?? 0) + part.minor))
  return [...sums].sort(byCode).map(([currency, minor]) => ({ minor, currency }))
}

/**
 * Reads plain decimal text (`-12430.5`, `100`, `15.`) with a dot (or the mark given) into minor units. Digits beyond
 * the currency's exponent are accepted only when they are zeros; otherwise, and for any other text, the
 * answer is undefined: a sum that cannot be read exactly is never rounded here.
 */
export function parseDecimal(text: string, currency: Currency, mark: '.' | ',' = '.'): number | undefined {
  const markCode = mark.charCodeAt(0)
  const exponent = exponentOf(currency)
  const first = text.charCodeAt(0)
  const signed = first === minus || first === plus
  let minor = 0
  let digits = 0
  /** Digits behind the mark that count, -1 before it. */
  let decimals = -1
  for (let at = signed ? 1 : 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === markCode && decimals < 0) decimals = 0
    else if (code < zero || code > nine) return undefined
    else {
      digits += 1
      // In this order: with the figure's code added first, the largest sums would be rounded on the way.
      if (decimals < exponent) minor = minor * 10 + (code - zero)
      else if (code !== zero) return undefined
      if (decimals >= 0 && decimals < exponent) decimals += 1
    }
  }
  if (digits === 0) return undefined
  for (let missing = exponent - Math.max(0, decimals); missing > 0; missing -= 1) minor *= 10
  // A sum that once left the safe integers grew ever since, so that it cannot look like a smaller one.
  if (!Number.isSafeInteger(minor)) return undefined
  return first === minus && minor !== 0 ? -minor : minor
}

const plus = 0x2b
const minus = 0x2d
const zero = 0x30
const nine = 0x39

/** The exact decimal text of a sum with a dot as its mark and all digits of the currency: `12430.00`. */
export function formatDecimal({ minor, currency }: Money): string {
  const exponent = exponentOf(currency)
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0')
  const sign = minor < 0 ? '-' : ''
  if (exponent === 0) return sign + digits
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

function safe(minor: number): number {
  if (!Number.isSafeInteger(minor)) throw new RangeError('a sum left the range of safe integers')
  return minor
}
