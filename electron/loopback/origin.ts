// Whether a request was meant for this host and came from its own page.

import type { IncomingMessage } from 'node:http'

/**
 * `Host` must be the very address: another name that was made to lead to 127.0.0.1 (DNS rebinding) is refused.
 * `Origin`, where there is one, must be the page's own; `needed` where browsers always send one (writing, sockets).
 */
export function isOurs(request: IncomingMessage, authority: string, needed: boolean): boolean {
  if (request.headers.host !== authority) return false
  const { origin } = request.headers
  if (origin === undefined) return !needed && fromOurPage(request)
  return origin === `http://${authority}`
}

/** Fetch metadata, which every current browser sends: `none` is what a person typed or opened. */
function fromOurPage(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return true
  // An address that another program or page opens as a whole page may only be the one with the token.
  return request.headers['sec-fetch-mode'] === 'navigate' && request.headers['sec-fetch-dest'] === 'document'
}
