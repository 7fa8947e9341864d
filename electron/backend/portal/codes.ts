// The portal's error codes and what each means: the system errors of the documentation's common table, the codes of
// the payment methods, and the few others that the methods used here give.

import type { Fault } from '../../contract/fault.ts'

/**
 * What a code says about the call. `unknown`: a server failure, the call may have run. `notExecuted`: refused before
 * it ran; `retryAfterMs` null means only after the person acted.
 */
export type Verdict =
  | { class: 'refused'; fault: Fault }
  | { class: 'notExecuted'; fault: Fault; retryAfterMs: number | null }
  | { class: 'unknown'; fault: Fault }

export interface CodeFacts {
  code: string
  method: string
  /** HTTP status of the whole answer; 200 for a command inside a batch. */
  status: number
  /** When part of the method's time budget comes back, ISO 8601, where the answer tells. */
  resetAt: string | null
  retryAfterMs: number | null
}

const never = null
/** How long a limit is waited for where the answer does not tell: the rate drains within a second, budgets by the minute. */
const rateRetryMs = 1_000
const budgetRetryMs = 60_000

const systemCodes: Readonly<Record<string, (facts: CodeFacts) => Verdict>> = {
  INTERNAL_SERVER_ERROR: ({ status }) => ({
    class: 'unknown',
    fault: { code: 'rest.serverFailure', status },
  }),
  ERROR_UNEXPECTED_ANSWER: () => ({ class: 'unknown', fault: { code: 'rest.unexpectedAnswer' } }),
  QUERY_LIMIT_EXCEEDED: ({ retryAfterMs }) =>
    notExecuted({ code: 'rest.rateLimited' }, retryAfterMs ?? rateRetryMs),
  ERROR_BATCH_METHOD_NOT_ALLOWED: () => notExecuted({ code: 'rest.batchForbidden' }, never),
  ERROR_BATCH_LENGTH_EXCEEDED: () => notExecuted({ code: 'rest.batchTooLong' }, never),
  NO_AUTH_FOUND: () => notExecuted({ code: 'rest.badToken' }, never),
  INVALID_TOKEN: () => notExecuted({ code: 'rest.badToken' }, never),
  INVALID_REQUEST: () => notExecuted({ code: 'rest.httpsNeeded' }, never),
  OVERLOAD_LIMIT: () => notExecuted({ code: 'rest.overloadBlocked' }, never),
  ACCESS_DENIED: deniedAccess,
  PAYMENT_REQUIRED: () => notExecuted({ code: 'rest.planWithoutRest' }, never),
  // With 401 it is the credential that is refused, with 403 its user's rights.
  INVALID_CREDENTIALS: ({ status }) =>
    notExecuted({ code: status === 401 ? 'rest.badToken' : 'rest.noRights' }, never),
  ALLOWED_ONLY_INTRANET_USER: () => notExecuted({ code: 'rest.noRights' }, never),
  ERROR_MANIFEST_IS_NOT_AVAILABLE: () => notExecuted({ code: 'rest.noManifest' }, never),
  INSUFFICIENT_SCOPE: ({ method }) =>
    notExecuted({ code: 'rest.scopeMissing', scope: scopeOf(method) }, never),
  EXPIRED_TOKEN: () => notExecuted({ code: 'rest.tokenExpired' }, 0),
  USER_ACCESS_ERROR: () => notExecuted({ code: 'rest.userShutOut' }, never),
  PORTAL_DELETED: () => notExecuted({ code: 'rest.portalClosed' }, never),
  OPERATION_TIME_LIMIT: ({ resetAt, retryAfterMs }) =>
    notExecuted({ code: 'rest.timeBudget', resetAt }, retryAfterMs ?? budgetRetryMs),
  ERROR_METHOD_NOT_FOUND: ({ method }) => notExecuted({ code: 'rest.methodMissing', method }, never),
}

const methodCodes: Readonly<Record<string, Fault>> = {
  '100': { code: 'rest.argumentMissing' },
  '200640400001': { code: 'rest.paymentMissing' },
  '200040300010': { code: 'rest.noRights' },
  '200040300020': { code: 'rest.noRights' },
  '200540400002': { code: 'rest.shopMissing' },
}

/**
 * Judges a code the portal gave. System codes are compared without regard to case (the documents mix both). An
 * unlisted code is a refusal, except beside a status of a failing server, where nobody knows. `0` of
 * `crm.item.payment.*`, which batches may print as an empty text, is "not found, or no access, or any other error" and
 * says no more than that.
 */
export function judgeCode(facts: CodeFacts): Verdict {
  const system = Object.hasOwn(systemCodes, facts.code.toUpperCase())
    ? systemCodes[facts.code.toUpperCase()]
    : undefined
  if (system !== undefined) return system(facts)
  if (facts.status >= 500)
    return { class: 'unknown', fault: { code: 'rest.serverFailure', status: facts.status } }
  if (facts.status === 401) return notExecuted({ code: 'rest.badToken' }, never)
  if (facts.status === 429)
    return notExecuted({ code: 'rest.rateLimited' }, facts.retryAfterMs ?? rateRetryMs)
  const known = Object.hasOwn(methodCodes, facts.code) ? methodCodes[facts.code] : undefined
  if (known !== undefined) return { class: 'refused', fault: known }
  if (['0', ''].includes(facts.code) && facts.method.startsWith('crm.item.payment.')) {
    return { class: 'refused', fault: { code: 'rest.notFoundOrDenied' } }
  }
  return { class: 'refused', fault: { code: 'rest.refused', portalCode: facts.code } }
}

/** The scope a method belongs to, as the portal's settings name it. */
export function scopeOf(method: string): string {
  if (method.startsWith('sale.paysystem.')) return 'pay_system'
  return method.split('.')[0] ?? ''
}

/**
 * One code, two meanings: with 403 for a whole call, a plan without REST; inside a batch (REST answered), from pay
 * system methods, or with another status, a plain lack of rights.
 */
function deniedAccess({ status, method }: CodeFacts): Verdict {
  const wholePortal = status === 403 && !method.startsWith('sale.paysystem.')
  return notExecuted({ code: wholePortal ? 'rest.planWithoutRest' : 'rest.noRights' }, never)
}

function notExecuted(fault: Fault, retryAfterMs: number | null): Verdict {
  return { class: 'notExecuted', fault, retryAfterMs }
}
