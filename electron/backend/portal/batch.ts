// `batch`: up to 50 labelled commands in one request, written as PHP reads queries, and what came of each of them.
// Documentation: "Batch" of the REST reference; the empty-map-as-array habits are PHP's.

import { Refusal } from '../../contract/fault.ts'
import { judgeCommand } from './classify.ts'
import type { Command } from './client.ts'
import { count, readTime } from './envelope.ts'
import type { Attempt, Outcome, PortalTime } from './outcome.ts'

export const batchSize = 50

/**
 * The parameters of a `batch` call. Throws `input.invalid` for more than 50 commands, for a label that PHP could take
 * for a list's index, for a batch inside a batch, and for a null, which a query string cannot carry.
 */
export function encodeBatch(commands: Readonly<Record<string, Command>>): {
  halt: 0
  cmd: Record<string, string>
} {
  const labels = Object.keys(commands)
  if (labels.length === 0 || labels.length > batchSize) throw invalid('commands', 'count')
  const cmd: Record<string, string> = {}
  for (const [label, { method, params }] of Object.entries(commands)) {
    if (!/^[A-Za-z_]\w{0,60}$/.test(label)) throw invalid(label, 'label')
    if (method === 'batch') throw invalid(label, 'nested')
    const query = encodeQuery(params, label)
    cmd[label] = query === '' ? method : `${method}?${query}`
  }
  return { halt: 0, cmd }
}

/** Nested parameters as PHP reads them: `filter[>id]=5&select[0]=id`; booleans as 1 and 0, empty lists are left out. */
export function encodeQuery(params: Readonly<Record<string, unknown>>, path = 'params'): string {
  const pairs: string[] = []
  const walk = (name: string, value: unknown): void => {
    if (value === undefined) return
    if (Array.isArray(value)) {
      value.forEach((part: unknown, index) => walk(`${name}[${index}]`, part))
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, part] of Object.entries(value)) walk(`${name}[${key}]`, part)
    } else {
      pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(scalar(value, `${path}.${name}`))}`)
    }
  }
  for (const [name, value] of Object.entries(params)) walk(name, value)
  return pairs.join('&')
}

function scalar(value: unknown, path: string): string {
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (typeof value === 'string') return value
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  throw invalid(path, 'unsendable')
}

/** What the answer to a batch says of each label, and the times to learn from. */
export interface BatchReading {
  outcomes: Record<string, Outcome>
  times: { method: string; time: PortalTime }[]
}

/**
 * Takes the outer outcome apart. Every label of `commands` is in the answer. When the outer request was not carried out,
 * refused or unknown, so is each command.
 */
export function readBatch(
  commands: Readonly<Record<string, Command>>,
  outer: Outcome,
  kind: 'read' | 'write',
  secrets: readonly string[],
): BatchReading {
  const reading: BatchReading = { outcomes: {}, times: [] }
  const maps = outer.class === 'executed' ? mapsOf(outer.result) : null
  for (const [label, { method }] of Object.entries(commands)) {
    if (outer.class !== 'executed') {
      reading.outcomes[label] = { ...outer, attempt: { ...outer.attempt, method } }
      continue
    }
    const time = readTime(maps?.times.get(label))
    if (time !== null) reading.times.push({ method, time })
    const attempt: Attempt = { ...outer.attempt, method, portalCode: null, portalText: null, time }
    reading.outcomes[label] = judgeCommand({
      method,
      kind,
      answered: maps?.results.has(label) ?? false,
      result: maps?.results.get(label),
      error: maps?.errors.get(label),
      total: count(maps?.totals.get(label)),
      next: count(maps?.nexts.get(label)),
      attempt,
      secrets,
    })
  }
  return reading
}

type Maps = Record<'results' | 'errors' | 'totals' | 'nexts' | 'times', Map<string, unknown>>

function mapsOf(result: unknown): Maps {
  const parts: Readonly<Record<string, unknown>> =
    typeof result === 'object' && result !== null ? { ...result } : {}
  return {
    results: mapOf(parts['result']),
    errors: mapOf(parts['result_error']),
    totals: mapOf(parts['result_total']),
    nexts: mapOf(parts['result_next']),
    times: mapOf(parts['result_time']),
  }
}

/** PHP prints an empty map as `[]`. A filled list has no labels, so nothing in it can be told apart: it counts as empty. */
function mapOf(part: unknown): Map<string, unknown> {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return new Map()
  return new Map(Object.entries(part))
}

function invalid(path: string, reason: string): Refusal {
  return new Refusal({ code: 'input.invalid', path, reason })
}
