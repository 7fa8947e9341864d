import { describe, expect, it } from 'vitest'
import type { DemoPortal } from '../../electron/demo-portal/start.ts'
import { at, call, callWithToken, get, portalWith, post, postForm, record } from './kit.ts'

const back = 'http://127.0.0.1:9911/back'

async function authorize(
  portal: DemoPortal,
  query: string,
): Promise<{ status: number; location: URL | undefined; text: string }> {
  const response = await fetch(`${portal.url}/oauth/authorize/?${query}`, { redirect: 'manual' })
  const location = response.headers.get('location')
  return {
    status: response.status,
    location: location === null ? undefined : new URL(location),
    text: await response.text(),
  }
}

async function codeOf(portal: DemoPortal): Promise<string> {
  const { location } = await authorize(portal, `client_id=${portal.oauth.clientId}&state=s1&allow=yes`)
  return location?.searchParams.get('code') ?? ''
}

function exchange(
  portal: DemoPortal,
  parameters: Record<string, string>,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const all = { client_id: portal.oauth.clientId, client_secret: portal.oauth.clientSecret, ...parameters }
  return postForm(portal.oauth.tokenUrl, new URLSearchParams(all).toString())
}

describe('signing in', () => {
  it('shows a page with a button and then returns with code, state, domain, member_id, scope, server_domain', async () => {
    const portal = await portalWith({ oauth: { redirectUri: back } })
    const page = await authorize(portal, `client_id=${portal.oauth.clientId}&state=a%22b`)
    expect(page.status).toBe(200)
    expect(page.text).toContain('name="allow" value="yes"')
    expect(page.text).toContain('value="a&quot;b"')
    const { status, location } = await authorize(
      portal,
      `client_id=${portal.oauth.clientId}&state=s1&allow=yes`,
    )
    expect(status).toBe(302)
    expect(location?.href.startsWith(`${back}?`)).toBe(true)
    const returned = Object.fromEntries(location?.searchParams ?? [])
    expect(Object.keys(returned)).toEqual(['code', 'state', 'domain', 'member_id', 'scope', 'server_domain'])
    expect(returned).toMatchObject({
      state: 's1',
      domain: new URL(portal.url).host,
      server_domain: new URL(portal.url).host,
      scope: 'crm,sale,pay_system,user,user_brief,user_basic',
      member_id: portal.oauth.memberId,
    })
    expect(location?.search).toContain('scope=crm%2Csale')
  })

  it('returns at once when told', async () => {
    const portal = await portalWith({ oauth: { redirectUri: back, auto: true } })
    const { location } = await authorize(portal, `client_id=${portal.oauth.clientId}&state=s1`)
    expect(location?.searchParams.get('code')).toMatch(/^[0-9a-f]{48}$/)
  })

  it('shows the code for pasting when the app has no return address', async () => {
    const portal = await portalWith()
    const page = await authorize(portal, `client_id=${portal.oauth.clientId}&state=s1&allow=yes`)
    expect(page.status).toBe(200)
    const code = /id="code">([0-9a-f]+)</.exec(page.text)?.[1] ?? ''
    const answer = await exchange(portal, { grant_type: 'authorization_code', code })
    expect(answer.status).toBe(200)
  })

  it('never redirects on failure', async () => {
    const portal = await portalWith({ oauth: { redirectUri: back, auto: true } })
    const page = await authorize(portal, 'client_id=unknown&state=s1')
    expect(page).toMatchObject({ status: 200, location: undefined })
    expect(page.text).toContain('id="error"')
  })
})

describe('tokens', () => {
  it('exchanges a code by form POST and by GET', async () => {
    const portal = await portalWith({ oauth: { redirectUri: back } })
    const answer = await exchange(portal, { grant_type: 'authorization_code', code: await codeOf(portal) })
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({
      access_token: expect.stringMatching(/^[0-9a-f]{48}$/) as unknown,
      client_endpoint: `${portal.url}/rest/`,
      domain: new URL(portal.url).host,
      expires_in: 3600,
      member_id: portal.oauth.memberId,
      refresh_token: expect.stringMatching(/^[0-9a-f]{48}$/) as unknown,
      scope: 'crm,sale,pay_system,user,user_brief,user_basic',
      server_endpoint: `${portal.url}/rest/`,
      status: 'L',
    })
    const query = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: portal.oauth.clientId,
      client_secret: portal.oauth.clientSecret,
      code: await codeOf(portal),
    })
    expect((await get(`${portal.oauth.tokenUrl}?${query.toString()}`)).status).toBe(200)
  })

  it('takes a code once, and for thirty seconds', async () => {
    const portal = await portalWith({ oauth: { redirectUri: back } })
    const code = await codeOf(portal)
    await exchange(portal, { grant_type: 'authorization_code', code })
    const twice = await exchange(portal, { grant_type: 'authorization_code', code })
    expect(twice).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    const slow = await codeOf(portal)
    portal.state.advance(31_000)
    const late = await exchange(portal, { grant_type: 'authorization_code', code: slow })
    expect(late.body.error).toBe('invalid_grant')
  })

  it('refuses wrong clients and wrong requests', async () => {
    const portal = await portalWith()
    const wrongSecret = await exchange(portal, {
      grant_type: 'refresh_token',
      client_secret: 'x',
      refresh_token: 'y',
    })
    expect(wrongSecret).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    const wrongKind = await exchange(portal, { grant_type: 'password' })
    expect(wrongKind).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  })

  it('rotates the refresh token: the old one is dead', async () => {
    const portal = await portalWith()
    const pair = portal.state.tokens.grant(8)
    const renewed = await exchange(portal, { grant_type: 'refresh_token', refresh_token: pair.refreshToken })
    expect(renewed.body).toMatchObject({ user_id: 8, expires_in: 3600 })
    expect(Number(renewed.body.expires)).toBeGreaterThan(Date.now() / 1000 + 3_500)
    const dead = await exchange(portal, { grant_type: 'refresh_token', refresh_token: pair.refreshToken })
    expect(dead.body.error).toBe('invalid_grant')
    const next = await exchange(portal, {
      grant_type: 'refresh_token',
      refresh_token: String(renewed.body.refresh_token),
    })
    expect(next.status).toBe(200)
    expect(portal.state.log.countRequests('oauth/token')).toBe(3)
  })

  it('expires access after an hour with 401, before anything is executed', async () => {
    const portal = await portalWith()
    const { accessToken } = portal.state.tokens.grant(1)
    portal.state.advance(3_601_000)
    expect(await callWithToken(portal, 'crm.item.payment.pay', { id: 1038 }, accessToken)).toEqual({
      status: 401,
      body: { error: 'expired_token', error_description: 'The access token provided has expired' },
    })
    expect(portal.state.log.writes).toEqual([])
  })

  it('can be made to expire and to die', async () => {
    const portal = await portalWith()
    const pair = portal.state.tokens.grant(1)
    portal.state.tokens.expireAccess()
    expect((await callWithToken(portal, 'scope', {}, pair.accessToken)).body.error).toBe('expired_token')
    portal.state.tokens.revokeAll()
    const refused = await exchange(portal, { grant_type: 'refresh_token', refresh_token: pair.refreshToken })
    expect(refused.body.error).toBe('invalid_grant')
  })

  it('answers NO_AUTH_FOUND without a token or with a wrong webhook, invalid_token for a strange one', async () => {
    const portal = await portalWith()
    const answers = [
      await post(`${portal.url}/rest/profile`),
      await post(`${portal.url}/rest/1/wrong/profile`),
      await post(`${portal.url}/rest/77/demo0admin0webhook0/profile`),
      await callWithToken(portal, 'profile', {}, 'f'.repeat(48)),
    ]
    expect(answers.map((answer) => [answer.status, answer.body.error])).toEqual([
      [401, 'NO_AUTH_FOUND'],
      [401, 'NO_AUTH_FOUND'],
      [401, 'NO_AUTH_FOUND'],
      [401, 'invalid_token'],
    ])
  })

  it('acts as the user who signed in, within the scopes of the app', async () => {
    const portal = await portalWith({ oauth: { scopes: ['crm'] } })
    const { accessToken } = portal.state.tokens.grant(8)
    expect((await callWithToken(portal, 'profile', {}, accessToken)).body.result).toMatchObject({
      ID: '8',
      ADMIN: false,
    })
    expect((await callWithToken(portal, 'scope', {}, accessToken)).body.result).toEqual(['crm'])
    expect(await callWithToken(portal, 'sale.payment.list', {}, accessToken)).toMatchObject({
      status: 403,
      body: { error: 'insufficient_scope' },
    })
    const known = await callWithToken(portal, 'method.get', { name: 'sale.payment.list' }, accessToken)
    expect(known.body.result).toEqual({ isExisting: true, isAvailable: false })
  })

  it('can be closed to a user', async () => {
    const portal = await portalWith()
    const { accessToken } = portal.state.tokens.grant(8)
    portal.state.tokens.closeTo(8, true)
    expect(await callWithToken(portal, 'profile', {}, accessToken)).toMatchObject({
      status: 403,
      body: { error: 'user_access_error' },
    })
  })

  it('tells about the app to the app only', async () => {
    const portal = await portalWith()
    const { accessToken } = portal.state.tokens.grant(1)
    const info = await callWithToken(portal, 'app.info', {}, accessToken)
    expect(info.body.result).toMatchObject({ STATUS: 'L', INSTALLED: true, CODE: portal.oauth.clientId })
    expect(await call(portal, 'app.info')).toMatchObject({ status: 400, body: { error: 'ACCESS_DENIED' } })
  })

  it('forgives a doubled slash and takes the token from the query', async () => {
    const portal = await portalWith()
    const { accessToken } = portal.state.tokens.grant(1)
    const answer = await get(`${portal.url}/rest//profile?auth=${accessToken}`)
    expect(at(answer.body, 'result', 'ID')).toBe('1')
  })

  it('can put the authorization server on another host', async () => {
    const portal = await portalWith({ oauth: { separateServer: true, redirectUri: back } })
    const { location } = await authorize(portal, `client_id=${portal.oauth.clientId}&state=s&allow=yes`)
    const returned = Object.fromEntries(location?.searchParams ?? [])
    expect(returned.domain).toBe(new URL(portal.url).host)
    expect(returned.server_domain).toBe(new URL(portal.otherUrl).host)
    const answer = await exchange(portal, { grant_type: 'authorization_code', code: returned.code ?? '' })
    expect(answer.body).toMatchObject({
      domain: new URL(portal.otherUrl).host,
      client_endpoint: `${portal.url}/rest/`,
      server_endpoint: `${portal.otherUrl}/rest/`,
    })
    const atPortal = await fetch(`${portal.url}/oauth/token/`)
    expect(atPortal.headers.get('content-type')).toContain('text/html')
  })

  it('names the new address of a renamed portal when tokens are refreshed, with the same member_id', async () => {
    const portal = await portalWith()
    const pair = portal.state.tokens.grant(1)
    portal.state.rename()
    const answer = await exchange(portal, { grant_type: 'refresh_token', refresh_token: pair.refreshToken })
    expect(record(answer.body)).toMatchObject({
      client_endpoint: `${portal.otherUrl}/rest/`,
      member_id: portal.oauth.memberId,
    })
  })
})
