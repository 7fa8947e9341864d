/** crm.item.payment.*: the payments of one deal or smart invoice, for everyone who may change that object. */
import { printShortPayment } from '../data/print-payment.ts'
import type { CrmItem, Payment } from '../data/model.ts'
import { PortalError, refusals } from '../errors.ts'
import { findRows } from '../listing/page.ts'
import type { Collection } from '../listing/page.ts'
import type { Caller, Method, MethodCall } from '../portal.ts'
import { flagOf, integerOf, isEmpty } from '../values.ts'

const scopes = ['crm']

/** Administrators may change everything, others what they are responsible for. */
export function mayChange(caller: Caller, owner: CrmItem | undefined): boolean {
  return caller.user.admin || (owner !== undefined && owner.assignedById === caller.user.id)
}

function requiredId(call: MethodCall): number {
  if (isEmpty(call.params.id)) throw new PortalError(refusals.idMissing)
  return integerOf(call.params.id) ?? Number.NaN
}

/** Absent and forbidden share code 0; only the words differ. */
function requiredPayment(call: MethodCall): Payment {
  const { store } = call.portal
  const payment = store.paymentById.get(requiredId(call))
  if (!payment) throw new PortalError(refusals.paymentAbsent)
  if (!mayChange(call.caller, store.ownerOfPayment(payment))) throw new PortalError(refusals.paymentDenied)
  return payment
}

/** Marks as paid as `crm.item.payment.pay` does. */
function markPaid(call: MethodCall, payment: Payment): void {
  const { payOnPaid } = call.portal.switches
  if (payment.paid && payOnPaid === 'error') throw new PortalError(refusals.alreadyPaid)
  if (payment.paid && payOnPaid === 'true') {
    call.wrote(payment.id, false)
    return
  }
  payment.paid = true
  payment.paidAt = call.nowMs
  payment.paidBy = call.caller.user.id
  call.portal.store.savedPayment(payment)
  call.wrote(payment.id)
}

function markUnpaid(call: MethodCall, payment: Payment): void {
  const { unpayOnUnpaid, unpayClears } = call.portal.switches
  if (!payment.paid && unpayOnUnpaid === 'error') throw new PortalError(refusals.notPaid)
  const changed = payment.paid
  payment.paid = false
  if (changed && unpayClears) {
    payment.paidAt = null
    payment.paidBy = null
  }
  call.portal.store.savedPayment(payment)
  call.wrote(payment.id, changed)
}

function requiredOwner(call: MethodCall): {
  owner: CrmItem | undefined
  entityId: number
  entityTypeId: number
} {
  if (isEmpty(call.params.entityId)) throw new PortalError(refusals.ownerMissing)
  if (isEmpty(call.params.entityTypeId)) throw new PortalError(refusals.ownerTypeMissing)
  const entityId = integerOf(call.params.entityId) ?? 0
  const entityTypeId = integerOf(call.params.entityTypeId) ?? 0
  return { owner: call.portal.store.owner(entityTypeId, entityId), entityId, entityTypeId }
}

const list: Method = {
  name: 'crm.item.payment.list',
  scopes,
  ofPayments: true,
  run: (call) => {
    const { portal, caller, params } = call
    const { owner, entityId, entityTypeId } = requiredOwner(call)
    if (entityTypeId !== 2 && entityTypeId !== 31) return { result: [] }
    if (!owner || !mayChange(caller, owner)) throw new PortalError(refusals.paymentDenied)
    const rows = portal.store
      .paymentsOfOwner(entityTypeId, entityId)
      .sort((left, right) => left.id - right.id)
    const owned: Collection<Payment> = { ...portal.tables.payments, rows: () => rows, indexes: new Map() }
    const query = { filter: params.filter, order: params.order, zone: portal.switches.offsetlessZone }
    return {
      result: findRows(owned, query).map((row) => printShortPayment(row, portal.store, portal.switches)),
    }
  },
}

const get: Method = {
  name: 'crm.item.payment.get',
  scopes,
  ofPayments: true,
  run: (call) => ({
    result: printShortPayment(requiredPayment(call), call.portal.store, call.portal.switches),
  }),
}

const add: Method = {
  name: 'crm.item.payment.add',
  scopes,
  ofPayments: true,
  run: (call) => {
    const { store } = call.portal
    const { owner, entityId, entityTypeId } = requiredOwner(call)
    if (entityTypeId !== 2 && entityTypeId !== 31) throw new PortalError(refusals.ownerTypeUnsupported)
    if (!owner) {
      throw new PortalError(refusals.paymentAbsent, {
        en: `Entity with identifier №${entityId} does not exist`,
        ru: `Объект с идентификатором №${entityId} не существует`,
      })
    }
    if (!mayChange(call.caller, owner)) throw new PortalError(refusals.paymentDenied)
    const order = store.ordersOfOwner(entityTypeId, entityId)[0] ?? store.addOrder(owner, call.nowMs)
    const taken = store.paymentsOfOrder(order.id).reduce((sum, payment) => sum + payment.sumMinor, 0)
    const payment = store.addPayment(order, {
      paySystemId: 2,
      sumMinor: Math.max(0, order.priceMinor - taken),
      billedAt: call.nowMs,
    })
    call.wrote(payment.id)
    return { result: payment.id }
  },
}

const update: Method = {
  name: 'crm.item.payment.update',
  scopes,
  ofPayments: true,
  run: (call) => {
    const id = requiredId(call)
    if (isEmpty(call.params.fields)) throw new PortalError(refusals.fieldsMissing)
    const payment = requiredPayment({ ...call, params: { ...call.params, id } })
    const given = call.params.fields
    const fields = typeof given === 'object' && given !== null && !Array.isArray(given) ? given : {}
    if (fields.paySystemId !== undefined) {
      const paySystemId = integerOf(fields.paySystemId) ?? 0
      if (!call.portal.store.paySystemById.has(paySystemId)) throw new PortalError(refusals.paySystemAbsent)
      payment.paySystemId = paySystemId
      call.portal.store.savedPayment(payment)
    }
    const paid = flagOf(fields.paid)
    if (paid === true) markPaid(call, payment)
    else if (paid === false) markUnpaid(call, payment)
    else call.wrote(payment.id)
    return { result: true }
  },
}

const remove: Method = {
  name: 'crm.item.payment.delete',
  scopes,
  ofPayments: true,
  run: (call) => {
    const payment = requiredPayment(call)
    if (payment.paid && call.portal.switches.deletePaid === 'error')
      throw new PortalError(refusals.paidNotDeletable)
    call.portal.store.removePayment(payment)
    call.wrote(payment.id)
    return { result: true }
  },
}

const pay: Method = {
  name: 'crm.item.payment.pay',
  scopes,
  ofPayments: true,
  run: (call) => {
    markPaid(call, requiredPayment(call))
    return { result: true }
  },
}

const unpay: Method = {
  name: 'crm.item.payment.unpay',
  scopes,
  ofPayments: true,
  run: (call) => {
    markUnpaid(call, requiredPayment(call))
    return { result: true }
  },
}

export const crmPaymentMethods: readonly Method[] = [list, get, add, update, remove, pay, unpay]
