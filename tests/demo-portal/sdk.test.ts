/** The official SDK finds nothing strange about the stand-in. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { B24OAuth, type B24OAuthParams } from '@bitrix24/b24jssdk'
import { describe, expect, it } from 'vitest'
import type { DemoPortal } from '../../electron/demo-portal/start.ts'
import { at, list, portalWith, record } from './kit.ts'

const run = promisify(execFile)

interface Row {
  id: number
}

function client(portal: DemoPortal, change: Partial<B24OAuthParams> = {}): B24OAuth {
  const pair = portal.state.tokens.grant(1)
  const params: B24OAuthParams = {
    applicationToken: 'none',
    userId: 1,
    memberId: portal.oauth.memberId,
    accessToken: pair.accessToken,
    refreshToken: pair.refreshToken,
    expires: Math.floor(pair.expiresAtMs / 1000),
    expiresIn: 3600,
    scope: 'crm,sale',
    domain: portal.url,
    // The portal's own endpoint ends in /rest/, which the SDK turns into a doubled slash.
    clientEndpoint: `${portal.url}/rest/`,
    serverEndpoint: `${portal.url}/rest/`,
    status: 'L',
    ...change,
  }
  const { clientId, clientSecret } = portal.oauth
  const b24 = new B24OAuth(params, { clientId, clientSecret })
  b24.offClientSideWarning()
  return b24
}

describe('B24OAuth over plain HTTP', () => {
  it('reads single objects and tells an administrator', async () => {
    const portal = await portalWith({ bucket: 'ordinary' })
    const b24 = client(portal)
    await b24.initIsAdmin()
    expect(b24.auth.isAdmin).toBe(true)
    const answer = await b24.actions.v2.call.make<{ accountNumber: string; sum: number }>({
      method: 'crm.item.payment.get',
      params: { id: 1036 },
    })
    expect(answer.isSuccess).toBe(true)
    expect(answer.getData()?.result).toMatchObject({ accountNumber: '3653/1', sum: 0 })
  })

  it('reads total and more of a counted list', async () => {
    const portal = await portalWith({ bucket: 'ordinary' })
    const answer = await client(portal).actions.v2.call.make({
      method: 'sale.payment.list',
      params: { order: { id: 'asc' }, start: 0 },
    })
    expect(answer.getTotal()).toBe(125)
    expect(answer.isMore()).toBe(true)
  })

  it('lists everything by cursor, whole and in chunks', { timeout: 20_000 }, async () => {
    const portal = await portalWith({ bucket: 'ordinary' })
    const b24 = client(portal)
    const options = {
      method: 'sale.payment.list',
      params: { select: ['id'] },
      idKey: 'id',
      customKeyForResult: 'payments',
    }
    const whole = await b24.actions.v2.callList.make<Row>(options)
    expect(whole.isSuccess).toBe(true)
    expect(whole.getData()?.map((row) => row.id)).toEqual(portal.state.payments.ids())
    const chunks: number[] = []
    for await (const chunk of b24.actions.v2.fetchList.make<Row>(options)) chunks.push(chunk.length)
    expect(chunks).toEqual([50, 50, 25])
    const upper = await b24.actions.v2.callList.make<{ ID: string }>({
      method: 'crm.requisite.list',
      params: { select: ['ID'] },
    })
    const ids = upper.getData()?.map((row) => Number(row.ID)) ?? []
    expect(ids).toEqual(ids.map((_id, index) => 27 + index))
    expect(ids.length).toBeGreaterThan(15)
    const deals = await b24.actions.v2.callList.make<Row>({
      method: 'crm.item.list',
      params: { entityTypeId: 2, select: ['id'] },
      idKey: 'id',
      customKeyForResult: 'items',
    })
    expect(
      deals
        .getData()
        ?.map((row) => row.id)
        .slice(0, 2),
    ).toEqual([13100, 13123])
  })

  it('runs batches with named commands and with a list, failed commands included', async () => {
    const portal = await portalWith({ bucket: 'ordinary', switches: { codeType: 'string' } })
    const b24 = client(portal)
    const named = await b24.actions.v2.batch.make({
      calls: {
        deal: {
          method: 'crm.item.list',
          params: { entityTypeId: 2, filter: { '@id': [13123] }, select: ['id'] },
        },
        payments: { method: 'crm.item.payment.list', params: { entityId: 13123, entityTypeId: 2 } },
      },
    })
    expect(named.isSuccess).toBe(true)
    const data = record(named.getData())
    expect(at(data.deal, 'items')).toEqual([{ id: 13123 }])
    expect(list(data.payments)).toHaveLength(4)
    const listed = await b24.actions.v2.batch.make({
      calls: [
        ['crm.item.payment.get', { id: 1035 }],
        ['crm.item.payment.get', { id: 1036 }],
      ],
    })
    expect(list(listed.getData()).map((row) => at(row, 'id'))).toEqual([1035, 1036])
    const failed = await b24.actions.v2.batch.make({
      calls: {
        good: { method: 'crm.item.payment.get', params: { id: 1036 } },
        bad: { method: 'crm.item.payment.get', params: { id: 77 } },
      },
      options: { isHaltOnError: false },
    })
    expect(failed.isSuccess).toBe(false)
    expect(failed.getErrorMessages().join()).toContain('Payment has not been found')
  })

  it('pays, and throws what the portal refuses', async () => {
    const portal = await portalWith({ bucket: 'ordinary', switches: { codeType: 'string' } })
    const b24 = client(portal)
    const paid = await b24.actions.v2.call.make<boolean>({
      method: 'crm.item.payment.pay',
      params: { id: 1038 },
    })
    expect(paid.getData()?.result).toBe(true)
    expect(portal.state.log.countWrites(1038)).toBe(1)
    const refused = await b24.actions.v2.call
      .make({ method: 'crm.item.payment.pay', params: { id: 77 } })
      .then((answer) => answer.getErrorMessages().join())
      .catch((error: unknown) => String(error))
    expect(refused).toContain('Payment has not been found')
  })

  it('refreshes once after 401 expired_token and repeats the call', async () => {
    const portal = await portalWith({ bucket: 'ordinary' })
    const b24 = client(portal)
    const renewed: unknown[] = []
    b24.setCallbackRefreshAuth(async ({ b24OAuthParams }) => {
      renewed.push(b24OAuthParams)
      return Promise.resolve()
    })
    portal.state.tokens.expireAccess()
    const answers = await Promise.all(
      [1036, 1037].map((id) => b24.actions.v2.call.make({ method: 'crm.item.payment.get', params: { id } })),
    )
    expect(answers.map((answer) => answer.isSuccess)).toEqual([true, true])
    expect(renewed).toHaveLength(1)
    expect(renewed[0]).toMatchObject({ clientEndpoint: `${portal.url}/rest/`, expiresIn: 3600 })
    expect(portal.state.log.countRequests('oauth/token')).toBe(1)
    const again = await b24.actions.v2.call.make({ method: 'profile' })
    expect(again.isSuccess).toBe(true)
  })

  it('waits out QUERY_LIMIT_EXCEEDED', { timeout: 30_000 }, async () => {
    const portal = await portalWith({
      bucket: 'ordinary',
      faults: [{ method: 'profile', do: { kind: 'system', name: 'QUERY_LIMIT_EXCEEDED' } }],
    })
    const answer = await client(portal).actions.v2.call.make({ method: 'profile' })
    expect(answer.isSuccess).toBe(true)
    expect(portal.state.log.countRequests('profile')).toBe(2)
  })
})

describe('B24Hook over TLS', () => {
  it('reads, lists, batches and pays', { timeout: 40_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'demo-portal-tls-'))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const subject = ['-subj', '/CN=demo portal', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost']
    const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
    await run('openssl', ['req', ...kind, '-keyout', key, '-out', cert, ...subject])
    const tls = { key: await readFile(key), cert: await readFile(cert) }
    const portal = await portalWith({ tls, bucket: 'ordinary', switches: { plainHttp: 'refused' } })
    expect(portal.webhookUrl.startsWith('https://127.0.0.1:')).toBe(true)
    const node = join(import.meta.dirname, '../../node_modules/.bin/node')
    const script = join(import.meta.dirname, 'sdk-webhook-client.ts')
    const { stdout } = await run(node, [script, portal.webhookUrl.replace(/\/$/, '')], {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: cert, NODE_OPTIONS: '' },
    })
    const seen = record(JSON.parse(stdout))
    expect(seen).toMatchObject({
      profile: { ID: '1', ADMIN: true },
      accountNumber: '3653/1',
      batchSucceeded: true,
      paid: true,
    })
    expect(seen.ids).toEqual(portal.state.payments.ids())
    expect(at(seen.batch, 'one', 'accountNumber')).toBe('3653/2')
    expect(list(at(seen.batch, 'list'))).toHaveLength(4)
    expect(portal.state.log.countWrites(1038, 'crm.item.payment.pay')).toBe(1)
    await rm(folder, { recursive: true })
  })
})
