import { describe, expect, it } from 'vitest'
import { encodeBatch, encodeQuery, readBatch } from '../../../electron/backend/portal/batch.ts'
import type { Outcome } from '../../../electron/backend/portal/outcome.ts'

const attempt = {
  method: 'batch',
  sentAt: 1,
  endedAt: 2,
  status: 200,
  connected: true,
  bytesLeft: true,
  portalCode: null,
  portalText: null,
  time: null,
}
const outer = (result: unknown): Outcome => ({ class: 'executed', result, total: null, next: null, attempt })
const pay = { method: 'crm.item.payment.pay', params: { id: 1 } }
const get = { method: 'crm.item.payment.get', params: { id: 1 } }

describe('writing commands', () => {
  it('nests parameters as PHP reads them', () => {
    const query = encodeQuery({
      filter: { '>id': 5, '@orderId': [7, 8] },
      select: ['id', 'sum'],
      order: { id: 'asc' },
      start: -1,
      flag: true,
      off: false,
      gone: undefined,
      none: [],
    })
    expect(decodeURIComponent(query)).toBe(
      'filter[>id]=5&filter[@orderId][0]=7&filter[@orderId][1]=8&select[0]=id&select[1]=sum&order[id]=asc&start=-1&flag=1&off=0',
    )
    expect(query.startsWith('filter%5B%3Eid%5D=5&filter%5B%40orderId%5D%5B0%5D=7')).toBe(true)
  })
  it('encodes what would break out of a value', () => {
    expect(encodeQuery({ a: 'x&b=1 №' })).toBe('a=x%26b%3D1%20%E2%84%96')
  })
  it('labels commands and never halts', () => {
    expect(encodeBatch({ p1: get, who: { method: 'profile', params: {} } })).toEqual({
      halt: 0,
      cmd: { p1: 'crm.item.payment.get?id=1', who: 'profile' },
    })
  })
  it('refuses labels PHP would number, too many commands, nesting and null', () => {
    const bad = [
      { '0': get },
      { '12': get },
      { 'a-b': get },
      {},
      { b: { method: 'batch', params: {} } },
      { n: { method: 'm', params: { a: null } } },
    ]
    for (const commands of bad) expect(() => encodeBatch(commands)).toThrowError('input.invalid')
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`c${index}`, get]))
    expect(() => encodeBatch(many)).toThrowError('input.invalid')
  })
})

describe('reading the answer', () => {
  it('gives each label its own outcome', () => {
    const { outcomes, times } = readBatch(
      { a: pay, b: pay, c: pay, d: get, e: pay },
      outer({
        result: { a: true, d: { id: 1 } },
        result_error: { b: { error: 0, error_description: 'x' }, e: { error: '', error_description: '' } },
        result_total: { d: '7' },
        result_next: [],
        result_time: {
          a: { duration: 1, processing: 1, operating: 12.5, operating_reset_at: 1_795_244_400 },
        },
      }),
      'write',
      [],
    )
    expect(outcomes['a']).toMatchObject({
      class: 'executed',
      result: true,
      attempt: { method: 'crm.item.payment.pay', time: { operating: 12.5 } },
    })
    expect(outcomes['b']).toMatchObject({
      class: 'refused',
      fault: { code: 'rest.notFoundOrDenied' },
      attempt: { portalCode: '0', portalText: 'x' },
    })
    expect(outcomes['c']).toMatchObject({ class: 'unknown' })
    expect(outcomes['d']).toMatchObject({ class: 'executed', result: { id: 1 }, total: 7, next: null })
    expect(outcomes['e']).toMatchObject({ class: 'refused', fault: { code: 'rest.notFoundOrDenied' } })
    expect(times.map((time) => time.method)).toEqual(['crm.item.payment.pay'])
  })
  it('takes empty lists for empty maps, and a filled list for nothing known', () => {
    const empty = readBatch(
      { a: pay },
      outer({ result: [], result_error: [], result_total: [], result_next: [], result_time: [] }),
      'write',
      [],
    )
    expect(empty.outcomes['a']?.class).toBe('unknown')
    const listed = readBatch(
      { a: pay, b: get },
      outer({ result: [true], result_error: [{ error: 0 }] }),
      'write',
      [],
    )
    expect(listed.outcomes['a']?.class).toBe('unknown')
    expect(listed.outcomes['b']?.class).toBe('notExecuted')
    const garbled = readBatch({ a: pay }, outer('what'), 'write', [])
    expect(garbled.outcomes['a']?.class).toBe('unknown')
  })
  it('keeps a null result apart from a missing one', () => {
    const { outcomes } = readBatch(
      { a: { method: 'crm.item.list', params: {} } },
      outer({ result: { a: null } }),
      'read',
      [],
    )
    expect(outcomes['a']).toMatchObject({ class: 'executed', result: null })
  })
  it('cuts secrets from codes and texts', () => {
    const error = { error: 'CANARY_x', error_description: 'for canaryzz and /rest/1/other/' }
    const { outcomes } = readBatch({ a: pay }, outer({ result: [], result_error: { a: error } }), 'write', [
      'CANARY',
      'canaryzz',
    ])
    expect(outcomes['a']).toMatchObject({
      fault: { portalCode: '_x' },
      attempt: { portalCode: '_x', portalText: 'for ••• and /rest/1/•••/' },
    })
  })
  it('shares the outer end when there was none', () => {
    const { outcomes } = readBatch(
      { a: pay, b: get },
      { class: 'unknown', fault: { code: 'portal.unreachable', reason: 'timeout' }, attempt },
      'write',
      [],
    )
    expect(outcomes['a']).toMatchObject({ class: 'unknown', attempt: { method: 'crm.item.payment.pay' } })
    expect(outcomes['b']).toMatchObject({ class: 'unknown', attempt: { method: 'crm.item.payment.get' } })
  })
})
