/** What tests may do to a running portal, in the same process or through `/__demo`. */
import type { SampleStatement, StatementTruth } from './bank/statement.ts'
import type { AccessBoard, TokenPair } from './call/access.ts'
import type { EventLog } from './call/event-log.ts'
import type { FaultBoard, FaultRule } from './call/faults.ts'
import type { CrmItem, Payment } from './data/model.ts'
import { paymentFieldByName } from './data/payment-fields.ts'
import { printPayment } from './data/print-payment.ts'
import { offsetMinutes, readMoment } from './moments.ts'
import { type Switches, defaultSwitches } from './options.ts'
import type { Portal } from './portal.ts'
import { type ValueMap, flagOf, integerOf, isMap, numberOf, textOf } from './values.ts'

export interface PaymentControl {
  count(): number
  ids(): number[]
  /** The whole payment as `sale.payment.get` prints it. */
  get(id: number): ValueMap | undefined
  /** Changes fields as somebody else would, without any call being logged. */
  change(id: number, fields: ValueMap): void
  remove(id: number): void
  /** A new unpaid payment of the order that this payment belongs to; answers its id. */
  addBeside(id: number): number
}

/** Deals (2) and invoices (31) as somebody else changes them; each change moves `updatedTime`. */
export interface OwnerControl {
  of(paymentId: number): { type: 2 | 31; id: number } | undefined
  rename(owner: { type: 2 | 31; id: number }, title: string): void
  /** Gives it to another employee: only that one and administrators see it then. */
  assign(owner: { type: 2 | 31; id: number }, userId: number): void
  assignedTo(owner: { type: 2 | 31; id: number }): number
  /** Moves the order of a payment to another deal or invoice. */
  move(paymentId: number, to: { type: 2 | 31; id: number }): void
}

export interface TokenControl {
  /** A pair without the browser. */
  grant(userId: number): TokenPair
  /** Every access token answers `expired_token` from now on. */
  expireAccess(): void
  /** Every token is dead: access `expired_token`, refresh `invalid_grant`. */
  revokeAll(): void
  /** Whether an administrator has closed the app to this user. */
  closeTo(userId: number, closed: boolean): void
}

export interface PortalControl {
  faults: FaultBoard
  /** Checks and adds a rule that came from outside. @throws TypeError when it is no rule */
  addFault(given: unknown): number
  log: EventLog
  switches: Switches
  /** Turns switches. @throws TypeError for a name that is none */
  turn(given: unknown): void
  payments: PaymentControl
  owners: OwnerControl
  /** Events the portal keeps for the app, and records that wait in the queue. */
  events(): { bound: string[]; waiting: number }
  tokens: TokenControl
  statements(): readonly SampleStatement[]
  truth(): readonly StatementTruth[]
  /** Renames the portal: its first address redirects to the other, whose address is returned. */
  rename(status?: 301 | 302 | 307 | 308): string
  /** Moves the portal's clock forward. */
  advance(milliseconds: number): void
  /** Requests in the bucket of loopback right now. */
  bucketLevel(): number
  emptyBucket(): void
  clearOperating(): void
}

function changePayment(portal: Portal, payment: Payment, fields: ValueMap): void {
  for (const [name, given] of Object.entries(fields)) {
    if (name === 'paid') payment.paid = flagOf(given) ?? payment.paid
    else if (name === 'sum') payment.sumMinor = Math.round((numberOf(given) ?? 0) * 100)
    else if (name === 'paySystemId') payment.paySystemId = integerOf(given) ?? payment.paySystemId
    else if (name === 'accountNumber') payment.accountNumber = textOf(given)
    else if (name === 'datePaid') payment.paidAt = readMoment(textOf(given), 'UTC') ?? null
    else if (name === 'empPaidId') payment.paidBy = integerOf(given) ?? null
    else if (name === 'currency') payment.currency = currencyOf(textOf(given))
    else if (paymentFieldByName.get(name)?.type === 'datetime') {
      payment.more[name] = readMoment(textOf(given), 'UTC') ?? null
    } else if (paymentFieldByName.has(name)) {
      payment.more[name] = typeof given === 'number' || given === null ? given : textOf(given)
    } else throw new TypeError(`a payment has no field ${name}`)
  }
  portal.store.savedPayment(payment)
}

function currencyOf(text: string): Payment['currency'] {
  if (text === 'RUB' || text === 'USD' || text === 'EUR' || text === 'BYN') return text
  throw new TypeError(`unknown currency ${text}`)
}

function paymentControl(portal: Portal): PaymentControl {
  const { store, switches } = portal
  return {
    count: () => store.payments.length,
    ids: () => store.payments.map((payment) => payment.id),
    get: (id) => {
      const payment = store.paymentById.get(id)
      return payment && printPayment(payment, store, switches)
    },
    change: (id, fields) => {
      const payment = store.paymentById.get(id)
      if (!payment) throw new RangeError(`no payment ${id}`)
      changePayment(portal, payment, fields)
    },
    remove: (id) => {
      const payment = store.paymentById.get(id)
      if (payment) store.removePayment(payment)
    },
    addBeside: (id) => {
      const payment = store.paymentById.get(id)
      const order = payment && store.orderById.get(payment.orderId)
      if (!order) throw new RangeError(`no payment ${id}`)
      const given = { paySystemId: 2, sumMinor: 12_345, billedAt: portal.clock.nowMs() }
      return store.addPayment(order, given).id
    },
  }
}

function ownerControl({ store, clock }: Portal): OwnerControl {
  const ownerAt = ({ type, id }: { type: 2 | 31; id: number }): CrmItem => {
    const owner = store.owner(type, id)
    if (!owner) throw new RangeError(`no object ${type}:${id}`)
    return owner
  }
  const changed = (owner: CrmItem): void => {
    owner.updatedAt = Math.max(owner.updatedAt + 1000, clock.nowMs())
    store.touch()
  }
  return {
    of: (paymentId) => {
      const payment = store.paymentById.get(paymentId)
      const owner = payment && store.ownerOfPayment(payment)
      return owner && { type: owner.entityTypeId, id: owner.id }
    },
    rename: (at, title) => {
      const owner = ownerAt(at)
      owner.title = title
      changed(owner)
    },
    assign: (at, userId) => {
      const owner = ownerAt(at)
      owner.assignedById = userId
      changed(owner)
    },
    assignedTo: (at) => ownerAt(at).assignedById,
    move: (paymentId, to) => {
      const payment = store.paymentById.get(paymentId)
      const order = payment && store.orderById.get(payment.orderId)
      const from = payment && store.ownerOfPayment(payment)
      if (!order || !from) throw new RangeError(`no payment ${paymentId} with an owner`)
      store.moveOrder(order, ownerAt(to))
      for (const owner of [from, ownerAt(to)]) changed(owner)
    },
  }
}

const actionKinds = new Set([
  'delay',
  'lost',
  'reset',
  'late',
  'close',
  'truncated',
  'html',
  'system',
  'refusal',
  'answer',
  'no-time',
  'missing-command',
  'redirect',
  'change',
  'delete',
])

function isRule(given: unknown): given is FaultRule {
  if (!isMap(given) || typeof given.method !== 'string' || !isMap(given.do)) return false
  return actionKinds.has(textOf(given.do.kind))
}

function isSwitchName(name: string): name is keyof Switches {
  return Object.hasOwn(defaultSwitches, name)
}

const zoneSwitches = new Set(['offsetlessZone', 'timeZone', 'printZone'])

/** Sets switches by name. @throws TypeError for an unknown name or type, RangeError for an unknown zone */
export function turnSwitches(switches: Switches, given: unknown): void {
  if (!isMap(given)) throw new TypeError('switches must be an object')
  for (const [name, value] of Object.entries(given)) {
    if (!isSwitchName(name) || typeof value !== typeof defaultSwitches[name]) {
      throw new TypeError(`no switch ${name} with such a value`)
    }
    if (zoneSwitches.has(name)) offsetMinutes(textOf(value), 0)
  }
  Object.assign(switches, given)
}

function tokenControl(access: AccessBoard): TokenControl {
  return {
    grant: (userId) => access.grant(userId),
    expireAccess: () => {
      access.expireAccess()
    },
    revokeAll: () => {
      access.revokeAll()
    },
    closeTo: (userId, closed) => {
      access.closeTo(userId, closed)
    },
  }
}

export function createControl(
  portal: Portal,
  bank: { statements(): readonly SampleStatement[]; truth: readonly StatementTruth[] },
): PortalControl {
  const source = portal.settings.host === '::1' ? '::1' : '127.0.0.1'
  return {
    faults: portal.faults,
    addFault: (given) => {
      if (!isRule(given)) throw new TypeError('a fault needs "method" and "do" with a known "kind"')
      return portal.faults.add(given)
    },
    log: portal.log,
    switches: portal.switches,
    turn: (given) => {
      turnSwitches(portal.switches, given)
    },
    payments: paymentControl(portal),
    owners: ownerControl(portal),
    events: () => ({ bound: [...portal.events.bound], waiting: portal.events.size() }),
    tokens: tokenControl(portal.access),
    statements: () => bank.statements(),
    truth: () => bank.truth,
    rename: (status = 302) => {
      portal.renamed = status
      return portal.addresses.other
    },
    advance: (milliseconds) => {
      portal.clock.advance(milliseconds)
    },
    bucketLevel: () => portal.buckets.levelOf(source, portal.clock.nowMs()),
    emptyBucket: () => {
      portal.buckets.empty()
    },
    clearOperating: () => {
      portal.operating.clear()
    },
  }
}
