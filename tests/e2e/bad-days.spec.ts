// A portal that answers badly: what the screen says in the end is what the portal holds, and nothing is paid twice.

import { expect, test } from '@playwright/test'
import type { FaultAction, FaultRule } from '../../electron/demo-portal/start.ts'
import { startPortal } from './kit/portal.ts'
import type { PortalProcess } from './kit/portal.ts'
import { openProgram } from './kit/program.ts'
import type { Program } from './kit/program.ts'
import { connectPortal, openArea, part, rowsOf, tray } from './kit/steps.ts'

test.describe.configure({ mode: 'parallel' })

const pay = 'crm.item.payment.pay'
const quick = ['--payments', '120', '--bucket', '500/100', '--latency', 'none', '--cost', 'none']

/** The program connected to a portal of its own, writing switched on, the server's limit as short as it may be. */
async function onBadDay(
  given: readonly string[],
  info: Parameters<typeof openProgram>[0],
  day: (program: Program, portal: PortalProcess) => Promise<void>,
): Promise<void> {
  const portal = await startPortal([...quick, ...given])
  const program = await openProgram(info, { language: 'en' })
  try {
    const { page, say } = program
    await connectPortal(program, portal.webhookUrl)
    await page.getByRole('switch', { name: say('portals.writing.label') }).click()
    await page.getByLabel(say('portals.settings.limit')).fill('10')
    await page.getByRole('button', { name: say('ui.save'), exact: true }).click()
    await expect(page.getByText(say('portals.settings.saved')).first()).toBeVisible()
    await expect(tray(program, 'refresh')).toContainText(say('jobs.state.done'), { timeout: 30_000 })
    await day(program, portal)
    expect(program.problems).toEqual([])
  } finally {
    await program.close()
    await portal.close()
  }
}

interface Item {
  id: number
  outcome: string
}

/** Pays the first `count` open payments, with `rules` standing in the way. */
async function payOpen(
  program: Program,
  portal: PortalProcess,
  count: number,
  rules: (ids: readonly number[]) => FaultRule[],
): Promise<Item[]> {
  const { page, say } = program
  await openArea(program, 'payments')
  await part(page, 'quick-open').click()
  const rows = rowsOf(page, say('payments.grid.label'))
  const numbers = new Map<string, number>()
  await expect(rows.nth(count)).toBeVisible()
  for (let at = 0; at < count; at += 1) {
    const row = rows.nth(at)
    numbers.set(
      (await row.locator('[col-id=accountNumber]').innerText()).trim(),
      Number(await row.getAttribute('row-id')),
    )
    await row.getByRole('checkbox').click()
  }
  await expect(part(page, 'bulk-bar')).toContainText(say('payments.bulk.selected', {}, count))
  await part(page, 'bulk-pay').click()
  await expect(part(page, 'plan-count')).toHaveText(say('operations.plan.will.pay', {}, count))
  await portal.addFaults(rules([...numbers.values()]))
  await part(page, 'plan-confirm').click()
  return itemsAtEnd(program, count, numbers)
}

/** What the screen says of each payment, in the order of `numbers`, once the operation that is shown has ended. */
async function itemsAtEnd(
  { page, say }: Program,
  count: number,
  numbers: ReadonlyMap<string, number>,
): Promise<Item[]> {
  const detail = part(page, 'operation-detail')
  await expect(detail.getByText(say('operations.state.done'), { exact: true })).toBeVisible({
    timeout: 100_000,
  })
  const items = detail.getByRole('list', { name: say('operations.detail.items') }).getByRole('listitem')
  await expect(items).toHaveCount(count)
  const outcomes = new Map<string, string>()
  for (const item of await items.all()) {
    outcomes.set((await item.getByRole('button').innerText()).trim(), await item.innerText())
  }
  return [...numbers].map(([number, id]) => ({ id, outcome: outcomes.get(number) ?? `${number} is missing` }))
}

type Outcome =
  'operations.outcome.paid.answer' | 'operations.outcome.paid.reading' | 'operations.outcome.notSent'

function says({ say }: Program, item: Item | undefined, key: Outcome): boolean {
  const [before = ''] = say(key, { at: '@' }).split('@')
  return item !== undefined && item.outcome.includes(before.trim())
}

function saysPaid(program: Program, item: Item): boolean {
  return (
    says(program, item, 'operations.outcome.paid.answer') ||
    says(program, item, 'operations.outcome.paid.reading')
  )
}

/** Asked behind the program's back: a payment is paid where the screen says so, by one write that changed it. */
async function expectAsShown(program: Program, portal: PortalProcess, items: readonly Item[]): Promise<void> {
  const writes = await portal.writes()
  for (const item of items) {
    const paid = saysPaid(program, item)
    expect((await portal.payment(item.id))['paid'], `payment ${item.id}: ${item.outcome}`).toBe(
      paid ? 'Y' : 'N',
    )
    const own = writes.filter(({ paymentId }) => paymentId === item.id)
    expect(own, `writes of payment ${item.id}`).toEqual(
      paid ? [expect.objectContaining({ method: pay, changed: true })] : [],
    )
  }
}

/** A spec whose faults never happen proves nothing. */
async function expectStruck(portal: PortalProcess): Promise<void> {
  const rules = await portal.faults()
  expect(rules.length).toBeGreaterThan(0)
  for (const { method, struck } of rules) expect(struck, method).toBeGreaterThan(0)
  await portal.clearFaults()
}

test('each kind of broken answer ends in words that are true, and the rest is retried', async ({
  browserName: _browserName,
}, info) => {
  test.setTimeout(170_000)
  await onBadDay(['--batchable-payments', 'no'], info, async (program, portal) => {
    const faults: FaultAction[] = [
      { kind: 'system', name: 'QUERY_LIMIT_EXCEEDED' },
      { kind: 'lost', when: 'after' },
      { kind: 'reset', when: 'after' },
      { kind: 'html', status: 504, when: 'after' },
      { kind: 'truncated' },
      { kind: 'reset', when: 'before' },
    ]
    const items = await payOpen(program, portal, 7, (ids) =>
      faults.map((fault, at) => ({ method: pay, paymentId: ids[at] ?? 0, do: fault })),
    )
    await expectStruck(portal)
    await expectAsShown(program, portal, items)
    const [limited, lost, reset, gateway, truncated, never, calm] = items
    for (const item of [limited, calm])
      expect(says(program, item, 'operations.outcome.paid.answer'), item?.outcome).toBe(true)
    for (const item of [lost, reset, gateway, truncated])
      expect(says(program, item, 'operations.outcome.paid.reading'), item?.outcome).toBe(true)
    expect(says(program, never, 'operations.outcome.notSent'), never?.outcome).toBe(true)
    await retryRest(program, portal, never ? [never] : [])
  })
})

/** What never reached the portal is sent by a second plan, and by that alone. */
async function retryRest(program: Program, portal: PortalProcess, rest: readonly Item[]): Promise<void> {
  const { page, say } = program
  await part(page, 'retry').click()
  await expect(part(page, 'plan-count')).toHaveText(say('operations.plan.will.pay', {}, rest.length))
  await part(page, 'plan-confirm').click()
  const detail = part(page, 'operation-detail')
  await expect(part(detail, 'outcome-all')).toHaveText(new RegExp(`${rest.length}$`))
  await expect(part(detail, 'outcome-confirmed')).toHaveText(new RegExp(`${rest.length}$`), {
    timeout: 20_000,
  })
  const writes = await portal.writes()
  for (const { id } of rest) {
    expect((await portal.payment(id))['paid']).toBe('Y')
    expect(writes.filter(({ paymentId }) => paymentId === id)).toEqual([
      expect.objectContaining({ changed: true }),
    ])
  }
}

test('a batch whose answer is lost half way is taken apart by reading', async ({
  browserName: _browserName,
}, info) => {
  test.setTimeout(120_000)
  await onBadDay([], info, async (program, portal) => {
    const items = await payOpen(program, portal, 6, (ids) => [
      { method: pay, paymentId: ids[3] ?? 0, do: { kind: 'html', status: 504, when: 'after' } },
    ])
    await expectStruck(portal)
    await expectAsShown(program, portal, items)
    const rest = items.filter((item) => !saysPaid(program, item))
    if (rest.length > 0) await retryRest(program, portal, rest)
  })
})
