// One entry of MT940, a :61: with its :86:, as a statement line.

import type { Currency } from '../../../contract/money.ts'
import type { Place, StatementLine } from '../../../contract/statement.ts'
import { compactReference, readDetails } from './details.ts'
import { withExtra } from './extra.ts'
import type { EntryFields } from './entry.ts'

export interface Entry {
  fields: EntryFields
  details: (readonly string[])[]
  /** The lines of its :NS:, which some banks add to a :86: or write in its place. */
  extra: string[]
  place: Place
  /** Its :61: as written. */
  lines: readonly string[]
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
  const details = withExtra(readDetails(entry.details), entry.extra)
  const hint = readReferenceHint(fields.reference, fields.details)
  const { counterparty } = details
  // One bank repeats the owner's own account where the other party's should stand.
  const foreign = (account: string) => (account === '' || message.account.endsWith(account) ? '' : account)
  const hasPurpose = details.purpose !== ''
  return {
    bankDay,
    valueDay: fields.valueDay,
    amountMinor,
    currency,
    counterparty: {
      name: counterparty.name || hint.name,
      taxId: counterparty.taxId,
      account: foreign(counterparty.account) || foreign(hint.account),
      bankCode: counterparty.bankCode,
    },
    // Some banks write all they have to say of an entry into its reference.
    purpose: hasPurpose ? details.purpose : fields.details.replaceAll('\n', ' ') || wordsOf(hint.reference),
    purposeGlued: hasPurpose ? details.purposeGlued : null,
    documentNumber: /\d/.test(hint.reference) ? hint.reference : details.reference,
    documentDay: null,
    bankReference: compactReference(fields.bankReference),
    reversal: fields.reversal,
    booked: !message.interim && !fields.expected,
    place,
  }
}

/** A reference without a figure is no number to look for, yet it tells what the entry was. */
function wordsOf(reference: string): string {
  return /\d/.test(reference) ? '' : reference
}

const iban = /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/

/** Dutch banks put the other account, and its name, where the reference and the details of :61: stand. */
function readReferenceHint(
  reference: string,
  details: string,
): { reference: string; account: string; name: string } {
  const padded = reference.length > 16 ? /^(.{16})(\S.*)$/.exec(reference) : null
  if (padded && /^P?\d* +$/.test(padded[1] ?? '')) {
    return { reference: '', account: (padded[1] ?? '').trim(), name: (padded[2] ?? '').trim() }
  }
  const named = reference.startsWith('NONREF  ') ? /^NONREF {2,}(\S.*)$/.exec(reference) : null
  if (named) return { reference: '', account: '', name: named[1] ?? '' }
  const plain = compactReference(reference)
  if (iban.test(plain)) return { reference: '', account: plain, name: details.replaceAll('\n', ' ') }
  if (details === '') return { reference: plain, account: '', name: '' }
  const account = iban.test(details) || /^P?\d{9,10}$/.test(details) ? details : ''
  return { reference: plain, account, name: '' }
}
