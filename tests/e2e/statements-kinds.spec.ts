// Whatever a bank gave: archives, workbooks, poor formats, tables, the same money told twice, a watched folder.

import { expect, test } from '@playwright/test'
import type { Locator } from '@playwright/test'
import * as bank from './kit/bank-files.ts'
import { shareProgram } from './kit/program.ts'
import { choose, chooseByName, openArea, rowsOf } from './kit/steps.ts'

// Each step stands on what the one before has imported.
test.describe.configure({ mode: 'serial' })

const folder = bank.makeBankFolder()
const watchedFolder = bank.makeBankFolder()
const shared = shareProgram({ language: 'en' }, (program) => openArea(program, 'statements'))
test.afterEach(() => expect(shared().problems).toEqual([]))
test.afterAll(() => {
  folder.remove()
  watchedFolder.remove()
})

const receipt = { number: '901', day: '10.11.2026', sum: '700.00', payer: 'ООО "Ромашка"' }

function give(paths: readonly string[]): Promise<void> {
  return shared().page.locator('main input[type=file]').setInputFiles(paths)
}

function waiting(name: string): Locator {
  return shared().page.locator('main tbody').filter({ hasText: name })
}

function fileRow(name: string): Locator {
  const { page } = shared()
  return page
    .getByRole('main')
    .getByRole('row')
    .filter({ has: page.getByRole('button', { name, exact: true }) })
}

async function importAll(files: number): Promise<void> {
  const { page, say } = shared()
  const button = page.getByRole('button', { name: say('statements.inbox.importFiles', {}, files) })
  await expect(button).toBeEnabled({ timeout: 30_000 })
  await button.click()
}

test('files of all kinds say what they are, or why they are refused', async () => {
  const { page, say } = shared()
  await give([
    folder.write(
      'november.zip',
      bank.zip({
        'day10.txt': bank.oneC('10.11.2026', '1000.00', '1700.00', [receipt]),
        'scan.pdf': bank.pdf,
      }),
    ),
    folder.write(
      'november.xlsx',
      bank.workbook('Ноябрь', [
        ['Дата', 'Приход', 'Расход', 'Контрагент', 'Назначение платежа'],
        ['03.11.2026', 120.5, '', 'Tulpe AG', 'Rechnung 61/1'],
        ['04.11.2026', '', 20, 'Bank', 'Fee'],
      ]),
    ),
    folder.write('quicken.qif', bank.qif),
    folder.write(
      'unfamiliar.csv',
      bank.table([
        ['03.11.2026', 'Rechnung 61/1', '120,00', 'Käfer AG'],
        ['04.11.2026', 'Rechnung 62/1', '80,25', 'Rose KG'],
      ]),
    ),
  ])
  await expect(page.getByRole('rowheader', { name: /^november\.zip/ })).toContainText(
    say('statements.inbox.members', {}, 2),
  )
  await expect(waiting('day10.txt')).toContainText(say('statements.formatNames.one_c'))
  await expect(waiting('day10.txt')).toContainText(say('statements.proof.ok'))
  await expect(waiting('scan.pdf').getByRole('alert')).toContainText(say('faults.reasons.otherKind.pdf'))
  await expect(waiting('november.xlsx')).toContainText(say('statements.formatNames.xlsx'))
  await expect(waiting('quicken.qif')).toContainText(say('statements.noCurrency'))
  await expect(waiting('unfamiliar.csv')).toContainText(say('statements.inbox.mapping'))
  // Nothing is stored.
  await expect(page.getByText(say('statements.empty.title'))).toBeVisible()
})

test('an encoding that is not what the file says is named, shown and can be changed', async () => {
  const { page, say } = shared()
  const row = waiting('day10.txt')
  await expect(row).toContainText('UTF-8')
  await row.getByRole('button', { name: /^UTF-8/ }).click()
  await expect(row).toContainText('Ромашка')
  await expect(row).toContainText(say('statements.inbox.declared', { declared: 'Windows' }))
  const ofMember = say('statements.inbox.encodingOf', { name: 'november.zip › day10.txt' })
  await choose(page, ofMember, 'KOI8-R')
  await expect(row).toContainText(say('statements.inbox.sampleFault'))
  await choose(page, ofMember, 'UTF-8')
  await expect(row).toContainText(say('statements.ground.chosen'))
  await expect(row).toContainText('Ромашка')
  await row.getByRole('button', { name: /^UTF-8/ }).click()

  const table = waiting('unfamiliar.csv')
  await table.getByRole('button', { name: /^UTF-8/ }).click()
  await expect(table).toContainText('Käfer AG')
  await choose(page, say('statements.inbox.encodingOf', { name: 'unfamiliar.csv' }), 'Windows-1252')
  await expect(table).toContainText('KÃ¤fer AG')
  await choose(page, say('statements.inbox.encodingOf', { name: 'unfamiliar.csv' }), 'UTF-8')
  await expect(table).toContainText('Käfer AG')
  await table.getByRole('button', { name: /^UTF-8/ }).click()
})

test('what a poor file does not say, a person does', async () => {
  const { page, say } = shared()
  const row = waiting('quicken.qif')
  await expect(row).toContainText(say('statements.inbox.orderQuestion', { date: "03/04'26" }))
  await chooseByName(page, say('statements.inbox.currencyOf', { name: 'quicken.qif' }), /^EUR,/)
  await choose(
    page,
    say('statements.inbox.orderOf', { name: 'quicken.qif' }),
    say('statements.inbox.orderReads.dmy', { day: '3 April 2026' }),
  )
  await expect(row).toContainText('EUR')
  // The question stays with the file's own date, so that the answer can be changed.
  await expect(row).toContainText(say('statements.inbox.orderQuestion', { date: "03/04'26" }))
  const account = row.getByLabel(say('statements.inbox.accountOf', { name: 'quicken.qif' }))
  await account.fill('DE89 3704 0044 0532 0130 99')
  await account.press('Tab')
  await expect(row).toContainText('DE89…3099')
})

test('a table is mapped in the wizard, imported, and remembered for the next one', async () => {
  const { page, say } = shared()
  await waiting('unfamiliar.csv')
    .getByRole('button', { name: say('statements.inbox.mapping') })
    .click()
  const wizard = page.getByRole('dialog')
  await wizard.getByLabel(say('statements.mapping.account'), { exact: true }).fill('40817810000000000009')
  await wizard.getByLabel(say('statements.mapping.account'), { exact: true }).press('Tab')
  await chooseByName(page, say('statements.mapping.currency'), /^EUR,/)
  await choose(
    page,
    say('statements.mapping.fieldOf', { n: 4 }),
    say('statements.mapping.fields.counterpartyName'),
  )
  const preview = wizard.getByRole('table').last()
  await expect(preview).toContainText('Käfer AG')
  await expect(preview).toContainText('+80.25')
  await wizard.getByRole('button', { name: say('statements.mapping.apply') }).click()
  await expect(wizard).toBeHidden()
  await page.getByRole('button', { name: say('statements.inbox.remove', { name: 'quicken.qif' }) }).click()
  await page.getByRole('button', { name: say('statements.inbox.remove', { name: 'november.xlsx' }) }).click()
  await importAll(2)
  await expect(fileRow('unfamiliar.csv')).toBeVisible()
  await expect(waiting('scan.pdf').getByRole('alert')).toBeVisible()
  await page.getByRole('button', { name: say('statements.inbox.clear') }).click()

  await page.getByRole('button', { name: say('statements.tables.button', {}, 1) }).click()
  await expect(page.getByRole('dialog')).toContainText('unfamiliar.csv')
  await page.keyboard.press('Escape')
  await give([
    folder.write('december.csv', bank.table([['03.12.2026', 'Rechnung 71/1', '55,00', 'Tulpe AG']])),
  ])
  await expect(waiting('december.csv')).toContainText(say('statements.inbox.remembered'))
  await page.getByRole('button', { name: say('statements.inbox.clear') }).click()
})

test('the same money told in other words waits, and is judged beside its twin', async () => {
  const { page, say } = shared()
  await give([folder.write('day10.xml', bank.camt('2026-11-10', '1000.00', '1700.00', '700.00'))])
  const row = waiting('day10.xml')
  await expect(row).toContainText(say('statements.inbox.doubtful', {}, 1))
  await expect(page.getByText(say('statements.inbox.waiting', {}, 1))).toBeVisible()
  await importAll(1)
  await expect(fileRow('day10.xml')).toContainText(say('statements.linesDoubtful', {}, 1))
  await fileRow('day10.xml').getByRole('button').click()
  await page.getByRole('button', { name: say('statements.judge.oneByOne') }).click()
  const line = rowsOf(page, say('statements.view.lines')).filter({ hasText: say('ui.line.doubtful') })
  await line.locator('[col-id]').first().click()
  const drawer = page.getByRole('dialog')
  await expect(drawer).toContainText(say('statements.judge.twinTitle'))
  await expect(drawer).toContainText('november.zip › day10.txt')
  await expect(drawer).toContainText('Payment 901')
  await page.keyboard.press('s')
  await expect(drawer).toContainText(say('statements.judge.lineKnown'))
  await drawer.getByRole('button', { name: say('statements.judge.separate') }).click()
  await expect(drawer).toContainText(say('statements.judge.lineSeparate'))
  await drawer.getByRole('button', { name: say('statements.judge.same') }).click()
  await expect(drawer).toContainText(say('statements.judge.lineKnown'))
  await page.keyboard.press('Escape')
  await page.getByRole('tab', { name: say('statements.view.files') }).click()
  await expect(fileRow('day10.xml')).toContainText(say('statements.linesKnown', {}, 1))
})

test('an import is undone', async () => {
  const { page, say } = shared()
  await fileRow('day10.xml').getByRole('button').click()
  await page.getByRole('button', { name: say('statements.file.forget'), exact: true }).click()
  await page.getByRole('button', { name: say('statements.file.forgetConfirm', {}, 1) }).click()
  await expect(fileRow('day10.xml')).toHaveCount(0)
  await expect(fileRow('november.zip › day10.txt')).toBeVisible()
})

test('new files of a watched folder come by themselves, and what needs a word waits', async () => {
  test.setTimeout(120_000)
  const { page, say } = shared()
  watchedFolder.write('old.txt', bank.oneC('01.11.2026', '0.00', '0.00', []))
  await page.getByRole('button', { name: say('statements.watch.setUp') }).click()
  const drawer = page.getByRole('dialog')
  await expect(drawer).toContainText(say('statements.watch.never'))
  await drawer.getByLabel(say('statements.watch.path')).fill(watchedFolder.path)
  await drawer.getByRole('button', { name: say('statements.watch.on') }).click()
  await expect(drawer).toContainText(say('statements.watch.state.watching'))
  await expect(drawer.getByRole('row').filter({ hasText: 'old.txt' })).toContainText(
    say('statements.watch.outcome.before'),
    { timeout: 20_000 },
  )
  const second = { ...receipt, number: '902', day: '11.11.2026' }
  watchedFolder.write('day11.txt', bank.oneC('11.11.2026', '1700.00', '2400.00', [second]))
  watchedFolder.write('stranger.csv', 'Kdy;Kolik;Co\n03.12.2026;55,00;Faktura 71\n')
  await expect(drawer.getByRole('row').filter({ hasText: 'day11.txt' })).toContainText(
    say('statements.watch.outcome.imported'),
    { timeout: 45_000 },
  )
  const news = say('statements.watch.news', {
    files: 'day11.txt',
    lines: say('statements.inbox.importLines', {}, 1),
  })
  await expect(page.getByText(news)).toBeVisible()
  const stranger = drawer.getByRole('row').filter({ hasText: 'stranger.csv' })
  await expect(stranger).toContainText(say('statements.watch.outcome.waiting'), { timeout: 30_000 })
  await stranger.getByRole('button').click()
  await expect(waiting('stranger.csv')).toContainText(say('statements.inbox.mapping'))
  await page.getByRole('button', { name: say('statements.inbox.clear') }).click()
  await expect(fileRow('day11.txt')).toContainText(say('statements.proof.ok'))
  await page.getByRole('button', { name: say('statements.watch.look') }).click()
  await drawer.getByRole('button', { name: say('statements.watch.switchOff') }).click()
  await expect(drawer.getByLabel(say('statements.watch.path'))).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByText(say('statements.watch.off'))).toBeVisible()
})
