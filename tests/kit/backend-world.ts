// A whole backend over real HTTP and a real ledger in one call: the demo portal, scaled time, a client beside it.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBackend } from '../../electron/backend/backend.ts'
import type { Clock, Ports, Vault } from '../../electron/backend/ports.ts'
import type { Backend } from '../../electron/backend/session.ts'
import type { CallName, InputOf, ResultOf } from '../../electron/contract/api.ts'
import type { Fault } from '../../electron/contract/fault.ts'
import type { ServerFrame } from '../../electron/contract/frames.ts'
import type { JobSnapshot } from '../../electron/contract/job.ts'
import type { OperationItem, OperationPlan } from '../../electron/contract/operation.ts'
import type { PaymentRow } from '../../electron/contract/payment.ts'
import type { Portal } from '../../electron/contract/portal.ts'
import { startDemoPortal } from '../../electron/demo-portal/start.ts'
import type { DemoPortal, DemoPortalOptions } from '../../electron/demo-portal/start.ts'
import { openClient } from '../../electron/host/in-process-client.ts'
import type { InProcessClient } from '../../electron/host/in-process-client.ts'
import { memoryVault } from '../../electron/vault/memory-vault.ts'
import { createFastClock } from '../backend/portal/kit/clocks.ts'
import { createLog, directNetwork } from '../backend/portal/kit/fake-portal.ts'
import type { Remembering } from '../backend/portal/kit/fake-portal.ts'

export interface WorldOptions {
  portal?: DemoPortalOptions
  /** How many times faster than the wall both clocks run. */
  speed?: number
  /** 0 is an administrator, 1 is not. */
  user?: 0 | 1
  /** Signs in by the local application instead of connecting by a webhook. */
  signIn?: boolean
  /** Switches writing on and fetches the payments; true unless told otherwise. */
  ready?: boolean
  /** A portal or a folder that is there already; neither is taken away at the end. */
  demo?: DemoPortal
  folder?: string
  vault?: Vault
  clock?: Clock
  policy?: Partial<Ports['policy']>
  /** Lets the quiet looks run. */
  window?: boolean
}

export interface World {
  demo: DemoPortal
  folder: string
  vault: Vault
  clock: Clock
  log: Remembering
  backend: Backend
  client: InProcessClient
  /** Everything that left the backend. */
  frames: ServerFrame[]
  portal: Portal
  call<N extends CallName>(name: N, input: InputOf<N>): Promise<ResultOf<N>>
  fault<N extends CallName>(name: N, input: InputOf<N>): Promise<Fault>
  /** Resolves when the job has ended. */
  ended(job: { id: string }): Promise<JobSnapshot>
  /** Plans, confirms, waits for the end. */
  carryOut(request: InputOf<'operations.plan'>): Promise<Done>
  confirm(plan: OperationPlan): Promise<Done>
  items(jobId: string): Promise<OperationItem[]>
  unpaid(count: number): Promise<PaymentRow[]>
  paid(count: number): Promise<PaymentRow[]>
  /** What the portal really shows. */
  shown(id: number): { paid: boolean; [field: string]: unknown }
  close(): Promise<void>
}

/** Preparing a whole world takes its time on a busy computer. */
export const preparing = 60_000

/** A fast clock that several processes share: it goes on where another one stood. */
export function sharedClock(origin: number, speed: number): Clock {
  const { sleep } = createFastClock(speed)
  return { now: () => origin + (Date.now() - origin) * speed, sleep }
}

export interface Done {
  plan: OperationPlan
  job: JobSnapshot
  items: OperationItem[]
}

const root = new URL('../../', import.meta.url)

/** The ports of a test: nothing but memory, loopback and the folder. */
export async function portsFor(
  folder: string,
  given: {
    vault: Vault
    clock: Clock
    log: Ports['log']
    policy?: Partial<Ports['policy']>
    window?: boolean
  },
): Promise<Ports> {
  const paths = { data: folder, temp: join(folder, 'temp'), logs: join(folder, 'logs') }
  await Promise.all(Object.values(paths).map((path) => mkdir(path, { recursive: true })))
  return {
    vault: given.vault,
    clock: given.clock,
    log: given.log,
    paths,
    shell: { open: () => Promise.resolve(), reveal: () => Promise.resolve() },
    network: directNetwork,
    demoPortal: { start: () => Promise.reject(new Error('no demo portal in this world')) },
    workers: {
      ledger: new URL('electron/backend/ledger/worker.ts', root),
      compute: new URL('electron/backend/jobs/compute.ts', root),
    },
    operator: { account: 'anna', computer: 'desk' },
    window: given.window ?? false,
    policy: {
      forceReadOnly: false,
      forbidDelete: false,
      forbidUpdateCheck: true,
      updateFeed: null,
      proxy: null,
      ...given.policy,
    },
    troubles: [],
    host: { name: 'terminal', version: '0.1.0' },
  }
}

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const speed = options.speed ?? 100
  const demo =
    options.demo ??
    (await startDemoPortal({
      payments: 60,
      bucket: 'off',
      operatingLimit: 'off',
      scale: 1 / speed,
      ...options.portal,
    }))
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'sverka-world-')))
  const vault = options.vault ?? memoryVault('a test')
  const clock = options.clock ?? createFastClock(speed)
  const log = createLog()
  const backend = await createBackend(
    await portsFor(folder, {
      vault,
      clock,
      log,
      window: options.window ?? false,
      ...(options.policy ? { policy: options.policy } : {}),
    }),
  )
  const client = openClient(backend)
  const frames: ServerFrame[] = []
  const listening = backend.open((frame) => frames.push(frame))

  const call: World['call'] = async (name, input) => {
    const result = await client.call(name, input)
    if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.fault)}`)
    return result.value
  }
  const world: World = {
    demo,
    folder,
    vault,
    clock,
    log,
    backend,
    client,
    frames,
    portal: undefined as never,
    call,
    fault: async (name, input) => {
      const result = await client.call(name, input)
      if (result.ok) throw new Error(`${name} was not refused`)
      return result.fault
    },
    ended: (job) => endOf(client, call, job.id),
    carryOut: async (request) => world.confirm(await call('operations.plan', request)),
    confirm: async (plan) => {
      const job = await world.ended(await call('operations.apply', { planId: plan.id, digest: plan.digest }))
      return { plan, job, items: await world.items(job.id) }
    },
    items: async (jobId) => (await call('operations.items', { jobId: jobId, limit: 1000 })).rows,
    unpaid: (count) => rowsOf(world, false, count),
    paid: (count) => rowsOf(world, true, count),
    shown: (id) => {
      const payment = demo.state.payments.get(id)
      if (!payment) throw new Error(`the portal has no payment ${id}`)
      return { ...payment, paid: payment.paid === 'Y' }
    },
    close: async () => {
      listening.close()
      client.close()
      await backend.close()
      if (!options.demo) await demo.close()
      if (!options.folder) await rm(folder, { recursive: true, force: true })
    },
  }
  world.portal = await readyPortal(world, options)
  return world
}

async function readyPortal({ demo, call, ended }: World, options: WorldOptions): Promise<Portal> {
  const [known] = await call('portals.list', undefined)
  if (known) return known
  const connected = options.signIn
    ? await signInByApp({ demo, call })
    : await connectWebhook(demo, call, options)
  if (options.ready === false) return connected
  const portalId = connected.id
  // The bucket of the test portal is off, so nothing here has to wait for one.
  await call('portals.changeSettings', { portalId, bucketSize: 1000, drainPerSecond: 100 })
  const refreshed = await ended(await call('payments.refresh', { portalId }))
  if (refreshed.state !== 'done') throw new Error(`the refresh ${JSON.stringify(refreshed.fault)}`)
  demo.state.log.clear()
  return call('portals.allowWriting', { portalId, allowed: true })
}

async function connectWebhook(demo: DemoPortal, call: World['call'], options: WorldOptions): Promise<Portal> {
  const url = demo.webhooks[options.user ?? 0]?.url ?? ''
  const connected = await call('portals.connect', { kind: 'webhook', url })
  if (connected.state !== 'connected') throw new Error('a webhook connects at once')
  return connected.portal
}

/** Signs in by the local application as a person does: allow, copy the code, paste it. */
export async function signInByApp({ demo, call }: Pick<World, 'demo' | 'call'>): Promise<Portal> {
  const { clientId, clientSecret } = demo.oauth
  const asked = await call('portals.connect', { kind: 'oauth', portal: demo.url, clientId, clientSecret })
  if (asked.state !== 'signIn') throw new Error('no sign-in was begun')
  const page = await (await fetch(`${asked.signIn.authorizeUrl}&allow=yes`)).text()
  const code = /<code id="code">([^<]+)</.exec(page)?.[1]
  if (code === undefined) throw new Error('the portal showed no code')
  const done = await call('portals.finishSignIn', { signInId: asked.signIn.signInId, code })
  if (done.state !== 'connected') throw new Error('the sign-in did not end')
  return done.portal
}

async function endOf(client: InProcessClient, call: World['call'], jobId: string): Promise<JobSnapshot> {
  const over = (job: JobSnapshot): boolean => job.state !== 'running' && job.state !== 'stopping'
  return new Promise((resolve, reject) => {
    const undo = client.on('jobs.changed', (job) => {
      if (job.id === jobId && over(job)) done(job)
    })
    const done = (job: JobSnapshot): void => {
      undo()
      resolve(job)
    }
    call('jobs.get', { jobId: jobId }).then((job) => over(job) && job.endedAt !== null && done(job), reject)
  })
}

async function rowsOf({ call, portal }: World, paid: boolean, count: number): Promise<PaymentRow[]> {
  const filter = { portalId: portal.id, paid, currency: ['RUB'] }
  const { rows } = await call('payments.page', { filter, limit: count })
  if (rows.length < count) throw new Error(`only ${rows.length} such payments`)
  return rows
}

/** A selection of these payments. */
export function these(rows: readonly PaymentRow[]): { kind: 'ids'; portalId: never; ids: never[] } {
  return { kind: 'ids', portalId: rows[0]?.portalId as never, ids: rows.map(({ id }) => id as never) }
}

interface Upload {
  name: string
  bytes: Uint8Array | string
}

/** Imports statements in one job; answers its end. */
export async function importFiles(world: World, uploads: readonly Upload[]): Promise<JobSnapshot> {
  const files = await Promise.all(
    uploads.map(async ({ name, bytes }) => {
      const path = join(world.folder, 'temp', name)
      await writeFile(path, bytes)
      return { ticket: await world.backend.tickets.claim(path, name, true) }
    }),
  )
  return world.ended(await world.call('statements.import', { files }))
}

/** The whole way to matched payments: the portal's sample statements, their accounts bound, everything certain accepted. */
export async function reconcile(world: World): Promise<number> {
  await importFiles(world, world.demo.statements)
  for (const { account, currency, proposals } of await world.call('accounts.list', undefined)) {
    await world.call('accounts.bind', {
      account,
      currency,
      portalId: world.portal.id,
      ownCompanyId: proposals[0]?.ownCompanyId ?? null,
    })
  }
  await world.ended(await world.call('matches.propose', undefined))
  const { certain } = await world.call('matches.summary', {})
  const accepted = await world.call('matches.acceptCertain', { digest: certain.digest })
  return accepted.lines
}
