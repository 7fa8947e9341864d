// What a person types to find payments for a line: numbers, sums, words of the payer's name, all at once.

import { currencyOf, parseDecimal } from '../../contract/money.ts'
import { numberKey } from './fold.ts'
import { nameForm, numberKeysOf, orderNumberOf, taxIdKey } from './normalise.ts'
import { writeOutDashed } from './number-range.ts'
import { decimalText } from './purpose-number.ts'
import { isNumberToken, scanPurpose } from './scan-purpose.ts'
import type { NumberToken } from './scan-purpose.ts'
import type { MatchPayment } from './types.ts'

export interface Search {
  /** Compared with the numbers of payments by `numberKey`, and digits of nine and more with tax numbers. */
  numbers: { text: string; key: string }[]
  /** Decimal texts with a dot. A whole number stands here and among `numbers`: it may be either. */
  sums: string[]
  /** Words of a payer's name, in lower case as typed. */
  words: string[]
}

/** Reads a search: «3653/1, 3654 ромашка», «12 430,00», «3650-3655», `INV-15 | 200.50`. */
export function parseSearch(text: string): Search {
  const numbers: Search['numbers'] = []
  const sums: string[] = []
  const words: string[] = []
  for (const token of scanPurpose(text)) {
    if (token.kind === 'money') sums.push(decimalText(token.text))
    else if (isNumberToken(token)) {
      for (const one of writtenOut(token)) numbers.push({ text: one, key: numberKey(one) })
      if (token.kind === 'digits' && token.text.length <= 10) sums.push(token.text)
    } else if (token.kind === 'date' || token.kind === 'phone')
      numbers.push({ text: token.text, key: numberKey(token.text) })
    else if (token.kind === 'word' && isWordOfName(token.says)) words.push(token.text)
  }
  return { numbers, sums, words }
}

/** Words such as «счет», «№», «от», «руб» only say what a number is. */
function isWordOfName(says: string | null): boolean {
  return says === null || says === 'month' || says === 'address' || says === 'unit'
}

function writtenOut(token: NumberToken): string[] {
  return (token.kind === 'dashed' ? writeOutDashed(token.text) : null) ?? [token.text]
}

/**
 * Payments that a search means, those that agree with most of it first, then unpaid before paid, then the newest.
 * With numbers or sums given, one of them must agree; of the words all must be in the payer's name.
 */
export function findPayments(text: string, payments: readonly MatchPayment[], limit = 50): MatchPayment[] {
  const search = parseSearch(text)
  if (search.numbers.length + search.sums.length + search.words.length === 0) return []
  const words = search.words
    .map((word) => ({ typed: word, form: nameForm(word).key }))
    .filter(({ form }) => form !== '')
  const keys = new Set(search.numbers.map(({ key }) => key).filter((key) => key !== ''))
  const taxIds = new Set(
    search.numbers.map(({ text: number }) => taxIdKey(number)).filter((taxId) => taxId.length >= 9),
  )
  const hits: { payment: MatchPayment; agreeing: number }[] = []
  for (const payment of payments) {
    if (payment.gone || !words.every(({ form }) => hasWord(payment, form))) continue
    const byNumber = countNumbers(payment, keys, taxIds)
    const bySum = hasSum(payment, search.sums) ? 1 : 0
    if (byNumber + bySum === 0 && keys.size + search.sums.length > 0) continue
    hits.push({ payment, agreeing: 2 * byNumber + bySum })
  }
  hits.sort((a, b) => b.agreeing - a.agreeing || compareNewest(a.payment, b.payment))
  return hits.slice(0, limit).map(({ payment }) => payment)
}

function hasWord(payment: MatchPayment, form: string): boolean {
  return (payment.payer?.names ?? []).some((name) =>
    nameForm(name).words.some((word) => word.startsWith(form)),
  )
}

function countNumbers(payment: MatchPayment, keys: ReadonlySet<string>, taxIds: ReadonlySet<string>): number {
  const own = [
    ...numberKeysOf(payment.accountNumber),
    ...numberKeysOf(orderNumberOf(payment)),
    ...numberKeysOf(payment.ownerNumber),
  ]
  const byTaxId = payment.payer?.taxIds.some((taxId) => taxIds.has(taxIdKey(taxId))) ?? false
  return own.some((key) => keys.has(key)) || byTaxId ? 1 : 0
}

function hasSum(payment: MatchPayment, sums: readonly string[]): boolean {
  const currency = currencyOf(payment.currency)
  if (!currency) return false
  return sums.some((sum) => {
    const minor = parseDecimal(sum, currency)
    return minor !== undefined && (minor === payment.sumMinor || minor === payment.leftMinor)
  })
}

function compareNewest(a: MatchPayment, b: MatchPayment): number {
  if (a.paid !== b.paid) return a.paid ? 1 : -1
  const [dayA, dayB] = [a.billDay ?? '', b.billDay ?? '']
  if (dayA !== dayB) return dayA < dayB ? 1 : -1
  return b.id - a.id || (a.portalId < b.portalId ? -1 : a.portalId > b.portalId ? 1 : 0)
}
