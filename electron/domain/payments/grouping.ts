// How many items go in one request, and what a plan costs in requests and time. The same rule of growth serves the job,
// which measures, and the plan, which foresees.

import type { FrozenItem } from './intent.ts'

/** How many items go through each kind of step. */
export interface Work {
  status: number
  fields: number
}

export function workOf(items: readonly FrozenItem[]): Work {
  const steps = items.flatMap(({ item, intent }) => (item.refusal === null ? intent.steps : []))
  const fields = steps.filter((step) => step === 'details' || step === 'edit').length
  return { status: steps.length - fields, fields }
}

/** A first group is small: nobody knows yet how fast the portal works. */
export const firstGroupSize = 5
/** Each write is followed by its own read, and a batch holds fifty commands. */
export const largestGroupSize = 25
/** A request is cut after a minute and a whole group would be unknown then, so a group stays far below. */
export const groupMs = 15_000

/** The size of the next group after one of `items` took so long: half as many again at most, fewer at once. */
export function nextGroupSize(size: number, items: number, tookMs: number): number {
  if (items === 0) return size
  const fits = Math.floor((groupMs * items) / Math.max(1, tookMs))
  const grown = items >= size ? Math.ceil(size * 1.5) : size
  return Math.max(1, Math.min(fits, grown, largestGroupSize))
}

/** How long the portal works on one call, in milliseconds; as much of the method's time budget is used. */
export interface Durations {
  status: number
  fields: number
  read: number
  /** What every request takes besides its calls. */
  start: number
}

/**
 * What the documentation's example answers show, until the portal has shown its own: `time.processing` of
 * crm.item.payment.pay, sale.payment.update and crm.item.payment.get, and the rest of their `time.duration`, which is
 * much the same for each of them.
 */
export const sampleDurations: Durations = { status: 930, fields: 4140, read: 50, start: 300 }

/** What a plan costs: the requests that the safety rules need, and how long the portal takes over them. */
export interface Cost {
  requests: number
  ms: number
}

export function costOf(work: Work, batch: boolean, durations: Durations): Cost {
  const { requests, ms } = batch ? costInGroups(work, durations) : costSingly(work, durations)
  const { status, fields } = durations
  const byBudget = Math.max(budgetMs(work.status, status, ms), budgetMs(work.fields, fields, ms))
  return { requests, ms: Math.round(Math.max(ms, byBudget)) }
}

/** A group is checked by one request, written and read back by the next; a single item is read back by a third. */
function costInGroups(work: Work, durations: Durations): Cost {
  const left = { ...work }
  const sizes = { status: firstGroupSize, fields: firstGroupSize }
  const cost: Cost = { requests: 0, ms: 0 }
  const take = (kind: 'status' | 'fields', most: number): number => {
    const items = Math.min(left[kind], sizes[kind], most)
    const write = durations.start + items * (durations[kind] + durations.read)
    const check = durations.start + items * durations.read
    left[kind] -= items
    sizes[kind] = nextGroupSize(sizes[kind], items, write)
    cost.requests += items === 1 ? 3 : 2
    // The next group is checked while one is in the air, except where details follow what has to be read back first.
    cost.ms += write + (kind === 'fields' || cost.requests === 2 ? check : 0)
    return items
  }
  while (left.status > 0 || left.fields > 0) {
    const changed = left.status > 0 ? take('status', Infinity) : Infinity
    for (let due = Math.min(left.fields, changed); due > 0;) due -= take('fields', due)
  }
  return cost
}

function costSingly(work: Work, { status, fields, read, start }: Durations): Cost {
  const ofStatus = work.status * (status + read + 2 * start)
  const ofFields = work.fields * (fields + 2 * read + 3 * start)
  return { requests: 3 * (work.status + work.fields), ms: ofStatus + ofFields }
}

/** Of a method's time the portal gives so much in ten minutes (documentation, "Limits"). */
const budget = { ms: 480_000, windowMs: 600_000 }

/** Whole windows, then the rest of the calls at the speed of all. */
function budgetMs(calls: number, perCall: number, ms: number): number {
  const charged = calls * perCall
  if (charged <= budget.ms) return 0
  const windows = Math.ceil(charged / budget.ms) - 1
  return windows * budget.windowMs + ((charged - windows * budget.ms) / charged) * ms
}
