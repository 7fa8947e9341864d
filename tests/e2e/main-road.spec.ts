// The whole main job as a person does it: from the first screen to the report, in both languages.

import { expect, test } from '@playwright/test'
import { openProgram } from './kit/program.ts'
import type { Program } from './kit/program.ts'
import { bindAccounts, importSamples, openArea, openDemo, part, tray } from './kit/steps.ts'
import { numberIn, plain, sumsIn } from './kit/words.ts'

test.describe.configure({ mode: 'parallel' })

for (const language of ['ru', 'en'] as const) {
  test(`from the demo portal to the verified journal (${language})`, async ({ browserName: _browserName }, info) => {
    test.setTimeout(180_000)
    const program = await openProgram(info, { language })
    try {
      await travel(program)
      expect(program.problems).toEqual([])
    } finally {
      await program.close()
    }
  })
}

async function travel(program: Program): Promise<void> {
  await test.step('open the demo portal and read its payments', () => readPayments(program))
  await test.step('import the samples and bind the accounts', () => takeStatements(program))
  await test.step('review lines by keyboard', () => review(program))
  await test.step('accept all that is certain', () => acceptCertain(program))
}

async function readPayments(program: Program): Promise<void> {
  const { page, say } = program
  const payments = await openDemo(program)
  await openArea(program, 'payments')
  await expect(part(page, 'quick-all')).toHaveText(new RegExp(`${say.format.count(payments)}$`))
}

async function takeStatements(program: Program): Promise<void> {
  const { page, say } = program
  await openArea(program, 'start')
  const promised = await importSamples(program)
  await bindAccounts(program, 4)
  await page.getByRole('tab', { name: say('statements.view.lines') }).click()
  await expect(page.getByRole('status').filter({ hasText: say('ui.rows', {}, promised) })).toBeVisible()
}

/** How many lines are left to decide, as the header says. */
async function linesLeft({ page }: Program): Promise<number> {
  return numberIn(await part(page, 'left').innerText())
}

async function expectLeft({ page, say }: Program, count: number): Promise<void> {
  await expect(part(page, 'left')).toContainText(say('reconcile.left', {}, count))
}

async function review(program: Program): Promise<void> {
  const { page, say } = program
  await openArea(program, 'reconcile')
  await expect(tray(program, 'match').filter({ hasText: say('jobs.state.running') })).toHaveCount(0)
  await expect(part(page, 'proposal')).toBeVisible()
  const all = await linesLeft(program)

  const chosen = part(page, 'lines').getByRole('option', { selected: true })
  await expect(chosen).toHaveAttribute('aria-posinset', '1')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect(chosen).toHaveAttribute('aria-posinset', '3')
  await page.keyboard.press('k')
  await expect(chosen).toHaveAttribute('aria-posinset', '2')

  await page.keyboard.press('Enter')
  await expectLeft(program, all - 1)
  await page.keyboard.press('u')
  await expectLeft(program, all)
  await expect(chosen).toHaveAttribute('aria-posinset', '2')
}

async function acceptCertain(program: Program): Promise<void> {
  const { page, say } = program
  const before = await linesLeft(program)
  const asked = plain(await part(page, 'certain-ask').innerText())
  const count = numberIn(asked)
  const sums = Object.entries(sumsIn(asked)).map(([currency, minor]) => ({ currency, minor }))
  expect(sums.map(({ currency }) => currency)).toEqual(['EUR', 'RUB', 'USD'])
  await part(page, 'certain-ask').click()
  const words = say('reconcile.certain.confirm', { sums: say.format.sums(sums) }, count)
  await expect(part(page, 'certain-confirm')).toHaveText(words)
  await part(page, 'certain-confirm').click()
  await expectLeft(program, before - count)
}
