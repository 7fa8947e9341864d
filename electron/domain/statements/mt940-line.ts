// One entry of MT940, a :61: with its :86:, as a statement line.

import type { Currency } from '../../contract/money.ts'
import type { Place, StatementLine } from '../../contract/statement.ts'
import { compactReference, readDetails } from './mt940-details.ts'
import type { EntryFields } from './mt940-entry.ts'

export interface Entry {
  fields: EntryFields
  details: (readonly string[])[]
  place: Place
  text: string
}

/** The statement line of an entry of the message's account; `amountMinor` is signed. */
export function lineOf(
  entry: Entry,
  bankDay: string,
  amountMinor: number,
  currency: Currency,
  message: { account: string; interim: boolean },
): Omit<StatementLine, 'index'> {
  const { fields, place } = entry
  const details = readDetails(entry.details)
  const hint = readReferenceHint(fields.reference, fields.details)
  const { counterparty } = details
  // One bank repeats the owner's own account where the other party's should stand.
  const other = message.account.endsWith(counterparty.account) ? '' : counterparty.account
  const hasPurpose = details.purpose !== ''
  return {
    bankDay,
    valueDay: fields.valueDay,
    amountMinor,
    currency,
    counterparty: { ...counterparty, account: other || hint.account, name: counterparty.name || hint.name },
    purpose: hasPurpose ? details.purpose : fields.details.replaceAll('\n', ' '),
    purposeGlued: hasPurpose ? details.purposeGlued : null,
    documentNumber: /\d/.test(hint.reference) ? hint.reference : details.reference,
    documentDay: null,
    bankReference: compactReference(fields.bankReference),
    reversal: fields.reversal,
    booked: !message.interim && !fields.expected,
    place,
  }
}

const iban = /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/

/** Dutch banks put the other account, and its name, where the reference and the details of :61: stand. */
function readReferenceHint(
  reference: string,
  details: string,
): { reference: string; account: string; name: string } {
  const padded = /^(.{16})(\S.*)$/.exec(reference)
  if (padded && /^P?\d* +$/.test(padded[1] ?? '')) {
    return { reference: '', account: (padded[1] ?? '').trim(), name: (padded[2] ?? '').trim() }
  }
  const named = /^NONREF {2,}(\S.*)$/.exec(reference)
  if (named) return { reference: '', account: '', name: named[1] ?? '' }
  const plain = compactReference(reference)
  if (iban.test(plain)) return { reference: '', account: plain, name: details.replaceAll('\n', ' ') }
  const account = iban.test(details) || /^P?\d{9,10}$/.test(details) ? details : ''
  return { reference: plain, account, name: '' }
}
