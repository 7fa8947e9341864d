// Decides which of the four classes an ended request belongs to. Pure: the same facts give the same outcome.
// The direction of every doubt is `unknown`, which costs a read; the other way round would cost a double payment.

import type { Fault } from '../../contract/fault.ts'
import { judgeCode } from './codes.ts'
import type { Verdict } from './codes.ts'
import { isRecord, readEnvelope, readError } from './envelope.ts'
import type { Envelope } from './envelope.ts'
import type { Attempt, Outcome, PortalTime } from './outcome.ts'
import type { Ending, Failure } from './request.ts'

export interface Ended extends Ending {
  method: string
  kind: 'read' | 'write'
  /** The portal's own host, to tell a rename from a redirect to a sign-in page. */
  host: string
  /** Secrets of the connection, cut literally from the portal's text. */
  secrets?: readonly string[]
}

/** The outcome of a single call. A batch's outer answer is classified the same way, its commands by `judgeCommand`. */
export function classify(ended: Ended): Outcome {
  const envelope = ended.body === null ? null : readEnvelope(ended.body, ended.secrets)
  const attempt = attemptOf(ended, envelope)
  const verdict = judge(ended, envelope)
  if (verdict !== null) return { ...verdict, attempt }
  return {
    class: 'executed',
    result: envelope?.result,
    total: envelope?.total ?? null,
    next: envelope?.next ?? null,
    attempt,
  }
}

/** Null: executed. */
function judge(ended: Ended, envelope: Envelope | null): Verdict | null {
  if (ended.failure !== null) return judgeFailure(ended.failure, ended.bytesLeft)
  const status = ended.status ?? 0
  if (status >= 300 && status < 400) return judgeRedirect(ended, status, envelope)
  if (envelope?.error) {
    if (envelope.hasResult && isSubstantial(envelope.result))
      return { class: 'unknown', fault: shape(ended.method) }
    return judgeCode({
      code: envelope.error.code,
      method: ended.method,
      status,
      resetAt:
        envelope.time?.operatingResetAt == null
          ? null
          : new Date(envelope.time.operatingResetAt * 1000).toISOString(),
      retryAfterMs: ended.retryAfterMs ?? untilReset(envelope.time),
    })
  }
  if (status >= 200 && status < 300 && envelope?.hasResult === true) {
    return ended.kind === 'write' ? judgeWritten(ended.method, envelope.result) : null
  }
  return judgeBare(status, ended.retryAfterMs, ended.method, envelope !== null)
}

/** Below HTTP: what left this computer may have been carried out, what did not cannot have been. */
function judgeFailure(failure: Failure, bytesLeft: boolean): Verdict {
  if (failure === 'abandoned') {
    return bytesLeft
      ? { class: 'unknown', fault: { code: 'call.abandoned' } }
      : { class: 'notExecuted', fault: { code: 'call.abandoned' }, retryAfterMs: null }
  }
  if (failure === 'tooLarge') return { class: 'unknown', fault: { code: 'portal.unreadable', status: 200 } }
  const fault: Fault = { code: 'portal.unreachable', reason: failure }
  if (bytesLeft) return { class: 'unknown', fault }
  return { class: 'notExecuted', fault, retryAfterMs: failure === 'tls' ? null : 2_000 }
}

/** Money rule 17: only these four statuses, and only without a result in the body, mean "not carried out". */
function judgeRedirect(ended: Ended, status: number, envelope: Envelope | null): Verdict {
  const host = redirectHost(ended)
  const fault: Fault =
    host === null || host === ended.host
      ? { code: 'portal.unreadable', status }
      : { code: 'portal.moved', host }
  const plain = [301, 302, 307, 308].includes(status) && envelope?.hasResult !== true
  return plain ? { class: 'notExecuted', fault, retryAfterMs: null } : { class: 'unknown', fault }
}

function redirectHost({ location, host }: Ended): string | null {
  if (location === null || !URL.canParse(location, `https://${host}/`)) return null
  return new URL(location, `https://${host}/`).host
}

/** An answer without the portal's envelope: a gateway, a sign-in page, a cut body. */
function judgeBare(status: number, retryAfterMs: number | null, method: string, readable: boolean): Verdict {
  const fault: Fault = { code: 'portal.unreadable', status }
  if (status === 429)
    return { class: 'notExecuted', fault: { code: 'rest.rateLimited' }, retryAfterMs: retryAfterMs ?? 1_000 }
  if (status === 407)
    return {
      class: 'notExecuted',
      fault: { code: 'portal.unreachable', reason: 'proxy' },
      retryAfterMs: null,
    }
  if ([401, 403, 404, 405].includes(status)) return { class: 'notExecuted', fault, retryAfterMs: null }
  if (status >= 500) return { class: 'unknown', fault: { code: 'rest.serverFailure', status } }
  return { class: 'unknown', fault: readable ? shape(method) : fault }
}

const booleanMethods = new Set([
  'crm.item.payment.pay',
  'crm.item.payment.unpay',
  'crm.item.payment.delete',
  'crm.item.payment.update',
  'sale.payment.delete',
])
const paymentMethods = new Set(['sale.payment.update', 'sale.payment.add'])

/** Whether a method changes the portal; everything else used here only reads. */
export function isWriting(method: string): boolean {
  return /\.(pay|unpay|add|update|delete)$/.test(method)
}

/**
 * Whether a write's result says that it was carried out: `true`, a whole payment, a new id. `false` is a plain no;
 * anything else is neither and stays unknown.
 */
function judgeWritten(method: string, result: unknown): Verdict | null {
  if (method === 'batch')
    return typeof result === 'object' && result !== null ? null : { class: 'unknown', fault: shape(method) }
  if (!isWriting(method)) return null
  if (result === false) return { class: 'refused', fault: { code: 'rest.refused', portalCode: 'false' } }
  const done = booleanMethods.has(method)
    ? result === true
    : paymentMethods.has(method)
      ? isRecord(result) && isRecord(result['payment'])
      : method.endsWith('.add')
        ? isId(result)
        : result === true
  return done ? null : { class: 'unknown', fault: shape(method) }
}

/** One command inside a batch whose outer answer was fine. */
export interface CommandFacts {
  method: string
  kind: 'read' | 'write'
  /** Whether the label stood in `result.result`, and with what. */
  answered: boolean
  result: unknown
  /** What stood under the label in `result.result_error`; undefined when nothing did. */
  error: unknown
  total: number | null
  next: number | null
  attempt: Attempt
  secrets: readonly string[]
}

/** A command the portal left out is unknown for a write and not executed for a read. */
export function judgeCommand(facts: CommandFacts): Outcome {
  const { method, attempt } = facts
  const error = facts.error === undefined ? null : readError(facts.error, null, facts.secrets)
  const full: Attempt =
    error === null ? attempt : { ...attempt, portalCode: error.code, portalText: error.text }
  if (error !== null) {
    if (facts.answered && isSubstantial(facts.result))
      return { class: 'unknown', fault: shape(method), attempt: full }
    const reset = attempt.time?.operatingResetAt ?? null
    const verdict = judgeCode({
      code: error.code,
      method,
      status: 200,
      retryAfterMs: untilReset(attempt.time),
      resetAt: reset === null ? null : new Date(reset * 1000).toISOString(),
    })
    return { ...verdict, attempt: full }
  }
  if (!facts.answered) {
    return facts.kind === 'write' && isWriting(method)
      ? { class: 'unknown', fault: shape(method), attempt }
      : { class: 'notExecuted', fault: shape(method), retryAfterMs: 0, attempt }
  }
  const verdict = facts.kind === 'write' ? judgeWritten(method, facts.result) : null
  if (verdict !== null) return { ...verdict, attempt }
  return { class: 'executed', result: facts.result, total: facts.total, next: facts.next, attempt }
}

/** By the portal's own clock, so that a wrong clock of this computer does not matter. */
function untilReset(time: PortalTime | null): number | null {
  if (time?.operatingResetAt == null || time.dateFinish === null) return null
  const finish = Date.parse(time.dateFinish)
  if (Number.isNaN(finish)) return null
  return Math.min(Math.max(time.operatingResetAt * 1000 - finish, 1_000), 600_000)
}

function attemptOf(ended: Ended, envelope: Envelope | null): Attempt {
  return {
    method: ended.method,
    sentAt: ended.sentAt,
    endedAt: ended.endedAt,
    status: ended.status,
    connected: ended.connected,
    bytesLeft: ended.bytesLeft,
    portalCode: envelope?.error?.code ?? null,
    portalText: envelope?.error?.text ?? null,
    time: envelope?.time ?? null,
  }
}

function shape(method: string): Fault {
  return { code: 'rest.answerShape', method }
}

/** Beside an error an empty map, null and false are the portal's way of giving no result. */
function isSubstantial(result: unknown): boolean {
  if (result === null || result === undefined || result === false || result === '') return false
  return typeof result === 'object' ? Object.keys(result).length > 0 : true
}

function isId(value: unknown): boolean {
  return (
    (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) ||
    (typeof value === 'string' && /^[1-9]\d*$/.test(value))
  )
}
