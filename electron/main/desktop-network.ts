// The proxy as the system's settings (and its PAC script) say, asked of Chromium.

import { session } from 'electron'
import type { Log, Network } from '../backend/ports.ts'
import type { Policy } from '../contract/app.ts'
import { onceRead } from '../host/system-network.ts'

export function desktopNetwork(log: Log, policy: Policy): Network {
  return {
    async proxyFor(url) {
      const answer = await session.defaultSession.resolveProxy(url)
      const found = proxyOfPac(answer)
      if (found === undefined) log.warn('proxy.unusable', { answer })
      // Chromium sends nothing for this computer through a proxy; the administrator's proxy must not either.
      const direct = isLoopback(url)
      return direct ? null : (policy.proxy ?? found ?? null)
    },
    certificates: onceRead(log),
  }
}

/**
 * The first usable entry of an answer like `PROXY a:8080; SOCKS5 b:1080; DIRECT` (the form of PAC scripts): an
 * address, null for a direct connection, undefined where only proxies are named that do not speak HTTP.
 */
export function proxyOfPac(answer: string): string | null | undefined {
  for (const entry of answer.split(';')) {
    const [kind = '', place = ''] = entry.trim().split(/\s+/)
    if (kind.toUpperCase() === 'DIRECT') return null
    if (kind.toUpperCase() === 'PROXY' || kind.toUpperCase() === 'HTTP') return `http://${place}`
    if (kind.toUpperCase() === 'HTTPS') return `https://${place}`
  }
  return undefined
}

function isLoopback(address: string): boolean {
  const host = URL.parse(address)?.hostname
  return host === '127.0.0.1' || host === 'localhost' || host === '[::1]'
}
