// A portal's client: its endpoint, its pace and the wire put together. Every call to a portal goes through here.

import { Refusal } from '../../contract/fault.ts'
import type { Fault } from '../../contract/fault.ts'
import type { Clock, Log, Network } from '../ports.ts'
import { encodeBatch, readBatch } from './batch.ts'
import { classify } from './classify.ts'
import type { Answer, Command, PortalClient, SendOptions } from './client.ts'
import type { Endpoint, EndpointProvider } from './endpoint.ts'
import type { Outcome } from './outcome.ts'
import { ordinaryPlan } from './learning.ts'
import { createPace } from './pace.ts'
import type { Pace, PaceSettings, Pass } from './pace.ts'
import { createWire } from './request.ts'
import type { Wire } from './request.ts'

export interface ClientSettings extends PaceSettings {
  /** Seconds after which the portal itself ends a request: 60 in the cloud. */
  serverLimitSeconds: number
}

export const defaultSettings: ClientSettings = { ...ordinaryPlan, serverLimitSeconds: 60 }

export interface ClientInput {
  portalId: string
  endpoint: EndpointProvider
  ports: { clock: Clock; network: Network; log: Log }
  /** Asked anew for each request, so that a changed setting counts at once. */
  settings: () => ClientSettings
  version: string
  /** Shared by several clients of one portal; one of its own unless given. */
  pace?: Pace
}

/** A client whose pace, sockets and secrets last until `close`. */
export function createPortalClient(input: ClientInput): PortalClient {
  const { clock, network } = input.ports
  const pace = input.pace ?? createPace(clock, input.settings)
  const wire = createWire({ clock, network, version: input.version })
  const context: Context = {
    ...input,
    pace,
    wire,
    ownPace: input.pace === undefined,
    closed: new AbortController(),
  }

  return clientOf(context, '')
}

/** The client as one job sees it: its requests go in turn with those of other lanes. */
function clientOf(context: Context, lane: string): PortalClient {
  const { pace, wire, portalId, ports } = context
  return {
    portalId,
    send: (method, params, options) => sendPaced(context, method, params, { lane, ...options }, [method]),
    read: (method, params, options = {}) => readPatiently(context, method, params, { lane, ...options }),
    async batch(commands, options) {
      const params = encodeBatch(commands)
      const calls = Object.values(commands).map((command) => command.method)
      const outer = await sendPaced(context, 'batch', { ...params }, { lane, ...options }, calls, (outcome) =>
        learnFromCommands(context, commands, options.kind, outcome),
      )
      return readBatch(commands, outer, options.kind, context.endpoint.secrets()).outcomes
    },
    lane: (name) => clientOf(context, name),
    pace: pace.snapshot,
    foresee: pace.foresee,
    room: pace.room,
    expectMs: pace.expectMs,
    lift: pace.lift,
    close() {
      if (context.ownPace) pace.close()
      context.closed.abort(new Refusal({ code: 'portal.disconnected' }))
      wire.close()
      ports.log.info('portal.closed', { portalId })
    },
  }
}

interface Context extends ClientInput {
  pace: Pace
  /** Made for this client, so closed with it. */
  ownPace: boolean
  /** Nothing of a closed client leaves any more, though its pace goes on for others. */
  closed: AbortController
  wire: Wire
}

/** One attempt through the pace; after an expired token, which is refused before anything runs, one more. */
async function sendPaced(
  context: Context,
  method: string,
  params: Readonly<Record<string, unknown>>,
  options: SendOptions,
  calls: readonly string[],
  learn: (outcome: Outcome) => void = () => undefined,
): Promise<Outcome> {
  const { pace } = context
  const passed = async (find: () => Promise<Endpoint>): Promise<[Endpoint, Outcome]> => {
    const signals = [context.closed.signal, ...(options.signal ? [options.signal] : [])]
    const pass = await pace.enter(calls, { ...options, signal: AbortSignal.any(signals) })
    return through(pass, async () => {
      const endpoint = await find()
      const outcome = await attempt(context, endpoint, method, params, options)
      learn(outcome)
      return [endpoint, outcome]
    })
  }
  let first: [Endpoint, Outcome]
  try {
    first = await passed(() => context.endpoint.current())
  } catch (error) {
    if (!(error instanceof Refusal) && options.signal?.aborted !== true) throw error
    return unsent(context, method, error instanceof Refusal ? error.fault : { code: 'call.abandoned' })
  }
  const [endpoint, outcome] = first
  if (outcome.class !== 'notExecuted') return outcome
  try {
    const renewed = await betterEndpoint(context.endpoint, endpoint, outcome.fault)
    if (renewed === null) return outcome
    return (await passed(() => Promise.resolve(renewed)))[1]
  } catch (error) {
    return error instanceof Refusal ? { ...outcome, fault: error.fault, retryAfterMs: null } : outcome
  }
}

/** What the request was expected to use is given back once its answer has been learnt from. */
async function through(pass: Pass, work: () => Promise<[Endpoint, Outcome]>): Promise<[Endpoint, Outcome]> {
  try {
    const done = await work()
    pass.back(done[1])
    return done
  } catch (error) {
    pass.back(null)
    throw error
  }
}

async function betterEndpoint(
  provider: EndpointProvider,
  stale: Endpoint,
  fault: Fault,
): Promise<Endpoint | null> {
  if (fault.code === 'rest.tokenExpired') return (await provider.renew?.(stale)) ?? null
  if (fault.code === 'portal.moved') return (await provider.follow?.(fault.host)) ?? null
  return null
}

async function attempt(
  context: Context,
  endpoint: Endpoint,
  method: string,
  params: Readonly<Record<string, unknown>>,
  options: SendOptions,
): Promise<Outcome> {
  const { pace, wire, ports } = context
  const ending = await wire.post({
    address: endpoint.base + method,
    body: JSON.stringify(endpoint.auth === null ? params : { ...params, auth: endpoint.auth }),
    contentType: 'application/json',
    kind: options.kind,
    timeoutMs: timeoutMs(options.kind, context.settings().serverLimitSeconds),
    signal: options.signal,
  })
  const outcome = classify({
    ...ending,
    method,
    kind: options.kind,
    host: endpoint.host,
    secrets: context.endpoint.secrets(),
  })
  pace.learn(outcome)
  if (outcome.class === 'executed') return outcome
  ports.log.info('portal.answer', {
    portalId: context.portalId,
    method,
    class: outcome.class,
    fault: outcome.fault.code,
    status: outcome.attempt.status,
    portalCode: outcome.attempt.portalCode,
    portalText: outcome.attempt.portalText,
  })
  return outcome
}

/** Above the portal's own limit for a write, so that its end is seen; below it for a read, which is simply asked again. */
function timeoutMs(kind: 'read' | 'write', serverLimitSeconds: number): number {
  return kind === 'write' ? (serverLimitSeconds + 20) * 1000 : Math.max(5, serverLimitSeconds * 0.75) * 1000
}

/** The outcome of a call that never left this program. */
function unsent({ ports }: Context, method: string, fault: Fault): Outcome {
  const now = ports.clock.now()
  return {
    class: 'notExecuted',
    fault,
    retryAfterMs: null,
    attempt: {
      method,
      sentAt: now,
      endedAt: now,
      status: null,
      connected: false,
      bytesLeft: false,
      portalCode: null,
      portalText: null,
      time: null,
    },
  }
}

/** Times and limits inside a batch come under a good HTTP status; the pace must hear of them all the same. */
function learnFromCommands(
  { pace, endpoint }: Context,
  commands: Readonly<Record<string, Command>>,
  kind: 'read' | 'write',
  outer: Outcome,
): void {
  if (outer.class !== 'executed') return
  const { outcomes, times } = readBatch(commands, outer, kind, endpoint.secrets())
  for (const { method, time } of times) pace.note(method, time)
  const exhausted = new Map<string, number | null>()
  for (const outcome of Object.values(outcomes)) {
    if (outcome.class !== 'notExecuted') continue
    if (outcome.fault.code === 'rest.timeBudget') exhausted.set(outcome.attempt.method, outcome.retryAfterMs)
    if (outcome.fault.code === 'rest.overloadBlocked') pace.learn(outcome)
  }
  for (const [method, retryAfterMs] of exhausted) pace.exhaust(method, retryAfterMs)
}

/** How often a read is asked again, by what went wrong; limits are waited for, a broken portal is given up on sooner. */
const patience: Readonly<Partial<Record<Fault['code'], number>>> = {
  'rest.rateLimited': 12,
  'rest.timeBudget': 12,
  'rest.serverFailure': 4,
  'rest.unexpectedAnswer': 4,
  'portal.unreadable': 3,
  'portal.unreachable': 4,
}
const longestWaitMs = 30_000
/** A person does not wait longer than this for a method's time budget. */
const urgentBudgetMs = 20_000

async function readPatiently(
  context: Context,
  method: string,
  params: Readonly<Record<string, unknown>>,
  options: Omit<SendOptions, 'kind'>,
): Promise<Answer> {
  const failures = new Map<Fault['code'], number>()
  for (;;) {
    const outcome =
      context.pace.budgetWaitMs(method) > urgentBudgetMs && options.urgent === true
        ? spent(context, method)
        : await sendPaced(context, method, params, { kind: 'read', ...options }, [method])
    if (outcome.class === 'executed')
      return {
        result: outcome.result,
        total: outcome.total,
        next: outcome.next,
        time: outcome.attempt.time,
      }
    const { fault } = outcome
    const seen = (failures.get(fault.code) ?? 0) + 1
    failures.set(fault.code, seen)
    options.signal?.throwIfAborted()
    const spentNow = fault.code === 'rest.timeBudget' && options.urgent === true
    if (outcome.class === 'refused' || spentNow || isFinal(fault) || seen > (patience[fault.code] ?? 0))
      throw new Refusal(fault)
    const limited = fault.code === 'rest.rateLimited' || fault.code === 'rest.timeBudget'
    // The pace itself holds back what a limit refused.
    if (!limited) await context.ports.clock.sleep(Math.min(500 * 2 ** seen, longestWaitMs), options.signal)
  }
}

function spent(context: Context, method: string): Outcome {
  const wait = context.pace.budgetWaitMs(method)
  const resetAt = new Date(context.ports.clock.now() + wait).toISOString()
  return unsent(context, method, { code: 'rest.timeBudget', resetAt })
}

function isFinal(fault: Fault): boolean {
  return fault.code === 'portal.unreachable' && (fault.reason === 'tls' || fault.reason === 'dns')
}
