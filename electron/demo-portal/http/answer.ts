/** Puts an answer on the wire, or keeps it off. */
import type { ServerResponse } from 'node:http'
import type { WireAction } from '../call/wire.ts'
import type { Value } from '../values.ts'

/** TCP reset, or for TLS, where Node cannot send one, the end without a closing alert. */
function cutOff(response: ServerResponse): void {
  const { socket } = response
  if (!socket) return
  if ('encrypted' in socket) socket.destroy()
  else socket.resetAndDestroy()
}

/** JSON as PHP prints it, slashes escaped. */
export function printJson(value: Value): string {
  return JSON.stringify(value).replaceAll('/', '\\/')
}

export function sendJson(response: ServerResponse, status: number, value: Value): void {
  if (response.destroyed || response.headersSent) return
  const body = printJson(value)
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
  })
  response.end(body)
}

/** Promises the whole answer, sends half of it and resets the connection. */
export function sendHalf(response: ServerResponse, status: number, value: Value): void {
  const body = Buffer.from(printJson(value))
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.length,
  })
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => {
    cutOff(response)
  })
}

export function sendPage(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string>,
): void {
  if (response.destroyed || response.headersSent) return
  response.writeHead(status, { 'Content-Length': String(Buffer.byteLength(body)), ...headers })
  response.end(body)
}

export function sendHtml(response: ServerResponse, status: number, body: string): void {
  sendPage(response, status, body, {
    'Content-Type': 'text/html; charset=UTF-8',
    'Cache-Control': 'no-store',
  })
}

/** What a wire fault does to the connection. */
export function performWire(response: ServerResponse, action: WireAction): void {
  switch (action.kind) {
    case 'hang':
      return
    case 'reset':
      cutOff(response)
      return
    case 'close':
      response.socket?.end()
      return
    case 'page':
      sendPage(response, action.status, action.body, action.headers)
  }
}
