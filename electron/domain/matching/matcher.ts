// Matching that keeps its indexes, so that one decision costs what it touches and not the whole ledger.

import { assignDrafts } from './assign.ts'
import { weighConfidence } from './confidence.ts'
import { compareDrafts } from './draft.ts'
import type { Draft } from './draft.ts'
import { draftLine, rejectedKey } from './draft-line.ts'
import type { Drafted } from './draft-line.ts'
import { parseMask } from './masks.ts'
import type { NumberMask } from './masks.ts'
import { judgeMeetings, mayMeet } from './meetings.ts'
import type { Meeting } from './meetings.ts'
import { accountKey } from './normalise.ts'
import { indexPayments, push } from './portal-index.ts'
import type { PortalIndex } from './portal-index.ts'
import { emptyLexicon, readyLine, readyPayments } from './prepare.ts'
import type { ReadyLine, ReadyPayment } from './prepare.ts'
import { proposalsOf } from './proposals.ts'
import { pairReversals } from './reversals.ts'
import type { LineMatch, MatchInput, MatchLine, MatchResult, MatchSettings, PortalMasks } from './types.ts'
import { defaultWeights } from './weights.ts'

const draftsLimit = 12

/** One line with everything that was found out about it. */
export interface Slot {
  line: ReadyLine
  drafted: Drafted
  /** The drafts in their order, instalments raised, at most `draftsLimit`. */
  drafts: readonly Draft[]
  match: LineMatch
}

/** Where drafts of several lines meet: slots by the payments of their drafts. */
export type Meetings = Map<number, Set<Slot>>

export class Matcher {
  readonly settings: MatchSettings
  readonly indexes: readonly PortalIndex[]
  readonly rejected: Set<string>
  readonly payments: readonly ReadyPayment[]
  /** By ascending line id. */
  slots: Slot[]
  readonly #lexicon = emptyLexicon()
  readonly #masks: ReadonlyMap<string, readonly NumberMask[]>
  readonly #ownAccounts: ReadonlySet<string>

  constructor(input: MatchInput) {
    this.settings = input.settings
    this.#masks = readMasks(input.masks ?? [])
    this.#ownAccounts = ownAccountsOf(input)
    this.rejected = new Set(input.rejected.map(rejectedKey))
    this.payments = readyPayments(input.payments)
    this.indexes = indexPayments(this.payments, {
      weights: { ...defaultWeights, ...input.settings.weights },
      tolerances: input.settings.tolerances ?? {},
      aliases: input.aliases,
      masks: this.#masks,
    })
    const lines = input.lines.toSorted((a, b) => a.id - b.id).map((line) => this.ready(line))
    pairReversals(lines)
    this.slots = lines.map((line) => this.#slotOf(line))
    judgeAll(this.slots)
    this.#solveAll()
  }

  /** One entry per line, by ascending line id. */
  result(): MatchResult {
    return { lines: this.slots.map(({ match }) => match) }
  }

  ready(line: MatchLine): ReadyLine {
    const ready = readyLine(line, this.#lexicon, this.#masks.get(line.bound?.portalId ?? ''))
    ready.ownTransfer = ready.account !== '' && this.#ownAccounts.has(ready.account)
    return ready
  }

  knowsAccount(account: string): boolean {
    const key = accountKey(account)
    return key === '' || this.#ownAccounts.has(key)
  }

  #slotOf(line: ReadyLine): Slot {
    const drafted = draftLine(line, this.indexes, this.rejected)
    return { line, drafted, drafts: drafted.drafts, match: noMatch(line) }
  }

  #solveAll(): void {
    const confidences = confidencesOf(this.slots)
    const crowded = crowdedOf(this.slots)
    const taken = assignDrafts(this.slots.map((slot) => (isIncoming(slot) ? slot.drafts : [])))
    for (const [at, slot] of this.slots.entries())
      slot.match = proposalsOf(slot.line, slot.drafts, confidences[at] ?? [], taken[at] ?? -1, {
        crowded,
        settings: this.settings,
      })
  }
}

function noMatch({ line }: ReadyLine): LineMatch {
  return { lineId: line.id, zone: 'none', proposals: [] }
}

function readMasks(given: readonly PortalMasks[]): Map<string, NumberMask[]> {
  return new Map(
    given.map(({ portalId, masks }) => [
      portalId,
      masks.flatMap((text) => {
        const read = parseMask(text)
        return 'mask' in read ? [read.mask] : []
      }),
    ]),
  )
}

function ownAccountsOf({ lines, ownAccounts }: MatchInput): Set<string> {
  const accounts = new Set([...lines.map(({ account }) => account), ...(ownAccounts ?? [])])
  return new Set([...accounts].map(accountKey).filter((key) => key !== ''))
}

export function isIncoming({ line }: Slot): boolean {
  return line.line.leftMinor > 0
}

/** Likeliest first; what comes far behind is never shown and only costs. */
export function orderDrafts(drafts: readonly Draft[]): readonly Draft[] {
  return drafts.toSorted(compareDrafts).slice(0, draftsLimit)
}

/** Makes drafts better or worse by what other lines want of the same payments. */
function judgeAll(slots: readonly Slot[]): void {
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
