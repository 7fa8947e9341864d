// Importing statements: kept byte for byte, read in a thread of their own, then matched.

import { Refusal } from '../../../contract/fault.ts'
import type { Fault } from '../../../contract/fault.ts'
import type { JobResult, JobSnapshot } from '../../../contract/job.ts'
import type { FileRef } from '../../../contract/statement-file.ts'
import { archiveKind, unpackArchive } from '../../files/archive.ts'
import type { CommandContext } from '../../handlers/context.ts'
import type { DuplicateChoice } from '../../ledger/tables/statements.ts'
import type { JobControl } from '../runner.ts'

type Chosen = FileRef & { duplicates: DuplicateChoice }
type Files = Extract<JobResult, { kind: 'import' }>['files']

/** A file to import, with where it lies and what it is called. */
interface Taken extends Chosen {
  path: string
  name: string
}

/** One import with everything it needs. */
interface Work {
  context: CommandContext
  control: JobControl
  /** The watched folder the files came from; null when a person chose them. */
  folder: string | null
  /** What is done so far, archives member by member. */
  files: Files
}

/**
 * One import at a time: duplicates are judged against what is whole. A file that is refused or fails does not stop the
 * others, and nothing of it stays; the files of an archive are imported one by one. Copies of ours go once they are in.
 */
export async function importStatements(
  context: CommandContext,
  chosen: readonly Chosen[],
  from?: { folder: string },
): Promise<JobSnapshot> {
  const taken = chosen.map((choice) => ({ ...choice, ...context.tickets.take(choice.ticket) }))
  const folder = from?.folder ?? null
  return context.jobs.start({
    kind: 'import',
    unit: 'files',
    total: taken.length,
    portalId: null,
    request: { files: taken.map(({ name }) => name), ...from },
    actor: context.actor(),
    key: 'import',
    work: async (control) => {
      const work: Work = { context, control, folder, files: [] }
      await importAll(work, taken)
      return { result: { kind: 'import', files: work.files }, stopped: control.signal.aborted }
    },
  })
}

/** What was imported before a stop or a failure stays, and every screen is told. */
async function importAll(work: Work, taken: readonly Taken[]): Promise<void> {
  const { context, control, files } = work
  try {
    for (const [at, choice] of taken.entries()) {
      if (control.signal.aborted) break
      await importChosen(work, choice, taken.length - at - 1)
    }
  } catch (error) {
    if (!control.signal.aborted) throw error
  } finally {
    tellChange(context, files)
  }
}

function tellChange(context: CommandContext, files: Files): void {
  context.publish('ledger.changed', {
    areas: ['statements', 'accounts', 'payments', 'matches', 'journal'],
    portalId: null,
    at: context.now(),
  })
  if (files.some(({ fileId }) => fileId !== null)) context.rematch()
}

/** `left` is how many chosen files come after it. */
async function importChosen(work: Work, choice: Taken, left: number): Promise<void> {
  const { context, control, files } = work
  const before = files.length
  const took = (found: Files[number], more: number): void => {
    files.push(found)
    const failed = files.filter(({ fault }) => fault !== null).length
    control.progress({ done: files.length, failed, total: files.length + more + left })
  }
  control.progress({ note: { kind: 'file', name: choice.name } })
  let unpacked: Awaited<ReturnType<typeof unpackArchive>> | null = null
  try {
    if (await archiveKind(choice.path)) {
      const { path, name } = choice
      const { signal } = control
      unpacked = await unpackArchive({ path, name, temp: context.ports.paths.temp, signal })
    }
    const members = unpacked?.members ?? [choice]
    const refused = unpacked?.refused ?? []
    for (const [at, { path, name }] of members.entries()) {
      if (control.signal.aborted) return
      took(await importOne(work, { ...choice, path, name }), members.length - at - 1 + refused.length)
    }
    for (const [at, { name, fault }] of refused.entries()) took(untaken(name, fault), refused.length - at - 1)
    if (files.slice(before).every(({ fault }) => fault === null)) await context.tickets.spend(choice.ticket)
  } catch (error) {
    if (control.signal.aborted) throw error
    took(untaken(choice.name, control.faultOf(error)), 0)
  } finally {
    await unpacked?.drop()
  }
}

async function importOne(work: Work, choice: Taken): Promise<Files[number]> {
  const { context, control, folder } = work
  const { ticket: _, ...chosen } = choice
  const { name, duplicates } = choice
  control.progress({ note: { kind: 'file', name } })
  let fresh: string | null = null
  try {
    const { sha256, bytes } = await context.files.keep(choice.path)
    const twin = await context.ledger.read('findFile', { sha256 })
    if (!twin) fresh = sha256
    if (twin && duplicates !== 'keep')
      throw new Refusal({ code: 'statement.alreadyImported', fileId: String(twin.id) })
    const imported = await context.compute.run(
      'importFile',
      {
        ...chosen,
        path: context.files.pathOf(sha256),
        sha256,
        bytes,
        folder,
        at: context.now(),
        actor: context.actor(),
        jobId: control.id,
      },
      { signal: control.signal, writer: context.ledgerPort() },
    )
    return { name, fault: null, ...imported }
  } catch (error) {
    const stopped = control.signal.aborted
    await dropRest(context, fresh).catch((failed: unknown) => {
      // What cannot be cleared away now is, before the next file that fails or at the next start; nobody sees it until then.
      control.faultOf(failed)
    })
    if (stopped) throw error
    return untaken(name, control.faultOf(error))
  }
}

/** What a file that was not imported left: its lines, and the copy of its bytes if no other file has the same. */
async function dropRest(context: CommandContext, fresh: string | null): Promise<void> {
  await dropUnfinished(context)
  if (fresh !== null && !(await context.ledger.read('findFile', { sha256: fresh })))
    await context.files.drop(fresh)
}

/**
 * Removes what imports left behind that could not clear up after themselves: those of a killed program, or of a thread
 * that ended for want of memory. Only while no import runs.
 */
export async function dropUnfinished({
  ledger,
  files,
}: Pick<CommandContext, 'ledger' | 'files'>): Promise<void> {
  for (const sha256 of await ledger.write('dropUnfinished', null)) await files.drop(sha256)
}

function untaken(name: string, fault: Fault): Files[number] {
  return { name, fileId: null, lines: 0, known: 0, doubtful: 0, problems: 0, fault }
}
