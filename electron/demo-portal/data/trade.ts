/** Deals, smart invoices, orders and payments between the own companies and their clients. */
import { DAY_MS, addDays, dayMs } from '../moments.ts'
import type { CrmItem, Currency, Order, Payment, RequisiteLink } from './model.ts'
import type { Client, OwnCompany, Parties } from './parties.ts'
import type { Random } from './random.ts'
import { dealTopics, goods } from './words.ts'

/** A payment young enough to appear in the sample statements, with everything its statement line needs. */
export interface RecentPayment {
  payment: Payment
  order: Order
  item: CrmItem
  client: Client
  own: OwnCompany
  goods: string
}

export interface Trade {
  items: CrmItem[]
  orders: Order[]
  payments: Payment[]
  links: RequisiteLink[]
  recent: RecentPayment[]
}

export interface TradeRequest {
  payments: number
  today: string
  parties: Parties
  managers: readonly number[]
}

/** Bank transfer, card, cash: the identifiers are those of the pay systems of the sample portal. */
const transfer = 2
const transferAbroad = 1
const card = 3
const cash = 4

/** Sums that many payments share, so that a sum alone does not tell who paid. */
const usualSums = [590_000, 1_243_000, 250_000, 990_000, 1_500_000, 4_800_000]

function drawSum(random: Random, currency: Currency): number {
  if (random.chance(0.15)) return random.pick(usualSums) / (currency === 'RUB' ? 1 : 10)
  const size = currency === 'RUB' ? 9 + random.next() * 4.6 : 5.5 + random.next() * 3.5
  const units = Math.round(Math.exp(size))
  return units * 100 + (random.chance(0.45) ? random.integer(1, 99) : 0)
}

function drawCurrency(random: Random, client: Client): Currency {
  if (client.foreign) return random.chance(0.55) ? 'EUR' : 'USD'
  return random.chance(0.05) ? 'BYN' : 'RUB'
}

function drawParts(random: Random): number {
  const drawn = random.next()
  if (drawn < 0.68) return 1
  if (drawn < 0.88) return 2
  return drawn < 0.96 ? 3 : 4
}

function splitSum(random: Random, total: number, parts: number): number[] {
  const sums: number[] = []
  let left = total
  for (let index = parts; index > 1; index -= 1) {
    const part = Math.max(100, Math.round((left / index) * (0.6 + random.next() * 0.8)))
    sums.push(part)
    left -= part
  }
  return [...sums, Math.max(100, left)]
}

/** Older orders get smaller numbers: age runs from a year down to yesterday as the ids grow. */
function ageOf(progress: number): number {
  return progress < 0.6
    ? Math.round(365 - (progress / 0.6) * 319)
    : Math.round(45 - ((progress - 0.6) / 0.4) * 44)
}

/** Statements begin 20 days back; what was paid earlier stays well before that. */
const settledAge = 24

function stageOf(item: CrmItem['entityTypeId'], done: boolean): string {
  if (item === 31) return done ? 'DT31_11:P' : 'DT31_11:S'
  return done ? 'WON' : 'PREPAYMENT_INVOICE'
}

class TradeBook {
  readonly trade: Trade = { items: [], orders: [], payments: [], links: [], recent: [] }
  readonly random: Random
  readonly request: TradeRequest
  readonly todayMs: number
  private dealId = 14_000
  private invoiceId = 300
  private readonly home: Client[]
  private readonly abroad: Client[]

  constructor(random: Random, request: TradeRequest) {
    this.random = random
    this.request = request
    this.todayMs = dayMs(request.today)
    this.home = request.parties.clients.filter((client) => !client.foreign)
    this.abroad = request.parties.clients.filter((client) => client.foreign)
  }

  item(entityTypeId: 2 | 31, client: Client, own: OwnCompany, currency: Currency, age: number): CrmItem {
    const { random } = this
    const createdAt = this.todayMs - age * DAY_MS + random.integer(6 * 60, 14 * 60) * 60_000
    const id = entityTypeId === 2 ? (this.dealId += 1) : (this.invoiceId += 1)
    const item: CrmItem = {
      id,
      entityTypeId,
      title: entityTypeId === 2 ? `${random.pick(dealTopics)} ${id}` : `Счёт № ${id + 900}`,
      accountNumber: entityTypeId === 31 ? String(id + 900) : '',
      companyId: client.company?.id ?? 0,
      contactId: client.contact?.id ?? 0,
      myCompanyId: own.company.id,
      opportunityMinor: 0,
      currency,
      stageId: '',
      assignedById: random.pick(this.request.managers),
      createdAt,
      updatedAt: createdAt,
      closeAt: createdAt + 14 * DAY_MS,
      dealId: 0,
    }
    this.trade.items.push(item)
    this.link(item, client, own, currency)
    return item
  }

  private link(item: CrmItem, client: Client, own: OwnCompany, currency: Currency): void {
    const [requisite] = client.requisites
    if (!requisite || !this.random.chance(0.75)) return
    const ownAccount = currency === 'USD' ? own.accounts.foreign : own.accounts.main
    this.trade.links.push({
      entityTypeId: item.entityTypeId,
      entityId: item.id,
      requisiteId: requisite.id,
      bankDetailId: this.random.chance(0.5) ? (client.accounts[0]?.id ?? 0) : 0,
      ownRequisiteId: own.requisite.id,
      ownBankDetailId: ownAccount?.id ?? 0,
    })
  }

  private order(item: CrmItem): Order {
    const id = 4_001 + this.trade.orders.length
    const order: Order = {
      id,
      accountNumber: String(id),
      priceMinor: 0,
      currency: item.currency,
      insertedAt: item.createdAt + 60_000,
      ownerTypeId: item.entityTypeId,
      ownerId: item.id,
      responsibleId: item.assignedById,
    }
    this.trade.orders.push(order)
    return order
  }

  private payment(order: Order, part: number, sumMinor: number, paySystemId: number): Payment {
    const id = 2_001 + this.trade.payments.length
    const payment: Payment = {
      id,
      orderId: order.id,
      accountNumber: `${order.accountNumber}/${part}`,
      paySystemId,
      paid: false,
      paidAt: null,
      paidBy: null,
      sumMinor,
      currency: order.currency,
      billedAt: order.insertedAt + part * 30_000,
      responsibleId: order.responsibleId,
      more: {},
    }
    this.trade.payments.push(payment)
    return payment
  }

  private settle(payment: Payment, order: Order, age: number, byBank: boolean): void {
    const { random } = this
    const wait = random.integer(1, 18)
    const day = addDays(this.request.today, -Math.max(byBank ? settledAge : 0, age - wait))
    if (!random.chance(byBank ? 0.88 : 0.75)) return
    const paidAt = dayMs(day) + random.integer(6 * 60, 15 * 60) * 60_000
    payment.paidAt = Math.min(this.todayMs - 600_000, Math.max(paidAt, order.insertedAt + 600_000))
    payment.paid = true
    payment.paidBy = random.pick(this.request.managers)
    if (byBank && random.chance(0.3)) {
      payment.more.payVoucherNum = String(random.integer(1, 900))
      payment.more.payVoucherDate = payment.paidAt
    }
  }

  private paySystem(currency: Currency, client: Client): number {
    if (client.foreign || currency === 'USD' || currency === 'EUR') return transferAbroad
    const drawn = this.random.next()
    if (drawn < 0.86) return transfer
    return drawn < 0.95 ? card : cash
  }

  /** One deal or invoice with its order and one to four payments. */
  sell(): void {
    const { random, trade, request } = this
    const client = random.pick(random.chance(0.16) ? this.abroad : this.home)
    const currency = drawCurrency(random, client)
    const own = request.parties.own[currency === 'EUR' ? 1 : 0]
    const age = ageOf(trade.payments.length / request.payments)
    const byInvoice = random.chance(0.35)
    const deal = !byInvoice || random.chance(0.4) ? this.item(2, client, own, currency, age) : undefined
    const invoice = byInvoice ? this.item(31, client, own, currency, age) : undefined
    if (invoice && deal) invoice.dealId = deal.id
    const owner = invoice ?? deal
    if (!owner) return
    const order = this.order(owner)
    const room = request.payments - trade.payments.length
    const sums = splitSum(random, drawSum(random, currency), Math.min(drawParts(random), room))
    const paySystemId = this.paySystem(currency, client)
    const byBank = paySystemId === transfer || paySystemId === transferAbroad
    sums.forEach((sumMinor, index) => {
      const payment = this.payment(order, index + 1, sumMinor, paySystemId)
      if (byBank && age <= 45) {
        trade.recent.push({ payment, order, item: owner, client, own, goods: random.pick(goods) })
      } else {
        this.settle(payment, order, age, byBank)
      }
    })
    order.priceMinor = sums.reduce((sum, part) => sum + part, 0)
    for (const item of [deal, invoice]) {
      if (!item) continue
      item.opportunityMinor = order.priceMinor
      item.stageId = stageOf(item.entityTypeId, trade.payments.at(-1)?.paid ?? false)
    }
  }

  /** An invoice whose "paid" is only a stage: no order, no payment. */
  bareInvoice(): void {
    const client = this.random.pick(this.home)
    const own = this.request.parties.own[0]
    const item = this.item(31, client, own, 'RUB', this.random.integer(2, 200))
    item.opportunityMinor = drawSum(this.random, 'RUB')
    item.stageId = stageOf(31, this.random.chance(0.5))
  }
}

/** Exactly `payments` payments; those of the last 45 days that go through a bank are left unpaid for the bank plan. */
export function createTrade(random: Random, request: TradeRequest): Trade {
  const book = new TradeBook(random, request)
  while (book.trade.payments.length < request.payments) {
    book.sell()
    if (random.chance(0.03)) book.bareInvoice()
  }
  return book.trade
}
