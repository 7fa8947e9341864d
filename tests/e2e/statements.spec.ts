// Statements as they come out of banks: dropped anywhere, shown before anything is stored, provable to the byte.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import { inElectron, shareProgram } from './kit/program.ts'
import { choose, chooseByName, importInbox, openArea, rowsOf } from './kit/steps.ts'

// Each step stands on what the one before has imported.
test.describe.configure({ mode: 'serial' })

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/e2e/${name}`, import.meta.url))
const shared = shareProgram({ language: 'en' }, (program) => openArea(program, 'payments'))
test.afterEach(() => expect(shared().problems).toEqual([]))

/** Drops files onto the window; where a made-up drop would hold no real files, they are chosen instead. */
async function drop(page: Page, names: readonly string[], chosen: boolean): Promise<void> {
  if (chosen) {
    await openArea(shared(), 'statements')
    return page.locator('main input[type=file]').setInputFiles(names.map(fixture))
  }
  const files = names.map((name) => ({ name, base64: readFileSync(fixture(name)).toString('base64') }))
  const transfer = await page.evaluateHandle((given) => {
    const data = new DataTransfer()
    for (const { name, base64 } of given)
      data.items.add(new File([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], name))
    return data
  }, files)
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer })
  await expect(page.getByText(shared().say('frame.drop.title'))).toBeVisible()
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
}

function inboxRow(name: string): Locator {
  const { page } = shared()
  return page.locator('main tbody').filter({ hasText: name })
}

/** How many lines the filters of the grid leave. */
function lineCount(): Locator {
  return shared().page.getByRole('main').getByRole('status').filter({ hasText: /\d/ })
}

function fileRow(name: string): Locator {
  return shared()
    .page.getByRole('main')
    .getByRole('row')
    .filter({ has: shared().page.getByRole('button', { name, exact: true }) })
}

test('several files dropped anywhere are shown before anything is stored', async ({
  browserName: _browserName,
}, info) => {
  const { page, say } = shared()
  await drop(
    page,
    ['one-c.txt', 'camt053.xml', 'mt940-broken.sta', 'table.csv', 'letter.txt'],
    inElectron(info),
  )
  await expect(page.getByRole('heading', { name: say('statements.inbox.title') })).toBeVisible()
  await expect(inboxRow('one-c.txt')).toContainText(say('statements.inbox.new', {}, 3))
  await expect(inboxRow('one-c.txt')).toContainText(say('statements.proof.ok'))
  await expect(inboxRow('one-c.txt')).toContainText('1,000.00')
  await expect(inboxRow('one-c.txt')).toContainText('2,850.00')
  await expect(inboxRow('camt053.xml')).toContainText(say('statements.inbox.new', {}, 2))
  await expect(inboxRow('camt053.xml')).toContainText('770.00')
  await expect(inboxRow('mt940-broken.sta')).toContainText(
    say('statements.proof.off', { sum: say.format.sum(50, 'USD') }),
  )
  await expect(inboxRow('letter.txt').getByRole('alert')).toContainText(
    say('faults.words.statement_unknownFormat.title'),
  )
  await expect(inboxRow('letter.txt').getByRole('alert')).toContainText(
    say('faults.words.statement_unknownFormat.next'),
  )
  await expect(page.getByText(say('statements.empty.title'))).toBeVisible()
})

test('an unfamiliar table is read after its columns were named, with a preview at once', async () => {
  const { page, say } = shared()
  await inboxRow('table.csv')
    .getByRole('button', { name: say('statements.inbox.mapping') })
    .click()
  const wizard = page.getByRole('dialog')
  const preview = wizard.getByRole('table').last()
  await wizard.getByLabel(say('statements.mapping.account'), { exact: true }).fill('40817810000000000009')
  await wizard.getByLabel(say('statements.mapping.account'), { exact: true }).press('Tab')
  await chooseByName(page, say('statements.mapping.currency'), /^EUR,/)
  await choose(
    page,
    say('statements.mapping.fieldOf', { n: 4 }),
    say('statements.mapping.fields.counterpartyName'),
  )
  await expect(preview).toContainText('Tulpe AG')
  await expect(preview).toContainText('120.00')
  await expect(preview).toContainText('80.25')
  await wizard.getByRole('button', { name: say('statements.mapping.apply') }).click()
  await expect(wizard).toBeHidden()
  await expect(inboxRow('table.csv')).toContainText(say('statements.inbox.new', {}, 2))
  await expect(inboxRow('table.csv')).toContainText('EUR')
})

test('what is ready is imported, the rest stays', async () => {
  const { page, say } = shared()
  const button = page.getByRole('button', { name: say('statements.inbox.importFiles', {}, 4) })
  await expect(button).toHaveText(
    say('statements.inbox.import', {
      files: say('statements.inbox.importFiles', {}, 4),
      lines: say('statements.inbox.importLines', {}, 9),
    }),
  )
  await button.click()
  for (const name of ['one-c.txt', 'camt053.xml', 'mt940-broken.sta', 'table.csv'])
    await expect(fileRow(name)).toBeVisible()
  await expect(inboxRow('letter.txt').getByRole('alert')).toBeVisible()
  await page.getByRole('button', { name: say('statements.inbox.remove', { name: 'letter.txt' }) }).click()
  await expect(fileRow('mt940-broken.sta')).toContainText(
    say('statements.proof.off', { sum: say.format.sum(50, 'USD') }),
  )
})

test('the same file and an overlapping one bring nothing twice', async ({
  browserName: _browserName,
}, info) => {
  const { page, say } = shared()
  await drop(page, ['one-c.txt', 'one-c-overlap.txt'], inElectron(info))
  const waiting = page.locator('main tbody').filter({
    has: page.getByRole('button', { name: say('statements.inbox.remove', { name: 'one-c.txt' }) }),
  })
  await expect(waiting).toContainText(say('statements.inbox.imported'))
  await expect(inboxRow('one-c-overlap.txt')).toContainText(say('statements.inbox.new', {}, 1))
  await expect(inboxRow('one-c-overlap.txt')).toContainText(say('statements.inbox.known', {}, 1))
  await page.getByRole('button', { name: say('statements.inbox.remove', { name: 'one-c.txt' }) }).click()
  expect(await importInbox(shared(), 1)).toBe(1)
  await expect(fileRow('one-c-overlap.txt')).toContainText(say('statements.linesNew', {}, 2))
  await expect(fileRow('one-c-overlap.txt')).toContainText(say('statements.linesKnown', {}, 1))
  await page.getByRole('tab', { name: say('statements.view.lines') }).click()
  // Ten lines that count, and the one that was known, kept to be seen.
  await expect(lineCount()).toHaveText(say('statements.linesNew', {}, 11))
  await expect(
    rowsOf(page, say('statements.view.lines')).filter({ hasText: say('ui.line.duplicate') }),
  ).toHaveCount(1)
})

test('a line shows the bytes it was read from', async () => {
  const { page, say } = shared()
  const line = rowsOf(page, say('statements.view.lines')).filter({ hasText: '+1,500.00' })
  await line.locator('[col-id]').first().click()
  const drawer = page.getByRole('dialog')
  await expect(drawer).toContainText('Оплата по счету 71/1 от 01.11.2026')
  await expect(drawer.locator('pre')).toContainText('Номер=101')
  await expect(drawer.locator('pre')).toContainText('Сумма=1500.00')
  await expect(drawer).toContainText('one-c.txt')
  await expect(drawer).toContainText('Windows-1251')
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
})

test('a file whose balances are off can be cleared, and an import can be forgotten', async () => {
  const { page, say } = shared()
  await page.getByRole('tab', { name: say('statements.view.files') }).click()
  await fileRow('mt940-broken.sta').getByRole('button').click()
  await page.getByRole('button', { name: say('statements.file.clear'), exact: true }).click()
  await page.getByRole('button', { name: say('statements.file.clearConfirm') }).click()
  await expect(page.getByRole('dialog')).toContainText(
    say('statements.proof.cleared', { sum: say.format.sum(50, 'USD') }),
  )
  await page.getByRole('button', { name: say('statements.file.forget'), exact: true }).click()
  await page.getByRole('button', { name: say('statements.file.forgetConfirm', {}, 2) }).click()
  await expect(
    page
      .getByRole('status')
      .filter({ hasText: say('statements.file.forgotten', { name: 'mt940-broken.sta' }) }),
  ).toBeVisible()
  await expect(fileRow('mt940-broken.sta')).toHaveCount(0)
  await page.getByRole('tab', { name: say('statements.view.lines') }).click()
  await expect(lineCount()).toHaveText(say('statements.linesNew', {}, 9))
})
