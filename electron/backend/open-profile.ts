// What happens once, when a process opens the profile or takes it over.

import { chmod, mkdir } from 'node:fs/promises'
import type { Actor } from '../contract/values.ts'
import type { CommandContext } from './handlers/context.ts'
import { dropUnfinished } from './jobs/kinds/import.ts'
import { resumeApply } from './jobs/kinds/start-apply.ts'
import { takeStaged } from './ledger/backup.ts'
import { openLedger } from './ledger/ledger.ts'
import type { Ledger } from './ledger/ledger.ts'
import type { Ports } from './ports.ts'

/** The ledger of the profile, read only where another process owns it; a staged copy takes its place first. */
export async function openProfile(ports: Ports, owned: boolean, path: string): Promise<Ledger> {
  const at = new Date(ports.clock.now()).toISOString()
  const restored = owned && takeStaged(path, at)
  const ledger = await openLedger({ path, readOnly: !owned, worker: ports.workers.ledger })
  if (!owned) return ledger
  try {
    await noteOpening(ports, ledger, restored, at)
    await Promise.all([chmod(path, 0o600), mkdir(ports.paths.temp, { recursive: true, mode: 0o700 })])
  } catch (error) {
    await ledger.close()
    throw error
  }
  return ledger
}

/** The journal begins with the ledger's making, and says when a copy took its place. */
async function noteOpening(ports: Ports, ledger: Ledger, restored: boolean, at: string): Promise<void> {
  const { seq } = await ledger.read('lastOfJournal', null)
  const actor: Actor = { ...ports.operator, portalUser: null }
  if (seq === 0) await ledger.write('journal', { at, kind: 'ledger.created', actor, body: {} })
  if (restored) await ledger.write('journal', { at, kind: 'ledger.restored', actor, body: {} })
}

/** After a crash: unfinished imports vanish, cut jobs are interrupted, and what was sent is settled by reading at once. */
export async function recover(context: CommandContext, ports: Ports): Promise<void> {
  await dropUnfinished(context)
  await context.files.sweep()
  const cut = await context.ledger.write('interruptJobs', { at: context.now(), actor: context.actor() })
  for (const { jobId, kind } of cut) {
    ports.log.warn('job.interrupted', { jobId, kind })
    if (kind !== 'apply') continue
    const unknown = await context.ledger.read('readWork', { jobId, states: ['unknown'], limit: 1 })
    if (unknown.length === 0) continue
    await resumeApply(context, jobId, true).catch((error: unknown) =>
      ports.log.warn('job.unsettled', { jobId, error: String(error) }),
    )
  }
}
