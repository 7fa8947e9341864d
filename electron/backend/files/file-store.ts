// The imported files themselves, byte for byte, by their SHA-256: the original behind every line.

import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../../contract/fault.ts'

export interface FileStore {
  /** Keeps a copy; answers its hash and size. The same bytes are kept once. */
  keep(path: string): Promise<{ sha256: string; bytes: number }>
  /** Forgets a copy of which nothing was imported. */
  drop(sha256: string): Promise<void>
  /** Removes copies that a killed program was still making. */
  sweep(): Promise<void>
  /** Bytes `from` (inclusive) to `to` (exclusive) of a kept file. Throws Refusal `file.gone`. */
  slice(sha256: string, from: number, to: number): Promise<Uint8Array>
  pathOf(sha256: string): string
}

const unfinished = '.part'

export function createFileStore(folder: string): FileStore {
  const pathOf = (sha256: string): string => join(folder, sha256)
  return {
    pathOf,
    keep: async (path) => {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const { sha256, bytes } = await hashFile(path)
      const kept = pathOf(sha256)
      if (!(await stat(kept).catch(() => null))) await copyWhole(path, kept, sha256)
      return { sha256, bytes }
    },
    sweep: async () => {
      const names = await readdir(folder).catch(() => [])
      const parts = names.filter((name) => name.endsWith(unfinished))
      await Promise.all(parts.map((name) => rm(join(folder, name), { force: true })))
    },
    drop: (sha256) => rm(pathOf(sha256), { force: true }),
    slice: async (sha256, from, to) => {
      const file = await open(pathOf(sha256), 'r').catch(() => null)
      if (!file) throw new Refusal({ code: 'file.gone' })
      try {
        const bytes = Buffer.alloc(Math.max(0, to - from))
        const { bytesRead } = await file.read(bytes, 0, bytes.length, from)
        return bytes.subarray(0, bytesRead)
      } finally {
        await file.close()
      }
    },
  }
}

/** What its name says is there, or nothing is. Throws Refusal `file.gone` when the bytes changed, `ledger.full`. */
async function copyWhole(from: string, to: string, sha256: string): Promise<void> {
  const part = `${to}${unfinished}`
  try {
    await copyFile(from, part)
    const copied = await hashFile(part)
    if (copied.sha256 !== sha256) throw new Refusal({ code: 'file.gone' })
    // Only its owner reads it, whoever could read the file it was copied from.
    await chmod(part, 0o600)
    await rename(part, to)
  } catch (cause) {
    await rm(part, { force: true })
    const full = cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC'
    throw full ? new Refusal({ code: 'ledger.full' }, { cause }) : cause
  }
}

/** SHA-256 of a file's bytes as hexadecimal, read as a stream. Throws Refusal `file.gone`, or the signal's reason. */
export function hashFile(path: string, signal?: AbortSignal): Promise<{ sha256: string; bytes: number }> {
  return hashStream(createReadStream(path, { highWaterMark: 1 << 20 }), signal)
}

/** The same of a stream of bytes. */
export async function hashStream(
  stream: AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of stream) {
      signal?.throwIfAborted()
      hash.update(chunk)
      bytes += chunk.length
    }
  } catch (cause) {
    signal?.throwIfAborted()
    throw new Refusal({ code: 'file.gone' }, { cause })
  }
  return { sha256: hash.digest('hex'), bytes }
}
