// The envelope of an answer: `result`, `error`, `total`, `next`, `time`, each in whatever form the portal prints it.

import { redactText } from '../redact.ts'
import type { PortalTime } from './outcome.ts'

/** The parts of an answer's body that the protocol names. */
export interface Envelope {
  hasResult: boolean
  result: unknown
  error: { code: string; text: string | null } | null
  total: number | null
  next: number | null
  time: PortalTime | null
}

/** Null for a body that is not a JSON object. */
export function readEnvelope(body: string, secrets: readonly string[] = []): Envelope | null {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    return null
  }
  if (!isRecord(parsed)) return null
  return {
    hasResult: Object.hasOwn(parsed, 'result'),
    result: parsed['result'],
    error: Object.hasOwn(parsed, 'error') ? readError(parsed['error'], parsed, secrets) : null,
    total: count(parsed['total']),
    next: count(parsed['next']),
    time: readTime(parsed['time']),
  }
}

/**
 * The code as text, whatever it was on the wire: number, text, empty text, or the object of REST 3.0. `null`,
 * `false` and an empty array mean that there is no error; an object without a code has the code ''.
 */
export function readError(error: unknown, around: unknown, secrets: readonly string[]): Envelope['error'] {
  if (error === null || error === undefined || error === false) return null
  if (Array.isArray(error)) return error.length === 0 ? null : { code: '', text: null }
  if (isRecord(error)) {
    const inner = Object.hasOwn(error, 'code') ? error['code'] : error['error']
    return {
      code: codeText(inner, secrets),
      text: cut(error['message'] ?? error['error_description'], secrets),
    }
  }
  const description = isRecord(around) ? around['error_description'] : undefined
  return { code: codeText(error, secrets), text: cut(description, secrets) }
}

/** Codes are digits, letters, underscores by the documentation; nothing else of a portal's text gets into a fault. */
function codeText(code: unknown, secrets: readonly string[]): string {
  if (typeof code !== 'number' && typeof code !== 'string') return ''
  return redactText(String(code), secrets)
    .replace(/[^\w.-]/g, '')
    .slice(0, 64)
}

/** The `time` object; null where it is missing or is not one. Seconds, see PortalTime. */
export function readTime(time: unknown): PortalTime | null {
  if (!isRecord(time)) return null
  return {
    duration: number(time['duration']) ?? 0,
    processing: number(time['processing']) ?? 0,
    operating: number(time['operating']),
    operatingResetAt: number(time['operating_reset_at']),
    dateFinish: typeof time['date_finish'] === 'string' ? time['date_finish'].slice(0, 40) : null,
  }
}

function cut(text: unknown, secrets: readonly string[]): string | null {
  return typeof text === 'string' ? redactText(text, secrets).slice(0, 500) : null
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/** A count from a number or digits; null for anything else. */
export function count(value: unknown): number | null {
  if (typeof value === 'string' && /^\d{1,15}$/.test(value)) return Number(value)
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
}
