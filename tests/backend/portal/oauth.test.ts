import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createPortalClient, defaultSettings } from '../../../electron/backend/portal/create-client.ts'
import { beginSignIn } from '../../../electron/backend/portal/oauth.ts'
import { oauthEndpoint } from '../../../electron/backend/portal/oauth-session.ts'
import { requireOAuthHost } from '../../../electron/backend/portal/oauth-tokens.ts'
import type { OAuthApp, Tokens } from '../../../electron/backend/portal/oauth-tokens.ts'
import { createWire } from '../../../electron/backend/portal/request.ts'
import { startReturnListener } from '../../../electron/backend/portal/return-listener.ts'
import { createFastClock, createVirtualClock } from './kit/clocks.ts'
import { createLog, directNetwork } from './kit/fake-portal.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

interface FakeServer {
  host: string
  grants: Record<string, string>[]
  calls: { path: string; auth: unknown }[]
  close(): Promise<void>
}

/** A portal and its authorization server in one, from the OAuth pages of the documentation. */
async function startFakeServer(
  over: {
    token?: (grant: Record<string, string>) => { status: number; json: unknown }
    rest?: (auth: unknown, path: string) => { status: number; json?: unknown; location?: string }
  } = {},
): Promise<FakeServer> {
  const grants: Record<string, string>[] = []
  const calls: { path: string; auth: unknown }[] = []
  let host = ''
  const server = http.createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      if (request.url === '/oauth/token/') {
        const grant = Object.fromEntries(new URLSearchParams(body))
        grants.push(grant)
        const say = over.token?.(grant) ?? { status: 200, json: pair(host, grants.length) }
        response.writeHead(say.status, { 'Content-Type': 'application/json' }).end(JSON.stringify(say.json))
        return
      }
      const auth = (JSON.parse(body) as { auth?: unknown }).auth
      calls.push({ path: request.url ?? '', auth })
      const say = over.rest?.(auth, request.url ?? '') ?? { status: 200, json: { result: true } }
      const location = say.location === undefined ? {} : { Location: say.location }
      response
        .writeHead(say.status, { 'Content-Type': 'application/json', ...location })
        .end(JSON.stringify(say.json ?? {}))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const fake = {
    host,
    grants,
    calls,
    close: () =>
      new Promise<void>((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  }
  open.push(fake)
  return fake
}

function pair(host: string, round: number, over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    access_token: `canary-access-${round}`,
    refresh_token: `canary-refresh-${round}`,
    expires_in: 3600,
    client_endpoint: `http://${host}/rest/`,
    server_endpoint: 'https://oauth.bitrix.info/rest/',
    domain: 'oauth.bitrix.info',
    member_id: 'member1',
    scope: 'crm,sale',
    status: 'L',
    ...over,
  }
}

function wireOf() {
  const wire = createWire({ clock: createFastClock(1), network: directNetwork, version: '0' })
  open.push(wire)
  return wire
}
const appOf = (host: string, over: Partial<OAuthApp> = {}): OAuthApp => ({
  clientId: 'local.1',
  clientSecret: 'canary-secret',
  portalHost: `http://${host}`,
  oauthHost: null,
  ...over,
})

describe('signing in', () => {
  it('opens the documented page and exchanges the code by a form', async () => {
    const server = await startFakeServer()
    const flow = beginSignIn({ app: appOf(server.host), wire: wireOf(), clock: createFastClock(1) })
    expect(flow.authorizeUrl).toBe(
      `http://${server.host}/oauth/authorize/?client_id=local.1&state=${flow.state}`,
    )
    expect(flow.state.length).toBeGreaterThanOrEqual(32)
    const back = `http://127.0.0.1:53682/sverka?code=abcd1234&state=${flow.state}&domain=${encodeURIComponent(server.host)}&member_id=member1&scope=crm%2Csale&server_domain=${encodeURIComponent(server.host)}`
    const tokens = await flow.finish(back)
    expect(tokens).toMatchObject({
      accessToken: 'canary-access-1',
      refreshToken: 'canary-refresh-1',
      memberId: 'member1',
      clientEndpoint: `http://${server.host}/rest/`,
      scopes: ['crm', 'sale'],
    })
    expect(server.grants).toEqual([
      {
        grant_type: 'authorization_code',
        code: 'abcd1234',
        client_id: 'local.1',
        client_secret: 'canary-secret',
      },
    ])
    await expect(flow.finish(back)).rejects.toMatchObject({ fault: { code: 'oauth.expired' } })
    expect(server.grants.length).toBe(1)
  })

  it('money rule 18: takes a bare code, but no address without its state or with another', async () => {
    const server = await startFakeServer()
    const begin = () => beginSignIn({ app: appOf(server.host), wire: wireOf(), clock: createFastClock(1) })
    expect((await begin().finish(' abcd1234 ')).memberId).toBe('member1')
    for (const text of [
      '?code=abcd1234',
      '?code=abcd1234&state=other',
      'http://127.0.0.1/sverka?state=x',
      'no code here',
      '',
    ]) {
      await expect(begin().finish(text)).rejects.toMatchObject({ fault: { code: 'oauth.state' } })
    }
    expect(server.grants.length).toBe(1)
  })

  it('money rule 18: is over after ten minutes', async () => {
    const server = await startFakeServer()
    const clock = createVirtualClock()
    const flow = beginSignIn({ app: appOf(server.host), wire: wireOf(), clock })
    expect(flow.expiresAt - clock.now()).toBe(600_000)
    await clock.run(clock.now() + 600_001)
    await expect(flow.finish('abcd1234')).rejects.toMatchObject({ fault: { code: 'oauth.expired' } })
    expect(server.grants.length).toBe(0)
  })

  it('money rule 18: sends the secret to no host that is neither documented nor typed', async () => {
    const server = await startFakeServer()
    const flow = beginSignIn({ app: appOf(server.host), wire: wireOf(), clock: createFastClock(1) })
    await expect(
      flow.finish(`?code=abcd1234&state=${flow.state}&server_domain=evil.example`),
    ).rejects.toMatchObject({ fault: { code: 'oauth.host', host: 'evil.example' } })
    const cloud = appOf('', { portalHost: 'firma.bitrix24.ru' })
    for (const host of ['oauth.bitrix.info', 'oauth.bitrix24.tech'])
      expect(() => requireOAuthHost(host, cloud)).not.toThrow()
    for (const host of ['oauth.bitrix.info.evil.example', '127.0.0.1:80', 'firma.bitrix24.ru']) {
      expect(() => requireOAuthHost(host, cloud)).toThrowError('oauth.host')
    }
    expect(() =>
      requireOAuthHost('auth.firma.ru', { ...cloud, oauthHost: 'https://auth.firma.ru/' }),
    ).not.toThrow()
    expect(server.grants.length).toBe(0)
  })

  it('refuses the answer of another portal', async () => {
    const server = await startFakeServer({ token: () => ({ status: 200, json: pair('127.0.0.1:1', 1) }) })
    const begin = () => beginSignIn({ app: appOf(server.host), wire: wireOf(), clock: createFastClock(1) })
    const other = { fault: { code: 'portal.address', reason: 'returnedOther' } }
    await expect(begin().finish('abcd1234')).rejects.toMatchObject(other)
    const flow = begin()
    await expect(
      flow.finish(`?code=abcd1234&state=${flow.state}&domain=anders.bitrix24.ru`),
    ).rejects.toMatchObject(other)
  })

  it.each([
    ['invalid_client', 'oauth.invalidClient'],
    ['invalid_grant', 'oauth.invalidGrant'],
    ['insufficient_scope', 'rest.scopeMissing'],
    ['PAYMENT_REQUIRED', 'rest.planWithoutRest'],
    ['wrong_client', 'oauth.refused'],
  ])('tells %s as %s', async (error, code) => {
    const server = await startFakeServer({
      token: () => ({ status: 400, json: { error, error_description: 'canary' } }),
    })
    const flow = beginSignIn({ app: appOf(server.host), wire: wireOf(), clock: createFastClock(1) })
    await expect(flow.finish('abcd1234')).rejects.toMatchObject({ fault: { code } })
  })
})

describe('a signed-in portal', () => {
  async function sessionOf(server: FakeServer, over: { store?: (tokens: Tokens) => Promise<void> } = {}) {
    const stored: Tokens[] = []
    const log = createLog()
    const tokens: Tokens = {
      accessToken: 'canary-old',
      refreshToken: 'canary-refresh-0',
      expiresAt: 0,
      memberId: 'member1',
      clientEndpoint: `http://${server.host}/rest/`,
      oauthHost: server.host,
      scopes: ['crm'],
      userId: '1',
    }
    const clock = createFastClock(20)
    const store = over.store ?? ((fresh: Tokens) => (stored.push(fresh), Promise.resolve()))
    const load = (): Promise<Tokens | null> => Promise.resolve(stored.at(-1) ?? null)
    const endpoint = oauthEndpoint({
      app: appOf(server.host),
      tokens,
      wire: wireOf(),
      clock,
      log,
      load,
      store,
    })
    const client = createPortalClient({
      portalId: 'p_x',
      endpoint,
      ports: { clock, network: directNetwork, log },
      settings: () => defaultSettings,
      version: '0',
    })
    open.push(client)
    return { client, stored, log }
  }
  const expired = {
    status: 401,
    json: { error: 'expired_token', error_description: 'canary-old has expired' },
  }

  it('refreshes once for all callers after expired_token, keeps the new pair and repeats each call once', async () => {
    const server = await startFakeServer({
      rest: (auth) => (auth === 'canary-access-1' ? { status: 200, json: { result: true } } : expired),
    })
    const { client, stored } = await sessionOf(server)
    const ends = await Promise.all(
      Array.from({ length: 5 }, () => client.send('crm.item.payment.pay', { id: 1 }, { kind: 'write' })),
    )
    expect(ends.map((end) => end.class)).toEqual(Array(5).fill('executed'))
    expect(server.grants).toEqual([
      {
        grant_type: 'refresh_token',
        refresh_token: 'canary-refresh-0',
        client_id: 'local.1',
        client_secret: 'canary-secret',
      },
    ])
    expect(stored.map((tokens) => tokens.refreshToken)).toEqual(['canary-refresh-1'])
    expect(server.calls.filter((call) => call.auth === 'canary-access-1').length).toBe(5)
    expect(server.calls[0]?.path).toBe('/rest/crm.item.payment.pay')
  })

  it('repeats no more than once and says when signing in again is needed', async () => {
    const always = await startFakeServer({ rest: () => expired })
    const first = await sessionOf(always)
    expect(await first.client.send('profile', {}, { kind: 'read' })).toMatchObject({
      class: 'notExecuted',
      fault: { code: 'rest.tokenExpired' },
    })
    expect(always.calls.length).toBe(2)
    const dead = await startFakeServer({
      rest: () => expired,
      token: () => ({ status: 400, json: { error: 'invalid_grant' } }),
    })
    const second = await sessionOf(dead)
    expect(await second.client.send('profile', {}, { kind: 'read' })).toMatchObject({
      class: 'notExecuted',
      fault: { code: 'oauth.invalidGrant' },
      retryAfterMs: null,
    })
    await expect(second.client.read('profile', {})).rejects.toMatchObject({
      fault: { code: 'oauth.invalidGrant' },
    })
  })

  it('goes on with a pair that could not be kept, and refuses that of another member', async () => {
    const server = await startFakeServer({
      rest: (auth) => (auth === 'canary-access-1' ? { status: 200, json: { result: 1 } } : expired),
    })
    const unkept = await sessionOf(server, { store: () => Promise.reject(new Error('canary')) })
    expect((await unkept.client.send('profile', {}, { kind: 'read' })).class).toBe('executed')
    expect(unkept.log.lines.join()).toContain('oauth.store')
    const other = await startFakeServer({
      rest: () => expired,
      token: () => ({ status: 200, json: pair('127.0.0.1:1', 1, { member_id: 'member2' }) }),
    })
    const foreign = await sessionOf(other)
    expect(await foreign.client.send('profile', {}, { kind: 'read' })).toMatchObject({
      fault: { code: 'portal.mismatch' },
    })
  })

  /** A portal that knows the token as this user's, under this app. */
  const known =
    (userId: string, code = 'local.1') =>
    (_: unknown, path: string) => ({
      status: 200,
      json: { result: path.endsWith('app.info') ? { CODE: code, INSTALLED: true } : { ID: userId } },
    })
  const renamed = async (fresh: FakeServer, round: number) =>
    startFakeServer({
      rest: () => ({ status: 302, location: `http://${fresh.host}/rest/profile` }),
      token: () => ({ status: 200, json: pair(fresh.host, round) }),
    })

  it('money rule 17: follows a rename to where the authorization server says the same member is, once a read there proved it', async () => {
    const fresh = await startFakeServer({ rest: known('1') })
    const { client, stored } = await sessionOf(await renamed(fresh, 9))
    expect((await client.send('crm.item.payment.pay', { id: 7 }, { kind: 'read' })).class).toBe('executed')
    expect(fresh.calls).toEqual(
      ['profile', 'app.info', 'crm.item.payment.pay'].map((method) => ({
        path: `/rest/${method}`,
        auth: 'canary-access-9',
      })),
    )
    expect(stored.map(({ clientEndpoint }) => new URL(clientEndpoint).host === fresh.host)).toEqual([
      false,
      true,
    ])
  })

  it.each([
    ['another user', known('2')],
    ['another app', known('1', 'local.2')],
    ['a page', () => ({ status: 200, json: 'hello' })],
    ['a redirect', () => ({ status: 302, location: 'http://127.0.0.1:1/' })],
  ])('money rule 17: is not led to a new host that answers as %s', async (_, rest) => {
    const fresh = await startFakeServer({ rest })
    const { client, stored } = await sessionOf(await renamed(fresh, 9))
    const end = await client.send('crm.item.payment.pay', { id: 7 }, { kind: 'write' })
    expect(end).toMatchObject({ class: 'notExecuted', fault: { code: 'portal.moved', host: fresh.host } })
    expect(fresh.calls.some(({ path }) => path.endsWith('pay'))).toBe(false)
    // The pair is not lost by it: the old one is dead at the authorization server.
    expect(stored.map(({ refreshToken }) => refreshToken)).toEqual(['canary-refresh-9'])
  })

  it('is not led to where nobody but the portal says it moved', async () => {
    const fresh = await startFakeServer({ rest: known('1') })
    const trap = await startFakeServer({
      rest: () => ({ status: 302, location: 'https://evil.example/rest/profile' }),
      token: () => ({ status: 200, json: pair(fresh.host, 10) }),
    })
    const trapped = await sessionOf(trap)
    expect(await trapped.client.send('profile', {}, { kind: 'read' })).toMatchObject({
      class: 'notExecuted',
      fault: { code: 'portal.moved', host: 'evil.example' },
    })
  })

  it('lets no token out', async () => {
    const server = await startFakeServer({
      rest: () => ({ status: 400, json: { error: 'X', error_description: 'canary-old canary-secret' } }),
    })
    const { client, log } = await sessionOf(server)
    const end = await client.send('profile', {}, { kind: 'read' })
    expect(JSON.stringify(end) + log.lines.join()).not.toContain('canary')
  })
})

describe('the return address', () => {
  async function freePort(): Promise<number> {
    const server = http.createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    return port
  }
  const get = async (url: string): Promise<[number, string]> => {
    const response = await fetch(url)
    return [response.status, await response.text()]
  }

  it('takes one return with the right state and answers in two languages', async () => {
    const port = await freePort()
    const returns: string[] = []
    const listener = await startReturnListener({
      port,
      state: 'right',
      onReturn: (address) => (returns.push(address), Promise.resolve()),
    })
    expect(listener).not.toBeNull()
    if (listener !== null) open.push(listener)
    const base = `http://127.0.0.1:${port}`
    expect((await get(`${base}/`))[0]).toBe(404)
    expect((await get(`${base}/sverka`))[0]).toBe(404)
    expect((await get(`${base}/sverka?code=a&state=wrong`))[0]).toBe(400)
    expect(returns).toEqual([])
    const [status, page] = await get(`${base}/sverka?code=abcd&state=right&domain=x`)
    expect(status).toBe(200)
    expect(page).toContain('Вход выполнен')
    expect(page).toContain('You are signed in')
    expect(page).not.toContain('abcd')
    expect((await get(`${base}/sverka?code=abcd&state=right`))[0]).toBe(400)
    expect(returns).toEqual([`${base}/sverka?code=abcd&state=right&domain=x`])
  })

  it('says that it failed, and answers no other host name', async () => {
    const port = await freePort()
    const listener = await startReturnListener({
      port,
      state: 's',
      onReturn: () => Promise.reject(new Error('no')),
    })
    if (listener !== null) open.push(listener)
    const rebound = await new Promise<number>((resolve) => {
      http.get(
        {
          port,
          host: '127.0.0.1',
          path: '/sverka?code=a&state=s',
          headers: { Host: `evil.example:${port}` },
        },
        (response) => resolve(response.statusCode ?? 0),
      )
    })
    expect(rebound).toBe(404)
    expect((await get(`http://127.0.0.1:${port}/sverka?code=a&state=s`))[0]).toBe(400)
  })

  it('is null when the port is busy', async () => {
    const port = await freePort()
    const listener = await startReturnListener({ port, state: 's', onReturn: () => Promise.resolve() })
    if (listener !== null) open.push(listener)
    expect(await startReturnListener({ port, state: 's', onReturn: () => Promise.resolve() })).toBeNull()
  })
})
