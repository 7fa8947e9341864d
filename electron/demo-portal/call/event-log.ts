/** What was asked and what was really written, so that a test can prove that nothing was written twice. */
import type { Value } from '../values.ts'

export interface LoggedRequest {
  number: number
  at: string
  verb: string
  method: string
  /** Label of the command when it stood in a batch. */
  command: string | null
  credential: string
  params: Value
  /** HTTP status, or null when no answer was given. Commands of a batch have the status of their own outcome. */
  status: number | null
  code: string | null
}

export interface ExecutedWrite {
  number: number
  at: string
  method: string
  paymentId: number
  userId: number
  /** True when the payment was changed by the write, false when it already stood as asked. */
  changed: boolean
}

/** A portal left running for days forgets its oldest requests; writes are all kept. */
const requestsKept = 100_000

const secretNames = new Set(['auth', 'client_secret', 'refresh_token', 'access_token', 'code'])

function withoutSecrets(value: Value): Value {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([key]) => !secretNames.has(key)))
}

export class EventLog {
  readonly requests: LoggedRequest[] = []
  readonly writes: ExecutedWrite[] = []
  private last = 0

  request(given: Omit<LoggedRequest, 'number'>): LoggedRequest {
    this.last += 1
    const entry = { number: this.last, ...given, params: withoutSecrets(given.params) }
    this.requests.push(entry)
    if (this.requests.length > requestsKept) this.requests.splice(0, requestsKept / 10)
    return entry
  }

  write(given: Omit<ExecutedWrite, 'number'>): void {
    this.writes.push({ number: this.last, ...given })
  }

  /** Executed writes of a payment, of one method or of all. */
  countWrites(paymentId: number, method?: string): number {
    return this.writes.filter(
      (write) => write.paymentId === paymentId && (method === undefined || write.method === method),
    ).length
  }

  countRequests(method: string): number {
    return this.requests.filter((request) => request.method === method).length
  }

  clear(): void {
    this.requests.length = 0
    this.writes.length = 0
  }
}
