/** sale.payment.*: all payments of the portal with all their fields, for administrators. */
import type { Payment, Stored } from '../data/model.ts'
import { type PaymentField, paymentFieldByName, paymentFields } from '../data/payment-fields.ts'
import { printPayment } from '../data/print-payment.ts'
import { PortalError, refusals } from '../errors.ts'
import { findPage } from '../listing/page.ts'
import { readMoment } from '../moments.ts'
import type { Method, MethodAnswer, MethodCall } from '../portal.ts'
import {
  type Value,
  type ValueMap,
  flagOf,
  integerOf,
  isEmpty,
  isMap,
  listOf,
  numberOf,
  textOf,
} from '../values.ts'

const scopes = ['sale']

function requireReader(call: MethodCall): void {
  if (!call.caller.user.admin) throw new PortalError(refusals.saleReadDenied)
}

function requireWriter(call: MethodCall): void {
  if (!call.caller.user.admin) throw new PortalError(refusals.saleWriteDenied)
}

function requiredPayment(call: MethodCall): Payment {
  const payment = call.portal.store.paymentById.get(integerOf(call.params.id) ?? 0)
  if (!payment) throw new PortalError(refusals.salePaymentAbsent)
  return payment
}

function requireId(call: MethodCall): void {
  if (isEmpty(call.params.id)) throw new PortalError(refusals.idMissing)
}

function requiredFields(call: MethodCall): ValueMap {
  const { fields } = call.params
  if (isEmpty(fields) || !isMap(fields)) throw new PortalError(refusals.fieldsMissing)
  return fields
}

function selectOf(value: Value | undefined): ReadonlySet<string> | undefined {
  const names = listOf(value).map(textOf)
  return names.length === 0 || names.includes('*') ? undefined : new Set(names)
}

/** Reads one given value as its field keeps it. @throws PortalError code 0 when it cannot be read */
function readGiven(field: PaymentField, given: Value, zone: string): Stored {
  if (given === null || given === '') return field.type === 'string' && given === '' ? '' : null
  if (field.type === 'char') {
    const text = textOf(given)
    if (field.name === 'externalPayment' && text === 'F') return 'F'
    const flag = flagOf(given)
    if (flag === undefined) throw new PortalError(refusals.badValue)
    return flag ? 'Y' : 'N'
  }
  if (field.type === 'datetime') {
    const moment = readMoment(textOf(given), zone)
    if (moment === undefined) throw new PortalError(refusals.badValue)
    return moment
  }
  if (field.type === 'string')
    return field.name === 'psInvoiceId' ? (integerOf(given) ?? textOf(given)) : textOf(given)
  const number = field.type === 'integer' ? integerOf(given) : numberOf(given)
  if (number === undefined) throw new PortalError(refusals.badValue)
  return field.name === 'priceCod' ? String(number) : number
}

function numberOrNull(value: Stored): number | null {
  return typeof value === 'number' ? value : null
}

function put(payment: Payment, name: string, value: Stored): void {
  switch (name) {
    case 'paySystemId':
      payment.paySystemId = numberOrNull(value) ?? payment.paySystemId
      return
    case 'paid':
      payment.paid = value === 'Y'
      return
    case 'datePaid':
      payment.paidAt = numberOrNull(value)
      return
    case 'empPaidId':
      payment.paidBy = numberOrNull(value)
      return
    case 'sum':
      payment.sumMinor = Math.round((numberOrNull(value) ?? 0) * 100)
      return
    case 'dateBill':
      payment.billedAt = numberOrNull(value)
      return
    case 'responsibleId':
      payment.responsibleId = numberOrNull(value)
      return
    default:
      payment.more[name] = value
  }
}

function readAll(fields: ValueMap, zone: string): Map<string, Stored> {
  const values = new Map<string, Stored>()
  for (const [name, given] of Object.entries(fields)) {
    const field = paymentFieldByName.get(name)
    if (field && !field.readOnly && !field.immutable) values.set(name, readGiven(field, given, zone))
  }
  return values
}

/** A change of `paid` sets who and when, unless the call says so itself. */
function stampPaid(
  call: MethodCall,
  payment: Payment,
  was: boolean,
  values: ReadonlyMap<string, Stored>,
): void {
  if (payment.paid === was) return
  if (!values.has('datePaid')) payment.paidAt = payment.paid ? call.nowMs : null
  if (!values.has('empPaidId')) payment.paidBy = payment.paid ? call.caller.user.id : null
}

function stampPeople(
  call: MethodCall,
  payment: Payment,
  before: { responsible: number | null; marked: Stored },
): void {
  if (payment.responsibleId !== before.responsible) payment.more.dateResponsibleId = call.nowMs
  if (payment.more.marked === 'Y' && before.marked !== 'Y') payment.more.dateMarked = call.nowMs
}

function resetOmitted(payment: Payment, values: ReadonlyMap<string, Stored>): void {
  for (const field of paymentFields) {
    if (field.documentedDefault !== undefined && !values.has(field.name)) {
      put(payment, field.name, field.documentedDefault)
    }
  }
}

function change(call: MethodCall, payment: Payment, fields: ValueMap, zone: string): void {
  const { store, switches } = call.portal
  const values = readAll(fields, zone)
  const paySystemId = values.get('paySystemId')
  if (paySystemId === undefined && switches.paySystemRequired) throw new PortalError(refusals.requiredFields)
  if (paySystemId !== undefined && !store.paySystemById.has(numberOrNull(paySystemId) ?? 0)) {
    throw new PortalError(refusals.paySystemAbsent)
  }
  const was = payment.paid
  const before = { responsible: payment.responsibleId, marked: payment.more.marked ?? 'N' }
  if (switches.omittedFields === 'reset') resetOmitted(payment, values)
  for (const [name, value] of values) put(payment, name, value)
  stampPaid(call, payment, was, values)
  stampPeople(call, payment, before)
  store.savedPayment(payment)
}

function wholePayment(call: MethodCall, payment: Payment): MethodAnswer {
  return { result: { payment: printPayment(payment, call.portal.store, call.portal.switches) } }
}

function startOf(call: MethodCall): number {
  const start = integerOf(call.params.start) ?? 0
  if (start >= 0) return start
  const { saleStartMinusOne } = call.portal.switches
  if (saleStartMinusOne === 'error') throw new PortalError(refusals.startRefused)
  return saleStartMinusOne === 'ignored' ? 0 : -1
}

/** `total` as the switch wants it; uncounted pages print 0. */
function printedTotal(call: MethodCall, total: number | undefined): number | undefined {
  const { saleTotal } = call.portal.switches
  if (saleTotal === 'absent') return undefined
  if (total === undefined) return 0
  return saleTotal === 'wrong' ? Math.max(0, total - 7) : total
}

const list: Method = {
  name: 'sale.payment.list',
  scopes,
  ofPayments: true,
  run: (call) => {
    requireReader(call)
    const { portal, params } = call
    const page = findPage(portal.tables.payments, {
      filter: params.filter,
      order: params.order,
      start: startOf(call),
      zone: portal.switches.offsetlessZone,
    })
    const select = selectOf(params.select)
    const payments = page.rows.map((row) => printPayment(row, portal.store, portal.switches, select))
    return { result: { payments }, total: printedTotal(call, page.total), next: page.next }
  },
}

const get: Method = {
  name: 'sale.payment.get',
  scopes,
  ofPayments: true,
  run: (call) => {
    requireId(call)
    requireReader(call)
    return wholePayment(call, requiredPayment(call))
  },
}

const getFields: Method = {
  name: 'sale.payment.getFields',
  scopes,
  ofPayments: true,
  run: (call) => {
    requireReader(call)
    const described = paymentFields.map((field): [string, Value] => [
      field.name,
      {
        isImmutable: field.immutable,
        isReadOnly: field.readOnly,
        isRequired: field.required,
        type: field.type,
      },
    ])
    return { result: { payment: Object.fromEntries(described) } }
  },
}

const add: Method = {
  name: 'sale.payment.add',
  scopes,
  ofPayments: true,
  run: (call) => {
    const fields = requiredFields(call)
    requireWriter(call)
    const { store, switches } = call.portal
    if (isEmpty(fields.orderId)) throw new PortalError(refusals.requiredOrder)
    if (isEmpty(fields.paySystemId)) throw new PortalError(refusals.requiredFields)
    const order = store.orderById.get(integerOf(fields.orderId) ?? 0)
    if (!order) throw new PortalError(refusals.saleOrderAbsent)
    if (!store.paySystemById.has(integerOf(fields.paySystemId) ?? 0))
      throw new PortalError(refusals.paySystemAbsent)
    readAll(fields, switches.offsetlessZone)
    const payment = store.addPayment(order, { paySystemId: 2, sumMinor: 0, billedAt: call.nowMs })
    change(call, payment, fields, switches.offsetlessZone)
    call.wrote(payment.id)
    return wholePayment(call, payment)
  },
}

const update: Method = {
  name: 'sale.payment.update',
  scopes,
  ofPayments: true,
  run: (call) => {
    requireId(call)
    const fields = requiredFields(call)
    requireWriter(call)
    const payment = requiredPayment(call)
    change(call, payment, fields, call.portal.switches.offsetlessZone)
    call.wrote(payment.id)
    return wholePayment(call, payment)
  },
}

const remove: Method = {
  name: 'sale.payment.delete',
  scopes,
  ofPayments: true,
  run: (call) => {
    requireId(call)
    requireWriter(call)
    const payment = requiredPayment(call)
    if (payment.paid && call.portal.switches.deletePaid === 'error')
      throw new PortalError(refusals.paidNotDeletable)
    call.portal.store.removePayment(payment)
    call.wrote(payment.id)
    return { result: true }
  },
}

export const salePaymentMethods: readonly Method[] = [list, get, getFields, add, update, remove]
