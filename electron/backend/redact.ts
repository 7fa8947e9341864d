// Cuts what looks like a secret out of anything that is about to be logged, journalled or shown.

const mark = '•••'

/** Names whose values are secrets wherever they appear: parameters of addresses, fields of JSON, fields of a log line. */
const secretNames = [
  'auth',
  'authorization',
  'access_token',
  'accessToken',
  'refresh_token',
  'refreshToken',
  'client_secret',
  'clientSecret',
  'application_token',
  'password',
  'secret',
  'webhook',
  'webhookUrl',
  'token',
  'cookie',
  'set-cookie',
]
const secretName = new RegExp(`^(?:${secretNames.join('|')})$`, 'i')
const inAddress = new RegExp(`\\b(${secretNames.join('|')}|code|state)=([^&\\s"'<>#]+)`, 'gi')
const inJson = new RegExp(
  `(\\\\?["'](?:${secretNames.join('|')})\\\\?["']\\s*:\\s*\\\\?["'])((?:[^"'\\\\]|\\\\.)*)`,
  'gi',
)
/** A webhook's address: `/rest/<user>/<code>/`, and `/rest/api/<user>/<code>/` of the newer REST; slashes may be escaped. */
const webhookCode = /(\\?\/rest\\?\/(?:api\\?\/)?\d+\\?\/)([^/\\\s"'?#<>]+)/gi
/** Bitrix24 tokens are longer runs of hexadecimal digits than any hash this program prints (64). */
const longToken = /\b[0-9a-f]{66,}\b/gi
const bearer = /\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]+/g

/** The text without webhook codes, tokens, client secrets, one-time codes, and without each of `known` literally. */
export function redactText(text: string, known: readonly string[] = []): string {
  let cut = text
  for (const secret of known) {
    if (secret.length < 4) continue
    cut = cut.replaceAll(secret, mark)
    const encoded = encodeURIComponent(secret)
    if (encoded !== secret) cut = cut.replaceAll(encoded, mark)
  }
  return cut
    .replace(webhookCode, `$1${mark}`)
    .replace(inAddress, `$1=${mark}`)
    .replace(inJson, `$1${mark}`)
    .replace(bearer, `$1 ${mark}`)
    .replace(longToken, mark)
}

/**
 * A copy of any value fit for a log: secrets cut from every text, fields with a secret's name blanked, errors turned
 * into name, code, message and stack, cycles and depth beyond eight levels cut.
 */
export function redact(value: unknown, known: readonly string[] = []): unknown {
  return copy(value, known, 0, new Set())
}

function copy(value: unknown, known: readonly string[], depth: number, above: Set<object>): unknown {
  if (typeof value === 'string') return redactText(value, known)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`
  if (typeof value !== 'object' || value === null) return value
  if (depth > 8 || above.has(value)) return '[cut]'
  above.add(value)
  const result = copyObject(value, known, depth, above)
  above.delete(value)
  return result
}

function copyObject(value: object, known: readonly string[], depth: number, above: Set<object>): unknown {
  const inner = (part: unknown): unknown => copy(part, known, depth + 1, above)
  if (Array.isArray(value)) return value.map(inner)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof URL) return redactText(value.href, known)
  if (value instanceof Map)
    return inner(Object.fromEntries([...value].map(([key, part]) => [String(key), part])))
  if (value instanceof Set) return [...value].map(inner)
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  const own: Record<string, unknown> = { ...value }
  if (value instanceof Error) Object.assign(own, errorFields(value))
  const result: Record<string, unknown> = {}
  for (const [key, part] of Object.entries(own)) {
    const blank = secretName.test(key) && part !== null && part !== undefined && typeof part !== 'boolean'
    result[redactText(key, known)] = blank ? mark : inner(part)
  }
  return result
}

function errorFields(error: Error): Record<string, unknown> {
  return {
    name: error.name,
    message: error.message,
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(error.cause === undefined ? {} : { cause: error.cause }),
  }
}
