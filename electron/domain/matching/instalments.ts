// Several lines that pay one payment in parts: when together they make exactly what is left of it, each of them
// is far likelier than a part alone.

import type { Draft } from './draft.ts'
import type { ReadyLine } from './prepare.ts'

/** ln of how much oftener parts add up exactly when they belong together. */
const completeBonus = 3.5
/** Lines naming one payment; more are no instalments but a number that everybody writes. */
const partsLimit = 24

/** The same drafts, those raised that complete a payment together. */
export function completeInstalments(
  lines: readonly ReadyLine[],
  byLine: readonly (readonly Draft[])[],
): (readonly Draft[])[] {
  const partial = new Map<number, { line: number; draft: Draft; amountMinor: number }[]>()
  for (const [line, drafts] of byLine.entries()) {
    for (const draft of drafts) {
      const [part] = draft.parts
      if (draft.parts.length !== 1 || !part || !isInstalment(lines[line], draft)) continue
      const known = partial.get(part.ready.at)
      const one = { line, draft, amountMinor: part.amountMinor }
      if (known) known.push(one)
      else partial.set(part.ready.at, [one])
    }
  }
  const raised = new Map<Draft, Draft>()
  for (const parts of partial.values()) {
    const room = parts[0]?.draft.parts[0]?.ready.payment.leftMinor ?? 0
    const sum = parts.reduce((total, { amountMinor }) => total + amountMinor, 0)
    if (parts.length < 2 || parts.length > partsLimit || sum !== room) continue
    for (const { draft } of parts) raised.set(draft, { ...draft, score: draft.score + completeBonus })
  }
  if (raised.size === 0) return [...byLine]
  return byLine.map((drafts) => drafts.map((draft) => raised.get(draft) ?? draft))
}

/** The whole line is a part of the payment, and there was enough evidence to think of this payment at all. */
function isInstalment(line: ReadyLine | undefined, draft: Draft): boolean {
  const [part] = draft.parts
  if (!line || !part || draft.score < -4) return false
  return part.amountMinor === line.line.leftMinor && part.amountMinor < part.ready.payment.leftMinor
}
