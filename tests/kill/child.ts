// The process that is killed: opens the profile, settles what was in the air, goes on with its operations.

import { createBackend } from '../../electron/backend/backend.ts'
import type { Vault } from '../../electron/backend/ports.ts'
import type { JobSnapshot } from '../../electron/contract/job.ts'
import { openClient } from '../../electron/host/in-process-client.ts'
import { createLog } from '../backend/portal/kit/fake-portal.ts'
import { portsFor, sharedClock } from '../kit/backend-world.ts'
import { dieAt } from './points.ts'
import type { KillPoint } from './points.ts'

/** What a life is told: where its profile lies, which plans it is to carry out, where it ends. */
export interface LifeOrder {
  folder: string
  url: string
  origin: number
  speed: number
  plans: { id: string; digest: string }[]
  point: KillPoint
}

const order = JSON.parse(process.argv[2] ?? '{}') as LifeOrder

/** Holds the one secret that the parent process connected with. */
const vault: Vault = {
  put: () => Promise.resolve(),
  take: () => Promise.resolve(JSON.stringify({ kind: 'webhook', url: order.url })),
  drop: () => Promise.resolve(),
  strength: () => Promise.resolve({ kind: 'memory', detail: 'a test' }),
}

const clock = sharedClock(order.origin, order.speed)
dieAt(order.point)
const backend = await createBackend(await portsFor(order.folder, { vault, clock, log: createLog() }))
const client = openClient(backend)

/** One plan at a time: begun, or gone on with where an earlier life left it, until nothing more can be done. */
async function carryOut(plan: LifeOrder['plans'][number]): Promise<void> {
  const begun = await client.call('operations.apply', { planId: plan.id, digest: plan.digest })
  if (!begun.ok) throw new Error(`a plan is refused: ${JSON.stringify(begun.fault)}`)
  const jobId = begun.value.id
  for (;;) {
    const job = await client.call('jobs.get', { jobId })
    if (!job.ok) throw new Error('a job is lost')
    if (isOver(job.value)) return
    if (job.value.resumable) await client.call('jobs.resume', { jobId })
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

const isOver = ({ state, resumable }: JobSnapshot): boolean =>
  state === 'done' || (state === 'failed' && !resumable)

/** Plans are carried out in their order, so those that earlier lives have ended stand first. */
async function endedPlans(): Promise<number> {
  const jobs = await client.call('jobs.list', {})
  if (!jobs.ok) throw new Error('the jobs cannot be read')
  return jobs.value.filter((job) => job.kind === 'apply' && isOver(job)).length
}

process.send?.('working')
for (const plan of order.plans.slice(await endedPlans())) await carryOut(plan)
process.send?.('done')
setInterval(() => undefined, 1000)
