// Whether the statements of one account follow each other without holes, overlaps and jumps of the balance.

import type { ChainBreak } from '../../contract/account.ts'
import type { IssueCode } from '../../contract/statement.ts'
import type { BankDay } from '../../contract/values.ts'
import { dayNumber, dayOfNumber } from './bank-days.ts'

/** Issues that tell that a file ended before it was whole. */
export const cutCodes = ['file.cut', 'document.cut'] as const satisfies readonly IssueCode[]

/** One statement as the chain sees it. One without both days cannot be placed and is left out. */
export interface ChainLink {
  from: BankDay | null
  to: BankDay | null
  openingMinor: number | null
  closingMinor: number | null
  /** Its file was cut off. */
  cut?: boolean
}

type Placed<L extends ChainLink> = L & { from: BankDay; to: BankDay }
type Days = Pick<ChainBreak, 'from' | 'to'>

/**
 * The breaks between neighbours, in the order of days. `gap`: days between two statements are in neither, and
 * the balances do not show that nothing moved meanwhile; `from` and `to` are the first and last missing day.
 * `overlap`: days are in both, and `tellsMore` says that one of the two has something there that is no repeat, else
 * `repeat`; `from` and `to` are the first and last of them. Statements that meet on one day with the same balance follow each other, as
 * formats do whose statement begins at the last one's closing day. `balance`: neighbours without a missing day whose
 * closing and opening differ. `cut`: the days of a statement that was cut off, unless a whole one has all of them; what
 * its closing balance says is of lines that are not there.
 */
export function findChainBreaks<L extends ChainLink>(
  account: string,
  currency: string,
  links: readonly L[],
  tellsMore: (before: L, after: L, days: Days) => boolean = () => true,
): ChainBreak[] {
  const placed = placedOf(links)
  const breaks: ChainBreak[] = []
  const add = (kind: ChainBreak['kind'], { from, to }: Days, before: number | null, after: number | null) =>
    breaks.push({ account, currency, kind, from, to, beforeMinor: before, afterMinor: after })
  let before: Placed<L> | undefined
  for (const link of placed) {
    const closing = before === undefined || before.cut ? null : before.closingMinor
    const found = before && breakBetween({ to: before.to, closing }, link)
    if (before && found) {
      const isRepeat = found.kind === 'overlap' && !tellsMore(before, link, found)
      add(isRepeat ? 'repeat' : found.kind, found, closing, link.openingMinor)
    }
    if (link.cut) add('cut', link, null, null)
    // A statement that lies wholly within an earlier one does not shorten what the earlier one covers.
    if (before === undefined || link.to >= before.to) before = link
  }
  return breaks
}

/** In their order; without those that were cut off and then came whole. */
function placedOf<L extends ChainLink>(links: readonly L[]): Placed<L>[] {
  const placed = links.filter((link): link is Placed<L> => link.from !== null && link.to !== null)
  const whole = placed.filter(({ cut }) => !cut)
  const has = ({ from, to }: Days): boolean => whole.some((one) => one.from <= from && one.to >= to)
  return placed.filter((link) => !link.cut || !has(link)).sort(byDays)
}

function byDays(a: Placed<ChainLink>, b: Placed<ChainLink>): number {
  if (a.from !== b.from) return a.from < b.from ? -1 : 1
  if (a.to !== b.to) return a.to < b.to ? -1 : 1
  // Of statements of one day that follow each other, the one whose closing the other opens with comes first.
  if (a.closingMinor !== null && a.closingMinor === b.openingMinor) return -1
  return b.closingMinor !== null && b.closingMinor === a.openingMinor ? 1 : 0
}

function breakBetween(
  before: { to: BankDay; closing: number | null },
  after: Placed<ChainLink>,
): (Days & { kind: 'gap' | 'balance' | 'overlap' }) | undefined {
  const known = before.closing !== null && after.openingMinor !== null
  const meets = known && before.closing === after.openingMinor
  const distance = dayNumber(after.from) - dayNumber(before.to)
  if (distance > 1)
    return meets ? undefined : { kind: 'gap', from: dayAfter(before.to, 1), to: dayAfter(after.from, -1) }
  if (distance === 1)
    return !known || meets ? undefined : { kind: 'balance', from: before.to, to: after.from }
  if (distance === 0 && meets) return undefined
  return { kind: 'overlap', from: after.from, to: after.to < before.to ? after.to : before.to }
}

/** The day so many days later (or earlier, for a negative number). */
function dayAfter(day: BankDay, days: number): BankDay {
  return dayOfNumber(dayNumber(day) + days)
}
