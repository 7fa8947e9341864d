// One request over node:http or node:https, and what is known of how it ended. Nothing here repeats, follows a
// redirect or judges an answer; the address is a secret (a webhook's code stands in it) and is never logged.

import http from 'node:http'
import https from 'node:https'
import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { TLSSocket, createSecureContext, getCACertificates } from 'node:tls'
import type { SecureContext } from 'node:tls'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Clock, Network } from '../ports.ts'
import { isLoopback, requireSafe } from './address.ts'

/** How a request can fail below HTTP. */
export type Failure =
  'dns' | 'refused' | 'tls' | 'timeout' | 'reset' | 'proxy' | 'abandoned' | 'tooLarge' | 'other'

/** What is known once a request is over. Moments are milliseconds of the Clock. */
export interface Ending {
  sentAt: number
  endedAt: number
  /** HTTP status; set as soon as the head of an answer came, even when the body did not. */
  status: number | null
  location: string | null
  /** The `Retry-After` header in milliseconds, where it names seconds. */
  retryAfterMs: number | null
  /** The whole body as text, null when it did not come whole. */
  body: string | null
  failure: Failure | null
  connected: boolean
  bytesLeft: boolean
}

export interface Posting {
  address: string
  /** POST unless told; a GET carries no body. */
  verb?: 'GET'
  body: string
  contentType: 'application/json' | 'application/x-www-form-urlencoded'
  /** A write gets a socket of its own, so that no half-closed kept-alive socket makes its end unknown. */
  kind: 'read' | 'write'
  /** By the Clock, from the call to the last byte of the answer. */
  timeoutMs: number
  /** Ends a read at once, and a write as long as none of its bytes have left; what was sent stays sent. */
  signal?: AbortSignal | undefined
}

export interface Wire {
  /** Resolves always; throws only `portal.address` for an address that must not be spoken to. */
  post(posting: Posting): Promise<Ending>
  close(): void
}

export interface WireInput {
  clock: Clock
  network: Network
  version: string
  /** Longest answer taken, after decompression; 64 MB unless told. */
  maxBytes?: number
}

const inflate = promisify(gunzip)

/** A wire to any number of hosts; sockets of reads are kept, those of writes are closed. */
export function createWire(input: WireInput): Wire {
  const kept = new Map<string, http.Agent>()
  let context: SecureContext | undefined
  const trust = (): SecureContext => (context ??= trusted(input.network.certificates()))

  return {
    async post(posting) {
      const url = new URL(posting.address)
      requireSafe(url)
      const proxy = isLoopback(url.hostname)
        ? null
        : await input.network.proxyFor(url.origin).catch(() => null)
      const own = posting.kind === 'write'
      const agent = own ? makeAgent(url, proxy, trust, false) : keptAgent(kept, url, proxy, trust)
      try {
        return await exchange(url, posting, agent, proxy !== null, input)
      } finally {
        if (own) agent.destroy()
      }
    },
    close() {
      for (const agent of kept.values()) agent.destroy()
      kept.clear()
    },
  }
}

function keptAgent(
  kept: Map<string, http.Agent>,
  url: URL,
  proxy: string | null,
  trust: () => SecureContext,
): http.Agent {
  const key = `${url.protocol} ${proxy ?? ''}`
  const agent = kept.get(key) ?? makeAgent(url, proxy, trust, true)
  kept.set(key, agent)
  return agent
}

function makeAgent(
  url: URL,
  proxy: string | null,
  trust: () => SecureContext,
  keepAlive: boolean,
): http.Agent {
  const proxied = proxy === null ? {} : { proxyEnv: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy } }
  // Node asks for a kept socket also where only the number of sockets is bounded, so a write's agent bounds nothing.
  const many = keepAlive ? { keepAlive, maxSockets: 64 } : { keepAlive }
  if (url.protocol === 'http:') return new http.Agent(many)
  return new https.Agent({ ...many, secureContext: trust(), ...proxied })
}

/** Node's own certificates together with the lent ones; `ca` would replace the former. */
function trusted(extra: readonly string[]): SecureContext {
  return createSecureContext({ ca: [...new Set([...getCACertificates('default'), ...extra])] })
}

function exchange(
  url: URL,
  posting: Posting,
  agent: http.Agent,
  proxied: boolean,
  input: WireInput,
): Promise<Ending> {
  const { clock } = input
  const ending = blank(clock.now())
  return new Promise((resolve) => {
    const timer = new AbortController()
    const request = (url.protocol === 'http:' ? http : https).request(url, {
      method: posting.verb ?? 'POST',
      agent,
      headers: headersOf(posting, input.version),
    })
    let over = false
    const end = (failure: Failure | null): void => {
      if (over) return
      over = true
      timer.abort()
      posting.signal?.removeEventListener('abort', abandon)
      resolve({ ...ending, failure, endedAt: clock.now() })
      if (failure !== null) request.destroy()
    }
    // A write whose bytes are gone lands: giving up on its answer would only make its end unknown.
    const abandon = (): void => {
      if (posting.kind === 'read' || !ending.bytesLeft) end('abandoned')
    }
    request.on('error', (error) => end(failureOf(error, proxied && !ending.connected)))
    posting.signal?.addEventListener('abort', abandon)
    if (posting.signal?.aborted === true) return abandon()
    clock.sleep(posting.timeoutMs, timer.signal).then(
      () => end('timeout'),
      () => undefined,
    )
    watchSocket(request, ending)
    request.on('response', (response) => {
      readAnswer(response, ending, input.maxBytes ?? 64 * 1024 * 1024).then(end, (error: unknown) =>
        end(failureOf(error, false)),
      )
    })
    request.end(posting.verb === 'GET' ? undefined : posting.body)
  })
}

function blank(now: number): Ending {
  return {
    sentAt: now,
    endedAt: now,
    status: null,
    location: null,
    retryAfterMs: null,
    body: null,
    failure: null,
    connected: false,
    bytesLeft: false,
  }
}

function headersOf(posting: Posting, version: string): http.OutgoingHttpHeaders {
  const body =
    posting.verb === 'GET'
      ? {}
      : { 'Content-Type': posting.contentType, 'Content-Length': Buffer.byteLength(posting.body) }
  return {
    ...body,
    Accept: 'application/json',
    'Accept-Encoding': 'gzip',
    'User-Agent': `Sverka/${version}`,
  }
}

/**
 * Notes when the connection stands. Node flushes the request in the same turn in which the socket becomes usable,
 * so from then on its bytes count as gone: the safe side, since "gone" only ever makes an end less certain.
 */
function watchSocket(request: ClientRequest, ending: Ending): void {
  request.on('socket', (socket: Socket) => {
    const stands = (): void => {
      ending.connected = true
    }
    const usable = (): void => {
      stands()
      ending.bytesLeft = true
    }
    const secure = socket instanceof TLSSocket
    if (socket.connecting) {
      socket.once('connect', secure ? stands : usable)
      if (secure) socket.once('secureConnect', usable)
    } else if (secure && socket.getPeerFinished() === undefined) {
      stands()
      socket.once('secureConnect', usable)
    } else {
      usable()
    }
  })
}

/** Reads the body to its end. Answers 'tooLarge' for one beyond the bound, null when all of it came. */
async function readAnswer(
  response: IncomingMessage,
  ending: Ending,
  maxBytes: number,
): Promise<Failure | null> {
  ending.connected = true
  ending.bytesLeft = true
  ending.status = response.statusCode ?? null
  ending.location = response.headers.location ?? null
  const retryAfter = response.headers['retry-after']
  if (retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter))
    ending.retryAfterMs = Number(retryAfter) * 1000
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBytes) return 'tooLarge'
    chunks.push(chunk)
  }
  const whole = Buffer.concat(chunks)
  const plain =
    response.headers['content-encoding'] === 'gzip'
      ? await inflate(whole, { maxOutputLength: maxBytes })
      : whole
  ending.body = plain.toString('utf8')
  return null
}

const failures: readonly [RegExp, Failure][] = [
  [/^(ENOTFOUND|EAI_\w+)$/, 'dns'],
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EHOSTDOWN|ENETDOWN)$/, 'refused'],
  [/^(ETIMEDOUT|ESOCKETTIMEDOUT)$/, 'timeout'],
  [/^(ECONNRESET|EPIPE|ECONNABORTED)$/, 'reset'],
  [/^ERR_PROXY/, 'proxy'],
  [
    /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|EPROTO|INVALID_CA|PATH_LENGTH|ERR_OSSL)/,
    'tls',
  ],
  [/^ERR_BUFFER_TOO_LARGE$/, 'tooLarge'],
]

function failureOf(error: unknown, beforeProxy: boolean): Failure {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  const failure = failures.find(([pattern]) => pattern.test(code))?.[1] ?? 'other'
  return beforeProxy && failure !== 'tls' ? 'proxy' : failure
}
