// The watched folder: looked at every few seconds, because what a system tells of changes never comes from a network
// share. New files are imported; nothing is ever moved, changed, deleted, decided or written to a portal.

import { join } from 'node:path'
import { Refusal } from '../../contract/fault.ts'
import type { WatchStatus } from '../../contract/statement-file.ts'
import { namesIn, requireFolder, seeFile, seeFiles } from './folder-look.ts'
import { startLooking } from './looking.ts'
import type { Looking, LookingOptions } from './looking.ts'
import { newRow, openWatchedFiles } from './watched-files.ts'
import type { WatchedFiles, WatchedRow, WatchShelf } from './watched-files.ts'

export interface FolderWatch {
  /** Begins with the folder that is remembered, if any: once what a crash left is cleared away. */
  start(): Promise<void>
  status(): Promise<WatchStatus>
  /**
   * Watches another folder, or none. What lies there at this moment is known from before and is not imported. Throws
   * Refusal `folder.unreachable`; the watch that was there then goes on.
   */
  set(folder: string | null): Promise<void>
  /** The path of a file that the watch knows by this name. Throws Refusal `not.found`, `file.gone`. */
  pathOf(name: string): Promise<string>
  /** A person's import begins: the folder's own steps aside. */
  giveWay(): Promise<void>
  /** An import ended, whoever began it. */
  importEnded(): void
  close(): Promise<void>
}

export interface WatchOptions extends LookingOptions {
  shelf: WatchShelf
  /** Whether this host can show the system's dialog for a folder. */
  canChoose: boolean
  /** The folder as the settings have it. */
  remembered(): string | null
  remember(folder: string | null): Promise<void>
}

const mostTold = 200

export function createWatch(options: WatchOptions): FolderWatch {
  const { clock, shelf, intake, profile } = options
  let running: { files: WatchedFiles; looking: Looking } | null = null
  /** Changes of the folder, one after the other. */
  let changes: Promise<void> = Promise.resolve()

  const begin = async (folder: string): Promise<void> => {
    const files = await openWatchedFiles(shelf, folder)
    running = { files, looking: startLooking(files, options) }
  }

  const halt = async (): Promise<void> => {
    if (!running) return
    const { looking } = running
    running = null
    const closed = looking.close()
    await intake.giveWay()
    await closed
  }

  const change = async (folder: string | null): Promise<void> => {
    const before = options.remembered()
    if (folder === before) return
    if (folder !== null) await requireFolder(folder, profile)
    await halt()
    if (before !== null) await shelf.forget(before)
    if (folder !== null) await noteBefore(folder)
    await options.remember(folder)
    if (folder !== null) await begin(folder)
    options.changed()
  }

  const noteBefore = async (folder: string): Promise<void> => {
    await shelf.forget(folder)
    const at = new Date(clock.now()).toISOString()
    const there = await seeFiles(folder, await namesIn(folder))
    await shelf.note(
      folder,
      there.map((file) => newRow(file, at, 'before')),
    )
  }

  const rows = async (folder: string): Promise<WatchedRow[]> =>
    running?.files.rows() ?? (await openWatchedFiles(shelf, folder)).rows()

  const status = async (): Promise<WatchStatus> => {
    const folder = options.remembered()
    const { canChoose } = options
    if (folder === null) return { folder, state: 'off', canChoose, lastLookAt: null, files: [] }
    const files = (await rows(folder)).slice(0, mostTold)
    return {
      folder,
      state: running?.looking.state() ?? 'watching',
      canChoose,
      lastLookAt: running?.looking.lastLookAt() ?? null,
      files: files.map(({ modifiedMs: _, ...file }) => file),
    }
  }

  return {
    start: async () => {
      const folder = options.remembered()
      if (folder !== null) await begin(folder)
    },
    status,
    set: (to) => {
      const done = changes.then(() => change(to))
      changes = done.catch(() => undefined)
      return done
    },
    pathOf: async (name) => {
      const watched = options.remembered()
      const known = watched !== null && (await rows(watched)).some((row) => row.name === name)
      // Only names that were read from the folder: what a caller makes up leads nowhere.
      if (!known) throw new Refusal({ code: 'not.found', what: 'file' })
      if (!(await seeFile(watched, name))) throw new Refusal({ code: 'file.gone' })
      return join(watched, name)
    },
    giveWay: intake.giveWay,
    importEnded: () => running?.looking.importEnded(),
    close: async () => {
      await changes
      await halt()
    },
  }
}
