/** One listener of the portal, plain or with a certificate. */
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Settings } from '../options.ts'

export type Serve = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> | void

export interface Listener {
  port: number
  address: string
  close(): Promise<void>
}

function createListener(
  settings: Settings,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Server {
  if (!settings.tls) return createServer(handle)
  const { key, cert } = settings.tls
  return createTlsServer({ key: Buffer.from(key), cert: Buffer.from(cert) }, handle)
}

/** Listens on loopback. @throws when the port is taken */
export async function listen(settings: Settings, port: number, serve: Serve): Promise<Listener> {
  const scheme = settings.tls ? 'https' : 'http'
  const host = settings.host === '::1' ? '[::1]' : settings.host
  const server = createListener(settings, (request, response) => {
    const url = new URL((request.url ?? '/').replace(/^\/+/, '/'), `${scheme}://${host}`)
    response.on('error', () => undefined)
    Promise.resolve(serve(request, response, url)).catch(() => {
      response.destroy()
    })
  })
  // Answers may be held back for minutes on purpose; the server itself must not cut them.
  server.requestTimeout = 0
  server.headersTimeout = 60_000
  server.keepAliveTimeout = 5_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, settings.host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const bound = server.address()
  const actual = typeof bound === 'object' && bound !== null ? bound.port : port
  return {
    port: actual,
    address: `${scheme}://${host}:${actual}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}
