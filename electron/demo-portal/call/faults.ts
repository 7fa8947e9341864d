/** Faults on demand: a rule says which calls it hits and what happens to them instead of, before or after the work. */
import type { SystemErrorName } from '../errors.ts'
import type { Value } from '../values.ts'
import { matches } from './timing.ts'

/** Whether the method has already done its work when the fault strikes. */
export type FaultMoment = 'before' | 'after'

/** Fields of a payment that somebody else changes, in the payment's REST names. */
export interface ForeignChange {
  paid?: boolean
  sum?: number
  currency?: 'RUB' | 'USD' | 'EUR' | 'BYN'
  paySystemId?: number
  datePaid?: string | null
  accountNumber?: string
  comments?: string
}

export type FaultAction =
  /** Answers late; `underLimit` lets the portal's own request limit cut it. */
  | { kind: 'delay'; seconds: number; when: FaultMoment; underLimit?: boolean }
  /** Never answers and keeps the connection open until the client leaves. */
  | { kind: 'lost'; when: FaultMoment }
  | { kind: 'reset'; when: FaultMoment }
  /**
   * The connection ends before the work is done: cut after `cutAfter` seconds by a reset or a gateway's 504 page, the
   * work carried out all the same `doneAfter` seconds after the call came.
   */
  | { kind: 'late'; cutAfter: number; doneAfter: number; cut: 'reset' | 'page' }
  /** Ends the connection politely without an answer. */
  | { kind: 'close'; when: FaultMoment }
  /** Executes, sends half of the answer, resets. */
  | { kind: 'truncated' }
  /** An HTML page: a gateway's 502/504, a server's 500, or a login page with 200. */
  | { kind: 'html'; status: 200 | 500 | 502 | 503 | 504; when: FaultMoment }
  | { kind: 'system'; name: SystemErrorName; when?: FaultMoment }
  | { kind: 'refusal'; status: number; code: string | number; description: string; when?: FaultMoment }
  /** Another `result`, with or without the work being done. */
  | { kind: 'answer'; result: Value; execute: boolean }
  | { kind: 'no-time' }
  /** The command runs but is absent from every map of the batch. */
  | { kind: 'missing-command' }
  /** The portal was renamed; without `to` the second listener of the same portal. */
  | { kind: 'redirect'; status: 301 | 302 | 303 | 307 | 308; to?: string }
  | { kind: 'change'; fields: ForeignChange; when: FaultMoment }
  | { kind: 'delete'; when: FaultMoment }

export interface FaultRule {
  /** Method name, `*` stands for anything; `batch` is the outer call of a batch. */
  method: string
  /** Only calls with this payment id. */
  paymentId?: number
  /** With `batch` as method: only a batch that holds a command of this method, of that payment where one is told. */
  holding?: string
  /** Only once a write of this method has been carried out on the call's payment. */
  since?: string
  /** Only single calls, or only commands of a batch. */
  within?: 'single' | 'batch'
  /** How many hits pass unharmed first. */
  after?: number
  /** How often it strikes; once unless told otherwise, 0 is for ever. */
  times?: number
  do: FaultAction
}

export interface StandingFault extends FaultRule {
  id: number
  seen: number
  struck: number
}

/** One call, or one command of a batch. */
export interface CalledMethod {
  method: string
  paymentId: number | undefined
}

export interface CallDescription extends CalledMethod {
  batch: boolean
  /** What stands in it when it is a batch itself. */
  commands: readonly CalledMethod[]
  /** Whether the call's payment has been written by that method. */
  written(method: string): boolean
}

function fits(rule: FaultRule, call: CallDescription): boolean {
  if (!matches(rule.method, call.method)) return false
  const ofPayment = ({ paymentId }: CalledMethod): boolean =>
    rule.paymentId === undefined || rule.paymentId === paymentId
  const { holding } = rule
  if (
    holding === undefined
      ? !ofPayment(call)
      : !call.commands.some((one) => matches(holding, one.method) && ofPayment(one))
  )
    return false
  if (rule.since !== undefined && !call.written(rule.since)) return false
  return rule.within === undefined || (rule.within === 'batch') === call.batch
}

export class FaultBoard {
  private standing: StandingFault[] = []
  private lastId = 0

  /** Returns the id by which the rule can be taken away. */
  add(rule: FaultRule): number {
    this.lastId += 1
    this.standing.push({ ...rule, id: this.lastId, seen: 0, struck: 0 })
    return this.lastId
  }

  remove(id: number): void {
    this.standing = this.standing.filter((fault) => fault.id !== id)
  }

  clear(): void {
    this.standing = []
  }

  list(): readonly StandingFault[] {
    return this.standing
  }

  /** Faults that strike this call, in the order they were added. */
  strike(call: CallDescription): StandingFault[] {
    return this.standing.filter((fault) => {
      if (!fits(fault, call)) return false
      const times = fault.times ?? 1
      if (times > 0 && fault.struck >= times) return false
      fault.seen += 1
      if (fault.seen <= (fault.after ?? 0)) return false
      fault.struck += 1
      return true
    })
  }
}
