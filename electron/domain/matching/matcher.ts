// Matching that keeps its indexes, so that one decision costs what it touches and not the whole ledger.

import { draftLine, rejectedKey } from './draft-line.ts'

import { parseMask } from './masks.ts'
import type { NumberMask } from './masks.ts'
import { accountKey } from './normalise.ts'
import { indexPayments } from './portal-index.ts'
import type { PortalIndex } from './portal-index.ts'
import { emptyLexicon, readyLine, readyPayments } from './prepare.ts'
import type { ReadyLine, ReadyPayment } from './prepare.ts'
import { proposalsOf } from './proposals.ts'
import { Rematching } from './rematch.ts'
import { pairReversals } from './reversals.ts'
import { confidencesOf, crowdedOf, judgeAll, takenOf } from './slots.ts'
import type { Slot } from './slots.ts'
import type {
  MatchChange,
  LineMatch,
  MatchInput,
  MatchLine,
  MatchResult,
  MatchSettings,
  PortalMasks,
} from './types.ts'
import { defaultWeights } from './weights.ts'

/**
 * Lines and payments matched, and kept in step with decisions: `update` answers what `matchLines` would of the
 * changed input, at the cost of the lines that the change reaches. Belongs to one thread.
 */
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
  #rematching: Rematching | null = null

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
    this.slots = lines.map((line) => this.slotOf(line))
    judgeAll(this.slots)
    this.#solveAll()
  }

  /** One entry per line, by ascending line id. */
  result(): MatchResult {
    return { lines: this.slots.map(({ match }) => match) }
  }

  /** Builds what `update` needs beforehand; else the first update does. */
  remember(): void {
    this.#rematching ??= new Rematching(this)
  }

  /**
   * Takes a change over and answers the lines whose match was looked at anew, or null when it goes beyond what
   * can be kept in step (a new payment, another number or payer, a new own account): then match everything.
   */
  update(change: MatchChange): LineMatch[] | null {
    this.remember()
    return this.#rematching?.update(change) ?? null
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

  /** A line that nothing was found out about yet. */
  emptySlot(line: MatchLine): Slot {
    const ready = this.ready(line)
    const drafted = { drafts: [], handles: [] }
    return { line: ready, drafted, drafts: [], confidences: [], taken: -1, match: noMatch(ready) }
  }

  slotOf(line: ReadyLine): Slot {
    const drafted = draftLine(line, this.indexes, this.rejected)
    return { line, drafted, drafts: drafted.drafts, confidences: [], taken: -1, match: noMatch(line) }
  }

  #solveAll(): void {
    const confidences = confidencesOf(this.slots)
    const crowded = crowdedOf(this.slots)
    const taken = takenOf(this.slots)
    for (const [at, slot] of this.slots.entries()) {
      slot.confidences = confidences[at] ?? []
      slot.taken = taken[at] ?? -1
      this.propose(slot, crowded)
    }
  }

  propose(slot: Slot, crowded: ReadonlySet<number>): void {
    const { line, drafts, confidences, taken } = slot
    slot.match = proposalsOf(line, drafts, confidences, taken, { crowded, settings: this.settings })
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
