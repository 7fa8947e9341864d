// Explains statement lines by payments: all lines together, by the same answer whatever the order of the input.

import { Matcher } from './matcher.ts'
import type { MatchInput, MatchResult } from './types.ts'

/**
 * Proposes for every line the payments it may pay: at most five explanations, the first being the one that
 * fits best together with all other lines. Lines whose first proposal is certain or likely never share more of
 * a payment than it has left. Deterministic; the order of lines and payments changes nothing.
 */
export function matchLines(input: MatchInput): MatchResult {
  return new Matcher(input).result()
}
