// Files of a folder that is anybody's: read through one handle that was seen to be a file of its own and no link. Between
// two looks by name a file can be swapped for a link that leads out of the folder.

import { constants } from 'node:fs'
import { lstat, mkdir, open, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '../../contract/fault.ts'
import { hashStream } from './file-store.ts'
import { temporaryPath } from './temporary.ts'

/** Size in bytes and time of the last change in whole milliseconds since the epoch, of the file and not of its name. */
export interface PlainFacts {
  bytes: number
  modifiedMs: number
}

export interface PlainFile {
  facts(): Promise<PlainFacts>
  /** SHA-256 of its bytes, hexadecimal. Throws Refusal `file.gone`, or the signal's reason. */
  hash(signal: AbortSignal): Promise<string>
  /** A disposable copy, readable by its owner only. Throws Refusal `file.gone`, `ledger.full`, or the signal's reason. */
  copyTo(temp: string, signal: AbortSignal): Promise<string>
  close(): Promise<void>
}

// Windows has neither; there the comparison with what the name leads to tells a link. Without the second a pipe would
// hold up whoever opens it until somebody writes.
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** Throws Refusal `file.gone` for what is no file (any more), and for a link wherever it leads. */
export async function openPlain(path: string): Promise<PlainFile> {
  const handle = await open(path, flags).catch((cause: unknown) => {
    throw new Refusal({ code: 'file.gone' }, { cause })
  })
  try {
    if (!(await isNamedSo(handle, path))) throw new Refusal({ code: 'file.gone' })
  } catch (error) {
    await handle.close()
    throw error
  }
  const bytesOf = () => handle.createReadStream({ start: 0, autoClose: false, highWaterMark: 1 << 20 })
  return {
    facts: async () => {
      const { size, mtimeMs } = await handle.stat()
      return { bytes: size, modifiedMs: Math.trunc(mtimeMs) }
    },
    hash: async (signal) => (await hashStream(bytesOf(), signal)).sha256,
    copyTo: async (temp, signal) => {
      await mkdir(temp, { recursive: true, mode: 0o700 })
      const to = temporaryPath(temp)
      try {
        const copy = await open(to, 'wx', 0o600)
        await pipeline(bytesOf(), copy.createWriteStream(), { signal })
        return to
      } catch (cause) {
        await rm(to, { force: true })
        signal.throwIfAborted()
        const full = cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC'
        throw new Refusal({ code: full ? 'ledger.full' : 'file.gone' }, { cause })
      }
    },
    close: () => handle.close(),
  }
}

/** Whether what was opened is the very file that the name stands for, and not what a link of that name leads to. */
async function isNamedSo(handle: FileHandle, path: string): Promise<boolean> {
  const [opened, named] = await Promise.all([
    handle.stat({ bigint: true }),
    lstat(path, { bigint: true }).catch(() => null),
  ])
  return opened.isFile() && named?.isFile() === true && opened.ino === named.ino && opened.dev === named.dev
}
