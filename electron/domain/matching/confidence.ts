// From log-odds to 0..1: an explanation shares the probability with the line's other explanations, with there
// being none, and with what other lines claim of the same payment.

import type { Draft } from './draft.ts'

/** A payment claimed by more lines than this is judged by the sum of their claims instead of one by one. */
const claimsLimit = 64
/** Beyond this, e to the score says nothing more and would lose digits. */
const scoreLimit = 40

/** An alternative never counts for less than this share of itself: by elimination alone nothing is certain. */
const leastLeft = 0.03

interface Claim {
  line: number
  amountMinor: number
  strength: number
  /** How likely the line takes it, as far as the line's own drafts tell. */
  share: number
}

/**
 * For each line the confidences of its drafts, in their order. What other lines claim of its payments counts
 * against a draft; an alternative to it counts only as far as other lines leave that one alone. Claims are
 * weighed twice, so that a line with several choices claims least the one that another line has alone.
 */
export function weighConfidence(byLine: readonly (readonly Draft[])[]): number[][] {
  const odds = byLine.map((drafts) => drafts.map(({ score }) => Math.exp(Math.min(score, scoreLimit))))
  const contested = contestedOf(byLine)
  const first = rivalsOf(byLine, odds, sharesOf(odds), contested)
  const rivals = rivalsOf(byLine, odds, sharesOf(leftOf(odds, first)), contested)
  const left = leftOf(odds, rivals)
  return odds.map((own, line) => {
    const total = (left[line] ?? []).reduce((sum, one) => sum + one, 1)
    return own.map((one, at) => {
      const alternatives = total - (left[line]?.[at] ?? 0)
      return one / (alternatives + one + (rivals[line]?.[at]?.strength ?? 0))
    })
  })
}

type PerDraft<Value> = readonly (readonly Value[])[]

interface Rival {
  readonly strength: number
  readonly share: number
}

/** How likely each draft is as far as its own line tells, beside there being no explanation. */
function sharesOf(odds: PerDraft<number>): PerDraft<number> {
  return odds.map((own) => {
    const total = own.reduce((sum, one) => sum + one, 1)
    return own.map((one) => one / total)
  })
}

function leftOf(odds: PerDraft<number>, rivals: PerDraft<Rival>): PerDraft<number> {
  return odds.map((own, line) =>
    own.map((one, at) => one * Math.max(leastLeft, 1 - (rivals[line]?.[at]?.share ?? 0))),
  )
}

/** Payments (by their `at`) of which drafts of more than one line think; of the others nobody claims anything. */
function contestedOf(byLine: PerDraft<Draft>): Uint8Array {
  let most = -1
  for (const drafts of byLine)
    for (const { parts } of drafts) for (const { ready } of parts) most = Math.max(most, ready.at)
  const firstLine = new Int32Array(most + 1).fill(-1)
  const contested = new Uint8Array(most + 1)
  for (const [line, drafts] of byLine.entries()) {
    for (const { parts } of drafts) {
      for (const { ready } of parts) {
        const first = firstLine[ready.at] ?? -1
        if (first < 0) firstLine[ready.at] = line
        else if (first !== line) contested[ready.at] = 1
      }
    }
  }
  return contested
}

function rivalsOf(
  byLine: PerDraft<Draft>,
  odds: PerDraft<number>,
  shares: PerDraft<number>,
  contested: Uint8Array,
): PerDraft<Rival> {
  const claims = collectClaims(byLine, odds, shares, contested)
  return byLine.map((drafts, line) => drafts.map((draft) => rivalClaims(draft, line, claims)))
}

/** All that is claimed of one payment. */
interface Claims {
  list: Claim[]
  total: number
  shares: number
}

/** What each line claims of each payment: the odds of its draft, as far as the line has no better explanation. */
function collectClaims(
  byLine: PerDraft<Draft>,
  odds: PerDraft<number>,
  shares: PerDraft<number>,
  contested: Uint8Array,
): Map<number, Claims> {
  const claims = new Map<number, Claims>()
  for (const [line, drafts] of byLine.entries()) {
    for (const [at, draft] of drafts.entries()) {
      const own = odds[line]?.[at] ?? 0
      const share = shares[line]?.[at] ?? 0
      const strength = own * share
      if (strength < 1e-6) continue
      for (const { ready, amountMinor } of draft.parts) {
        if (contested[ready.at] !== 1) continue
        const known = claims.get(ready.at) ?? { list: [], total: 0, shares: 0 }
        known.list.push({ line, amountMinor, strength, share })
        known.total += strength
        known.shares += share
        claims.set(ready.at, known)
      }
    }
  }
  return claims
}

const unrivalled: Rival = { strength: 0, share: 0 }

/** The strongest claims of other lines that leave no room for this draft, over its payments. */
function rivalClaims(draft: Draft, line: number, claims: ReadonlyMap<number, Claims>): Rival {
  let strongest = unrivalled
  for (const { ready, amountMinor } of draft.parts) {
    const rivals = claims.get(ready.at)
    if (!rivals) continue
    const room = ready.payment.leftMinor - amountMinor
    let strength = 0
    let share = 0
    if (rivals.list.length > claimsLimit) [strength, share] = [rivals.total, rivals.shares]
    else
      for (const rival of rivals.list) {
        if (rival.line === line || rival.amountMinor <= room) continue
        strength += rival.strength
        share += rival.share
      }
    strongest = { strength: Math.max(strongest.strength, strength), share: Math.max(strongest.share, share) }
  }
  return strongest
}
