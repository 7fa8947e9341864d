// What one decision changes: the lines it reaches are drafted anew, and only where drafts changed are rivals,
// assignments and proposals looked at again. The answer is the one of matching everything.

import { ofLineSum } from './candidates.ts'
import { dayNumber } from './days.ts'
import type { Draft } from './draft.ts'
import { rejectedKey } from './draft-line.ts'
import { judgeMeetings, mayMeet } from './meetings.ts'
import type { Meeting } from './meetings.ts'
import type { Matcher } from './matcher.ts'
import { accountKey, nameForm } from './normalise.ts'
import { addAlias, dropAlias, lineHandles, reinstate, sumKey, withdraw } from './portal-index.ts'
import type { PortalIndex } from './portal-index.ts'
import type { ReadyPayment } from './prepare.ts'
import { pairReversals } from './reversals.ts'
import {
  byLineId,
  concerns,
  enter,
  enterOne,
  handlesOfPayment,
  isSameButMoney,
  isSameDrafts,
  leave,
  paymentKey,
  paymentsOf,
} from './slot-index.ts'
import { confidencesOf, crowdedOf, orderDrafts, takenOf } from './slots.ts'
import type { Slot } from './slots.ts'
import type { LineMatch, MatchChange, MatchPayment } from './types.ts'

export class Rematching {
  readonly #matcher: Matcher
  readonly #slotById = new Map<number, Slot>()
  readonly #readyByKey = new Map<string, ReadyPayment>()
  readonly #byHandle = new Map<string, Set<Slot>>()
  /** Slots by the payments of their drafts before and after what other lines mean to them. */
  readonly #drafted = new Map<number, Set<Slot>>()
  readonly #meeting = new Map<number, Set<Slot>>()
  readonly #judged = new Map<Draft, Draft>()

  constructor(matcher: Matcher) {
    this.#matcher = matcher
    for (const ready of matcher.payments) this.#readyByKey.set(paymentKey(ready.payment), ready)
    for (const slot of matcher.slots) this.#remember(slot)
    for (const at of this.#drafted.keys()) this.#judge(at)
    for (const slot of matcher.slots) enter(this.#meeting, slot.drafts, slot)
  }

  update(change: MatchChange): LineMatch[] | null {
    if (!this.#canFollow(change)) return null
    const touched = new Set<Slot>()
    this.#changePayments(change.payments ?? [], touched)
    this.#changeAliases(change, touched)
    this.#changeRejected(change, touched)
    const removed = this.#changeLines(change, touched)
    return this.#solve(touched, removed)
  }

  #canFollow({ lines, payments }: MatchChange): boolean {
    return (
      (lines ?? []).every(({ account }) => this.#matcher.knowsAccount(account)) &&
      (payments ?? []).every((payment) => {
        const ready = this.#readyByKey.get(paymentKey(payment))
        return ready !== undefined && isSameButMoney(ready.payment, payment)
      })
    )
  }

  #changePayments(payments: readonly MatchPayment[], touched: Set<Slot>): void {
    for (const payment of payments) {
      const ready = this.#readyByKey.get(paymentKey(payment))
      const index = ready && this.#indexOf(payment.portalId)
      if (!ready || !index) continue
      this.#touch(handlesOfPayment(ready, index), touched)
      this.#touchBySum(ready, index, touched)
      withdraw(index, ready)
      ready.payment = payment
      ready.paidDay = payment.paid ? dayNumber(payment.paidAt) : null
      ready.open = payment.leftMinor > 0 && payment.sumMinor > 0 && !payment.gone
      reinstate(index, ready)
      this.#touchBySum(ready, index, touched)
    }
  }

  /** Of the lines over the payment's sum those that look as far as this payment: popular sums have hundreds. */
  #touchBySum(ready: ReadyPayment, index: PortalIndex, touched: Set<Slot>): void {
    const { currency, leftMinor } = ready.payment
    for (const slot of this.#byHandle.get(`s${sumKey(currency, leftMinor)}`) ?? [])
      if (ofLineSum(slot.line, index).includes(ready)) touched.add(slot)
  }

  #changeAliases({ aliases, forgottenAliases }: MatchChange, touched: Set<Slot>): void {
    for (const alias of [...(forgottenAliases ?? []), ...(aliases ?? [])]) {
      this.#touch(lineHandles('', accountKey(alias.account), nameForm(alias.name).key), touched)
    }
    for (const index of this.#matcher.indexes) {
      for (const alias of forgottenAliases ?? []) dropAlias(index, alias)
      for (const alias of aliases ?? []) addAlias(index, alias)
    }
  }

  #changeRejected({ rejected, unrejected }: MatchChange, touched: Set<Slot>): void {
    for (const pair of unrejected ?? []) this.#matcher.rejected.delete(rejectedKey(pair))
    for (const pair of rejected ?? []) this.#matcher.rejected.add(rejectedKey(pair))
    for (const { lineId } of [...(unrejected ?? []), ...(rejected ?? [])]) {
      const slot = this.#slotById.get(lineId)
      if (slot) touched.add(slot)
    }
  }

  /** Replaces changed lines, takes removed ones out, and pairs reversals again where the change may matter. */
  #changeLines({ lines, removedLines }: MatchChange, touched: Set<Slot>): Slot[] {
    const sums = new Set<number>()
    const removed: Slot[] = []
    for (const id of removedLines ?? []) {
      const slot = this.#slotById.get(id)
      if (!slot) continue
      sums.add(Math.abs(slot.line.line.leftMinor))
      this.#matcher.slots = this.#matcher.slots.filter((other) => other !== slot)
      this.#slotById.delete(id)
      touched.delete(slot)
      removed.push(slot)
    }
    for (const line of lines ?? []) {
      const known = this.#slotById.get(line.id)
      if (known) sums.add(Math.abs(known.line.line.leftMinor))
      sums.add(Math.abs(line.leftMinor))
      const slot = known ?? this.#matcher.emptySlot(line)
      if (!known) this.#add(slot)
      slot.line = this.#matcher.ready(line)
      touched.add(slot)
    }
    this.#pairAgain(sums, touched)
    return removed
  }

  #add(slot: Slot): void {
    this.#slotById.set(slot.line.line.id, slot)
    this.#matcher.slots = [...this.#matcher.slots, slot].sort(byLineId)
  }

  #pairAgain(sums: ReadonlySet<number>, touched: Set<Slot>): void {
    if (sums.size === 0) return
    const alike = this.#matcher.slots.filter(({ line }) => sums.has(Math.abs(line.line.leftMinor)))
    const were = alike.map(({ line }) => line.reversedBy)
    pairReversals(alike.map(({ line }) => line))
    for (const [at, slot] of alike.entries()) {
      if (slot.line.reversedBy !== were[at]) touched.add(slot)
    }
  }

  #solve(touched: ReadonlySet<Slot>, removed: readonly Slot[]): LineMatch[] {
    const atPayments = new Set<number>()
    const changedAt = new Set<number>()
    for (const slot of [...removed, ...touched]) {
      for (const at of paymentsOf(slot.drafted.drafts)) atPayments.add(at)
      this.#forget(slot)
    }
    for (const slot of removed) {
      for (const at of paymentsOf(slot.drafts)) changedAt.add(at)
      leave(this.#meeting, slot.drafts, slot)
    }
    for (const slot of touched) {
      slot.drafted = this.#matcher.slotOf(slot.line).drafted
      this.#remember(slot)
      for (const at of paymentsOf(slot.drafted.drafts)) atPayments.add(at)
    }
    const changed = this.#judgeAgain(atPayments, touched, changedAt)
    return this.#proposeAgain(changed, changedAt)
  }

  /** Judges the meetings at these payments anew; answers the slots whose drafts are others now. */
  #judgeAgain(
    atPayments: ReadonlySet<number>,
    touched: ReadonlySet<Slot>,
    changedAt: Set<number>,
  ): Set<Slot> {
    const looked = new Set(touched)
    for (const at of atPayments) {
      this.#judge(at)
      for (const slot of this.#drafted.get(at) ?? []) looked.add(slot)
    }
    const changed = new Set<Slot>()
    for (const slot of looked) {
      const drafts = orderDrafts(slot.drafted.drafts.map((draft) => this.#judged.get(draft) ?? draft))
      if (!touched.has(slot) && isSameDrafts(drafts, slot.drafts)) continue
      for (const at of [...paymentsOf(slot.drafts), ...paymentsOf(drafts)]) changedAt.add(at)
      leave(this.#meeting, slot.drafts, slot)
      slot.drafts = drafts
      enter(this.#meeting, drafts, slot)
      changed.add(slot)
    }
    return changed
  }

  #judge(at: number): void {
    const meetings: Meeting[] = []
    for (const slot of [...(this.#drafted.get(at) ?? [])].sort(byLineId)) {
      for (const draft of slot.drafted.drafts) {
        if (!draft.parts.some(({ ready }) => ready.at === at)) continue
        const meeting = { line: slot.line, draft }
        if (!mayMeet(meeting)) continue
        meetings.push(meeting)
        if (draft.parts.length === 1) this.#judged.delete(draft)
      }
    }
    for (const [draft, now] of judgeMeetings(meetings)) this.#judged.set(draft, now)
  }

  #proposeAgain(changed: ReadonlySet<Slot>, changedAt: ReadonlySet<number>): LineMatch[] {
    const near = this.#neighbours(new Set([...changed, ...this.#slotsAt(changedAt)]))
    const reached = this.#neighbours(near)
    const weighed = [...this.#neighbours(reached)].sort(byLineId)
    const confidences = confidencesOf(weighed)
    const crowded = crowdedOf(weighed)
    const knot = [...this.#knotOf(changed, changedAt)].sort(byLineId)
    const taken = takenOf(knot)
    const again = new Set<Slot>(changed)
    for (const [at, slot] of knot.entries()) {
      const now = taken[at] ?? -1
      if (now === slot.taken) continue
      slot.taken = now
      again.add(slot)
    }
    for (const [at, slot] of weighed.entries()) {
      if (!near.has(slot)) continue
      slot.confidences = confidences[at] ?? []
      again.add(slot)
    }
    const crowdedFar = crowdedOf([...this.#neighbours(again)].sort(byLineId))
    for (const at of crowded) crowdedFar.add(at)
    const slots = [...again].sort(byLineId)
    for (const slot of slots) this.#matcher.propose(slot, crowdedFar)
    return slots.map(({ match }) => match)
  }

  /** The lines that compete, directly or through others, for a payment whose claims changed. */
  #knotOf(changed: ReadonlySet<Slot>, changedAt: ReadonlySet<number>): Set<Slot> {
    const knot = new Set<Slot>(changed)
    const queue: Slot[] = [...changed]
    const seen = new Set<number>()
    const visit = (at: number): void => {
      if (seen.has(at)) return
      seen.add(at)
      for (const slot of this.#meeting.get(at) ?? []) {
        if (knot.has(slot) || !slot.drafts.some((draft) => draft.score > 0 && concerns(draft, at))) continue
        knot.add(slot)
        queue.push(slot)
      }
    }
    for (const at of changedAt) visit(at)
    for (let slot = queue.pop(); slot; slot = queue.pop())
      for (const draft of slot.drafts)
        if (draft.score > 0) for (const { ready } of draft.parts) visit(ready.at)
    return knot
  }

  /** The slots and all that share a payment with one of them. */
  #neighbours(slots: ReadonlySet<Slot>): Set<Slot> {
    const all = new Set<number>()
    for (const slot of slots) for (const at of paymentsOf(slot.drafts)) all.add(at)
    return new Set([...slots, ...this.#slotsAt(all)])
  }

  #slotsAt(payments: ReadonlySet<number>): Set<Slot> {
    const slots = new Set<Slot>()
    for (const at of payments) for (const slot of this.#meeting.get(at) ?? []) slots.add(slot)
    return slots
  }

  #remember(slot: Slot): void {
    this.#slotById.set(slot.line.line.id, slot)
    for (const handle of slot.drafted.handles) enterOne(this.#byHandle, handle, slot)
    enter(this.#drafted, slot.drafted.drafts, slot)
  }

  #forget(slot: Slot): void {
    for (const handle of slot.drafted.handles) this.#byHandle.get(handle)?.delete(slot)
    leave(this.#drafted, slot.drafted.drafts, slot)
    for (const draft of slot.drafted.drafts) this.#judged.delete(draft)
  }

  #touch(handles: Iterable<string>, touched: Set<Slot>): void {
    for (const handle of handles) for (const slot of this.#byHandle.get(handle) ?? []) touched.add(slot)
  }

  #indexOf(portalId: string): PortalIndex | undefined {
    return this.#matcher.indexes.find((index) => index.portalId === portalId)
  }
}
