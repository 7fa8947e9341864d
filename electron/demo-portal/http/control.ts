/** `/__demo/…`: faults, switches, log and state for tests in other processes, behind a token printed at start. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PortalControl } from '../control.ts'
import { isMap } from '../values.ts'
import { readBody } from './request.ts'

function send(response: ServerResponse, status: number, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value ?? null))
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': body.length })
  response.end(body)
}

function sendBytes(response: ServerResponse, bytes: Uint8Array): void {
  response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': bytes.length })
  response.end(bytes)
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const text = (await readBody(request)).toString('utf8')
  return text === '' ? {} : (JSON.parse(text) as unknown)
}

function serveStatement(control: PortalControl, response: ServerResponse, name: string): void {
  const statements = control.statements()
  if (name === '') {
    send(
      response,
      200,
      statements.map((statement) => statement.name),
    )
    return
  }
  const found = statements.find((statement) => statement.name === name)
  if (found) sendBytes(response, found.bytes)
  else send(response, 404, { error: 'no such statement' })
}

async function serveFaults(
  control: PortalControl,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'DELETE') control.faults.clear()
  if (request.method === 'POST') {
    const given = await readJson(request)
    const rules = Array.isArray(given) ? given : [given]
    send(response, 200, { ids: rules.map((rule: unknown) => control.addFault(rule)) })
    return
  }
  send(response, 200, control.faults.list())
}

async function serveSwitches(
  control: PortalControl,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'POST') control.turn(await readJson(request))
  send(response, 200, control.switches)
}

async function servePayment(
  control: PortalControl,
  request: IncomingMessage,
  response: ServerResponse,
  id: number,
): Promise<void> {
  if (request.method === 'DELETE') control.payments.remove(id)
  if (request.method === 'POST') {
    const fields = await readJson(request)
    if (isMap(fields)) control.payments.change(id, fields)
  }
  const shown = request.method === 'PUT' ? control.payments.addBeside(id) : id
  const payment = control.payments.get(shown)
  send(response, payment ? 200 : 404, payment ?? { error: 'no such payment' })
}

async function serveKnown(
  control: PortalControl,
  request: IncomingMessage,
  response: ServerResponse,
  area: string,
  rest: string,
): Promise<void> {
  switch (area) {
    case 'faults':
      return serveFaults(control, request, response)
    case 'switches':
      return serveSwitches(control, request, response)
    case 'log':
      if (request.method === 'DELETE') control.log.clear()
      return send(response, 200, { requests: control.log.requests, writes: control.log.writes })
    case 'payments':
      return servePayment(control, request, response, Number(rest))
    case 'statements':
      return serveStatement(control, response, rest)
    case 'truth':
      return send(response, 200, control.truth())
    case 'tokens':
      if (request.method === 'POST' && rest === 'expire') control.tokens.expireAccess()
      if (request.method === 'POST' && rest === 'revoke') control.tokens.revokeAll()
      return send(response, 200, {})
    case 'rename':
      if (request.method !== 'POST') return send(response, 405, { error: 'POST only' })
      return send(response, 200, { url: control.rename() })
    case 'advance': {
      const given = await readJson(request)
      if (isMap(given) && typeof given.seconds === 'number') control.advance(given.seconds * 1000)
      return send(response, 200, {})
    }
    default:
      return send(response, 404, { error: 'no such control' })
  }
}

export async function serveControl(
  control: PortalControl,
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  if (request.headers['x-demo-token'] !== token) {
    send(response, 403, { error: 'x-demo-token is missing or wrong' })
    return
  }
  const [, area = '', rest = ''] = url.pathname.split('/').filter((part) => part !== '')
  try {
    await serveKnown(control, request, response, area, decodeURIComponent(rest))
  } catch (error) {
    send(response, 400, { error: error instanceof Error ? error.message : 'bad request' })
  }
}
