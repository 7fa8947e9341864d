import { describe, expect, it } from 'vitest'
import { classify, judgeCommand } from '../../../electron/backend/portal/classify.ts'
import type { Ended } from '../../../electron/backend/portal/classify.ts'
import type { Failure } from '../../../electron/backend/portal/request.ts'
import type { Outcome } from '../../../electron/backend/portal/outcome.ts'

const html = '<html><body>502 Bad Gateway nginx</body></html>'

function ended(over: Partial<Ended>): Ended {
  return {
    method: 'crm.item.payment.pay',
    kind: 'write',
    host: 'firma.bitrix24.ru',
    sentAt: 1_000,
    endedAt: 2_000,
    status: 200,
    location: null,
    retryAfterMs: null,
    body: '{"result":true}',
    failure: null,
    connected: true,
    bytesLeft: true,
    ...over,
  }
}

/** `class fault-code` and, where it matters, the wait. */
function told(outcome: Outcome): string {
  if (outcome.class === 'executed') return 'executed'
  const wait = outcome.class === 'notExecuted' ? ` ${outcome.retryAfterMs}` : ''
  return `${outcome.class} ${outcome.fault.code}${wait}`
}

describe('the sixteen system errors', () => {
  const rows: [number, string, string][] = [
    [500, 'INTERNAL_SERVER_ERROR', 'unknown rest.serverFailure'],
    [500, 'ERROR_UNEXPECTED_ANSWER', 'unknown rest.unexpectedAnswer'],
    [503, 'QUERY_LIMIT_EXCEEDED', 'notExecuted rest.rateLimited 1000'],
    [405, 'ERROR_BATCH_METHOD_NOT_ALLOWED', 'notExecuted rest.batchForbidden null'],
    [400, 'ERROR_BATCH_LENGTH_EXCEEDED', 'notExecuted rest.batchTooLong null'],
    [401, 'NO_AUTH_FOUND', 'notExecuted rest.badToken null'],
    [400, 'INVALID_REQUEST', 'notExecuted rest.httpsNeeded null'],
    [503, 'OVERLOAD_LIMIT', 'notExecuted rest.overloadBlocked null'],
    [403, 'ACCESS_DENIED', 'notExecuted rest.planWithoutRest null'],
    [403, 'INVALID_CREDENTIALS', 'notExecuted rest.noRights null'],
    [404, 'ERROR_MANIFEST_IS_NOT_AVAILABLE', 'notExecuted rest.noManifest null'],
    [403, 'insufficient_scope', 'notExecuted rest.scopeMissing null'],
    [401, 'expired_token', 'notExecuted rest.tokenExpired 0'],
    [403, 'user_access_error', 'notExecuted rest.userShutOut null'],
    [500, 'PORTAL_DELETED', 'notExecuted rest.portalClosed null'],
    [429, 'OPERATION_TIME_LIMIT', 'notExecuted rest.timeBudget 60000'],
    [401, 'invalid_token', 'notExecuted rest.badToken null'],
    [404, 'ERROR_METHOD_NOT_FOUND', 'notExecuted rest.methodMissing null'],
  ]
  it.each(rows)('%i %s', (status, code, expected) => {
    for (const kind of ['read', 'write'] as const) {
      expect(
        told(
          classify(ended({ kind, status, body: JSON.stringify({ error: code, error_description: 'x' }) })),
        ),
      ).toBe(expected)
    }
  })
  it.each(rows)('%2$s keeps its meaning under a 2xx status', (_status, code, expected) => {
    const outcome = classify(
      ended({ status: 200, body: JSON.stringify({ error: code, error_description: 'x' }) }),
    )
    const there = code === 'ACCESS_DENIED' ? 'notExecuted rest.noRights null' : expected
    expect(told(outcome)).toBe(there)
  })
  it('says which scope is missing and which method is', () => {
    const scope = classify(
      ended({ method: 'sale.paysystem.list', status: 403, body: '{"error":"insufficient_scope"}' }),
    )
    expect(scope).toMatchObject({ fault: { code: 'rest.scopeMissing', scope: 'pay_system' } })
    const method = classify(
      ended({ method: 'sale.payment.list', status: 404, body: '{"error":"ERROR_METHOD_NOT_FOUND"}' }),
    )
    expect(method).toMatchObject({ fault: { code: 'rest.methodMissing', method: 'sale.payment.list' } })
  })
  it('waits as long as the portal says', () => {
    const body = JSON.stringify({
      error: 'OPERATION_TIME_LIMIT',
      time: {
        duration: 0.1,
        processing: 0,
        date_finish: '2026-11-21T10:00:00+03:00',
        operating: 481,
        operating_reset_at: 1795244490,
      },
    })
    const outcome = classify(ended({ status: 429, body }))
    expect(outcome).toMatchObject({
      retryAfterMs: 90_000,
      fault: { code: 'rest.timeBudget', resetAt: '2026-11-21T07:01:30.000Z' },
    })
    expect(
      classify(ended({ status: 503, retryAfterMs: 7_000, body: '{"error":"QUERY_LIMIT_EXCEEDED"}' })),
    ).toMatchObject({ retryAfterMs: 7_000 })
  })
})

describe('errors of the payment methods', () => {
  const rows: [string, string, string][] = [
    [
      'crm.item.payment.pay',
      '{"error":0,"error_description":"Insufficient permissions"}',
      'refused rest.notFoundOrDenied',
    ],
    [
      'crm.item.payment.get',
      '{"error":"0","error_description":"Недостаточно прав"}',
      'refused rest.notFoundOrDenied',
    ],
    ['crm.item.payment.delete', '{"error":100}', 'refused rest.argumentMissing'],
    ['crm.item.payment.pay', '{"error":"","error_description":"No"}', 'refused rest.notFoundOrDenied'],
    ['crm.item.payment.pay', '{"error":{"code":"0","message":"m"}}', 'refused rest.notFoundOrDenied'],
    ['crm.item.payment.pay', '{"error":{"message":"no code"}}', 'refused rest.notFoundOrDenied'],
    [
      'sale.payment.update',
      '{"error":200640400001,"error_description":"payment does not exist"}',
      'refused rest.paymentMissing',
    ],
    ['sale.payment.get', '{"error":"200640400001"}', 'refused rest.paymentMissing'],
    ['sale.payment.list', '{"error":200040300010}', 'refused rest.noRights'],
    ['sale.payment.update', '{"error":"200040300020"}', 'refused rest.noRights'],
    ['crm.orderentity.list', '{"error":"200540400002"}', 'refused rest.shopMissing'],
    ['sale.payment.update', '{"error":0}', 'refused rest.refused'],
    ['sale.payment.update', '{"error":"constructor"}', 'refused rest.refused'],
    ['crm.item.list', '{"error":"NOT_FOUND"}', 'refused rest.refused'],
  ]
  it.each(rows)('%s %s', (method, body, expected) => {
    expect(told(classify(ended({ method, status: 400, body })))).toBe(expected)
  })
  it('keeps an unknown code and the cut text for the journal', () => {
    const body = JSON.stringify({
      error: 'NEW_CODE_7',
      error_description: 'see https://firma.bitrix24.ru/rest/1/canary0code/pay?auth=canarytoken',
    })
    const outcome = classify(ended({ status: 400, body }))
    expect(outcome).toMatchObject({
      class: 'refused',
      fault: { code: 'rest.refused', portalCode: 'NEW_CODE_7' },
    })
    expect(outcome.attempt.portalCode).toBe('NEW_CODE_7')
    expect(JSON.stringify(outcome)).not.toContain('canary')
  })
  it('does not believe a refusal beside a failing server, nor one beside a result', () => {
    expect(told(classify(ended({ status: 500, body: '{"error":0}' })))).toBe('unknown rest.serverFailure')
    expect(told(classify(ended({ status: 400, body: '{"error":0,"result":true}' })))).toBe(
      'unknown rest.answerShape',
    )
    expect(told(classify(ended({ status: 400, body: '{"error":0,"result":[]}' })))).toBe(
      'refused rest.notFoundOrDenied',
    )
  })
})

describe('what counts as carried out', () => {
  const rows: [string, string, string][] = [
    ['crm.item.payment.pay', '{"result":true}', 'executed'],
    ['crm.item.payment.unpay', '{"result":false}', 'refused rest.refused'],
    ['crm.item.payment.pay', '{"result":null}', 'unknown rest.answerShape'],
    ['crm.item.payment.pay', '{"result":1}', 'unknown rest.answerShape'],
    ['crm.item.payment.delete', '{"result":"true"}', 'unknown rest.answerShape'],
    ['crm.item.payment.pay', '{"result":[]}', 'unknown rest.answerShape'],
    ['crm.item.payment.pay', '{"error":null,"result":true}', 'executed'],
    ['crm.item.payment.pay', '{"time":{}}', 'unknown rest.answerShape'],
    ['crm.item.payment.pay', '[]', 'unknown portal.unreadable'],
    ['crm.item.payment.pay', 'null', 'unknown portal.unreadable'],
    ['crm.item.payment.pay', '', 'unknown portal.unreadable'],
    ['crm.item.payment.pay', '{"result":tr', 'unknown portal.unreadable'],
    ['crm.item.payment.pay', html, 'unknown portal.unreadable'],
    ['crm.item.payment.add', '{"result":1039}', 'executed'],
    ['crm.item.payment.add', '{"result":"1039"}', 'executed'],
    ['crm.item.payment.add', '{"result":0}', 'unknown rest.answerShape'],
    ['sale.payment.update', '{"result":{"payment":{"id":144}}}', 'executed'],
    ['sale.payment.update', '{"result":true}', 'unknown rest.answerShape'],
    ['sale.payment.update', '{"result":{"payment":[]}}', 'unknown rest.answerShape'],
    ['sale.payment.delete', '{"result":true}', 'executed'],
  ]
  it.each(rows)('%s %s', (method, body, expected) => {
    expect(told(classify(ended({ method, body })))).toBe(expected)
  })
  it('takes any result of a read', () => {
    for (const body of [
      '{"result":false}',
      '{"result":null}',
      '{"result":[]}',
      '{"result":{"items":[]},"total":"12","next":50}',
    ]) {
      expect(classify(ended({ method: 'crm.item.list', kind: 'read', body })).class).toBe('executed')
    }
    expect(
      classify(
        ended({ method: 'crm.item.list', kind: 'read', body: '{"result":[],"total":"12","next":50}' }),
      ),
    ).toMatchObject({ total: 12, next: 50 })
  })
})

describe('answers that are no answers', () => {
  const rows: [number, string, string][] = [
    [502, html, 'unknown rest.serverFailure'],
    [504, html, 'unknown rest.serverFailure'],
    [503, html, 'unknown rest.serverFailure'],
    [500, html, 'unknown rest.serverFailure'],
    [400, html, 'unknown portal.unreadable'],
    [401, html, 'notExecuted portal.unreadable null'],
    [403, html, 'notExecuted portal.unreadable null'],
    [404, html, 'notExecuted portal.unreadable null'],
    [405, html, 'notExecuted portal.unreadable null'],
    [407, html, 'notExecuted portal.unreachable null'],
    [429, html, 'notExecuted rest.rateLimited 1000'],
    [204, '', 'unknown portal.unreadable'],
    [400, '{"error":0,"error_descr', 'unknown portal.unreadable'],
  ]
  it.each(rows)('%i %s', (status, body, expected) => {
    expect(told(classify(ended({ status, body })))).toBe(expected)
  })
})

describe('redirects (money rule 17)', () => {
  it.each([301, 302, 307, 308])('%i to a new host was not carried out', (status) => {
    const outcome = classify(
      ended({ status, location: 'https://neu.bitrix24.ru/rest/1/canary/crm.item.payment.pay', body: '' }),
    )
    expect(outcome).toMatchObject({
      class: 'notExecuted',
      fault: { code: 'portal.moved', host: 'neu.bitrix24.ru' },
      retryAfterMs: null,
    })
    expect(JSON.stringify(outcome)).not.toContain('canary')
  })
  it('does not trust other statuses, nor one with a result', () => {
    expect(told(classify(ended({ status: 303, location: 'https://neu.bitrix24.ru/', body: '' })))).toBe(
      'unknown portal.moved',
    )
    expect(
      told(classify(ended({ status: 302, location: 'https://neu.bitrix24.ru/', body: '{"result":true}' }))),
    ).toBe('unknown portal.moved')
  })
  it('knows a sign-in page of the same host from a rename', () => {
    expect(told(classify(ended({ status: 302, location: '/auth/?back=1', body: '' })))).toBe(
      'notExecuted portal.unreadable null',
    )
    expect(told(classify(ended({ status: 302, location: null, body: '' })))).toBe(
      'notExecuted portal.unreadable null',
    )
  })
})

describe('below HTTP', () => {
  const before: [Failure, string][] = [
    ['dns', 'notExecuted portal.unreachable 2000'],
    ['refused', 'notExecuted portal.unreachable 2000'],
    ['tls', 'notExecuted portal.unreachable null'],
    ['timeout', 'notExecuted portal.unreachable 2000'],
    ['reset', 'notExecuted portal.unreachable 2000'],
    ['proxy', 'notExecuted portal.unreachable 2000'],
    ['other', 'notExecuted portal.unreachable 2000'],
    ['abandoned', 'notExecuted call.abandoned null'],
  ]
  it.each(before)('%s before bytes left', (failure, expected) => {
    expect(told(classify(ended({ failure, status: null, body: null, bytesLeft: false })))).toBe(expected)
  })
  it.each(before)('%s after bytes left is unknown', (failure) => {
    const outcome = classify(ended({ failure, status: null, body: null }))
    expect(outcome.class).toBe('unknown')
  })
  it('is unknown when the answer was cut or too long, whatever its head said', () => {
    expect(told(classify(ended({ failure: 'reset', status: 200, body: null })))).toBe(
      'unknown portal.unreachable',
    )
    expect(told(classify(ended({ failure: 'reset', status: 400, body: null })))).toBe(
      'unknown portal.unreachable',
    )
    expect(told(classify(ended({ failure: 'tooLarge', status: 200, body: null })))).toBe(
      'unknown portal.unreadable',
    )
  })
})

describe('commands of a batch', () => {
  const attempt = classify(ended({})).attempt
  const facts = {
    method: 'crm.item.payment.pay',
    kind: 'write' as const,
    answered: false,
    result: undefined,
    error: undefined,
    total: null,
    next: null,
    attempt,
    secrets: [],
  }
  it('is refused under codes of every type', () => {
    for (const error of [{ error: 0 }, { error: '0' }])
      expect(told(judgeCommand({ ...facts, error }))).toBe('refused rest.notFoundOrDenied')
    expect(told(judgeCommand({ ...facts, error: { error: '', error_description: 'no' } }))).toBe(
      'refused rest.notFoundOrDenied',
    )
    expect(told(judgeCommand({ ...facts, error: 'text' }))).toBe('refused rest.refused')
  })
  it('tells limits and server failures inside a batch from refusals', () => {
    expect(told(judgeCommand({ ...facts, error: { error: 'OPERATION_TIME_LIMIT' } }))).toBe(
      'notExecuted rest.timeBudget 60000',
    )
    expect(told(judgeCommand({ ...facts, error: { error: 'ERROR_BATCH_METHOD_NOT_ALLOWED' } }))).toBe(
      'notExecuted rest.batchForbidden null',
    )
    expect(told(judgeCommand({ ...facts, error: { error: 'INTERNAL_SERVER_ERROR' } }))).toBe(
      'unknown rest.serverFailure',
    )
  })
  it('is unknown for a write and not executed for a read when left out', () => {
    expect(told(judgeCommand(facts))).toBe('unknown rest.answerShape')
    expect(told(judgeCommand({ ...facts, method: 'crm.item.payment.get' }))).toBe(
      'notExecuted rest.answerShape 0',
    )
    expect(told(judgeCommand({ ...facts, kind: 'read', method: 'crm.item.list' }))).toBe(
      'notExecuted rest.answerShape 0',
    )
  })
  it('judges an answered write like a single one', () => {
    expect(told(judgeCommand({ ...facts, answered: true, result: true }))).toBe('executed')
    expect(told(judgeCommand({ ...facts, answered: true, result: false }))).toBe('refused rest.refused')
    expect(told(judgeCommand({ ...facts, answered: true, result: null }))).toBe('unknown rest.answerShape')
    expect(told(judgeCommand({ ...facts, answered: true, result: true, error: { error: 0 } }))).toBe(
      'unknown rest.answerShape',
    )
  })
})

describe('every fault of the matrix, as it ends a request', () => {
  const reset = { failure: 'reset', status: null, body: null } as const
  const lost = { failure: 'timeout', status: null, body: null } as const
  const json = (status: number, error: unknown): Partial<Ended> => ({
    status,
    body: JSON.stringify({ error }),
  })
  const moved = (status: number): Partial<Ended> => ({
    status,
    location: 'https://neu.bitrix24.ru/x',
    body: '',
  })
  /** What it says of a write, and what of a read. */
  const rows: [string, Partial<Ended>, string, string][] = [
    ['503 rate limit', json(503, 'QUERY_LIMIT_EXCEEDED'), 'notExecuted rest.rateLimited 1000', '='],
    ['503 overload', json(503, 'OVERLOAD_LIMIT'), 'notExecuted rest.overloadBlocked null', '='],
    ['429 time budget', json(429, 'OPERATION_TIME_LIMIT'), 'notExecuted rest.timeBudget 60000', '='],
    ['429 without a known code', json(429, 'SOMETHING'), 'notExecuted rest.rateLimited 1000', '='],
    ['401 expired', json(401, 'expired_token'), 'notExecuted rest.tokenExpired 0', '='],
    ['401 dead', json(401, 'invalid_token'), 'notExecuted rest.badToken null', '='],
    ['401 without a known code', json(401, 'SOMETHING'), 'notExecuted rest.badToken null', '='],
    ['401 bad credentials', json(401, 'INVALID_CREDENTIALS'), 'notExecuted rest.badToken null', '='],
    ['403 no rights', json(403, 'INVALID_CREDENTIALS'), 'notExecuted rest.noRights null', '='],
    ['404 no such method', json(404, 'ERROR_METHOD_NOT_FOUND'), 'notExecuted rest.methodMissing null', '='],
    [
      '405 not in a batch',
      json(405, 'ERROR_BATCH_METHOD_NOT_ALLOWED'),
      'notExecuted rest.batchForbidden null',
      '=',
    ],
    ['500 JSON', json(500, 'INTERNAL_SERVER_ERROR'), 'unknown rest.serverFailure', '='],
    ['500 JSON of another code', json(500, 100), 'unknown rest.serverFailure', '='],
    ['502 JSON of another code', json(502, ''), 'unknown rest.serverFailure', '='],
    ['500 HTML', { status: 500, body: html }, 'unknown rest.serverFailure', '='],
    ['502 HTML', { status: 502, body: html }, 'unknown rest.serverFailure', '='],
    ['504 HTML', { status: 504, body: html }, 'unknown rest.serverFailure', '='],
    ['200 HTML', { body: html }, 'unknown portal.unreadable', '='],
    ['200 without time', { body: '{"result":true}' }, 'executed', '='],
    ['false', { body: '{"result":false}' }, 'refused rest.refused', 'executed'],
    ['code as empty text', json(400, ''), 'refused rest.notFoundOrDenied', '='],
    ['code as number', json(400, 0), 'refused rest.notFoundOrDenied', '='],
    ['a large code as number', json(400, 200640400001), 'refused rest.paymentMissing', '='],
    ['an error object', json(400, { code: 200040300020 }), 'refused rest.noRights', '='],
    ['an error under 200', json(200, 0), 'refused rest.notFoundOrDenied', '='],
    ['reset before bytes left', { ...reset, bytesLeft: false }, 'notExecuted portal.unreachable 2000', '='],
    ['reset', reset, 'unknown portal.unreachable', '='],
    ['reset in the middle of an answer', { ...reset, status: 200 }, 'unknown portal.unreachable', '='],
    ['answer lost', lost, 'unknown portal.unreachable', '='],
    ['301', moved(301), 'notExecuted portal.moved null', '='],
    ['302', moved(302), 'notExecuted portal.moved null', '='],
    ['303', moved(303), 'unknown portal.moved', '='],
    ['307', moved(307), 'notExecuted portal.moved null', '='],
    ['308', moved(308), 'notExecuted portal.moved null', '='],
    ['300 with a choice', moved(300), 'unknown portal.moved', '='],
  ]
  it.each(rows)('%s', (_, over, onWrite, onRead) => {
    expect(told(classify(ended(over)))).toBe(onWrite)
    expect(told(classify(ended({ ...over, kind: 'read', method: 'crm.item.payment.get' })))).toBe(
      onRead === '=' ? onWrite : onRead,
    )
  })
})

describe('the sixteen system errors inside a batch', () => {
  const { attempt } = classify(ended({ method: 'batch', body: '{"result":{}}' }))
  it.each([
    ['INTERNAL_SERVER_ERROR', 'unknown rest.serverFailure'],
    ['ERROR_UNEXPECTED_ANSWER', 'unknown rest.unexpectedAnswer'],
    ['QUERY_LIMIT_EXCEEDED', 'notExecuted rest.rateLimited 1000'],
    ['ERROR_BATCH_METHOD_NOT_ALLOWED', 'notExecuted rest.batchForbidden null'],
    ['ERROR_BATCH_LENGTH_EXCEEDED', 'notExecuted rest.batchTooLong null'],
    ['NO_AUTH_FOUND', 'notExecuted rest.badToken null'],
    ['INVALID_REQUEST', 'notExecuted rest.httpsNeeded null'],
    ['OVERLOAD_LIMIT', 'notExecuted rest.overloadBlocked null'],
    ['ACCESS_DENIED', 'notExecuted rest.noRights null'],
    ['INVALID_CREDENTIALS', 'notExecuted rest.noRights null'],
    ['ERROR_MANIFEST_IS_NOT_AVAILABLE', 'notExecuted rest.noManifest null'],
    ['insufficient_scope', 'notExecuted rest.scopeMissing null'],
    ['expired_token', 'notExecuted rest.tokenExpired 0'],
    ['user_access_error', 'notExecuted rest.userShutOut null'],
    ['PORTAL_DELETED', 'notExecuted rest.portalClosed null'],
    ['OPERATION_TIME_LIMIT', 'notExecuted rest.timeBudget 60000'],
  ])('%s', (code, expected) => {
    const facts = {
      method: 'crm.item.payment.pay',
      kind: 'write' as const,
      answered: false,
      result: undefined,
      error: { error: code, error_description: 'x' },
      total: null,
      next: null,
      attempt,
      secrets: [],
    }
    expect(told(judgeCommand(facts))).toBe(expected)
  })
})
