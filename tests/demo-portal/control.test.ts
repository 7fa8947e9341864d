import { execFile, spawn } from 'node:child_process'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { DemoPortal } from '../../electron/demo-portal/start.ts'
import { at, call, list, portalWith, record } from './kit.ts'

const run = promisify(execFile)
const node = join(import.meta.dirname, '../../node_modules/.bin/node')
const cli = join(import.meta.dirname, '../../electron/demo-portal/cli.ts')

async function control(
  portal: DemoPortal,
  verb: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(portal.control.url + path, {
    method: verb,
    headers: { 'x-demo-token': portal.control.token },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: await response.json() }
}

describe('control endpoint', () => {
  it('is closed without its token', async () => {
    const portal = await portalWith()
    const response = await fetch(`${portal.control.url}faults`)
    expect(response.status).toBe(403)
  })

  it('adds, lists and clears faults', async () => {
    const portal = await portalWith()
    const rule = { method: 'profile', do: { kind: 'system', name: 'PORTAL_DELETED' } }
    expect((await control(portal, 'POST', 'faults', [rule, rule])).body).toEqual({ ids: [1, 2] })
    expect((await call(portal, 'profile')).body.error).toBe('PORTAL_DELETED')
    expect(list((await control(portal, 'GET', 'faults')).body)).toHaveLength(2)
    expect((await control(portal, 'DELETE', 'faults')).body).toEqual([])
    const wrong = await control(portal, 'POST', 'faults', { method: 'profile', do: { kind: 'explode' } })
    expect(wrong.status).toBe(400)
  })

  it('turns switches', async () => {
    const portal = await portalWith()
    const answer = await control(portal, 'POST', 'switches', { codeType: 'string' })
    expect(record(answer.body).codeType).toBe('string')
    expect((await call(portal, 'crm.item.payment.get', { id: 1 })).body.error).toBe('0')
  })

  it('shows the log, payments, truth and statements, and changes payments', async () => {
    const portal = await portalWith()
    await call(portal, 'crm.item.payment.pay', { id: 1038 })
    const log = await control(portal, 'GET', 'log')
    expect(at(log.body, 'writes', 0)).toMatchObject({
      paymentId: 1038,
      method: 'crm.item.payment.pay',
      changed: true,
    })
    await control(portal, 'POST', 'payments/1038', { sum: 5, comments: 'x' })
    expect((await control(portal, 'GET', 'payments/1038')).body).toMatchObject({
      sum: 5,
      comments: 'x',
      paid: 'Y',
    })
    expect((await control(portal, 'DELETE', 'payments/1038')).status).toBe(404)
    expect(list((await control(portal, 'GET', 'truth')).body)).toHaveLength(portal.truth.length)
    expect((await control(portal, 'GET', 'statements')).body).toContain('kl_to_1c.txt')
    const bytes = await fetch(`${portal.control.url}statements/kl_to_1c.txt`, {
      headers: { 'x-demo-token': portal.control.token },
    })
    expect(
      Buffer.from(await bytes.arrayBuffer()).equals(Buffer.from(portal.statements[0]?.bytes ?? [])),
    ).toBe(true)
  })

  it('expires tokens, moves the clock, renames', async () => {
    const portal = await portalWith()
    const { accessToken } = portal.state.tokens.grant(1)
    await control(portal, 'POST', 'tokens/expire')
    const expired = await fetch(`${portal.url}/rest/profile?auth=${accessToken}`)
    expect(expired.status).toBe(401)
    const before = Date.parse(String((await call(portal, 'server.time')).body.result))
    await control(portal, 'POST', 'advance', { seconds: 3600 })
    const after = Date.parse(String((await call(portal, 'server.time')).body.result))
    expect(after - before).toBeGreaterThanOrEqual(3_600_000)
    expect((await control(portal, 'POST', 'rename')).body).toEqual({ url: portal.otherUrl })
  })
})

describe('command line', () => {
  it('explains itself', async () => {
    const { stdout } = await run(node, [cli, '--help'])
    for (const name of [
      '--port',
      '--payments',
      '--seed',
      '--scale',
      '--pay-on-paid',
      '--omitted-fields',
      '--statements',
    ]) {
      expect(stdout).toContain(name)
    }
  })

  it('answers wrong usage with code 2', async () => {
    for (const wrong of [
      ['--code-type', 'odd'],
      ['--port', 'x'],
      ['--nonsense'],
      ['--time-zone', 'Mars/Base'],
    ]) {
      const failed: unknown = await run(node, [cli, ...wrong]).catch((error: unknown) => error)
      expect(record(failed).code).toBe(2)
      expect(record(failed).stderr).toContain('See --help.')
    }
  })

  it('prints addresses and secrets, writes statements, ends on SIGINT', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'demo-portal-'))
    const child = spawn(node, [cli, '--payments', '60', '--code-type', 'string', '--statements', folder])
    let printed = ''
    child.stdout.setEncoding('utf8')
    await new Promise<void>((resolve, reject) => {
      child.on('error', reject)
      child.stdout.on('data', (chunk: string) => {
        printed += chunk
        if (printed.includes('statement_USD.sta')) resolve()
      })
    })
    const webhook = /^webhook\s+(\S+)/m.exec(printed)?.[1] ?? ''
    const answer: unknown = await (await fetch(`${webhook}crm.item.payment.get?id=1`)).json()
    expect(answer).toEqual({ error: '0', error_description: 'Payment has not been found' })
    for (const name of ['oauth client id', 'oauth secret', 'x-demo-token']) expect(printed).toContain(name)
    expect((await readdir(folder)).sort()).toEqual([
      'camt053_EUR.xml',
      'kl_to_1c.txt',
      'statement_USD.sta',
      'vypiska.csv',
    ])
    expect((await readFile(join(folder, 'kl_to_1c.txt'), 'latin1')).startsWith('1CClientBankExchange')).toBe(
      true,
    )
    const ended = new Promise((resolve) => child.on('exit', resolve))
    child.kill('SIGINT')
    expect(await ended).toBe(0)
    await rm(folder, { recursive: true })
  })
})
