/** A payment as the portal prints it: the short object of crm.item.payment.* and the whole one of sale.payment.*. */
import type { Switches } from '../options.ts'
import { printMoment } from '../moments.ts'
import type { Value, ValueMap } from '../values.ts'
import type { Payment, Stored } from './model.ts'
import { type PaymentField, paymentFields } from './payment-fields.ts'
import type { PortalStore } from './store.ts'

/** Value of a field as it is kept: moments in milliseconds, sums in currency units. */
export function readField(payment: Payment, field: PaymentField, store: PortalStore): Stored {
  const system = store.paySystemById.get(payment.paySystemId)
  switch (field.name) {
    case 'id':
      return payment.id
    case 'orderId':
      return payment.orderId
    case 'accountNumber':
      return payment.accountNumber
    case 'paySystemId':
      return payment.paySystemId
    case 'paySystemName':
      return system?.name ?? ''
    case 'paySystemXmlId':
      return system?.xmlId ?? ''
    case 'paySystemIsCash':
      return system?.cash ?? 'N'
    case 'paid':
      return payment.paid ? 'Y' : 'N'
    case 'datePaid':
      return payment.paidAt
    case 'empPaidId':
      return payment.paidBy
    case 'sum':
      return payment.sumMinor / 100
    case 'currency':
      return payment.currency
    case 'dateBill':
      return payment.billedAt
    case 'responsibleId':
      return payment.responsibleId
    case 'xmlId':
      return payment.more.xmlId ?? `bx_${(payment.id * 2654435761).toString(16).padStart(13, '0').slice(-13)}`
    default: {
      const kept = payment.more[field.name]
      return kept === undefined ? field.fallback : kept
    }
  }
}

export function printSum(minor: number, switches: Switches): Value {
  return switches.sumType === 'string' ? (minor / 100).toFixed(2) : minor / 100
}

export function printId(id: number, switches: Switches): Value {
  return switches.idsAsStrings ? String(id) : id
}

const idFields = new Set(['id', 'orderId', 'paySystemId'])

function printField(payment: Payment, field: PaymentField, store: PortalStore, switches: Switches): Value {
  const value = readField(payment, field, store)
  if (value === null) return null
  if (field.type === 'datetime')
    return typeof value === 'number' ? printMoment(value, switches.printZone) : value
  if (field.name === 'sum') return printSum(payment.sumMinor, switches)
  if (idFields.has(field.name) && typeof value === 'number') return printId(value, switches)
  return value
}

/** All fields, or those selected. */
export function printPayment(
  payment: Payment,
  store: PortalStore,
  switches: Switches,
  select?: ReadonlySet<string>,
): ValueMap {
  const printed: ValueMap = {}
  for (const field of paymentFields) {
    if (!select || select.has(field.name)) printed[field.name] = printField(payment, field, store, switches)
  }
  return printed
}

/** The nine fields of `sale_order_payment_crm_simple`. */
export function printShortPayment(payment: Payment, store: PortalStore, switches: Switches): ValueMap {
  return {
    id: printId(payment.id, switches),
    accountNumber: payment.accountNumber,
    paid: payment.paid ? 'Y' : 'N',
    datePaid: payment.paidAt === null ? null : printMoment(payment.paidAt, switches.printZone),
    empPaidId: payment.paidBy,
    paySystemId: printId(payment.paySystemId, switches),
    sum: printSum(payment.sumMinor, switches),
    currency: payment.currency,
    paySystemName: store.paySystemById.get(payment.paySystemId)?.name ?? '',
  }
}
