/** `/rest/<user>/<code>/<method>` and `/rest/<method>` with `auth`: from the URL to the printed answer. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { runBatch } from '../call/batch.ts'
import { executeMethod, printRefusal, refusalOf } from '../call/execute.ts'
import type { Exchange } from '../call/strike.ts'
import { WireOutcome, redirectTo } from '../call/wire.ts'
import { PortalError, refusals, systemErrors } from '../errors.ts'
import type { Caller, Entrance, Portal } from '../portal.ts'
import { type ValueMap, isMap, textOf } from '../values.ts'
import { performWire, sendHalf, sendJson } from './answer.ts'
import { BodyError, readBody, readParameters } from './request.ts'

interface Route {
  userId: number | undefined
  code: string | undefined
  method: string
}

/** Doubled slashes are forgiven, as a web server forgives them. */
function routeOf(pathname: string): Route | undefined {
  const parts = pathname.split('/').filter((part) => part !== '')
  if (parts.shift() !== 'rest') return undefined
  const method = (parts.pop() ?? '').replace(/\.json$/, '')
  const [user, code, ...more] = parts
  if (more.length > 0) return undefined
  if (user === undefined) return { userId: undefined, code: undefined, method }
  if (code === undefined || !/^\d+$/.test(user)) return undefined
  return { userId: Number(user), code, method }
}

function callerOf(portal: Portal, route: Route, params: ValueMap): Caller {
  if (route.userId !== undefined && route.code !== undefined) {
    return portal.access.byWebhook(route.userId, route.code)
  }
  return portal.access.byToken(textOf(isMap(params.auth) ? params.auth.access_token : params.auth))
}

/** Checks that come before any method runs; a refused request costs no tick. */
function admit(portal: Portal, request: IncomingMessage, route: Route | undefined, params: ValueMap): Caller {
  if (portal.settings.tls === undefined && portal.switches.plainHttp === 'refused') {
    throw new PortalError(systemErrors.INVALID_REQUEST)
  }
  if (!route || route.method === '') throw new PortalError(refusals.methodMissing)
  const source = request.socket.remoteAddress ?? ''
  const caller = callerOf(portal, route, params)
  if (!portal.buckets.admit(source, portal.clock.nowMs())) {
    throw new PortalError(systemErrors.QUERY_LIMIT_EXCEEDED)
  }
  return caller
}

function logRefused(portal: Portal, verb: string, method: string, params: ValueMap, error: unknown): void {
  const refusal = refusalOf(error)
  const redirected = error instanceof WireOutcome && error.action.kind === 'page' ? error.action.status : null
  const at = new Date(portal.clock.nowMs()).toISOString()
  portal.log.request({
    at,
    verb,
    method,
    command: null,
    credential: '',
    params,
    status: refusal?.status ?? redirected,
    code: refusal ? String(refusal.code) : null,
  })
}

function withoutAuth(params: ValueMap): ValueMap {
  return Object.fromEntries(Object.entries(params).filter(([key]) => key !== 'auth'))
}

async function runCall(exchange: Exchange, method: string, params: ValueMap): Promise<ValueMap> {
  const commands = method === 'batch' ? async () => ({ result: await runBatch(exchange, params) }) : undefined
  const { answer, time } = await executeMethod(exchange, method, params, null, commands)
  const printed: ValueMap = { result: answer.result }
  if (answer.next !== undefined) printed.next = answer.next
  if (answer.total !== undefined) printed.total = answer.total
  printed.time = time
  return printed
}

function fail(portal: Portal, response: ServerResponse, error: unknown): void {
  if (error instanceof WireOutcome) {
    performWire(response, error.action)
    return
  }
  const refusal =
    refusalOf(error) ?? (error instanceof BodyError ? systemErrors.ERROR_UNEXPECTED_ANSWER : undefined)
  const shown = refusal ?? systemErrors.INTERNAL_SERVER_ERROR
  sendJson(response, shown.status, printRefusal(portal, shown))
}

async function answerCall(
  portal: Portal,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  entrance: Entrance,
): Promise<void> {
  const startMs = portal.clock.nowMs()
  const route = routeOf(url.pathname)
  const params = readParameters(request, url, await readBody(request))
  const verb = request.method ?? 'GET'
  const target = url.pathname + url.search
  let caller: Caller
  try {
    if (portal.renamed !== undefined && entrance === 'main') {
      throw new WireOutcome(redirectTo(portal.renamed, portal.addresses.other + target))
    }
    caller = admit(portal, request, route, params)
  } catch (error) {
    logRefused(portal, verb, route?.method ?? '', params, error)
    throw error
  }
  const exchange: Exchange = {
    portal,
    caller,
    verb,
    entrance,
    target,
    deadlineMs: startMs + portal.settings.requestLimitMs,
    omitTime: false,
    truncate: false,
    workedToMs: startMs,
  }
  const printed = await runCall(exchange, route?.method ?? '', withoutAuth(params))
  if (exchange.omitTime || portal.switches.time === 'absent') delete printed.time
  if (exchange.truncate) sendHalf(response, 200, printed)
  else sendJson(response, 200, printed)
}

export async function serveRest(
  portal: Portal,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  entrance: Entrance,
): Promise<void> {
  try {
    await answerCall(portal, request, response, url, entrance)
  } catch (error) {
    fail(portal, response, error)
  }
}
