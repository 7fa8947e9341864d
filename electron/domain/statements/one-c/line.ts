// A document of a 1C exchange file as a line of the account on one of its sides.

import type { Place, StatementLine } from '../../../contract/statement.ts'
import type { BankDay } from '../../../contract/values.ts'
import type { OwnAccount } from './accounts.ts'
import type { DayReading } from './day.ts'
import type { OneCDocument } from './document.ts'
import { slot } from './keys.ts'
import type { TransferSide } from './transfers.ts'

/** `amountMinor` is the document's sum without direction; the account's owner is taken from its side when not yet known. */
export function lineOf(
  document: OneCDocument,
  own: OwnAccount,
  side: TransferSide,
  movement: { bankDay: BankDay; amountMinor: number; place: Place },
  day: (text: string) => DayReading,
): Omit<StatementLine, 'index'> {
  const { bankDay, amountMinor, place } = movement
  const opposite = side === 'payer' ? 'payee' : 'payer'
  // A sum that came in on the payer's own account: its key decides the direction, not who is called the payer.
  const swapped =
    !document.accounts(side).includes(own.account) && document.accounts(opposite).includes(own.account)
  if (own.owner === '') own.owner = document.party(swapped ? opposite : side).name
  const valueDay = day(document.at(slot.valued))
  const documentDay = day(document.at(slot.day))
  const { purpose, purposeGlued } = document.purpose()
  return {
    bankDay,
    valueDay: 'day' in valueDay ? valueDay.day : null,
    amountMinor: side === 'payee' || amountMinor === 0 ? amountMinor : -amountMinor,
    currency: own.currency,
    counterparty: document.party(swapped ? side : opposite),
    purpose,
    purposeGlued,
    documentNumber: document.at(slot.number),
    documentDay: 'day' in documentDay ? documentDay.day : null,
    bankReference: '',
    reversal: amountMinor < 0,
    booked: true,
    place,
  }
}
