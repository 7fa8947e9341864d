// Importing statements: kept byte for byte, read in a thread of their own, then matched.

import { Refusal } from '../../../contract/fault.ts'
import type { JobResult, JobSnapshot } from '../../../contract/job.ts'
import type { FileRef } from '../../../contract/statement.ts'
import type { CommandContext } from '../../handlers/context.ts'
import type { JobControl } from '../runner.ts'

type Chosen = FileRef & { duplicates: 'skip' | 'keep' }
type Files = Extract<JobResult, { kind: 'import' }>['files']

/** One import at a time: duplicates are judged against what is whole. A file that is refused does not stop the others. */
export async function importStatements(
  context: CommandContext,
  chosen: readonly Chosen[],
): Promise<JobSnapshot> {
  const taken = chosen.map((choice) => ({ ...choice, ...context.tickets.take(choice.ticket) }))
  return context.jobs.start({
    kind: 'import',
    unit: 'files',
    total: taken.length,
    portalId: null,
    request: { files: taken.map(({ name }) => name) },
    actor: context.actor(),
    key: 'import',
    work: async (control) => {
      const files: Files = []
      for (const choice of taken) {
        if (control.signal.aborted) break
        files.push(await importOne(context, control, choice))
        control.progress({ done: files.length, failed: files.filter(({ fault }) => fault !== null).length })
      }
      const at = context.now()
      context.publish('ledger.changed', {
        areas: ['statements', 'accounts', 'payments', 'matches', 'journal'],
        portalId: null,
        at,
      })
      if (files.some(({ fileId }) => fileId !== null)) context.rematch()
      return { result: { kind: 'import', files }, stopped: control.signal.aborted }
    },
  })
}

async function importOne(
  context: CommandContext,
  control: JobControl,
  choice: Chosen & { path: string; name: string },
): Promise<Files[number]> {
  const { ticket: _, duplicates, ...rest } = choice
  control.progress({ note: { kind: 'file', name: choice.name } })
  let fresh: string | null = null
  try {
    const { sha256, bytes } = await context.files.keep(choice.path)
    const twin = await context.ledger.read('findFile', { sha256 })
    if (!twin) fresh = sha256
    if (twin && duplicates === 'skip')
      throw new Refusal({ code: 'statement.alreadyImported', fileId: String(twin.id) })
    const imported = await context.compute.run(
      'importFile',
      {
        ...rest,
        path: context.files.pathOf(sha256),
        sha256,
        bytes,
        keepDuplicates: duplicates === 'keep',
        at: context.now(),
        actor: context.actor(),
        jobId: control.id,
      },
      { signal: control.signal, writer: context.ledgerPort() },
    )
    return { name: choice.name, fault: null, ...imported }
  } catch (error) {
    if (fresh !== null) await context.files.drop(fresh)
    if (control.signal.aborted) throw error
    if (!(error instanceof Refusal)) throw error
    return { name: choice.name, fileId: null, lines: 0, known: 0, problems: 0, fault: error.fault }
  }
}
