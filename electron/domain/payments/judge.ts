// What a reading of a payment means for an intended change: the decisions of the apply job, without any doing.

import type { Intent } from './intent.ts'

/** A payment as just read; `missing` when the portal says that there is none, or that we may not see it. */
export type Reading =
  | {
      kind: 'there'
      paid: boolean
      paidAt: string | null
      sumMinor: number
      currency: string
      accountNumber: string
    }
  | { kind: 'missing' }

export type Verdict = 'go' | 'alreadySo' | 'conflict'

/** The check before a write: nothing is sent unless the payment is still what the person saw and confirmed. */
export function judgeBefore(intent: Intent, reading: Reading): Verdict {
  if (reading.kind === 'missing') return 'conflict'
  const { seen } = intent
  if (
    reading.sumMinor !== seen.sumMinor ||
    reading.currency !== seen.currency ||
    reading.accountNumber !== seen.accountNumber
  ) {
    return 'conflict'
  }
  if (intent.steps.includes('delete')) return reading.paid ? 'conflict' : 'go'
  if (intent.mustShow && !shows(intent.mustShow, reading)) {
    return reading.paid === intent.wantPaid ? 'alreadySo' : 'conflict'
  }
  if (intent.steps[0] === 'status') return reading.paid === intent.wantPaid ? 'alreadySo' : 'go'
  return reading.paid === seen.paid ? 'go' : 'conflict'
}

/** Undo is allowed only while the payment shows what we wrote: the state, and for a paid one the very moment. */
function shows(
  must: { paid: boolean; paidAt: string | null },
  reading: Extract<Reading, { kind: 'there' }>,
): boolean {
  if (must.paid !== reading.paid) return false
  if (must.paidAt === null || reading.paidAt === null) return must.paidAt === reading.paidAt || !must.paid
  return Date.parse(must.paidAt) === Date.parse(reading.paidAt)
}

/** Whether a reading after the write shows what was wanted; `otherwise` when it shows neither that nor what was before. */
export function judgeAfter(intent: Intent, reading: Reading): 'wanted' | 'old' | 'otherwise' {
  if (intent.steps.includes('delete')) return reading.kind === 'missing' ? 'wanted' : 'old'
  if (reading.kind === 'missing') return 'otherwise'
  const same = reading.sumMinor === intent.seen.sumMinor && reading.currency === intent.seen.currency
  if (!same) return 'otherwise'
  if (intent.wantPaid === null) return 'wanted'
  return reading.paid === intent.wantPaid ? 'wanted' : 'old'
}

/** Milliseconds to wait before the next reading of an unknown outcome, after so many readings (money rule 12). */
export function nextReadingAfterMs(readings: number): number {
  return Math.min(1000 * 2 ** readings, 15_000)
}

/** When seeing the old state settles an unknown outcome: the portal's own limit and a margin after sending. */
export function settledFrom(sentAtMs: number, serverLimitSeconds: number): number {
  return sentAtMs + (serverLimitSeconds + 15) * 1000
}
