// Money rule 20: a webhook's code, a client secret and tokens never leave the backend, nor lie in any of its files.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { memoryVault } from '../../electron/vault/memory-vault.ts'
import type { Vault } from '../../electron/backend/ports.ts'
import { openWorld, preparing, reconcile, these, signInByApp } from '../kit/backend-world.ts'

const code = 'canary7webhook7code'
const clientSecret = 'canary7client7secret'

/** The files of a zip, unpacked: what an xlsx holds. Sizes come from its central directory (APPNOTE 4.3.12). */
function unzipped(bytes: Buffer): string {
  const texts: string[] = []
  for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 4)) {
    const [method, packed, local] = [
      bytes.readUInt16LE(at + 10),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt32LE(at + 42),
    ]
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const data = bytes.subarray(from, from + packed)
    texts.push((method === 8 ? inflateRawSync(data) : data).toString('utf8'))
  }
  return texts.join('\n')
}

/** Every file below a folder as bytes read as Latin letters, xlsx unpacked besides. */
function filesOf(folder: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = readFileSync(path)
    found.set(path, bytes.toString('latin1') + (entry.name.endsWith('.xlsx') ? unzipped(bytes) : ''))
  }
  return found
}

/** The tokens of every pair that was ever kept. */
function tokensIn(kept: readonly string[]): string[] {
  return kept.flatMap((secret) => {
    const { tokens } = JSON.parse(secret) as { tokens?: { accessToken: string; refreshToken: string } }
    return tokens ? [tokens.accessToken, tokens.refreshToken] : []
  })
}

it(
  'money rule 20: no secret in a frame, a log line, the ledger’s bytes, an export or an error',
  { timeout: preparing },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sverka-canary-'))
    const kept: string[] = []
    const memory = memoryVault('a test')
    const vault: Vault = { ...memory, put: (key, secret) => (kept.push(secret), memory.put(key, secret)) }
    const users = [
      { id: 1, name: 'Анна', lastName: 'Орлова', email: 'anna@example.com', admin: true, webhookCode: code },
    ]
    const world = await openWorld({ folder, vault, portal: { payments: 120, users } })
    expect(kept.join()).toContain(code)
    await reconcile(world)
    await world.carryOut({ kind: 'payMatched', portalId: world.portal.id })

    // Everything that may go wrong with the secret in its hand: lost connections, pages, redirects, dead codes, wrong addresses.
    for (const action of [
      { kind: 'html' as const, status: 502 as const, when: 'before' as const },
      { kind: 'refusal' as const, status: 400, code: 0, description: `no ${code}` },
      { kind: 'redirect' as const, status: 302 as const, to: `https://elsewhere.example/rest/1/${code}/` },
      { kind: 'system' as const, name: 'NO_AUTH_FOUND' as const },
    ]) {
      world.demo.state.faults.add({ method: 'crm.item.payment.pay', do: action, times: 0 })
      await world.carryOut({ kind: 'pay', selection: these(await world.unpaid(1)) })
      world.demo.state.faults.clear()
    }
    await world.fault('portals.connect', { kind: 'webhook', url: `${world.demo.url}/rest/1/${code}x/` })
    await world.fault('portals.connect', { kind: 'webhook', url: `ftp://h/rest/1/${code}/` })
    const signIn = await world.client.call('portals.connect', {
      kind: 'oauth',
      portal: 'portal.example',
      clientId: 'local.1',
      clientSecret,
    })
    expect(signIn.ok).toBe(true)
    if (signIn.ok && signIn.value.state === 'signIn') {
      await world.fault('portals.finishSignIn', {
        signInId: signIn.value.signIn.signInId,
        code: 'canary7code',
      })
      await world.call('portals.cancelSignIn', { signInId: signIn.value.signIn.signInId })
    }

    await signInByApp(world)
    world.demo.state.tokens.expireAccess()
    await world.ended(await world.call('payments.refresh', { portalId: world.portal.id }))
    const tokens = tokensIn(kept)
    // The first pair and the one that replaced it after the expiry.
    expect(tokens.length).toBeGreaterThanOrEqual(4)
    const secrets = [code, clientSecret, 'canary7code', world.demo.oauth.clientSecret, ...tokens]

    const answers: unknown[] = [signIn]
    for (const format of ['csv', 'xlsx'] as const) {
      for (const kind of ['reconciliation', 'journal'] as const) {
        const request =
          kind === 'journal'
            ? { kind, format, locale: 'en' as const }
            : { kind, format, locale: 'en' as const, portalId: world.portal.id }
        const started = await world.client.call('reports.start', request)
        if (started.ok) answers.push(await world.ended(started.value))
        else answers.push(started.fault)
      }
    }
    for (const name of [
      'portals.list',
      'app.status',
      'app.diagnostics',
      'jobs.list',
      'operations.list',
    ] as const)
      answers.push(await world.client.callByName(name, undefined))
    answers.push(await world.client.callByName('journal.page', { limit: 1000 }))
    answers.push(await world.call('app.backup', undefined))

    const files = filesOf(folder)
    expect(
      [...files.keys()].filter((path) => /\.(xlsx|csv|backup|sqlite-wal)$/.test(path)).length,
    ).toBeGreaterThanOrEqual(3)
    for (const secret of secrets) {
      expect(JSON.stringify(world.frames)).not.toContain(secret)
      expect(JSON.stringify(answers)).not.toContain(secret)
      expect(world.log.lines.join('\n')).not.toContain(secret)
      for (const [path, text] of files) expect([path, text.includes(secret)]).toEqual([path, false])
    }
    await world.close()
    await world.demo.close()
    for (const [path, text] of filesOf(folder))
      expect([path, secrets.filter((secret) => text.includes(secret))]).toEqual([path, []])
    rmSync(folder, { recursive: true })
  },
)
