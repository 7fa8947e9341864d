/** Errors that the specification says any method may answer, with the codes of the public error table. */
import { expect, it } from 'vitest'
import type { SystemErrorName } from '../../electron/demo-portal/errors.ts'
import { call, portalWith } from './kit.ts'

/** The fifteen of the specification pages in their order, then the one that only the limits page knows. */
export const systemErrorTable: readonly [status: number, code: SystemErrorName][] = [
  [500, 'INTERNAL_SERVER_ERROR'],
  [500, 'ERROR_UNEXPECTED_ANSWER'],
  [503, 'QUERY_LIMIT_EXCEEDED'],
  [405, 'ERROR_BATCH_METHOD_NOT_ALLOWED'],
  [400, 'ERROR_BATCH_LENGTH_EXCEEDED'],
  [401, 'NO_AUTH_FOUND'],
  [400, 'INVALID_REQUEST'],
  [503, 'OVERLOAD_LIMIT'],
  [403, 'ACCESS_DENIED'],
  [403, 'INVALID_CREDENTIALS'],
  [404, 'ERROR_MANIFEST_IS_NOT_AVAILABLE'],
  [403, 'insufficient_scope'],
  [401, 'expired_token'],
  [403, 'user_access_error'],
  [500, 'PORTAL_DELETED'],
  [429, 'OPERATION_TIME_LIMIT'],
]

/** One test per system error for a method, and that the call was not executed. */
export function itAnswersSystemErrors(method: string, params: unknown): void {
  it.each(systemErrorTable)('answers HTTP %i %s as any method may', async (status, code) => {
    const portal = await portalWith({ faults: [{ method, do: { kind: 'system', name: code } }] })
    const answer = await call(portal, method, params)
    expect(answer.status).toBe(status)
    expect(answer.body.error).toBe(code)
    expect(answer.body.error_description).toBeTypeOf('string')
    expect(answer.body).not.toHaveProperty('result')
    expect(portal.state.log.writes).toEqual([])
  })
}
