// Weights learnt from what people confirmed and rejected, near the documented ones as long as there is little to
// learn from, and what they would have changed.

import { findCandidates } from './candidates.ts'
import type { Found } from './candidates.ts'
import { matchLines } from './match-lines.ts'
import { indexPayments } from './portal-index.ts'
import { readyLine, readyPayments } from './prepare.ts'
import type { ReadyPayment } from './prepare.ts'
import { weighPair } from './score.ts'
import type { LineMatch, MatchInput } from './types.ts'
import { defaultWeights, signs } from './weights.ts'
import type { Sign, Weights } from './weights.ts'

/** One decision of the past: a line, and the payments that a person gave it or refused it. */
export interface JudgedLine {
  lineId: number
  portalId: string
  confirmed: readonly number[]
  rejected: readonly number[]
}

/** How often each sign was seen on true and on false pairs. */
export interface SignCounts {
  truePairs: number
  falsePairs: number
  seen: Readonly<Record<Sign, { onTrue: number; onFalse: number }>>
}

export interface LearntWeight {
  sign: Sign
  documented: number
  learnt: number
  onTrue: number
  onFalse: number
}

/** As many pairs as the documented weight is worth: with fewer decisions it prevails. */
const trust = 50
/** A learnt weight strays no farther than this from the documented one, and never past nought. */
const reach = 2
/** Learning begins with so many true and so many false pairs. */
const pairsNeeded = 30
/** Every pair has the prior, and most false pairs were brought together by their sum: neither shows chance. */
const fixed: ReadonlySet<Sign> = new Set<Sign>(['prior', 'sumExact', 'sumTolerated', 'sumPartial', 'sumOver'])

/**
 * Counts the signs of confirmed pairs and of the pairs that the same lines were offered and did not get.
 * `input` is the ledger as it was before the decisions: with the confirmed money still open.
 */
export function countSigns(input: MatchInput, history: readonly JudgedLine[]): SignCounts {
  const indexes = indexPayments(readyPayments(input.payments), {
    weights: defaultWeights,
    tolerances: input.settings.tolerances ?? {},
    aliases: [],
    masks: new Map(),
  })
  const byLine = new Map(input.lines.map((line) => [line.id, line]))
  const seen = emptyCounts()
  let [truePairs, falsePairs] = [0, 0]
  for (const { lineId, portalId, confirmed, rejected } of history) {
    const line = byLine.get(lineId)
    const index = indexes.find((own) => own.portalId === portalId)
    if (!line || !index || line.leftMinor <= 0) continue
    const ready = readyLine(line)
    const found = findCandidates(ready, index)
    for (const candidate of found.candidates) {
      const verdict = verdictOf(candidate.ready, confirmed, rejected)
      if (verdict === null) continue
      const own: Sign[] = []
      weighPair(ready, candidate, found satisfies Found, own)
      if (verdict) truePairs += 1
      else falsePairs += 1
      for (const sign of new Set(own)) seen[sign][verdict ? 'onTrue' : 'onFalse'] += 1
    }
  }
  return { truePairs, falsePairs, seen }
}

/** True, false, or null where the decision says nothing: what a line got speaks against all that it did not get. */
function verdictOf(
  { payment }: ReadyPayment,
  confirmed: readonly number[],
  rejected: readonly number[],
): boolean | null {
  if (confirmed.includes(payment.id)) return confirmed.length === 1 ? true : null
  if (rejected.includes(payment.id)) return false
  return confirmed.length > 0 ? false : null
}

function emptyCounts(): Record<Sign, { onTrue: number; onFalse: number }> {
  return Object.fromEntries(signs.map((sign) => [sign, { onTrue: 0, onFalse: 0 }])) as Record<
    Sign,
    { onTrue: number; onFalse: number }
  >
}

/**
 * Each weight as ln(m / u) of the counts, drawn towards the documented one as if that rested on `trust` pairs,
 * bounded, and rounded to hundredths. With too little history, the documented ones.
 */
export function learnWeights({ truePairs, falsePairs, seen }: SignCounts): LearntWeight[] {
  const isEnough = truePairs >= pairsNeeded && falsePairs >= pairsNeeded
  return signs.map((sign) => {
    const documented = defaultWeights[sign]
    const { onTrue, onFalse } = seen[sign]
    const learnt =
      !isEnough || fixed.has(sign) || onTrue + onFalse === 0
        ? documented
        : bounded(documented, draw(documented, { onTrue, onFalse, truePairs, falsePairs }))
    return { sign, documented, learnt, onTrue, onFalse }
  })
}

function draw(
  documented: number,
  counts: { onTrue: number; onFalse: number; truePairs: number; falsePairs: number },
): number {
  const m = (counts.onTrue + 0.5) / (counts.truePairs + 1)
  const u = (counts.onFalse + 0.5) / (counts.falsePairs + 1)
  const evidence = counts.onTrue + counts.onFalse
  return (evidence * Math.log(m / u) + trust * documented) / (evidence + trust)
}

function bounded(documented: number, learnt: number): number {
  const near = Math.max(documented - reach, Math.min(documented + reach, learnt))
  const sided = documented > 0 ? Math.max(0, near) : Math.min(0, near)
  return Math.round(sided * 100) / 100
}

export function asWeights(learnt: readonly LearntWeight[]): Weights {
  return {
    ...defaultWeights,
    ...Object.fromEntries(learnt.map(({ sign, learnt: weight }) => [sign, weight])),
  }
}

/** How one line would have been matched by other weights. */
export interface HistoryChange {
  lineId: number
  before: Pick<LineMatch, 'zone'> & { paymentIds: number[] }
  after: Pick<LineMatch, 'zone'> & { paymentIds: number[] }
}

export interface HistoryReport {
  lines: number
  /** First proposals in the certain and likely zones that history confirms, and those it does not. */
  before: { right: number; wrong: number; certainWrong: number }
  after: { right: number; wrong: number; certainWrong: number }
  changes: HistoryChange[]
}

/** What other weights would have changed on the history: nothing is decided by it. */
export function compareOnHistory(
  input: MatchInput,
  history: readonly JudgedLine[],
  weights: Weights,
): HistoryReport {
  const before = matchLines(input).lines
  const after = matchLines({ ...input, settings: { ...input.settings, weights } }).lines
  const truth = new Map(history.map(({ lineId, confirmed }) => [lineId, confirmed]))
  const changes = before.flatMap((match, at) => {
    const [was, is] = [shortOf(match), shortOf(after[at] ?? match)]
    const isSame = was.zone === is.zone && was.paymentIds.join() === is.paymentIds.join()
    return truth.has(match.lineId) && !isSame ? [{ lineId: match.lineId, before: was, after: is }] : []
  })
  return { lines: truth.size, before: rightness(before, truth), after: rightness(after, truth), changes }
}

function shortOf({ zone, proposals }: LineMatch): HistoryChange['before'] {
  const ids = (proposals[0]?.allotments ?? []).map(({ paymentId }) => paymentId)
  return { zone, paymentIds: ids.sort((a, b) => a - b) }
}

function rightness(
  matches: readonly LineMatch[],
  truth: ReadonlyMap<number, readonly number[]>,
): HistoryReport['before'] {
  const count = { right: 0, wrong: 0, certainWrong: 0 }
  for (const match of matches) {
    const confirmed = truth.get(match.lineId)
    if (!confirmed || (match.zone !== 'certain' && match.zone !== 'likely')) continue
    const isRight = shortOf(match).paymentIds.join() === confirmed.toSorted((a, b) => a - b).join()
    count[isRight ? 'right' : 'wrong'] += 1
    if (!isRight && match.zone === 'certain') count.certainWrong += 1
  }
  return count
}
