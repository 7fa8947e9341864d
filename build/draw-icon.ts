// Draws the icon's PNG from its SVG with the system's Chromium: `node build/draw-icon.ts` after the SVG was changed.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { chromiumArguments, findChromium } from '../tests/hosts/chromium.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const size = 512

const executablePath = findChromium()
if (executablePath === undefined) throw new Error('no Chromium on PATH')
const browser = await chromium.launch({ executablePath, args: chromiumArguments })
const page = await browser.newPage({ viewport: { width: size, height: size } })
await page.setContent(
  `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${readFileSync(at('./resources/icon.svg'), 'utf8')}`,
)
await page.screenshot({ path: at('./resources/icon.png'), omitBackground: true })
await browser.close()
