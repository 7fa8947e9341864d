/** `batch`: up to fifty commands in order, each with its own outcome under its label, HTTP 200 for all of them. */
import { PortalError, refusals, systemErrors } from '../errors.ts'
import {
  type Value,
  type ValueMap,
  entriesOf,
  flagOf,
  isMap,
  printArray,
  textOf,
  valueAt,
} from '../values.ts'
import type { Portal } from '../portal.ts'
import { splitCommand } from './commands.ts'
import { type Executed, executeMethod, printRefusal, refusalOf } from './execute.ts'
import type { Exchange } from './strike.ts'

export const BATCH_LENGTH = 50

type Entries = [string, Value][]

interface Outcome {
  result: Entries
  errors: Entries
  total: Entries
  next: Entries
  time: Entries
}

const wholeReference = /^\$result((?:\[[^\]]*\])+)$/
const anyReference = /\$result((?:\[[^\]]*\])+)/g

function lookUp(results: Entries, path: string): Value | undefined {
  const keys = [...path.matchAll(/\[([^\]]*)\]/g)].map((found) => found[1] ?? '')
  const [label = '', ...rest] = keys
  return valueAt(results.find(([key]) => key === label)?.[1], rest)
}

/** Replaces `$result[label][field]` in values, however deep; what points nowhere becomes null. */
function resolve(value: Value, results: Entries): Value {
  if (typeof value === 'string') {
    const whole = wholeReference.exec(value)
    if (whole) return lookUp(results, whole[1] ?? '') ?? null
    return value.replace(anyReference, (_found, path: string) => textOf(lookUp(results, path)))
  }
  if (Array.isArray(value)) return value.map((item) => resolve(item, results))
  if (isMap(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, results)]))
  }
  return value
}

function keep(outcome: Outcome, label: string, executed: Executed, portal: Portal): void {
  if (executed.missing) return
  const { answer } = executed
  outcome.result.push([label, answer.result])
  if (answer.total !== undefined) outcome.total.push([label, answer.total])
  if (answer.next !== undefined) outcome.next.push([label, answer.next])
  if (portal.switches.time !== 'absent') outcome.time.push([label, executed.time])
}

async function runCommand(
  exchange: Exchange,
  label: string,
  command: Value,
  outcome: Outcome,
): Promise<boolean> {
  const { portal } = exchange
  try {
    const { method, params } = splitCommand(textOf(command))
    if (method === 'batch') throw new PortalError(systemErrors.ERROR_BATCH_METHOD_NOT_ALLOWED)
    const resolved = resolve(params, outcome.result)
    keep(
      outcome,
      label,
      await executeMethod(exchange, method, isMap(resolved) ? resolved : {}, label),
      portal,
    )
    return true
  } catch (error) {
    const refusal = refusalOf(error)
    if (!refusal) throw error
    outcome.errors.push([label, printRefusal(portal, refusal)])
    return false
  }
}

/** The `result` of a batch. @throws PortalError when the batch as a whole is refused */
export async function runBatch(exchange: Exchange, params: ValueMap): Promise<Value> {
  const { portal } = exchange
  const commands = entriesOf(params.cmd)
  if (commands.length === 0) throw new PortalError(refusals.commandsMissing)
  if (commands.length > BATCH_LENGTH && portal.switches.longBatch === 'refused') {
    throw new PortalError(systemErrors.ERROR_BATCH_LENGTH_EXCEEDED)
  }
  const halt = flagOf(params.halt) ?? false
  const outcome: Outcome = { result: [], errors: [], total: [], next: [], time: [] }
  for (const [index, [label, command]] of commands.entries()) {
    if (index >= BATCH_LENGTH) {
      outcome.errors.push([label, printRefusal(portal, systemErrors.ERROR_BATCH_LENGTH_EXCEEDED)])
      continue
    }
    const done = await runCommand(exchange, label, command, outcome)
    if (!done && halt) break
  }
  const quirk = portal.switches.phpArrays
  return {
    result: printArray(outcome.result, quirk),
    result_error: printArray(outcome.errors, quirk),
    result_total: printArray(outcome.total, quirk),
    result_next: printArray(outcome.next, quirk),
    result_time: printArray(outcome.time, quirk),
  }
}
