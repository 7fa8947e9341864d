// An outsourcing firm's profile: fifty portals, each with its own pace, check, vault entry and rows.

import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { portalsAtOnce } from '../../electron/backend/jobs/kinds/refresh-all.ts'
import { openWorld, preparing } from '../kit/backend-world.ts'
import type { World } from '../kit/backend-world.ts'

interface Stand {
  url: string
  /** Everything that came in: address and body. */
  heard: string[]
  mode: 'well' | 'silent' | 'blocked'
  server: Server
}

const count = 50
const secretOf = (at: number): string => `canary${String(at).padStart(2, '0')}secret`

/** A portal with one unpaid payment, as its administrator sees it. The demo portal times fifty would only be heavier. */
async function startStand(at: number): Promise<Stand> {
  const stand: Stand = { url: '', heard: [], mode: 'well', server: createServer() }
  stand.server.on('request', (request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      stand.heard.push(`${request.url ?? ''} ${JSON.stringify(request.headers)} ${body}`)
      if (stand.mode === 'silent') return
      const say = (status: number, json: unknown): void => {
        response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(json))
      }
      if (stand.mode === 'blocked') return say(503, { error: 'OVERLOAD_LIMIT', error_description: 'x' })
      const method = (request.url ?? '').split('/').at(-1) ?? ''
      answer(method, at, say)
    })
  })
  await new Promise<void>((resolve) => stand.server.listen(0, '127.0.0.1', resolve))
  const { port } = stand.server.address() as AddressInfo
  stand.url = `http://127.0.0.1:${port}/rest/1/${secretOf(at)}/`
  return stand
}

function answer(method: string, at: number, say: (status: number, json: unknown) => void): void {
  const results: Record<string, unknown> = {
    profile: { ID: '1', NAME: `User ${at}`, ADMIN: true, TIME_ZONE: 'Europe/Moscow' },
    scope: ['crm', 'sale'],
    'method.get': { isExisting: true, isAvailable: true },
    'server.time': '2026-11-28T10:00:00+03:00',
    'sale.payment.list': { payments: [payment(at)] },
    'sale.payment.get': { payment: payment(at) },
    'crm.orderentity.list': { orderEntity: [] },
    'sale.order.list': { orders: [] },
    'crm.item.list': { items: [] },
  }
  if (!Object.hasOwn(results, method))
    return say(400, { error: 'ERROR_METHOD_NOT_FOUND', error_description: 'x' })
  say(200, { result: results[method], total: 1, time: { date_finish: '2026-11-28T10:00:00+03:00' } })
}

function payment(at: number): Record<string, unknown> {
  return {
    id: 100 + at,
    accountNumber: `${at}/1`,
    orderId: 1,
    paySystemId: 1,
    paySystemName: 'Bank',
    paid: 'N',
    datePaid: null,
    empPaidId: null,
    sum: 10,
    currency: 'RUB',
  }
}

describe('fifty portals in one profile', { timeout: preparing }, () => {
  let world: World
  const stands: Stand[] = []
  const portals: { id: string; at: number }[] = []

  beforeAll(async () => {
    stands.push(...(await Promise.all(Array.from({ length: count }, (_, at) => startStand(at)))))
    world = await openWorld({ ready: false, portal: { payments: 5, bucket: 'off' }, speed: 200 })
    await world.call('portals.erase', { portalId: world.portal.id, typedName: world.portal.name })
    for (const [at, { url }] of stands.entries()) {
      const connected = await world.call('portals.connect', { kind: 'webhook', url })
      if (connected.state === 'connected') portals.push({ id: connected.portal.id, at })
    }
  }, preparing * 2)
  afterAll(async () => {
    await world.close()
    for (const { server } of stands) {
      server.closeAllConnections()
      server.close()
    }
  })

  it('are fifty accounts, each with its own vault entry, check and limits', async () => {
    const list = await world.call('portals.list', undefined)
    expect(new Set(list.map(({ id }) => id)).size).toBe(count)
    expect(list.map(({ check }) => check?.user.name)).toEqual(stands.map((_, at) => `User ${at}`))
    const [first, second] = portals
    await world.call('portals.changeSettings', { portalId: first?.id as never, drainPerSecond: 5 })
    expect(await world.call('portals.settings', { portalId: second?.id as never })).toMatchObject({
      drainPerSecond: 2,
    })
  })

  it('are refreshed as one job, a few at a time; a silent, a blocked and a dead one hold up none', async () => {
    const [silent, blocked, dead] = [stands[0], stands[1], stands[2]]
    if (!silent || !blocked || !dead) throw new Error('fifty stand')
    silent.mode = 'silent'
    blocked.mode = 'blocked'
    dead.server.closeAllConnections()
    await new Promise((resolve) => dead.server.close(resolve))
    let together = 0
    const undo = world.client.on('jobs.changed', () => {
      void world.call('jobs.list', { running: true }).then((running) => {
        together = Math.max(together, running.filter(({ kind }) => kind === 'refresh').length)
      })
    })
    const job = await world.call('portals.refreshAll', undefined)
    expect(await world.call('portals.refreshAll', undefined)).toMatchObject({ id: job.id })
    // The healthy ones are read while the silent one still keeps its reader waiting.
    await expect
      .poll(
        async () => (await world.call('portals.list', undefined)).filter((one) => one.lastRefreshAt).length,
        { timeout: 30_000 },
      )
      .toBe(count - 3)
    const ended = await world.ended(job)
    undo()
    expect(ended).toMatchObject({
      state: 'done',
      done: count,
      failed: 3,
      total: count,
      result: { kind: 'refreshAll', portals: count - 3, failed: 3 },
    })
    expect(together).toBeGreaterThan(1)
    expect(together).toBeLessThanOrEqual(portalsAtOnce)
    // What a job's end says of its portal is noted right after that end.
    const states = async () => (await world.call('portals.list', undefined)).map(({ state }) => state)
    await expect
      .poll(async () => (await states()).slice(0, 4))
      .toEqual(['unreachable', 'blocked', 'unreachable', 'ok'])
    const list = await world.call('portals.list', undefined)
    expect(list.slice(3).every(({ state, payments }) => state === 'ok' && payments === 1)).toBe(true)
  })

  it('answer in one query what waits in each', async () => {
    const waiting = await world.call('portals.waiting', undefined)
    expect(waiting.map(({ portalId }) => portalId)).toEqual(portals.map(({ id }) => id))
    expect(waiting[5]).toEqual({
      portalId: portals[5]?.id,
      toPay: { count: 0, sums: [] },
      linesLeft: 0,
      linesDoubtful: 0,
      unknown: 0,
      paused: 0,
      breaks: 0,
    })
  })

  it('money rule 20: no secret of one ever reaches another', () => {
    for (const [at, { heard }] of stands.entries()) {
      expect(heard.length).toBeGreaterThan(5)
      const foreign = heard.filter((text) =>
        (text.match(/canary\d\dsecret/g) ?? []).some((found) => found !== secretOf(at)),
      )
      expect(foreign).toEqual([])
    }
  })
})
