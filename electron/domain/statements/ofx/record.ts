// One STMTTRN (or STMTTRNP, its pending sibling) as a statement line.

import { currencyOf, type Currency } from '../../../contract/money.ts'
import type { GivenFacts } from '../../../contract/statement-file.ts'
import type { IssueCode, Place, StatementIssue, StatementLine } from '../../../contract/statement.ts'
import { glued, readDay, readSum, tidy } from './values.ts'

export type OfxLine = Omit<StatementLine, 'index'>

/** The texts of a record by the fields they fill; escapes are undone, blanks are as in the file. */
export interface OfxRecord {
  pending: boolean
  kind: string
  posted: string
  initiated: string
  available: string
  amount: string
  id: string
  corrects: string
  correction: string
  check: string
  reference: string
  name: string
  longName: string
  payee: string
  memo: string
  otherAccount: string
  otherBank: string
  /** CURSYM of `CURRENCY`, not of `ORIGCURRENCY`. */
  currency: string
}

export type RecordField = Exclude<keyof OfxRecord, 'pending'>

export function newRecord(pending: boolean): OfxRecord {
  return {
    pending,
    kind: '',
    posted: '',
    initiated: '',
    available: '',
    amount: '',
    id: '',
    corrects: '',
    correction: '',
    check: '',
    reference: '',
    name: '',
    longName: '',
    payee: '',
    memo: '',
    otherAccount: '',
    otherBank: '',
    currency: '',
  }
}

export interface RecordFrame {
  account: string
  currency: Currency
  /** Of the record that is being read. */
  place: Place
  dateOrder: GivenFacts['dateOrder']
  /** Tells what was found at the record; `once`: only for the first record of the statement, or of the file. */
  note(code: IssueCode, weight: StatementIssue['weight'], text: string, once?: 'statement' | 'file'): void
  /** Tells of every sum whether it has a minus, and of a debit without any sign with `text`. */
  sign(negative: boolean, text?: string): void
}

/** The line of a record; null when its day or its sum cannot be read, which the frame was told. */
export function readRecord(record: OfxRecord, frame: RecordFrame): OfxLine | null {
  const bankDay = dayOf(record.posted, frame, 'problem')
  const currency = currencyOfRecord(record, frame)
  const minor = sumOf(record, currency, frame)
  if (bankDay === null || minor === null) return null
  // HOLD is money that the bank keeps back; it belongs into the pending list and is pending wherever it stands.
  const booked = !record.pending && !/^HOLD$/i.test(record.kind.trim())
  if (!booked) frame.note('entry.pending', 'note', record.amount.trim())
  const name = tidy(record.payee) || tidy(record.longName) || tidy(record.name)
  const memo = tidy(record.memo)
  const whole = memo === '' ? null : glued(record.memo)
  const other = record.otherAccount.replaceAll(/\s/g, '')
  return {
    bankDay,
    valueDay: optionalDay(record.available, frame),
    amountMinor: minor,
    currency,
    counterparty: {
      name,
      taxId: '',
      account: other === frame.account ? '' : other,
      bankCode: other === '' ? '' : record.otherBank.replaceAll(/\s/g, ''),
    },
    purpose: memo || tidy(record.longName) || tidy(record.name) || name,
    purposeGlued: whole === memo ? null : whole,
    documentNumber: numberOf(record.check) || numberOf(record.reference),
    // The day on which the customer gave the order: what stands on the cheque or on the order itself.
    documentDay: optionalDay(record.initiated, frame),
    bankReference: tidy(record.id),
    reversal: false,
    booked,
    place: frame.place,
  }
}

/** A number of nothing but zeros is how a bank says that there is none. */
function numberOf(text: string): string {
  const number = tidy(text)
  return /^0*$/.test(number) ? '' : number
}

function dayOf(text: string, frame: RecordFrame, weight: StatementIssue['weight']): string | null {
  const trimmed = text.trim()
  const reading = readDay(trimmed, frame.dateOrder)
  if ('wrong' in reading) {
    frame.note(reading.wrong, weight, trimmed)
    return null
  }
  if (reading.guessed) frame.note('date.ambiguous', 'problem', trimmed, 'file')
  return reading.day
}

function optionalDay(text: string, frame: RecordFrame): string | null {
  return text.trim() === '' ? null : dayOf(text, frame, 'note')
}

/**
 * The currency of the sum. `CURRENCY` says that the sums beside it are in its currency, not converted (OFX 2.2,
 * section 5.2); what moved on the account is then nowhere stated, and a product with the rate would have to be
 * rounded: the line keeps the currency it was written in, and that is told. `ORIGCURRENCY` only remembers what the
 * sum was converted from.
 */
function currencyOfRecord(record: OfxRecord, frame: RecordFrame): Currency {
  const text = record.currency.trim()
  if (text === '') return frame.currency
  const currency = currencyOf(text)
  if (currency === frame.currency) return currency
  frame.note('currency.unknown', 'problem', `${text} ${record.amount.trim()}`)
  return currency ?? ('XXX' as Currency)
}

function sumOf(record: OfxRecord, currency: Currency, frame: RecordFrame): number | null {
  const text = record.amount.trim()
  const reading = readSum(text, currency)
  if ('wrong' in reading) {
    frame.note(reading.wrong, 'problem', text)
    return null
  }
  if (reading.doubtful === true) frame.note('amount.precision', 'note', text, 'statement')
  checkDirection(record.kind.trim().toUpperCase(), text, reading.minor, frame)
  return reading.minor
}

/**
 * The sum is signed from the customer's side (OFX 2.2, section 3.2.9.2) and outranks the kind of the entry. A
 * debit without any sign is what a file looks like whose sums have no signs at all: a problem unless one has.
 */
function checkDirection(kind: string, text: string, minor: number, frame: RecordFrame): void {
  const against = kind === 'DEBIT' || kind === 'CHECK' ? minor > 0 : kind === 'CREDIT' && minor < 0
  const unsigned = against && !/[+-]/.test(text)
  frame.sign(minor < 0, unsigned ? `${kind} ${text}` : undefined)
  if (against && !unsigned) frame.note('direction.unknown', 'note', `${kind} ${text}`)
}
