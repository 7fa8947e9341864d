/** Tax numbers, account numbers and IBANs with correct check digits, so that a client's checks accept them. */
import type { Random } from './random.ts'

function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0)
}

const tenWeights = [2, 4, 10, 3, 5, 9, 4, 6, 8]
const elevenWeights = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]
const twelveWeights = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]

function checkDigit(digits: string, weights: readonly number[]): string {
  return String((weighted(digits, weights) % 11) % 10)
}

/** Ten-digit tax number of a company; `region` is its first two digits. */
export function companyInn(random: Random, region: string): string {
  const body = `${region}${random.digits(7)}`
  return body + checkDigit(body, tenWeights)
}

/** Twelve-digit tax number of a person or sole trader. */
export function personInn(random: Random, region: string): string {
  const body = `${region}${random.digits(8)}`
  const eleventh = body + checkDigit(body, elevenWeights)
  return eleventh + checkDigit(eleventh, twelveWeights)
}

/** Whether the check digits of a ten- or twelve-digit tax number are right. */
export function isInn(text: string): boolean {
  if (/^\d{10}$/.test(text)) return checkDigit(text, tenWeights) === text[9]
  if (!/^\d{12}$/.test(text)) return false
  return checkDigit(text, elevenWeights) === text[10] && checkDigit(text, twelveWeights) === text[11]
}

/** Nine digits: tax office, reason 01, number 001. */
export function kppOf(region: string, random: Random): string {
  return `${region}${random.digits(2)}01001`
}

/** Thirteen digits for companies, fifteen for sole traders, with their check digit. */
export function ogrn(random: Random, region: string, soleTrader: boolean): string {
  const head = `${soleTrader ? '3' : '1'}${random.integer(10, 25)}${region}`
  const body = head + random.digits((soleTrader ? 14 : 12) - head.length)
  return body + String((BigInt(body) % (soleTrader ? 13n : 11n)) % 10n)
}

const keyWeights = [7, 1, 3]

function keySum(digits: string): number {
  return [...digits].reduce(
    (sum, digit, index) => sum + ((Number(digit) * (keyWeights[index % 3] ?? 1)) % 10),
    0,
  )
}

function withKey(prefix: string, account: string): string {
  for (let key = 0; key < 10; key += 1) {
    const candidate = account.slice(0, 8) + String(key) + account.slice(9)
    if (keySum(prefix + candidate) % 10 === 0) return candidate
  }
  return account
}

/** Twenty digits: balance account, currency 810/840/978/933, key fitting the bank's BIC, number. */
export function settlementAccount(random: Random, balance: string, currency: string, bic: string): string {
  return withKey(bic.slice(-3), `${balance}${currency}0${random.digits(11)}`)
}

/** Correspondent account of a bank at the central bank: ends with the last three digits of the BIC. */
export function correspondentAccount(bic: string): string {
  return withKey(`0${bic.slice(4, 6)}`, `30101810000000000${bic.slice(-3)}`)
}

/** Whether the key of a twenty-digit client account fits the BIC. */
export function accountFits(account: string, bic: string): boolean {
  return /^\d{20}$/.test(account) && keySum(bic.slice(-3) + account) % 10 === 0
}

function modulo97(text: string): number {
  const digits = [...text]
    .map((sign) => (/[A-Z]/.test(sign) ? String(sign.charCodeAt(0) - 55) : sign))
    .join('')
  return Number(BigInt(digits) % 97n)
}

/** IBAN with its two check digits (ISO 13616). */
export function ibanOf(country: string, body: string): string {
  return `${country}${String(98 - modulo97(`${body}${country}00`)).padStart(2, '0')}${body}`
}

export function isIban(text: string): boolean {
  return /^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/.test(text) && modulo97(text.slice(4) + text.slice(0, 4)) === 1
}
