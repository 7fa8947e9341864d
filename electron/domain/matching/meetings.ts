// What lines mean to one another where they meet at a payment: parts that complete it together are far likelier
// than a part alone, and the same money sent twice is a repeat.

import type { Draft } from './draft.ts'
import type { ReadyLine } from './prepare.ts'

/** ln of how much oftener parts add up exactly when they belong together. */
const completeBonus = 3.5
/** Lines naming one payment; more are no instalments but a number that everybody writes. */
const partsLimit = 24
/** Money for a payment that plainly had its money before: a repeat, or meant for something else. */
const repeatMalus = -9
/** Within a day it is open which of two equal lines is the mistake. */
const repeatFromDays = 2
const repeatToDays = 120

/** One line's draft at a payment. */
export interface Meeting {
  line: ReadyLine
  draft: Draft
}

/** Whether other lines' drafts at its payment may change this one's worth. */
export function mayMeet({ line, draft }: Meeting): boolean {
  return draft.claim > 0 || isInstalment(line, draft)
}

/** The drafts at one payment that other lines make better or worse; those that stay are left out. */
export function judgeMeetings(meetings: readonly Meeting[]): Map<Draft, Draft> {
  const judged = new Map<Draft, Draft>()
  if (meetings.length < 2) return judged
  const parts = meetings.filter(({ line, draft }) => isInstalment(line, draft))
  if (areComplete(parts))
    for (const { draft } of parts) judged.set(draft, { ...draft, score: draft.score + completeBonus })
  for (const meeting of meetings) {
    if (meeting.draft.claim === 0 || meeting.draft.parts.length > 1) continue
    if (meetings.some((other) => isRepeated(other, meeting))) {
      const { draft } = meeting
      judged.set(draft, { ...draft, score: draft.score + repeatMalus, ceiling: 'doubtful' })
    }
  }
  return judged
}

/** The whole line would be a part of the payment, with enough evidence to think of this payment at all. */
function isInstalment({ line }: ReadyLine, draft: Draft): boolean {
  const [part] = draft.parts
  if (draft.parts.length !== 1 || !part || draft.score < -4) return false
  return part.amountMinor === line.leftMinor && part.amountMinor < part.ready.payment.leftMinor
}

function areComplete(parts: readonly Meeting[]): boolean {
  if (parts.length < 2 || parts.length > partsLimit) return false
  const room = parts[0]?.draft.parts[0]?.ready.payment.leftMinor ?? 0
  return parts.reduce((sum, { line }) => sum + line.line.leftMinor, 0) === room
}

/** Whether `earlier` claims the payment as plainly as `later` does, days before it. */
function isRepeated(earlier: Meeting, later: Meeting): boolean {
  const days = later.line.day - earlier.line.day
  if (days < repeatFromDays || days > repeatToDays) return false
  return earlier.draft.claim >= later.draft.claim && earlier.line.reversedBy === null
}
