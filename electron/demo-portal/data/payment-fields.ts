/** The 44 fields of a payment: their types, who may write them and what an untouched one shows. */
import type { Stored } from './model.ts'

export type FieldType = 'integer' | 'string' | 'char' | 'double' | 'datetime'

export interface PaymentField {
  name: string
  type: FieldType
  readOnly: boolean
  immutable: boolean
  required: boolean
  /** What the portal shows when nobody set the field. */
  fallback: Stored
  /** Default printed by the specification of sale.payment.update; undefined where none is stated. */
  documentedDefault: Stored | undefined
}

type Access = 'read' | 'write' | 'required' | 'fixed'

function field(
  name: string,
  type: FieldType,
  access: Access,
  fallback: Stored = null,
  documentedDefault?: Stored,
): PaymentField {
  return {
    name,
    type,
    readOnly: access === 'read',
    immutable: access === 'fixed',
    required: access === 'required' || access === 'fixed',
    fallback,
    documentedDefault,
  }
}

export const paymentFields: readonly PaymentField[] = [
  field('accountNumber', 'string', 'read'),
  field('comments', 'string', 'write', ''),
  field('companyId', 'integer', 'write'),
  field('currency', 'string', 'read'),
  field('dateBill', 'datetime', 'write'),
  field('dateMarked', 'datetime', 'read'),
  field('datePaid', 'datetime', 'write'),
  field('datePayBefore', 'datetime', 'write'),
  field('dateResponsibleId', 'datetime', 'read'),
  field('empMarkedId', 'integer', 'write'),
  field('empPaidId', 'integer', 'write'),
  field('empResponsibleId', 'integer', 'write'),
  field('empReturnId', 'integer', 'write'),
  field('externalPayment', 'char', 'write', 'N', 'N'),
  field('id', 'integer', 'read'),
  field('id1c', 'string', 'write', ''),
  field('isReturn', 'char', 'write', 'N', 'N'),
  field('marked', 'char', 'write', 'N', 'N'),
  field('orderId', 'integer', 'fixed'),
  field('paid', 'char', 'write', 'N', 'N'),
  field('payReturnComment', 'string', 'write', ''),
  field('payReturnDate', 'datetime', 'write'),
  field('payReturnNum', 'string', 'write', ''),
  field('paySystemId', 'integer', 'required'),
  field('paySystemIsCash', 'char', 'read'),
  field('paySystemName', 'string', 'read'),
  field('paySystemXmlId', 'string', 'read'),
  field('payVoucherDate', 'datetime', 'write'),
  field('payVoucherNum', 'string', 'write', ''),
  field('priceCod', 'double', 'write', '0'),
  field('psCurrency', 'string', 'write', ''),
  field('psInvoiceId', 'string', 'write'),
  field('psResponseDate', 'datetime', 'write'),
  field('psStatus', 'char', 'write', '', null),
  field('psStatusCode', 'string', 'write', ''),
  field('psStatusDescription', 'string', 'write', ''),
  field('psStatusMessage', 'string', 'write', ''),
  field('psSum', 'double', 'write'),
  field('reasonMarked', 'string', 'write', ''),
  field('responsibleId', 'integer', 'write'),
  field('sum', 'double', 'write'),
  field('updated1c', 'char', 'write', 'N', 'N'),
  field('version1c', 'string', 'write', ''),
  field('xmlId', 'string', 'write', ''),
]

export const paymentFieldByName: ReadonlyMap<string, PaymentField> = new Map(
  paymentFields.map((entry) => [entry.name, entry]),
)
