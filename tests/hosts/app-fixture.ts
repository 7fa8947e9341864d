// Playwright's `test` with `app`: the program's window, in Chromium over the loopback host or in Electron itself.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, test as base } from '@playwright/test'
import type { Page } from '@playwright/test'
import { findElectron } from './electron-runtime.ts'
import { openApp } from './open-app.ts'

export { expect } from '@playwright/test'

interface App {
  /** The window, opened and loaded; a fresh profile of its own for every spec. */
  app: Page
  /** What the page complained of: errors, refused loads, console errors. */
  complaints: string[]
}

export const test = base.extend<App>({
  complaints: async ({ browserName: _browserName }, use) => {
    await use([])
  },
  app: async ({ page, complaints }, use, info) => {
    if (info.project.name === 'electron') return inElectron(complaints, use)
    const program = await openApp()
    listenTo(page, complaints)
    await page.goto(program.address)
    await use(page)
    await page.close()
    await program.close()
  },
})

async function inElectron(complaints: string[], use: (page: Page) => Promise<void>): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'sverka-electron-'))
  const executablePath = findElectron()
  const program = await _electron.launch({
    args: [fileURLToPath(new URL('../..', import.meta.url)), `--data=${data}`],
    ...(executablePath === undefined ? {} : { executablePath }),
  })
  const window = await program.firstWindow()
  listenTo(window, complaints)
  await use(window)
  await program.close()
  rmSync(data, { recursive: true, force: true })
}

function listenTo(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
}
