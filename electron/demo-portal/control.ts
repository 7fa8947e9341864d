/** What tests may do to a running portal, in the same process or through `/__demo`. */
import type { SampleStatement, StatementTruth } from './bank/statement.ts'
import type { AccessBoard, TokenPair } from './call/access.ts'
import type { EventLog } from './call/event-log.ts'
import type { FaultBoard, FaultRule } from './call/faults.ts'
import type { Payment } from './data/model.ts'
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
  portal.store.touch()
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
