// Where a portal's REST stands and what proves who asks: the only thing that differs between a webhook and OAuth.

import { parseWebhook } from './address.ts'

export interface Endpoint {
  /** Ends with a slash; a method's name follows. A secret as a whole for a webhook. */
  base: string
  host: string
  /** OAuth access token for the body's `auth`; null for a webhook. */
  auth: string | null
}

export interface EndpointProvider {
  current(): Promise<Endpoint>
  /**
   * A fresh endpoint after `expired_token`. Callers at the same time share one refresh; one that comes with an endpoint
   * which is stale already gets the present one. Throws Refusal. Absent for a webhook.
   */
  renew?(stale: Endpoint): Promise<Endpoint>
  /**
   * After a redirect to another host: the endpoint there once it is proved to be the same portal, null when it cannot be
   * proved. Absent for a webhook, whose address must not be sent to a new host (money rule 17).
   */
  follow?(host: string): Promise<Endpoint | null>
  /** Every secret in use, to be cut from whatever the portal says. */
  secrets(): readonly string[]
}

/** Throws `portal.address` for anything that is no webhook's address. */
export function webhookEndpoint(url: string): EndpointProvider {
  const { base, host, code } = parseWebhook(url)
  const endpoint: Endpoint = { base, host, auth: null }
  return { current: () => Promise.resolve(endpoint), secrets: () => [code] }
}
