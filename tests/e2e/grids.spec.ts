// The payments grid with thousands of rows: found, sorted, selected by a sentence, exported, all of it by keyboard too.

import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { startPortal } from './kit/portal.ts'
import type { PortalProcess } from './kit/portal.ts'
import { shareProgram } from './kit/program.ts'
import { choose, connectPortal, openArea, part, rowsOf, tray } from './kit/steps.ts'
import { numberIn, plain, sumsIn } from './kit/words.ts'

let portal: PortalProcess | undefined
test.beforeAll(async () => {
  portal = await startPortal([
    '--payments',
    '5000',
    '--bucket',
    '500/100',
    '--latency',
    'none',
    '--cost',
    'none',
  ])
})
test.afterAll(() => portal?.close())

const shared = shareProgram({ language: 'en' }, async (program) => {
  await connectPortal(program, portal?.webhookUrl ?? '')
  await expect(tray(program, 'refresh')).toContainText(program.say('jobs.state.done'), { timeout: 90_000 })
  await openArea(program, 'payments')
})

test.afterEach(() => expect(shared().problems).toEqual([]))

const gridOf = (page: Page) => page.getByRole('region', { name: shared().say('payments.grid.label') })
const rows = () => rowsOf(shared().page, shared().say('payments.grid.label'))
const cell = (row: Locator, column: string) => row.locator(`[col-id="${column}"]`)

/** Takes every filter and the order away, as a person does. */
async function everything(): Promise<void> {
  const { page } = shared()
  await part(page, 'quick-all').click()
  await search('')
}

async function search(text: string): Promise<void> {
  const { page } = shared()
  await page.keyboard.press('Control+k')
  await page.keyboard.press('Control+a')
  if (text === '') await page.keyboard.press('Delete')
  else await page.keyboard.type(text)
}

/** What the row of sums below the grid says of everything that matches the filter. */
async function filterSums(): Promise<{ count: number; sums: Record<string, number> }> {
  const { page, say } = shared()
  const pinned = gridOf(page).locator('.ag-row-pinned[row-id^="filter-"]')
  await expect(pinned.first()).toContainText(
    say('payments.grid.ofFilter', { n: '@' }, 5).split('@')[0]?.trim() ?? '',
  )
  const sums: Record<string, number> = {}
  for (const row of await pinned.all()) {
    const currency = (await cell(row, 'currency').innerText()).trim()
    Object.assign(sums, sumsIn(`${await cell(row, 'sum').innerText()} ${currency}`))
  }
  return { count: numberIn(await cell(pinned.first(), 'payer').innerText()), sums }
}

async function minorOf(row: Locator): Promise<number> {
  return Number((await cell(row, 'sum').innerText()).replace(/\D/g, ''))
}

test('all rows can be scrolled to, without a gap', async () => {
  const { page } = shared()
  await everything()
  const total = numberIn(await part(page, 'quick-all').locator('span').innerText())
  expect(total).toBeGreaterThanOrEqual(5000)
  await expect(gridOf(page).getByRole('grid')).toHaveAttribute('aria-rowcount', /\d{4}/)
  await cell(rows().first(), 'payer').click()
  await page.keyboard.press('Control+End')
  const last = rows().and(page.locator(`[row-index="${total - 1}"]`))
  await expect(cell(last, 'accountNumber')).toHaveText(/\d/)
  await expect(cell(last, 'payer')).toBeFocused()
  await page.keyboard.press('Control+Home')
  const top = rows().and(page.locator('[row-index="0"]'))
  await expect(cell(top, 'accountNumber')).toHaveText(/\d/)
  await expect(cell(top, 'payer')).toBeFocused()
})

test('sorting by the sum orders all rows, not only those in view', async () => {
  const { page, say } = shared()
  await everything()
  await choose(page, say('payments.filter.currency'), 'RUB')
  await page.keyboard.press('Escape')
  const header = gridOf(page).getByRole('columnheader', { name: say('payments.columns.sum') })
  await header.click()
  await expect(header).toHaveAttribute('aria-sort', 'ascending')
  await expect.poll(async () => (await minorOf(rows().nth(0))) <= (await minorOf(rows().nth(1)))).toBe(true)
  const least = await minorOf(rows().first())
  await header.click()
  await expect(header).toHaveAttribute('aria-sort', 'descending')
  await expect.poll(async () => minorOf(rows().first())).toBeGreaterThan(least)
  const most = await minorOf(rows().first())
  await cell(rows().first(), 'payer').click()
  await page.keyboard.press('Control+End')
  await expect.poll(async () => minorOf(rows().last())).toBe(least)
  expect(most).toBeGreaterThan(least)
  await header.click()
  await page.getByRole('button', { name: say('payments.filter.clear') }).click()
})

test('a standing narrows the rows, and the header selects exactly those', async () => {
  const { page, say } = shared()
  await everything()
  const open = numberIn(await part(page, 'quick-open').locator('span').innerText())
  await part(page, 'quick-open').click()
  await expect.poll(async () => (await filterSums()).count).toBe(open)
  const { sums } = await filterSums()
  await gridOf(page)
    .getByRole('checkbox', { name: say('ui.selectAll') })
    .check()
  const bar = part(page, 'bulk-bar')
  await expect(bar).toContainText(say('payments.bulk.selected', {}, open))
  await expect(bar).toContainText(say('payments.bulk.allOfFilter'))
  await expect.poll(async () => sumsIn(await bar.locator('p').innerText())).toEqual(sums)

  const first = rows().first()
  const currency = (await cell(first, 'currency').innerText()).trim()
  const less = { ...sums, [currency]: (sums[currency] ?? 0) - (await minorOf(first)) }
  await first.getByRole('checkbox').uncheck()
  await expect(bar).toContainText(say('payments.bulk.selected', {}, open - 1))
  await expect(bar).toContainText(say('payments.bulk.allExcept', {}, 1))
  await expect.poll(async () => sumsIn(await bar.locator('p').innerText())).toEqual(less)
  await bar.getByRole('button', { name: say('payments.bulk.clear') }).click()
  await expect(bar).toBeHidden()
})

test('the search finds a payment by its number and says when it finds none', async () => {
  const { page, say } = shared()
  await everything()
  const number = (await cell(rows().nth(7), 'accountNumber').innerText()).trim()
  await search(number)
  await expect(rows().first().locator('[col-id="accountNumber"]')).toHaveText(number)
  await expect.poll(async () => (await filterSums()).count).toBeLessThan(20)
  await search('no such payer at all')
  await expect(page.getByText(say('payments.empty.filterTitle'))).toBeVisible()
  await everything()
  await expect(rows().first()).toBeVisible()
})

test('the exported table holds the filtered rows and their sums', async () => {
  const { page, say, saved } = shared()
  await everything()
  await part(page, 'quick-outside').click()
  const chip = numberIn(await part(page, 'quick-outside').locator('span').innerText())
  await expect.poll(async () => (await filterSums()).count).toBe(chip)
  const { sums } = await filterSums()
  const { name, path } = await saved(async () => {
    await page
      .getByRole('main')
      .getByRole('button', { name: say('ui.export'), exact: true })
      .click()
    await page.getByRole('menuitem', { name: say('ui.exportCsv') }).click()
  })
  expect(name).toMatch(/\.csv$/)
  const table = parse(readFileSync(path), { bom: true, relax_column_count: true })
  const [titles = [], ...all] = table
  const at = (column: string) => titles.indexOf(column)
  const payments = all.filter((row) => /^\d/.test(row[at(say('payments.columns.accountNumber'))] ?? ''))
  expect(payments).toHaveLength(chip)
  const added: Record<string, number> = {}
  for (const row of payments) {
    const currency = plain(row[titles.findIndex((title) => /^Cur/.test(title))] ?? '')
    const minor = Math.round(Number(row[at(say('payments.columns.sum'))]) * 100)
    added[currency] = (added[currency] ?? 0) + minor
  }
  expect(added).toEqual(sums)
})

test('without a mouse: reach the rows, select, open a payment, come back to its row', async () => {
  const { page, say } = shared()
  await everything()
  await page.keyboard.press('Control+k')
  for (let steps = 0; steps < 40; steps += 1) {
    await page.keyboard.press('Tab')
    if ((await page.locator('.ag-header :focus, .ag-row :focus').count()) > 0) break
  }
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const focused = page.locator('.ag-row .ag-cell-focus')
  await expect(focused).toHaveCount(1)
  await page.keyboard.press('Space')
  await expect(part(page, 'bulk-bar')).toContainText(say('payments.bulk.selected', {}, 1))
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await expect(part(page, 'bulk-bar')).toContainText(say('payments.bulk.selected', {}, 2))
  await page.keyboard.press('Control+a')
  await expect(part(page, 'bulk-bar')).toContainText(say('payments.bulk.allOfFilter'))

  await page.keyboard.press('Enter')
  await expect(part(page, 'payment-detail')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(part(page, 'payment-detail')).toBeHidden()
  await expect(focused).toBeFocused()
})
