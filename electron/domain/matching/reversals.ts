// Money that the bank took back: a storno is paired with the line it undoes, which then pays nothing.

import type { ReadyLine } from './prepare.ts'

/** Banks undo an entry within days; after this it is a refund of its own. */
const daysLimit = 40

/** What a line and its reversal must share. */
export function reversalKey({ line }: ReadyLine): string {
  return [line.account, line.currency, Math.abs(line.leftMinor)].join(' ')
}

/** Whether the line undoes another one instead of being money of its own. */
export function isReversal({ line }: ReadyLine): boolean {
  if (line.leftMinor >= 0) return false
  return (
    line.reversal || /сторно|storno|reversal|chargeback|отмена операции|ошибочно зачисл/iu.test(line.purpose)
  )
}

/** Sets `reversedBy` of incoming lines that a reversal among the same lines undoes, the nearest one before it. */
export function pairReversals(lines: readonly ReadyLine[]): void {
  const reversals = lines.filter(isReversal)
  for (const line of lines) line.reversedBy = null
  if (reversals.length === 0) return
  const wanted = new Set(reversals.map(reversalKey))
  const incoming = new Map<string, ReadyLine[]>()
  for (const line of lines) {
    if (line.line.leftMinor <= 0) continue
    const key = reversalKey(line)
    if (!wanted.has(key)) continue
    const known = incoming.get(key)
    if (known) known.push(line)
    else incoming.set(key, [line])
  }
  for (const reversal of reversals.toSorted((a, b) => a.day - b.day || a.line.id - b.line.id)) {
    const original = (incoming.get(reversalKey(reversal)) ?? [])
      .filter(
        (line) =>
          line.reversedBy === null &&
          line.day <= reversal.day &&
          reversal.day - line.day <= daysLimit &&
          likeness(line, reversal) > 0,
      )
      .toSorted(
        (a, b) => likeness(b, reversal) - likeness(a, reversal) || b.day - a.day || b.line.id - a.line.id,
      )[0]
    if (original) original.reversedBy = reversal.line.id
  }
}

/** What ties a line to its reversal: requisites, name, a number; 0 when nothing does. */
function likeness(a: ReadyLine, b: ReadyLine): number {
  const keys = new Set(b.sought.map(({ key }) => key))
  return (
    Number(a.taxId !== '' && a.taxId === b.taxId) +
    Number(a.account !== '' && a.account === b.account) +
    Number(a.name.key !== '' && a.name.key === b.name.key) +
    2 * Number(a.sought.some(({ key }) => keys.has(key)))
  )
}
