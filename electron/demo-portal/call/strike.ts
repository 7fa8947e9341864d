/** How faults strike a request that is on its way. */
import { PortalError, systemErrors } from '../errors.ts'
import { readMoment } from '../moments.ts'
import type { Caller, Entrance, Portal } from '../portal.ts'
import type { FaultAction, FaultMoment, StandingFault } from './faults.ts'
import { WireOutcome, htmlPage, redirectTo } from './wire.ts'

/** One HTTP request on its way through the portal. */
export interface Exchange {
  portal: Portal
  caller: Caller
  verb: string
  entrance: Entrance
  /** Path and query without secrets added; a redirect repeats it on the other host. */
  target: string
  /** When the gateway cuts the request, on the portal's clock. */
  deadlineMs: number
  omitTime: boolean
  truncate: boolean
  /** Until when its work has been done, on the portal's clock. */
  workedToMs: number
}

/** This computer's timers come late by so many milliseconds of the wall, which is none of the portal's time. */
const timerLagMs = 60

/** Lets portal time pass; past the request's deadline the gateway answers instead. */
export async function work(exchange: Exchange, milliseconds: number): Promise<void> {
  const { clock, settings } = exchange.portal
  const now = clock.nowMs()
  const late = now - exchange.workedToMs
  const from = late >= 0 && late * settings.scale < timerLagMs ? exchange.workedToMs : now
  if (from + milliseconds > exchange.deadlineMs) {
    await clock.wait(exchange.deadlineMs - now)
    throw new WireOutcome(htmlPage(504))
  }
  exchange.workedToMs = from + milliseconds
  await clock.wait(exchange.workedToMs - now)
}

function applyForeignChange(portal: Portal, paymentId: number | undefined, action: FaultAction): void {
  const payment = paymentId === undefined ? undefined : portal.store.paymentById.get(paymentId)
  if (!payment) return
  if (action.kind === 'delete') portal.store.removePayment(payment)
  if (action.kind !== 'change') return
  const { fields } = action
  if (fields.paid !== undefined && fields.paid !== payment.paid) {
    payment.paid = fields.paid
    payment.paidAt = fields.paid ? portal.clock.nowMs() : null
    payment.paidBy = fields.paid ? 1 : null
  }
  if (fields.sum !== undefined) payment.sumMinor = Math.round(fields.sum * 100)
  if (fields.currency !== undefined) payment.currency = fields.currency
  if (fields.paySystemId !== undefined) payment.paySystemId = fields.paySystemId
  if (fields.accountNumber !== undefined) payment.accountNumber = fields.accountNumber
  if (fields.comments !== undefined) payment.more.comments = fields.comments
  if (fields.datePaid !== undefined) {
    payment.paidAt = fields.datePaid === null ? null : (readMoment(fields.datePaid, 'UTC') ?? null)
  }
  portal.store.touch()
}

function momentOf(action: FaultAction): FaultMoment | 'mark' {
  switch (action.kind) {
    case 'answer':
    case 'no-time':
    case 'truncated':
    case 'missing-command':
    case 'late':
      return 'mark'
    case 'redirect':
      return 'before'
    case 'system':
    case 'refusal':
      return action.when ?? 'before'
    default:
      return action.when
  }
}

/** The error that a fault answers or breaks the connection with; undefined for faults that do not end the call. */
function endingOf(exchange: Exchange, action: FaultAction): Error | undefined {
  switch (action.kind) {
    case 'lost':
      return new WireOutcome({ kind: 'hang' })
    case 'reset':
    case 'close':
      return new WireOutcome({ kind: action.kind })
    case 'html':
      return new WireOutcome(htmlPage(action.status))
    case 'system':
      return new PortalError(systemErrors[action.name])
    case 'refusal': {
      const { status, code, description } = action
      return new PortalError({ status, code, en: description, ru: description })
    }
    case 'redirect': {
      // The new address answers for itself, or a client that follows would go round for ever.
      if (action.to === undefined && exchange.entrance === 'other') return undefined
      const address = action.to ?? exchange.portal.addresses.other
      return new WireOutcome(redirectTo(action.status, address + exchange.target))
    }
    default:
      return undefined
  }
}

async function strike(
  exchange: Exchange,
  fault: StandingFault,
  paymentId: number | undefined,
): Promise<void> {
  const { portal } = exchange
  const action = fault.do
  const ending = endingOf(exchange, action)
  if (ending) throw ending
  if (action.kind === 'delay') {
    if (action.underLimit === true) await work(exchange, action.seconds * 1000)
    else await portal.clock.wait(action.seconds * 1000)
  }
  if (action.kind === 'change' || action.kind === 'delete') {
    applyForeignChange(portal, fault.paymentId ?? paymentId, action)
  }
  if (action.kind === 'truncated') exchange.truncate = true
  if (action.kind === 'no-time') exchange.omitTime = true
}

/** Ends the connection before the work is done, which is carried out behind the caller's back. */
export async function runLate(
  { portal }: Exchange,
  action: Extract<FaultAction, { kind: 'late' }>,
  run: () => unknown,
): Promise<never> {
  void portal.clock
    .wait(action.doneAfter * 1000)
    .then(run)
    .catch(() => undefined)
  await portal.clock.wait(action.cutAfter * 1000)
  throw new WireOutcome(action.cut === 'reset' ? { kind: 'reset' } : htmlPage(504))
}

export async function strikeAll(
  exchange: Exchange,
  faults: readonly StandingFault[],
  moment: FaultMoment | 'mark',
  paymentId: number | undefined,
): Promise<void> {
  for (const fault of faults) if (momentOf(fault.do) === moment) await strike(exchange, fault, paymentId)
}
