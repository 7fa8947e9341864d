// Whether a portal that says it moved is the one our tokens belong to (money rule 17).

import type { Clock } from '../ports.ts'
import { classify } from './classify.ts'
import type { Endpoint } from './endpoint.ts'
import { isRecord } from './envelope.ts'
import type { OAuthApp, Tokens } from './oauth-tokens.ts'
import type { Wire } from './request.ts'

export interface NewHostInput {
  wire: Wire
  clock: Clock
  app: OAuthApp
  tokens: Tokens
  /** The new host, with the new access token. */
  endpoint: Endpoint
}

/**
 * Reads on the new host before anything else is sent there. No documented method of a portal names its `member_id`
 * (api-reference/common/system/app-info.md), so the member is told by who the token is there: the same user (`profile`)
 * under the same app (`app.info`). A `member_id` that is answered all the same must be ours.
 */
export async function isSamePortal(input: NewHostInput): Promise<boolean> {
  const { tokens, app } = input
  const user = await readOnce(input, 'profile')
  if (user === null || (tokens.userId !== null && String(user['ID']) !== tokens.userId)) return false
  const info = await readOnce(input, 'app.info')
  if (info === null || info['INSTALLED'] === false) return false
  const member = info['MEMBER_ID'] ?? info['member_id']
  if (member !== undefined && member !== tokens.memberId) return false
  // A local app's code is its client id; an app of the market has a name of its own.
  return !app.clientId.startsWith('local.') || info['CODE'] === app.clientId
}

const timeoutMs = 30_000

async function readOnce(
  { wire, endpoint, tokens, app }: NewHostInput,
  method: string,
): Promise<Readonly<Record<string, unknown>> | null> {
  const ending = await wire.post({
    address: endpoint.base + method,
    body: JSON.stringify({ auth: endpoint.auth }),
    contentType: 'application/json',
    kind: 'read',
    timeoutMs,
  })
  const secrets = [tokens.accessToken, tokens.refreshToken, app.clientSecret]
  const outcome = classify({ ...ending, method, kind: 'read', host: endpoint.host, secrets })
  return outcome.class === 'executed' && isRecord(outcome.result) ? outcome.result : null
}
