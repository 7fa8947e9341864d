// Disposable files of our own naming in the profile's folder for them.

import { randomBytes } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

const prefix = 'unpacked-'

/** A path that no file has, and that no name of a person's file is part of. */
export function temporaryPath(temp: string): string {
  return join(temp, `${prefix}${randomBytes(12).toString('hex')}`)
}

/** What a process that was killed left; called by whoever owns the profile, before anything is put there. */
export async function sweepTemporary(temp: string): Promise<void> {
  const names = await readdir(temp).catch(() => [])
  await Promise.all(
    names.filter((name) => name.startsWith(prefix)).map((name) => rm(join(temp, name), { force: true })),
  )
}
