// The program and its window for a spec: a tab over the loopback host, or Electron's own window.

import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, chromium, expect, test } from '@playwright/test'
import type { BrowserContext, ElectronApplication, Page, TestInfo } from '@playwright/test'
import type { Language } from '../../../renderer/src/text/format.ts'
import { chromiumArguments, findChromium } from '../../hosts/chromium.ts'
import { findElectron } from '../../hosts/electron-runtime.ts'
import { openApp } from '../../hosts/open-app.ts'
import { localeOf, wordsOf } from './words.ts'
import type { Words } from './words.ts'

export interface ProgramOptions {
  language?: Language
  dark?: boolean
  size?: { width: number; height: number }
}

export interface Program {
  page: Page
  context: BrowserContext
  say: Words
  /** `http://127.0.0.1:port` of the tab, or the scheme of Electron's window. */
  origin: string
  /** The window's problems so far: errors, refused loads, requests to elsewhere. */
  problems: string[]
  /** Does what offers a file and answers where the file was saved. */
  saved(offer: () => Promise<void>): Promise<{ name: string; path: string }>
  close(): Promise<void>
}

const root = fileURLToPath(new URL('../../..', import.meta.url))
const ordinary = { width: 1440, height: 900 }
/** A click that waits longer than this waits for something that does not come. */
const actionMs = 15_000

export function inElectron(info: TestInfo): boolean {
  return info.project.name === 'electron'
}

/** Opens the real program with a profile of its own and waits until the window shows something. */
export async function openProgram(info: TestInfo, options: ProgramOptions = {}): Promise<Program> {
  const program = inElectron(info) ? await openDesktop(options) : await openTab(options)
  await expect(program.page.getByRole('main')).toBeVisible()
  const language = options.language ?? 'ru'
  await chooseLanguage(program.page, language)
  return program
}

/** The program starts in Russian unless the person says otherwise, as a person does. */
async function chooseLanguage(page: Page, language: Language): Promise<void> {
  const button = page.getByRole('button', { name: /^(RU|EN)$/ })
  await expect(button).toBeVisible()
  // The stored choice arrives a moment after the window and would win over an earlier click.
  await expect(page.getByRole('contentinfo').or(page.locator('main'))).not.toHaveCount(0)
  if ((await button.innerText()).trim().toLowerCase() === language) return
  await button.click()
  await page.getByRole('menuitemcheckbox', { name: wordsOf(language)(`frame.language.${language}`) }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', language)
}

async function openTab({ language = 'ru', dark = false, size = ordinary }: ProgramOptions): Promise<Program> {
  const app = await openApp()
  const executablePath = findChromium()
  const browser = await chromium.launch({
    args: chromiumArguments,
    ...(executablePath === undefined ? {} : { executablePath }),
  })
  const context = await browser.newContext({
    locale: localeOf(language),
    viewport: size,
    colorScheme: dark ? 'dark' : 'light',
    acceptDownloads: true,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(actionMs)
  const { origin } = new URL(app.address)
  const problems = await collectProblems(page, origin)
  await page.goto(app.address)
  return {
    page,
    context,
    say: wordsOf(language),
    origin,
    problems,
    async saved(offer) {
      const [download] = await Promise.all([page.waitForEvent('download'), offer()])
      return { name: download.suggestedFilename(), path: await download.path() }
    },
    async close() {
      await browser.close()
      const code = await app.close()
      if (code !== 0) throw new Error(`the program ended with ${code}: ${app.complaints.join('\n')}`)
    },
  }
}

async function openDesktop({
  language = 'ru',
  dark = false,
  size = ordinary,
}: ProgramOptions): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), 'sverka-electron-'))
  const executablePath = findElectron()
  const app = await _electron.launch({
    args: [root, `--data=${join(folder, 'data')}`],
    colorScheme: dark ? 'dark' : 'light',
    ...(executablePath === undefined ? {} : { executablePath }),
  })
  const page = await app.firstWindow()
  page.setDefaultTimeout(actionMs)
  await page.setViewportSize(size)
  const origin = await page.evaluate(() => window.location.origin)
  let files = 0
  return {
    page,
    context: app.context(),
    say: wordsOf(language),
    origin,
    problems: await collectProblems(page, origin),
    async saved(offer) {
      const path = join(folder, `saved-${++files}`)
      const asked = await answerSaveDialog(app, path)
      await offer()
      await expect.poll(asked).not.toBe('')
      return { name: await asked(), path }
    },
    async close() {
      const ended = once(app.process(), 'exit')
      await app.close()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Nobody can click a native dialog: it answers `path`. Tells which name it was asked for. */
async function answerSaveDialog(app: ElectronApplication, path: string): Promise<() => Promise<string>> {
  await app.evaluate(({ dialog }, answer) => {
    Object.assign(globalThis, { askedName: '' })
    dialog.showSaveDialog = (...given: unknown[]) => {
      const { defaultPath = '' } = given.at(-1) as { defaultPath?: string }
      Object.assign(globalThis, { askedName: defaultPath })
      return Promise.resolve({ canceled: false, filePath: answer })
    }
  }, path)
  return async () => {
    const asked = await app.evaluate(() => (globalThis as unknown as { askedName: string }).askedName)
    return asked.split(/[\\/]/).at(-1) ?? ''
  }
}

async function collectProblems(page: Page, origin: string): Promise<string[]> {
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      problems.push(`${message.type()}: ${message.text()}`)
  })
  page.on('request', (request) => {
    const url = request.url()
    if (!/^(data|blob):/.test(url) && !url.startsWith(`${origin}/`)) problems.push(`request to ${url}`)
  })
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      reportError(new Error(`policy: ${violatedDirective} refused ${blockedURI}`)),
    )
  })
  return problems
}

/**
 * One program for all tests of a file, which then run one after another. `prepare` runs once before the first.
 * The answer is to be called inside tests.
 */
export function shareProgram(
  options: ProgramOptions,
  prepare: (program: Program) => Promise<void>,
): () => Program {
  let program: Program | undefined
  test.beforeAll(async ({ browserName: _browserName }, info) => {
    info.setTimeout(120_000)
    program = await openProgram(info, options)
    await prepare(program)
  })
  test.afterAll(() => program?.close())
  return () => {
    if (!program) throw new Error('the program was not opened')
    return program
  }
}
