// A portal of a few lines, written from the documentation for one test at a time: it answers what the test says.

import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Log, Network } from '../../../../electron/backend/ports.ts'
import type { Endpoint, EndpointProvider } from '../../../../electron/backend/portal/endpoint.ts'

export interface Seen {
  path: string
  method: string
  headers: http.IncomingHttpHeaders
  body: string
  params: Record<string, unknown>
  remotePort: number
}

export interface Say {
  status?: number
  headers?: Record<string, string>
  body?: string
  json?: unknown
  delayMs?: number
  /** Ends the connection instead of answering, or after half of the body. */
  cut?: 'before' | 'half'
}

export interface FakePortal {
  origin: string
  host: string
  base: string
  seen: Seen[]
  close(): Promise<void>
}

export const webhookSecret = 'canary0webhook0code'

export async function startFakePortal(
  answer: (seen: Seen, index: number) => Say | Promise<Say>,
): Promise<FakePortal> {
  const seen: Seen[] = []
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      const path = request.url ?? ''
      const one: Seen = {
        path,
        body,
        headers: request.headers,
        remotePort: request.socket.remotePort ?? 0,
        method: path.split('/').at(-1) ?? '',
        params: body.startsWith('{') ? (JSON.parse(body) as Record<string, unknown>) : {},
      }
      seen.push(one)
      void Promise.resolve(answer(one, seen.length - 1)).then((say) => tell(response, say))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const host = `127.0.0.1:${port}`
  return {
    origin: `http://${host}`,
    host,
    base: `http://${host}/rest/1/${webhookSecret}/`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function tell(response: http.ServerResponse, say: Say): void {
  const { status = 200, headers = {}, delayMs = 0, cut } = say
  const body = say.body ?? JSON.stringify(say.json ?? null)
  setTimeout(() => {
    if (cut === 'before') return void response.socket?.destroy()
    response.writeHead(status, {
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(body)),
      ...headers,
    })
    if (cut !== 'half') return void response.end(body)
    response.write(body.slice(0, Math.floor(body.length / 2)), () => response.socket?.destroy())
  }, delayMs)
}

export const directNetwork: Network = { proxyFor: () => Promise.resolve(null), certificates: () => [] }

export interface Remembering extends Log {
  lines: string[]
}
export function createLog(): Remembering {
  const lines: string[] = []
  const keep = (event: string, fields?: Readonly<Record<string, unknown>>): void => {
    lines.push(JSON.stringify({ event, ...fields }))
  }
  return { lines, info: keep, warn: keep, error: keep }
}

export function fixedEndpoint(portal: FakePortal): EndpointProvider {
  const endpoint: Endpoint = { base: portal.base, host: portal.host, auth: null }
  return { current: () => Promise.resolve(endpoint), secrets: () => [webhookSecret] }
}

export const okTime = {
  start: 1716208789.599812,
  finish: 1716208790.791299,
  duration: 1.1914870738983154,
  processing: 0.9303650856018066,
  date_start: '2024-05-20T15:39:49+03:00',
  date_finish: '2024-05-20T15:39:50+03:00',
}
