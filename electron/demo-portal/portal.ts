/** The parts of one running portal and what a REST method is handed. */
import type { AccessBoard } from './call/access.ts'
import type { EventQueue } from './call/event-queue.ts'
import type { EventLog } from './call/event-log.ts'
import type { FaultBoard } from './call/faults.ts'
import type { LeakyBuckets, OperatingBudget } from './call/limits.ts'
import type { PortalClock } from './clock.ts'
import type { PortalUser } from './data/model.ts'
import type { PortalStore } from './data/store.ts'
import type { Tables } from './methods/tables.ts'
import type { Settings, Switches } from './options.ts'
import type { Value, ValueMap } from './values.ts'

export interface Portal {
  settings: Settings
  switches: Switches
  clock: PortalClock
  store: PortalStore
  tables: Tables
  access: AccessBoard
  buckets: LeakyBuckets
  operating: OperatingBudget
  faults: FaultBoard
  log: EventLog
  events: EventQueue
  methods: ReadonlyMap<string, Method>
  /** Stays the same when the portal is renamed. */
  memberId: string
  /** `http://127.0.0.1:port` of the portal, of its other name, and of the authorization server. */
  addresses: { main: string; other: string; authorization: string }
  /** Set when the portal was renamed: its first address answers with this redirect to the other one. */
  renamed: 301 | 302 | 307 | 308 | undefined
}

/** Through which of its two addresses a request came. */
export type Entrance = 'main' | 'other'

export interface Caller {
  kind: 'webhook' | 'oauth'
  user: PortalUser
  scopes: readonly string[]
  /** Operating budgets are counted per webhook or app. */
  budgetKey: string
}

export interface MethodCall {
  portal: Portal
  caller: Caller
  params: ValueMap
  nowMs: number
  /** Reports a write that reached a payment; `changed` false when it already stood as asked. */
  wrote(paymentId: number, changed?: boolean): void
}

export interface MethodAnswer {
  result: Value
  total?: number | undefined
  next?: number | undefined
}

export interface Method {
  name: string
  /** One of them must be granted; none means any credential will do. */
  scopes: readonly string[]
  /** Payment methods can be kept out of batches by a switch. */
  ofPayments?: boolean
  run(call: MethodCall): MethodAnswer
}
