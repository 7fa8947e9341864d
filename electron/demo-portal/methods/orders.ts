/** sale.order.* and crm.orderentity.list: orders, and which deal or invoice each belongs to. */
import type { Order } from '../data/model.ts'
import { printId, printPayment, printSum } from '../data/print-payment.ts'
import { PortalError, refusals } from '../errors.ts'
import { findPage, findRows } from '../listing/page.ts'
import { printMoment } from '../moments.ts'
import type { Method, MethodCall, Portal } from '../portal.ts'
import { type Value, type ValueMap, integerOf, isEmpty, listOf, textOf } from '../values.ts'
import { isOrderPaid } from './tables.ts'

/** Fields of an order that nobody here ever sets. */
const untouched: ValueMap = {
  additionalInfo: '',
  affiliateId: null,
  canceled: 'N',
  comments: '',
  companyId: null,
  dateCanceled: null,
  dateLock: null,
  dateMarked: null,
  deducted: 'N',
  discountValue: 0,
  empCanceledId: null,
  empMarkedId: null,
  externalOrder: 'N',
  id1c: '',
  lid: 's1',
  lockedBy: '',
  marked: 'N',
  orderTopic: '',
  personTypeXmlId: '',
  reasonCanceled: '',
  reasonMarked: '',
  recountFlag: 'Y',
  recurringId: '',
  statusId: 'N',
  statusXmlId: '',
  taxValue: 0,
  updated1c: 'N',
  userDescription: '',
  userId: 2,
  version: 0,
  version1c: '',
}

function printOrder(order: Order, portal: Portal): ValueMap {
  const { switches, store } = portal
  const inserted = printMoment(order.insertedAt, switches.printZone)
  const owner = store.owner(order.ownerTypeId, order.ownerId)
  return {
    ...untouched,
    accountNumber: order.accountNumber,
    currency: order.currency,
    dateInsert: inserted,
    dateStatus: inserted,
    dateUpdate: inserted,
    empStatusId: order.responsibleId,
    id: printId(order.id, switches),
    payed: isOrderPaid(order, store) ? 'Y' : 'N',
    personTypeId: owner !== undefined && owner.companyId > 0 ? 4 : 3,
    price: printSum(order.priceMinor, switches),
    responsibleId: order.responsibleId,
    xmlId: `bx_${order.id.toString(16).padStart(13, '0')}`,
  }
}

function pickFields(whole: ValueMap, select: Value | undefined): ValueMap {
  const names = listOf(select).map(textOf)
  if (names.length === 0 || names.includes('*')) return whole
  return Object.fromEntries(Object.entries(whole).filter(([name]) => names.includes(name)))
}

function requireReader(call: MethodCall): void {
  if (!call.caller.user.admin) throw new PortalError(refusals.saleReadDenied)
}

/** The client of an order: its company (type 4), its contact (type 3), or both. */
function clientsOf(order: Order, portal: Portal): Value[] {
  const owner = portal.store.owner(order.ownerTypeId, order.ownerId)
  if (!owner) return []
  const found: [number, number][] = []
  if (owner.companyId > 0) found.push([4, owner.companyId])
  if (owner.contactId > 0) found.push([3, owner.contactId])
  return found.map(([entityTypeId, entityId], index) => ({
    entityId,
    entityTypeId,
    id: order.id * 2 + index,
    isPrimary: index === 0 ? 'Y' : 'N',
    orderId: order.id,
    roleId: 0,
    sort: index,
  }))
}

function requisiteLinkOf(order: Order, portal: Portal): ValueMap {
  const link = findRows(portal.tables.links, {
    filter: { ENTITY_TYPE_ID: order.ownerTypeId, ENTITY_ID: order.ownerId },
    zone: 'UTC',
  })[0]
  return {
    bankDetailId: link?.bankDetailId ?? 0,
    mcBankDetailId: link?.ownBankDetailId ?? 0,
    mcRequisiteId: link?.ownRequisiteId ?? 0,
    requisiteId: link?.requisiteId ?? 0,
  }
}

function propertiesOf(order: Order, portal: Portal): Value[] {
  const owner = portal.store.owner(order.ownerTypeId, order.ownerId)
  const company = owner && portal.store.companyById.get(owner.companyId)
  const contact = portal.store.contacts.find((row) => row.id === owner?.contactId)
  const values: [string, string, string | null][] = [
    ['COMPANY', 'Company', company?.title ?? null],
    ['FIO', 'First Last', contact ? `${contact.name} ${contact.lastName}` : null],
    ['EMAIL', 'E-Mail', company?.email ?? contact?.email ?? null],
    ['PHONE', 'Phone', company?.phone ?? contact?.phone ?? null],
  ]
  return values.map(([code, name, value], index) => ({
    code,
    id: order.id * 4 + index,
    name,
    orderPropsId: 20 + index,
    orderPropsXmlId: null,
    value,
  }))
}

const orderList: Method = {
  name: 'sale.order.list',
  scopes: ['sale'],
  run: (call) => {
    requireReader(call)
    const { portal, params } = call
    const page = findPage(portal.tables.orders, {
      filter: params.filter,
      order: params.order,
      start: integerOf(params.start),
      zone: portal.switches.offsetlessZone,
    })
    const orders = page.rows.map((row) => pickFields(printOrder(row, portal), params.select))
    return { result: { orders }, total: page.total ?? 0, next: page.next }
  },
}

const orderGet: Method = {
  name: 'sale.order.get',
  scopes: ['sale'],
  run: (call) => {
    if (isEmpty(call.params.id)) throw new PortalError(refusals.idMissing)
    requireReader(call)
    const { portal } = call
    const order = portal.store.orderById.get(integerOf(call.params.id) ?? 0)
    if (!order) throw new PortalError(refusals.saleOrderAbsent)
    const payments = portal.store.paymentsOfOrder(order.id)
    return {
      result: {
        order: {
          ...printOrder(order, portal),
          basketItems: [],
          clients: clientsOf(order, portal),
          payments: payments.map((payment) => printPayment(payment, portal.store, portal.switches)),
          propertyValues: propertiesOf(order, portal),
          requisiteLink: requisiteLinkOf(order, portal),
          shipments: [],
          tradeBindings: [],
        },
      },
    }
  },
}

const orderEntityList: Method = {
  name: 'crm.orderentity.list',
  scopes: ['crm'],
  run: (call) => {
    if (!call.caller.user.admin) throw new PortalError(refusals.orderEntityDenied)
    const { portal, params } = call
    const query = {
      filter: params.filter,
      order: params.order,
      start: integerOf(params.start),
      zone: portal.switches.offsetlessZone,
    }
    const print = (row: { orderId: number; ownerId: number; ownerTypeId: number }): ValueMap =>
      pickFields({ ownerId: row.ownerId, ownerTypeId: row.ownerTypeId, orderId: row.orderId }, params.select)
    // Unlike every other list, start = -1 means "all of them" here.
    if (query.start !== undefined && query.start < 0) {
      return { result: { orderEntity: findRows(portal.tables.orderEntities, query).map(print) }, total: 0 }
    }
    const page = findPage(portal.tables.orderEntities, query)
    return { result: { orderEntity: page.rows.map(print) }, total: page.total, next: page.next }
  },
}

export const orderMethods: readonly Method[] = [orderList, orderGet, orderEntityList]
