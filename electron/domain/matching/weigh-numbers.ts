// What the numbers of a purpose say about one payment.

import type { Candidate, Found, Named } from './candidates.ts'
import { isAmong, mayPay } from './candidates.ts'
import { numberKey, sameNumberText } from './fold.ts'
import { withoutPrefix } from './normalise.ts'
import type { NumberEntry } from './portal-index.ts'
import type { ReadyLine, ReadyPayment } from './prepare.ts'
import type { PurposeNumber } from './purpose-number.ts'
import { lay, scaleOf } from './weights.ts'
import type { Sign, Weights } from './weights.ts'

/** Days between the date the purpose gives an invoice and the portal's that are still one invoice. */
const sameInvoiceDays = 10
const otherInvoiceDays = 60

export interface NumberEvidence {
  logOdds: number
  best: Named | null
  /** Payment form, or a number announced by «счет» or «заказ». */
  firm: boolean
  /** A line break of the format may have cut it or glued it wrongly. */
  cut: boolean
  /** It ends the purpose where formats cut: digits may be missing. */
  mayGoOn: boolean
  /** It is an order's or invoice's, of which other payments are over the same sum, or may be missing here. */
  shared: boolean
  /** The date beside the number is this invoice's: true or false where one is given, else null. */
  dated: boolean | null
  /** Announced numbers that this payment does not bear but others of this sum or payer do. */
  ofOthers: PurposeNumber[]
  /** Announced numbers that only other payers' payments over other sums bear. */
  elsewhere: PurposeNumber[]
  unknown: PurposeNumber[]
  /** A number that is this payment's but for one digit. */
  mistyped: PurposeNumber | null
}

export function weighNumbers(
  line: ReadyLine,
  candidate: Candidate,
  found: Found,
  seen: Sign[] | null = null,
): NumberEvidence {
  const { ready, named } = candidate
  const left = sortLeft(line, candidate, found)
  const best = bestOf(named, ready, found.index.weights)
  const scale = scaleOf(found.index.weights, seen)
  if (best) for (const sign of signsOf(best, ready)) lay(scale, sign)
  const dated = best === null ? null : isDated(best.number, ready)
  if (dated !== null) lay(scale, dated ? 'numberDated' : 'numberMisdated')
  const strange = [...left.elsewhere, ...left.unknown]
  const mistyped = best === null ? (strange.find((number) => isMistyped(number, ready)) ?? null) : null
  for (const sign of signsAgainst(left, mistyped)) lay(scale, sign)
  return {
    logOdds: scale.logOdds,
    best,
    firm: best !== null && isFirm(best.number),
    cut: best?.number.unsure ?? false,
    mayGoOn: best?.number.mayGoOn ?? false,
    shared: best !== null && isShared(best, ready, found),
    dated,
    ...left,
    mistyped,
  }
}

/** Years apart it is another year's count that came to the same number. */
const oneCountDays = 200

/**
 * The number of an order or invoice does not tell its payments apart when one of them is over the same sum; nor
 * when an earlier one of them is not known here, for it may be. A payment's own number does, unless an earlier
 * one of its order is open over the same sum: parts are paid in turn, so that a slip is likelier.
 */
function isShared({ number, of }: Named, ready: ReadyPayment, found: Found): boolean {
  const { payment } = ready
  const siblings = siblingsOf(
    ready,
    of === 'payment' ? orderBearers(ready, found) : found.bearers.get(number),
  )
  const twins = siblings.filter(
    ({ payment: other }) => other.sumMinor === payment.leftMinor && other.currency === payment.currency,
  )
  const ordinal = ordinalOf(payment.accountNumber)
  if (of === 'payment')
    return twins.some(
      ({ open, payment: other }) => open && !other.paid && ordinalOf(other.accountNumber) < ordinal,
    )
  return twins.length > 0 || (of === 'order' && ordinal > 1 + siblings.length)
}

function orderBearers(ready: ReadyPayment, { index }: Found): readonly NumberEntry[] | undefined {
  return ready.orderNumber === '' ? undefined : index.byNumber.get(numberKey(ready.orderNumber))
}

/** Other payments of whoever pays this one, each once. */
function siblingsOf(ready: ReadyPayment, entries: readonly NumberEntry[] = []): ReadyPayment[] {
  const siblings = new Set<ReadyPayment>()
  for (const { ready: other } of entries) {
    const isTheirs =
      other.payer === ready.payer || other.payer === null || other.payer.key === ready.payer?.key
    const isNear = Math.abs((other.billDay ?? 0) - (ready.billDay ?? 0)) <= oneCountDays
    if (other !== ready && isTheirs && isNear) siblings.add(other)
  }
  return [...siblings]
}

/** 2 of `3653/2`; 1 where the number has none. */
function ordinalOf(accountNumber: string): number {
  const ordinal = /\/(\d{1,3})$/.exec(accountNumber)
  return ordinal ? Number(ordinal[1]) : 1
}

interface Left {
  ofOthers: PurposeNumber[]
  elsewhere: PurposeNumber[]
  unknown: PurposeNumber[]
}

/** What the numbers that a payment does not bear say against it. */
export function signsAgainst({ ofOthers, elsewhere, unknown }: Left, mistyped: PurposeNumber | null): Sign[] {
  if (ofOthers.length > 0) return ['numberOfOther']
  if (mistyped) return ['numberMistyped']
  if (unknown.length > 0) return ['numberUnknown']
  return elsewhere.length > 0 ? ['numberElsewhere'] : []
}

/** The line's numbers that the candidate does not bear, by who does. */
function sortLeft(line: ReadyLine, { ready, named }: Candidate, found: Found): Left {
  const left: Left = { ofOthers: [], elsewhere: [], unknown: [] }
  if (line.sought.length === 0) return left
  const borne = new Set(named.map(({ number }) => number))
  for (const number of line.sought) {
    if (borne.has(number) || isOtherReading(number, named) || mayGoOnTo(number, ready)) continue
    const bearers = found.bearers.get(number)
    if (!isAnnounced(number)) {
      if (bearers && meansOther(bearers, line)) left.ofOthers.push(number)
    } else if (bearers) {
      if (isOurs(bearers, line, found)) left.ofOthers.push(number)
      else left.elsewhere.push(number)
    } else if (!number.ofRange) left.unknown.push(number)
  }
  return left
}

function bestOf(named: readonly Named[], ready: ReadyPayment, weights: Weights): Named | null {
  let best: Named | null = null
  let bestWeight = -Infinity
  for (const one of named) {
    let weight = 0
    for (const sign of signsOf(one, ready)) weight += weights[sign]
    if (weight > bestWeight) [best, bestWeight] = [one, weight]
  }
  return best
}

/** «счет», «заказ», or the form 3653/1: the payer meant a payment by it. */
export function isAnnounced(number: PurposeNumber): boolean {
  return number.kind === 'payment' || number.strength === 'named'
}

/** A number without «счет» means another payment when the line's sum is that payment's as well. */
function meansOther(bearers: readonly NumberEntry[], line: ReadyLine): boolean {
  const { currency, leftMinor } = line.line
  return bearers.some(
    ({ ready: { payment } }) => payment.sumMinor === leftMinor && payment.currency === currency,
  )
}

/** Whether a payment that bears the number is of the line's sum, or of whoever paid the line. */
export function isOurs(
  bearers: readonly NumberEntry[],
  line: ReadyLine,
  { who }: Pick<Found, 'who'>,
): boolean {
  const { currency, leftMinor } = line.line
  const nobodyKnown = who.payers.size === 0
  return bearers.some(({ ready }) => {
    const { payment, payer } = ready
    if (payment.currency !== currency || !mayPay(line, ready)) return false
    if (payment.sumMinor === leftMinor || !payer || nobodyKnown) return true
    return isAmong(payer, who.byTaxId) || isAmong(payer, who.byAccount) || isAmong(payer, who.byName)
  })
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

/** A number at the cut end of a purpose says nothing against a payment whose number begins like it. */
function mayGoOnTo(number: PurposeNumber, ready: ReadyPayment): boolean {
  if (!number.mayGoOn) return false
  const digits = number.text.replaceAll(/\D/g, '')
  return numbersBorne(ready).some((own) => own.replaceAll(/\D/g, '').startsWith(digits))
}

function numbersBorne(ready: ReadyPayment): string[] {
  return [ready.payment.accountNumber, ready.orderNumber, ready.payment.ownerNumber].filter(
    (number) => number !== '',
  )
}

/** Whether the payment's number is written with one digit wrong, lost, added or swapped with its neighbour. */
function isMistyped(number: PurposeNumber, ready: ReadyPayment): boolean {
  const text = number.text.replaceAll(/[^\d/]/g, '')
  if (text.length < 3) return false
  return numbersBorne(ready).some((own) => {
    const digits = withoutPrefix(own).replaceAll(/[^\d/]/g, '')
    return digits.length >= 3 && digits !== text && isOneOff(digits, text)
  })
}

function isOneOff(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  const [restA, restB] = [a.slice(start), b.slice(start)]
  if (restA.slice(1) === restB.slice(1) || restA === restB.slice(1) || restA.slice(1) === restB) return true
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2)
}

function isDated({ day }: PurposeNumber, { billDay }: ReadyPayment): boolean | null {
  if (day === null || billDay === null) return null
  const apart = Math.abs(day - billDay)
  return apart <= sameInvoiceDays ? true : apart > otherInvoiceDays ? false : null
}

function isFirm(number: PurposeNumber): boolean {
  if (number.kind === 'payment') return number.text.length >= 5 || number.strength !== 'none'
  return number.strength === 'named'
}

function signsOf(named: Named, ready: ReadyPayment): Sign[] {
  const { number } = named
  const digits = number.text.replaceAll(/\D/g, '').length
  const signs: Sign[] = [mainSign(named, digits)]
  if (named.loose || !isWrittenAlike(named, ready)) signs.push('numberLoose')
  if (digits <= 2) signs.push('numberTiny')
  if (number.unsure) signs.push('numberUnsure')
  if (number.ofRange) signs.push('numberOfRange')
  return signs
}

function mainSign({ number, of }: Named, digits: number): Sign {
  if (of === 'payment' && number.key.includes('/'))
    return number.strength === 'named'
      ? 'paymentNumberNamed'
      : number.strength === 'sign'
        ? 'paymentNumberSign'
        : 'paymentNumberBare'
  if (number.strength === 'named') return 'numberNamed'
  if (number.strength === 'sign') return 'numberSign'
  return digits >= 5 ? 'numberBareLong' : 'numberBareShort'
}

/** Whether the purpose writes the number as the portal does, not merely with an equal key. */
function isWrittenAlike({ number, of }: Named, ready: ReadyPayment): boolean {
  const own =
    of === 'payment'
      ? ready.payment.accountNumber
      : of === 'order'
        ? ready.orderNumber
        : ready.payment.ownerNumber
  return sameNumberText(own, number.text) || sameNumberText(own.replace(/^\D+/, ''), number.text)
}
