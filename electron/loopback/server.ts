// The loopback host: one origin on 127.0.0.1 with the page, the frames and the files.

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Clock, Log, Paths } from '../backend/ports.ts'
import type { Backend } from '../backend/session.ts'
import { pageHeaders } from '../host/page-headers.ts'
import { receiveFile, sendFile } from './files.ts'
import { createGate } from './gate.ts'
import type { Gate } from './gate.ts'
import { watchIdle } from './idle.ts'
import { isOurs } from './origin.ts'
import { refuse, servePage } from './page.ts'
import { keyHeader, leaveNote } from './rendezvous.ts'
import type { Rendezvous } from './rendezvous.ts'
import { createSockets } from './sockets.ts'

export interface LoopbackOptions {
  backend: Backend
  clock: Clock
  log: Log
  paths: Paths
  /** Folder of the built window. */
  page: string
  /** 0 takes a free port. */
  port: number
  /** Called once, when the last tab has been gone for long enough. */
  idle(): void
  /** Shorter times and sizes for tests. */
  lingerMs?: number
  firstMs?: number
  maxUploadBytes?: number
}

export interface LoopbackHost {
  /** `http://127.0.0.1:port/?token=…`, good once and for a minute; every call makes a new one. */
  address(): string
  origin: string
  close(): Promise<void>
}

/** What a request needs to be answered. */
interface House {
  options: LoopbackOptions
  authority: string
  gate: Gate
  note: Rendezvous
  address(): string
}

/** Rejects when the port is taken (EADDRINUSE). */
export async function startLoopback(options: LoopbackOptions): Promise<LoopbackHost> {
  const { backend } = options
  const server = createServer()
  server.listen({ host: '127.0.0.1', port: options.port, exclusive: true })
  await once(server, 'listening')
  const port = portOf(server)
  const authority = `127.0.0.1:${port}`
  const gate = createGate(`sverka-${port}`, () => options.clock.now())
  const note = leaveNote(options.paths.data, port)
  const address = () => `http://${authority}/?token=${gate.issue()}`
  const house: House = { options, authority, gate, note, address }

  const sockets = createSockets(backend, () => idle.look())
  const idle = watchIdle({
    tabs: () => sockets.tabs(),
    runningJobs: () => backend.runningJobs(),
    end: () => options.idle(),
    ...(options.lingerMs === undefined ? {} : { lingerMs: options.lingerMs }),
    ...(options.firstMs === undefined ? {} : { firstMs: options.firstMs }),
  })
  server.on('request', (request, response) => void answer(house, request, response))
  server.on('upgrade', (request, socket, head) => {
    if (mayConnect(house, request)) sockets.upgrade(request, socket, head)
    else turnAway(socket)
  })

  return {
    address,
    origin: `http://${authority}`,
    async close() {
      idle.stop()
      note.remove()
      sockets.close()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

function portOf(server: Server): number {
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('the server has no port')
  return bound.port
}

function mayConnect({ authority, gate }: House, request: IncomingMessage): boolean {
  return request.url === '/ws' && isOurs(request, authority, true) && gate.knows(request.headers.cookie)
}

function turnAway(socket: Duplex): void {
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
}

async function answer(house: House, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await route(house, request, response)
  } catch (error) {
    // A connection that broke in the middle is the client's affair; anything else is worth a line.
    if (!request.destroyed && !response.destroyed) house.options.log.error('loopback.request', { error })
    if (response.headersSent) response.destroy()
    else refuse(response, 500)
  }
}

async function route(house: House, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { options, authority, gate, note } = house
  const url = URL.parse(request.url ?? '', `http://${authority}`)
  const writes = request.method === 'POST'
  if (
    writes &&
    url?.pathname === '/again' &&
    request.headers.host === authority &&
    note.isKey(request.headers[keyHeader])
  ) {
    response.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'no-store' })
    return void response.end(house.address())
  }
  // `//name/…` and `http://name/…` in the request line would speak of another host.
  if (url?.host !== authority || !isOurs(request, authority, writes)) return refuse(response, 403)
  if (!writes && request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405)
  const token = url.searchParams.get('token')
  if (url.pathname === '/' && token !== null && request.method === 'GET')
    return comeIn(gate, token, request, response)
  if (!gate.knows(request.headers.cookie))
    return url.pathname === '/' ? sayTooLate(response) : refuse(response, 403)
  if (writes && url.pathname !== '/files') return refuse(response, 405)
  const { tickets } = options.backend
  if (writes) {
    return receiveFile(request, response, {
      tickets,
      temp: options.paths.temp,
      maxBytes: options.maxUploadBytes ?? 2_147_483_648,
    })
  }
  if (url.pathname.startsWith('/files/'))
    return sendFile(url.pathname.slice('/files/'.length), request, response, tickets)
  return servePage(options.page, url.pathname, request, response)
}

/**
 * The token must not stay in the address bar, where history and extensions see it. Who is in already needs no token:
 * the page opened again from the history stays usable.
 */
function comeIn(gate: Gate, token: string, request: IncomingMessage, response: ServerResponse): void {
  const cookie = gate.redeem(token)
  if (cookie === null && !gate.knows(request.headers.cookie)) return sayTooLate(response)
  response.writeHead(303, {
    location: '/',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    ...(cookie === null ? {} : { 'set-cookie': cookie }),
  })
  response.end()
}

/** The one answer that a person reads: without a page there is no dictionary, so it says it in both languages. */
function sayTooLate(response: ServerResponse): void {
  response.writeHead(403, {
    ...pageHeaders,
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
  })
  response.end(
    'Этот адрес уже использован или устарел: он действует один раз и одну минуту. Запустите npm start ещё раз.\n' +
      'This address was used before or is too old: it works once, within a minute. Run npm start again.\n',
  )
}
