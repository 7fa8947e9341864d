// Takes arrived files in, one by one, by the import that a person's own files go through.

import { join } from 'node:path'
import type { Fault } from '../../contract/fault.ts'
import { Refusal } from '../../contract/fault.ts'
import type { JobSnapshot } from '../../contract/job.ts'
import type { Ticket } from '../../contract/files.ts'
import type { FileId } from '../../contract/values.ts'
import { openPlain } from '../files/plain-file.ts'
import type { PlainFile } from '../files/plain-file.ts'
import { requireImportable } from '../files/tickets.ts'
import type { CommandContext } from '../handlers/context.ts'
import { importStatements } from '../jobs/kinds/import.ts'
import { isUnchanged, seeFile } from './folder-look.ts'
import type { SeenFile } from './folder-look.ts'
import { outcomeOf } from './outcome.ts'
import type { Outcome } from './outcome.ts'

export interface Intake {
  /**
   * Imports a file; null when that must wait: it changed, vanished, cannot be read yet, or a person's job goes first.
   * Rejects with the signal's reason.
   */
  take(folder: string, file: SeenFile, signal: AbortSignal): Promise<Outcome | null>
  /** What became of a file whose bytes were imported, here or by hand; null when they never were. */
  findImported(folder: string, file: SeenFile, signal: AbortSignal): Promise<Outcome | null>
  /** Ends the import that runs here, if any, so that a person's own can begin. Its file is taken later. */
  giveWay(): Promise<void>
}

/** How long after a person's import began nothing of ours is started. */
const asideMs = 2000
const pollMs = 100

export function createIntake(context: () => CommandContext): Intake {
  let own: { id: string | null; gaveWay: boolean; ended: Promise<void> } | null = null
  let asideUntil = 0
  const hashes = new Map<string, SeenFile & { sha256: string }>()

  const mustWait = ({ jobs, ports }: CommandContext): boolean =>
    ports.clock.now() < asideUntil || jobs.running().length > 0

  /** What the opened file hashes to; one that is not as it was seen is not the file that is asked about. */
  const hashOf = async (
    path: string,
    file: SeenFile,
    opened: PlainFile,
    signal: AbortSignal,
  ): Promise<string | null> => {
    if (!isUnchanged(await opened.facts(), file)) return null
    const known = hashes.get(path)
    if (known && isUnchanged(known, file)) return known.sha256
    const sha256 = await opened.hash(signal)
    // Read to its end: was it still being written meanwhile?
    if (!isUnchanged(await opened.facts(), file)) return null
    hashes.set(path, { ...file, sha256 })
    return sha256
  }

  const importedAs = async (sha256: string): Promise<Outcome | null> => {
    const { ledger } = context()
    const twin = await ledger.read('findFile', { sha256 })
    if (!twin) return null
    const rows = await ledger.read('readStatements', null)
    const lines = rows.filter(({ fileId }) => fileId === twin.id).reduce((sum, row) => sum + row.lines, 0)
    return { outcome: 'imported', fileId: twin.id as FileId, lines, fault: null }
  }

  const findImported: Intake['findImported'] = async (folder, file, signal) => {
    const path = join(folder, file.name)
    const opened = await openPlain(path)
    try {
      const sha256 = await hashOf(path, file, opened, signal)
      return sha256 === null ? null : await importedAs(sha256)
    } finally {
      await opened.close()
    }
  }

  const stopJob = async (id: string): Promise<void> => {
    // It may have ended by itself meanwhile.
    await context()
      .jobs.stop(id)
      .catch(() => undefined)
  }

  const runImport = async (folder: string, ticket: Ticket, signal: AbortSignal): Promise<Outcome | null> => {
    const { promise, resolve } = Promise.withResolvers<undefined>()
    const mine: NonNullable<typeof own> = { id: null, gaveWay: false, ended: promise }
    own = mine
    try {
      const { id } = await importStatements(context(), [{ ticket, duplicates: 'ask' }], { folder })
      mine.id = id
      if (mine.gaveWay) await stopJob(id)
      const end = await endOf(context(), id, signal)
      if (end?.state !== 'stopped') return end && outcomeOf(end)
      // Whoever pressed Stop does not want it begun again a moment later: the file waits for them.
      return mine.gaveWay ? null : waiting({ code: 'call.abandoned' })
    } finally {
      own = null
      resolve(undefined)
    }
  }

  /** Imports a copy: whatever becomes of the name meanwhile, what is read are the bytes that were looked at. */
  const takeUnchanged = async (
    folder: string,
    file: SeenFile,
    signal: AbortSignal,
  ): Promise<Outcome | null> => {
    const { tickets, ports } = context()
    const path = join(folder, file.name)
    const opened = await openPlain(path)
    try {
      // First of all, since a file that is too large is refused before it is read.
      requireImportable((await opened.facts()).bytes)
      const sha256 = await hashOf(path, file, opened, signal)
      const after = await seeFile(folder, file.name)
      if (sha256 === null || !after || !isUnchanged(after, file)) return null
      const twin = await importedAs(sha256)
      if (twin) return twin
      if (mustWait(context())) return null
      const ticket = await tickets.claim(await opened.copyTo(ports.paths.temp, signal), file.name, true)
      try {
        return await runImport(folder, ticket, signal)
      } finally {
        await tickets.release(ticket)
      }
    } finally {
      await opened.close()
    }
  }

  return {
    findImported,
    take: async (folder, file, signal) => {
      if (mustWait(context())) return null
      try {
        return await takeUnchanged(folder, file, signal)
      } catch (error) {
        if (signal.aborted || !(error instanceof Refusal)) throw error
        // A file that cannot be read may still be held by the program that writes it.
        if (error.fault.code === 'file.gone' || error.fault.code === 'job.running') return null
        return { ...waiting(error.fault), outcome: 'refused' }
      }
    },
    giveWay: async () => {
      asideUntil = context().ports.clock.now() + asideMs
      if (!own) return
      own.gaveWay = true
      const { id, ended } = own
      if (id !== null) await stopJob(id)
      await ended
    },
  }
}

/** The job's last snapshot; null when the ledger has none. Rejects with the signal's reason. */
async function endOf(
  { jobs, ports, ledger }: CommandContext,
  id: string,
  signal: AbortSignal,
): Promise<JobSnapshot | null> {
  while (jobs.get(id)) await ports.clock.sleep(pollMs, signal)
  return (await ledger.read('readJob', { jobId: id }))?.snapshot ?? null
}

const waiting = (fault: Fault): Outcome => ({ outcome: 'waiting', fileId: null, lines: 0, fault })
