// Serves the built window, with the bridge put before the program.

import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { stripTypeScriptTypes } from 'node:module'
import { pipeline } from 'node:stream/promises'
import { findPageFile } from '../host/page-files.ts'
import { pageHeaders } from '../host/page-headers.ts'

const bridgeTag = '<script src="/bridge.js"></script>'

/** Answers a GET or HEAD of a path of the page; 404 for what is not there. */
export async function servePage(
  root: string,
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (pathname === '/bridge.js')
    return sendText(response, 'text/javascript; charset=utf-8', await bridgeScript())
  // Browsers ask for it unasked; the page names its own icon.
  if (pathname === '/favicon.ico') return sendNothing(response)
  const file = await findPageFile(root, pathname)
  if (!file) return refuse(response, 404)
  if (file.isPage) return sendText(response, file.type, withBridge(await readFile(file.path, 'utf8')))
  const lasting = pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
  response.writeHead(200, { ...pageHeaders, 'content-type': file.type, 'cache-control': lasting })
  if (request.method === 'HEAD') response.end()
  else await pipeline(createReadStream(file.path), response)
}

/** The bridge must stand before the program asks for it: a classic script runs before any module. */
export function withBridge(page: string): string {
  const at = page.search(/<script\b|<\/head>/i)
  if (at < 0) throw new Error('the page has neither a head nor a script')
  return `${page.slice(0, at)}${bridgeTag}\n    ${page.slice(at)}`
}

export async function bridgeScript(): Promise<string> {
  const source = await readFile(new URL('./window/bridge.ts', import.meta.url), 'utf8')
  return stripTypeScriptTypes(source)
}

function sendText(response: ServerResponse, type: string, text: string): void {
  response.writeHead(200, { ...pageHeaders, 'content-type': type, 'cache-control': 'no-store' })
  response.end(text)
}

function sendNothing(response: ServerResponse): void {
  response.writeHead(204, { ...pageHeaders })
  response.end()
}

/** An answer without a body, closing the connection so that an unread upload does not linger. */
export function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, {
    ...pageHeaders,
    'cache-control': 'no-store',
    connection: 'close',
    'content-length': '0',
  })
  response.end()
}
