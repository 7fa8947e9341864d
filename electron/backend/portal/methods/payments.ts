// Understanding payments, short and full, and what may be written to them.

import { editableFields } from '../../../contract/operation.ts'
import { momentOf } from '../zone.ts'
import { decimalOf, flagOf, idOf, requireFlag, requireId, requireMoney, textOf } from './reading.ts'
import type { Row } from './reading.ts'
import type { FullPayment, ShortPayment } from './shapes.ts'

/** Throws UnreadableField where id, state, sum or currency cannot be read: such a payment must not be worked with. */
export function readShortPayment(row: Row): ShortPayment {
  const sum = requireMoney(row, 'sum', 'currency')
  return {
    id: requireId(row, 'id'),
    accountNumber: textOf(row['accountNumber']),
    paid: requireFlag(row, 'paid'),
    datePaid: momentOf(row['datePaid']),
    empPaidId: idOf(row['empPaidId']),
    paySystemId: idOf(row['paySystemId']),
    paySystemName: textOf(row['paySystemName']),
    sum,
    currency: sum.currency,
    raw: row,
  }
}

/** As readShortPayment, and without an order there is nothing to join. */
export function readFullPayment(row: Row): FullPayment {
  const text = (field: string): string => textOf(row[field])
  const id = (field: string): number | null => idOf(row[field])
  const moment = (field: string): string | null => momentOf(row[field])
  const date = (field: string): string | null => (text(field) === '' ? null : text(field))
  return {
    ...readShortPayment(row),
    orderId: requireId(row, 'orderId'),
    paySystemXmlId: text('paySystemXmlId'),
    paySystemIsCash: flagOf(row['paySystemIsCash']),
    dateMarked: moment('dateMarked'),
    dateResponsibleId: moment('dateResponsibleId'),
    psStatus: text('psStatus'),
    psStatusCode: text('psStatusCode'),
    psStatusDescription: text('psStatusDescription'),
    psStatusMessage: text('psStatusMessage'),
    psSum: decimalOf(row['psSum']),
    psCurrency: text('psCurrency'),
    psResponseDate: moment('psResponseDate'),
    psInvoiceId: text('psInvoiceId'),
    payVoucherNum: text('payVoucherNum'),
    payVoucherDate: date('payVoucherDate'),
    datePayBefore: moment('datePayBefore'),
    dateBill: moment('dateBill'),
    xmlId: text('xmlId'),
    companyId: id('companyId'),
    priceCod: decimalOf(row['priceCod']),
    isReturn: flagOf(row['isReturn']),
    payReturnNum: text('payReturnNum'),
    payReturnComment: text('payReturnComment'),
    payReturnDate: date('payReturnDate'),
    empReturnId: id('empReturnId'),
    responsibleId: id('responsibleId'),
    empResponsibleId: id('empResponsibleId'),
    empMarkedId: id('empMarkedId'),
    comments: text('comments'),
    updated1c: flagOf(row['updated1c']),
    id1c: text('id1c'),
    version1c: text('version1c'),
    externalPayment: text('externalPayment') === '' ? 'N' : text('externalPayment'),
    marked: flagOf(row['marked']),
    reasonMarked: text('reasonMarked'),
  }
}

/** Fields that `sale.payment.update` accepts, as its page lists them. */
export const writableFields = ['paid', ...editableFields] as const
export type WritableField = (typeof writableFields)[number]

const decimals: readonly string[] = ['psSum', 'priceCod']

/**
 * Writable fields in which two readings of a payment mean different things (money rule 7): moments are compared as
 * moments, numbers as numbers, null and '' as the same nothing.
 */
export function changedFields(before: FullPayment, after: FullPayment): WritableField[] {
  return writableFields.filter((field) => meaning(before, field) !== meaning(after, field))
}

function meaning(payment: FullPayment, field: WritableField): string {
  if (field === 'sum') return `${payment.sum.minor} ${payment.sum.currency}`
  const value = payment[field]
  if (value === null || value === '') return ''
  if (decimals.includes(field)) return plainDecimal(String(value))
  return typeof value === 'string' ? (momentOf(value) ?? value) : String(value)
}

/** `100.00`, `100` and `100.0` are one number. */
function plainDecimal(text: string): string {
  if (!/^[+-]?\d+(\.\d*)?$/.test(text)) return text
  return text.includes('.') ? text.replace(/\.?0*$/, '') : text
}
