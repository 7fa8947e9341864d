// How strongly everything known speaks for one payment explaining one line: a sum of log-odds in the manner of
// Fellegi and Sunter ("A Theory for Record Linkage", 1969).

import type { Candidate, Found } from './candidates.ts'
import type { ReadyLine, ReadyPayment } from './prepare.ts'
import { fitSum } from './sums.ts'
import type { SumFit } from './sums.ts'
import { weighNumbers } from './weigh-numbers.ts'
import type { NumberEvidence } from './weigh-numbers.ts'
import { weighPayer } from './weigh-payer.ts'
import type { PayerEvidence } from './weigh-payer.ts'
import { lay, scaleOf } from './weights.ts'
import type { Sign, Weights } from './weights.ts'

export interface DateEvidence {
  logOdds: number
  /** From the invoice's day to the bank day; null without an invoice day. */
  days: number | null
  /** The dates speak so much against that certainty is out of the question. */
  farOff: boolean
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

const sumSigns = {
  exact: 'sumExact',
  partial: 'sumPartial',
  over: 'sumOver',
  tolerated: 'sumTolerated',
} as const

/** Compares an incoming line with one candidate; every sign that counted is put into `seen`. */
export function weighPair(
  line: ReadyLine,
  candidate: Candidate,
  found: Found,
  seen: Sign[] | null = null,
): PairEvidence {
  const { ready } = candidate
  const { weights, tolerances } = found.index
  const sumFit = fitSum(line.line, ready.payment, tolerances, line.feeMinor)
  const scale = scaleOf(weights, seen)
  lay(scale, 'prior')
  lay(scale, sumSigns[sumFit.kind])
  if (ready.payment.paySystemIsCash) lay(scale, 'cash')
  if (ready.payment.isReturn) lay(scale, 'returned')
  const number = weighNumbers(line, candidate, found, seen)
  const payer = weighPayer(line, ready, found, seen)
  const date = weighDates(line, ready, weights, seen)
  return {
    logOdds: scale.logOdds + number.logOdds + payer.logOdds + date.logOdds,
    sumFit,
    number,
    payer,
    date,
    amountMinor: Math.min(Math.abs(line.line.leftMinor), ready.payment.leftMinor),
  }
}

/**
 * Money usually comes within weeks after the invoice or the day it was due. A payment that is paid already has
 * its own day: the accountant marked it on the bank day or in the days after.
 */
export function weighDates(
  line: ReadyLine,
  ready: ReadyPayment,
  weights: Weights,
  seen: Sign[] | null = null,
): DateEvidence {
  const scale = scaleOf(weights, seen)
  let farOff = false
  const days = ready.billDay === null ? null : line.day - ready.billDay
  if (days !== null) {
    const late = Math.min(days, ready.dueDay === null ? days : line.day - ready.dueDay + 14)
    if (days < -5) farOff = true
    else if (late > 200) farOff = true
    if (days < -5) lay(scale, 'dateBefore')
    else if (days < 0) lay(scale, 'dateShortlyBefore')
    else if (late <= 60) lay(scale, 'dateUsual')
    else if (late > 400) lay(scale, 'dateVeryLate')
    else if (late > 120) lay(scale, 'dateLate')
  }
  if (ready.payment.paid && ready.paidDay !== null) {
    const lead = ready.paidDay - line.day
    if (lead >= -5 && lead <= 10) lay(scale, 'paidNear')
    else {
      farOff = true
      lay(scale, lead < 0 ? 'paidLongBefore' : lead <= 45 ? 'paidAfter' : 'paidLongAfter')
    }
  }
  return { logOdds: scale.logOdds, days, farOff }
}
