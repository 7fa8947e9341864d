// Looks at one folder again and again: what is new and stands still over two looks is handed to the intake.

import { Refusal } from '../../contract/fault.ts'
import type { WatchStatus } from '../../contract/statement-file.ts'
import type { Clock, Log } from '../ports.ts'
import { isUnchanged, namesIn, requireFolder, seeFile, seeFiles } from './folder-look.ts'
import type { SeenFile } from './folder-look.ts'
import type { Intake } from './intake.ts'
import { newRow } from './watched-files.ts'
import type { WatchedFiles } from './watched-files.ts'

export interface Looking {
  state(): Exclude<WatchStatus['state'], 'off'>
  lastLookAt(): string | null
  /** An import ended: what waited for a person may be imported by now. */
  importEnded(): void
  /** Ends the looking; resolves when nothing of it runs any more. */
  close(): Promise<void>
}

export interface LookingOptions {
  clock: Clock
  log: Log
  intake: Intake
  /** The profile's folder, which cannot be watched. */
  profile: string
  /** Something that a status tells has changed. */
  changed(): void
}

export const everyMs = 4000
/** Files imported between two looks, and files asked about in one: the folder may be anybody's. */
const mostTaken = 20
const mostSeen = 2000

export function startLooking(files: WatchedFiles, options: LookingOptions): Looking {
  const { clock, log, intake, changed } = options
  const { folder } = files
  const stop = new AbortController()
  const { signal } = stop
  let state: 'watching' | 'unreachable' = 'watching'
  let lastLookAt: string | null = null
  let lookAgain = true
  let next = 0

  const turn = (to: typeof state): void => {
    if (state === to || signal.aborted) return
    state = to
    changed()
  }

  /** A network share that hangs holds up nobody who wants the looking to end. */
  const unlessStopped = async <T>(work: Promise<T>): Promise<T> => {
    const stopped = Promise.withResolvers<never>()
    const reject = (): void => stopped.reject(signal.reason)
    signal.addEventListener('abort', reject, { once: true })
    try {
      return await Promise.race([work, stopped.promise])
    } finally {
      signal.removeEventListener('abort', reject)
    }
  }

  /** The folder's names; null, and the state says so, while it cannot be read. */
  const reachable = async (): Promise<string[] | null> => {
    try {
      await unlessStopped(requireFolder(folder, options.profile))
      const names = await unlessStopped(namesIn(folder))
      turn('watching')
      return names
    } catch {
      turn('unreachable')
      return null
    }
  }

  /** In a folder of more files than one look takes, the next look goes on where this one ended. */
  const partOf = (names: readonly string[]): readonly string[] => {
    if (names.length <= mostSeen) return names
    const from = next < names.length ? next : 0
    next = from + mostSeen
    return names.slice(from, next)
  }

  const look = async (): Promise<void> => {
    const names = await reachable()
    if (!names) return
    const seen = await unlessStopped(seeFiles(folder, partOf(names)))
    signal.throwIfAborted()
    const at = new Date(clock.now()).toISOString()
    lastLookAt = at
    const gone = files.keepArriving(new Set(names))
    const steps = seen.map((file) => ({ file, step: files.see(file, at) }))
    if (gone || steps.some(({ step }) => step === 'arriving')) changed()
    const arrived = steps.filter(({ step }) => step === 'arrived').map(({ file }) => file)
    await takeIn(arrived.slice(0, mostTaken), at)
    if (!lookAgain) return
    lookAgain = false
    await findByHand()
  }

  const takeIn = async (arrived: readonly SeenFile[], at: string): Promise<void> => {
    for (const file of arrived) {
      const outcome = await intake.take(folder, file, signal)
      signal.throwIfAborted()
      if (!outcome) continue
      await files.note([{ ...newRow(file, at, 'imported'), ...outcome }])
      changed()
    }
  }

  /** What waited for a person or was refused, and was then imported through the import screen. */
  const findByHand = async (): Promise<void> => {
    for (const row of files.rows()) {
      if (row.outcome !== 'waiting' && row.outcome !== 'refused') continue
      const file = await seeFile(folder, row.name)
      if (!file || !isUnchanged(file, row)) continue
      const outcome = await intake.findImported(folder, file, signal).catch((error: unknown) => {
        if (error instanceof Refusal && !signal.aborted) return null
        throw error
      })
      signal.throwIfAborted()
      if (!outcome) continue
      await files.note([{ ...row, ...outcome }])
      changed()
    }
  }

  const keepLooking = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        await look()
      } catch (error) {
        if (signal.aborted) return
        log.error('watch.failed', { error: error instanceof Error ? error.stack : String(error) })
      }
      await clock.sleep(everyMs, signal).catch(() => undefined)
    }
  }

  const ended = keepLooking()
  return {
    state: () => state,
    lastLookAt: () => lastLookAt,
    importEnded: () => {
      lookAgain = true
    },
    close: async () => {
      stop.abort(new Refusal({ code: 'backend.closing' }))
      await ended
    },
  }
}
