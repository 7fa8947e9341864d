// Lump sums: open payments of whoever paid the line that together make its amount, or its amount and the fee
// that the purpose says was withheld. Nothing names them, so how likely a chance hit is decides what it is worth.

import type { Reason } from '../../contract/match.ts'
import type { Found } from './candidates.ts'
import { findOfPayer } from './candidates.ts'
import type { Draft, ProposedZone } from './draft.ts'
import { explainDate, explainPayer } from './explain.ts'
import { allotInOrder, explainStates, explainSumOfSeveral } from './groups.ts'
import type { ReadyLine, ReadyPayment } from './prepare.ts'
import { weighDates } from './score.ts'
import { identifies, weighPayer } from './weigh-payer.ts'

const payersPayments = 18
const nodesLimit = 20_000
const setsShown = 3

/** Explanations of an incoming line, whose purpose names no payment, by two or more payments of its payer. */
export function draftSets(line: ReadyLine, found: Found): Draft[] {
  const open = findOfPayer(line, found, payersPayments).filter((ready) => mayBeMeant(line, ready))
  if (open.length < 2) return []
  const targets =
    line.feeMinor > 0 ? [line.line.leftMinor, line.line.leftMinor + line.feeMinor] : [line.line.leftMinor]
  return targets.flatMap((target) => {
    const { sets, isComplete } = findSets(open, target)
    const luck = chanceOfHit(open, target)
    return sets
      .slice(0, setsShown)
      .map((set) => draftSet(line, found, set, { luck, isOnly: isComplete && sets.length === 1, target }))
  })
}

/** Nobody pays an invoice that comes weeks later, nor one that is paid by other money. */
function mayBeMeant(line: ReadyLine, ready: ReadyPayment): boolean {
  if (ready.payment.paid || ready.payment.isReturn) return false
  return ready.billDay === null || ready.billDay <= line.day + 5
}

/**
 * All sets of two or more payments that make `target` exactly, found from the largest down; a search that would
 * be too long or finds too many stops and says that it is not complete.
 */
export function findSets(
  payments: readonly ReadyPayment[],
  target: number,
): { sets: ReadyPayment[][]; isComplete: boolean } {
  const ordered = payments.toSorted((a, b) => b.payment.leftMinor - a.payment.leftMinor || a.at - b.at)
  const rest = new Array<number>(ordered.length + 1).fill(0)
  for (let at = ordered.length - 1; at >= 0; at -= 1)
    rest[at] = (rest[at + 1] ?? 0) + (ordered[at]?.payment.leftMinor ?? 0)
  const sets: ReadyPayment[][] = []
  let nodes = 0
  const visit = (at: number, missing: number, taken: readonly ReadyPayment[]): void => {
    nodes += 1
    if (missing === 0) {
      if (taken.length >= 2) sets.push(taken.toSorted((a, b) => a.at - b.at))
      return
    }
    const next = ordered[at]
    if (!next || missing < 0 || (rest[at] ?? 0) < missing || nodes > nodesLimit || sets.length > setsShown)
      return
    visit(at + 1, missing - next.payment.leftMinor, [...taken, next])
    visit(at + 1, missing, taken)
  }
  visit(0, target, [])
  sets.sort((a, b) => a.length - b.length || compareSets(a, b))
  return { sets, isComplete: nodes <= nodesLimit && sets.length <= setsShown }
}

function compareSets(a: readonly ReadyPayment[], b: readonly ReadyPayment[]): number {
  for (const [at, ready] of a.entries()) {
    const difference = ready.at - (b[at]?.at ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/**
 * How many sets would make the target by chance: the number of sets over the number of different sums they can
 * have, which round sums make few (a step is the largest sum that divides them all).
 */
export function chanceOfHit(payments: readonly ReadyPayment[], target: number): number {
  const whole = payments.reduce((sum, { payment }) => sum + payment.leftMinor, 0)
  if (whole === target) return Math.max(1e-4, 1 / Math.max(1, whole / stepOf(payments)))
  return 2 ** payments.length / Math.max(1, whole / stepOf(payments))
}

function stepOf(payments: readonly ReadyPayment[]): number {
  let step = 0
  for (const { payment } of payments) {
    let [a, b] = [step, payment.leftMinor]
    while (b > 0) [a, b] = [b, a % b]
    step = a
  }
  return Math.max(1, step)
}

function draftSet(
  line: ReadyLine,
  found: Found,
  set: readonly ReadyPayment[],
  about: { luck: number; isOnly: boolean; target: number },
): Draft {
  const { weights } = found.index
  const payers = set.map((ready) => weighPayer(line, ready, found))
  const dates = set.map((ready) => weighDates(line, ready, weights).logOdds)
  const isExact = about.target === line.line.leftMinor
  const worth = Math.max(-4, Math.min(weights.sumExact, -Math.log(about.luck)))
  const isKnown = payers.every(identifies) && payers.every(({ proven }) => proven)
  const ceiling: ProposedZone =
    isExact && isKnown && about.isOnly && isPlainMoney(line) && about.luck < 0.02 ? 'likely' : 'doubtful'
  return {
    portalId: found.index.portalId,
    parts: allotInOrder(line.line.leftMinor, set),
    score: weights.prior + worth + Math.min(...payers.map(({ logOdds }) => logOdds)) + Math.min(...dates),
    ceiling,
    claim: 0,
    explain: () => explainSet(line, found, set),
  }
}

function isPlainMoney({ line, refund, reversedBy }: ReadyLine): boolean {
  return line.booked && !refund && reversedBy === null
}

function explainSet(line: ReadyLine, found: Found, set: readonly ReadyPayment[]): Reason[] {
  const [first] = set
  if (!first) return []
  return [
    explainSumOfSeveral(line, set),
    ...explainPayer(line, first, weighPayer(line, first, found)),
    ...explainDate(weighDates(line, first, found.index.weights)),
    ...explainStates(line, set),
  ]
}
