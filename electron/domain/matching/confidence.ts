// From log-odds to 0..1: an explanation shares the probability with the line's other explanations, with there
// being none, and with what other lines claim of the same payment.

import type { Draft } from './draft.ts'

/** A payment claimed by more lines than this is judged by the sum of their claims instead of one by one. */
const claimsLimit = 64
/** Beyond this, e to the score says nothing more and would lose digits. */
const scoreLimit = 40

interface Claim {
  line: number
  amountMinor: number
  strength: number
}

/** For each line the confidences of its drafts, in their order. */
export function weighConfidence(byLine: readonly (readonly Draft[])[]): number[][] {
  const odds = byLine.map((drafts) => drafts.map(({ score }) => Math.exp(Math.min(score, scoreLimit))))
  const totals = odds.map((own) => own.reduce((sum, one) => sum + one, 1))
  const claims = collectClaims(byLine, odds, totals)
  return byLine.map((drafts, line) =>
    drafts.map((draft, at) => {
      const own = odds[line]?.[at] ?? 0
      return own / ((totals[line] ?? 1) + rivalClaims(draft, line, claims))
    }),
  )
}

/** All that is claimed of one payment. */
interface Claims {
  list: Claim[]
  total: number
}

/** What each line claims of each payment: the odds of its draft, as far as the line has no better explanation. */
function collectClaims(
  byLine: readonly (readonly Draft[])[],
  odds: readonly (readonly number[])[],
  totals: readonly number[],
): Map<number, Claims> {
  const claims = new Map<number, Claims>()
  for (const [line, drafts] of byLine.entries()) {
    for (const [at, draft] of drafts.entries()) {
      const own = odds[line]?.[at] ?? 0
      const strength = (own * own) / (totals[line] ?? 1)
      if (strength < 1e-6) continue
      for (const { ready, amountMinor } of draft.parts) {
        const known = claims.get(ready.at) ?? { list: [], total: 0 }
        known.list.push({ line, amountMinor, strength })
        known.total += strength
        claims.set(ready.at, known)
      }
    }
  }
  return claims
}

/** The strongest claims of other lines that leave no room for this draft, over its payments. */
function rivalClaims(draft: Draft, line: number, claims: ReadonlyMap<number, Claims>): number {
  let strongest = 0
  for (const { ready, amountMinor } of draft.parts) {
    const rivals = claims.get(ready.at)
    if (!rivals) continue
    const room = ready.payment.leftMinor - amountMinor
    let sum = 0
    if (rivals.list.length > claimsLimit) sum = rivals.total
    else
      for (const rival of rivals.list)
        if (rival.line !== line && rival.amountMinor > room) sum += rival.strength
    strongest = Math.max(strongest, sum)
  }
  return strongest
}
