// What a person does on the way to a reconciled month, each step up to what shows that it is done.

import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import type { AreaName } from '../../../renderer/src/frame/areas.ts'
import type { Program } from './program.ts'
import { numberIn } from './words.ts'

/** A part of a screen that the window marks for tests. */
export function part(page: Page | Locator, name: string): Locator {
  return page.locator(`[data-test="${name}"]`)
}

export async function openArea({ page, say }: Program, area: AreaName): Promise<void> {
  const link = page.getByRole('navigation', { name: say('frame.navigation') }).getByRole('link', {
    name: new RegExp(`^${say(`${area}.title`)}`),
  })
  await link.click()
  await expect(link).toHaveAttribute('aria-current', 'page')
}

/** Opens the demo portal and waits for its payments. Answers how many the window says there are. */
export async function openDemo({ page, say }: Program): Promise<number> {
  await page.getByRole('button', { name: say('start.demo.button') }).click()
  const steps = page.getByRole('main').getByRole('listitem')
  await expect(steps.nth(1)).toHaveAttribute('aria-current', 'step', { timeout: 30_000 })
  return numberIn(await steps.first().locator('p').last().innerText())
}

/** Takes the demo's sample statements into the inbox and imports them. Answers how many new lines were promised. */
export async function importSamples(program: Program): Promise<number> {
  const { page, say } = program
  await page.getByRole('button', { name: say('start.road.statements.demoButton') }).click()
  return importInbox(program, 4)
}

/** Imports what waits in the inbox once `files` files are ready. Answers how many new lines were promised. */
export async function importInbox({ page, say }: Program, files: number): Promise<number> {
  const button = page.getByRole('button', { name: say('statements.inbox.importFiles', {}, files) })
  await expect(button).toBeEnabled({ timeout: 30_000 })
  const promised = numberIn((await button.innerText()).split(':').at(-1) ?? '')
  await button.click()
  await expect(page.getByRole('heading', { name: say('statements.inbox.title') })).toBeHidden({
    timeout: 30_000,
  })
  return promised
}

/** Accepts what is proposed for every account. */
export async function bindAccounts({ page, say }: Program, accounts: number): Promise<void> {
  const accept = page.getByRole('button', { name: say('statements.binding.accept'), exact: true })
  for (let left = accounts; left > 0; left -= 1) {
    await expect(accept).toHaveCount(left)
    await accept.first().click()
  }
  await expect(accept).toHaveCount(0)
}

/** Connects a portal by its webhook's address through the screen. */
export async function connectPortal(program: Program, webhookUrl: string): Promise<void> {
  const { page, say } = program
  await page
    .getByRole('main')
    .getByRole('button', { name: say('start.connect.button') })
    .click()
  await page.getByRole('textbox', { name: say('portals.connect.url') }).fill(webhookUrl)
  await page.getByRole('button', { name: say('portals.connect.button'), exact: true }).click()
  await expect(page.getByRole('switch', { name: say('portals.writing.label') })).toBeVisible({
    timeout: 20_000,
  })
}

/** The row of the tray that tells how a job of this kind ended. */
export function tray(
  { page, say }: Program,
  kind: 'refresh' | 'import' | 'match' | 'apply' | 'report',
): Locator {
  return page
    .getByRole('region', { name: say('jobs.title') })
    .locator('> div')
    .filter({ hasText: say(`jobs.kind.${kind}`) })
}

/** A choice of one of the kit's select boxes. */
export async function choose(page: Page, box: string, option: string): Promise<void> {
  // A box of several choices is a button that also names what is chosen.
  const several = page.getByRole('main').getByRole('button', { name: `${box}: ` })
  await page.getByRole('combobox', { name: box, exact: true }).or(several).first().click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

/** A choice of a box whose options say more than is known. */
export async function chooseByName(page: Page, box: string, option: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: box, exact: true }).click()
  await page.getByRole('option', { name: option }).click()
}

/** The rows of a grid that are drawn now, top to bottom, without those of sums; each has its id in `row-id`. */
export function rowsOf(page: Page, grid: string): Locator {
  return page.getByRole('region', { name: grid }).locator('.ag-row[row-id]:not(.ag-row-pinned)')
}
