// One campaign: a portal, a ledger file, operations over many payments, and a process that is killed again and again
// while it carries them out. At the end the ledger shows what the portal shows, and nothing was written twice.

import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { OperationPlan, PlanRequest } from '../../electron/contract/operation.ts'
import { fieldText } from '../../electron/backend/jobs/kinds/apply/field-values.ts'
import type { PaymentRow } from '../../electron/contract/payment.ts'
import { createRandom } from '../../electron/demo-portal/data/random.ts'
import type { Random } from '../../electron/demo-portal/data/random.ts'
import { startDemoPortal } from '../../electron/demo-portal/start.ts'
import type { DemoPortal, FaultAction } from '../../electron/demo-portal/start.ts'
import { memoryVault } from '../../electron/vault/memory-vault.ts'
import { openWorld, reconcile, sharedClock, these } from '../kit/backend-world.ts'
import type { World } from '../kit/backend-world.ts'
import type { LifeOrder } from './child.ts'
import { ledgerWrites } from './points.ts'
import type { KillPoint } from './points.ts'

export interface CampaignOptions {
  seed: string
  /** Most lives that are ended; a campaign ends earlier when its work is done. */
  kills: number
  payments: { pay: number; details: number; unpay: number; edit: number; remove: number }
  batch: boolean
  faults: boolean
  speed: number
  say?: (line: string) => void
}

export interface CampaignEnd {
  /** What each killed life was doing: where the trap struck, and at what. */
  killed: { at: string; met: string }[]
  /** Items by the state they ended in. */
  states: Record<string, number>
  faults: number
  violations: string[]
}

const writing = [
  'crm.item.payment.pay',
  'crm.item.payment.unpay',
  'crm.item.payment.delete',
  'sale.payment.update',
] as const
const reading = ['crm.item.payment.get', 'sale.payment.get'] as const
const longestLifeMs = 60_000

/** Kills and restarts until the work is done or the kills are used up; then goes on undisturbed and looks. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignEnd> {
  const { speed, batch } = options
  const random = createRandom(options.seed)
  const folder = await mkdtemp(join(tmpdir(), 'sverka-kill-'))
  const origin = Date.now()
  const demo = await startDemoPortal({
    payments: Math.max(300, 10 * options.payments.details),
    bucket: 'off',
    operatingLimit: 'off',
    scale: 1 / speed,
    latency: { 'crm.item.payment.*': 0.5, 'sale.payment.*': 0.5, '*': 0 },
    switches: { batchablePayments: batch },
  })
  try {
    const plans = await prepare(demo, folder, origin, options)
    const killed: CampaignEnd['killed'] = []
    let faults = 0
    while (killed.length < options.kills) {
      if (options.faults) faults += scatterFaults(demo, random)
      const point = drawPoint(random, batch)
      const order: LifeOrder = { folder, url: demo.webhookUrl, origin, speed, plans, point }
      const end = await live(order)
      demo.state.faults.clear()
      if (end === 'done') break
      killed.push(end)
      options.say?.(`${options.seed}: kill ${killed.length}, ${end.at} ${end.met}`)
    }
    return { killed, faults, ...(await inspect(demo, folder, origin, options, plans)) }
  } finally {
    await demo.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function openAgain(
  demo: DemoPortal,
  folder: string,
  origin: number,
  { speed }: CampaignOptions,
  fresh: boolean,
): Promise<World> {
  const secret = JSON.stringify({ kind: 'webhook', url: demo.webhookUrl })
  const vault = fresh ? {} : { vault: { ...memoryVault('a test'), take: () => Promise.resolve(secret) } }
  return openWorld({ demo, folder, clock: sharedClock(origin, speed), speed, ...vault })
}

async function prepare(
  demo: DemoPortal,
  folder: string,
  origin: number,
  options: CampaignOptions,
): Promise<LifeOrder['plans']> {
  const world = await openAgain(demo, folder, origin, options, true)
  const { pay, details, unpay, edit, remove } = options.payments
  const matched = details === 0 ? [] : await matchedRows(world, details)
  const taken = new Set(matched.map(({ id }) => id))
  const open = (await world.unpaid(pay + edit + remove + taken.size)).filter(({ id }) => !taken.has(id))
  const requests: PlanRequest[] = [
    ...(pay > 0 ? [payOf(open.splice(0, pay), false)] : []),
    ...(details > 0 ? [payOf(matched, true)] : []),
    ...(unpay > 0
      ? [{ kind: 'unpay' as const, selection: these(await world.paid(unpay)), reason: 'a test' }]
      : []),
    ...open.splice(0, edit).map((row) => editOf(row)),
    ...open.splice(0, remove).map((row) => removeOf(row)),
  ]
  const plans: OperationPlan[] = []
  for (const request of requests) plans.push(await world.call('operations.plan', request))
  await world.close()
  return plans.map(({ id, digest }) => ({ id, digest }))
}

async function matchedRows(world: World, count: number): Promise<PaymentRow[]> {
  await reconcile(world)
  const filter = { portalId: world.portal.id, standing: ['toPay' as const] }
  const { rows } = await world.call('payments.page', { filter, limit: count })
  if (rows.length < count) throw new Error(`only ${rows.length} payments are to be paid`)
  return rows
}

const payOf = (rows: readonly PaymentRow[], writeDetails: boolean): PlanRequest => ({
  kind: 'pay',
  selection: these(rows),
  writeDetails,
})
const refOf = (row: PaymentRow) => ({
  portalId: row.portalId as never,
  paymentId: row.id as never,
  typedNumber: row.accountNumber,
})
const editOf = (row: PaymentRow): PlanRequest => ({
  kind: 'edit',
  ...refOf(row),
  fields: { comments: `edited ${row.id}` },
})
const removeOf = (row: PaymentRow): PlanRequest => ({ kind: 'delete', ...refOf(row) })

/** Before and after every kind of step, early and late; some at a moment that no step names. */
function drawPoint(random: Random, batch: boolean): KillPoint {
  const latest = batch ? 8 : 24
  const at = random.pick([
    'write:before',
    'write:after',
    'request:before',
    'request:sent',
    'request:after',
    'moment',
  ] as const)
  if (at === 'moment') return { at, name: '', nth: random.integer(0, 250), latest }
  if (random.chance(0.5)) return { at, name: '', nth: random.integer(1, latest), latest }
  const requests = batch && random.chance(0.7) ? ['batch'] : [...writing, ...reading]
  const name = random.pick(at.startsWith('write') ? ledgerWrites : requests)
  return { at, name, nth: random.integer(1, 2), latest }
}

/** A few faults that strike somewhere in the coming life; answers how many. */
function scatterFaults(demo: DemoPortal, random: Random): number {
  const count = random.integer(0, 3)
  for (let each = 0; each < count; each += 1) {
    const when = random.pick(['before', 'after'] as const)
    const actions: FaultAction[] = [
      { kind: 'reset', when },
      { kind: 'close', when },
      { kind: 'lost', when },
      { kind: 'truncated' },
      { kind: 'html', status: random.pick([200, 500, 502, 504] as const), when },
      { kind: 'system', name: 'INTERNAL_SERVER_ERROR', when },
      { kind: 'system', name: 'QUERY_LIMIT_EXCEEDED' },
      { kind: 'system', name: 'OPERATION_TIME_LIMIT' },
      { kind: 'system', name: 'expired_token' },
      { kind: 'no-time' },
      { kind: 'missing-command' },
      { kind: 'delay', seconds: random.pick([5, 35, 65]), when },
      { kind: 'late', cut: 'reset', cutAfter: random.integer(0, 20), doneAfter: random.integer(21, 59) },
      { kind: 'late', cut: 'page', cutAfter: 60, doneAfter: random.integer(61, 70) },
    ]
    demo.state.faults.add({
      method: random.pick([...writing, ...writing, ...reading, 'batch']),
      after: random.integer(0, 6),
      do: random.pick(actions),
    })
  }
  return count
}

const child = fileURLToPath(new URL('child.ts', import.meta.url))

/** Lets a process work until its trap strikes; one whose trap is never reached is ended at its longest. */
async function live(order: LifeOrder): Promise<'done' | { at: string; met: string }> {
  const running = fork(child, [JSON.stringify(order)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    silent: true,
  })
  let said = ''
  let wrong = ''
  running.stdout?.on('data', (text) => (said += String(text)))
  running.stderr?.on('data', (text) => (wrong += String(text)))
  return new Promise((resolve, reject) => {
    let done = false
    const end = (): void => void running.kill('SIGKILL')
    const timers = [setTimeout(end, longestLifeMs)]
    running.on('message', (word) => {
      if (word === 'working' && order.point.at === 'moment') timers.push(setTimeout(end, order.point.nth))
      if (word !== 'done') return
      done = true
      end()
    })
    running.once('close', (_code, signal) => {
      for (const timer of timers) clearTimeout(timer)
      if (signal !== 'SIGKILL') return reject(new Error(`a life ended by itself: ${wrong}`))
      if (done) return resolve('done')
      const struck = /^killed (.*)$/m.exec(said)?.[1]
      resolve(
        struck === undefined
          ? { at: 'moment', met: '' }
          : (JSON.parse(struck) as { at: string; met: string }),
      )
    })
  })
}

/** Goes on without a fault or a kill, and compares item by item. */
async function inspect(
  demo: DemoPortal,
  folder: string,
  origin: number,
  options: CampaignOptions,
  plans: LifeOrder['plans'],
): Promise<Pick<CampaignEnd, 'states' | 'violations'>> {
  const world = await openAgain(demo, folder, origin, options, false)
  const violations: string[] = []
  const states: Record<string, number> = {}
  const portalId = world.portal.id
  for (const plan of plans) {
    const jobId = await finish(world, plan)
    for (const item of await world.items(jobId)) {
      const told = item.details === 'none' ? item.state : `${item.state}, details ${item.details}`
      states[told] = (states[told] ?? 0) + 1
      const { paymentId } = item
      const say = (holds: boolean, what: string): void =>
        void (holds || violations.push(`payment ${paymentId} (${told}): ${what}`))
      const { row, fields } = await world.call('payments.detail', { portalId, paymentId: paymentId })
      const shown = demo.state.payments.get(paymentId)
      const known = new Map<string, string>(fields.map(({ name, value }) => [name, value]))
      say(
        ['confirmed', 'confirmedPartly', 'alreadySo', 'conflict', 'refused', 'notSent'].includes(item.state),
        'unexplained',
      )
      say(!['waiting', 'unknown'].includes(item.details), 'details unexplained')
      say(row.gone === (shown === undefined), 'the ledger and the portal disagree whether it is there')
      if (shown)
        say(row.paid === (shown.paid === 'Y'), `the ledger says paid ${row.paid}, the portal something else`)
      const counted = writing.map(
        (method) => [method, demo.state.log.countWrites(paymentId, method)] as const,
      )
      for (const [method, count] of counted) say(count <= 1, `${method} was carried out ${count} times`)
      const total = counted.reduce((sum, [, count]) => sum + count, 0)
      if (item.state === 'notSent' || item.state === 'refused') say(total === 0, 'was written all the same')
      if (item.state === 'confirmed') say(total >= 1, 'nothing was written')
      if (item.details === 'written')
        for (const name of ['payVoucherNum', 'comments'])
          say((known.get(name) ?? '') === fieldText(shown?.[name]), `${name} differs from the portal’s`)
    }
  }
  const { brokenAt } = await world.call('journal.verify', undefined)
  if (brokenAt !== null) violations.push(`the journal is broken at ${brokenAt}`)
  await world.close()
  return { states, violations }
}

/** Brings an operation to its end; answers its job. */
async function finish(world: World, plan: LifeOrder['plans'][number]): Promise<string> {
  const begun = await world.call('operations.apply', { planId: plan.id, digest: plan.digest })
  for (;;) {
    const job = await world.ended(begun)
    if (!job.resumable) return job.id
    await world.call('jobs.resume', { jobId: job.id }).catch(() => undefined)
  }
}
