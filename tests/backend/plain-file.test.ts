// Files of a folder that is anybody's, opened so that no link is followed.

import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openPlain } from '../../electron/backend/files/plain-file.ts'
import type { CommandContext } from '../../electron/backend/handlers/context.ts'
import { seeFile } from '../../electron/backend/watch/folder-look.ts'
import { createIntake } from '../../electron/backend/watch/intake.ts'

let root: string
beforeEach(async () => (root = await mkdtemp(join(tmpdir(), 'sverka-plain-'))))
afterEach(() => rm(root, { recursive: true, force: true }))

const at = (name: string): string => join(root, name)
const { signal } = new AbortController()
const gone = { fault: { code: 'file.gone' } }

it('a file is read and copied through the handle it was opened by, whatever its name becomes', async () => {
  await writeFile(at('a.txt'), 'mine')
  await writeFile(at('secret'), 'not mine')
  const opened = await openPlain(at('a.txt'))
  try {
    await rm(at('a.txt'))
    await symlink(at('secret'), at('a.txt'))
    expect(await opened.facts()).toMatchObject({ bytes: 4 })
    expect(await opened.hash(signal)).toBe('3fd30542fe3f61b14bd4a4b2dc0b6fb30fa6f63ebce52dd1778aaa8c4dc02cff')
    const copy = await opened.copyTo(at('temp'), signal)
    expect(await readFile(copy, 'utf8')).toBe('mine')
    expect((await stat(copy)).mode & 0o777).toBe(0o600)
  } finally {
    await opened.close()
  }
})

it('links, folders, pipes and what is not there are no files', async () => {
  await writeFile(at('secret'), 'not mine')
  await symlink(at('secret'), at('link'))
  await mkdir(at('folder'))
  execFileSync('mkfifo', [at('pipe')])
  for (const name of ['link', 'folder', 'pipe', 'none'])
    await expect(openPlain(at(name)), name).rejects.toMatchObject(gone)
})

it('a copy that is given up leaves nothing', async () => {
  await writeFile(at('a.txt'), 'x'.repeat(3_000_000))
  const opened = await openPlain(at('a.txt'))
  try {
    const reason = new Error('stopped')
    await expect(opened.copyTo(at('temp'), AbortSignal.abort(reason))).rejects.toBe(reason)
    expect(await readdir(at('temp'))).toEqual([])
  } finally {
    await opened.close()
  }
})

it('the watched folder takes no file that was swapped for a link between two looks', async () => {
  const context = {
    ports: { clock: { now: () => 10_000 }, paths: { temp: at('temp') } },
    jobs: { running: () => [] },
    ledger: { read: () => Promise.reject(new Error('its bytes were read')) },
  } as unknown as CommandContext
  const intake = createIntake(() => context)
  await writeFile(at('a.txt'), 'mine')
  const seen = await seeFile(root, 'a.txt')
  if (!seen) throw new Error('there is a file')
  await rename(at('a.txt'), at('b.txt'))
  await symlink(at('b.txt'), at('a.txt'))
  expect(await intake.take(root, seen, signal)).toBeNull()
  await expect(intake.findImported(root, seen, signal)).rejects.toMatchObject(gone)
})
