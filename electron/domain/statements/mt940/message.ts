// One MT940 message while it is read: what its tags have told so far.

import type { Currency } from '../../../contract/money.ts'
import type { Place, StatementHead } from '../../../contract/statement.ts'
import type { Entry } from './line.ts'

export interface Message {
  account: string
  /** From :60:, :62:, :34F: or glued to the account; undefined until one of them came. */
  currency: Currency | undefined
  from: string | null
  to: string | null
  openingMinor: number | null
  closingMinor: number | null
  closed: boolean
  opened: boolean
  sumMinor: number
  interim: boolean
  /** A text of the bank that belongs to no entry was told of; more of them say no more. */
  spoken: boolean
  place: Place
  /** Lines that came before their currency. */
  waiting: Entry[]
}

/** ISO 4217's code for no currency; a line of it can never equal a payment. */
export const noCurrency = 'XXX' as Currency

export function newMessage(place: Place, interim: boolean): Message {
  return {
    account: '',
    currency: undefined,
    from: null,
    to: null,
    openingMinor: null,
    closingMinor: null,
    closed: false,
    opened: false,
    sumMinor: 0,
    interim,
    spoken: false,
    place: { ...place },
    waiting: [],
  }
}

export function headOf(
  message: Message,
  openingMinor: number | null,
  closingMinor: number | null,
): StatementHead {
  const { account, currency, from, to } = message
  return { account, currency: currency ?? noCurrency, owner: '', from, to, openingMinor, closingMinor }
}

/** Nought has no sign: `-0` is a number of its own to JavaScript. */
export function signed(sign: 1 | -1, minor: number): number {
  return minor === 0 ? 0 : sign * minor
}
