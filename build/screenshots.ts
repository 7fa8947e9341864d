// Takes the pictures of the README: a fresh profile, the demo portal with its samples, both languages.
// Usage: node build/screenshots.ts [--out DIR]; needs a built window (`npm run build`) and Chromium on the PATH.

import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import type { Page } from '@playwright/test'
import type { CallName, InputOf, ResultOf } from '../electron/contract/api.ts'
import type { Bridge } from '../electron/contract/frames.ts'
import type { JobSnapshot } from '../electron/contract/job.ts'
import { chromiumArguments, findChromium } from '../tests/hosts/chromium.ts'

const root = resolve(import.meta.dirname, '..')
const { values } = parseArgs({
  options: { out: { type: 'string', default: join(root, 'build/docs/screenshots') } },
})

/** One call through the window's own bridge; the frame ids lie far above those the window uses. */
async function callIn<N extends CallName>(page: Page, name: N, input?: InputOf<N>): Promise<ResultOf<N>> {
  const answer: unknown = await page.evaluate(
    ([call, given]) =>
      new Promise((done, fail) => {
        const bridge = (window as unknown as { bridge: Bridge }).bridge
        const id = 1_000_000 + Math.floor(performance.now() * 100)
        const undo = bridge.listen((frame) => {
          if (!('id' in frame) || frame.id !== id) return
          undo()
          if ('fault' in frame) fail(new Error(JSON.stringify(frame.fault)))
          else done(frame.value)
        })
        bridge.send(given === undefined ? { id, call } : { id, call, input: given })
      }),
    [name, input] as const,
  )
  return answer as ResultOf<N>
}

async function waitFor(page: Page, job: JobSnapshot): Promise<JobSnapshot> {
  let last = job
  while (last.state === 'running' || last.state === 'stopping') {
    await page.waitForTimeout(200)
    last = await callIn(page, 'jobs.get', { jobId: job.id })
  }
  return last
}

async function prepare(page: Page): Promise<void> {
  const { portal, statements } = await callIn(page, 'portals.openDemo')
  await waitFor(page, await callIn(page, 'payments.refresh', { portalId: portal.id }))
  await waitFor(
    page,
    await callIn(page, 'statements.import', {
      files: statements.map(({ ticket }) => ({ ticket: ticket as never })),
    }),
  )
  for (const account of await callIn(page, 'accounts.list')) {
    const [proposal] = account.proposals
    await callIn(page, 'accounts.bind', {
      account: account.account,
      currency: account.currency,
      portalId: portal.id,
      ownCompanyId: proposal?.ownCompanyId ?? null,
    })
  }
  await waitFor(page, await callIn(page, 'matches.propose'))
}

async function pictures(language: 'ru' | 'en', address: string): Promise<void> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no Chromium was found on the PATH')
  const browser = await chromium.launch({ executablePath, args: [...chromiumArguments] })
  try {
    const page = await browser.newPage({
      viewport: { width: 1280, height: 800 },
      locale: language === 'ru' ? 'ru-RU' : 'en-GB',
      colorScheme: 'light',
    })
    await page.goto(address)
    await page.waitForTimeout(1500)
    await callIn(page, 'app.changeSettings', { language, theme: 'light' })
    await prepare(page)
    const take = async (name: string, area: string): Promise<void> => {
      await page.goto(`${new URL(address).origin}/#/${area}`)
      await page.waitForTimeout(1500)
      await page.screenshot({ path: join(values.out, `${name}-${language}.png`) })
    }
    await page.reload()
    await take('reconcile', 'reconcile')
    await take('payments', 'payments')
    await take('statements', 'statements')
    await take('reports', 'reports')
  } finally {
    await browser.close()
  }
}

async function main(): Promise<void> {
  await mkdir(values.out, { recursive: true })
  for (const language of ['ru', 'en'] as const) {
    const data = await mkdtemp(join(tmpdir(), 'sverka-pictures-'))
    const host = spawn(process.execPath, [join(root, 'electron/loopback/main.ts'), '--data', data], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    try {
      const address = await new Promise<string>((found, lost) => {
        let said = ''
        host.stdout.on('data', (chunk: Buffer) => {
          said += chunk.toString()
          const match = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(said)
          if (match) found(match[0])
        })
        host.on('exit', () => lost(new Error('the host ended before it said its address')))
      })
      await pictures(language, address)
    } finally {
      host.kill('SIGTERM')
      await new Promise((done) => host.once('exit', done))
      await rm(data, { recursive: true, force: true })
    }
  }
}

await main()
