/** The two addresses of OAuth: the page on which a person allows the app, and the token exchange. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { GrantError, type TokenPair } from '../call/access.ts'
import type { Portal } from '../portal.ts'
import { textOf } from '../values.ts'
import { sendHtml, sendJson, sendPage } from './answer.ts'
import { readBody, readParameters } from './request.ts'

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1>${body}</body></html>`
}

function hostOf(address: string): string {
  return new URL(address).host
}

function returnAddress(portal: Portal, redirectUri: string, code: string, state: string): string {
  const url = new URL(redirectUri)
  url.searchParams.set('code', code)
  url.searchParams.set('state', state)
  url.searchParams.set('domain', hostOf(publicAddress(portal)))
  url.searchParams.set('member_id', portal.memberId)
  url.searchParams.set('scope', portal.settings.oauth.scopes.join(','))
  url.searchParams.set('server_domain', hostOf(portal.addresses.authorization))
  return url.toString()
}

function finish(portal: Portal, response: ServerResponse, state: string): void {
  const { redirectUri, userId } = portal.settings.oauth
  const code = portal.access.issueCode(userId)
  if (redirectUri === null) {
    sendHtml(
      response,
      200,
      page('Код авторизации', `<p>Вставьте код в приложение: <code id="code">${code}</code></p>`),
    )
    return
  }
  const location = returnAddress(portal, redirectUri, code, state)
  sendPage(response, 302, '', { Location: location, 'Cache-Control': 'no-store' })
}

/** An unknown app is told so on the portal's own page; nothing is ever redirected on failure. */
export function serveAuthorize(portal: Portal, response: ServerResponse, url: URL): void {
  const { oauth } = portal.settings
  const state = url.searchParams.get('state') ?? ''
  if (url.searchParams.get('client_id') !== oauth.clientId) {
    sendHtml(response, 200, page('Ошибка', '<p id="error">Приложение не найдено или не установлено.</p>'))
    return
  }
  if (oauth.auto || url.searchParams.get('allow') === 'yes') {
    finish(portal, response, state)
    return
  }
  const user = portal.access.person(oauth.userId)
  const form = `<p>${escapeHtml(`${user.name} ${user.lastName}`)}, приложение «Sverka» просит доступ: ${escapeHtml(oauth.scopes.join(', '))}.</p>
<form method="get" action="/oauth/authorize/">
<input type="hidden" name="client_id" value="${escapeHtml(oauth.clientId)}">
<input type="hidden" name="state" value="${escapeHtml(state)}">
<button type="submit" name="allow" value="yes">Разрешить</button>
</form>`
  sendHtml(response, 200, page('Доступ к порталу', form))
}

function printPair(portal: Portal, pair: TokenPair, refreshed: boolean): Record<string, string | number> {
  const { oauth } = portal.settings
  const printed: Record<string, string | number> = {
    access_token: pair.accessToken,
    client_endpoint: `${publicAddress(portal)}/rest/`,
    domain: hostOf(portal.addresses.authorization),
    expires_in: oauth.accessSeconds,
    member_id: portal.memberId,
    refresh_token: pair.refreshToken,
    scope: oauth.scopes.join(','),
    server_endpoint: `${portal.addresses.authorization}/rest/`,
    status: 'L',
  }
  return refreshed
    ? { ...printed, expires: Math.floor(pair.expiresAtMs / 1000), user_id: pair.userId }
    : printed
}

function logExchange(portal: Portal, request: IncomingMessage, kind: string): void {
  portal.log.request({
    at: new Date(portal.clock.nowMs()).toISOString(),
    verb: request.method ?? 'GET',
    method: 'oauth/token',
    command: null,
    credential: '',
    params: { grant_type: kind },
    status: null,
    code: null,
  })
}

function publicAddress(portal: Portal): string {
  return portal.renamed === undefined ? portal.addresses.main : portal.addresses.other
}

/** Token exchange by GET or form POST. Errors are those of the authorization server. */
export async function serveToken(
  portal: Portal,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  try {
    const params = readParameters(request, url, await readBody(request))
    const id = textOf(params.client_id)
    const secret = textOf(params.client_secret)
    const kind = textOf(params.grant_type)
    logExchange(portal, request, kind)
    if (kind === 'authorization_code') {
      sendJson(
        response,
        200,
        printPair(portal, portal.access.exchangeCode(id, secret, textOf(params.code)), false),
      )
    } else if (kind === 'refresh_token') {
      const pair = portal.access.exchangeRefresh(id, secret, textOf(params.refresh_token))
      sendJson(response, 200, printPair(portal, pair, true))
    } else {
      throw new GrantError('invalid_request', 400, 'Invalid grant_type')
    }
  } catch (error) {
    const grant =
      error instanceof GrantError ? error : new GrantError('invalid_request', 400, 'Malformed request')
    sendJson(response, grant.status, { error: grant.code, error_description: grant.message })
  }
}
