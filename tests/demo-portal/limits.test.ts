import { describe, expect, it } from 'vitest'
import { at, call, callAsEmployee, portalWith, record } from './kit.ts'

function statuses(answers: { status: number }[]): Record<number, number> {
  const counts: Record<number, number> = {}
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

describe('request bucket', () => {
  it('lets fifty requests through and refuses the next with 503', async () => {
    // A slow portal clock: nothing worth counting drains while the test runs.
    const portal = await portalWith({ bucket: 'ordinary', scale: 1_000 })
    const answers = await Promise.all(Array.from({ length: 60 }, () => call(portal, 'server.time')))
    expect(statuses(answers)).toEqual({ 200: 50, 503: 10 })
    expect(answers.find((answer) => answer.status === 503)?.body).toEqual({
      error: 'QUERY_LIMIT_EXCEEDED',
      error_description: 'Too many requests',
    })
  })

  it('drains two a second of portal time', async () => {
    const portal = await portalWith({ bucket: 'ordinary', scale: 1_000 })
    await Promise.all(Array.from({ length: 55 }, () => call(portal, 'server.time')))
    expect(portal.state.bucketLevel()).toBeCloseTo(50, 1)
    portal.state.advance(5_000)
    expect(portal.state.bucketLevel()).toBeCloseTo(40, 1)
    portal.state.advance(60_000)
    expect(portal.state.bucketLevel()).toBe(0)
  })

  it('counts a batch as one', async () => {
    const portal = await portalWith({ bucket: { size: 3, drain: 0.001 } })
    const cmd = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`c${index}`, 'server.time']))
    const answers = [await call(portal, 'batch', { cmd }), await call(portal, 'batch', { cmd })]
    expect(answers.map((answer) => answer.status)).toEqual([200, 200])
    await call(portal, 'server.time')
    expect((await call(portal, 'server.time')).status).toBe(503)
  })

  it('does not execute what it refuses, and counts by source rather than by credential', async () => {
    const portal = await portalWith({ bucket: { size: 1, drain: 0.001 } })
    await callAsEmployee(portal, 'server.time')
    const answer = await call(portal, 'crm.item.payment.pay', { id: 1038 })
    expect(answer.status).toBe(503)
    expect(portal.state.log.writes).toEqual([])
  })

  it('is larger on Enterprise', async () => {
    const portal = await portalWith({ bucket: 'enterprise' })
    const answers = await Promise.all(Array.from({ length: 120 }, () => call(portal, 'server.time')))
    expect(statuses(answers)).toEqual({ 200: 120 })
  })

  it('refills a hundred times faster at scale 0.01', async () => {
    const portal = await portalWith({ bucket: { size: 2, drain: 2 }, scale: 0.01 })
    await Promise.all([call(portal, 'server.time'), call(portal, 'server.time')])
    await new Promise((resolve) => setTimeout(resolve, 40))
    expect((await call(portal, 'server.time')).status).toBe(200)
  })
})

describe('operating budget', () => {
  it('adds up the time of a method and refuses it when it is spent, that method only', async () => {
    const portal = await portalWith({ cost: { 'crm.item.payment.*': 1 }, operatingLimit: 3 })
    const seen: unknown[] = []
    for (let index = 0; index < 3; index += 1) {
      const answer = await call(portal, 'crm.item.payment.get', { id: 1036 })
      seen.push(at(answer.body, 'time', 'operating'))
    }
    expect(seen).toEqual([1, 2, 3])
    expect(await call(portal, 'crm.item.payment.get', { id: 1036 })).toEqual({
      status: 429,
      body: {
        error: 'OPERATION_TIME_LIMIT',
        error_description: 'Method is blocked due to operation time limit',
      },
    })
    expect((await call(portal, 'crm.item.payment.pay', { id: 1038 })).status).toBe(200)
    expect((await callAsEmployee(portal, 'crm.item.payment.get', { id: 1036 })).status).toBe(400)
  })

  it('tells when the oldest minute leaves and lets the method go then', async () => {
    const portal = await portalWith({
      cost: { 'crm.item.payment.pay': 2 },
      operatingLimit: 2,
      startAt: '2026-09-21T09:00:30Z',
    })
    const answer = await call(portal, 'crm.item.payment.pay', { id: 1038 })
    expect(at(answer.body, 'time', 'operating_reset_at')).toBe(Date.parse('2026-09-21T09:10:00Z') / 1000)
    portal.state.advance(9 * 60_000)
    expect((await call(portal, 'crm.item.payment.pay', { id: 1038 })).status).toBe(429)
    portal.state.advance(40_000)
    expect((await call(portal, 'crm.item.payment.pay', { id: 1038 })).status).toBe(200)
  })

  it('charges commands of a batch to their own methods, and refuses inside while HTTP says 200', async () => {
    const portal = await portalWith({ cost: { 'crm.item.payment.pay': 1 }, operatingLimit: 2 })
    const cmd = Object.fromEntries(
      [1035, 1037, 1038].map((id) => [`p${id}`, `crm.item.payment.pay?id=${id}`]),
    )
    const answer = await call(portal, 'batch', { cmd })
    expect(answer.status).toBe(200)
    expect(at(answer.body, 'result', 'result')).toEqual({ p1035: true, p1037: true })
    expect(at(answer.body, 'result', 'result_error', 'p1038', 'error')).toBe('OPERATION_TIME_LIMIT')
    expect(at(answer.body, 'result', 'result_time', 'p1037', 'operating')).toBe(2)
    expect(record(answer.body.time)).not.toHaveProperty('operating')
    expect(portal.state.log.countWrites(1038)).toBe(0)
  })

  it('is spent after some four hundred payments at the documented speed', async () => {
    const portal = await portalWith({ cost: 'realistic' })
    let done = 0
    while (done < 1_000) {
      const answer = await call(portal, 'crm.item.payment.pay', { id: 1038 })
      if (answer.status !== 200) break
      done += 1
    }
    expect(done).toBe(404)
  })
})

describe('latency and the request limit', () => {
  it('takes the documented time, scaled', async () => {
    const portal = await portalWith({ latency: 'realistic', scale: 0.01 })
    const answer = await call(portal, 'sale.payment.update', {
      id: 144,
      fields: { paySystemId: 1, paid: 'Y' },
    })
    expect(Number(at(answer.body, 'time', 'duration'))).toBeGreaterThanOrEqual(4.5)
    expect(at(answer.body, 'time', 'processing')).toBe(4.6)
  })

  it('cuts a batch at sixty seconds: what was done stays done, the answer is a gateway page', async () => {
    const portal = await portalWith({ latency: { 'crm.item.payment.pay': 25 }, scale: 0.001 })
    const cmd = Object.fromEntries(
      [1035, 1037, 1038].map((id) => [`p${id}`, `crm.item.payment.pay?id=${id}`]),
    )
    const response = await fetch(`${portal.webhookUrl}batch`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ cmd }),
    })
    expect(response.status).toBe(504)
    expect(await response.text()).toContain('504 Gateway Time-out')
    expect([1035, 1037, 1038].map((id) => portal.state.log.countWrites(id))).toEqual([1, 1, 0])
  })
})
