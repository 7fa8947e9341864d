// Stopping, resuming, closing, and being killed at any moment: nothing is written twice, nothing is forgotten.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startDemoPortal } from '../../../electron/demo-portal/start.ts'
import { openWorld, these } from '../../kit/backend-world.ts'
import type { World } from '../../kit/backend-world.ts'
import { runCampaign } from '../../kill/campaign.ts'

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

it('is killed again and again at every kind of step: the ledger shows what the portal shows, nothing is written twice', async () => {
  const seed = String(Date.now() % 1_000_000)
  const end = await runCampaign({
    seed,
    kills: 10,
    payments: { pay: 20, details: 8, unpay: 12, edit: 2, remove: 2 },
    batch: Number(seed) % 2 === 0,
    faults: true,
    speed: 50,
  })
  expect(end.violations, `npm run test:kill -- --seed ${seed}`).toEqual([])
  expect(end.killed).toHaveLength(10)
  expect(Object.values(end.states).reduce((sum, count) => sum + count, 0)).toBe(44)
}, 180_000)
