// The real program in this process: its ports, its threads, a client beside it.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBackend } from '../../../electron/backend/backend.ts'
import type { Clock, DemoPortal } from '../../../electron/backend/ports.ts'
import type { Backend } from '../../../electron/backend/session.ts'
import type { CallName, InputOf, ResultOf } from '../../../electron/contract/api.ts'
import type { JobResult, JobSnapshot } from '../../../electron/contract/job.ts'
import { openClient } from '../../../electron/host/in-process-client.ts'
import { openPorts } from '../../../electron/host/ports.ts'

export type ResultOfKind<K extends JobResult['kind']> = Extract<JobResult, { kind: K }>

export interface Program {
  backend: Backend
  call<N extends CallName>(name: N, input: InputOf<N>): Promise<ResultOf<N>>
  /** Follows a job to its end; rejects unless it is done. */
  follow<K extends JobResult['kind']>(kind: K, start: () => Promise<JobSnapshot>): Promise<ResultOfKind<K>>
  close(): Promise<void>
}

/** A temporary profile folder and how to take it away again. */
export async function openProfile(): Promise<{ data: string; ledgerPath: string; remove(): Promise<void> }> {
  const data = await mkdtemp(join(tmpdir(), 'sverka-bench-'))
  return {
    data,
    ledgerPath: join(data, 'ledger.sqlite'),
    remove: () => rm(data, { recursive: true, force: true }),
  }
}

export async function openProgram(options: {
  data: string
  clock?: Clock
  demoPortal?: DemoPortal
}): Promise<Program> {
  const ports = await openPorts({
    name: 'terminal',
    data: options.data,
    memoryVault: true,
    tell: () => undefined,
  })
  const backend = await createBackend({
    ...ports,
    ...(options.clock ? { clock: options.clock } : {}),
    ...(options.demoPortal ? { demoPortal: options.demoPortal } : {}),
  })
  const client = openClient(backend)
  return {
    backend,
    call: async (name, input) => {
      const result = await client.call(name, input)
      if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.fault)}`)
      return result.value
    },
    follow: async (kind, start) => {
      const early: JobSnapshot[] = []
      let hear = (job: JobSnapshot): void => void early.push(job)
      const undo = client.on('jobs.changed', (job) => hear(job))
      try {
        const { id } = await start()
        const job = await new Promise<JobSnapshot>((resolve) => {
          hear = (shown) => {
            if (shown.id === id && shown.endedAt !== null) resolve(shown)
          }
          early.forEach(hear)
        })
        if (job.state !== 'done' || job.result?.kind !== kind)
          throw new Error(`${kind}: ${job.state} ${JSON.stringify(job.fault)}`)
        return job.result as never
      } finally {
        undo()
      }
    },
    close: async () => {
      client.close()
      await backend.close()
    },
  }
}
