// The quick filters above the grid: which standings each one means, and how many payments it would show.

import type { PaymentFilter, Standing, StandingCounts } from '../../../../electron/contract/payment.ts'
import { readTyped } from '../reconcile/split-model.ts'

/** In the order in which they are shown; `all` filters nothing. */
export const quickStandings = {
  all: [],
  toPay: ['toPay', 'toPaySurplus'],
  paidWithoutMoney: ['paidWithoutMoney'],
  differences: ['overpaid', 'partlyReceived', 'paidSumDiffers'],
  open: ['open', 'refundNoted'],
  refunded: ['refunded'],
  reconciled: ['reconciled'],
  outside: ['outside'],
} as const satisfies Record<string, readonly Standing[]>
export type Quick = keyof typeof quickStandings
export const quicks = Object.keys(quickStandings) as readonly Quick[]

export function isQuick(name: string | undefined): name is Quick {
  return name !== undefined && Object.hasOwn(quickStandings, name)
}

/** How many payments of the other filters stand so. */
export function quickCount(counts: StandingCounts, quick: Quick): number {
  if (quick === 'all') return counts.all
  return quickStandings[quick].reduce((sum, standing) => sum + counts.byStanding[standing], 0)
}

/** What the person set; texts as typed. */
export interface FilterDraft {
  quick: Quick
  paid: 'any' | 'paid' | 'unpaid'
  from: string
  to: string
  paidFrom: string
  paidTo: string
  paySystemIds: number[]
  currencies: string[]
  sumFrom: string
  sumTo: string
  text: string
  /** Only what quiet looks found changed. */
  news: boolean
}

export const emptyDraft = (): FilterDraft => ({
  quick: 'all',
  paid: 'any',
  from: '',
  to: '',
  paidFrom: '',
  paidTo: '',
  paySystemIds: [],
  currencies: [],
  sumFrom: '',
  sumTo: '',
  text: '',
  news: false,
})

/** Whether anything but the quick filter and the search narrows the list. */
export function isNarrowed(draft: FilterDraft): boolean {
  const { paid, from, to, paidFrom, paidTo, paySystemIds, currencies, sumFrom, sumTo } = draft
  return (
    paid !== 'any' ||
    paySystemIds.length + currencies.length > 0 ||
    [from, to, paidFrom, paidTo, sumFrom, sumTo].some((text) => text !== '')
  )
}

/**
 * The filter as the contract says it, without `portalId`. Sums are read in the one chosen currency, else with
 * two digits; what is not a sum narrows nothing.
 */
export function filterOf(draft: FilterDraft): PaymentFilter {
  const standing = quickStandings[draft.quick]
  const currency = draft.currencies.length === 1 ? (draft.currencies[0] ?? 'RUB') : 'RUB'
  const minMinor = readTyped(draft.sumFrom, currency)
  const maxMinor = readTyped(draft.sumTo, currency)
  return {
    ...(standing.length > 0 && { standing: [...standing] }),
    ...(draft.paid !== 'any' && { paid: draft.paid === 'paid' }),
    ...(draft.from && { from: draft.from }),
    ...(draft.to && { to: draft.to }),
    ...(draft.paidFrom && { paidFrom: draft.paidFrom }),
    ...(draft.paidTo && { paidTo: draft.paidTo }),
    ...(draft.paySystemIds.length > 0 && { paySystemId: [...draft.paySystemIds] }),
    ...(draft.currencies.length > 0 && { currency: [...draft.currencies] }),
    ...(minMinor !== undefined && { minMinor }),
    ...(maxMinor !== undefined && { maxMinor }),
    ...(draft.text && { text: draft.text }),
    ...(draft.news && { news: true as const }),
  }
}

/** The same filter without its standings: what the counts of the quick filters are asked with. */
export function withoutStanding(filter: PaymentFilter): PaymentFilter {
  const { standing: _standing, ...rest } = filter
  return rest
}
