// End-to-end specs: in Chromium over the loopback host always, in Electron itself wherever a runtime is found.

import { fileURLToPath } from 'node:url'
import { defineConfig } from '@playwright/test'
import { chromiumArguments, findChromium } from '../tests/hosts/chromium.ts'
import { findElectron } from '../tests/hosts/electron-runtime.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const chromium = findChromium()
const inElectron = findElectron() !== undefined

export default defineConfig({
  testDir: at('../tests/e2e'),
  outputDir: at('../test-results'),
  // Two cores: one for the browser, one for the backend of the spec beside it.
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // A spec that only passes the second time is a defect of the spec or of the program.
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  use: {
    locale: 'ru-RU',
    timezoneId: 'Europe/Moscow',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      args: [...chromiumArguments],
      ...(chromium === undefined ? {} : { executablePath: chromium }),
    },
  },
  projects: [{ name: 'chromium' }, ...(inElectron ? [{ name: 'electron' }] : [])],
})
