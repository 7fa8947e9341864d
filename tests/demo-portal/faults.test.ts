import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { FaultRule } from '../../electron/demo-portal/start.ts'
import { at, call, portalWith, record } from './kit.ts'

interface Raw {
  status: number
  type: string
  location: string
  text: string
}

/** One bare request that follows nothing and repeats nothing; rejects as the socket does. */
function raw(url: string, params: unknown, timeoutMs = 3_000): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', headers: { 'Content-Type': 'application/json' }, timeout: timeoutMs }
    const sent = request(url, options, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('error', reject)
      response.on('end', () => {
        const type = response.headers['content-type'] ?? ''
        resolve({ status: response.statusCode ?? 0, type, location: response.headers.location ?? '', text })
      })
    })
    sent.on('timeout', () => sent.destroy(new Error('timed out')))
    sent.on('error', reject)
    sent.end(JSON.stringify(params))
  })
}

const pay = 'crm.item.payment.pay'

describe('faults that hide whether the call was executed', () => {
  const cases: [string, FaultRule['do'], string | number, number][] = [
    ['lost after execution', { kind: 'lost', when: 'after' }, 'timed out', 1],
    ['lost before execution', { kind: 'lost', when: 'before' }, 'timed out', 0],
    ['reset after execution', { kind: 'reset', when: 'after' }, 'ECONNRESET', 1],
    ['reset before execution', { kind: 'reset', when: 'before' }, 'ECONNRESET', 0],
    ['closed after execution', { kind: 'close', when: 'after' }, 'ECONNRESET', 1],
    ['half an answer', { kind: 'truncated' }, 'ECONNRESET', 1],
    ['502 page after execution', { kind: 'html', status: 502, when: 'after' }, 502, 1],
    ['504 page before execution', { kind: 'html', status: 504, when: 'before' }, 504, 0],
    ['500 page after execution', { kind: 'html', status: 500, when: 'after' }, 500, 1],
    ['login page with 200', { kind: 'html', status: 200, when: 'before' }, 200, 0],
    ['500 as JSON after execution', { kind: 'system', name: 'INTERNAL_SERVER_ERROR', when: 'after' }, 500, 1],
    ['500 as JSON before execution', { kind: 'system', name: 'ERROR_UNEXPECTED_ANSWER' }, 500, 0],
  ]

  it.each(cases)('%s', async (_name, action, seen, writes) => {
    const portal = await portalWith({ faults: [{ method: pay, paymentId: 1038, do: action }] })
    const sent = raw(portal.webhookUrl + pay, { id: 1038 }, 300)
    if (typeof seen === 'number') {
      const answer = await sent
      expect(answer.status).toBe(seen)
      if (action.kind === 'html') expect(answer.type).toContain('text/html')
    } else {
      const error: unknown = await sent.catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(Error)
      expect(record(error).code ?? record(error).message).toBe(seen)
    }
    expect(portal.state.log.countWrites(1038, pay)).toBe(writes)
    expect(portal.state.payments.get(1038)?.paid).toBe(writes === 1 ? 'Y' : 'N')
    expect((await call(portal, pay, { id: 1037 })).body.result).toBe(true)
  })

  it.each([10, 35, 65])('answers %i s late on the portal clock', async (seconds) => {
    const portal = await portalWith({
      scale: 0.001,
      faults: [{ method: pay, do: { kind: 'delay', seconds, when: 'after' } }],
    })
    const begun = performance.now()
    const answer = await call(portal, pay, { id: 1038 })
    expect(answer.body.result).toBe(true)
    expect(performance.now() - begun).toBeGreaterThanOrEqual(seconds - 2)
  })

  it('executes late when the delay is before, even though the client has gone', async () => {
    const portal = await portalWith({
      scale: 0.01,
      faults: [{ method: pay, do: { kind: 'delay', seconds: 20, when: 'before' } }],
    })
    await expect(raw(portal.webhookUrl + pay, { id: 1038 }, 50)).rejects.toThrow('timed out')
    expect(portal.state.payments.get(1038)?.paid).toBe('N')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(portal.state.payments.get(1038)?.paid).toBe('Y')
  })

  it('is cut by the gateway when the delay counts against the limit of a request', async () => {
    const delay = { kind: 'delay', seconds: 65, when: 'before', underLimit: true } as const
    const portal = await portalWith({ scale: 0.001, faults: [{ method: pay, do: delay }] })
    const answer = await raw(portal.webhookUrl + pay, { id: 1038 })
    expect(answer.status).toBe(504)
    await new Promise((resolve) => setTimeout(resolve, 40))
    expect(portal.state.log.countWrites(1038)).toBe(0)
  })
})

describe('faults in the answer', () => {
  it('answers without time, by a fault and by switches', async () => {
    const portal = await portalWith({ faults: [{ method: pay, do: { kind: 'no-time' } }] })
    expect((await call(portal, pay, { id: 1038 })).body).toEqual({ result: true })
    portal.state.turn({ time: 'without-operating' })
    const shorter = await call(portal, 'scope')
    expect(record(shorter.body.time)).not.toHaveProperty('operating')
    portal.state.turn({ time: 'absent' })
    expect(Object.keys((await call(portal, 'scope')).body)).toEqual(['result'])
  })

  it('answers result false, with or without the work being done', async () => {
    const portal = await portalWith({
      faults: [
        { method: pay, paymentId: 1038, do: { kind: 'answer', result: false, execute: false } },
        { method: pay, paymentId: 1037, do: { kind: 'answer', result: false, execute: true } },
      ],
    })
    expect((await call(portal, pay, { id: 1038 })).body.result).toBe(false)
    expect((await call(portal, pay, { id: 1037 })).body.result).toBe(false)
    expect([1038, 1037].map((id) => portal.state.log.countWrites(id))).toEqual([0, 1])
  })

  it('leaves a command out of its batch though it ran', async () => {
    const portal = await portalWith({
      faults: [{ method: pay, paymentId: 1037, do: { kind: 'missing-command' } }],
    })
    const cmd = { a: `${pay}?id=1035`, b: `${pay}?id=1037`, c: `${pay}?id=1038` }
    const answer = await call(portal, 'batch', { cmd })
    expect(at(answer.body, 'result', 'result')).toEqual({ a: true, c: true })
    expect(at(answer.body, 'result', 'result_error')).toEqual([])
    expect(Object.keys(record(at(answer.body, 'result', 'result_time')))).toEqual(['a', 'c'])
    expect(portal.state.log.countWrites(1037)).toBe(1)
  })

  it('loses a whole batch at one of its commands', async () => {
    const reset = { kind: 'reset', when: 'after' } as const
    const portal = await portalWith({ faults: [{ method: pay, paymentId: 1037, do: reset }] })
    const cmd = { a: `${pay}?id=1035`, b: `${pay}?id=1037`, c: `${pay}?id=1038` }
    await expect(raw(`${portal.webhookUrl}batch`, { cmd })).rejects.toThrow(/ECONNRESET|socket hang up/)
    expect([1035, 1037, 1038].map((id) => portal.state.log.countWrites(id))).toEqual([1, 1, 0])
  })

  it('loses the answer of a whole batch after all commands ran', async () => {
    const portal = await portalWith({ faults: [{ method: 'batch', do: { kind: 'reset', when: 'after' } }] })
    const cmd = { a: `${pay}?id=1035`, b: `${pay}?id=1037` }
    await expect(raw(`${portal.webhookUrl}batch`, { cmd })).rejects.toThrow(/ECONNRESET|socket hang up/)
    expect([1035, 1037].map((id) => portal.state.log.countWrites(id))).toEqual([1, 1])
  })

  it('refuses with any status, code and words', async () => {
    const refusal = { kind: 'refusal', status: 405, code: 'NOT_HERE', description: 'no' } as const
    const portal = await portalWith({ faults: [{ method: 'sale.*', do: refusal }] })
    expect(await call(portal, 'sale.payment.get', { id: 144 })).toEqual({
      status: 405,
      body: { error: 'NOT_HERE', error_description: 'no' },
    })
  })
})

describe('other people', () => {
  it('changes a payment between our read and our write', async () => {
    const change = { kind: 'change', fields: { paid: true, sum: 55.5 }, when: 'after' } as const
    const portal = await portalWith({
      faults: [{ method: 'crm.item.payment.get', paymentId: 1038, do: change }],
    })
    const read = await call(portal, 'crm.item.payment.get', { id: 1038 })
    expect(read.body.result).toMatchObject({ paid: 'N', sum: 100 })
    const again = await call(portal, 'crm.item.payment.get', { id: 1038 })
    expect(again.body.result).toMatchObject({ paid: 'Y', sum: 55.5 })
    expect(portal.state.log.countWrites(1038)).toBe(0)
  })

  it('deletes it before our write arrives', async () => {
    const gone = { kind: 'delete', when: 'before' } as const
    const portal = await portalWith({ faults: [{ method: pay, paymentId: 1038, do: gone }] })
    expect(await call(portal, pay, { id: 1038 })).toMatchObject({ status: 400, body: { error: 0 } })
    expect(portal.state.payments.get(1038)).toBeUndefined()
  })

  it('unpays right after our write, and adds a comment to another payment', async () => {
    const portal = await portalWith({
      faults: [
        { method: pay, paymentId: 1038, do: { kind: 'change', fields: { paid: false }, when: 'after' } },
        {
          method: 'profile',
          paymentId: 144,
          do: { kind: 'change', fields: { comments: 'x' }, when: 'before' },
        },
      ],
    })
    await call(portal, pay, { id: 1038 })
    expect(portal.state.payments.get(1038)?.paid).toBe('N')
    portal.state.faults.add({
      method: 'profile',
      do: { kind: 'change', fields: { comments: 'nobody' }, when: 'before' },
    })
    await call(portal, 'profile')
    expect(portal.state.payments.get(144)?.comments).toBe('')
  })
})

describe('renamed portals', () => {
  it.each([301, 302, 307, 308] as const)(
    'answers %i with the same path on the other address',
    async (status) => {
      const portal = await portalWith({ faults: [{ method: pay, do: { kind: 'redirect', status } }] })
      const url = portal.webhookUrl + pay
      const answer = await raw(url, { id: 1038 })
      expect(answer.status).toBe(status)
      expect(answer.location).toBe(url.replace(portal.url, portal.otherUrl))
      expect(portal.otherUrl).not.toBe(portal.url)
      expect(portal.state.log.countWrites(1038)).toBe(0)
      const there = await raw(answer.location, { id: 1038 })
      expect(record(JSON.parse(there.text)).result).toBe(true)
    },
  )

  it('redirects to a stranger when told', async () => {
    const away = { kind: 'redirect', status: 302, to: 'https://stranger.example' } as const
    const portal = await portalWith({ faults: [{ method: '*', do: away }] })
    const answer = await raw(`${portal.webhookUrl}scope`, {})
    expect(answer.location).toMatch(/^https:\/\/stranger\.example\/rest\/1\//)
  })

  it('turns POST into GET without a body in a careless client', async () => {
    const portal = await portalWith({})
    const other = portal.state.rename()
    expect(other).toBe(portal.otherUrl)
    const careless = await fetch(portal.webhookUrl + pay, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ id: 1038 }),
    })
    expect(careless.status).toBe(400)
    expect(record(await careless.json()).error).toBe(100)
    expect(portal.state.log.requests.map((entry) => [entry.verb, entry.method, entry.status])).toEqual([
      ['POST', pay, 302],
      ['GET', pay, 400],
    ])
  })
})

describe('rules', () => {
  it('strike after n calls, so many times, on single calls or in batches only', async () => {
    const refuse = { kind: 'system', name: 'OVERLOAD_LIMIT' } as const
    const portal = await portalWith({ faults: [{ method: 'scope', after: 1, times: 2, do: refuse }] })
    const seen = []
    for (let index = 0; index < 4; index += 1) seen.push((await call(portal, 'scope')).status)
    expect(seen).toEqual([200, 503, 503, 200])
    portal.state.faults.clear()
    portal.state.faults.add({ method: 'scope', within: 'batch', times: 0, do: refuse })
    expect((await call(portal, 'scope')).status).toBe(200)
    const batch = await call(portal, 'batch', { cmd: { a: 'scope', b: 'scope' } })
    expect(at(batch.body, 'result', 'result_error', 'b', 'error')).toBe('OVERLOAD_LIMIT')
    const [standing] = portal.state.faults.list()
    expect(standing?.struck).toBe(2)
    portal.state.faults.remove(standing?.id ?? 0)
    expect(portal.state.faults.list()).toEqual([])
  })

  it('keeps a log of requests without secrets', async () => {
    const portal = await portalWith({ startAt: '2026-09-21T09:00:00Z' })
    const { accessToken } = portal.state.tokens.grant(1)
    await call(portal, 'crm.item.payment.get', { id: 1036, auth: accessToken })
    await call(portal, 'batch', { cmd: { x: 'crm.item.payment.get?id=77' } })
    expect(portal.state.log.requests).toMatchObject([
      {
        number: 1,
        verb: 'POST',
        method: 'crm.item.payment.get',
        command: null,
        credential: 'webhook 1',
        status: 200,
      },
      { number: 2, method: 'batch', status: 200 },
      {
        number: 3,
        method: 'crm.item.payment.get',
        command: 'x',
        params: { id: '77' },
        status: 400,
        code: '0',
      },
    ])
    expect(JSON.stringify(portal.state.log.requests)).not.toContain(accessToken)
    expect(portal.state.log.countRequests('crm.item.payment.get')).toBe(2)
  })
})
