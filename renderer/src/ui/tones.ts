// What a colour means, the same everywhere. A tone never stands alone: a word says the same.

import type { Standing } from '../../../electron/contract/payment.ts'
import type { LineStanding } from '../../../electron/contract/statement-row.ts'

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'calm'

export const standingTones: Readonly<Record<Standing, Tone>> = {
  reconciled: 'good',
  toPay: 'info',
  toPaySurplus: 'info',
  partlyReceived: 'warn',
  overpaid: 'warn',
  paidSumDiffers: 'warn',
  paidWithoutMoney: 'bad',
  refunded: 'bad',
  refundNoted: 'calm',
  open: 'calm',
  outside: 'calm',
}

export const lineTones: Readonly<Record<LineStanding, Tone>> = {
  open: 'calm',
  proposed: 'info',
  partly: 'warn',
  matched: 'good',
  ignored: 'calm',
  held: 'warn',
  duplicate: 'calm',
  doubtful: 'warn',
  detailed: 'calm',
}
