import { afterEach, describe, expect, it } from 'vitest'
import { createPortalClient, defaultSettings } from '../../../electron/backend/portal/create-client.ts'
import type { ClientInput } from '../../../electron/backend/portal/create-client.ts'
import { parsePortal, parseWebhook } from '../../../electron/backend/portal/address.ts'
import { createFastClock } from './kit/clocks.ts'
import {
  createLog,
  directNetwork,
  fixedEndpoint,
  okTime,
  startFakePortal,
  webhookSecret,
} from './kit/fake-portal.ts'
import type { Say, Seen } from './kit/fake-portal.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

async function clientOf(answer: (seen: Seen, index: number) => Say, over: Partial<ClientInput> = {}) {
  const portal = await startFakePortal(answer)
  const log = createLog()
  const client = createPortalClient({
    portalId: 'p_aaaaaaaa',
    endpoint: fixedEndpoint(portal),
    ports: { clock: createFastClock(50), network: directNetwork, log },
    settings: () => defaultSettings,
    version: '0.1.0',
    ...over,
  })
  open.push(client, portal)
  return { portal, client, log }
}
const error = (status: number, code: unknown): Say => ({
  status,
  json: { error: code, error_description: `see /rest/1/${webhookSecret}/ and ${webhookSecret}` },
})

describe('send', () => {
  it('sends a write once, whatever comes', async () => {
    for (const say of [
      error(503, 'QUERY_LIMIT_EXCEEDED'),
      error(500, 'INTERNAL_SERVER_ERROR'),
      { status: 502, body: '<html>' },
      { cut: 'before' as const, json: {} },
      error(400, 0),
    ]) {
      const { portal, client } = await clientOf(() => say)
      await client.send('crm.item.payment.pay', { id: 1 }, { kind: 'write' })
      await new Promise((resolve) => setTimeout(resolve, 30))
      expect(portal.seen.length).toBe(1)
      expect(portal.seen[0]?.path).toBe(`/rest/1/${webhookSecret}/crm.item.payment.pay`)
    }
  })

  it('waits for the answer of a write longer than the portal itself lets it run, and for a read shorter', async () => {
    const clock = createFastClock(200)
    const ports = { clock, network: directNetwork, log: createLog() }
    const { client } = await clientOf(() => ({ json: {}, delayMs: 5_000 }), { ports })
    const [write, read] = await Promise.all([
      client.send('crm.item.payment.pay', { id: 1 }, { kind: 'write' }),
      client.send('crm.item.payment.get', { id: 1 }, { kind: 'read' }),
    ])
    const took = (outcome: typeof write): number => (outcome.attempt.endedAt - outcome.attempt.sentAt) / 1000
    expect(write).toMatchObject({
      class: 'unknown',
      fault: { code: 'portal.unreachable', reason: 'timeout' },
    })
    expect(took(write)).toBeGreaterThan(75)
    expect(took(write)).toBeLessThan(95)
    expect(took(read)).toBeGreaterThan(40)
    expect(took(read)).toBeLessThan(60)
  })

  it('lets a write in the air land although the job is stopped', async () => {
    const { client } = await clientOf(() => ({ json: { result: true, time: okTime }, delayMs: 80 }))
    const stop = new AbortController()
    const going = client.send('crm.item.payment.pay', { id: 1 }, { kind: 'write', signal: stop.signal })
    setTimeout(() => stop.abort(), 30)
    expect((await going).class).toBe('executed')
    expect(
      await client.send('crm.item.payment.pay', { id: 1 }, { kind: 'write', signal: stop.signal }),
    ).toMatchObject({
      class: 'notExecuted',
      fault: { code: 'call.abandoned' },
      attempt: { bytesLeft: false },
    })
  })

  it('sends nothing more once the portal is blocked by hand', async () => {
    const { portal, client } = await clientOf((_seen, index) =>
      index === 0 ? error(503, 'OVERLOAD_LIMIT') : { json: { result: 1 } },
    )
    await client.send('profile', {}, { kind: 'read' })
    expect(await client.send('crm.item.payment.pay', { id: 1 }, { kind: 'write' })).toMatchObject({
      class: 'notExecuted',
      fault: { code: 'rest.overloadBlocked' },
    })
    await expect(client.read('profile', {})).rejects.toMatchObject({
      fault: { code: 'rest.overloadBlocked' },
    })
    expect(portal.seen.length).toBe(1)
    client.lift()
    await client.read('profile', {})
    expect(portal.seen.length).toBe(2)
  })
})

describe('read', () => {
  it('asks again through limits, resets and failing servers', async () => {
    const says: Say[] = [
      error(503, 'QUERY_LIMIT_EXCEEDED'),
      { json: {}, cut: 'before' },
      error(500, 'INTERNAL_SERVER_ERROR'),
      { status: 502, body: '<html>' },
      { json: { result: [1], total: 1, time: okTime } },
    ]
    const { portal, client } = await clientOf((_seen, index) => says[index] ?? { json: {} })
    expect(await client.read('crm.item.list', { entityTypeId: 2 })).toEqual({
      result: [1],
      total: 1,
      next: null,
      time: {
        processing: 0.9303650856018066,
        duration: 1.1914870738983154,
        dateFinish: '2024-05-20T15:39:50+03:00',
        operating: null,
        operatingResetAt: null,
      },
    })
    expect(portal.seen.length).toBe(5)
    expect(client.pace().limitErrors).toBe(1)
  })
  it('does not ask again after a plain no, and gives up on a broken portal', async () => {
    const no = await clientOf(() => error(400, 200640400001))
    await expect(no.client.read('sale.payment.get', { id: 1 })).rejects.toMatchObject({
      fault: { code: 'rest.paymentMissing' },
    })
    expect(no.portal.seen.length).toBe(1)
    const broken = await clientOf(() => ({ status: 502, body: '<html>' }))
    await expect(broken.client.read('sale.payment.get', { id: 1 })).rejects.toMatchObject({
      fault: { code: 'rest.serverFailure', status: 502 },
    })
    expect(broken.portal.seen.length).toBe(5)
  })
  it('does not keep a person waiting for a time budget', async () => {
    const { client, portal } = await clientOf(() => error(429, 'OPERATION_TIME_LIMIT'))
    for (let round = 0; round < 2; round++) {
      await expect(client.read('sale.payment.get', { id: 1 }, { urgent: true })).rejects.toMatchObject({
        fault: { code: 'rest.timeBudget' },
      })
    }
    expect(portal.seen.length).toBe(1)
  })
})

describe('batch', () => {
  it('learns of a time budget used up inside a good answer', async () => {
    const { client, portal } = await clientOf(() => ({
      json: {
        result: {
          result: { a: true },
          result_error: { b: { error: 'OPERATION_TIME_LIMIT' } },
          result_total: [],
          result_next: [],
          result_time: [],
        },
        time: okTime,
      },
    }))
    const outcomes = await client.batch(
      {
        a: { method: 'crm.item.payment.pay', params: { id: 1 } },
        b: { method: 'crm.item.payment.pay', params: { id: 2 } },
      },
      { kind: 'write' },
    )
    expect(outcomes['a']?.class).toBe('executed')
    expect(outcomes['b']).toMatchObject({ class: 'notExecuted', fault: { code: 'rest.timeBudget' } })
    expect(portal.seen[0]?.params).toEqual({
      halt: 0,
      cmd: { a: 'crm.item.payment.pay?id=1', b: 'crm.item.payment.pay?id=2' },
    })
    expect(client.pace().limitErrors).toBe(1)
    await expect(client.read('crm.item.payment.pay', {}, { urgent: true })).rejects.toMatchObject({
      fault: { code: 'rest.timeBudget' },
    })
  })
})

describe('secrets', () => {
  it('stand in no outcome, refusal or log line', async () => {
    const ends: unknown[] = []
    const logs: string[] = []
    const says: Say[] = [
      error(400, 0),
      error(403, 'ACCESS_DENIED'),
      error(400, webhookSecret),
      { status: 302, headers: { Location: `https://neu.bitrix24.ru/rest/1/${webhookSecret}/x` }, body: '' },
      { cut: 'before', json: {} },
    ]
    for (const say of says) {
      const { client, log } = await clientOf(() => say)
      ends.push(await client.send('crm.item.payment.pay', { id: 1 }, { kind: 'write' }))
      ends.push(
        await client
          .read('crm.item.payment.get', { id: 1 })
          .catch((refusal: unknown) => JSON.stringify(refusal, Object.getOwnPropertyNames(refusal))),
      )
      logs.push(...log.lines)
    }
    expect(logs.length).toBeGreaterThan(5)
    expect(JSON.stringify(ends) + logs.join('\n')).not.toContain(webhookSecret)
  })
})

describe('addresses', () => {
  it('reads a webhook as people paste it', () => {
    const expected = {
      base: 'https://firma.bitrix24.ru/rest/17/abc123/',
      host: 'firma.bitrix24.ru',
      userId: '17',
      code: 'abc123',
    }
    for (const text of [
      'https://firma.bitrix24.ru/rest/17/abc123/',
      ' https://firma.bitrix24.ru/rest/17/abc123 ',
      'firma.bitrix24.ru/rest/17/abc123/profile.json',
      'https://firma.bitrix24.ru/rest/17/abc123/crm.item.list?x=1',
    ]) {
      expect(parseWebhook(text)).toEqual(expected)
    }
    expect(parseWebhook('http://127.0.0.1:8080/rest/1/demo/').base).toBe('http://127.0.0.1:8080/rest/1/demo/')
  })
  it.each([
    ['http://firma.bitrix24.ru/rest/17/abc123/', 'notHttps'],
    ['https://firma.bitrix24.ru/', 'notWebhook'],
    ['https://firma.bitrix24.ru/rest/abc/17/', 'notWebhook'],
    ['https://user:pass@firma.bitrix24.ru/rest/1/abc/', 'shape'],
    ['firma', 'shape'],
    ['javascript:alert(1)', 'shape'],
    ['file:///etc/passwd', 'shape'],
  ])('refuses %s: %s', (text, reason) => {
    expect(() => parseWebhook(text)).toThrowError(
      expect.objectContaining({ fault: { code: 'portal.address', reason } }),
    )
  })
  it('reads a portal', () => {
    expect(parsePortal('Firma.Bitrix24.ru/crm/deal/')).toEqual({
      origin: 'https://firma.bitrix24.ru',
      host: 'firma.bitrix24.ru',
    })
  })
})
