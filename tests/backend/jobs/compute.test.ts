import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { createCompute } from '../../../electron/backend/jobs/compute-face.ts'
import { Refusal } from '../../../electron/contract/fault.ts'
import { writeStatement } from '../../bench/kit/statement-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'sverka-compute-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
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
    const ofx = file('later.ofx', 'OFXHEADER:100\nDATA:OFXSGML\n\n<OFX></OFX>')
    await expect(compute.run('inspectFile', { path: ofx })).rejects.toMatchObject({
      fault: { code: 'statement.notYet', format: 'ofx' },
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
