// Lines and payments made ready once, so that comparing a pair costs little.

import { currencyOf, parseDecimal } from '../../contract/money.ts'
import { decimalText, isSought } from './purpose-number.ts'
import { readPurpose } from './read-purpose.ts'
import type { PurposeReading } from './read-purpose.ts'
import type { PurposeNumber } from './purpose-number.ts'
import {
  accountKey,
  counterpartyTaxId,
  nameForm,
  numberKeysOf,
  orderNumberOf,
  taxIdKey,
} from './normalise.ts'
import type { NameForm } from './normalise.ts'
import type { MatchLine, MatchPayer, MatchPayment } from './types.ts'

export interface ReadyPayer {
  key: string
  names: readonly NameForm[]
  /** The names as the portal has them, in the order of `names`. */
  written: readonly string[]
  taxIds: readonly string[]
  accounts: readonly string[]
}

export interface ReadyPayment {
  /** Position in the ordered list of all payments. */
  at: number
  payment: MatchPayment
  orderNumber: string
  payer: ReadyPayer | null
  billDay: number | null
  paidDay: number | null
  /** Money may still be allotted to it. */
  open: boolean
}

export interface ReadyLine {
  line: MatchLine
  day: number
  taxId: string
  account: string
  name: NameForm
  sought: readonly PurposeNumber[]
  refund: boolean
  /** A fee that the purpose says was withheld; 0 where it names none. */
  feeMinor: number
}

/** Days since 1970-01-01 of `YYYY-MM-DD` or of a moment's UTC day; null for null and for what is no date. */
export function dayNumber(text: string | null): number | null {
  if (text === null || text.length < 10) return null
  const millis = Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1, Number(text.slice(8, 10)))
  return Number.isNaN(millis) ? null : Math.round(millis / 86_400_000)
}

/** `forms` keeps the forms of names over many lines: counterparties recur. */
export function readyLine(line: MatchLine, forms = new Map<string, NameForm>()): ReadyLine {
  const reading = readPurpose(line.purpose, line.purposeGlued)
  return {
    line,
    day: dayNumber(line.bankDay) ?? 0,
    taxId: counterpartyTaxId(line.counterparty.taxId, line.counterparty.name),
    account: accountKey(line.counterparty.account),
    name: formOf(line.counterparty.name, forms),
    sought: reading.numbers.filter(isSought),
    refund: reading.refund,
    feeMinor: feeOf(reading, line.currency),
  }
}

function formOf(name: string, forms: Map<string, NameForm>): NameForm {
  const known = forms.get(name)
  if (known) return known
  const form = nameForm(name)
  forms.set(name, form)
  return form
}

function feeOf({ numbers }: PurposeReading, currencyCode: string): number {
  const currency = currencyOf(currencyCode)
  const fee = numbers.find(({ kind }) => kind === 'fee')
  if (!currency || !fee) return 0
  return parseDecimal(decimalText(fee.text), currency) ?? 0
}

/** Payments ordered by portal and id, whatever order they came in; a payment given twice counts once. */
export function readyPayments(payments: readonly MatchPayment[]): ReadyPayment[] {
  const payers = new Map<string, ReadyPayer>()
  const ordered = payments.toSorted((a, b) => compareText(a.portalId, b.portalId) || a.id - b.id)
  const ready: ReadyPayment[] = []
  for (const payment of ordered) {
    const last = ready.at(-1)?.payment
    if (last && last.id === payment.id && last.portalId === payment.portalId) continue
    ready.push({
      at: ready.length,
      payment,
      orderNumber: orderNumberOf(payment),
      payer: payment.payer && readyPayer(payment.payer, payers),
      billDay: dayNumber(payment.billDay),
      paidDay: payment.paid ? dayNumber(payment.paidAt) : null,
      open: payment.leftMinor > 0 && payment.sumMinor > 0 && !payment.gone,
    })
  }
  return ready
}

function readyPayer(payer: MatchPayer, known: Map<string, ReadyPayer>): ReadyPayer {
  const identity = [payer.key, ...payer.names, '', ...payer.taxIds, '', ...payer.accounts].join('\u0000')
  const before = known.get(identity)
  if (before) return before
  const named = payer.names
    .map((written) => ({ written, form: nameForm(written) }))
    .filter(({ form }) => form.key !== '')
  const ready: ReadyPayer = {
    key: payer.key,
    names: named.map(({ form }) => form),
    written: named.map(({ written }) => written),
    taxIds: payer.taxIds.map(taxIdKey).filter((taxId) => taxId !== ''),
    accounts: payer.accounts.map(accountKey).filter((account) => account !== ''),
  }
  known.set(identity, ready)
  return ready
}

/** Keys under which a payment's numbers are sought, by what they are the number of. */
export function numbersOf(ready: ReadyPayment): { of: 'payment' | 'order' | 'invoice'; keys: string[] }[] {
  return [
    { of: 'payment', keys: numberKeysOf(ready.payment.accountNumber) },
    { of: 'order', keys: numberKeysOf(ready.orderNumber) },
    { of: 'invoice', keys: numberKeysOf(ready.payment.ownerNumber) },
  ]
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
