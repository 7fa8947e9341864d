// How every area looks and reads: nothing runs over the edge, no word is missing, and nobody is shut out.

import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { inElectron, shareProgram } from './kit/program.ts'
import type { Program } from './kit/program.ts'
import { bindAccounts, importSamples, openArea, openDemo, part, rowsOf } from './kit/steps.ts'
import { wordsOf } from './kit/words.ts'
import type { AreaName } from '../../renderer/src/frame/areas.ts'
import { en } from '../../renderer/src/text/en/index.ts'

const areas: readonly AreaName[] = [
  'start',
  'payments',
  'statements',
  'reconcile',
  'operations',
  'reports',
  'audit',
  'portals',
  'settings',
]
const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]
const dictionaries = Object.keys(en)
/** One area that fails does not hide the next. */
const softly = expect.configure({ soft: true })

const shared = shareProgram({ language: 'ru' }, async (program) => {
  await openDemo(program)
  await importSamples(program)
  await bindAccounts(program, 4)
})

/** The area with what it shows, not with its waiting rows. */
async function settled(program: Program, area: AreaName): Promise<void> {
  const { page, say } = program
  await openArea(program, area)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.locator('main .animate-pulse')).toHaveCount(0)
  if (area === 'payments') await expect(rowsOf(page, say('payments.grid.label')).first()).toContainText(/\d/)
  if (area === 'reconcile') await expect(part(page, 'proposal')).toBeVisible()
  if (area === 'reports') await expect(page.locator('main canvas').first()).toBeVisible()
}

/** Words that stand in the page and are keys of a dictionary that were not found. */
async function missingWords(page: Page): Promise<string[]> {
  const text = await page.evaluate(() => {
    const said = [...document.querySelectorAll('[aria-label], [title], [placeholder]')].flatMap((element) =>
      ['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? ''),
    )
    return [document.body.innerText, ...said].join('\n')
  })
  const key = new RegExp(`\\b(?:${dictionaries.join('|')})(?:\\.[a-zA-Z_]+)+\\b`, 'g')
  return [...text.matchAll(key)].map(([found]) => found)
}

/** By how many pixels the page, or what fills the window, is wider than the window. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => {
    // The boxes that fill the window; tables and grids inside them may scroll by themselves.
    const wide = [
      document.documentElement,
      document.body,
      ...document.querySelectorAll('main, main > *, main > * > *'),
    ]
    return Math.max(...wide.map((element) => element.scrollWidth - element.clientWidth))
  })
}

for (const language of ['ru', 'en'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`every area in ${language}, ${theme}`, async ({ browserName: _browserName }, info) => {
      test.setTimeout(120_000)
      const { page } = shared()
      const program = { ...shared(), say: wordsOf(language) }
      await dress(program, theme)
      for (const area of areas) {
        await settled(program, area)
        softly(await missingWords(page), `${area}: words`).toEqual([])
        for (const size of sizes) {
          await page.setViewportSize(size)
          // Charts take the new width a moment later.
          await softly.poll(() => overflow(page), `${area} at ${size.width}: too wide`).toBe(0)
        }
        if (!inElectron(info)) await expectForEverybody(page, area)
      }
      expect(program.problems).toEqual([])
    })
  }
}

async function dress({ page, say }: Program, theme: 'light' | 'dark'): Promise<void> {
  const language = page.getByRole('button', { name: /^(RU|EN)$/ })
  if ((await language.innerText()).trim().toLowerCase() !== say.language) {
    await language.click()
    await page.getByRole('menuitemcheckbox', { name: say(`frame.language.${say.language}`) }).click()
    await expect(page.locator('html')).toHaveAttribute('lang', say.language)
  }
  await page.getByRole('button', { name: say('frame.theme.label', { name: '' }) }).click()
  await page.getByRole('menuitemcheckbox', { name: say(`frame.theme.${theme}`), exact: true }).click()
  await expect(page.getByRole('menu')).toHaveCount(0)
  await expect(page.locator('html')).toHaveClass(theme === 'dark' ? /\bdark\b/ : /^((?!\bdark\b).)*$/)
}

/** WCAG 2.2 A and AA as far as a machine sees them. */
async function expectForEverybody(page: Page, area: AreaName): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`)
          .slice(0, 3)
          .join(' | ')}`,
    )
  softly(grave, area).toEqual([])
}
