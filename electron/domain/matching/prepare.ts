// Lines and payments made ready once, so that comparing a pair costs little.

import { currencyOf, parseDecimal } from '../../contract/money.ts'
import type { Fragment } from '../../contract/match.ts'
import { dayNumber } from './days.ts'
import { foldText, numberKey } from './fold.ts'
import { shortKeysOf } from './masks.ts'
import type { NumberMask } from './masks.ts'
import { decimalText, isSought } from './purpose-number.ts'
import { readPurpose } from './read-purpose.ts'
import type { PurposeReading } from './read-purpose.ts'
import type { PurposeNumber } from './purpose-number.ts'
import {
  accountKey,
  counterpartyTaxId,
  isLegalWord,
  looseKeysOf,
  nameForm,
  numberKeysOf,
  orderNumberOf,
  taxIdKey,
  transliterate,
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
  /** The day by which it was to be paid. */
  dueDay: number | null
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
  /** The line by which the bank took this money back; found when all lines are known. */
  reversedBy: number | null
  /** Money between two own accounts. */
  ownTransfer: boolean
  /** A fee that the purpose says was withheld; 0 where it names none. */
  feeMinor: number
  /** Tax numbers that the purpose names. */
  spokenTaxIds: readonly { taxId: string; fragment: Fragment | null }[]
  /** The words of the purpose, and of what follows a bank's name, as names are compared; made when first asked. */
  spoken: () => readonly SpokenWord[]
}

/** Its place is the purpose's; negative where it stands in the counterparty's name. */
export interface SpokenWord extends Fragment {
  word: string
  /** A legal form stands beside it, or an opening quote before it. */
  isTitled: boolean
}

/** Forms of names and words over many lines: they recur. */
export interface Lexicon {
  names: Map<string, NameForm>
  words: Map<string, string>
}

export function emptyLexicon(): Lexicon {
  return { names: new Map(), words: new Map() }
}

export function readyLine(
  line: MatchLine,
  lexicon = emptyLexicon(),
  masks: readonly NumberMask[] = [],
): ReadyLine {
  const reading = readPurpose(line.purpose, line.purposeGlued, masks)
  const name = formOf(line.counterparty.name, lexicon.names)
  let words: readonly SpokenWord[] | null = null
  return {
    line,
    day: dayNumber(line.bankDay) ?? 0,
    taxId: counterpartyTaxId(line.counterparty.taxId, line.counterparty.name),
    account: accountKey(line.counterparty.account),
    name,
    sought: reading.numbers.filter(isSought),
    refund: reading.refund,
    reversedBy: null,
    ownTransfer: false,
    feeMinor: feeOf(reading, line.currency),
    spokenTaxIds: reading.numbers.flatMap(({ kind, text, fragment }) =>
      kind === 'code' && text.length >= 9 && text.length <= 12 ? [{ taxId: taxIdKey(text), fragment }] : [],
    ),
    spoken: () => (words ??= spokenWords(line, name.isBank, lexicon.words)),
  }
}

function spokenWords(line: MatchLine, isBank: boolean, known: Map<string, string>): SpokenWord[] {
  const { purpose, purposeGlued, counterparty } = line
  const elsewhere = (text: string): SpokenWord[] =>
    wordsOf(text, known).map((word) => ({ ...word, from: -1, to: -1 }))
  return [
    ...(isBank ? elsewhere(counterparty.name) : []),
    ...wordsOf(purpose, known),
    ...(purposeGlued === null ? [] : elsewhere(purposeGlued)),
  ]
}

function wordsOf(text: string, known: Map<string, string>): SpokenWord[] {
  const folded = foldText(text)
  const words: SpokenWord[] = []
  let afterForm = false
  for (const { 0: word, index } of folded.matchAll(/[\p{L}\d]*\p{L}[\p{L}\d]*/gu)) {
    if (isLegalWord(word)) {
      afterForm = true
      const last = words.at(-1)
      if (last && index - last.to <= 3) last.isTitled = true
      continue
    }
    let form = known.get(word)
    if (form === undefined) known.set(word, (form = transliterate(word)))
    words.push({
      word: form,
      from: index,
      to: index + word.length,
      isTitled: afterForm || folded[index - 1] === '"',
    })
    afterForm = false
  }
  return words
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
  const payers = new Map<string, KnownPayer[]>()
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
      dueDay: dayNumber(payment.payBeforeDay),
      paidDay: payment.paid ? dayNumber(payment.paidAt) : null,
      open: payment.leftMinor > 0 && payment.sumMinor > 0 && !payment.gone,
    })
  }
  return ready
}

/** One payer as portals gave it, and made ready. */
interface KnownPayer {
  given: MatchPayer
  ready: ReadyPayer
}

/** Equal payers become one: payments of a payer each carry a copy. */
function readyPayer(payer: MatchPayer, known: Map<string, KnownPayer[]>): ReadyPayer {
  const alike = known.get(payer.key)
  const same = alike?.find(({ given }) => isSamePayer(given, payer))
  if (same) return same.ready
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
  if (alike) alike.push({ given: payer, ready })
  else known.set(payer.key, [{ given: payer, ready }])
  return ready
}

function isSamePayer(a: MatchPayer, b: MatchPayer): boolean {
  if (a === b) return true
  return isSameList(a.names, b.names) && isSameList(a.taxIds, b.taxIds) && isSameList(a.accounts, b.accounts)
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((text, at) => text === b[at]))
}

/**
 * Calls back with every key under which a payment's numbers are sought, by what they are the number of. Loose
 * keys are what people leave of a number: without its letters, or the running number alone.
 */
export function eachNumberKey(
  ready: ReadyPayment,
  masks: readonly NumberMask[],
  visit: (key: string, of: 'payment' | 'order' | 'invoice', loose: boolean) => void,
): void {
  const { accountNumber, ownerNumber } = ready.payment
  for (const [of, text] of [
    ['payment', accountNumber],
    ['order', ready.orderNumber],
    ['invoice', ownerNumber],
  ] as const) {
    if (text === '') continue
    if (plainNumber.test(text)) {
      visit(numberKey(text), of, false)
      continue
    }
    const keys = numberKeysOf(text)
    for (const key of keys) visit(key, of, false)
    const short = masks.length > 0 ? shortKeysOf(masks, text) : []
    for (const key of new Set([...looseKeysOf(text), ...short]))
      if (key !== '' && !keys.includes(key)) visit(key, of, true)
  }
}

/** Nothing can be left out of it; the usual case. */
const plainNumber = /^\d+(?:\/\d+)?$/

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
