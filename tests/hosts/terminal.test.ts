import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { api } from '../../electron/contract/api.ts'
import { Refusal } from '../../electron/contract/fault.ts'
import { memoryVault } from '../../electron/vault/memory-vault.ts'
import { nearNames } from '../../electron/stdio/arguments.ts'
import { resultNames } from '../../electron/stdio/call-facts.ts'
import { runTerminal } from '../../electron/stdio/run.ts'
import type { Terminal } from '../../electron/stdio/terminal.ts'
import type { Vault } from '../../electron/backend/ports.ts'
import { fakeBackend } from './fake-backend.ts'
import type { Answer, FakeBackend } from './fake-backend.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'sverka-terminal-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const keychain: Vault = {
  ...memoryVault(''),
  strength: () => Promise.resolve({ kind: 'keychain', detail: 'test' }),
}

interface Run {
  code: number
  printed: string[]
  noted: string[]
  backend: FakeBackend
  opened: number
}

interface Given {
  answers?: Record<string, Answer>
  stdin?: string | Readable
  vault?: Vault
  open?: () => never
  language?: 'ru' | 'en'
  /** Called with the function that plays Ctrl-C, whenever somebody listens for it. */
  interruptible?: (interrupt: () => void) => void
}

async function run(args: string[], given: Given = {}): Promise<Run> {
  const backend = fakeBackend(given.answers)
  const result: Run = { code: -1, printed: [], noted: [], backend, opened: 0 }
  const terminal: Terminal = {
    arguments: args,
    language: given.language ?? 'en',
    folder,
    input: given.stdin instanceof Readable ? given.stdin : Readable.from([given.stdin ?? '']),
    print: (line) => result.printed.push(line),
    note: (line) => result.noted.push(line),
    onInterrupt(react) {
      given.interruptible?.(react)
      return () => undefined
    },
  }
  result.code = await runTerminal(terminal, () => {
    result.opened++
    given.open?.()
    return Promise.resolve({ backend, vault: given.vault ?? keychain })
  })
  return result
}

const snapshot = {
  id: 'j_aaaabbbb',
  kind: 'import',
  state: 'running',
  done: 0,
  failed: 0,
  total: 2,
  unit: 'files',
  note: { kind: 'none' },
  expectedEnd: null,
  startedAt: '2026-11-21T09:00:00.000Z',
  endedAt: null,
  stoppable: true,
  resumable: false,
  portalId: null,
  fault: null,
  result: null,
  rev: 1,
}

describe('one call', () => {
  it('prints the result as one JSON value and nothing else', async () => {
    const { code, printed, noted, backend } = await run(['app.settings'], {
      answers: { 'app.settings': () => ({ language: 'ru' }) },
    })
    expect(code).toBe(0)
    expect(printed).toEqual(['{"language":"ru"}'])
    expect(noted).toEqual([])
    expect(backend.received).toEqual([{ id: 1, call: 'app.settings' }])
    expect(backend.closed).toBe(true)
  })

  it('prints null where a command answers nothing', async () => {
    const { code, printed } = await run(['payments.open', '{"portalId":"p_12345678","paymentId":4}'], {
      answers: { 'payments.open': () => undefined },
    })
    expect([code, printed]).toEqual([0, ['null']])
  })

  it('answers a fault as JSON on stderr and exits 1', async () => {
    const { code, printed, noted } = await run(['jobs.get', '{"jobId":"j_12345678"}'], {
      answers: {
        'jobs.get': () => {
          throw new Refusal({ code: 'not.found', what: 'job' })
        },
      },
    })
    expect(code).toBe(1)
    expect(printed).toEqual([])
    expect(noted).toEqual(['{"code":"not.found","what":"job"}'])
  })

  it('answers the fault of a profile that cannot be opened', async () => {
    const { code, noted } = await run(['app.status'], {
      open: () => {
        throw new Refusal({ code: 'ledger.newer', version: 9, known: 3 })
      },
    })
    expect([code, noted]).toEqual([1, ['{"code":"ledger.newer","version":9,"known":3}']])
  })

  it.each([
    [['payments.pages'], 'Did you mean payments.page'],
    [[], 'No call was named.'],
    [['app.status', '--frobnicate'], 'There is no option --frobnicate.'],
    [['app.status', '--data'], '--data needs a folder.'],
    [['app.status', '{', '}'], 'More than one input was given.'],
    [['app.status', '{nonsense'], 'The input is not JSON.'],
    [['statements.inspect', '@a', '@b'], 'statements.inspect takes one file.'],
  ])('wrong usage %j exits 2 before anything is opened', async (args, words) => {
    const { code, printed, noted, opened } = await run(args)
    expect(code).toBe(2)
    expect(printed).toEqual([])
    expect(opened).toBe(0)
    expect(noted.join('\n')).toContain(words)
  })

  it('says wrong usage in Russian where the system speaks it', async () => {
    const { noted } = await run(['payments.pages'], { language: 'ru' })
    expect(noted[0]).toBe('Вызова «payments.pages» нет.')
  })

  it('reads the input from stdin behind -', async () => {
    const { backend } = await run(['jobs.get', '-'], {
      stdin: '{"jobId":"j_12345678"}',
      answers: { 'jobs.get': () => ({}) },
    })
    expect(backend.received).toEqual([{ id: 1, call: 'jobs.get', input: { jobId: 'j_12345678' } }])
  })
})

describe('files in', () => {
  it('hands a file over as a ticket, beside the other fields', async () => {
    writeFileSync(join(folder, 'statement.txt'), 'one')
    const { code, backend } = await run(
      ['statements.inspect', `@${join(folder, 'statement.txt')}`, '{"encoding":"utf-8"}'],
      {
        answers: { 'statements.inspect': () => ({}) },
      },
    )
    const [[ticket, file] = []] = [...backend.files]
    expect(code).toBe(0)
    expect(file).toEqual({ path: join(folder, 'statement.txt'), name: 'statement.txt', disposable: false })
    expect(backend.received).toEqual([
      { id: 1, call: 'statements.inspect', input: { encoding: 'utf-8', ticket } },
    ])
  })

  it('begins relative paths where the person is', async () => {
    writeFileSync(join(folder, 'near.txt'), 'one')
    const { backend } = await run(['statements.inspect', '@near.txt'], {
      answers: { 'statements.inspect': () => ({}) },
    })
    expect([...backend.files.values()].map(({ path }) => path)).toEqual([join(folder, 'near.txt')])
  })

  it('hands several files over, further fields holding for each', async () => {
    writeFileSync(join(folder, 'a.txt'), 'a')
    writeFileSync(join(folder, 'b.txt'), 'b')
    const { backend } = await run(
      [
        'statements.import',
        `@${join(folder, 'a.txt')}`,
        `@${join(folder, 'b.txt')}`,
        '{"duplicates":"keep"}',
      ],
      { answers: { 'statements.import': () => ({ ...snapshot, state: 'done' }) } },
    )
    const [a, b] = [...backend.files.keys()]
    expect(backend.received).toEqual([
      {
        id: 1,
        call: 'statements.import',
        input: {
          files: [
            { duplicates: 'keep', ticket: a },
            { duplicates: 'keep', ticket: b },
          ],
        },
      },
    ])
  })

  it('answers file.gone for a file that is not there', async () => {
    const { code, noted } = await run(['statements.inspect', `@${join(folder, 'none.txt')}`])
    expect([code, noted]).toEqual([1, ['{"code":"file.gone"}']])
  })

  it('reads the whole input from @file where the call takes no files', async () => {
    writeFileSync(join(folder, 'input.json'), '\uFEFF{"jobId":"j_12345678"}\n')
    const { backend } = await run(['jobs.get', `@${join(folder, 'input.json')}`], {
      answers: { 'jobs.get': () => ({}) },
    })
    expect(backend.received).toEqual([{ id: 1, call: 'jobs.get', input: { jobId: 'j_12345678' } }])
  })
})

describe('secrets', () => {
  const url = 'https://example.bitrix24.ru/rest/1/s3cr3tc0de/'

  it.each([[`{"kind":"webhook","url":"${url}"}`], [url], ['{"clientSecret":']])(
    'never come from an argument: %s',
    async (argument) => {
      const { code, printed, noted, opened } = await run(['portals.connect', argument])
      expect(code).toBe(2)
      expect(opened).toBe(0)
      expect(printed).toEqual([])
      expect(noted.join('\n')).toContain('secret.argument')
      expect(noted.join('\n')).not.toContain('s3cr3tc0de')
    },
  )

  it('of a sign-in do not either', async () => {
    expect((await run(['portals.finishSignIn', '{"signInId":"s","code":"c"}'])).code).toBe(2)
  })

  it('come from a file with a bare address', async () => {
    writeFileSync(join(folder, 'hook'), `${url}\n`)
    const { code, backend } = await run(['portals.connect', `@${join(folder, 'hook')}`], {
      answers: { 'portals.connect': () => ({ state: 'connected', portal: {} }) },
    })
    expect(code).toBe(0)
    expect(backend.received).toEqual([{ id: 1, call: 'portals.connect', input: { kind: 'webhook', url } }])
  })

  it('come from stdin with the whole input', async () => {
    const { backend } = await run(['portals.connect', '-'], {
      stdin: `{"kind":"webhook","url":"${url}"}`,
      answers: { 'portals.connect': () => ({ state: 'connected', portal: {} }) },
    })
    expect(backend.received).toEqual([{ id: 1, call: 'portals.connect', input: { kind: 'webhook', url } }])
  })

  it('are not taken for one call when nothing keeps them', async () => {
    writeFileSync(join(folder, 'hook'), url)
    const { code, noted, backend } = await run(['portals.connect', `@${join(folder, 'hook')}`], {
      vault: memoryVault('no keychain'),
    })
    expect([code, noted]).toEqual([1, ['{"code":"vault.absent"}']])
    expect(backend.received).toEqual([])
  })

  it('wait for the browser when signing in', async () => {
    const signIn = {
      signInId: 's1',
      portal: 'x',
      authorizeUrl: 'https://x.bitrix24.ru/oauth/',
      returnAddress: '',
      listening: true,
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    }
    writeFileSync(join(folder, 'app.json'), '{"kind":"oauth","portal":"x","clientId":"c","clientSecret":"d"}')
    const { code, printed, noted } = await run(['portals.connect', `@${join(folder, 'app.json')}`], {
      answers: {
        'portals.connect': (_input, backend) => {
          setTimeout(
            () => backend.tell('portals.signedIn', { signInId: 's1', portalId: 'p_12345678', fault: null }),
            20,
          )
          return { state: 'signIn', signIn }
        },
        'portals.list': () => [{ id: 'p_12345678', name: 'X' }],
      },
    })
    expect(code).toBe(0)
    expect(noted).toContain('https://x.bitrix24.ru/oauth/')
    expect(printed).toEqual(['{"state":"connected","portal":{"id":"p_12345678","name":"X"}}'])
  })
})

describe('jobs', () => {
  it('are followed to their end', async () => {
    const { code, printed, noted } = await run(['payments.refresh', '{"portalId":"p_12345678"}'], {
      answers: {
        'payments.refresh': (_input, backend) => {
          backend.tell('jobs.changed', { ...snapshot, done: 1, rev: 2 })
          setTimeout(
            () => backend.tell('jobs.changed', { ...snapshot, id: 'j_other000', state: 'failed', rev: 9 }),
            5,
          )
          setTimeout(() => backend.tell('jobs.changed', { ...snapshot, done: 2, state: 'done', rev: 3 }), 10)
          return snapshot
        },
      },
    })
    expect(code).toBe(0)
    expect(printed).toHaveLength(1)
    expect(JSON.parse(printed[0] ?? '')).toEqual({ ...snapshot, done: 2, state: 'done', rev: 3 })
    expect(noted.map((line) => (JSON.parse(line) as { state: string }).state)).toEqual(['running', 'done'])
  })

  it('that ended before the answer arrived are not waited for', async () => {
    const { code } = await run(['payments.refresh', '{"portalId":"p_12345678"}'], {
      answers: {
        'payments.refresh': (_input, backend) => {
          backend.tell('jobs.changed', { ...snapshot, state: 'done', rev: 2 })
          return snapshot
        },
      },
    })
    expect(code).toBe(0)
  })

  it('that failed exit 1 with the last snapshot and the fault', async () => {
    const failed = { ...snapshot, state: 'failed', rev: 2, fault: { code: 'rest.badToken' } }
    const { code, printed, noted } = await run(['payments.refresh', '{"portalId":"p_12345678"}'], {
      answers: { 'payments.refresh': () => failed },
    })
    expect(code).toBe(1)
    expect(JSON.parse(printed[0] ?? '')).toEqual(failed)
    expect(noted.at(-1)).toBe('{"code":"rest.badToken"}')
  })

  it('that import some of several files exit 1 with the first refusal, and print what was taken', async () => {
    const fault = { code: 'archive.locked', name: 'b.txt' }
    const files = [
      { name: 'a.zip › a.txt', fileId: 1, lines: 3, known: 0, doubtful: 0, problems: 0, fault: null },
      { name: 'a.zip › b.txt', fileId: null, lines: 0, known: 0, doubtful: 0, problems: 0, fault },
    ]
    const done = { ...snapshot, kind: 'import', state: 'done', rev: 2, result: { kind: 'import', files } }
    const call = ['statements.import', '{"files":[{"ticket":"t_000000000000000000000001"}]}']
    const { code, printed, noted } = await run(call, { answers: { 'statements.import': () => done } })
    expect(code).toBe(1)
    expect(JSON.parse(printed[0] ?? '')).toEqual(done)
    expect(noted.at(-1)).toBe(JSON.stringify(fault))
    const whole = { ...done, result: { kind: 'import', files: files.slice(0, 1) } }
    expect((await run(call, { answers: { 'statements.import': () => whole } })).code).toBe(0)
  })

  it.each([
    ['statements.inspect', (files: unknown[]) => ({ format: 'zip', statements: [], members: files })],
    ['statements.unpack', (files: unknown[]) => files],
  ] as const)('%s of an archive exits 1 when one of its files is refused', async (name, answer) => {
    const fault = { code: 'statement.unknownFormat' }
    const answers = (files: unknown[]) => ({ answers: { [name]: () => answer(files) } })
    const call = [name, '{"ticket":"t_000000000000000000000001"}']
    const good = { name: 'a.txt', bytes: 3, fault: null }
    const { code, printed, noted } = await run(call, answers([good, { name: 'b', bytes: 1, fault }]))
    expect([code, printed.length, noted.at(-1)]).toEqual([1, 1, JSON.stringify(fault)])
    expect((await run(call, answers([good]))).code).toBe(0)
  })

  it('are stopped by Ctrl-C and waited for', async () => {
    let interrupts: (() => void)[] = []
    const { code, printed, backend } = await run(['payments.refresh', '{"portalId":"p_12345678"}'], {
      interruptible: (react) => (interrupts = [...interrupts, react]),
      answers: {
        'payments.refresh': () => {
          setTimeout(() => interrupts.at(-1)?.(), 10)
          return snapshot
        },
        'jobs.stop': (_input, backend) => {
          setTimeout(() => backend.tell('jobs.changed', { ...snapshot, state: 'stopped', rev: 3 }), 10)
          return { ...snapshot, state: 'stopping', rev: 2 }
        },
      },
    })
    expect(backend.received.at(-1)).toEqual({ id: 2, call: 'jobs.stop', input: { jobId: 'j_aaaabbbb' } })
    expect(code).toBe(1)
    expect((JSON.parse(printed[0] ?? '{}') as { state: string }).state).toBe('stopped')
  })
})

describe('files out', () => {
  const withReport: Record<string, Answer> = {
    'reports.start': (_input, backend) => {
      writeFileSync(join(folder, 'bytes'), 'a;b')
      backend.files.set('t_ooooooooooooooooooooo', {
        path: join(folder, 'bytes'),
        name: 'x',
        disposable: true,
      })
      const file = { ticket: 't_ooooooooooooooooooooo', name: 'payments: 1/2.csv', bytes: 3 }
      return { ...snapshot, kind: 'report', state: 'done', result: { kind: 'report', file, rows: 1 } }
    },
  }

  it('are copied to --out, never over another file', async () => {
    const out = join(folder, 'out')
    await run(['reports.start', '{}', '--out', out], { answers: withReport })
    const { printed, noted } = await run(['reports.start', '{}', `--out=${out}`], { answers: withReport })
    const path = join(out, 'payments_ 1_2 (2).csv')
    expect(readdirSync(out).sort()).toEqual(['payments_ 1_2 (2).csv', 'payments_ 1_2.csv'])
    expect(readFileSync(path, 'utf8')).toBe('a;b')
    expect((JSON.parse(printed[0] ?? '') as { result: { file: { path: string } } }).result.file.path).toBe(
      path,
    )
    expect(noted.at(-1)).toBe(`saved: ${path}`)
  })

  it('without --out say so', async () => {
    const { code, noted } = await run(['reports.start', '{}'], { answers: withReport })
    expect(code).toBe(0)
    expect(noted.at(-1)).toContain('name a folder with --out')
  })
})

describe('--stdio', () => {
  it('says hello, answers calls, claims and broken lines, and ends with stdin', async () => {
    writeFileSync(join(folder, 'a.txt'), 'a')
    const lines = [
      '{"id":1,"call":"app.settings"}',
      'nonsense',
      '{"id":5,"cal":"app.settings"}',
      `{"id":2,"claim":${JSON.stringify(join(folder, 'a.txt'))}}`,
      `{"id":3,"claim":${JSON.stringify(join(folder, 'none.txt'))}}`,
      '',
      '{"id":4,"call":"jobs.list"}',
    ]
    const { code, printed, backend } = await run(['--stdio'], {
      stdin: `${lines.join('\n')}\n`,
      answers: {
        'app.settings': () => ({ language: 'ru' }),
        'jobs.list': () => new Promise((resolve) => setTimeout(() => resolve([]), 30)),
      },
    })
    const frames = printed.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(code).toBe(0)
    expect(frames[0]).toEqual({ hello: { version: '0.0.0-fake', protocol: 1 } })
    expect(frames).toContainEqual({ id: 1, value: { language: 'ru' } })
    expect(frames).toContainEqual({ id: -1, fault: { code: 'input.invalid', path: '', reason: 'json' } })
    expect(frames).toContainEqual({ id: 5, fault: { code: 'input.invalid', path: '', reason: 'frame' } })
    expect(frames).toContainEqual({ id: 2, value: [...backend.files.keys()][0] })
    expect(frames).toContainEqual({ id: 3, fault: { code: 'file.gone' } })
    expect(frames.at(-1)).toEqual({ id: 4, value: [] })
    expect(frames).toHaveLength(7)
    expect(backend.closed).toBe(true)
  })

  it('carries events and abandons', async () => {
    const stdin = new PassThrough()
    const running = run(['--stdio'], {
      stdin,
      answers: {
        'jobs.list': (_input, backend) => {
          backend.tell('ledger.changed', { areas: ['payments'] })
          return new Promise(() => undefined)
        },
      },
    })
    stdin.write('{"id":1,"call":"jobs.list"}\n')
    stdin.end('{"id":1,"abandon":true}\n')
    const { code, printed, backend } = await running
    expect(code).toBe(0)
    expect(printed[1]).toBe('{"event":"ledger.changed","data":{"areas":["payments"]}}')
    expect(backend.received).toEqual([
      { id: 1, call: 'jobs.list' },
      { id: 1, abandon: true },
    ])
  })
})

describe('help', () => {
  it('lists every call with its kind, input and result', async () => {
    const { code, printed } = await run(['--help'])
    const names = Object.keys(api)
    expect(code).toBe(0)
    for (const name of names) expect(printed.some((line) => line.startsWith(`  ${name}  (`))).toBe(true)
    expect(printed.find((line) => line.startsWith('  statements.inspect'))).toMatch(
      /\(query\) {2}input: \{ ticket: string, encoding\?: .*\} {2}result: StatementPreview {2}\[takes one @file\]/,
    )
    expect(printed.find((line) => line.startsWith('  app.status'))).toBe(
      '  app.status  (query)  input: none  result: AppStatus',
    )
  })

  it('knows every result, and the schema of one call', async () => {
    expect([...resultNames().keys()]).toEqual(Object.keys(api))
    const { printed } = await run(['--help', 'jobs.get'])
    expect(JSON.parse(printed[1] ?? '')).toMatchObject({ type: 'object', required: ['jobId'] })
  })

  it('finds near names', () => {
    expect(nearNames('statement.import')[0]).toBe('statements.import')
    expect(nearNames('backup')).toEqual(['app.backup'])
    expect(nearNames('zzzzzzzzzzzzzzzzzzz')).toEqual([])
  })
})
