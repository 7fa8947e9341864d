import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { createCompute } from '../../../electron/backend/jobs/compute-face.ts'
import { startThread } from '../../../electron/backend/jobs/compute-thread.ts'
import { Refusal } from '../../../electron/contract/fault.ts'
import { writeStatement } from '../../bench/kit/statement-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'sverka-compute-'))
afterAll(async () => {
  await compute.close()
  rmSync(folder, { recursive: true, force: true })
})
const ledgerPath = join(folder, 'ledger.sqlite')
const compute = createCompute({
  worker: new URL('../../../electron/backend/jobs/compute.ts', import.meta.url),
  ledgerPath,
})

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
/** A computing thread that does something else. */
const broken = (name: string, code: string) =>
  createCompute({ worker: pathToFileURL(file(name, code)), ledgerPath })

describe('a computing thread', () => {
  it('answers what its task answers', async () => {
    const { bytes } = writeStatement('1c', 3)
    const preview = await compute.run('inspectFile', { path: file('three.txt', bytes) })
    expect(preview).toMatchObject({ format: '1c', encoding: 'windows-1251' })
    expect(preview.statements.map(({ lines }) => lines.map(({ documentNumber }) => documentNumber))).toEqual([
      ['1', '2', '3'],
    ])
  })

  it('hands on the refusal of its task, with its fields', async () => {
    await expect(compute.run('inspectFile', { path: join(folder, 'missing.txt') })).rejects.toThrow(Refusal)
    await expect(compute.run('inspectFile', { path: join(folder, 'missing.txt') })).rejects.toMatchObject({
      fault: { code: 'file.gone' },
    })
    const picture = file('logo.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10))
    await expect(compute.run('inspectFile', { path: picture })).rejects.toMatchObject({
      fault: { code: 'statement.otherKind', kind: 'image' },
    })
  })

  it('tells an error that nobody expected with its place', async () => {
    await expect(
      compute.run('matchLedger', { settings: { certainFrom: 0.98, likelyFrom: 0.7 } }),
    ).rejects.toThrow(/unable to open database file/)
  })

  it('that dies without a word does not leave its task waiting', async () => {
    await expect(broken('exits.mjs', 'process.exit(3)').run('inspectFile', { path: 'x' })).rejects.toThrow(
      'ended before its task',
    )
    await expect(
      broken('throws.mjs', 'throw new Error("out of everything")').run('inspectFile', { path: 'x' }),
    ).rejects.toThrow('out of everything')
    await expect(broken('syntax.mjs', 'const = 1').run('inspectFile', { path: 'x' })).rejects.toThrow()
  })

  it('whose memory is spent is a refusal, and the program goes on', async () => {
    const hungry = file(
      'hungry.mjs',
      `import { parentPort } from 'node:worker_threads'
       parentPort.on('message', () => { const all = []; for (;;) all.push(Array.from({ length: 1000 }, (_, at) => [at])) })`,
    )
    const thread = startThread({
      worker: pathToFileURL(hungry),
      ledgerPath,
      limits: { heapMb: 24, youngMb: 4 },
    })
    await expect(thread.run('inspectFile', {}, {})).rejects.toMatchObject({
      fault: { code: 'memory.spent', limitMb: 24 },
    })
    expect(thread.sound()).toBe(false)
  })

  it('is used again after a task, and after a refusal', async () => {
    const counting = file(
      'counting.mjs',
      `import { parentPort, threadId } from 'node:worker_threads'
       parentPort.on('message', ({ input }) => parentPort.postMessage(input.path === 'no' ? { fault: { code: 'file.gone' } } : { value: threadId }))`,
    )
    const warm = createCompute({ worker: pathToFileURL(counting), ledgerPath })
    const first = await warm.run('inspectFile', { path: 'a' })
    await expect(warm.run('inspectFile', { path: 'no' })).rejects.toThrow(Refusal)
    expect(await warm.run('glanceStatement', { path: 'b' } as never)).toBe(first)
    const [one, two] = await Promise.all([
      warm.run('inspectFile', { path: 'a' }),
      warm.run('inspectFile', { path: 'a' }),
    ])
    expect(new Set([one, two]).size).toBe(2)
    await warm.close()
    await expect(warm.run('inspectFile', { path: 'a' })).rejects.toMatchObject({
      fault: { code: 'backend.closing' },
    })
  })

  it('is not started for each of many looks: two go on at a time, the others wait and can be given up', async () => {
    const waiting = file(
      'waiting.mjs',
      `import { parentPort } from 'node:worker_threads'
       parentPort.on('message', ({ input }) => setTimeout(() => parentPort.postMessage({ value: input.path }), 50))`,
    )
    const few = createCompute({ worker: pathToFileURL(waiting), ledgerPath })
    const given = new AbortController()
    const ends: string[] = []
    const looks = ['a', 'b', 'c', 'd'].map((path) =>
      few.run('inspectFile', { path }).then((value) => ends.push(value as never)),
    )
    const last = few.run('inspectFile', { path: 'e' }, { signal: given.signal })
    given.abort(new Refusal({ code: 'call.abandoned' }))
    await expect(last).rejects.toMatchObject({ fault: { code: 'call.abandoned' } })
    await Promise.all(looks)
    expect([ends.slice(0, 2).toSorted(), ends.slice(2).toSorted()]).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
    await few.close()
  })

  it('runs nothing but its tasks', async () => {
    await expect(compute.run('constructor' as never, {} as never)).rejects.toThrow('no task constructor')
  })

  it('stops when told, with the reason it was told', async () => {
    const { bytes } = writeStatement('1c', 20_000)
    const path = file('long.txt', bytes)
    const before = new AbortController()
    before.abort(new Refusal({ code: 'call.abandoned' }))
    await expect(compute.run('inspectFile', { path }, { signal: before.signal })).rejects.toMatchObject({
      fault: { code: 'call.abandoned' },
    })
    const during = new AbortController()
    const running = compute.run('inspectFile', { path }, { signal: during.signal })
    setTimeout(() => during.abort(new Refusal({ code: 'backend.closing' })), 1)
    await expect(running).rejects.toMatchObject({ fault: { code: 'backend.closing' } })
  })
})
