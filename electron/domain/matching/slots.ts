// Lines with their drafts, weighed and assigned together.

import { assignDrafts } from './assign.ts'
import { weighConfidence } from './confidence.ts'
import { compareDrafts } from './draft.ts'
import type { Draft } from './draft.ts'
import type { Drafted } from './draft-line.ts'
import { judgeMeetings, mayMeet } from './meetings.ts'
import type { Meeting } from './meetings.ts'
import { push } from './portal-index.ts'
import type { ReadyLine } from './prepare.ts'
import type { LineMatch } from './types.ts'

const draftsLimit = 12

/** One line with everything that was found out about it. */
export interface Slot {
  line: ReadyLine
  drafted: Drafted
  /** The drafts in their order, instalments raised, at most `draftsLimit`. */
  drafts: readonly Draft[]
  confidences: readonly number[]
  /** Index of the draft that the line got together with all others, or -1. */
  taken: number
  match: LineMatch
}

function isIncoming({ line }: Slot): boolean {
  return line.line.leftMinor > 0
}

/** Likeliest first; what comes far behind is never shown and only costs. */
export function orderDrafts(drafts: readonly Draft[]): readonly Draft[] {
  return drafts.toSorted(compareDrafts).slice(0, draftsLimit)
}

/** Makes drafts better or worse by what other lines want of the same payments. */
export function judgeAll(slots: readonly Slot[]): void {
  const meetings = new Map<number, Meeting[]>()
  for (const { line, drafted } of slots) {
    for (const draft of drafted.drafts) {
      const meeting = { line, draft }
      if (mayMeet(meeting)) for (const { ready } of draft.parts) push(meetings, ready.at, meeting)
    }
  }
  const judged = new Map<Draft, Draft>()
  for (const own of meetings.values()) for (const [draft, now] of judgeMeetings(own)) judged.set(draft, now)
  for (const slot of slots)
    slot.drafts = orderDrafts(slot.drafted.drafts.map((draft) => judged.get(draft) ?? draft))
}

export function takenOf(slots: readonly Slot[]): Int32Array {
  return assignDrafts(slots.map((slot) => (isIncoming(slot) ? slot.drafts : [])))
}

/** In the order of the slots: the confidences of each one's drafts. Money in and money out never compete. */
export function confidencesOf(slots: readonly Slot[]): number[][] {
  const incoming = weighConfidence(slots.map((slot) => (isIncoming(slot) ? slot.drafts : [])))
  const outgoing = weighConfidence(slots.map((slot) => (isIncoming(slot) ? [] : slot.drafts)))
  return slots.map((slot, at) => (isIncoming(slot) ? incoming : outgoing)[at] ?? [])
}

/** Payments that more than one line plainly claims: none of these lines is certain. */
export function crowdedOf(slots: readonly Slot[]): Set<number> {
  const claimed = new Map<number, Slot>()
  const crowded = new Set<number>()
  for (const slot of slots) {
    for (const { claim, parts } of slot.drafts) {
      if (claim === 0) continue
      for (const { ready } of parts) {
        const other = claimed.get(ready.at)
        if (other && other !== slot) crowded.add(ready.at)
        else claimed.set(ready.at, slot)
      }
    }
  }
  return crowded
}
