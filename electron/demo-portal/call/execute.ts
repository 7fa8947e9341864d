/** One method call from scope check to charged time, single or as a command of a batch. */
import { PortalError, type Refusal, refusals, systemErrors } from '../errors.ts'
import { printMoment } from '../moments.ts'
import type { Method, MethodAnswer, Portal } from '../portal.ts'
import type { Value, ValueMap } from '../values.ts'
import { commandsOf, paymentIdOf } from './commands.ts'
import { type Exchange, runLate, strikeAll, work } from './strike.ts'
import { secondsOf, startOf } from './timing.ts'
import { WireOutcome } from './wire.ts'

export interface Executed {
  answer: MethodAnswer
  time: ValueMap
  /** A fault wants this command to be absent from its batch. */
  missing: boolean
}

/** The method of that name, when this credential may call it. */
export function findMethod(exchange: Exchange, name: string, inBatch: boolean): Method {
  const { portal, caller } = exchange
  const method = portal.methods.get(name)
  if (!method) throw new PortalError(refusals.methodMissing)
  if (method.scopes.length > 0 && !method.scopes.some((scope) => caller.scopes.includes(scope))) {
    throw new PortalError(systemErrors.insufficient_scope)
  }
  if (inBatch && method.ofPayments === true && !portal.switches.batchablePayments) {
    throw new PortalError(systemErrors.ERROR_BATCH_METHOD_NOT_ALLOWED)
  }
  return method
}

function runMethod(exchange: Exchange, method: Method, params: ValueMap): MethodAnswer {
  const { portal, caller } = exchange
  const nowMs = portal.clock.nowMs()
  return method.run({
    portal,
    caller,
    params,
    nowMs,
    wrote: (paymentId, changed = true) => {
      const at = new Date(nowMs).toISOString()
      portal.log.write({ at, method: method.name, paymentId, userId: caller.user.id, changed })
    },
  })
}

/** Prints the `time` object; the operating part only when it was charged. */
export function timeOf(
  portal: Portal,
  startMs: number,
  processing: number,
  operating?: { operating: number; resetAt: number },
): ValueMap {
  const finishMs = portal.clock.nowMs()
  const time: ValueMap = {
    start: startMs / 1000,
    finish: finishMs / 1000,
    duration: (finishMs - startMs) / 1000,
    processing,
    date_start: printMoment(startMs, portal.switches.printZone),
    date_finish: printMoment(finishMs, portal.switches.printZone),
  }
  if (operating && portal.switches.time === 'full') {
    time.operating_reset_at = operating.resetAt
    time.operating = operating.operating
  }
  return time
}

/** What the log and the batch print of an error. */
export function refusalOf(error: unknown): Refusal | undefined {
  return error instanceof PortalError ? error.refusal : undefined
}

type Run = () => MethodAnswer | Promise<MethodAnswer>

/** The work itself, charged to the method's own budget whether it succeeds or not. A batch has no budget. */
async function runCharged(
  exchange: Exchange,
  name: string,
  inBatch: boolean,
  run: Run,
): Promise<{ answer: MethodAnswer; time: ValueMap }> {
  const { portal, caller } = exchange
  const startMs = portal.clock.nowMs()
  const { latency } = portal.settings
  await work(exchange, (secondsOf(latency, name) + (inBatch ? 0 : startOf(latency))) * 1000)
  const begun = performance.now()
  const spent = (): number => {
    const told = secondsOf(portal.settings.cost, name)
    return told > 0 ? told : (performance.now() - begun) / 1000
  }
  const charge = (): ReturnType<typeof portal.operating.charge> | undefined =>
    name === 'batch'
      ? undefined
      : portal.operating.charge(`${caller.budgetKey} ${name}`, portal.clock.nowMs(), spent())
  try {
    const answer = await run()
    const processing = name === 'batch' ? (portal.clock.nowMs() - startMs) / 1000 : spent()
    return { answer, time: timeOf(portal, startMs, processing, charge()) }
  } catch (error) {
    charge()
    throw error
  }
}

async function perform(
  exchange: Exchange,
  name: string,
  params: ValueMap,
  inBatch: boolean,
  run: Run,
): Promise<Executed> {
  const { portal, caller } = exchange
  if (portal.operating.isSpent(`${caller.budgetKey} ${name}`, portal.clock.nowMs())) {
    throw new PortalError(systemErrors.OPERATION_TIME_LIMIT)
  }
  const paymentId = paymentIdOf(name, params)
  const commands = name === 'batch' ? commandsOf(params) : []
  const written = (method: string): boolean =>
    paymentId !== undefined && portal.log.countWrites(paymentId, method) > 0
  const faults = portal.faults.strike({ method: name, paymentId, batch: inBatch, commands, written })
  await strikeAll(exchange, faults, 'before', paymentId)
  for (const fault of faults) if (fault.do.kind === 'late') await runLate(exchange, fault.do, run)
  const instead = faults.map((fault) => fault.do).find((action) => action.kind === 'answer')
  const { answer, time } = await runCharged(
    exchange,
    name,
    inBatch,
    instead?.execute === false ? () => ({ result: null }) : run,
  )
  await strikeAll(exchange, faults, 'after', paymentId)
  await strikeAll(exchange, faults, 'mark', paymentId)
  const missing = faults.some((fault) => fault.do.kind === 'missing-command')
  return { answer: instead ? { result: instead.result } : answer, time, missing }
}

/**
 * Runs a method, or the commands of a batch given as `runCommands`, and keeps the call in the log.
 * @throws PortalError for what the portal refuses, WireOutcome for what breaks below it
 */
export async function executeMethod(
  exchange: Exchange,
  name: string,
  params: ValueMap,
  command: string | null,
  runCommands?: Run,
): Promise<Executed> {
  const { portal, caller, verb } = exchange
  const entry = portal.log.request({
    at: new Date(portal.clock.nowMs()).toISOString(),
    verb,
    method: name,
    command,
    credential: `${caller.kind} ${caller.user.id}`,
    params,
    status: null,
    code: null,
  })
  try {
    const inBatch = command !== null
    const method = runCommands ? undefined : findMethod(exchange, name, inBatch)
    const run: Run = runCommands ?? (() => (method ? runMethod(exchange, method, params) : { result: null }))
    const executed = await perform(exchange, name, params, inBatch, run)
    entry.status = 200
    return executed
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal) {
      entry.status = refusal.status
      entry.code = String(refusal.code)
    } else if (error instanceof WireOutcome && error.action.kind === 'page') {
      entry.status = error.action.status
    }
    throw error
  }
}

/** Code and description in the type and language that the switches ask for. */
export function printRefusal(portal: Portal, refusal: Refusal): { error: Value; error_description: string } {
  const { codeType, language } = portal.switches
  const description = language === 'ru' ? refusal.ru : refusal.en
  if (typeof refusal.code === 'string') return { error: refusal.code, error_description: description }
  const printed = codeType === 'number' ? refusal.code : codeType === 'string' ? String(refusal.code) : ''
  return { error: printed, error_description: description }
}
