// The whole main job as a person does it: from the first screen to the report, in both languages.

import { expect, test } from '@playwright/test'
import { wordsIn } from '../../electron/domain/reports/words.ts'
import { openProgram } from './kit/program.ts'
import type { Program } from './kit/program.ts'
import { readReport } from './kit/report.ts'
import { bindAccounts, choose, importSamples, openArea, openDemo, part } from './kit/steps.ts'
import { numberIn, plain, sumsIn } from './kit/words.ts'

test.describe.configure({ mode: 'parallel' })

/** Who opens the demo names it in the language of that moment. */
const demoName = { ru: 'Демо-портал', en: 'Demo portal' }

for (const language of ['ru', 'en'] as const) {
  test(`from the demo portal to the verified journal (${language})`, async ({
    browserName: _browserName,
  }, info) => {
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
  const paid = await test.step('plan, allow writing, confirm, watch', () => planAndPay(program))
  await test.step('undo all of it', () => undoAll(program, paid))
  await test.step('take the report as XLSX', () => takeReport(program))
  await test.step('verify the journal', async () => {
    await openArea(program, 'audit')
    await verifyJournal(program)
  })
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
  await expect(
    page.getByRole('status').filter({ hasText: say('statements.linesNew', {}, promised) }),
  ).toBeVisible()
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
  await expect(part(page, 'proposal')).toBeVisible()
  const all = await linesLeft(program)
  await moveAndTakeBack(program, all)
  await rejectOne(program, all)
  await splitOne(program, all)

  await pressOnProposal(program, 'i')
  await page.getByRole('radio', { name: say('reconcile.ignoreForm.reason.ownTransfer') }).check()
  await part(page, 'ignore-accept').press('Enter')
  await expectLeft(program, all - 2)

  await pressOnProposal(program, 'h')
  await page.getByRole('button', { name: say('reconcile.holdForm.tomorrow') }).click()
  await page.getByLabel(say('reconcile.holdForm.note')).fill('Ask the manager')
  await page.keyboard.press('Enter')
  await expectLeft(program, all - 3)
  await showsDecided(program)
}

/** Presses a key of the review once the line under review is explained: before that it means nothing. */
async function pressOnProposal({ page }: Program, key: string): Promise<void> {
  await expect(part(page, 'accept')).toBeEnabled()
  await page.keyboard.press(key)
}

async function moveAndTakeBack(program: Program, all: number): Promise<void> {
  const { page } = program
  const chosen = part(page, 'lines').getByRole('option', { selected: true })
  await expect(chosen).toHaveAttribute('aria-posinset', '1')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect(chosen).toHaveAttribute('aria-posinset', '3')
  await page.keyboard.press('k')
  await expect(chosen).toHaveAttribute('aria-posinset', '2')
  const line = (await chosen.textContent()) ?? ''
  await pressOnProposal(program, 'Enter')
  await expectLeft(program, all - 1)
  await expect(chosen).not.toHaveText(line)
  await page.keyboard.press('u')
  await expectLeft(program, all)
  await expect(chosen).toHaveText(line)
  await pressOnProposal(program, 'Enter')
  await expectLeft(program, all - 1)
}

/** What is rejected is not offered for this line again, and the line stays; undo offers it again. */
async function rejectOne(program: Program, all: number): Promise<void> {
  const { page } = program
  const proposal = part(page, 'proposal')
  await expect(part(page, 'accept')).toBeEnabled()
  const offered = (await proposal.textContent()) ?? ''
  await page.keyboard.press('x')
  await expect(proposal.filter({ hasText: plain(offered) })).toHaveCount(0)
  await expectLeft(program, all - 1)
  await page.keyboard.press('u')
  await expect(proposal).toHaveText(offered)
}

/** A part of the line goes to the payment, the rest is counted to the kopeck, and all of it can go there after all. */
async function splitOne(program: Program, all: number): Promise<void> {
  const { page, say } = program
  await pressOnProposal(program, 's')
  const form = part(page, 'split-form')
  const amount = form.getByRole('textbox').first()
  await amount.fill('0')
  await expect(part(page, 'split-accept')).toBeDisabled()
  await amount.fill('0.01')
  await expect(part(page, 'split-rest')).toContainText(say('reconcile.split.rest'))
  const [fillWords = ''] = say('reconcile.split.fill', { number: '@' }).split('@')
  await form.getByRole('button', { name: fillWords }).first().click()
  await expect(part(page, 'split-rest')).toHaveText(say('reconcile.split.none'))
  await expect(amount).not.toHaveValue('0.01')
  await page.keyboard.press('Escape')
  await expect(part(page, 'split-form')).toBeHidden()
  await expectLeft(program, all - 1)
}

async function showsDecided({ page, say }: Program): Promise<void> {
  await choose(page, say('reconcile.filter.state'), say('reconcile.filter.decided'))
  const lines = part(page, 'lines').getByRole('option')
  await expect(lines).toHaveCount(3)
  await expect(
    lines.filter({
      hasText: say('reconcile.list.ignored', { reason: say('reconcile.ignoredReason.ownTransfer') }),
    }),
  ).toHaveCount(1)
  await expect(lines.filter({ hasText: say('reconcile.decision.accept') })).toHaveCount(1)
  await choose(page, say('reconcile.filter.state'), say('reconcile.filter.left'))
}

interface Amounts {
  count: number
  sums: Record<string, number>
}

function amountsIn(text: string): Amounts {
  return { count: numberIn(text), sums: sumsIn(text) }
}

/** The sums of a confirming button, in the order and form in which the window writes them. */
function written({ say }: Program, { sums }: Amounts): string {
  return say.format.sums(Object.entries(sums).map(([currency, minor]) => ({ currency, minor })))
}

async function acceptCertain(program: Program): Promise<void> {
  const { page, say } = program
  const before = await linesLeft(program)
  const asked = amountsIn(await part(page, 'certain-ask').innerText())
  expect(Object.keys(asked.sums)).toEqual(['EUR', 'RUB', 'USD'])
  await part(page, 'certain-ask').click()
  const words = say('reconcile.certain.confirm', { sums: written(program, asked) }, asked.count)
  await expect(part(page, 'certain-confirm')).toHaveText(words)
  await part(page, 'certain-confirm').click()
  await expectLeft(program, before - asked.count)
}

/** The plan of everything matched: refused while the portal is read only, then confirmed by a button that repeats it. */
async function planAndPay(program: Program): Promise<Amounts> {
  const { page, say } = program
  await part(page, 'plan-matched').click()
  await expect(part(page, 'plan-read-only')).toBeVisible()
  const planned = amountsIn(
    await page
      .getByRole('dialog')
      .innerText()
      .then((text) => text.slice(text.indexOf(say('operations.plan.portal')))),
  )
  const words = say(
    'operations.plan.confirm.pay',
    { sums: written(program, planned), portal: demoName[say.language] },
    planned.count,
  )
  await expect(part(page, 'plan-count')).toHaveText(say('operations.plan.will.pay', {}, planned.count))
  await expect(part(page, 'plan-confirm')).toHaveText(words)
  await expect(part(page, 'plan-confirm')).toBeDisabled()
  await part(page, 'plan-allow-writing').click()
  await expect(part(page, 'plan-confirm')).toBeEnabled()
  await part(page, 'plan-confirm').click()
  await expectOutcomes(program, planned.count, 'operations.outcome.paid.answer')
  return planned
}

/** Waits for the operation's end; every item must be confirmed. */
async function expectOutcomes(
  { page, say }: Program,
  count: number,
  words: 'operations.outcome.paid.answer' | 'operations.outcome.unpaid.answer',
): Promise<void> {
  const detail = part(page, 'operation-detail')
  await expect(detail.getByText(say('operations.state.done'), { exact: true })).toBeVisible({
    timeout: 90_000,
  })
  await expect(part(detail, 'outcome-all')).toHaveText(new RegExp(`${say.format.count(count)}$`))
  await expect(part(detail, 'outcome-confirmed')).toHaveText(new RegExp(`${say.format.count(count)}$`))
  const [before = '', after = ''] = say(words, { at: '@' }).split('@')
  const outcome = detail.getByRole('listitem').first()
  await expect(outcome).toContainText(before)
  await expect(outcome).toContainText(after)
}

async function undoAll(program: Program, paid: Amounts): Promise<void> {
  const { page, say } = program
  await part(page, 'undo').click()
  const words = say(
    'operations.plan.confirm.undo',
    { sums: written(program, paid), portal: demoName[say.language] },
    paid.count,
  )
  await expect(part(page, 'plan-confirm')).toHaveText(words)
  await expect(
    page.getByRole('dialog').getByText(say('operations.plan.warning.undoIncomplete')),
  ).toBeVisible()
  await part(page, 'plan-confirm').click()
  await expect(part(page, 'operation-detail').getByRole('heading')).toHaveText(
    say('operations.detail.title', { kind: say('operations.kind.undo') }, paid.count),
  )
  await expectOutcomes(program, paid.count, 'operations.outcome.unpaid.answer')
}

/** The figures of the Reports screen stand in the file that it gives, sheet by sheet. */
async function takeReport(program: Program): Promise<void> {
  const { page, say } = program
  await openArea(program, 'reports')
  const words = wordsIn(say.language)
  // Of all days: on the first of a month the samples end in the month before.
  await choose(page, say('reports.period'), say('payments.filter.anyPeriod'))
  const report = await readReport(program)
  expect(report.sheets).toEqual([
    words.summary,
    words.matched,
    words.toPay,
    words.toTakeBack,
    words.differences,
    words.linesWithoutPayment,
    words.paymentsWithoutLine,
    words.changes,
  ])
  const main = page.getByRole('main')
  for (const currency of ['EUR', 'RUB', 'USD']) {
    await choose(page, say('reports.currency'), currency)
    const { matchedMinor, unmatchedMinor } = report.figures(currency)
    const words = {
      matched: say.format.sum(matchedMinor, currency),
      in: say.format.sum(matchedMinor + unmatchedMinor, currency),
    }
    await expect(main.getByText(say('reports.card.shareWords', words))).toBeVisible()
  }
  const open = report.heading(words.linesWithoutPayment)
  await expect(main.getByText(say.format.sums(open.sums), { exact: true })).toBeVisible()
  await expect(main.getByText(say.format.count(open.count), { exact: true })).toBeVisible()
}

async function verifyJournal({ page, say }: Program): Promise<void> {
  await page.getByRole('button', { name: say('audit.verify.button'), exact: true }).click()
  await page.getByRole('button', { name: say('audit.verify.run') }).click()
  const result = page.getByRole('dialog').getByRole('status')
  const [whole = ''] = say('audit.verify.whole', { n: '@' }, 5).split('@')
  await expect(result).toContainText(whole.trim())
}
