// One look at a folder: which files lie in it. Reads names, sizes and times; opens nothing, changes nothing.

import { lstat, readdir, realpath } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import { Refusal } from '../../contract/fault.ts'

export interface SeenFile {
  name: string
  bytes: number
  /** Whole milliseconds since the epoch. */
  modifiedMs: number
}

/** What programs write beside a file while they fetch, save or hold it open. */
const passing = /^(?:\.|~)|~$|\.(?:part|partial|filepart|crdownload|download|opdownload|tmp|temp|lock|swp)$/i
const litter = new Set(['thumbs.db', 'desktop.ini'])

/** Whether a file of this name is ever read: hidden and temporary ones are not. */
export function isWatchable(name: string): boolean {
  return !passing.test(name) && !litter.has(name.toLowerCase())
}

/**
 * The folder's names in a steady order, without folders, links and what is never read. A link is not followed, wherever
 * it leads. Throws what the system throws when the folder cannot be read.
 */
export async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory() && !entry.isSymbolicLink() && isWatchable(entry.name))
    .map(({ name }) => name)
    .sort()
}

/** Files asked about at the same time: enough for a network share, few enough for everybody else on it. */
const atOnce = 16

/** Those of the names that are files with something in them, in the order given. What went meanwhile is left out. */
export async function seeFiles(folder: string, names: readonly string[]): Promise<SeenFile[]> {
  const seen: SeenFile[] = []
  for (let from = 0; from < names.length; from += atOnce) {
    const files = await Promise.all(names.slice(from, from + atOnce).map((name) => seeFile(folder, name)))
    seen.push(...files.filter((file) => file !== null))
  }
  return seen
}

/** Null for what is no file (any more), for a link, and for an empty file: something is still to come into it. */
export async function seeFile(folder: string, name: string): Promise<SeenFile | null> {
  const found = await lstat(join(folder, name)).catch(() => null)
  if (!found?.isFile() || found.size === 0) return null
  return { name, bytes: found.size, modifiedMs: Math.trunc(found.mtimeMs) }
}

type Facts = Pick<SeenFile, 'bytes' | 'modifiedMs'>

export const isUnchanged = (a: Facts, b: Facts): boolean =>
  a.bytes === b.bytes && a.modifiedMs === b.modifiedMs

/**
 * Throws Refusal `folder.unreachable` unless the path is an absolute one of a readable folder outside the profile,
 * whose own files would otherwise be imported into themselves.
 */
export async function requireFolder(folder: string, profile: string): Promise<void> {
  const refusal = new Refusal({ code: 'folder.unreachable', path: folder })
  if (!isAbsolute(folder)) throw refusal
  try {
    const [real, own] = await Promise.all([realpath(folder), realpath(profile)])
    const way = relative(own, real)
    if (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)) throw refusal
    await readdir(real)
  } catch (cause) {
    throw cause === refusal ? refusal : new Refusal(refusal.fault, { cause })
  }
}
