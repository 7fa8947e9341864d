// One line that pays several payments: those whose numbers its purpose names, or the payments of an order.

import type { Reason } from '../../contract/match.ts'
import type { Candidate, Found, Named } from './candidates.ts'
import { mayPay } from './candidates.ts'
import { isRelied, lowerZone, mayBeCertain } from './draft.ts'
import type { Draft, Part, ProposedZone } from './draft.ts'
import { explainDate, explainNumber, explainOther, explainPayer, explainState } from './explain.ts'
import type { ReadyLine, ReadyPayment } from './prepare.ts'
import type { PurposeNumber } from './purpose-number.ts'
import { weighPair } from './score.ts'
import type { PairEvidence } from './score.ts'
import { isAnnounced, isOurs, signsAgainst } from './weigh-numbers.ts'
import { identifies } from './weigh-payer.ts'
import type { Weights } from './weights.ts'

/** More named payments than this in one purpose are allotted in their order without looking for a better set. */
const searchLimit = 16
const nodesLimit = 4000

/** `lessFee`: the payments make the line and the fee that its purpose says was withheld. */
type GroupFit = 'exact' | 'lessFee' | 'differs'

interface Member {
  candidate: Candidate
  named: Named
  evidence: PairEvidence
}

/** Explanations of an incoming line by two or more payments that its purpose names. */
export function draftGroups(line: ReadyLine, found: Found): Draft[] {
  const members = namedMembers(line, found)
  if (members.length < 2) return []
  const left = line.line.leftMinor
  const whole = members.reduce((sum, { candidate }) => sum + candidate.ready.payment.leftMinor, 0)
  if (whole === left) return [draftOf(line, found, members, 'exact')]
  if (line.feeMinor > 0 && whole === left + line.feeMinor) return [draftOf(line, found, members, 'lessFee')]
  const sets = members.length <= searchLimit ? exactSets(members, left) : []
  const coversAll = sets.filter((set) => coversNumbers(set, members))
  const chosen = coversAll.length > 0 ? coversAll : sets
  if (chosen.length > 0) return chosen.slice(0, 3).map((set) => draftOf(line, found, set, 'exact'))
  const numbers = new Set(members.map(({ named }) => named.number))
  return numbers.size < 2 ? [] : [draftOf(line, found, members, 'differs')]
}

function namedMembers(line: ReadyLine, found: Found): Member[] {
  const members: Member[] = []
  for (const candidate of found.candidates) {
    const named = candidate.named.find(({ number }) => isAnnounced(number) || number.strength === 'sign')
    if (named && mayPay(line, candidate.ready))
      members.push({ candidate, named, evidence: weighPair(line, candidate, found) })
  }
  return members
}

/** Every set of two or more members whose sums make exactly `left`; stops at four sets or after a bounded search. */
function exactSets(members: readonly Member[], left: number): Member[][] {
  const rest = new Array<number>(members.length + 1).fill(0)
  for (let at = members.length - 1; at >= 0; at -= 1) rest[at] = (rest[at + 1] ?? 0) + roomOf(members[at])
  const sets: Member[][] = []
  let nodes = 0
  const visit = (at: number, missing: number, taken: Member[]): void => {
    nodes += 1
    if (missing === 0) {
      if (taken.length >= 2) sets.push([...taken])
      return
    }
    const member = members[at]
    if (!member || missing < 0 || (rest[at] ?? 0) < missing || sets.length >= 4 || nodes > nodesLimit) return
    visit(at + 1, missing - roomOf(member), [...taken, member])
    visit(at + 1, missing, taken)
  }
  visit(0, left, [])
  return sets
}

function roomOf(member: Member | undefined): number {
  return member?.candidate.ready.payment.leftMinor ?? 0
}

function coversNumbers(set: readonly Member[], members: readonly Member[]): boolean {
  const numbers = new Set(members.flatMap(({ candidate }) => candidate.named.map(({ number }) => number)))
  for (const { candidate } of set) for (const { number } of candidate.named) numbers.delete(number)
  return numbers.size === 0
}

function draftOf(line: ReadyLine, found: Found, members: readonly Member[], fit: GroupFit): Draft {
  const parts = allotInOrder(
    line.line.leftMinor,
    members.map(({ candidate }) => candidate.ready),
  )
  const used = members.filter(({ candidate }) => parts.some(({ ready }) => ready === candidate.ready))
  const left = leftOut(line, used, found)
  return {
    portalId: found.index.portalId,
    parts,
    score: scoreOf(used, fit, left, found.index.weights),
    ceiling: ceilingOf(line, used, fit, left),
    claim: fit === 'exact' ? claimOfGroup(used) : 0,
    explain: () => explain(line, used, left),
  }
}

function claimOfGroup(members: readonly Member[]): Draft['claim'] {
  const all = members.map(({ evidence: { number, payer } }) =>
    !number.firm || payer.verdict === 'contradicts' ? 0 : identifies(payer) ? 2 : 1,
  )
  return all.includes(0) ? 0 : all.includes(1) ? 1 : 2
}

/** Fills the payments one after the other until the amount is used up. */
export function allotInOrder(amount: number, payments: readonly ReadyPayment[]): Part[] {
  const parts: Part[] = []
  let missing = amount
  for (const ready of payments) {
    const amountMinor = Math.min(missing, ready.payment.leftMinor)
    if (amountMinor <= 0) break
    parts.push({ ready, amountMinor })
    missing -= amountMinor
  }
  return parts
}

/** Announced numbers that none of the members bears: that others bear, of ours or elsewhere, and that none does. */
interface LeftOut {
  ofOthers: PurposeNumber[]
  elsewhere: PurposeNumber[]
  unknown: PurposeNumber[]
}

function leftOut(line: ReadyLine, members: readonly Member[], found: Found): LeftOut {
  const borne = new Set(members.flatMap(({ candidate }) => candidate.named.map(({ number }) => number)))
  const left: LeftOut = { ofOthers: [], elsewhere: [], unknown: [] }
  for (const number of line.sought) {
    if (borne.has(number) || !isAnnounced(number) || number.unsure || number.mayGoOn) continue
    const bearers = found.bearers.get(number)
    if (bearers) (isOurs(bearers, line, found) ? left.ofOthers : left.elsewhere).push(number)
    else if (!number.ofRange) left.unknown.push(number)
  }
  return left
}

/**
 * The surest number counts in full and each further one a little: they are written by one hand. The payer and
 * the dates count as the weakest member has them.
 */
function scoreOf(members: readonly Member[], fit: GroupFit, left: LeftOut, weights: Weights): number {
  const best = Math.max(...members.map(({ evidence }) => bareNumberWeight(evidence, weights)))
  const sum =
    fit === 'exact' ? weights.sumExact + 1 : fit === 'lessFee' ? weights.sumExact - 1 : weights.sumPartial
  const payer = Math.min(...members.map(({ evidence }) => evidence.payer.logOdds))
  const date = Math.min(...members.map(({ evidence }) => evidence.date.logOdds))
  const against = sumOf(left, weights)
  return weights.prior + sum + best + Math.min(members.length - 1, 3) + payer + date + against
}

/** The weight of a member's number without what the other members' numbers say against it alone. */
function bareNumberWeight({ number }: PairEvidence, weights: Weights): number {
  return number.logOdds - sumOf(number, weights)
}

function sumOf(left: LeftOut, weights: Weights): number {
  return signsAgainst(left, null).reduce((sum, sign) => sum + weights[sign], 0)
}

function ceilingOf(line: ReadyLine, members: readonly Member[], fit: GroupFit, left: LeftOut): ProposedZone {
  let zone: ProposedZone = fit === 'exact' ? 'certain' : 'doubtful'
  if (left.ofOthers.length > 0 || !line.line.booked) return 'doubtful'
  if (line.refund || line.reversedBy !== null) return 'doubtful'
  const mayGoOn = line.sought.some((number) => number.mayGoOn)
  if (mayGoOn || left.unknown.length + left.elsewhere.length > 0) zone = lowerZone(zone, 'likely')
  for (const { candidate, evidence } of members) {
    const { payer, number, date } = evidence
    if (payer.verdict === 'contradicts' || candidate.ready.payment.isReturn) return 'doubtful'
    if (number.dated === false) zone = 'doubtful'
    const isKnown = payer.sure && !payer.alias && payer.mention === null
    const plain = isRelied(number, payer) && !date.farOff && isKnown && mayBeCertain(line, candidate.ready)
    if (!plain) zone = lowerZone(zone, 'likely')
  }
  return zone
}

function explain(line: ReadyLine, members: readonly Member[], left: LeftOut): Reason[] {
  const payments = members.map(({ candidate }) => candidate.ready)
  const [first] = members
  return [
    ...members.map(({ candidate, named }) => explainNumber(named, candidate.ready)),
    ...[...left.ofOthers, ...left.elsewhere].map(explainOther),
    explainSumOfSeveral(line, payments),
    ...(first ? explainSharedPayer(line, members) : []),
    ...(first ? explainDate(first.evidence.date) : []),
    ...explainStates(line, payments),
  ]
}

export function explainSumOfSeveral(line: ReadyLine, payments: readonly ReadyPayment[]): Reason {
  const paymentsMinor = payments.reduce((sum, { payment }) => sum + payment.leftMinor, 0)
  const { leftMinor, currency } = line.line
  return {
    kind: 'sumOfSeveral',
    agrees: paymentsMinor === leftMinor,
    lineMinor: leftMinor,
    paymentsMinor,
    count: payments.length,
    currency,
  }
}

/** The payer whom the line contradicts most, else the first: what a person must see. */
function explainSharedPayer(line: ReadyLine, members: readonly Member[]): Reason[] {
  const worst = members.find(({ evidence }) => evidence.payer.verdict === 'contradicts') ?? members[0]
  return worst ? explainPayer(line, worst.candidate.ready, worst.evidence.payer) : []
}

export function explainStates(line: ReadyLine, payments: readonly ReadyPayment[]): Reason[] {
  const reasons: Reason[] = []
  for (const ready of payments) {
    for (const reason of explainState(line, ready)) {
      if (!reasons.some(({ kind }) => kind === reason.kind)) reasons.push(reason)
    }
  }
  return reasons
}
