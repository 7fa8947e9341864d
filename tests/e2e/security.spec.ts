// The door of the tab: who comes in, what may run in it, and what a lost connection looks like.

import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import type { OutgoingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, expect, test } from '@playwright/test'
import type { Browser, BrowserContext } from '@playwright/test'
import { chromiumArguments, findChromium } from '../hosts/chromium.ts'
import { openApp } from '../hosts/open-app.ts'
import type { RunningApp } from '../hosts/open-app.ts'
import { inElectron } from './kit/program.ts'
import { wordsOf } from './kit/words.ts'

test.describe.configure({ mode: 'serial' })
test.beforeEach(({ browserName: _browserName }, info) => {
  test.skip(
    inElectron(info),
    'the tab of the loopback host; tests/hosts/desktop.test.ts has the same for the desktop',
  )
})

const say = wordsOf('ru')
let app: RunningApp
let browser: Browser
let context: BrowserContext

test.beforeAll(async ({ browserName: _browserName }, info) => {
  if (inElectron(info)) return
  const executablePath = findChromium()
  app = await openApp()
  browser = await chromium.launch({
    args: chromiumArguments,
    ...(executablePath === undefined ? {} : { executablePath }),
  })
  context = await browser.newContext({ locale: 'ru-RU' })
})
test.afterAll(async ({ browserName: _browserName }, info) => {
  if (inElectron(info)) return
  await browser.close()
  await app.close()
})

const origin = () => new URL(app.address).origin
const welcome = { name: say('start.welcome') }

/** A request as another program would send it, header by header; answers its status. */
function knock(path: string, headers: OutgoingHttpHeaders, method = 'GET'): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(
      new URL(path, origin()),
      { method, headers, setHost: !('host' in headers) },
      (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      },
    )
    asked.on('error', reject)
    asked.end()
  })
}

test('the address opens once; its token leaves the address bar', async () => {
  const page = await context.newPage()
  const answers: (string | undefined)[] = []
  page.on('response', (response) => {
    if (response.url() === `${origin()}/`) answers.push(response.headers()['content-security-policy'])
  })
  await page.goto(app.address)
  await expect(page.getByRole('heading', welcome)).toBeVisible()
  expect(page.url()).not.toContain('token')
  expect(answers).toHaveLength(1)
  expect(answers[0]).toContain("default-src 'none'")
  expect(answers[0]).toContain("script-src 'self'")
  expect(answers[0]).not.toContain('unsafe-eval')

  const stranger = await browser.newContext()
  const second = await stranger.newPage()
  const refused = await second.goto(app.address)
  expect(refused?.status()).toBe(403)
  await expect(second.locator('body')).toContainText('npm start')
  await stranger.close()
})

test('the session is a cookie that scripts cannot read', async () => {
  const [cookie, ...others] = await context.cookies(origin())
  expect(others).toEqual([])
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
  const [page] = context.pages()
  expect(await page?.evaluate(() => document.cookie)).toBe('')
})

test('without the session, from another host name or another origin nothing is given', async () => {
  const [cookie] = await context.cookies(origin())
  const own = { cookie: `${cookie?.name}=${cookie?.value}` }
  expect(await knock('/', own)).toBe(200)
  expect(await knock('/', {})).toBe(403)
  expect(await knock('/bridge.js', {})).toBe(403)
  expect(await knock('/', { ...own, host: `localhost:${new URL(origin()).port}` })).toBe(403)
  expect(await knock('/', { ...own, host: 'attacker.example' })).toBe(403)
  expect(await knock('/', { ...own, origin: 'http://attacker.example' })).toBe(403)
  expect(await knock('/files', own, 'POST')).toBe(403)
  expect(await knock('/files', { ...own, origin: 'http://attacker.example' }, 'POST')).toBe(403)
  const upgrade = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'MDEyMzQ1Njc4OWFiY2RlZg==',
  }
  expect(await knock('/ws', { ...own, ...upgrade, origin: 'http://attacker.example' })).toBe(403)
  expect(await knock('/ws', { ...upgrade, origin: origin() })).toBe(403)
})

test('a page of another origin reaches neither the page nor the socket, even in the same browser', async () => {
  const other = await context.newPage()
  await other.route('http://attacker.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<h1>hello</h1>' }),
  )
  await other.goto('http://attacker.example/')
  const reached = await other.evaluate(async (address) => {
    const read = await fetch(address, { credentials: 'include' }).then(
      () => 'read',
      () => 'refused',
    )
    const socket = await new Promise((resolve) => {
      const one = new WebSocket(`${address.replace('http', 'ws')}/ws`)
      one.onopen = () => resolve('open')
      one.onerror = () => resolve('refused')
    })
    return { read, socket }
  }, origin())
  expect(reached).toEqual({ read: 'refused', socket: 'refused' })
  await other.close()
})

test('nothing that was not served runs, and the window does not leave', async () => {
  const [page] = context.pages()
  if (!page) throw new Error('the window is gone')
  const tried = await page.evaluate(async () => {
    const script = document.createElement('script')
    script.textContent = 'globalThis.inlineRan = true'
    document.head.append(script)
    const connected = await fetch('http://127.0.0.1:9/').then(
      () => 'sent',
      () => 'refused',
    )
    // Later, on the page's own account: what a debugger evaluates is allowed more.
    const evaluated = await new Promise((resolve) =>
      setTimeout(() => {
        try {
          resolve(String(Reflect.construct(Function, ['return "ran"'])()))
        } catch {
          resolve('refused')
        }
      }),
    )
    const frame = document.createElement('iframe')
    frame.src = 'http://127.0.0.1:9/'
    document.body.append(frame)
    frame.remove()
    return { inline: 'inlineRan' in globalThis, connected, evaluated }
  })
  expect(tried).toEqual({ inline: false, connected: 'refused', evaluated: 'refused' })
  const foreign = await page.evaluate(
    () =>
      [...document.querySelectorAll('a[href]')].filter(
        (link) => new URL((link as HTMLAnchorElement).href).origin !== location.origin,
      ).length,
  )
  expect(foreign).toBe(0)
  expect(new URL(page.url()).origin).toBe(origin())
})

test('reloading keeps the session, and a second tab shares it', async () => {
  const [page] = context.pages()
  if (!page) throw new Error('the window is gone')
  await page.reload()
  await expect(page.getByRole('heading', welcome)).toBeVisible()
  const second = await context.newPage()
  await second.goto(`${origin()}/#/settings`)
  await expect(second.getByRole('heading', { name: say('settings.title'), level: 1 })).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
  await second.close()
})

test('a lost connection is told at once and comes back when the program does', async () => {
  const data = mkdtempSync(join(tmpdir(), 'sverka-lost-'))
  const first = await openApp({ data })
  const page = await context.newPage()
  const banner = page.getByRole('alert').filter({ hasText: say('frame.lost.title') })
  await page.goto(first.address)
  await expect(page.getByRole('heading', welcome)).toBeVisible()
  await expect(banner).toHaveCount(0)
  await first.close()
  await expect(banner).toBeVisible()

  const again = await openApp({ data, arguments: ['--port', new URL(first.address).port] })
  const back = await context.newPage()
  await back.goto(again.address)
  await expect(back.getByRole('heading', welcome)).toBeVisible()
  await expect(banner).toHaveCount(0, { timeout: 30_000 })
  await again.close()
  rmSync(data, { recursive: true, force: true })
})
