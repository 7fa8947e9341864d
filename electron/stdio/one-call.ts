// One call per process: its result on stdout, everything else on stderr.

import { resolve } from 'node:path'
import { api } from '../contract/api.ts'
import { Refusal } from '../contract/fault.ts'
import type { Fault, Result } from '../contract/fault.ts'
import type { JobSnapshot } from '../contract/job.ts'
import type { Connected } from '../contract/portal.ts'
import { openClient } from '../host/in-process-client.ts'
import type { InProcessClient } from '../host/in-process-client.ts'
import type { CallLine, Wrong } from './arguments.ts'
import { gatherInput, withTickets } from './call-input.ts'
import { isJobSnapshot, watchJobs } from './follow-job.ts'
import { handOut } from './hand-out.ts'
import { finishSignIn } from './sign-in.ts'
import type { ExitCode, OpenBackend, Opened, Terminal } from './terminal.ts'
import { words } from './words.ts'

type Outcome = { wrong: Wrong } | { fault: Fault; value?: unknown } | { value: unknown }

/** Never rejects: what nobody foresaw is a fault `internal`. */
export async function runOneCall(
  line: CallLine,
  terminal: Terminal,
  openBackend: OpenBackend,
): Promise<ExitCode | { wrong: Wrong }> {
  const outcome = await decide(line, terminal, openBackend)
  if ('wrong' in outcome) return { wrong: outcome.wrong }
  if (outcome.value !== undefined) terminal.print(JSON.stringify(outcome.value))
  if (!('fault' in outcome)) return 0
  terminal.note(JSON.stringify(outcome.fault))
  return 1
}

async function decide(line: CallLine, terminal: Terminal, openBackend: OpenBackend): Promise<Outcome> {
  let opened: Opened | undefined
  try {
    const gathered = await gatherInput(line, terminal)
    if ('wrong' in gathered) return gathered
    opened = await openBackend({ data: line.data, memoryVault: line.memoryVault })
    // A secret that ends with the process connects nothing; --stdio is for those who want that.
    if (line.call === 'portals.connect' && (await opened.vault.strength()).kind === 'memory') {
      return { fault: { code: 'vault.absent' } }
    }
    const ready = await withTickets(gathered, opened.backend.tickets, terminal.folder)
    if ('wrong' in ready) return ready
    return await callAndFollow(line, ready, opened, terminal)
  } catch (error) {
    if (error instanceof Refusal) return { fault: error.fault }
    terminal.note(error instanceof Error ? error.message : String(error))
    return { fault: { code: 'internal', reference: 'terminal' } }
  } finally {
    await opened?.backend.close()
  }
}

async function callAndFollow(
  line: CallLine,
  { input, mine }: { input: unknown; mine: Set<string> },
  { backend }: Opened,
  terminal: Terminal,
): Promise<Outcome> {
  const say = words[terminal.language]
  const client = openClient(backend)
  const jobs = watchJobs(client)
  try {
    const answer = await interruptible(client, terminal, () => client.callByName(line.call, input))
    const ended =
      answer.ok && isSignIn(line, answer.value) ? await finishSignIn(answer.value, client, terminal) : answer
    if (!ended.ok) return { fault: ended.fault }
    const first = api[line.call].kind === 'command' && isJobSnapshot(ended.value) ? ended.value : null
    const last = first && (await jobs.follow(first, terminal))
    const result = await handOut(last ?? ended.value ?? null, {
      folder: line.out === undefined ? undefined : resolve(terminal.folder, line.out),
      tickets: backend.tickets,
      mine,
      saved: (path) => terminal.note(say.saved(path)),
      notSaved: (name) => terminal.note(say.keptNowhere(name)),
    })
    const fault =
      (last && faultOfEnd(last)) ?? (tellsOfFiles(line) ? faultAmongFiles(last ?? ended.value) : null)
    return fault ? { fault, value: result } : { value: result }
  } finally {
    jobs.undo()
    client.close()
  }
}

/** A job that was stopped or cut off has not done what was asked, as little as one that failed. */
function faultOfEnd(job: JobSnapshot): Fault | null {
  return job.state === 'done' ? null : (job.fault ?? { code: 'call.abandoned' })
}

/**
 * The first refusal of one of several files: of an import, or of an archive that was looked at or unpacked. Whoever wrote
 * a script wants to hear that not all was taken; what was is in the result all the same.
 */
function faultAmongFiles(value: unknown): Fault | null {
  if (isJobSnapshot(value)) return value.result?.kind === 'import' ? firstFault(value.result.files) : null
  if (Array.isArray(value)) return firstFault(value)
  return typeof value === 'object' && value !== null && 'members' in value ? firstFault(value.members) : null
}

/** Told by its shape: the table's result types are gone when the program runs. */
function firstFault(files: unknown): Fault | null {
  if (!Array.isArray(files)) return null
  for (const file of files as unknown[]) {
    if (typeof file !== 'object' || file === null || !('fault' in file)) continue
    if (typeof file.fault === 'object' && file.fault !== null && 'code' in file.fault)
      return file.fault as Fault
  }
  return null
}

/** Calls that are given files and answer for each of them. */
function tellsOfFiles({ call }: CallLine): boolean {
  return call === 'statements.import' || call === 'statements.inspect' || call === 'statements.unpack'
}

function isSignIn(line: CallLine, value: unknown): value is Extract<Connected, { state: 'signIn' }> {
  return line.call === 'portals.connect' && typeof value === 'object' && value !== null && 'signIn' in value
}

/** Ctrl-C while the call is under way gives it up; the backend lets what is in the air land. */
async function interruptible<T>(
  client: InProcessClient,
  terminal: Terminal,
  call: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const undo = terminal.onInterrupt(() => client.close())
  try {
    return await call()
  } finally {
    undo()
  }
}
