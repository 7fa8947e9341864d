import { describe, expect, it } from 'vitest'
import { redact, redactText } from '../../../electron/backend/redact.ts'

describe('texts', () => {
  const rows: [string, string][] = [
    [
      'POST https://firma.bitrix24.ru/rest/17/canary0code/crm.item.payment.pay failed',
      'POST https://firma.bitrix24.ru/rest/17/•••/crm.item.payment.pay failed',
    ],
    [
      'https://firma.bitrix24.ru/rest/api/17/canary0code/tasks',
      'https://firma.bitrix24.ru/rest/api/17/•••/tasks',
    ],
    [
      '{"url":"https:\\/\\/f.bitrix24.ru\\/rest\\/1\\/canary\\/"}',
      '{"url":"https:\\/\\/f.bitrix24.ru\\/rest\\/1\\/•••\\/"}',
    ],
    ['?auth=canary&x=1&access_token=canary2', '?auth=•••&x=1&access_token=•••'],
    [
      'http://127.0.0.1:53682/sverka?code=canary&state=canary2&domain=f.bitrix24.ru',
      'http://127.0.0.1:53682/sverka?code=•••&state=•••&domain=f.bitrix24.ru',
    ],
    [
      '{"refresh_token": "canary\\"more", "expires_in": 3600}',
      '{"refresh_token": "•••", "expires_in": 3600}',
    ],
    ['Authorization: Bearer canary.token-1', 'Authorization: Bearer •••'],
    [`token ${'0123456789abcdef'.repeat(5)}`, 'token •••'],
  ]
  it.each(rows)('%s', (text, expected) => expect(redactText(text)).toBe(expected))

  it('cuts a known secret literally and encoded', () => {
    expect(redactText('a geheim+1 b geheim%2B1', ['geheim+1'])).toBe('a ••• b •••')
  })
  it('leaves accounts, hashes and numbers alone', () => {
    const plain =
      '40702810900000012345 DE89370400440532013000 3653/1 ' +
      'a1'.repeat(32) +
      ' /rest/crm.item.list portalCode=0'
    expect(redactText(plain)).toBe(plain)
  })
})

describe('values', () => {
  it('blanks fields by name and cuts texts at any depth', () => {
    const value = {
      portalId: 'p_1',
      auth: 'canary',
      list: [{ clientSecret: 'canary', text: '/rest/1/canary/' }],
      accessToken: null,
      n: 1,
    }
    expect(redact(value)).toEqual({
      portalId: 'p_1',
      auth: '•••',
      list: [{ clientSecret: '•••', text: '/rest/1/•••/' }],
      accessToken: null,
      n: 1,
    })
    expect(value.auth).toBe('canary')
  })
  it('survives errors, causes, cycles, maps and bytes', () => {
    const cycle: Record<string, unknown> = {
      map: new Map([['token', 'canary']]),
      bytes: new Uint8Array(3),
      when: new Date(0),
    }
    cycle['self'] = cycle
    const error = new Error('GET /rest/1/canary/x', { cause: new Error('auth=canary') })
    const text = JSON.stringify(
      redact({ cycle, error, fn: () => 'canary', url: new URL('https://f.bitrix24.ru/rest/1/canary/') }),
    )
    expect(text).not.toContain('canary')
    expect(text).toContain('1970-01-01T00:00:00.000Z')
    expect(text).toContain('[3 bytes]')
  })
})
