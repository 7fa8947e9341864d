// Files over HTTP: an upload becomes a ticket, a ticket becomes a download.

import { randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '../contract/fault.ts'
import type { Fault } from '../contract/fault.ts'
import type { Tickets } from '../backend/session.ts'
import { pageHeaders } from '../host/page-headers.ts'
import { refuse } from './page.ts'

export interface UploadOptions {
  tickets: Tickets
  /** The profile's folder for temporary files. */
  temp: string
  maxBytes: number
}

/** Stores the body as a temporary file and answers `{ ticket }`; a refusal is `{ fault }`. */
export async function receiveFile(
  request: IncomingMessage,
  response: ServerResponse,
  options: UploadOptions,
): Promise<void> {
  const name = nameOf(request)
  if (name === null) return refuse(response, 400)
  const path = join(options.temp, `upload-${randomBytes(12).toString('hex')}`)
  const tooLarge = new Refusal({ code: 'file.tooLarge', limitMb: Math.floor(options.maxBytes / 1_048_576) })
  try {
    if (Number(request.headers['content-length'] ?? 0) > options.maxBytes) throw tooLarge
    await pipeline(
      request,
      limit(options.maxBytes, tooLarge),
      createWriteStream(path, { flags: 'wx', mode: 0o600 }),
    )
    sendJson(response, 200, { ticket: await options.tickets.claim(path, name, true) })
  } catch (error) {
    await rm(path, { force: true })
    if (response.destroyed) return
    if (!(error instanceof Refusal)) throw error
    sendJson(response, error === tooLarge ? 413 : 422, { fault: error.fault })
  }
}

/** The header holds the name percent-encoded: header values are bytes, names are not. */
function nameOf(request: IncomingMessage): string | null {
  const header = request.headers['x-file-name']
  if (typeof header !== 'string' || header.length > 3000) return null
  try {
    const name = decodeURIComponent(header).split(/[\\/]/).at(-1) ?? ''
    return name === '' || /[\0-\x1f]/.test(name) ? null : name
  } catch {
    return null
  }
}

function limit(maxBytes: number, tooLarge: Error): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > maxBytes) done(tooLarge)
      else done(null, chunk)
    },
  })
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: { ticket: string } | { fault: Fault },
): void {
  const headers = { ...pageHeaders, 'content-type': 'application/json', 'cache-control': 'no-store' }
  response.writeHead(status, status === 413 ? { ...headers, connection: 'close' } : headers)
  response.end(JSON.stringify(body))
}

/** Sends the file behind a ticket as a download; 404 when there is none. */
export async function sendFile(
  ticket: string,
  request: IncomingMessage,
  response: ServerResponse,
  tickets: Tickets,
): Promise<void> {
  const file = tickets.locate(ticket)
  const bytes = file && (await stat(file.path).catch(() => undefined))?.size
  if (!file || bytes === undefined) return refuse(response, 404)
  response.writeHead(200, {
    ...pageHeaders,
    'content-type': 'application/octet-stream',
    'content-length': bytes,
    'content-disposition': contentDisposition(file.name),
    'cache-control': 'no-store',
  })
  if (request.method === 'HEAD') response.end()
  else await pipeline(createReadStream(file.path), response)
}

/** RFC 6266 with RFC 8187's `filename*`: a plain name for old readers, the real one for all others. */
export function contentDisposition(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%/]/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
