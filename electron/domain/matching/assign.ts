// Chooses for all lines together which explanation each takes, so that no payment is allotted more than it has
// left and the whole is as likely as can be: not line by line, for an early line would steal what a later one
// names.

import type { Draft } from './draft.ts'

/** For each line its drafts, best first; lines and drafts in an order that does not depend on the input's. */
export type DraftsByLine = readonly (readonly Draft[])[]

/** Searching more than this in one knot of lines and payments stops at the best found so far. */
const nodesLimit = 20_000
const searchedLines = 24
const visitsLimit = 5_000

/**
 * Answers for each line the index of the draft it takes, or -1. Only drafts that are likelier than not having
 * an explanation (score above 0) take part.
 */
export function assignDrafts(byLine: DraftsByLine): Int32Array {
  const taken = new Int32Array(byLine.length).fill(-1)
  for (const lines of findKnots(byLine)) {
    const [only] = lines
    if (lines.length === 1 && only !== undefined) taken[only] = 0
    else if (lines.every((line) => takesWholePayments(byLine[line] ?? []))) matchWhole(byLine, lines, taken)
    else if (lines.length <= searchedLines) searchBest(byLine, lines, taken)
    else takeAndExchange(byLine, lines, taken)
  }
  return taken
}

function isPlausible(draft: Draft): boolean {
  return draft.score > 0
}

/** Groups of lines that compete for payments, directly or through others. */
function findKnots(byLine: DraftsByLine): number[][] {
  const parent = Int32Array.from({ length: byLine.length }, (_, line) => line)
  const rootOf = (line: number): number => {
    let at = line
    while ((parent[at] ?? at) !== at) {
      parent[at] = parent[parent[at] ?? at] ?? at
      at = parent[at] ?? at
    }
    return at
  }
  const firstLineOf = new Map<number, number>()
  for (const [line, drafts] of byLine.entries()) {
    for (const draft of drafts) {
      if (!isPlausible(draft)) continue
      for (const { ready } of draft.parts) {
        const other = firstLineOf.get(ready.at)
        if (other === undefined) firstLineOf.set(ready.at, line)
        else {
          const [a, b] = [rootOf(other), rootOf(line)]
          parent[Math.max(a, b)] = Math.min(a, b)
        }
      }
    }
  }
  const knots = new Map<number, number[]>()
  for (const [line, drafts] of byLine.entries()) {
    if (!drafts.some(isPlausible)) continue
    const root = rootOf(line)
    const knot = knots.get(root)
    if (knot) knot.push(line)
    else knots.set(root, [line])
  }
  return [...knots.values()]
}

function takesWholePayments(drafts: readonly Draft[]): boolean {
  return drafts.every((draft) => {
    const [part] = draft.parts
    return (
      !isPlausible(draft) ||
      (draft.parts.length === 1 && part !== undefined && part.amountMinor === part.ready.payment.leftMinor)
    )
  })
}

interface Reach {
  gain: number
  /** The line from which this one's payment was asked for, and by which draft. */
  fromLine: number
  draft: number
}

/**
 * Maximum-weight matching of lines with whole payments, one line added at a time along the path that gains
 * most; a line pushed off its payment moves on to its next one, or stays without.
 */
function matchWhole(byLine: DraftsByLine, lines: readonly number[], taken: Int32Array): void {
  const holder = new Map<number, number>()
  for (const line of lines) addLine(byLine, line, holder, taken)
}

function addLine(byLine: DraftsByLine, start: number, holder: Map<number, number>, taken: Int32Array): void {
  const reached = new Map<number, Reach>([[start, { gain: 0, fromLine: -1, draft: -1 }]])
  let best: { gain: number; line: number; draft: number } = { gain: 0, line: start, draft: -1 }
  const queue = [start]
  for (let head = 0; head < queue.length && head < visitsLimit; head += 1) {
    const line = queue[head] ?? start
    const gain = reached.get(line)?.gain ?? 0
    if (gain > best.gain + 1e-9) best = { gain, line, draft: -1 }
    for (const [at, draft] of (byLine[line] ?? []).entries()) {
      const payment = draft.parts[0]?.ready.at
      if (!isPlausible(draft) || payment === undefined || taken[line] === at) continue
      const owner = holder.get(payment)
      if (owner === undefined) {
        if (gain + draft.score > best.gain + 1e-9) best = { gain: gain + draft.score, line, draft: at }
        continue
      }
      if (owner === start || onPath(reached, line, owner)) continue
      const next = gain + draft.score - (byLine[owner]?.[taken[owner] ?? -1]?.score ?? 0)
      const known = reached.get(owner)
      if (known && known.gain >= next - 1e-9) continue
      reached.set(owner, { gain: next, fromLine: line, draft: at })
      queue.push(owner)
    }
  }
  movePath(byLine, best, reached, holder, taken)
}

function onPath(reached: ReadonlyMap<number, Reach>, line: number, sought: number): boolean {
  for (let at = line; at >= 0; at = reached.get(at)?.fromLine ?? -1) if (at === sought) return true
  return false
}

function movePath(
  byLine: DraftsByLine,
  best: { line: number; draft: number },
  reached: ReadonlyMap<number, Reach>,
  holder: Map<number, number>,
  taken: Int32Array,
): void {
  let { line, draft } = best
  while (line >= 0) {
    const reach = reached.get(line)
    taken[line] = draft
    const payment = byLine[line]?.[draft]?.parts[0]?.ready.at
    if (payment !== undefined) holder.set(payment, line)
    draft = reach?.draft ?? -1
    line = reach?.fromLine ?? -1
  }
}

/** Branch and bound over the drafts of a knot's lines, beginning with the best first: groups, instalments. */
function searchBest(byLine: DraftsByLine, lines: readonly number[], taken: Int32Array): void {
  const order = lines.toSorted((a, b) => (byLine[b]?.[0]?.score ?? 0) - (byLine[a]?.[0]?.score ?? 0) || a - b)
  const bound = new Float64Array(order.length + 1)
  for (let at = order.length - 1; at >= 0; at -= 1) {
    bound[at] = (bound[at + 1] ?? 0) + Math.max(0, byLine[order[at] ?? -1]?.[0]?.score ?? 0)
  }
  const room = roomOf(byLine, lines)
  const choice = new Int32Array(order.length).fill(-1)
  let best = { total: -1, choice: choice.slice() }
  let nodes = 0
  const visit = (at: number, total: number): void => {
    nodes += 1
    if (at === order.length) {
      if (total > best.total + 1e-9) best = { total, choice: choice.slice() }
      return
    }
    if (nodes > nodesLimit || total + (bound[at] ?? 0) <= best.total + 1e-9) return
    for (const [option, draft] of (byLine[order[at] ?? -1] ?? []).entries()) {
      if (!isPlausible(draft) || !fits(draft, room)) continue
      spend(draft, room, 1)
      choice[at] = option
      visit(at + 1, total + draft.score)
      spend(draft, room, -1)
    }
    choice[at] = -1
    visit(at + 1, total)
  }
  visit(0, 0)
  for (const [at, line] of order.entries()) taken[line] = best.choice[at] ?? -1
}

/**
 * For large knots that hold groups or instalments: the likeliest drafts first, then every line that did not get
 * its best tries to have it at the cost of those in its way, as long as the whole gains.
 */
function takeAndExchange(byLine: DraftsByLine, lines: readonly number[], taken: Int32Array): void {
  const room = roomOf(byLine, lines)
  const offers = lines.flatMap((line) =>
    (byLine[line] ?? []).map((draft, option) => ({ line, option, draft })),
  )
  offers.sort((a, b) => b.draft.score - a.draft.score || a.line - b.line || a.option - b.option)
  for (const { line, option, draft } of offers) {
    if (taken[line] !== -1 || !isPlausible(draft) || !fits(draft, room)) continue
    take(byLine, line, option, taken, room)
  }
  const holders = new Map<number, Set<number>>()
  for (const line of lines) noteHolder(byLine, line, taken, holders)
  for (let round = 0; round < 3; round += 1) {
    let gained = false
    for (const line of lines) gained = exchange(byLine, line, taken, room, holders) || gained
    if (!gained) return
  }
}

function exchange(
  byLine: DraftsByLine,
  line: number,
  taken: Int32Array,
  room: Map<number, number>,
  holders: Map<number, Set<number>>,
): boolean {
  const wanted = byLine[line]?.[0]
  if (!wanted || taken[line] === 0 || !isPlausible(wanted)) return false
  const inTheWay = new Set(wanted.parts.flatMap(({ ready }) => [...(holders.get(ready.at) ?? [])]))
  inTheWay.delete(line)
  if (inTheWay.size > 8) return false
  const moved = [line, ...[...inTheWay].sort((a, b) => a - b)]
  const before = moved.map((one) => taken[one] ?? -1)
  const total = totalOf(byLine, moved, taken)
  for (const one of moved) release(byLine, one, taken, room)
  take(byLine, line, 0, taken, room)
  for (const one of moved.slice(1)) {
    const option = (byLine[one] ?? []).findIndex((draft) => isPlausible(draft) && fits(draft, room))
    if (option >= 0) take(byLine, one, option, taken, room)
  }
  const gained = totalOf(byLine, moved, taken) > total + 1e-9
  if (!gained) {
    for (const one of moved) release(byLine, one, taken, room)
    for (const [at, one] of moved.entries())
      if ((before[at] ?? -1) >= 0) take(byLine, one, before[at] ?? 0, taken, room)
  }
  for (const one of moved) noteHolder(byLine, one, taken, holders)
  return gained
}

function take(
  byLine: DraftsByLine,
  line: number,
  option: number,
  taken: Int32Array,
  room: Map<number, number>,
): void {
  const draft = byLine[line]?.[option]
  if (!draft) return
  taken[line] = option
  spend(draft, room, 1)
}

function release(byLine: DraftsByLine, line: number, taken: Int32Array, room: Map<number, number>): void {
  const draft = byLine[line]?.[taken[line] ?? -1]
  if (draft) spend(draft, room, -1)
  taken[line] = -1
}

/** Holders are only ever added: one that has moved on costs an exchange that gains nothing, never a wrong one. */
function noteHolder(
  byLine: DraftsByLine,
  line: number,
  taken: Int32Array,
  holders: Map<number, Set<number>>,
): void {
  for (const { ready } of byLine[line]?.[taken[line] ?? -1]?.parts ?? []) {
    const known = holders.get(ready.at)
    if (known) known.add(line)
    else holders.set(ready.at, new Set([line]))
  }
}

function totalOf(byLine: DraftsByLine, lines: readonly number[], taken: Int32Array): number {
  return lines.reduce((sum, line) => sum + (byLine[line]?.[taken[line] ?? -1]?.score ?? 0), 0)
}

function roomOf(byLine: DraftsByLine, lines: readonly number[]): Map<number, number> {
  const room = new Map<number, number>()
  for (const line of lines) {
    for (const draft of byLine[line] ?? [])
      for (const { ready } of draft.parts) room.set(ready.at, ready.payment.leftMinor)
  }
  return room
}

function fits(draft: Draft, room: ReadonlyMap<number, number>): boolean {
  return draft.parts.every(({ ready, amountMinor }) => (room.get(ready.at) ?? 0) >= amountMinor)
}

function spend(draft: Draft, room: Map<number, number>, direction: 1 | -1): void {
  for (const { ready, amountMinor } of draft.parts)
    room.set(ready.at, (room.get(ready.at) ?? 0) - direction * amountMinor)
}
