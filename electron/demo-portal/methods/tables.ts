/** The portal's rows as filterable tables with the field names that each family of methods uses. */
import type {
  BankDetail,
  Company,
  Contact,
  CrmItem,
  Order,
  Payment,
  Requisite,
  RequisiteLink,
} from '../data/model.ts'
import { paymentFields } from '../data/payment-fields.ts'
import { readField } from '../data/print-payment.ts'
import { type PortalStore, groupBy } from '../data/store.ts'
import type { FieldKind, FieldSpec, Scalar } from '../listing/filter.ts'
import type { Collection } from '../listing/page.ts'
import { type Value, integerOf } from '../values.ts'

export interface OrderEntity {
  orderId: number
  ownerId: number
  ownerTypeId: number
}

export interface Tables {
  payments: Collection<Payment>
  orders: Collection<Order>
  orderEntities: Collection<OrderEntity>
  deals: Collection<CrmItem>
  invoices: Collection<CrmItem>
  contacts: Collection<Contact>
  companies: Collection<Company>
  requisites: Collection<Requisite>
  bankDetails: Collection<BankDetail>
  links: Collection<RequisiteLink>
}

function spec<Row>(kind: FieldKind, read: (row: Row) => Scalar | readonly Scalar[]): FieldSpec<Row> {
  return { kind, read }
}

function indexOf<Row>(
  find: (key: number) => Row | readonly Row[] | undefined,
): (value: Value) => readonly Row[] {
  return (value) => {
    const key = integerOf(value)
    const found = key === undefined ? undefined : find(key)
    if (found === undefined) return []
    return Array.isArray(found) ? (found as readonly Row[]) : [found as Row]
  }
}

function paymentTable(store: PortalStore): Collection<Payment> {
  const kinds: Record<string, FieldKind> = {
    integer: 'number',
    double: 'number',
    datetime: 'moment',
    char: 'text',
  }
  const entries = paymentFields.map((field): [string, FieldSpec<Payment>] => [
    field.name,
    spec(
      field.name === 'paid' ? 'flag' : field.name === 'priceCod' ? 'text' : (kinds[field.type] ?? 'text'),
      field.name === 'paid' ? (row) => (row.paid ? 'Y' : 'N') : (row) => readField(row, field, store),
    ),
  ])
  return {
    rows: () => store.payments,
    version: () => store.version(),
    idField: 'id',
    idOf: (row) => row.id,
    fields: new Map(entries),
    indexes: new Map([
      ['id', indexOf((id) => store.paymentById.get(id))],
      ['orderId', indexOf((id) => store.paymentsOfOrder(id))],
    ]),
  }
}

/** An order counts as paid when every payment of it is. */
export function isOrderPaid(order: Order, store: PortalStore): boolean {
  const payments = store.paymentsOfOrder(order.id)
  return payments.length > 0 && payments.every((payment) => payment.paid)
}

function orderTable(store: PortalStore): Collection<Order> {
  return {
    rows: () => store.orders,
    version: () => store.version(),
    idField: 'id',
    idOf: (row) => row.id,
    fields: new Map<string, FieldSpec<Order>>([
      ['id', spec('number', (row) => row.id)],
      ['accountNumber', spec('text', (row) => row.accountNumber)],
      ['price', spec('number', (row) => row.priceMinor / 100)],
      ['currency', spec('text', (row) => row.currency)],
      ['payed', spec('flag', (row) => (isOrderPaid(row, store) ? 'Y' : 'N'))],
      ['canceled', spec('flag', () => 'N')],
      ['dateInsert', spec('moment', (row) => row.insertedAt)],
      ['responsibleId', spec('number', (row) => row.responsibleId)],
    ]),
    indexes: new Map([['id', indexOf((id) => store.orderById.get(id))]]),
  }
}

function orderEntityTable(store: PortalStore): Collection<OrderEntity> {
  const entityOf = (order: Order): OrderEntity => ({
    orderId: order.id,
    ownerId: order.ownerId,
    ownerTypeId: order.ownerTypeId,
  })
  let kept: { version: number; rows: OrderEntity[] } | undefined
  return {
    rows: () => {
      if (kept?.version !== store.ordersVersion()) {
        kept = { version: store.ordersVersion(), rows: store.orders.map(entityOf) }
      }
      return kept.rows
    },
    version: () => store.ordersVersion(),
    idField: 'orderId',
    idOf: (row) => row.orderId,
    fields: new Map<string, FieldSpec<OrderEntity>>([
      ['orderId', spec('number', (row) => row.orderId)],
      ['ownerId', spec('number', (row) => row.ownerId)],
      ['ownerTypeId', spec('number', (row) => row.ownerTypeId)],
    ]),
    indexes: new Map([
      [
        'orderId',
        indexOf((id) => {
          const order = store.orderById.get(id)
          return order && entityOf(order)
        }),
      ],
      [
        'ownerId',
        indexOf((id) => [...store.ordersOfOwner(2, id), ...store.ordersOfOwner(31, id)].map(entityOf)),
      ],
    ]),
  }
}

function itemTable(
  store: PortalStore,
  rows: readonly CrmItem[],
  byId: ReadonlyMap<number, CrmItem>,
): Collection<CrmItem> {
  const fields = new Map<string, FieldSpec<CrmItem>>([
    ['id', spec('number', (row) => row.id)],
    ['title', spec('text', (row) => row.title)],
    ['companyId', spec('number', (row) => row.companyId)],
    ['contactId', spec('number', (row) => row.contactId)],
    ['contactIds', spec('number', (row) => (row.contactId > 0 ? [row.contactId] : []))],
    ['mycompanyId', spec('number', (row) => row.myCompanyId)],
    ['opportunity', spec('number', (row) => row.opportunityMinor / 100)],
    ['currencyId', spec('text', (row) => row.currency)],
    ['stageId', spec('text', (row) => row.stageId)],
    ['categoryId', spec('number', (row) => (row.entityTypeId === 31 ? 11 : 0))],
    ['assignedById', spec('number', (row) => row.assignedById)],
    ['createdTime', spec('moment', (row) => row.createdAt)],
    ['updatedTime', spec('moment', (row) => row.updatedAt)],
    ['begindate', spec('moment', (row) => row.createdAt)],
    ['closedate', spec('moment', (row) => row.closeAt)],
    ['accountNumber', spec('text', (row) => row.accountNumber)],
    ['parentId2', spec('number', (row) => row.dealId)],
  ])
  return {
    rows: () => rows,
    version: () => store.version(),
    idField: 'id',
    idOf: (row) => row.id,
    fields,
    indexes: new Map([['id', indexOf((id) => byId.get(id))]]),
  }
}

function contactTable(store: PortalStore): Collection<Contact> {
  const byId = new Map(store.contacts.map((row) => [row.id, row]))
  return {
    rows: () => store.contacts,
    version: () => 0,
    idField: 'id',
    idOf: (row) => row.id,
    fields: new Map<string, FieldSpec<Contact>>([
      ['id', spec('number', (row) => row.id)],
      ['name', spec('text', (row) => row.name)],
      ['secondName', spec('text', (row) => row.secondName)],
      ['lastName', spec('text', (row) => row.lastName)],
      ['companyId', spec('number', (row) => row.companyId)],
      ['assignedById', spec('number', (row) => row.assignedById)],
    ]),
    indexes: new Map([['id', indexOf((id) => byId.get(id))]]),
  }
}

function companyTable(store: PortalStore): Collection<Company> {
  return {
    rows: () => store.companies,
    version: () => 0,
    idField: 'id',
    idOf: (row) => row.id,
    fields: new Map<string, FieldSpec<Company>>([
      ['id', spec('number', (row) => row.id)],
      ['title', spec('text', (row) => row.title)],
      ['isMyCompany', spec('flag', (row) => (row.own ? 'Y' : 'N'))],
      ['assignedById', spec('number', (row) => row.assignedById)],
    ]),
    indexes: new Map([['id', indexOf((id) => store.companyById.get(id))]]),
  }
}

function requisiteTable(store: PortalStore): Collection<Requisite> {
  const byId = new Map(store.requisites.map((row) => [row.id, row]))
  const byEntity = groupBy(store.requisites, (row) => row.entityId)
  return {
    rows: () => store.requisites,
    version: () => 0,
    idField: 'ID',
    idOf: (row) => row.id,
    fields: new Map<string, FieldSpec<Requisite>>([
      ['ID', spec('number', (row) => row.id)],
      ['ENTITY_TYPE_ID', spec('number', (row) => row.entityTypeId)],
      ['ENTITY_ID', spec('number', (row) => row.entityId)],
      ['NAME', spec('text', (row) => row.name)],
      ['RQ_COMPANY_NAME', spec('text', (row) => row.companyName)],
      ['RQ_COMPANY_FULL_NAME', spec('text', (row) => row.fullName)],
      ['RQ_INN', spec('text', (row) => row.inn)],
      ['RQ_KPP', spec('text', (row) => row.kpp)],
      ['RQ_VAT_ID', spec('text', (row) => row.vatId)],
      ['ACTIVE', spec('flag', () => 'Y')],
    ]),
    indexes: new Map([
      ['ID', indexOf((id) => byId.get(id))],
      ['ENTITY_ID', indexOf((id) => byEntity.get(id))],
    ]),
  }
}

function bankDetailTable(store: PortalStore): Collection<BankDetail> {
  const byRequisite = groupBy(store.bankDetails, (row) => row.requisiteId)
  return {
    rows: () => store.bankDetails,
    version: () => 0,
    idField: 'ID',
    idOf: (row) => row.id,
    fields: new Map<string, FieldSpec<BankDetail>>([
      ['ID', spec('number', (row) => row.id)],
      ['ENTITY_TYPE_ID', spec('number', () => 8)],
      ['ENTITY_ID', spec('number', (row) => row.requisiteId)],
      ['NAME', spec('text', (row) => row.name)],
      ['RQ_ACC_NUM', spec('text', (row) => (row.iban === '' ? row.account : ''))],
      ['RQ_IBAN', spec('text', (row) => row.iban)],
      ['RQ_BIK', spec('text', (row) => row.bank.bic)],
      ['ACTIVE', spec('flag', () => 'Y')],
    ]),
    indexes: new Map([['ENTITY_ID', indexOf((id) => byRequisite.get(id))]]),
  }
}

function linkTable(store: PortalStore): Collection<RequisiteLink> {
  const byEntity = groupBy(store.links, (row) => row.entityId)
  return {
    rows: () => store.links,
    version: () => 0,
    idField: 'ENTITY_ID',
    idOf: (row) => row.entityId,
    fields: new Map<string, FieldSpec<RequisiteLink>>([
      ['ENTITY_TYPE_ID', spec('number', (row) => row.entityTypeId)],
      ['ENTITY_ID', spec('number', (row) => row.entityId)],
      ['REQUISITE_ID', spec('number', (row) => row.requisiteId)],
      ['BANK_DETAIL_ID', spec('number', (row) => row.bankDetailId)],
    ]),
    indexes: new Map([['ENTITY_ID', indexOf((id) => byEntity.get(id))]]),
  }
}

export function createTables(store: PortalStore): Tables {
  return {
    payments: paymentTable(store),
    orders: orderTable(store),
    orderEntities: orderEntityTable(store),
    deals: itemTable(store, store.deals, store.dealById),
    invoices: itemTable(store, store.invoices, store.invoiceById),
    contacts: contactTable(store),
    companies: companyTable(store),
    requisites: requisiteTable(store),
    bankDetails: bankDetailTable(store),
    links: linkTable(store),
  }
}
