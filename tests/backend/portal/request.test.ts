import net from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { gzipSync } from 'node:zlib'
import http from 'node:http'
import { createWire } from '../../../electron/backend/portal/request.ts'
import type { Posting, Wire } from '../../../electron/backend/portal/request.ts'
import { createFastClock } from './kit/clocks.ts'
import { directNetwork, startFakePortal } from './kit/fake-portal.ts'
import type { FakePortal } from './kit/fake-portal.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})
function wireOf(over: { maxBytes?: number } = {}): Wire {
  const wire = createWire({ clock: createFastClock(1), network: directNetwork, version: '0.1.0', ...over })
  open.push(wire)
  return wire
}
async function portalOf(...parameters: Parameters<typeof startFakePortal>): Promise<FakePortal> {
  const portal = await startFakePortal(...parameters)
  open.push(portal)
  return portal
}
function posting(address: string, over: Partial<Posting> = {}): Posting {
  return {
    address,
    body: '{"id":1038}',
    contentType: 'application/json',
    kind: 'write',
    timeoutMs: 3_000,
    ...over,
  }
}

describe('one request', () => {
  it('posts JSON as the documentation asks and reports the whole end', async () => {
    const portal = await portalOf(() => ({ json: { result: true }, headers: { 'Retry-After': '7' } }))
    const end = await wireOf().post(posting(`${portal.base}crm.item.payment.pay`))
    expect(end).toMatchObject({
      status: 200,
      body: '{"result":true}',
      failure: null,
      connected: true,
      bytesLeft: true,
      retryAfterMs: 7_000,
    })
    expect(end.endedAt).toBeGreaterThanOrEqual(end.sentAt)
    expect(portal.seen[0]?.params).toEqual({ id: 1038 })
    expect(portal.seen[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      accept: 'application/json',
      'user-agent': 'Sverka/0.1.0',
      'content-length': '11',
    })
  })

  it('keeps sockets for reads and gives each write its own', async () => {
    const portal = await portalOf(() => ({ json: { result: 1 } }))
    const wire = wireOf()
    for (const kind of ['read', 'read', 'write', 'write'] as const)
      await wire.post(posting(`${portal.base}m`, { kind }))
    expect(portal.seen.map((one) => one.headers['connection'])).toEqual([
      'keep-alive',
      'keep-alive',
      'close',
      'close',
    ])
    const [first, second, third, fourth] = portal.seen.map((one) => one.remotePort)
    expect(second).toBe(first)
    expect(new Set([first, third, fourth]).size).toBe(3)
  })

  it('sends a write once when its connection is cut before, in, or instead of the answer', async () => {
    for (const cut of ['before', 'half'] as const) {
      const portal = await portalOf(() => ({ json: { result: true, pad: 'x'.repeat(4_000) }, cut }))
      const end = await wireOf().post(posting(`${portal.base}m`))
      expect(end).toMatchObject({
        failure: 'reset',
        body: null,
        bytesLeft: true,
        status: cut === 'half' ? 200 : null,
      })
      await new Promise((resolve) => setTimeout(resolve, 50))
      expect(portal.seen.length).toBe(1)
    }
  })

  it('does not follow a redirect', async () => {
    const portal = await portalOf(() => ({
      status: 302,
      headers: { Location: 'https://neu.bitrix24.ru/rest/1/x/m' },
      body: '',
    }))
    const end = await wireOf().post(posting(`${portal.base}m`))
    expect(end).toMatchObject({ status: 302, location: 'https://neu.bitrix24.ru/rest/1/x/m', failure: null })
    expect(portal.seen.length).toBe(1)
  })

  it('ends at its time limit by the Clock', async () => {
    const portal = await portalOf(() => ({ json: {}, delayMs: 2_000 }))
    const wire = createWire({ clock: createFastClock(100), network: directNetwork, version: '0' })
    open.push(wire)
    const end = await wire.post(posting(`${portal.base}m`, { timeoutMs: 10_000 }))
    expect(end).toMatchObject({ failure: 'timeout', status: null, bytesLeft: true })
    expect(end.endedAt - end.sentAt).toBeGreaterThanOrEqual(9_800)
    expect(end.endedAt - end.sentAt).toBeLessThan(60_000)
  })

  it('ends when told to, also when told beforehand', async () => {
    const portal = await portalOf(() => ({ json: {}, delayMs: 2_000 }))
    const stop = new AbortController()
    const going = wireOf().post(posting(`${portal.base}m`, { signal: stop.signal, kind: 'read' }))
    setTimeout(() => stop.abort(), 60)
    expect(await going).toMatchObject({ failure: 'abandoned', bytesLeft: true })
    expect(await wireOf().post(posting(`${portal.base}m`, { signal: stop.signal }))).toMatchObject({
      failure: 'abandoned',
      bytesLeft: false,
    })
  })

  it('lets a write land once its bytes are gone, and gives one up while it still connects', async () => {
    const portal = await portalOf(() => ({ json: { result: true }, delayMs: 150 }))
    const stop = new AbortController()
    const going = wireOf().post(posting(`${portal.base}m`, { signal: stop.signal }))
    setTimeout(() => stop.abort(), 60)
    expect(await going).toMatchObject({ failure: null, status: 200, body: '{"result":true}' })
    const silent = net.createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    open.push({ close: () => silent.close() })
    const later = new AbortController()
    const address = `https://127.0.0.1:${(silent.address() as AddressInfo).port}/m`
    const connecting = wireOf().post(posting(address, { signal: later.signal }))
    setTimeout(() => later.abort(), 60)
    expect(await connecting).toMatchObject({ failure: 'abandoned', connected: true, bytesLeft: false })
  })

  it('says that nothing left where no connection came to stand', async () => {
    const gone = await startFakePortal(() => ({ json: {} }))
    await gone.close()
    expect(await wireOf().post(posting(`${gone.base}m`))).toMatchObject({
      failure: 'refused',
      connected: false,
      bytesLeft: false,
    })
  })

  it('says that nothing left where the other side does not speak TLS', async () => {
    const plain = net.createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve))
    open.push(plain)
    const { port } = plain.address() as AddressInfo
    expect(await wireOf().post(posting(`https://127.0.0.1:${port}/rest/1/x/m`))).toMatchObject({
      failure: 'tls',
      connected: true,
      bytesLeft: false,
    })
  })

  it('takes no answer beyond its bound, packed or not', async () => {
    const long = JSON.stringify({ result: 'x'.repeat(50_000) })
    const plain = await portalOf(() => ({ body: long }))
    expect(await wireOf({ maxBytes: 10_000 }).post(posting(`${plain.base}m`))).toMatchObject({
      failure: 'tooLarge',
      body: null,
    })
    const server = http.createServer((_request, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' })
      response.end(gzipSync(long))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    open.push(server)
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/m`
    expect(await wireOf({ maxBytes: 10_000 }).post(posting(address))).toMatchObject({
      failure: 'tooLarge',
      body: null,
    })
    expect(await wireOf().post(posting(address))).toMatchObject({ failure: null, body: long })
  })

  it('reaches no plain address but this computer', async () => {
    for (const address of [
      'http://firma.bitrix24.ru/rest/1/x/m',
      'http://127.0.0.1.evil.example/m',
      'http://10.0.0.1/m',
      'ftp://127.0.0.1/m',
    ]) {
      await expect(wireOf().post(posting(address))).rejects.toMatchObject({
        fault: { code: 'portal.address' },
      })
    }
  })
})
