// How strongly everything known speaks for one payment explaining one line: a sum of log-odds in the manner of
// Fellegi and Sunter ("A Theory for Record Linkage", 1969).

import type { Candidate, Found, Named } from './candidates.ts'
import { knownAlias } from './candidates.ts'
import type { NameForm } from './normalise.ts'
import { nameLikeness } from './normalise.ts'
import type { ReadyLine, ReadyPayer, ReadyPayment } from './prepare.ts'
import type { PurposeNumber } from './purpose-number.ts'
import { sameNumberText } from './fold.ts'
import { weights } from './weights.ts'

export type SumFit = 'exact' | 'partial' | 'over'

export interface PayerEvidence {
  logOdds: number
  verdict: 'agrees' | 'silent' | 'contradicts'
  /** True or false where both sides have one, else null. */
  taxId: boolean | null
  account: boolean | null
  likeness: number | null
  /** The portal's name that is most like the line's. */
  name: string
  /** Only an earlier decision ties this name or account to the payer. */
  alias: boolean
  /** The tax number or account is the payer's: more than a name. */
  proven: boolean
}

export interface DateEvidence {
  logOdds: number
  /** From the invoice's day to the bank day; null without an invoice day. */
  days: number | null
  /** The dates speak so much against that certainty is out of the question. */
  farOff: boolean
}

export interface NumberEvidence {
  logOdds: number
  best: Named | null
  /** Payment form, or a number announced by «счет» or «заказ». */
  firm: boolean
  /** A line break of the format may have cut it or glued it wrongly. */
  cut: boolean
  /** Announced numbers that this payment does not bear. */
  ofOthers: PurposeNumber[]
  unknown: PurposeNumber[]
}

export interface PairEvidence {
  logOdds: number
  sumFit: SumFit
  number: NumberEvidence
  payer: PayerEvidence
  date: DateEvidence
  /** The money of the line that this payment can take. */
  amountMinor: number
}

/** Compares an incoming line with one candidate. */
export function weighPair(line: ReadyLine, candidate: Candidate, found: Found): PairEvidence {
  const { ready } = candidate
  const amount = Math.abs(line.line.leftMinor)
  const room = ready.payment.leftMinor
  const sumFit: SumFit = amount === room ? 'exact' : amount < room ? 'partial' : 'over'
  const number = weighNumbers(line, candidate, found)
  const payer = weighPayer(line, ready, found)
  const date = weighDates(line, ready)
  const sum =
    sumFit === 'exact' ? weights.sumExact : sumFit === 'partial' ? weights.sumPartial : weights.sumOver
  const logOdds = weights.prior + sum + number.logOdds + payer.logOdds + date.logOdds + weighKind(ready)
  return { logOdds, sumFit, number, payer, date, amountMinor: Math.min(amount, room) }
}

function weighKind({ payment }: ReadyPayment): number {
  return (payment.paySystemIsCash ? weights.cash : 0) + (payment.isReturn ? weights.returned : 0)
}

function weighNumbers(line: ReadyLine, { ready, named }: Candidate, found: Found): NumberEvidence {
  const borne = new Set(named.map(({ number }) => number))
  const ofOthers: PurposeNumber[] = []
  const unknown: PurposeNumber[] = []
  for (const number of line.sought) {
    if (borne.has(number) || isOtherReading(number, named)) continue
    if (!isAnnounced(number)) {
      if (meansOther(number, line, found)) ofOthers.push(number)
    } else if (found.bearers.has(number)) ofOthers.push(number)
    else if (!number.ofRange) unknown.push(number)
  }
  let best: Named | null = null
  let bestWeight = -Infinity
  for (const one of named) {
    const weight = weighNumber(one, ready)
    if (weight > bestWeight) [best, bestWeight] = [one, weight]
  }
  const against =
    (ofOthers.length > 0 ? weights.numberOfOther : 0) + (unknown.length > 0 ? weights.numberUnknown : 0)
  return {
    logOdds: (best ? bestWeight : 0) + against,
    best,
    firm: best !== null && isFirm(best.number),
    cut: best?.number.unsure ?? false,
    ofOthers,
    unknown,
  }
}

/** «счет», «заказ», or the form 3653/1: the payer meant a payment by it. */
export function isAnnounced(number: PurposeNumber): boolean {
  return number.kind === 'payment' || number.strength === 'named'
}

/** A number without «счет» means another payment when the line's sum is that payment's as well. */
function meansOther(number: PurposeNumber, line: ReadyLine, found: Found): boolean {
  const { currency, leftMinor } = line.line
  const bearers = found.bearers.get(number) ?? []
  return bearers.some(
    ({ ready: { payment } }) => payment.sumMinor === leftMinor && payment.currency === currency,
  )
}

/** A number that a line break cut in two is one number read twice: the other reading is no other number. */
function isOtherReading(number: PurposeNumber, named: readonly Named[]): boolean {
  if (!number.unsure) return false
  return named.some(({ number: own }) => own.unsure && overlap(own, number))
}

function overlap(a: PurposeNumber, b: PurposeNumber): boolean {
  if (a.fragment === null || b.fragment === null) return true
  return a.fragment.from < b.fragment.to && b.fragment.from < a.fragment.to
}

function isFirm(number: PurposeNumber): boolean {
  if (number.kind === 'payment') return number.text.length >= 5 || number.strength !== 'none'
  return number.strength === 'named'
}

function weighNumber(named: Named, ready: ReadyPayment): number {
  const { number, of } = named
  const digits = number.text.replaceAll(/\D/g, '').length
  let weight: number
  if (of === 'payment' && number.key.includes('/')) {
    weight =
      number.strength === 'named'
        ? weights.paymentNumberNamed
        : number.strength === 'sign'
          ? weights.paymentNumberSign
          : weights.paymentNumberBare
  } else if (number.strength === 'named') weight = weights.numberNamed
  else if (number.strength === 'sign') weight = weights.numberSign
  else weight = digits >= 5 ? weights.numberBareLong : weights.numberBareShort
  if (!isWrittenAlike(named, ready)) weight += weights.numberLoose
  if (digits <= 2) weight += weights.numberTiny
  if (number.unsure) weight += weights.numberUnsure
  if (number.ofRange) weight += weights.numberOfRange
  return weight
}

/** Whether the purpose writes the number as the portal does, not merely with an equal key. */
function isWrittenAlike(named: Named, ready: ReadyPayment): boolean {
  const own =
    named.of === 'payment'
      ? ready.payment.accountNumber
      : named.of === 'order'
        ? ready.orderNumber
        : ready.payment.ownerNumber
  return sameNumberText(own, named.number.text) || sameNumberText(own.replace(/^\D+/, ''), named.number.text)
}

const noPayer: PayerEvidence = {
  logOdds: 0,
  verdict: 'silent',
  taxId: null,
  account: null,
  likeness: null,
  name: '',
  alias: false,
  proven: false,
}

export function weighPayer(line: ReadyLine, ready: ReadyPayment, found: Pick<Found, 'index'>): PayerEvidence {
  const { payer } = ready
  if (!payer) return noPayer
  const taxId = line.taxId === '' || payer.taxIds.length === 0 ? null : payer.taxIds.includes(line.taxId)
  const account =
    line.account === '' || payer.accounts.length === 0 ? null : payer.accounts.includes(line.account)
  const { likeness, name } = likestName(line.name, payer)
  const proven = taxId === true || (account === true && taxId !== false)
  const says = nameSays(likeness, line.name.isBank)
  const alias = !proven && (says !== 'agrees' || taxId === false) && knownAlias(line, ready, found.index)
  let logOdds = taxId === null ? 0 : taxId ? weights.taxIdEqual : weights.taxIdDiffers
  if (account !== null)
    logOdds += account
      ? taxId === true
        ? 0.5
        : weights.accountEqual
      : taxId === true
        ? 0
        : weights.accountDiffers
  if (says === 'agrees') {
    const full = (likeness ?? 0) >= 0.85 ? weights.nameEqual : weights.nameClose
    logOdds += proven ? weights.nameBeside : taxId === false ? weights.nameBeside : full
  } else if (says === 'contradicts' && !proven && !alias) logOdds += weights.nameDiffers
  if (alias) logOdds += weights.alias
  const against = taxId === false || (taxId === null && account !== true && says === 'contradicts')
  const verdict = alias
    ? taxId === false
      ? 'silent'
      : 'agrees'
    : against
      ? 'contradicts'
      : proven || says === 'agrees'
        ? 'agrees'
        : 'silent'
  return { logOdds, verdict, taxId, account, likeness, name, alias, proven }
}

/** A bank's name on the line contradicts nobody: banks and acquirers pay for others. */
function nameSays(likeness: number | null, isBank: boolean): 'agrees' | 'contradicts' | 'nothing' {
  if (likeness === null) return 'nothing'
  if (likeness >= 0.6) return 'agrees'
  return likeness < 0.35 && !isBank ? 'contradicts' : 'nothing'
}

function likestName(name: NameForm, payer: ReadyPayer): { likeness: number | null; name: string } {
  if (name.key === '' || payer.names.length === 0) return { likeness: null, name: payer.written[0] ?? '' }
  let likeness = -1
  let written = ''
  for (const [at, form] of payer.names.entries()) {
    const one = nameLikeness(name, form)
    if (one > likeness) [likeness, written] = [one, payer.written[at] ?? '']
  }
  return { likeness, name: written }
}

/**
 * Money usually comes within weeks after the invoice. A payment that is paid already has its own day: the
 * accountant marked it on the bank day or in the days after.
 */
export function weighDates(line: ReadyLine, ready: ReadyPayment): DateEvidence {
  let logOdds = 0
  let farOff = false
  const days = ready.billDay === null ? null : line.day - ready.billDay
  if (days !== null) {
    if (days < -5) [logOdds, farOff] = [weights.dateBefore, true]
    else if (days < 0) logOdds = weights.dateShortlyBefore
    else if (days <= 60) logOdds = weights.dateUsual
    else if (days > 400) [logOdds, farOff] = [weights.dateVeryLate, true]
    else if (days > 120) logOdds = weights.dateLate
  }
  if (ready.payment.paid && ready.paidDay !== null) {
    const lead = ready.paidDay - line.day
    if (lead >= -5 && lead <= 10) logOdds += weights.paidNear
    else {
      farOff = true
      logOdds += lead < 0 ? weights.paidLongBefore : lead <= 45 ? weights.paidAfter : weights.paidLongAfter
    }
  }
  return { logOdds, days, farOff }
}
