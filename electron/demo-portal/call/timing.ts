/** How long methods take: nothing, the times printed in the documentation's examples, or a table. */
import type { TimeModel, TimeTable } from '../options.ts'

/** Durations of the documented example answers, in seconds; what no example shows is a guess near its neighbours. */
export const realisticTimes: TimeTable = {
  'crm.item.payment.pay': 1.19,
  'crm.item.payment.unpay': 1.03,
  'crm.item.payment.delete': 0.61,
  'crm.item.payment.get': 0.38,
  'crm.item.payment.list': 0.42,
  'crm.item.payment.*': 0.9,
  'sale.payment.update': 4.6,
  'sale.payment.add': 2.5,
  'sale.payment.delete': 1.5,
  'sale.order.get': 1,
  'sale.*': 0.6,
  'crm.item.list': 0.59,
  'crm.*': 0.35,
  '*': 0.04,
}

/**
 * The same answers taken apart: their `processing`, which is the method's own time, and the rest of their `duration`
 * (0.26 to 0.46 s, whatever the method), which the request takes once, a batch as well as a single call.
 */
export const documentedTimes: TimeTable = {
  'crm.item.payment.pay': 0.93,
  'crm.item.payment.unpay': 0.79,
  'crm.item.payment.delete': 0.38,
  'crm.item.payment.get': 0.05,
  'crm.item.payment.list': 0.16,
  'crm.item.payment.*': 0.6,
  'sale.payment.update': 4.14,
  'sale.payment.add': 2.2,
  'sale.payment.delete': 1.2,
  'sale.order.get': 0.7,
  'sale.*': 0.3,
  'crm.item.list': 0.3,
  'crm.*': 0.1,
  '*': 0.01,
}
const requestStart = 0.3

/** Seconds that a request takes besides its methods. */
export function startOf(model: TimeModel): number {
  return model === 'documented' ? requestStart : 0
}

export function matches(pattern: string, method: string): boolean {
  if (!pattern.includes('*')) return pattern === method
  const expression = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
  return new RegExp(`^${expression}$`).test(method)
}

/** Seconds for a method; a batch itself takes none besides its commands. */
export function secondsOf(model: TimeModel, method: string): number {
  if (model === 'none' || method === 'batch') return 0
  const table = model === 'realistic' ? realisticTimes : model === 'documented' ? documentedTimes : model
  let best = -1
  let seconds = 0
  for (const [pattern, value] of Object.entries(table)) {
    if (pattern.length > best && matches(pattern, method)) {
      best = pattern.length
      seconds = value
    }
  }
  return seconds
}
