// The terminal host as a process, with the real backend: what reaches stdout, and how it ends.

import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const entry = fileURLToPath(new URL('../../electron/stdio/main.ts', import.meta.url))
const given = (...args: string[]) => ['--disable-warning=ExperimentalWarning', entry, ...args]
const env = { ...process.env, LC_ALL: 'en_US.UTF-8', DBUS_SESSION_BUS_ADDRESS: 'unix:path=/none' }

let folder: string
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'sverka-process-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const sverka = (args: string[], input = '') =>
  spawnSync(process.execPath, given(...args), { encoding: 'utf8', input, env, timeout: 60_000 })

/** Written for this test: two lines in, one out, balances that add up. */
const statement = [
  '1CClientBankExchange',
  'ВерсияФормата=1.03',
  'Кодировка=Windows',
  'СекцияРасчСчет',
  'ДатаНачала=01.11.2026',
  'ДатаКонца=02.11.2026',
  'РасчСчет=40702810000000000123',
  'НачальныйОстаток=100.00',
  'ВсегоПоступило=50.00',
  'ВсегоСписано=0.00',
  'КонечныйОстаток=150.00',
  'КонецРасчСчет',
  'СекцияДокумент=Платежное поручение',
  'Номер=7',
  'Дата=01.11.2026',
  'Сумма=50.00',
  'ПлательщикСчет=40702810000000000999',
  'ПолучательСчет=40702810000000000123',
  'ДатаПоступило=01.11.2026',
  'Плательщик1=ООО Ромашка',
  'НазначениеПлатежа=Оплата по счету 3653/1',
  'КонецДокумента',
  'КонецФайла',
  '',
].join('\r\n')

describe('a process per call', () => {
  it('prints one JSON value and nothing else on stdout', () => {
    const { status, stdout, stderr } = sverka(['app.settings', '--data', join(folder, 'p')])
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(stdout.trim().split('\n')).toHaveLength(1)
    expect(JSON.parse(stdout)).toMatchObject({ certainFrom: 0.98 })
  })

  it('follows an import to its end and keeps what it brought', () => {
    writeFileSync(join(folder, 'kl.txt'), statement)
    const imported = sverka(['statements.import', `@${join(folder, 'kl.txt')}`, '--data', join(folder, 'p')])
    expect(imported.status).toBe(0)
    expect(JSON.parse(imported.stdout)).toMatchObject({
      kind: 'import',
      state: 'done',
      result: { files: [{ name: 'kl.txt', lines: 1, fault: null }] },
    })
    for (const line of imported.stderr.trim().split('\n'))
      expect(JSON.parse(line)).toMatchObject({ kind: 'import' })
    const listed = sverka(['statements.list', '--data', join(folder, 'p')])
    expect(JSON.parse(listed.stdout)).toMatchObject([
      { fileName: 'kl.txt', account: '40702810000000000123', closingMinor: 15_000, balanceOffMinor: 0 },
    ])
  })

  it('reads and imports an archive as the files in it', () => {
    const archive = join(folder, 'bank.zip')
    writeFileSync(
      archive,
      zipSync({
        'june/kl.txt': strToU8(statement.replace('Номер=7', 'Номер=8')),
        'a.pdf': strToU8('%PDF-1.7'),
      }),
    )
    const inspected = sverka(['statements.inspect', `@${archive}`, '--data', join(folder, 'zip')])
    // One of the two files is refused: a script must not take that for well.
    const refusal = { code: 'statement.otherKind', kind: 'pdf' }
    expect(inspected.status).toBe(1)
    expect(JSON.parse(inspected.stderr.trim().split('\n').at(-1) ?? '')).toEqual(refusal)
    expect(JSON.parse(inspected.stdout)).toMatchObject({
      format: 'zip',
      statements: [{ part: 'june/kl.txt', account: '40702810000000000123', closingMinor: 15_000 }],
      members: [
        { name: 'june/kl.txt', format: '1c', lines: 1, fault: null },
        { name: 'a.pdf', format: null, fault: refusal },
      ],
    })
    const imported = sverka(['statements.import', `@${archive}`, '--data', join(folder, 'zip')])
    expect(imported.status).toBe(1)
    expect(JSON.parse(imported.stderr.trim().split('\n').at(-1) ?? '')).toEqual(refusal)
    expect(JSON.parse(imported.stdout)).toMatchObject({
      result: {
        files: [
          { name: 'bank.zip › june/kl.txt', lines: 1, fault: null },
          { name: 'bank.zip › a.pdf', fault: { code: 'statement.otherKind' } },
        ],
      },
    })
    writeFileSync(join(folder, 'cut.zip'), zipSync({ 'a.txt': strToU8('x'.repeat(99)) }).subarray(0, 50))
    const cut = sverka(['statements.inspect', `@${join(folder, 'cut.zip')}`, '--data', join(folder, 'zip')])
    expect([cut.status, cut.stdout]).toEqual([1, ''])
    expect(JSON.parse(cut.stderr)).toEqual({ code: 'archive.damaged' })
    expect(readdirSync(join(folder, 'zip', 'temp'))).toEqual([])
  })

  it('keeps the watched folder from one process to the next', () => {
    const bank = join(folder, 'bank')
    mkdirSync(bank)
    writeFileSync(join(bank, 'old.txt'), statement)
    const data = join(folder, 'watching')
    const named = sverka(['statements.watch', JSON.stringify({ folder: bank }), '--data', data])
    expect(JSON.parse(named.stdout)).toMatchObject({
      folder: bank,
      state: 'watching',
      canChoose: false,
      files: [{ name: 'old.txt', outcome: 'before' }],
    })
    const told = sverka(['statements.watched', '--data', data])
    expect(JSON.parse(told.stdout)).toMatchObject({ folder: bank, files: [{ name: 'old.txt' }] })
    const none = sverka(['statements.watch', '{"folder":"/none/at/all"}', '--data', data])
    expect(none.status).toBe(1)
    expect(JSON.parse(none.stderr)).toEqual({ code: 'folder.unreachable', path: '/none/at/all' })
    const off = sverka(['statements.watch', '{"folder":null}', '--data', data])
    expect(JSON.parse(off.stdout)).toMatchObject({ folder: null, state: 'off' })
    expect(JSON.parse(sverka(['statements.list', '--data', data]).stdout)).toEqual([])
  })

  it('refuses a file of over 2 GB before it reads it', () => {
    const huge = join(folder, 'huge.txt')
    writeFileSync(huge, statement)
    truncateSync(huge, 2 * 1024 ** 3 + 1)
    const { status, stderr } = sverka(['statements.inspect', `@${huge}`, '--data', join(folder, 'zip')])
    expect(status).toBe(1)
    expect(JSON.parse(stderr)).toEqual({ code: 'file.tooLarge', limitMb: 2048 })
  })

  it('puts a report into the folder that was named', () => {
    const out = join(folder, 'out')
    const { status, stdout } = sverka([
      'reports.start',
      '{"kind":"lines","format":"csv","locale":"ru"}',
      '--out',
      out,
      '--data',
      join(folder, 'p'),
    ])
    expect(status).toBe(0)
    const { result } = JSON.parse(stdout) as { result: { file: { path: string; name: string } } }
    expect(readdirSync(out)).toEqual([result.file.name])
    expect(result.file.path).toBe(join(out, result.file.name))
  })

  it('exits 1 with the fault as JSON on stderr', () => {
    const { status, stdout, stderr } = sverka([
      'jobs.get',
      '{"jobId":"j_aaaaaaaa"}',
      '--data',
      join(folder, 'p'),
    ])
    expect([status, stdout]).toEqual([1, ''])
    expect(JSON.parse(stderr)).toEqual({ code: 'not.found', what: 'job' })
  })

  it('exits 2 with words for wrong usage, and shows no secret', () => {
    expect(sverka(['payments.pge'])).toMatchObject({ status: 2, stdout: '' })
    const { status, stdout, stderr } = sverka([
      'portals.connect',
      '{"kind":"webhook","url":"https://a.bitrix24.ru/rest/1/s3cr3tc0de/"}',
    ])
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain('secret.argument')
    expect(stderr).not.toContain('s3cr3tc0de')
  })

  it('connects nothing that would be forgotten at once', () => {
    const hook = 'https://127.0.0.1:1/rest/1/s3cr3tc0de/'
    const { status, stdout, stderr } = sverka(
      ['portals.connect', '-', '--memory-vault', '--data', join(folder, 'p')],
      hook,
    )
    expect([status, stdout]).toEqual([1, ''])
    expect(JSON.parse(stderr)).toEqual({ code: 'vault.absent' })
  })
})

describe('--stdio', () => {
  it('talks in frames and ends with its stdin', async () => {
    const child = spawn(process.execPath, given('--stdio', '--memory-vault', '--data', join(folder, 'q')), {
      env,
    })
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const next = async () => JSON.parse(String((await lines.next()).value)) as Record<string, unknown>
    expect(await next()).toMatchObject({ hello: { protocol: 1 } })
    child.stdin.write('nonsense\n')
    expect(await next()).toEqual({ id: -1, fault: { code: 'input.invalid', path: '', reason: 'json' } })
    child.stdin.write(`{"id":1,"claim":${JSON.stringify(join(folder, 'kl.txt'))}}\n`)
    const claimed = await next()
    expect(claimed).toEqual({ id: 1, value: expect.stringMatching(/^t_/) as string })
    child.stdin.end(`{"id":2,"call":"statements.inspect","input":{"ticket":"${String(claimed['value'])}"}}\n`)
    expect(await next()).toMatchObject({ id: 2, value: { format: '1c' } })
    const code = await new Promise((resolve) => child.once('exit', resolve))
    expect(code).toBe(0)
    expect((await lines.next()).done).toBe(true)
  })
})
