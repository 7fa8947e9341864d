// Cuts a line's purpose into plain and highlighted stretches.

import type { Fragment, Reason } from '../../../../electron/contract/match.ts'

export interface Stretch {
  text: string
  marked: boolean
}

/** The places of the purpose that reasons speak of, in the reasons' order. */
export function fragmentsOf(reasons: readonly Reason[]): Fragment[] {
  return reasons.flatMap((reason) => ('fragment' in reason && reason.fragment ? [reason.fragment] : []))
}

/**
 * Cuts `purpose` at the fragments (UTF-16 units, `to` exclusive). Fragments may overlap, touch, lie in any
 * order or reach beyond the text: the stretches always join to exactly the given text.
 */
export function cutPurpose(purpose: string, fragments: readonly Fragment[]): Stretch[] {
  const stretches: Stretch[] = []
  let at = 0
  for (const { from, to } of joined(purpose.length, fragments)) {
    if (from > at) stretches.push({ text: purpose.slice(at, from), marked: false })
    stretches.push({ text: purpose.slice(from, to), marked: true })
    at = to
  }
  if (at < purpose.length) stretches.push({ text: purpose.slice(at), marked: false })
  return stretches
}

function joined(length: number, fragments: readonly Fragment[]): Fragment[] {
  const inside = fragments
    .map(({ from, to }) => ({ from: Math.max(0, from), to: Math.min(length, to) }))
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from)
  const result: Fragment[] = []
  for (const fragment of inside) {
    const last = result.at(-1)
    if (last && fragment.from <= last.to) last.to = Math.max(last.to, fragment.to)
    else result.push({ ...fragment })
  }
  return result
}

/** Where the numbers stand in the purpose as written; for the list, which knows only the numbers. */
export function numbersIn(purpose: string, numbers: readonly string[]): Fragment[] {
  return numbers.flatMap((number) => {
    const from = number === '' ? -1 : purpose.indexOf(number)
    return from < 0 ? [] : [{ from, to: from + number.length }]
  })
}
