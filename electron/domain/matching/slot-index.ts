// What a change of payments and drafts is told by: keys, handles, and slots under the payments they think of.

import type { Draft } from './draft.ts'
import { handlesOf } from './portal-index.ts'
import type { PortalIndex } from './portal-index.ts'
import { eachNumberKey } from './prepare.ts'
import type { ReadyPayment } from './prepare.ts'
import type { Slot } from './slots.ts'
import type { MatchPayment } from './types.ts'

export function paymentKey({ portalId, id }: { portalId: string; id: number }): string {
  return `${portalId} ${id}`
}

/** Numbers, payer, currency and days are what the indexes rest on. */
export function isSameButMoney(a: MatchPayment, b: MatchPayment): boolean {
  return (
    a.accountNumber === b.accountNumber &&
    a.orderNumber === b.orderNumber &&
    a.ownerNumber === b.ownerNumber &&
    a.currency === b.currency &&
    a.billDay === b.billDay &&
    a.payBeforeDay === b.payBeforeDay &&
    JSON.stringify(a.payer) === JSON.stringify(b.payer)
  )
}

/** Handles by which lines find the payment, without its sum. */
export function handlesOfPayment(ready: ReadyPayment, index: PortalIndex): string[] {
  const handles: string[] = []
  eachNumberKey(ready, index.masks, (key) => handles.push(`#${key}`))
  return ready.payer ? [...handles, ...handlesOf(ready.payer)] : handles
}

/** The payments (their `at`) that drafts think of. */
export function paymentsOf(drafts: readonly Draft[]): Set<number> {
  const all = new Set<number>()
  for (const { parts } of drafts) for (const { ready } of parts) all.add(ready.at)
  return all
}

export function concerns(draft: Draft, at: number): boolean {
  return draft.parts.some(({ ready }) => ready.at === at)
}

/** Whether judging the meetings left the drafts as they were. */
export function isSameDrafts(a: readonly Draft[], b: readonly Draft[]): boolean {
  return (
    a.length === b.length &&
    a.every((draft, at) => draft === b[at] || (draft.score === b[at]?.score && draft.parts === b[at].parts))
  )
}

export function byLineId(a: Slot, b: Slot): number {
  return a.line.line.id - b.line.line.id
}

export function enterOne<Key>(map: Map<Key, Set<Slot>>, key: Key, slot: Slot): void {
  const known = map.get(key)
  if (known) known.add(slot)
  else map.set(key, new Set([slot]))
}

/** Puts the slot under every payment of its drafts; `leave` takes it away again. */
export function enter(map: Map<number, Set<Slot>>, drafts: readonly Draft[], slot: Slot): void {
  for (const at of paymentsOf(drafts)) enterOne(map, at, slot)
}

export function leave(map: Map<number, Set<Slot>>, drafts: readonly Draft[], slot: Slot): void {
  for (const at of paymentsOf(drafts)) map.get(at)?.delete(slot)
}
