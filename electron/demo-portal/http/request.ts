/** Reads what a client sent: query, JSON, form or multipart, into one map of parameters as PHP would see it. */
import type { IncomingMessage } from 'node:http'
import { type Value, type ValueMap, isMap } from '../values.ts'
import { assign, parseForm, withLists } from './form.ts'

const BODY_LIMIT = 64 * 1024 * 1024

export class BodyError extends Error {}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    size += bytes.length
    if (size > BODY_LIMIT) throw new BodyError('body too large')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

function parseJson(text: string): ValueMap {
  if (text.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    return isMap(value) ? value : {}
  } catch {
    throw new BodyError('body is not JSON')
  }
}

function parseMultipart(body: Buffer, type: string): ValueMap {
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1]
  const target: ValueMap = {}
  if (boundary === undefined) return target
  for (const part of body.toString('utf8').split(`--${boundary}`)) {
    const name = /name="([^"]*)"/.exec(part)?.[1]
    const at = part.indexOf('\r\n\r\n')
    if (name !== undefined && at >= 0) assign(target, name, part.slice(at + 4).replace(/\r\n$/, ''))
  }
  return Object.fromEntries(
    Object.entries(target).map(([key, value]): [string, Value] => [key, withLists(value)]),
  )
}

/** Query parameters first, those of the body over them. @throws BodyError when the body cannot be read */
export function readParameters(request: IncomingMessage, url: URL, body: Buffer): ValueMap {
  const query = parseForm(url.search.slice(1))
  if (request.method === 'GET' || request.method === 'HEAD' || body.length === 0) return query
  const type = request.headers['content-type'] ?? ''
  if (type.includes('multipart/form-data')) return { ...query, ...parseMultipart(body, type) }
  if (type.includes('json')) return { ...query, ...parseJson(body.toString('utf8')) }
  return { ...query, ...parseForm(body.toString('utf8')) }
}
