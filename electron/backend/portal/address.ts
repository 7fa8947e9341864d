// Where a portal may stand: https anywhere, plain http only on this computer (money rule 17).

import { Refusal } from '../../contract/fault.ts'

/** Whether the host name of an address means this computer: 127.0.0.0/8, ::1, localhost. */
export function isLoopback(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '').toLowerCase()
  return bare === 'localhost' || bare === '::1' || /^127(\.\d{1,3}){3}$/.test(bare)
}

/** Throws `portal.address` unless the address is https, or http to loopback. */
export function requireSafe(url: URL): void {
  if (url.protocol === 'https:') return
  if (url.protocol !== 'http:') throw new Refusal({ code: 'portal.address', reason: 'shape' })
  if (!isLoopback(url.hostname)) throw new Refusal({ code: 'portal.address', reason: 'notHttps' })
}

export interface WebhookAddress {
  /** `https://<portal>/rest/<user>/<code>/`, secret as a whole. */
  base: string
  /** Host with the port where it is not the usual one. */
  host: string
  userId: string
  code: string
}

/**
 * Reads what a person pasted as a webhook's address; a method name, `profile.json` or a query after it is dropped.
 * Throws `portal.address` with `shape`, `notHttps` or `notWebhook`.
 */
export function parseWebhook(text: string): WebhookAddress {
  const url = toUrl(text)
  requireSafe(url)
  const parts = /^\/rest\/(\d+)\/([A-Za-z0-9_-]+)(?:\/[A-Za-z0-9_.]*)?\/?$/.exec(url.pathname)
  const [, userId, code] = parts ?? []
  if (userId === undefined || code === undefined)
    throw new Refusal({ code: 'portal.address', reason: 'notWebhook' })
  return { base: `${url.origin}/rest/${userId}/${code}/`, host: url.host, userId, code }
}

/** Reads a portal's address as people type it, with or without `https://`; answers its origin and host. */
export function parsePortal(text: string): { origin: string; host: string } {
  const url = toUrl(text)
  requireSafe(url)
  return { origin: url.origin, host: url.host }
}

function toUrl(text: string): URL {
  const trimmed = text.trim()
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`
  if (!URL.canParse(withScheme)) throw new Refusal({ code: 'portal.address', reason: 'shape' })
  const url = new URL(withScheme)
  if (url.username !== '' || url.password !== '')
    throw new Refusal({ code: 'portal.address', reason: 'shape' })
  if (!url.hostname.includes('.') && !isLoopback(url.hostname))
    throw new Refusal({ code: 'portal.address', reason: 'shape' })
  return url
}
