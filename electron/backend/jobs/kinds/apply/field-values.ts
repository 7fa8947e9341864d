// Comparing the values of fields: what was asked for, what stood there, what the portal shows.

import type { WorkItem } from '../../../ledger/tables/operations.ts'
import { changedFields, readFullPayment, writableFields } from '../../../portal/methods/payments.ts'
import type { WritableField } from '../../../portal/methods/payments.ts'
import type { FullPayment } from '../../../portal/methods/shapes.ts'
import { dayIn, dayOf, momentOf, noonOf } from '../../../portal/zone.ts'

/** A field as the forms show it: text as it is, numbers in their shortest form, nothing as ''. */
export function fieldText(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** Every field that an update may change, as just read: what stands must be told from what it became (money rule 7). */
export function writableTexts(payment: FullPayment): Record<string, string> {
  return Object.fromEntries(writableFields.map((field) => [field, fieldText(payment.raw[field])]))
}

/** Fields that hold a number: `100`, `100.00` and, where nothing was wanted, `0` and nothing are the same there. */
const numberFields: ReadonlySet<string> = new Set<WritableField>([
  'paySystemId',
  'sum',
  'psSum',
  'priceCod',
  'companyId',
  'empPaidId',
  'empReturnId',
  'responsibleId',
  'empResponsibleId',
  'empMarkedId',
])
const momentFields: ReadonlySet<string> = new Set<WritableField>([
  'datePaid',
  'psResponseDate',
  'payVoucherDate',
  'datePayBefore',
  'dateBill',
  'payReturnDate',
])
/** Flags that are no where nothing was said of them. */
const plainFlags: ReadonlySet<string> = new Set<WritableField>([
  'isReturn',
  'updated1c',
  'externalPayment',
  'marked',
])

/**
 * Whether a field shows the wanted value. Bank days, which are written as noon, are compared by calendar day in the
 * portal's zone (money rule 8), other moments to the second, numbers as numbers, and texts as they are: a document's
 * number `007` is another one than `7`.
 */
export function sameValue(field: string, shown: string, wanted: string, zone: string): boolean {
  if (shown === wanted) return true
  if (numberFields.has(field)) return sameNumber(shown, wanted)
  if (plainFlags.has(field)) return (shown || 'N') === (wanted || 'N')
  return momentFields.has(field) && wanted !== '' && sameMoment(shown, wanted, zone)
}

function sameNumber(shown: string, wanted: string): boolean {
  if (wanted === '') return Number(shown) === 0
  return shown !== '' && Number(shown) === Number(wanted)
}

function sameMoment(shown: string, wanted: string, zone: string): boolean {
  const moment = momentOf(wanted)
  const seen = momentOf(shown)
  if (moment === null || seen === null || isNoon(moment, zone))
    return dayOf(shown, zone) === dayOf(wanted, zone)
  return Math.floor(Date.parse(seen) / 1000) === Math.floor(Date.parse(moment) / 1000)
}

function isNoon(moment: string, zone: string): boolean {
  return Date.parse(noonOf(dayIn(moment, zone), zone)) === Date.parse(moment)
}

/** Whether the payment shows all of these values. */
export function showsAll(
  payment: FullPayment,
  fields: Readonly<Record<string, string>>,
  zone: string,
): boolean {
  return Object.entries(fields).every(([field, wanted]) =>
    sameValue(field, fieldText(payment.raw[field]), wanted, zone),
  )
}

export interface Touched {
  field: string
  before: string
  after: string
}

/** Fields that nobody asked for and that are not what they were when the write was intended (money rule 7). */
export function touchedFields(
  item: WorkItem,
  before: Readonly<Record<string, string>>,
  after: FullPayment,
): Touched[] {
  const asked = new Set(Object.keys(item.intent.fields))
  const was = readFullPayment({ ...after.raw, ...before })
  return changedFields(was, after)
    .filter((field) => !asked.has(field))
    .map((field) => ({ field, before: before[field] ?? '', after: fieldText(after.raw[field]) }))
}
