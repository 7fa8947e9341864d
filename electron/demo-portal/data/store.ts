/** The portal's rows in memory, with indexes by id and by owner. Every write raises `version`. */
import type {
  BankDetail,
  Company,
  Contact,
  CrmItem,
  Order,
  PaySystem,
  Payment,
  PortalUser,
  Requisite,
  RequisiteLink,
} from './model.ts'

export interface StoreRows {
  users: PortalUser[]
  companies: Company[]
  contacts: Contact[]
  requisites: Requisite[]
  bankDetails: BankDetail[]
  items: CrmItem[]
  links: RequisiteLink[]
  orders: Order[]
  payments: Payment[]
  paySystems: PaySystem[]
}

/** What the portal's own handlers would be told. */
export interface StoreEvent {
  kind: 'paymentSaved' | 'paymentDeleted' | 'orderSaved'
  id: number
}

export function groupBy<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}

function byId<Row extends { id: number }>(rows: Row[]): Row[] {
  return rows.sort((left, right) => left.id - right.id)
}

function mapById<Row extends { id: number }>(rows: readonly Row[]): Map<number, Row> {
  return new Map(rows.map((row) => [row.id, row]))
}

export class PortalStore {
  readonly users: readonly PortalUser[]
  readonly companies: readonly Company[]
  readonly contacts: readonly Contact[]
  readonly requisites: readonly Requisite[]
  readonly bankDetails: readonly BankDetail[]
  readonly deals: readonly CrmItem[]
  readonly invoices: readonly CrmItem[]
  readonly links: readonly RequisiteLink[]
  readonly orders: Order[]
  readonly payments: Payment[]
  readonly paySystems: readonly PaySystem[]
  readonly paymentById: Map<number, Payment>
  readonly orderById: Map<number, Order>
  readonly dealById: ReadonlyMap<number, CrmItem>
  readonly invoiceById: ReadonlyMap<number, CrmItem>
  readonly companyById: ReadonlyMap<number, Company>
  readonly paySystemById: ReadonlyMap<number, PaySystem>
  private readonly paymentsByOrder: Map<number, Payment[]>
  private readonly ordersByOwner: Map<string, Order[]>
  /** Told after every change of an order or payment. */
  heard: (event: StoreEvent) => void = () => undefined
  private writes = 0
  private orderWrites = 0

  constructor(rows: StoreRows) {
    this.users = byId(rows.users)
    this.companies = byId(rows.companies)
    this.contacts = byId(rows.contacts)
    this.requisites = byId(rows.requisites)
    this.bankDetails = byId(rows.bankDetails)
    this.deals = byId(rows.items.filter((item) => item.entityTypeId === 2))
    this.invoices = byId(rows.items.filter((item) => item.entityTypeId === 31))
    this.links = rows.links
    this.orders = byId(rows.orders)
    this.payments = byId(rows.payments)
    this.paySystems = byId(rows.paySystems)
    this.paymentById = mapById(this.payments)
    this.orderById = mapById(this.orders)
    this.dealById = mapById(this.deals)
    this.invoiceById = mapById(this.invoices)
    this.companyById = mapById(this.companies)
    this.paySystemById = mapById(this.paySystems)
    this.paymentsByOrder = groupBy(this.payments, (payment) => payment.orderId)
    this.ordersByOwner = groupBy(this.orders, (order) => `${order.ownerTypeId}:${order.ownerId}`)
  }

  version(): number {
    return this.writes
  }

  /** Raised where an order is new or belongs to another object. */
  ordersVersion(): number {
    return this.orderWrites
  }

  /** To be called after a row was changed in place. */
  touch(): void {
    this.writes += 1
  }

  /** To be called after a payment was changed in place. */
  savedPayment(payment: Payment): void {
    this.touch()
    this.heard({ kind: 'paymentSaved', id: payment.id })
  }

  paymentsOfOrder(orderId: number): readonly Payment[] {
    return this.paymentsByOrder.get(orderId) ?? []
  }

  ordersOfOwner(entityTypeId: number, entityId: number): readonly Order[] {
    return this.ordersByOwner.get(`${entityTypeId}:${entityId}`) ?? []
  }

  paymentsOfOwner(entityTypeId: number, entityId: number): Payment[] {
    return this.ordersOfOwner(entityTypeId, entityId).flatMap((order) => [...this.paymentsOfOrder(order.id)])
  }

  owner(entityTypeId: number, entityId: number): CrmItem | undefined {
    if (entityTypeId === 2) return this.dealById.get(entityId)
    return entityTypeId === 31 ? this.invoiceById.get(entityId) : undefined
  }

  ownerOfPayment(payment: Payment): CrmItem | undefined {
    const order = this.orderById.get(payment.orderId)
    return order && this.owner(order.ownerTypeId, order.ownerId)
  }

  addOrder(owner: CrmItem, insertedAt: number): Order {
    const id = (this.orders.at(-1)?.id ?? 0) + 1
    const order: Order = {
      id,
      accountNumber: String(id),
      priceMinor: owner.opportunityMinor,
      currency: owner.currency,
      insertedAt,
      ownerTypeId: owner.entityTypeId,
      ownerId: owner.id,
      responsibleId: owner.assignedById,
    }
    this.orders.push(order)
    this.orderById.set(id, order)
    const key = `${owner.entityTypeId}:${owner.id}`
    this.ordersByOwner.set(key, [...(this.ordersByOwner.get(key) ?? []), order])
    this.touch()
    this.orderWrites += 1
    this.heard({ kind: 'orderSaved', id })
    return order
  }

  addPayment(order: Order, given: Pick<Payment, 'paySystemId' | 'sumMinor' | 'billedAt'>): Payment {
    const siblings = this.paymentsOfOrder(order.id)
    const numbers = siblings.map((payment) => Number(payment.accountNumber.split('/').at(-1)))
    const payment: Payment = {
      id: (this.payments.at(-1)?.id ?? 0) + 1,
      orderId: order.id,
      accountNumber: `${order.accountNumber}/${Math.max(0, ...numbers) + 1}`,
      paid: false,
      paidAt: null,
      paidBy: null,
      currency: order.currency,
      responsibleId: order.responsibleId,
      more: {},
      ...given,
    }
    this.payments.push(payment)
    this.paymentById.set(payment.id, payment)
    this.paymentsByOrder.set(order.id, [...siblings, payment])
    this.savedPayment(payment)
    return payment
  }

  removePayment(payment: Payment): void {
    const at = this.payments.indexOf(payment)
    if (at >= 0) this.payments.splice(at, 1)
    this.paymentById.delete(payment.id)
    const siblings = this.paymentsOfOrder(payment.orderId)
    this.paymentsByOrder.set(
      payment.orderId,
      siblings.filter((other) => other !== payment),
    )
    this.touch()
    this.heard({ kind: 'paymentDeleted', id: payment.id })
  }

  /** Gives an order, with its payments, to another deal or invoice. */
  moveOrder(order: Order, owner: CrmItem): void {
    const from = `${order.ownerTypeId}:${order.ownerId}`
    this.ordersByOwner.set(
      from,
      (this.ordersByOwner.get(from) ?? []).filter((other) => other !== order),
    )
    order.ownerTypeId = owner.entityTypeId
    order.ownerId = owner.id
    const to = `${owner.entityTypeId}:${owner.id}`
    this.ordersByOwner.set(to, [...(this.ordersByOwner.get(to) ?? []), order])
    this.touch()
    this.orderWrites += 1
    this.heard({ kind: 'orderSaved', id: order.id })
  }
}
