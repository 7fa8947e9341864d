// Whether the statements of one account follow each other without holes, overlaps and jumps of the balance.

import type { ChainBreak } from '../../contract/account.ts'
import type { BankDay } from '../../contract/values.ts'
import { dayNumber, dayOfNumber } from './bank-days.ts'

/** One statement as the chain sees it. One without both days cannot be placed and is left out. */
export interface ChainLink {
  from: BankDay | null
  to: BankDay | null
  openingMinor: number | null
  closingMinor: number | null
}

interface PlacedLink extends ChainLink {
  from: BankDay
  to: BankDay
}

/**
 * The breaks between neighbours, in the order of days. `gap`: days between two statements are in neither, and
 * the balances do not show that nothing moved meanwhile; `from` and `to` are the first and last missing day.
 * `overlap`: days are in both; `from` and `to` are the first and last of them. Statements that meet on one day
 * with the same balance follow each other, as formats do whose statement begins at the last one's closing day.
 * `balance`: neighbours without a missing day whose closing and opening differ.
 */
export function findChainBreaks(
  account: string,
  currency: string,
  links: readonly ChainLink[],
): ChainBreak[] {
  const placed = links
    .filter((link): link is PlacedLink => link.from !== null && link.to !== null)
    .sort(byDays)
  const breaks: ChainBreak[] = []
  let before: PlacedLink | undefined
  for (const link of placed) {
    if (before !== undefined) {
      const found = breakBetween(before, link)
      if (found !== undefined) {
        const { kind, from, to } = found
        breaks.push({
          account,
          currency,
          kind,
          from,
          to,
          beforeMinor: before.closingMinor,
          afterMinor: link.openingMinor,
        })
      }
    }
    // A statement that lies wholly within an earlier one does not shorten what the earlier one covers.
    if (before === undefined || link.to >= before.to) before = link
  }
  return breaks
}

function byDays(a: PlacedLink, b: PlacedLink): number {
  if (a.from !== b.from) return a.from < b.from ? -1 : 1
  if (a.to !== b.to) return a.to < b.to ? -1 : 1
  // Of statements of one day that follow each other, the one whose closing the other opens with comes first.
  if (a.closingMinor !== null && a.closingMinor === b.openingMinor) return -1
  return b.closingMinor !== null && b.closingMinor === a.openingMinor ? 1 : 0
}

function breakBetween(
  before: PlacedLink,
  after: PlacedLink,
): Pick<ChainBreak, 'kind' | 'from' | 'to'> | undefined {
  const known = before.closingMinor !== null && after.openingMinor !== null
  const meets = known && before.closingMinor === after.openingMinor
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
