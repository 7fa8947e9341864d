// A portal connected by one process is served by the next: the secret lies in the keychain and nowhere else.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDemoPortal } from '../../../electron/demo-portal/start.ts'
import type { DemoPortal } from '../../../electron/demo-portal/start.ts'

const entry = fileURLToPath(new URL('../../../electron/stdio/main.ts', import.meta.url))
let folder: string
let demo: DemoPortal
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sverka-connected-'))
  demo = await startDemoPortal({ payments: 20 })
})
afterAll(async () => {
  await demo.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** Not spawnSync: the demo portal answers from this very process. */
async function sverka(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    entry,
    ...args,
    '--data',
    join(folder, 'p'),
  ])
  const ended: Ended = { code: null, stdout: '', stderr: '' }
  child.stdout.on('data', (part: Buffer) => (ended.stdout += part.toString()))
  child.stderr.on('data', (part: Buffer) => (ended.stderr += part.toString()))
  ;[ended.code] = (await once(child, 'close')) as [number | null]
  return ended
}

function filesUnder(path: string): string[] {
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

describe('a webhook in a file', () => {
  it('connects the portal, and the next process reads it', async () => {
    writeFileSync(join(folder, 'hook'), `${demo.webhookUrl}\n`)
    const connected = await sverka('portals.connect', `@${join(folder, 'hook')}`)
    expect(connected.stderr).toBe('')
    const answer = JSON.parse(connected.stdout) as { state: string; portal: { id: string } }
    expect(answer.state).toBe('connected')
    const refreshed = await sverka('payments.refresh', JSON.stringify({ portalId: answer.portal.id }))
    expect(refreshed.code).toBe(0)
    expect(JSON.parse(refreshed.stdout)).toMatchObject({ kind: 'refresh', state: 'done', done: 25 })
    const code = new URL(demo.webhookUrl).pathname.split('/').filter(Boolean).at(-1) ?? ''
    expect(code.length).toBeGreaterThan(8)
    for (const text of [connected.stdout, refreshed.stdout, refreshed.stderr])
      expect(text).not.toContain(code)
    const files = filesUnder(join(folder, 'p'))
    expect(files.length).toBeGreaterThan(2)
    for (const path of files) expect(readFileSync(path).includes(code), path).toBe(false)
  }, 60_000)
})
