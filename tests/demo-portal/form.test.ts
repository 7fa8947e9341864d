import { describe, expect, it } from 'vitest'
import { parseForm } from '../../electron/demo-portal/http/form.ts'
import { at, call, portalWith, record } from './kit.ts'

describe('form data with nested keys', () => {
  it('reads what PHP reads', () => {
    expect(
      parseForm('a=1&b[c]=2&b[d][e]=3&list[]=x&list[]=y&map[5]=z&plus=a+b&pct=%D0%B0&empty=&bare'),
    ).toEqual({
      a: '1',
      b: { c: '2', d: { e: '3' } },
      list: ['x', 'y'],
      map: { 5: 'z' },
      plus: 'a b',
      pct: 'а',
      empty: '',
      bare: '',
    })
  })

  it('keeps operators in keys and forgives broken escapes', () => {
    expect(parseForm('filter[>%3Dsum]=5&filter[!%25name]=x&bad=%E0%A4%A')).toEqual({
      filter: { '>=sum': '5', '!%name': 'x' },
      bad: '%E0%A4%A',
    })
  })

  it('spoils a name whose equals sign is not escaped, as PHP does', () => {
    expect(parseForm('filter[>=sum]=5')).toEqual({ 'filter_>': 'sum]=5' })
  })

  it('does not reach the prototype', () => {
    parseForm('__proto__[polluted]=1&a[__proto__][polluted]=1')
    expect(record({}).polluted).toBeUndefined()
  })
})

describe('request bodies', () => {
  it('takes multipart', async () => {
    const portal = await portalWith()
    const body = new FormData()
    body.append('entityId', '13123')
    body.append('entityTypeId', '2')
    body.append('filter[@id][]', '1036')
    const response = await fetch(`${portal.webhookUrl}crm.item.payment.list`, { method: 'POST', body })
    expect(at(await response.json(), 'result', 0, 'id')).toBe(1036)
  })

  it('lets the body win over the query', async () => {
    const portal = await portalWith()
    const answer = await call(portal, 'crm.item.payment.get?id=1036', { id: 1037 })
    expect(at(answer.body, 'result', 'id')).toBe(1037)
  })

  it('answers a body that is no JSON with an error', async () => {
    const portal = await portalWith()
    const headers = { 'Content-Type': 'application/json' }
    const response = await fetch(`${portal.webhookUrl}profile`, { method: 'POST', headers, body: '{"a":' })
    expect(response.status).toBe(500)
    expect(record(await response.json()).error).toBe('ERROR_UNEXPECTED_ANSWER')
  })
})
