// The window's own scheme: `app://sverka/…` serves the built window and nothing else, under the strict policy.

import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import { findPageFile } from '../host/page-files.ts'
import { pageHeaders } from '../host/page-headers.ts'

const scheme = 'app'
const authority = 'sverka'
export const pageAddress = `${scheme}://${authority}/`

/** Must run before the app is ready; a standard, secure scheme has an origin, which `file:` has not. */
export function claimScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** `root` is the folder of the built window. */
export function serveScheme(root: string): void {
  protocol.handle(scheme, (request) => answer(root, request.method, request.url))
}

async function answer(root: string, method: string, address: string): Promise<Response> {
  const url = URL.parse(address)
  if (method !== 'GET' || url?.host !== authority) return refusal(403)
  const file = await findPageFile(root, url.pathname)
  if (!file) return refusal(404)
  return new Response(await readFile(file.path), {
    headers: { ...pageHeaders, 'content-type': file.type, 'cache-control': 'no-cache' },
  })
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: { ...pageHeaders } })
}

/** Whether an address is of the window itself. */
export function isOurPage(address: string): boolean {
  const url = URL.parse(address)
  return url?.protocol === `${scheme}:` && url.host === authority
}
