// What money rules 4 and 5 ask before a line's money is given to payments.

import type { DatabaseSync } from 'node:sqlite'
import { Refusal } from '../../../contract/fault.ts'
import type { Sum } from '../../../contract/values.ts'
import { noCurrency } from './accounts.ts'
import { flag, number, numberOrNull, one, text, textOrNull } from '../prepared.ts'

export interface Part {
  paymentId: number
  amountMinor: number
}

/** Whether so much of a line may go to a portal's payments. */
export function checkLine(
  db: DatabaseSync,
  input: { lineId: number; portalId: string; allotments: readonly Part[] },
): Sum {
  const line = one(
    db,
    `SELECT line.*, bank_account.portal_id AS bound_portal FROM line
     LEFT JOIN bank_account ON bank_account.account = line.account AND bank_account.currency = line.currency
     WHERE line.id = :id AND live = 1 AND duplicate = 0 AND detailed = 0`,
    { id: input.lineId },
  )
  if (!line) throw new Refusal({ code: 'not.found', what: 'line' })
  // What may be another line's money, or whose currency nobody said, proves nothing yet.
  if (!flag(line, 'booked') || flag(line, 'doubtful') || text(line, 'currency') === noCurrency)
    throw new Refusal({ code: 'match.unproved' })
  if (textOrNull(line, 'bound_portal') !== input.portalId) throw new Refusal({ code: 'match.account' })
  const left = number(line, 'amount_minor') - number(line, 'allotted_minor')
  const asked = input.allotments.reduce((sum, part) => sum + part.amountMinor, 0)
  const wrongSign = input.allotments.some(
    (part) => part.amountMinor === 0 || part.amountMinor > 0 !== left > 0,
  )
  if (wrongSign || Math.abs(asked) > Math.abs(left))
    throw new Refusal({ code: 'match.overLine', leftMinor: left })
  return { minor: asked, currency: text(line, 'currency') }
}

export function checkPayments(
  db: DatabaseSync,
  input: { lineId: number; portalId: string; allotments: readonly Part[]; overAllowed: boolean },
  currency: string,
): void {
  const bound = one(
    db,
    `SELECT own_company_id FROM bank_account JOIN line ON line.account = bank_account.account AND line.currency = bank_account.currency
     WHERE line.id = :id`,
    { id: input.lineId },
  )
  const own = bound ? numberOrNull(bound, 'own_company_id') : null
  if (new Set(input.allotments.map(({ paymentId }) => paymentId)).size !== input.allotments.length) {
    throw new Refusal({ code: 'input.invalid', path: 'allotments', reason: 'twice' })
  }
  for (const part of input.allotments) {
    const payment = one(db, 'SELECT * FROM payment WHERE portal_id = :portal AND id = :id', {
      portal: input.portalId,
      id: part.paymentId,
    })
    if (!payment || flag(payment, 'gone')) throw new Refusal({ code: 'not.found', what: 'payment' })
    if (text(payment, 'currency') !== currency) throw new Refusal({ code: 'match.currency' })
    const theirs = numberOrNull(payment, 'own_company_id')
    if (own !== null && theirs !== null && own !== theirs) throw new Refusal({ code: 'match.account' })
    const received = number(payment, 'matched_minor') - number(payment, 'refunded_minor')
    const left = number(payment, 'sum_minor') - received
    const over =
      part.amountMinor > 0
        ? part.amountMinor > left
        : -part.amountMinor > Math.max(received, number(payment, 'sum_minor'))
    if (over && !input.overAllowed) throw new Refusal({ code: 'match.overPayment', leftMinor: left })
  }
}
