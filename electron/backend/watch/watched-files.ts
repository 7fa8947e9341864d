// What is known of the files of a watched folder: kept in the ledger, with those that still arrive in memory.

import type { WatchedRecord } from '../ledger/tables/watched.ts'
import { isUnchanged } from './folder-look.ts'
import type { SeenFile } from './folder-look.ts'

export type WatchedRow = WatchedRecord

/** Where the rows are kept, by folder. */
export interface WatchShelf {
  read(folder: string): Promise<WatchedRow[]>
  note(folder: string, files: readonly WatchedRow[]): Promise<void>
  forget(folder: string): Promise<void>
}

export interface WatchedFiles {
  readonly folder: string
  /** Notes a look at a file: 'known' when nothing changed, 'arriving' when it is new or grows, 'arrived' when it stood still. */
  see(file: SeenFile, at: string): 'known' | 'arriving' | 'arrived'
  /** Files that are no longer there stop arriving. Answers whether there were any. */
  keepArriving(there: ReadonlySet<string>): boolean
  note(files: readonly WatchedRow[]): Promise<void>
  get(name: string): WatchedRow | undefined
  /** Newest first. */
  rows(): WatchedRow[]
}

export const newRow = (file: SeenFile, seenAt: string, outcome: WatchedRow['outcome']): WatchedRow => ({
  ...file,
  seenAt,
  outcome,
  fileId: null,
  lines: 0,
  fault: null,
})

export async function openWatchedFiles(shelf: WatchShelf, folder: string): Promise<WatchedFiles> {
  const kept = new Map((await shelf.read(folder)).map((row) => [row.name, row]))
  const arriving = new Map<string, WatchedRow>()
  return {
    folder,
    see: (file, at) => {
      const before = arriving.get(file.name)
      if (before && isUnchanged(before, file)) return 'arrived'
      const known = kept.get(file.name)
      if (!before && known && isUnchanged(known, file)) return 'known'
      arriving.set(file.name, newRow(file, before?.seenAt ?? at, 'arriving'))
      return 'arriving'
    },
    keepArriving: (there) => {
      const gone = [...arriving.keys()].filter((name) => !there.has(name))
      for (const name of gone) arriving.delete(name)
      return gone.length > 0
    },
    note: async (files) => {
      await shelf.note(folder, files)
      for (const row of files) {
        kept.set(row.name, row)
        arriving.delete(row.name)
      }
    },
    get: (name) => arriving.get(name) ?? kept.get(name),
    rows: () =>
      [...new Map([...kept, ...arriving]).values()].sort(
        (a, b) => compare(b.seenAt, a.seenAt) || compare(a.name, b.name),
      ),
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
