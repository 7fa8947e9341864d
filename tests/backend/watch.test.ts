// The watched folder by itself: real files, a clock that is told when to go on, and an intake that only notes.

import {
  appendFile,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Clock } from '../../electron/backend/ports.ts'
import { isWatchable } from '../../electron/backend/watch/folder-look.ts'
import type { Outcome } from '../../electron/backend/watch/outcome.ts'
import { outcomeOf } from '../../electron/backend/watch/outcome.ts'
import { createWatch } from '../../electron/backend/watch/watch.ts'
import type { FolderWatch } from '../../electron/backend/watch/watch.ts'
import type { WatchedRow } from '../../electron/backend/watch/watched-files.ts'
import type { Fault } from '../../electron/contract/fault.ts'
import type { JobSnapshot } from '../../electron/contract/job.ts'

let root: string
let folder: string
let profile: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sverka-watch-'))
  folder = join(root, 'bank')
  profile = join(root, 'profile')
  await mkdir(folder)
  await mkdir(join(profile, 'files'), { recursive: true })
})
afterEach(async () => {
  await watched?.close()
  watched = undefined
  await rm(root, { recursive: true, force: true })
})

/** Sleeps until told: one `step` is one look. */
function steppedClock(): Clock & { step(): Promise<void>; idle(): Promise<unknown> } {
  let ms = Date.UTC(2026, 10, 21, 9)
  let wake: (() => void) | null = null
  let asleep = Promise.withResolvers<undefined>()
  return {
    now: () => ms,
    sleep: (length, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason as Error)
        wake = () => {
          ms += length
          resolve()
        }
        signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
        asleep.resolve(undefined)
      }),
    idle: () => asleep.promise,
    step: async () => {
      await asleep.promise
      asleep = Promise.withResolvers<undefined>()
      wake?.()
      await asleep.promise
    },
  }
}

interface Desk {
  watch: FolderWatch
  step(): Promise<void>
  /** Names as they were imported, in order. */
  taken: string[]
  shelf: Map<string, WatchedRow[]>
  changes: number
  remembered: string | null
  files(): Promise<[name: string, outcome: string][]>
}

let watched: FolderWatch | undefined
const done = (lines = 3): Outcome => ({ outcome: 'imported', fileId: 7 as never, lines, fault: null })

/** A desk with the watch on; `answer` plays the import. */
async function desk(
  given: {
    answer?: (name: string) => Outcome | null
    byHand?: (name: string) => Outcome | null
    before?: Desk
    off?: boolean
  } = {},
): Promise<Desk> {
  const clock = steppedClock()
  const shelf = given.before?.shelf ?? new Map<string, WatchedRow[]>()
  const self: Desk = {
    watch: undefined as never,
    step: clock.step,
    taken: [],
    shelf,
    changes: 0,
    remembered: given.before?.remembered ?? null,
    files: async () => (await self.watch.status()).files.map(({ name, outcome }) => [name, outcome]),
  }
  self.watch = watched = createWatch({
    clock,
    log: {
      info: () => undefined,
      warn: () => undefined,
      error: (event, fields) => expect([event, fields]).toBe(0),
    },
    shelf: {
      read: (of) => Promise.resolve(shelf.get(of) ?? []),
      note: (of, rows) => {
        const names = new Set(rows.map(({ name }) => name))
        shelf.set(of, [...(shelf.get(of) ?? []).filter(({ name }) => !names.has(name)), ...rows])
        return Promise.resolve()
      },
      forget: (of) => Promise.resolve(void shelf.delete(of)),
    },
    intake: {
      take: (_, { name }) => {
        self.taken.push(name)
        return Promise.resolve(given.answer ? given.answer(name) : done())
      },
      findImported: (_, { name }) => Promise.resolve(given.byHand?.(name) ?? null),
      giveWay: () => Promise.resolve(),
    },
    profile,
    canChoose: false,
    remembered: () => self.remembered,
    remember: (to) => Promise.resolve(void (self.remembered = to)),
    changed: () => void (self.changes += 1),
  })
  if (given.before) await self.watch.start()
  else if (!given.off) await self.watch.set(folder)
  if (self.remembered !== null) await clock.idle()
  return self
}

const put = (name: string, text = 'statement'): Promise<void> => writeFile(join(folder, name), text)

describe('the watch', () => {
  it('is off until somebody names a folder', async () => {
    const { watch } = await desk({ off: true })
    await watch.start()
    expect(await watch.status()).toEqual({
      folder: null,
      state: 'off',
      canChoose: false,
      lastLookAt: null,
      files: [],
    })
  })

  it('leaves alone what lay there already', async () => {
    await put('old.txt')
    const { taken, step, files } = await desk()
    await step()
    await step()
    await step()
    expect(taken).toEqual([])
    expect(await files()).toEqual([['old.txt', 'before']])
  })

  it('imports a new file once it stood still over two looks, once', async () => {
    const { watch, taken, step, files } = await desk()
    await step()
    await put('new.txt', '12345')
    await step()
    expect(taken).toEqual([])
    expect(await files()).toEqual([['new.txt', 'arriving']])
    await step()
    expect(taken).toEqual(['new.txt'])
    await step()
    await step()
    expect(taken).toEqual(['new.txt'])
    const { files: told, lastLookAt, state } = await watch.status()
    expect(state).toBe('watching')
    expect(lastLookAt).toMatch(/^2026-11-21T09:00:/)
    expect(told).toEqual([
      {
        name: 'new.txt',
        bytes: 5,
        seenAt: expect.stringMatching(/^2026-11-21T09:00:/) as string,
        outcome: 'imported',
        fileId: 7,
        lines: 3,
        fault: null,
      },
    ])
  })

  it('does not read a file that is still being written', async () => {
    const { taken, step } = await desk()
    await put('slow.txt', 'a')
    for (let look = 0; look < 4; look++) {
      await step()
      await appendFile(join(folder, 'slow.txt'), 'more')
    }
    expect(taken).toEqual([])
    await step()
    expect(taken).toEqual([])
    await step()
    expect(taken).toEqual(['slow.txt'])
  })

  it('does not read a file of the final size whose time still changes', async () => {
    const { taken, step } = await desk()
    await put('copied.txt', 'aaaa')
    await step()
    await utimes(join(folder, 'copied.txt'), 1_700_000_000, 1_700_000_000)
    await step()
    expect(taken).toEqual([])
    await step()
    expect(taken).toEqual(['copied.txt'])
  })

  it('waits while there is nothing in a file', async () => {
    const { taken, step, files } = await desk()
    await put('empty.txt', '')
    await step()
    await step()
    expect([taken, await files()]).toEqual([[], []])
    await put('empty.txt', 'now')
    await step()
    await step()
    expect(taken).toEqual(['empty.txt'])
  })

  it('imports a changed file again', async () => {
    await put('old.txt', 'one')
    const { taken, step } = await desk()
    await put('old.txt', 'one and two')
    await step()
    await step()
    expect(taken).toEqual(['old.txt'])
  })

  it('never reads hidden and temporary files, folders and links', async () => {
    await writeFile(join(root, 'outside.txt'), 'secret')
    const { taken, step, files } = await desk()
    await put('.hidden')
    await put('a.csv.part')
    await put('a.crdownload')
    await put('~$a.xlsx')
    await put('a.TMP')
    await put('a.txt~')
    await put('Thumbs.db')
    await mkdir(join(folder, 'deeper'))
    await writeFile(join(folder, 'deeper', 'a.txt'), 'x')
    await symlink(join(root, 'outside.txt'), join(folder, 'link.txt'))
    await symlink(root, join(folder, 'linked-folder'))
    await step()
    await step()
    await step()
    expect([taken, await files()]).toEqual([[], []])
    await rename(join(folder, 'a.csv.part'), join(folder, 'a.csv'))
    await step()
    await step()
    expect(taken).toEqual(['a.csv'])
  })

  it.each(['statement.txt', 'выписка за июль.xml', 'part.txt', 'a.b.c', 'noextension', 'template.temp.csv'])(
    'reads %s',
    (name) => expect(isWatchable(name)).toBe(true),
  )

  it('says what needs a person and what was refused, with its fault', async () => {
    const mapping: Fault = { code: 'statement.mappingNeeded' }
    const unknown: Fault = { code: 'statement.unknownFormat' }
    const { watch, step } = await desk({
      answer: (name) =>
        name === 'table.csv'
          ? { outcome: 'waiting', fileId: null, lines: 0, fault: mapping }
          : { outcome: 'refused', fileId: null, lines: 0, fault: unknown },
    })
    await put('table.csv')
    await put('photo.jpg')
    await step()
    await step()
    await step()
    const { files } = await watch.status()
    expect(files.map(({ name, outcome, fault }) => [name, outcome, fault])).toEqual([
      ['photo.jpg', 'refused', unknown],
      ['table.csv', 'waiting', mapping],
    ])
    expect(await watch.pathOf('table.csv')).toBe(join(folder, 'table.csv'))
  })

  it('takes a waiting file for imported once a person imported it by hand', async () => {
    let imported = false
    const { watch, step, files } = await desk({
      answer: () => ({
        outcome: 'waiting',
        fileId: null,
        lines: 0,
        fault: { code: 'statement.mappingNeeded' },
      }),
      byHand: () => (imported ? done(12) : null),
    })
    await put('table.csv')
    await step()
    await step()
    imported = true
    await step()
    expect(await files()).toEqual([['table.csv', 'waiting']])
    watch.importEnded()
    await step()
    expect(await files()).toEqual([['table.csv', 'imported']])
  })

  it('tries later what must wait', async () => {
    let busy = true
    const { taken, step, files } = await desk({ answer: () => (busy ? null : done()) })
    await put('a.txt')
    await step()
    await step()
    expect(await files()).toEqual([['a.txt', 'arriving']])
    busy = false
    await step()
    expect(taken).toEqual(['a.txt', 'a.txt'])
    expect(await files()).toEqual([['a.txt', 'imported']])
  })

  it('imports at most twenty files between two looks', async () => {
    const { taken, step } = await desk()
    for (let file = 0; file < 45; file++) await put(`${String(file).padStart(2, '0')}.txt`)
    await step()
    await step()
    expect(taken).toHaveLength(20)
    await step()
    expect(taken).toHaveLength(40)
    await step()
    expect(taken).toHaveLength(45)
    expect(new Set(taken).size).toBe(45)
  })

  it('finds a new file among thousands, a part of them in each look', async () => {
    await Promise.all(Array.from({ length: 2300 }, (_, file) => put(`${file}.txt`)))
    const { taken, step } = await desk()
    await put('zzz.txt')
    for (let look = 0; look < 4; look++) await step()
    expect(taken).toEqual(['zzz.txt'])
  })

  it('tells at most 200 files, the newest first', async () => {
    for (let file = 0; file < 230; file++) await put(`${file}.txt`)
    const { step, files } = await desk()
    await put('new.txt')
    await step()
    await step()
    const told = await files()
    expect(told).toHaveLength(200)
    expect(told[0]).toEqual(['new.txt', 'imported'])
  })

  it('forgets an arriving file that went', async () => {
    const { taken, step, files } = await desk()
    await put('a.txt')
    await step()
    await rm(join(folder, 'a.txt'))
    await step()
    expect([taken, await files()]).toEqual([[], []])
  })

  it('never moves, changes or deletes a file', async () => {
    await put('old.txt', 'old')
    const { step } = await desk()
    await put('new.txt', 'new')
    await step()
    await step()
    expect((await readdir(folder)).sort()).toEqual(['new.txt', 'old.txt'])
    expect(await readFile(join(folder, 'new.txt'), 'utf8')).toBe('new')
  })
})

describe('a folder that cannot be reached', () => {
  it('is told, and watched on when it is back', async () => {
    await put('old.txt')
    const self = await desk()
    await rename(folder, `${folder}-away`)
    await self.step()
    expect((await self.watch.status()).state).toBe('unreachable')
    const { changes } = self
    await self.step()
    expect(self.changes).toBe(changes)
    await rename(`${folder}-away`, folder)
    await put('new.txt')
    await self.step()
    expect((await self.watch.status()).state).toBe('watching')
    await self.step()
    expect(self.taken).toEqual(['new.txt'])
  })

  it('at the start is waited for', async () => {
    const first = await desk()
    await first.watch.close()
    await rename(folder, `${folder}-away`)
    const self = await desk({ before: first })
    await self.step()
    expect((await self.watch.status()).state).toBe('unreachable')
    await rename(`${folder}-away`, folder)
    await put('new.txt')
    await self.step()
    await self.step()
    expect(self.taken).toEqual(['new.txt'])
  })
})

describe('naming the folder', () => {
  it.each([
    ['that is not there', () => join(root, 'none')],
    ['that is a file', () => join(root, 'file.txt')],
    ['by a relative path', () => 'bank'],
    ["that is the profile's own", () => profile],
    ['within the profile', () => join(profile, 'files')],
    ['that leads into the profile by a link', () => join(root, 'link')],
  ])('%s is refused, and the watch that was goes on', async (_, path) => {
    await writeFile(join(root, 'file.txt'), 'x')
    await symlink(join(profile, 'files'), join(root, 'link'))
    const { watch, step, taken } = await desk()
    await expect(watch.set(path())).rejects.toMatchObject({
      fault: { code: 'folder.unreachable', path: path() },
    })
    await put('a.txt')
    await step()
    await step()
    expect(taken).toEqual(['a.txt'])
  })

  it('may name one beside the profile, or above it', async () => {
    const { watch } = await desk({ off: true })
    await watch.set(root)
    expect((await watch.status()).folder).toBe(root)
    const beside = `${profile}-statements`
    await mkdir(beside)
    await watch.set(beside)
    expect((await watch.status()).folder).toBe(beside)
  })

  it('again changes nothing, another one begins anew', async () => {
    await put('old.txt')
    const self = await desk()
    await put('new.txt')
    await self.step()
    await self.step()
    await self.watch.set(folder)
    expect(await self.files()).toEqual([
      ['new.txt', 'imported'],
      ['old.txt', 'before'],
    ])
    await self.watch.set(null)
    expect(await self.watch.status()).toMatchObject({ folder: null, state: 'off', files: [] })
    expect([...self.shelf.keys()]).toEqual([])
    await self.watch.set(folder)
    expect(await self.files()).toEqual([
      ['new.txt', 'before'],
      ['old.txt', 'before'],
    ])
  })

  it('lasts over a restart; what came meanwhile is imported, what is known is not', async () => {
    await put('old.txt')
    const first = await desk()
    await put('new.txt')
    await first.step()
    await first.step()
    await first.watch.close()
    await put('meanwhile.txt')
    const second = await desk({ before: first })
    await second.step()
    await second.step()
    expect(second.taken).toEqual(['meanwhile.txt'])
  })

  it('gives out no path but those of files it has seen', async () => {
    await put('a.txt')
    await writeFile(join(root, 'outside.txt'), 'x')
    const { watch, step } = await desk()
    for (const name of ['../outside.txt', 'none.txt', '.', '']) {
      await expect(watch.pathOf(name)).rejects.toMatchObject({ fault: { code: 'not.found', what: 'file' } })
    }
    await step()
    await rm(join(folder, 'a.txt'))
    await expect(watch.pathOf('a.txt')).rejects.toMatchObject({ fault: { code: 'file.gone' } })
    await symlink(join(root, 'outside.txt'), join(folder, 'a.txt'))
    await expect(watch.pathOf('a.txt')).rejects.toMatchObject({ fault: { code: 'file.gone' } })
  })
})

describe('what an import says of its file', () => {
  const file = (fileId: number | null, fault: Fault | null, lines = 0) => ({
    name: 'a',
    fileId,
    lines,
    known: 0,
    problems: 0,
    fault,
  })
  const ended = (files: ReturnType<typeof file>[], more: Partial<JobSnapshot> = {}) =>
    outcomeOf({ state: 'done', fault: null, result: { kind: 'import', files }, ...more } as JobSnapshot)
  const mapping: Fault = { code: 'statement.mappingNeeded' }
  const given: Fault = { code: 'statement.givenNeeded', needs: 'currency' }
  const again: Fault = { code: 'statement.alreadyImported', fileId: '5' }
  const other: Fault = { code: 'statement.otherKind', kind: 'pdf' }

  it('imported, waiting, refused', () => {
    expect(ended([file(3, null, 9)])).toEqual({ outcome: 'imported', fileId: 3, lines: 9, fault: null })
    expect(ended([file(null, mapping)])).toEqual({
      outcome: 'waiting',
      fileId: null,
      lines: 0,
      fault: mapping,
    })
    expect(ended([file(null, given)])).toEqual({ outcome: 'waiting', fileId: null, lines: 0, fault: given })
    expect(ended([file(null, other)])).toEqual({ outcome: 'refused', fileId: null, lines: 0, fault: other })
  })

  it('the same bytes again point at the import that has them', () => {
    expect(ended([file(null, again)])).toEqual({ outcome: 'imported', fileId: 5, lines: 0, fault: again })
  })

  it("of an archive: its files' lines together, the first that waits, a refused one beside the imported", () => {
    expect(ended([file(3, null, 9), file(4, null, 2)])).toEqual({
      outcome: 'imported',
      fileId: 3,
      lines: 11,
      fault: null,
    })
    expect(ended([file(3, null, 9), file(null, mapping)])).toEqual({
      outcome: 'waiting',
      fileId: 3,
      lines: 9,
      fault: mapping,
    })
    expect(ended([file(3, null, 9), file(null, again), file(null, other)])).toEqual({
      outcome: 'imported',
      fileId: 3,
      lines: 9,
      fault: other,
    })
  })

  it('nothing when it was stopped, its fault when it failed', () => {
    expect(ended([], { state: 'stopped', result: null })).toBe(null)
    expect(ended([], { state: 'failed', fault: { code: 'ledger.full' } })).toEqual({
      outcome: 'refused',
      fileId: null,
      lines: 0,
      fault: { code: 'ledger.full' },
    })
  })
})
