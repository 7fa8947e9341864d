import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createWire } from '../../../electron/backend/portal/request.ts'
import type { Network } from '../../../electron/backend/ports.ts'
import { createCertificate } from './kit/certificate.ts'
import { createFastClock } from './kit/clocks.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})
const { key, cert } = createCertificate()

async function listen(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(server)
  return (server.address() as AddressInfo).port
}
async function startTls(answer = '{"result":true}'): Promise<{ port: number; seen: string[] }> {
  const seen: string[] = []
  const server = https.createServer({ key, cert }, (request, response) => {
    seen.push(request.url ?? '')
    request.resume()
    response.end(answer)
  })
  return { port: await listen(server), seen }
}
/** A proxy that tunnels every name to `target`. */
async function startProxy(target: number, refuse = false): Promise<{ address: string; asked: string[] }> {
  const asked: string[] = []
  const proxy = http.createServer((_request, response) => response.writeHead(500).end())
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '')
    if (refuse) return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    const upstream = net.connect(target, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      upstream.pipe(socket)
      socket.pipe(upstream)
    })
    upstream.on('error', () => socket.destroy())
    socket.on('error', () => upstream.destroy())
  })
  return { address: `http://127.0.0.1:${await listen(proxy)}`, asked }
}
function wireOf(network: Partial<Network>) {
  const wire = createWire({
    clock: createFastClock(1),
    version: '0',
    network: { proxyFor: () => Promise.resolve(null), certificates: () => [], ...network },
  })
  open.push(wire)
  return wire
}
const posting = (address: string, kind: 'read' | 'write' = 'write') =>
  ({ address, body: '{}', contentType: 'application/json', kind, timeoutMs: 5_000 }) as const

describe('certificates', () => {
  it('trusts those that are lent, and says that nothing left where one is not trusted', async () => {
    const { port, seen } = await startTls()
    const address = `https://127.0.0.1:${port}/rest/1/x/m`
    expect(await wireOf({}).post(posting(address))).toMatchObject({
      failure: 'tls',
      connected: true,
      bytesLeft: false,
      status: null,
    })
    expect(seen).toEqual([])
    const trusting = wireOf({ certificates: () => [cert] })
    for (const kind of ['read', 'read', 'write'] as const) {
      expect(await trusting.post(posting(address, kind))).toMatchObject({
        failure: null,
        status: 200,
        body: '{"result":true}',
        connected: true,
        bytesLeft: true,
      })
    }
    expect(seen.length).toBe(3)
  })
})

describe('a proxy', () => {
  it('is used for any address but this computer', async () => {
    const { port, seen } = await startTls()
    const proxy = await startProxy(port)
    const wire = wireOf({ proxyFor: () => Promise.resolve(proxy.address), certificates: () => [cert] })
    for (const kind of ['read', 'write'] as const) {
      expect(await wire.post(posting('https://portal.test/rest/1/x/m', kind))).toMatchObject({
        failure: null,
        status: 200,
        connected: true,
        bytesLeft: true,
      })
    }
    expect(proxy.asked).toEqual(['portal.test:443', 'portal.test:443'])
    expect(seen).toEqual(['/rest/1/x/m', '/rest/1/x/m'])
    await wire.post(posting(`https://127.0.0.1:${port}/direct`))
    expect(proxy.asked.length).toBe(2)
  })
  it('that refuses, is gone, or leads to an untrusted portal, lets nothing leave', async () => {
    const { port, seen } = await startTls()
    const refusing = await startProxy(port, true)
    const address = 'https://portal.test/rest/1/x/m'
    const through = (proxy: string, certificates: string[] = [cert]) =>
      wireOf({ proxyFor: () => Promise.resolve(proxy), certificates: () => certificates })
    expect(await through(refusing.address).post(posting(address))).toMatchObject({
      failure: 'proxy',
      bytesLeft: false,
    })
    expect(await through('http://127.0.0.1:9').post(posting(address))).toMatchObject({
      failure: 'proxy',
      bytesLeft: false,
    })
    const good = await startProxy(port)
    expect(await through(good.address, []).post(posting(address))).toMatchObject({
      failure: 'tls',
      bytesLeft: false,
    })
    expect(seen).toEqual([])
  })
})
