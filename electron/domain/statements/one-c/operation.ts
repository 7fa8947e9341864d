// What a document of a 1C exchange file did to the account: when each side was booked and how much. Russian banks give
// each side a date of its own; banks of Kazakhstan give one date, and a sum for each direction.

import type { OneCDocument } from './document.ts'
import { slot } from './keys.ts'

export interface Operation {
  /** The days on which the payer's and the payee's account were booked, as written; '' where it was not. */
  debited: string
  credited: string
  amount: string
  /** Whose side the statement's account is on, where the document says so by the key of its sum. */
  side: 'payer' | 'payee' | undefined
  /** It names a sum for both directions, which no movement has. */
  contradicted: boolean
}

export function operationOf(document: OneCDocument): Operation {
  const debited = document.at(slot.debited)
  const credited = document.at(slot.credited)
  const operated = document.at(slot.operated)
  const amount = document.at(slot.amount)
  const income = withoutNought(document.at(slot.income))
  const expense = withoutNought(document.at(slot.expense))
  if (income === '' && expense === '') {
    const dated = debited !== '' || credited !== ''
    const days = dated ? { debited, credited } : { debited: operated, credited: operated }
    return { ...days, amount, side: undefined, contradicted: false }
  }
  const side = income === '' ? 'payer' : 'payee'
  const day = operated || (side === 'payer' ? debited : credited) || debited || credited
  return {
    debited: side === 'payer' ? day : '',
    credited: side === 'payee' ? day : '',
    amount: income || expense,
    side,
    contradicted: income !== '' && expense !== '',
  }
}

/** A direction that did not take place may be written as nought. */
function withoutNought(amount: string): string {
  return amount === '' || /^[0.,\s]*$/.test(amount) ? '' : amount
}
