// The tab's side of the loopback host in a real browser: the served bridge, under the served policy.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import type { Browser, Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { chromiumArguments, findChromium } from './chromium.ts'
import { openHouse } from './loopback-kit.ts'
import type { House } from './loopback-kit.ts'

let browser: Browser
let house: House | undefined

beforeAll(async () => {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no Chromium on PATH')
  browser = await chromium.launch({ executablePath, args: chromiumArguments })
})
afterAll(() => browser.close())
afterEach(async () => {
  for (const context of browser.contexts()) await context.close()
  await house?.close()
  house = undefined
})

/** A page whose program only remembers the frames it hears. */
const program = `
globalThis.frames = []
window.bridge.listen((frame) => globalThis.frames.push(frame))
window.bridge.send({ id: 1, call: 'app.settings' })
`

interface Spied {
  frames: Record<string, unknown>[]
  bridge: {
    send(frame: unknown): void
    claim(file: unknown): Promise<string>
    deliver(ticket: string, name: string): Promise<boolean>
  }
}

async function visit(one: House): Promise<{ page: Page; complaints: string[] }> {
  writeFileSync(join(one.page, 'assets', 'app.js'), program)
  const page = await (await browser.newContext({ acceptDownloads: true })).newPage()
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(one.host.address())
  return { page, complaints }
}

const frames = (page: Page) => page.evaluate(() => (globalThis as unknown as Spied).frames)

describe('the bridge in a tab', () => {
  it('stands before the program, opens, says hello and answers what was sent before it was open', async () => {
    house = await openHouse({ 'app.settings': () => ({ language: 'ru' }) })
    const { page, complaints } = await visit(house)
    await page.waitForFunction(() => (globalThis as unknown as Spied).frames.length === 3)
    expect(await frames(page)).toEqual([
      { event: 'connection', data: 'open' },
      { hello: { version: '0.0.0-fake', protocol: 1 } },
      { id: 1, value: { language: 'ru' } },
    ])
    expect(page.url()).toBe(`${house.host.origin}/`)
    expect(complaints).toEqual([])
    house.backend.tell('ledger.changed', { areas: ['payments'] })
    await page.waitForFunction(() => (globalThis as unknown as Spied).frames.length === 4)
    expect((await frames(page)).at(-1)).toEqual({ event: 'ledger.changed', data: { areas: ['payments'] } })
  })

  it('cannot be replaced and runs nothing that was not served', async () => {
    house = await openHouse()
    const { page } = await visit(house)
    const tried = await page.evaluate(() => {
      try {
        ;(globalThis as unknown as { bridge: unknown }).bridge = null
      } catch {
        // A module or strict code throws; sloppy code is ignored. Both keep the bridge.
      }
      const script = document.createElement('script')
      script.textContent = 'globalThis.inlineRan = true'
      document.head.append(script)
      return {
        bridge: typeof (globalThis as unknown as Spied).bridge.send,
        inline: 'inlineRan' in globalThis,
      }
    })
    expect(tried).toEqual({ bridge: 'function', inline: false })
  })

  it('hands a file over and gives one back', async () => {
    house = await openHouse()
    const { page } = await visit(house)
    const ticket = await page.evaluate(() =>
      (globalThis as unknown as Spied).bridge.claim(new File(['Дата;Сумма'], 'выписка.csv')),
    )
    const file = house.backend.files.get(ticket)
    expect(file?.name).toBe('выписка.csv')
    expect(readFileSync(file?.path ?? '', 'utf8')).toBe('Дата;Сумма')
    const downloading = page.waitForEvent('download')
    const answered = page.evaluate(
      (one) => (globalThis as unknown as Spied).bridge.deliver(one, 'выписка.csv'),
      ticket,
    )
    const download = await downloading
    expect(await answered).toBe(true)
    expect(download.suggestedFilename()).toBe('выписка.csv')
    expect(readFileSync(await download.path(), 'utf8')).toBe('Дата;Сумма')
  })

  it('rejects with the fault what the backend refuses', async () => {
    house = await openHouse()
    const { page } = await visit(house)
    const codes = await page.evaluate(async () => {
      const { bridge } = globalThis as unknown as Spied
      const codeOf = (work: Promise<unknown>) =>
        work.then(
          () => 'none',
          (fault: unknown) => (fault as { code: string }).code,
        )
      return [
        await codeOf(bridge.claim(new File([], 'empty.txt'))),
        await codeOf(bridge.claim('/etc/passwd')),
        await codeOf(bridge.deliver('t_aaaaaaaaaaaaaaaaaaaaa', 'a')),
      ]
    })
    expect(codes).toEqual(['file.empty', 'file.gone', 'file.gone'])
  })

  it('tells a lost connection and answers calls meanwhile instead of keeping them', async () => {
    house = await openHouse({ 'app.settings': () => ({}) })
    const { page } = await visit(house)
    await page.waitForFunction(() => (globalThis as unknown as Spied).frames.length === 3)
    await house.host.close()
    await page.waitForFunction(() => (globalThis as unknown as Spied).frames.at(-1)?.['data'] === 'lost')
    await page.evaluate(() => (globalThis as unknown as Spied).bridge.send({ id: 2, call: 'jobs.stop' }))
    expect((await frames(page)).at(-1)).toEqual({ id: 2, fault: { code: 'connection.lost' } })
    house = undefined
  })
})
