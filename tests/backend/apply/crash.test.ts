// Stopping, resuming, closing, and being killed at any moment: nothing is written twice, nothing is forgotten.

import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { startDemoPortal } from '../../../electron/demo-portal/start.ts'
import { openWorld, sharedClock, these } from '../../kit/backend-world.ts'
import type { World } from '../../kit/backend-world.ts'

const slow = { latency: { 'crm.item.payment.pay': 1, '*': 0 } }

function writesOf(demo: World['demo']): number[] {
  const counts = new Map<number, number>()
  for (const { paymentId } of demo.state.log.writes) counts.set(paymentId, (counts.get(paymentId) ?? 0) + 1)
  return [...counts.values()]
}

it('stops between two groups, and goes on where it stopped', async () => {
  const world = await openWorld({ portal: { payments: 240, ...slow } })
  const rows = await world.unpaid(25)
  const plan = await world.call('operations.plan', { kind: 'pay', selection: these(rows) })
  const started = await world.call('operations.apply', { planId: plan.id, digest: plan.digest })
  await expect.poll(() => world.demo.state.log.writes.length, { interval: 5 }).toBeGreaterThan(5)
  await world.call('jobs.stop', { jobId: started.id })
  const stopped = await world.ended(started)
  expect([stopped.state, stopped.resumable]).toEqual(['stopped', true])
  const landed = await world.items(started.id)
  expect(new Set(landed.map(({ state }) => state))).toEqual(new Set(['confirmed', 'stopped']))
  expect(landed.filter(({ state }) => state === 'confirmed')).toHaveLength(world.demo.state.log.writes.length)
  const done = await world.ended(await world.call('jobs.resume', { jobId: started.id }))
  expect(done.state).toBe('done')
  expect(writesOf(world.demo)).toEqual(Array(25).fill(1))
  await world.close()
})

it('money rule 22: a write in the air lands when the program is closed, and the rest waits', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sverka-close-'))
  const demo = await startDemoPortal({
    payments: 240,
    bucket: 'off',
    scale: 0.01,
    latency: { 'crm.item.payment.pay': 4, '*': 0 },
  })
  const vault = await openVaultOfTest()
  const first = await openWorld({ demo, folder, vault })
  const rows = await first.unpaid(20)
  const plan = await first.call('operations.plan', { kind: 'pay', selection: these(rows) })
  const job = await first.call('operations.apply', { planId: plan.id, digest: plan.digest })
  await expect
    .poll(() => demo.state.log.requests.some(({ method }) => method === 'crm.item.payment.pay'), {
      interval: 2,
    })
    .toBe(true)
  await first.close()
  const landed = demo.state.log.writes.length
  expect(landed).toBeGreaterThan(0)
  await new Promise((resolve) => setTimeout(resolve, 60))
  expect(demo.state.log.writes).toHaveLength(landed)

  const second = await openWorld({ demo, folder, vault })
  // On a busy computer the answer may have come too late for the closing program; then the start settles it.
  const confirmed = async () =>
    (await second.items(job.id)).filter(({ state }) => state === 'confirmed').length
  await expect.poll(confirmed, { timeout: 10_000 }).toBe(landed)
  const items = await second.items(job.id)
  expect(items.filter(({ state }) => state === 'stopped')).toHaveLength(20 - landed)
  await second.close()
  await demo.close()
  await rm(folder, { recursive: true })
})

async function openVaultOfTest() {
  const { memoryVault } = await import('../../../electron/vault/memory-vault.ts')
  return memoryVault('a test')
}

it('an outcome that was unknown when the program was closed is settled at the next start', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sverka-close-'))
  const demo = await startDemoPortal({
    payments: 60,
    bucket: 'off',
    scale: 0.01,
    switches: { batchablePayments: false },
  })
  const vault = await openVaultOfTest()
  const first = await openWorld({ demo, folder, vault })
  const rows = await first.unpaid(1)
  demo.state.faults.add({ method: 'crm.item.payment.pay', do: { kind: 'reset', when: 'before' } })
  const plan = await first.call('operations.plan', { kind: 'pay', selection: these(rows) })
  const job = await first.call('operations.apply', { planId: plan.id, digest: plan.digest })
  await expect.poll(async () => (await first.items(job.id))[0]?.state, { interval: 2 }).toBe('unknown')
  await first.close()

  const second = await openWorld({ demo, folder, vault })
  await expect.poll(async () => (await second.items(job.id))[0]?.state, { timeout: 10_000 }).toBe('notSent')
  expect(demo.state.log.writes).toEqual([])
  await second.close()
  await demo.close()
  await rm(folder, { recursive: true })
})

it(
  'is killed ten times at random moments: every payment is paid once, the chain is whole',
  { timeout: 90_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sverka-crash-'))
    const speed = 50
    const origin = Date.now()
    const demo = await startDemoPortal({
      payments: 400,
      bucket: 'off',
      operatingLimit: 'off',
      scale: 1 / speed,
      ...slow,
    })
    const first = await openWorld({ demo, folder, clock: sharedClock(origin, speed), speed })
    const rows = await first.unpaid(60)
    const plan = await first.call('operations.plan', { kind: 'pay', selection: these(rows) })
    await first.close()

    const child = fileURLToPath(new URL('crash-child.ts', import.meta.url))
    const words = [folder, demo.webhookUrl, String(origin), String(speed), plan.id, plan.digest]
    for (let kill = 0; kill < 10; kill += 1) await runAndKill(child, words, 5 + Math.random() * 150)

    const { memoryVault } = await import('../../../electron/vault/memory-vault.ts')
    const vault = memoryVault('a test')
    const last = await openWorld({
      demo,
      folder,
      clock: sharedClock(origin, speed),
      vault: {
        ...vault,
        take: () => Promise.resolve(JSON.stringify({ kind: 'webhook', url: demo.webhookUrl })),
      },
    })
    const [operation] = (await last.call('operations.list', {})).rows
    const jobId = operation?.jobId as never
    await expect
      .poll(async () => (await last.call('jobs.get', { jobId })).state, { timeout: 20_000 })
      .not.toBe('running')
    if ((await last.call('jobs.get', { jobId })).resumable)
      await last.ended(await last.call('jobs.resume', { jobId }))
    const items = await last.items(jobId)
    expect(items.map(({ state }) => state)).toEqual(Array(60).fill('confirmed'))
    expect(rows.every(({ id }) => last.shown(id).paid)).toBe(true)
    expect(writesOf(demo)).toEqual(Array(60).fill(1))
    const verified = await last.call('journal.verify', undefined)
    expect(verified.brokenAt).toBeNull()
    await last.close()
    await demo.close()
    await rm(folder, { recursive: true })
  },
)

/** Lets a process work for a while after it has begun, then kills it without a word. */
async function runAndKill(child: string, words: readonly string[], afterMs: number): Promise<void> {
  const running = fork(child, words, { execArgv: ['--disable-warning=ExperimentalWarning'], silent: true })
  const gone = new Promise((resolve) => running.once('exit', resolve))
  let said = ''
  running.stderr?.on('data', (text) => (said += String(text)))
  await new Promise<void>((resolve, reject) => {
    running.on('message', (word) => word === 'working' && resolve())
    running.once('exit', () => reject(new Error(`the child ended by itself: ${said}`)))
  })
  await new Promise((resolve) => setTimeout(resolve, afterMs))
  running.removeAllListeners('exit')
  const over = new Promise((resolve) => running.once('exit', resolve))
  running.kill('SIGKILL')
  await Promise.race([gone, over])
}
