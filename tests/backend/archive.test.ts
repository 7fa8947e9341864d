import { mkdtemp, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { archiveKind, unpackArchive } from '../../electron/backend/files/archive.ts'
import type { UnpackRequest } from '../../electron/backend/files/archive.ts'
import { Refusal } from '../../electron/contract/fault.ts'
import { cp866, handMade } from './archive-kit.ts'

let folder: string
let temp: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sverka-archive-'))
  temp = join(folder, 'profile', 'temp')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function put(bytes: Uint8Array, name = 'bank.zip'): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}

const zip = (files: Record<string, string | Uint8Array>): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, data]) => [name, typeof data === 'string' ? strToU8(data) : data]),
    ),
  )

async function unpacked(bytes: Uint8Array, more: Partial<UnpackRequest> = {}, name = 'bank.zip') {
  const path = await put(bytes, name)
  const { members } = await unpackArchive({ path, name, temp, ...more })
  return Promise.all(
    members.map(async (one) => ({
      name: one.name,
      text: await readFile(one.path, 'utf8'),
      bytes: one.bytes,
    })),
  )
}

const left = async (): Promise<string[]> => readdir(temp).catch(() => [])

async function refused(bytes: Uint8Array, more: Partial<UnpackRequest> = {}, name = 'bank.zip') {
  const path = await put(bytes, name)
  const error: unknown = await unpackArchive({ path, name, temp, ...more }).then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(await left()).toEqual([])
  if (!(error instanceof Refusal)) throw new Error(`not refused: ${String(error)}`)
  return error.fault
}

describe('what an archive is', () => {
  it.each([
    ['a ZIP of statements', zip({ 'a.txt': 'a', 'b/c.xml': '<a/>' }), 'zip'],
    ['a ZIP that holds a workbook', zip({ 'a.xlsx': zip({ '[Content_Types].xml': 'a' }) }), 'zip'],
    ['an empty ZIP', zip({}), 'zip'],
    ['a cut ZIP', zip({ 'a.txt': 'a'.repeat(100) }).subarray(0, 60), 'zip'],
    ['a packed file', gzipSync('a'), 'gzip'],
    ['a workbook of Excel', zip({ '[Content_Types].xml': 'a', 'xl/workbook.xml': 'b' }), null],
    [
      'a cut workbook of Excel',
      zip({ '[Content_Types].xml': 'a', 'xl/workbook.xml': 'b' }).subarray(0, 99),
      null,
    ],
    ['a workbook of OpenOffice', zip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet' }), null],
    ['a text', strToU8('1CClientBankExchange'), null],
    ['two letters', strToU8('PK'), null],
    ['nothing', new Uint8Array(), null],
  ])('%s', async (_, bytes, kind) => {
    expect(await archiveKind(await put(bytes))).toBe(kind)
  })

  it('of a file that is gone is a refusal', async () => {
    await expect(archiveKind(join(folder, 'none'))).rejects.toMatchObject({ fault: { code: 'file.gone' } })
  })
})

describe('unpacking', () => {
  it('gives each file a disposable one of our own naming, readable by its owner only', async () => {
    const path = await put(zip({ 'июль.txt': 'раз', 'папка/август.txt': 'два', 'empty.txt': '' }))
    const { members, drop } = await unpackArchive({ path, name: 'банк.zip', temp })
    expect(members.map(({ name, member, bytes }) => [name, member, bytes])).toEqual([
      ['банк.zip › июль.txt', 'июль.txt', 6],
      ['банк.zip › папка/август.txt', 'папка/август.txt', 6],
      ['банк.zip › empty.txt', 'empty.txt', 0],
    ])
    for (const one of members) {
      expect(one.path).toMatch(/\/profile\/temp\/unpacked-[0-9a-f]{24}$/)
      expect((await stat(one.path)).mode & 0o777).toBe(0o600)
    }
    expect(await readFile(members[1]?.path ?? '', 'utf8')).toBe('два')
    await drop()
    expect(await left()).toEqual([])
  })

  it('leaves out folders and what packing programs put beside the files', async () => {
    const bytes = zip({
      'a/': '',
      'a/1.txt': 'one',
      '__MACOSX/a/._1.txt': 'x',
      'a/.DS_Store': 'x',
      'Thumbs.db': 'x',
      'a/._2.txt': 'x',
      'DESKTOP.INI': 'x',
    })
    expect(await unpacked(bytes)).toEqual([{ name: 'bank.zip › a/1.txt', text: 'one', bytes: 3 }])
  })

  it('takes no path from a name: zip slip', async () => {
    const names = [
      '../../slipped.txt',
      '/etc/slipped',
      'C:\\Windows\\slipped.txt',
      '..\\..\\slipped',
      'a\0b\n\u202etxt',
    ]
    const bytes = handMade(names.map((name) => ({ name, data: strToU8('x'), flags: 0x800 })))
    expect((await unpacked(bytes)).map(({ name }) => name)).toEqual([
      'bank.zip › ../../slipped.txt',
      'bank.zip › /etc/slipped',
      'bank.zip › C:/Windows/slipped.txt',
      'bank.zip › ../../slipped',
      'bank.zip › a_b__txt',
    ])
    expect((await readdir(folder, { recursive: true })).filter((path) => path.includes('slipped'))).toEqual(
      [],
    )
    expect(await left()).toHaveLength(5)
  })

  it.each([
    ['CP866, as Russian Windows packs', cp866('Выписка за июль.txt'), 0, 'Выписка за июль.txt'],
    ['CP866 in capitals with digits', cp866('СЧЕТ_40702810.TXT'), 0, 'СЧЕТ_40702810.TXT'],
    ['CP437, as German programs pack', Uint8Array.from([75, 79, 0x99, 46, 120, 109, 108]), 0, 'KOÖ.xml'],
    [
      'CP437 with a letter that CP866 reads as Cyrillic',
      Uint8Array.from(Buffer.from('Ausz\x81ge.xml', 'latin1')),
      0,
      'Auszüge.xml',
    ],
    ['CP1251', Uint8Array.from([0xc2, 0xfb, 0xef, 0xe8, 0xf1, 0xea, 0xe0]), 0, 'Выписка'],
    ['UTF-8 without its flag', strToU8('Выписка.txt'), 0, 'Выписка.txt'],
    ['UTF-8 with its flag', strToU8('Выписка.txt'), 0x800, 'Выписка.txt'],
    ['plain letters', strToU8('statement.sta'), 0, 'statement.sta'],
  ])('reads names in %s', async (_, name, flags, shown) => {
    expect((await unpacked(handMade([{ name, flags, data: strToU8('x') }])))[0]?.name).toBe(
      `bank.zip › ${shown}`,
    )
  })

  it('keeps files of one name apart', async () => {
    const bytes = handMade([
      { name: 'a.txt', data: strToU8('one') },
      { name: 'a.txt', data: strToU8('two') },
    ])
    expect((await unpacked(bytes)).map(({ text }) => text)).toEqual(['one', 'two'])
  })

  it('opens a packed file', async () => {
    const bytes = gzipSync('выписка')
    expect(await unpacked(bytes, {}, 'june.txt.gz')).toEqual([
      { name: 'june.txt.gz › june.txt', text: 'выписка', bytes: 14 },
    ])
  })

  it('opens an archive in an archive, one level deep', async () => {
    const bytes = zip({ 'inner.zip': zip({ 'a.txt': 'a' }), 'b.txt': 'b', 'c.txt.gz': gzipSync('c') })
    expect((await unpacked(bytes)).map(({ name, text }) => [name, text])).toEqual([
      ['bank.zip › inner.zip › a.txt', 'a'],
      ['bank.zip › b.txt', 'b'],
      ['bank.zip › c.txt.gz › c.txt', 'c'],
    ])
    expect(await left()).toHaveLength(3)
  })

  it('leaves workbooks whole', async () => {
    const workbook = zip({ '[Content_Types].xml': 'a', 'xl/workbook.xml': 'b' })
    expect((await unpacked(zip({ 'a.xlsx': workbook }))).map(({ name }) => name)).toEqual([
      'bank.zip › a.xlsx',
    ])
  })

  it('property: what was packed comes out equal', async () => {
    const content = fc
      .uint8Array({ maxLength: 3000 })
      .filter((bytes) => bytes[0] !== 0x50 && bytes[0] !== 0x1f)
    await fc.assert(
      fc.asyncProperty(
        fc.array(content, { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        async (files, stored) => {
          const named = Object.fromEntries(files.map((data, at) => [`${at}.txt`, data]))
          const path = await put(zipSync(named, { level: stored ? 0 : 6 }))
          const { members, drop } = await unpackArchive({ path, name: 'a', temp })
          const out = await Promise.all(members.map((one) => readFile(one.path)))
          await drop()
          expect(out.map((bytes) => [...bytes])).toEqual(files.map((bytes) => [...bytes]))
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('a member that cannot be unpacked', () => {
  const told = async (bytes: Uint8Array) => {
    const { members, refused: not } = await unpackArchive({ path: await put(bytes), name: 'bank.zip', temp })
    expect(await left()).toHaveLength(members.length)
    return { taken: members.map(({ name }) => name), refused: not.map(({ name, fault }) => [name, fault]) }
  }

  it('is refused by its name alone: under a password, packed in a way of one program', async () => {
    const bytes = handMade([
      { name: 'open.txt', data: strToU8('a') },
      { name: 'secret.txt', data: strToU8('b'), flags: 1 },
      { name: 'rare.txt', data: strToU8('c'), method: 14 },
      { name: 'last.txt', data: strToU8('d') },
    ])
    expect(await told(bytes)).toEqual({
      taken: ['bank.zip › open.txt', 'bank.zip › last.txt'],
      refused: [
        ['bank.zip › secret.txt', { code: 'archive.locked', name: 'secret.txt' }],
        ['bank.zip › rare.txt', { code: 'statement.otherKind', kind: 'archive' }],
      ],
    })
  })

  it('may lie in an archive within, or be an archive nested too deep', async () => {
    const bytes = zip({
      'in.zip': handMade([
        { name: 'open.txt', data: strToU8('a') },
        { name: 'secret.txt', data: strToU8('b'), flags: 1 },
      ]),
      'deep.zip': zip({ 'c.zip': zip({ 'd.txt': 'd' }), 'e.txt': 'e' }),
      'all.zip': handMade([{ name: 'locked.txt', data: strToU8('b'), flags: 0x41 }]),
    })
    expect(await told(bytes)).toEqual({
      taken: ['bank.zip › in.zip › open.txt', 'bank.zip › deep.zip › e.txt'],
      refused: [
        ['bank.zip › in.zip › secret.txt', { code: 'archive.locked', name: 'secret.txt' }],
        ['bank.zip › deep.zip › c.zip', { code: 'archive.nested', name: 'c.zip' }],
        ['bank.zip › all.zip', { code: 'archive.locked', name: 'locked.txt' }],
      ],
    })
  })
})

describe('refused, with nothing left behind', () => {
  const good = zip({ 'a.txt': 'first file', 'b.txt': 'second file '.repeat(50) })

  it('nothing inside', async () => {
    expect(await refused(zip({}))).toEqual({ code: 'archive.empty' })
    expect(await refused(zip({ 'a/': '', '__MACOSX/._a': 'x' }))).toEqual({ code: 'archive.empty' })
  })

  it('under a password', async () => {
    const bytes = handMade([
      { name: 'secret.txt', data: strToU8('a'), flags: 1 },
      { name: 'other.txt', data: strToU8('a'), flags: 1 },
    ])
    expect(await refused(bytes)).toEqual({ code: 'archive.locked', name: 'secret.txt' })
  })

  it('under a password with the list of contents encrypted as well', async () => {
    const bytes = handMade([{ name: 'secret.txt', data: strToU8('a'), flags: 0x41 }])
    expect(await refused(bytes)).toEqual({ code: 'archive.locked', name: 'secret.txt' })
  })

  it.each([
    ['cut', good.subarray(0, good.length - 30)],
    ['cut in the middle', good.subarray(0, 40)],
    ['with bytes in front of it', Buffer.concat([good.subarray(0, 30), good])],
    ['with another count than its list', handMade([{ name: 'a', data: strToU8('a') }], { count: 3 })],
  ])('damaged: %s', async (_, bytes) => {
    expect(await refused(bytes)).toEqual({ code: 'archive.damaged' })
  })

  it.each([
    ['sum of a packed file', { name: 'a', data: strToU8('hello hello'), crc: 1 }],
    ['sum of a stored file', { name: 'a', data: strToU8('hello'), method: 0, crc: 1 }],
    ['size, told too small', { name: 'a', data: strToU8('hello'), declared: 4 }],
    ['size, told too large', { name: 'a', data: strToU8('hello'), declared: 6 }],
  ])('damaged: a wrong %s', async (_, member) => {
    expect(await refused(handMade([{ name: 'good', data: strToU8('good') }, member]))).toEqual({
      code: 'archive.damaged',
    })
  })

  it('a cut or changed packed file', async () => {
    const bytes = gzipSync('выписка '.repeat(100))
    expect(await refused(bytes.subarray(0, -6))).toEqual({ code: 'archive.damaged' })
    bytes[bytes.length - 6] = 7
    expect(await refused(bytes)).toEqual({ code: 'archive.damaged' })
  })

  it('packed in a way of one program', async () => {
    const bytes = handMade([{ name: 'a', data: strToU8('a'), method: 14 }])
    expect(await refused(bytes)).toEqual({ code: 'statement.otherKind', kind: 'archive' })
  })

  it('an archive in an archive in an archive', async () => {
    const bytes = zip({ 'b.zip': zip({ 'c.zip': zip({ 'd.txt': 'd' }) }) })
    expect(await refused(bytes)).toEqual({ code: 'archive.nested', name: 'c.zip' })
  })

  it('more than 1,000 files, folders and litter not counted', async () => {
    const many = (count: number): Uint8Array =>
      handMade([
        { name: 'folder/' },
        ...Array.from({ length: count }, (_, at) => ({ name: `${at}.txt`, data: strToU8('x') })),
      ])
    expect(await refused(many(1001))).toEqual({ code: 'archive.members', limit: 1000 })
    expect(await unpacked(many(1000))).toHaveLength(1000)
  })

  it('a list of folders without end', async () => {
    const folders = Array.from({ length: 20_001 }, () => ({ name: 'a/', method: 0 }))
    expect(await refused(handMade([...folders, { name: 'a/1.txt', data: strToU8('x') }]))).toEqual({
      code: 'archive.members',
      limit: 1000,
    })
    const fewer = [...folders.slice(0, 10_000), { name: 'a/1.txt', data: strToU8('x') }]
    expect(await unpacked(handMade(fewer))).toHaveLength(1)
  })

  it('more than 1,000 files in archives within it', async () => {
    const inner = zip({ '1': 'a', '2': 'b', '3': 'c' })
    expect(await refused(zip({ 'a.zip': inner, 'b.zip': inner }), { limits: { members: 7 } })).toEqual({
      code: 'archive.members',
      limit: 7,
    })
  })
})

describe('bombs', () => {
  /** 100 MB of zeros: some hundred kilobytes packed. */
  const zeros = (): Uint8Array => new Uint8Array(100 * 1024 ** 2)

  it('what unpacks to over 300 times its size stops at 64 MB and that', async () => {
    const bytes = handMade([{ name: 'zeros.txt', data: zeros() }])
    const fault = await refused(bytes)
    expect(fault).toEqual({ code: 'archive.bomb', limitMb: Math.ceil(64 + (300 * bytes.length) / 1024 ** 2) })
  })

  it('is counted by what comes out, whatever the archive declares', async () => {
    const bytes = handMade([{ name: 'zeros.txt', data: zeros(), declared: 5 }])
    expect(await refused(bytes)).toMatchObject({ code: 'archive.bomb' })
  })

  it('counts everything together, packed files and archives within it too', async () => {
    const limits = { bytes: 1000 }
    const each = 'x'.repeat(400)
    expect(await refused(zip({ a: each, b: each, c: each }), { limits })).toMatchObject({
      code: 'archive.bomb',
    })
    expect(await refused(zip({ 'a.zip': zip({ a: each, b: each, c: each }) }), { limits })).toMatchObject({
      code: 'archive.bomb',
    })
    expect(await refused(gzipSync('x'.repeat(1200)), { limits })).toEqual({
      code: 'archive.bomb',
      limitMb: 1,
    })
    expect(await unpacked(zip({ a: each, b: each }), { limits })).toHaveLength(2)
  })

  it('files that share their packed bytes are one before anything is unpacked', async () => {
    const data = strToU8(Array.from({ length: 3000 }, (_, at) => at * 7919).join(' '))
    const bytes = handMade([
      { name: '0', data },
      ...Array.from({ length: 20 }, (_, at) => ({ name: `${at + 1}`, data, sameBytesAs: 0 })),
    ])
    expect(await refused(bytes)).toMatchObject({ code: 'archive.bomb' })
  })
})

describe('a stop', () => {
  it('removes what was unpacked so far', async () => {
    const stop = new AbortController()
    const files = Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`${at}.txt`, 'x'.repeat(5000)]))
    const path = await put(zip(files))
    const reason = new Refusal({ code: 'call.abandoned' })
    const work = unpackArchive({ path, name: 'a', temp, signal: stop.signal })
    const waiting = expect(work).rejects.toBe(reason)
    while ((await left()).length < 5) await new Promise((resolve) => setImmediate(resolve))
    stop.abort(reason)
    await waiting
    expect(await left()).toEqual([])
  })

  it('before the beginning unpacks nothing', async () => {
    const reason = new Refusal({ code: 'backend.closing' })
    expect(await refused(zip({ a: 'a' }), { signal: AbortSignal.abort(reason) })).toEqual({
      code: 'backend.closing',
    })
  })
})

it('damage at any byte ends in files or a Refusal, never in anything else', async () => {
  const whole = zip({ 'a.txt': 'first file', 'b.zip': zip({ 'c.txt': 'second file '.repeat(20) }) })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
      fc.nat(whole.length),
      async (changes, cut) => {
        const bytes = Uint8Array.from(whole)
        for (const [at, byte] of changes) bytes[at] = byte
        const path = await put(cut % 3 === 0 ? bytes.subarray(0, cut) : bytes)
        if ((await archiveKind(path)) === null) return
        const result = await unpackArchive({ path, name: 'a', temp }).catch((error: unknown) => error)
        if (result instanceof Refusal) expect(await left()).toEqual([])
        else if (result instanceof Error) throw result
        else await (result as { drop(): Promise<void> }).drop()
      },
    ),
    { numRuns: 300 },
  )
})

it('a sparse file of over 2 GB is refused before it is read', async () => {
  const path = await put(new Uint8Array([0x50]))
  await truncate(path, 2 * 1024 ** 3 + 1)
  const { createTickets } = await import('../../electron/backend/files/tickets.ts')
  await expect(createTickets().claim(path, 'big.txt', false)).rejects.toMatchObject({
    fault: { code: 'file.tooLarge', limitMb: 2048 },
  })
})
