// The proxy and the certificates of the system, for hosts that have no browser engine to ask.

import { getCACertificates } from 'node:tls'
import type { Log, Network } from '../backend/ports.ts'

type Env = Readonly<Record<string, string | undefined>>

/**
 * Reads the customary variables (`https_proxy`, `http_proxy`, `all_proxy`, `no_proxy`, in either case). A proxy set
 * by the administrator's policy outranks them.
 */
export function systemNetwork(env: Env, policyProxy: string | null, log: Log): Network {
  return {
    proxyFor: (url) =>
      Promise.resolve(isLoopback(url) ? null : (policyProxy ?? proxyFromEnvironment(url, env))),
    certificates: onceRead(log),
  }
}

/** Proxy for an address by the environment, as `http://host:port`; null for a direct connection. */
export function proxyFromEnvironment(address: string, env: Env): string | null {
  const url = URL.parse(address)
  if (!url || isSpared(url, variable(env, 'no_proxy') ?? '')) return null
  const scheme = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy'
  return proxyAddress(variable(env, scheme) ?? variable(env, 'all_proxy') ?? '')
}

/** A proxy as people write it, `host:port` or an address; null when it is none that speaks HTTP. */
export function proxyAddress(text: string): string | null {
  if (text.trim() === '') return null
  const url = URL.parse(text.includes('://') ? text.trim() : `http://${text.trim()}`)
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') return null
  const login = url.username === '' ? '' : `${url.username}${url.password === '' ? '' : `:${url.password}`}@`
  return `${url.protocol}//${login}${url.host}`
}

function variable(env: Env, name: string): string | undefined {
  return env[name] || env[name.toUpperCase()] || undefined
}

/** Entries of no_proxy: `*`, `host`, `.domain`, `*.domain`, each with or without `:port`; a domain covers its subdomains. */
function isSpared(url: URL, list: string): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return list.split(/[\s,]+/).some((entry) => {
    if (entry === '') return false
    if (entry === '*') return true
    const [name = '', wantedPort] = entry.toLowerCase().split(':')
    if (wantedPort !== undefined && wantedPort !== port) return false
    const domain = name.replace(/^\*?\./, '')
    return url.hostname === domain || url.hostname.endsWith(`.${domain}`)
  })
}

function isLoopback(address: string): boolean {
  const host = URL.parse(address)?.hostname
  return host === '127.0.0.1' || host === 'localhost' || host === '[::1]'
}

/** Reading a system's store takes up to a second: only when first asked, and only once. */
export function onceRead(log: Log): () => readonly string[] {
  let known: readonly string[] | undefined
  return () => {
    if (known) return known
    try {
      known = getCACertificates('system')
    } catch (error) {
      log.warn('certificates.unreadable', { error })
      known = []
    }
    return known
  }
}
