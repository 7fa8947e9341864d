// How near a refresh and an apply come to what a portal's limits allow: the stand-in with the documented limits and
// latencies, its clock scaled. `--payments`, `--items`, `--scale` (seconds of the wall per second), `--sdk` (payments that
// the official SDK pays beside; 0 leaves it out), `--only` (refresh or apply).

import { parseArgs } from 'node:util'
import type { PaymentRow } from '../../electron/contract/payment.ts'
import type { PaymentId, PortalId } from '../../electron/contract/values.ts'
import { createFastClock } from '../backend/portal/kit/clocks.ts'
import { sayLoop, watchLoop } from './kit/event-loop.ts'
import { percent, say } from './kit/figures.ts'
import { forkPortal } from './kit/portal-process.ts'
import type { PortalFigures, PortalProcess } from './kit/portal-process.ts'
import { openProfile, openProgram } from './kit/program.ts'
import type { Program } from './kit/program.ts'
import { runSdk } from './kit/sdk-process.ts'

const text = { type: 'string' } as const
const { values } = parseArgs({ options: { payments: text, items: text, scale: text, sdk: text, only: text } })
const payments = Number(values.payments ?? 100_000)
const items = Number(values.items ?? 5_000)
const scale = Number(values.scale ?? 0.1)
const bySdk = Number(values.sdk ?? 1_000)
const bucket = { size: 50, drain: 2 }
const budget = { seconds: 480, window: 600 }
const clock = createFastClock(1 / scale)

/** Beyond the burst, requests pass as the bucket drains; a method's time passes as its budget comes back. */
const byRequests = (requests: number): number => Math.max(0, requests - bucket.size) / bucket.drain
const boundsOf = ({ requests, dearestSeconds }: PortalFigures): [byRequests: number, byTime: number] => [
  byRequests(requests),
  dearestSeconds / (budget.seconds / budget.window),
]

function portalOf(count: number): Promise<PortalProcess> {
  return forkPortal({ payments: count, scale, bucket, latency: 'documented', today: '2026-11-21' })
}

/** Over 100 % is possible: a method's budget of a whole window may be used up at once. */
function sayBound(figures: PortalFigures, took: number): void {
  const bounds = boundsOf(figures)
  const bound = Math.max(...bounds)
  say(
    `  the limits allow that in ${bound.toFixed(0)} s (requests ${bounds[0].toFixed(0)}, time of the dearest method ${bounds[1].toFixed(0)}): ${percent(bound / took)} of the bound`,
  )
}

const refused = ({ rateLimited, timeLimited }: PortalFigures): string =>
  `${rateLimited} refused for the rate, ${timeLimited} OPERATION_TIME_LIMIT`

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; took: number }> {
  const began = clock.now()
  const value = await work()
  return { value, took: (clock.now() - began) / 1000 }
}

async function connect(program: Program, url: string) {
  const connected = await program.call('portals.connect', { kind: 'webhook', url })
  if (connected.state !== 'connected') throw new Error(connected.state)
  return connected.portal
}

async function benchRefresh(user: 'administrator' | 'user'): Promise<void> {
  const portal = await portalOf(payments)
  const profile = await openProfile()
  const program = await openProgram({ data: profile.data, clock })
  const { id, check } = await connect(program, portal.webhooks[user])
  await portal.figures()
  // The bucket runs empty first, so that the check's own requests do not count.
  await clock.sleep((bucket.size / bucket.drain) * 1000)
  const loop = watchLoop()
  await loop.start()
  const { value: result, took } = await timed(() =>
    program.follow('refresh', () => program.call('payments.refresh', { portalId: id })),
  )
  const loopFigures = await loop.stop()
  const figures = await portal.figures()
  say(
    `refresh, ${user} (${check?.path ?? 'no'} path): ${result.payments} payments with orders, objects and payers in ${took.toFixed(0)} s`,
  )
  say(
    `  ${figures.requests} requests, ${(figures.requests / result.payments).toFixed(4)} a payment; ${refused(figures)}`,
  )
  sayBound(figures, took)
  sayLoop(loopFigures)
  await loop.close()
  await program.close()
  await profile.remove()
  if (user === 'administrator' && bySdk > 0) {
    await portal.rest()
    const sdk = await timed(() => runSdk(portal.grant, scale, { kind: 'list' }))
    const seen = await portal.figures()
    say(
      `  the SDK, the payments alone: ${sdk.value.done} in ${sdk.took.toFixed(0)} s, ${seen.requests} requests; ${refused(seen)}${endOf(sdk.value.error)}`,
    )
  }
  portal.close()
}

const endOf = (error: string | null): string =>
  error === null ? '' : `; ended with “${error.split('\n')[0]}”`

async function unpaidRows(program: Program, portalId: PortalId, count: number): Promise<PaymentRow[]> {
  const rows: PaymentRow[] = []
  for (let more = true; more && rows.length < count;) {
    const page = await program.call('payments.page', {
      filter: { portalId, paid: false },
      offset: rows.length,
      limit: 500,
    })
    rows.push(...page.rows)
    more = page.rows.length > 0
  }
  if (rows.length < count) throw new Error(`only ${rows.length} unpaid payments`)
  return rows
}

async function benchApply(): Promise<void> {
  const portal = await portalOf(Math.max(1_000, (items + bySdk) * 5))
  const profile = await openProfile()
  const program = await openProgram({ data: profile.data, clock })
  const { id } = await connect(program, portal.webhooks.administrator)
  await program.follow('refresh', () => program.call('payments.refresh', { portalId: id }))
  await program.call('portals.allowWriting', { portalId: id, allowed: true })
  const rows = await unpaidRows(program, id, items + bySdk)
  await portal.rest()
  const ids = rows.slice(0, items).map((row) => row.id as PaymentId)
  const plan = await program.call('operations.plan', {
    kind: 'pay',
    selection: { kind: 'ids', portalId: id, ids },
    writeDetails: false,
  })
  await clock.sleep((bucket.size / bucket.drain) * 1000)
  const { value: result, took } = await timed(() =>
    program.follow('apply', () => program.call('operations.apply', { planId: plan.id, digest: plan.digest })),
  )
  const figures = await portal.figures()
  say(`apply: ${result.confirmed} of ${plan.count} payments paid and read back in ${took.toFixed(0)} s`)
  say(
    `  ${figures.requests} requests, ${(figures.requests / plan.count).toFixed(3)} a payment, ${figures.writes} writes; ${refused(figures)}`,
  )
  sayBound(figures, took)
  say(
    `  the plan said ${(plan.expectMs / 1000).toFixed(0)} s and ${plan.requests} requests: ${percent(plan.expectMs / 1000 / took)} of the time taken`,
  )
  await program.close()
  await profile.remove()
  if (bySdk > 0) {
    await portal.rest()
    const others = rows.slice(items, items + bySdk).map((row) => row.id)
    const sdk = await timed(() => runSdk(portal.grant, scale, { kind: 'pay', ids: others }))
    const seen = await portal.figures()
    say(
      `  the SDK, without checks and read-backs: says ${sdk.value.done} of ${others.length} paid in ${sdk.took.toFixed(0)} s, ${seen.requests} requests, ${seen.writes} writes; ${refused(seen)}${endOf(sdk.value.error)}`,
    )
    say(`  its bound: ${Math.max(...boundsOf(seen)).toFixed(0)} s`)
  }
  portal.close()
}

say(`All seconds are the portal's, whose clock runs ${(1 / scale).toFixed(0)} times faster than the wall.`)
if (values.only !== 'apply') for (const user of ['administrator', 'user'] as const) await benchRefresh(user)
if (values.only !== 'refresh') await benchApply()
