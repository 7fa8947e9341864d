// A program of its own for the crash test: opens the profile, goes on with its operation, and is killed on the way.

import { createBackend } from '../../../electron/backend/backend.ts'
import type { Vault } from '../../../electron/backend/ports.ts'
import { openClient } from '../../../electron/host/in-process-client.ts'
import { portsFor, sharedClock } from '../../kit/backend-world.ts'
import { createLog } from '../portal/kit/fake-portal.ts'

const [folder = '', url = '', origin = '0', speed = '1', planId = '', digest = ''] = process.argv.slice(2)

/** Holds the one secret that the parent process connected with. */
const vault: Vault = {
  put: () => Promise.resolve(),
  take: () => Promise.resolve(JSON.stringify({ kind: 'webhook', url })),
  drop: () => Promise.resolve(),
  strength: () => Promise.resolve({ kind: 'memory', detail: 'a test' }),
}

const backend = await createBackend(
  await portsFor(folder, { vault, clock: sharedClock(Number(origin), Number(speed)), log: createLog() }),
)
const client = openClient(backend)

/** Waits until what was in the air at the kill is settled, then goes on. */
async function goOn(): Promise<void> {
  for (;;) {
    const list = await client.call('jobs.list', {})
    const job = list.ok ? list.value.find(({ kind }) => kind === 'apply') : undefined
    if (!job) return void (await client.call('operations.apply', { planId: planId, digest }))
    if (job.state === 'done') return
    if (job.resumable) return void (await client.call('jobs.resume', { jobId: job.id }))
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

process.send?.('open')
await goOn()
process.send?.('working')
setInterval(() => undefined, 1000)
