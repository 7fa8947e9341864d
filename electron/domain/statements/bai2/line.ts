// From a BAI2 detail to a statement line.

import type { StatementLine } from '../../../contract/statement.ts'
import type { BankDay } from '../../../contract/values.ts'
import { isDateIssue, partyOf, readDate, type Bai2Detail } from './fields.ts'
import type { Bai2Record } from './records.ts'

/** `minor` as written, in the smallest unit of the currency; a negative one turns the direction of its type round. */
export function lineOf(
  record: Bai2Record,
  detail: Bai2Detail,
  direction: 1 | -1,
  minor: number,
  bankDay: BankDay,
  currency: string,
  booked: boolean,
): Omit<StatementLine, 'index'> {
  const value = readDate(detail.valueDate)
  return {
    bankDay,
    valueDay: isDateIssue(value) ? null : value,
    amountMinor: minor === 0 ? 0 : direction * minor,
    currency,
    counterparty: partyOf(detail.text, direction),
    ...textsOf(detail),
    documentNumber: referenceOf(detail.customerReference),
    documentDay: null,
    bankReference: referenceOf(detail.bankReference),
    reversal: minor < 0,
    booked,
    place: record.place,
  }
}

/** Noughts alone fill the place of a reference that there is not. */
function referenceOf(text: string): string {
  return /^0*$/.test(text) ? '' : text
}

function textsOf(detail: Bai2Detail): { purpose: string; purposeGlued: string | null } {
  const pieces = detail.text
    .map((piece) => piece.trim().replaceAll(/\s+/g, ' '))
    .filter((piece) => piece !== '')
  const purpose = pieces.join(' ')
  const glued = pieces.join('')
  return { purpose, purposeGlued: glued === purpose ? null : glued }
}
