import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCamtReader } from '../../../../electron/domain/statements/camt/camt.ts'
import { detect } from '../../../../electron/domain/statements/detect.ts'
import { account, balance, details, entry, stmt } from './camt-message.ts'
import { bytesAt, readAll, readCut, refusalOf } from '../table/table-collect.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('what is refused', () => {
  it('is a document type, with entities or without, before anything of it is used', () => {
    const bomb = '<!DOCTYPE lol [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    const external = '<!DOCTYPE Document SYSTEM "file:///etc/passwd">'
    for (const dtd of [bomb, external, '<!DOCTYPE Document>']) {
      const xml = stmt(account + entry('1')).replace('<Document', `${dtd}<Document`)
      expect(refusalOf(() => readAll(createCamtReader, xml))).toEqual({ code: 'statement.forbiddenXml' })
    }
  })

  it('is an entity that XML does not have', () => {
    const xml = stmt(account + entry('1', { more: '<AddtlNtryInf>&secret;</AddtlNtryInf>' }))
    expect(refusalOf(() => readAll(createCamtReader, xml))).toMatchObject({ code: 'statement.xml' })
  })

  it('is XML that is not well formed, with its line', () => {
    const lines = ['<?xml version="1.0"?>', '<Document>', '<Stmt>', '<Ntry></Amt>', '</Stmt></Document>']
    expect(refusalOf(() => readAll(createCamtReader, lines.join('\n')))).toEqual({
      code: 'statement.xml',
      line: 4,
    })
  })

  it('is a file without a statement, and one that ends before its first', () => {
    expect(
      refusalOf(() =>
        readAll(createCamtReader, '<Document><BkToCstmrStmt><GrpHdr/></BkToCstmrStmt></Document>'),
      ),
    ).toEqual({
      code: 'statement.noAccount',
    })
    expect(refusalOf(() => readAll(createCamtReader, '<Document><BkToCstmrStmt>'))).toEqual({
      code: 'statement.xml',
      line: 1,
    })
  })

  it('is nesting beyond 200 elements and an endless prolog, wherever the chunks are cut', () => {
    for (const size of [100, 1_000_000]) {
      expect(refusalOf(() => readAll(createCamtReader, '<a>'.repeat(201), {}, size))).toEqual({
        code: 'statement.forbiddenXml',
      })
      const late = `<!-- ${'x'.repeat(70_000)} -->${stmt(account).replace(/<\?xml.*\?>/, '')}`
      expect(refusalOf(() => readAll(createCamtReader, late, {}, size))).toMatchObject({
        code: 'statement.xml',
      })
    }
    const deep = `<Document>${'<a>'.repeat(199)}${'</a>'.repeat(199)}</Document>`
    expect(refusalOf(() => readAll(createCamtReader, deep))).toEqual({ code: 'statement.noAccount' })
    expect(refusalOf(() => readAll(createCamtReader, `<!-- ${'x'.repeat(70_000)}`))).toMatchObject({
      code: 'statement.xml',
    })
  })
})

describe('what is kept', () => {
  it('are the entries read before a file was cut', () => {
    const whole = stmt(account + balance('OPBD', '1') + entry('1') + entry('2') + entry('3'))
    const cut = whole.slice(0, whole.lastIndexOf('<Ntry>') + 40)
    const { lines, issues, statements } = readAll(createCamtReader, cut)
    expect(lines.map((line) => line.amountMinor)).toEqual([100, 200])
    expect(issues.map((issue) => issue.code)).toEqual(['file.cut'])
    expect(statements[0]?.head?.openingMinor).toBe(100)
  })

  it('is everything when only rubbish follows the document, which is told', () => {
    const xml = stmt(account + entry('1'))
    expect(readAll(createCamtReader, `${xml}\n\0\0\u001a`).issues).toEqual([])
    const { lines, issues } = readAll(createCamtReader, `${xml}\0 and more`)
    expect(lines).toHaveLength(1)
    expect(issues.map((issue) => issue.code)).toEqual(['record.unreadable'])
    expect(bytesAt(encode(`${xml}\0 and more`), issues[0]?.place ?? { from: 0, to: 0 })).toBe('and more')
  })

  it('are comments and instructions after the document, which say nothing', () => {
    expect(readAll(createCamtReader, `${stmt(account + entry('1'))}\n<!-- end --><?done?>\n`).issues).toEqual(
      [],
    )
  })

  it('is a file with a byte order mark or blank lines before its declaration', () => {
    const xml = stmt(account + entry('1'))
    for (const start of ['\uFEFF', '\n\n', '\uFEFF\r\n']) {
      const bytes = encode(start + xml)
      const { lines } = readAll(createCamtReader, bytes)
      expect(lines.map((line) => bytesAt(bytes, line.place))).toEqual([entry('1')])
    }
  })

  it('is a file with a byte that is no UTF-8, and the byte is told', () => {
    const bytes = encode(
      stmt(account + entry('1', { details: details('<RmtInf><Ustrd>aXb</Ustrd></RmtInf>') })),
    )
    const at = bytes.indexOf(0x58)
    bytes[at] = 0xff
    const { lines, issues } = readAll(createCamtReader, bytes)
    expect(lines[0]?.purpose).toBe('a?b')
    expect(issues.map((issue) => [issue.code, issue.place.from])).toEqual([['encoding.replacement', at]])
  })
})

describe('encodings', () => {
  const text = stmt(account + entry('1', { details: details('<RmtInf><Ustrd>Счёт</Ustrd></RmtInf>') }))

  it('are read as detection says, windows-1251 and UTF-16 among them', () => {
    const utf16 = new Uint8Array(
      new Uint16Array([...`\uFEFF${text}`].map((char) => char.charCodeAt(0))).buffer,
    )
    const { lines } = readAll(createCamtReader, utf16, { encoding: 'utf-16le' })
    expect(lines[0]?.purpose).toBe('Счёт')
    const place = lines[0]?.place ?? { from: 0, to: 0 }
    expect(new TextDecoder('utf-16le').decode(utf16.subarray(place.from, place.to))).toMatch(
      /^<Ntry>.*Счёт.*<\/Ntry>$/,
    )
    const cp1251 = Uint8Array.from([...text], (char) =>
      char === 'ё' ? 0xb8 : char >= 'А' && char <= 'я' ? char.charCodeAt(0) - 0x350 : char.charCodeAt(0),
    )
    expect(readAll(createCamtReader, cp1251, { encoding: 'windows-1251' }).lines[0]?.purpose).toBe('Счёт')
  })

  it('are found as the declaration says where it does not lie, and as the bytes say where it does', () => {
    const declared = text.replace('UTF-8', 'windows-1251')
    const cp1251 = Uint8Array.from([...declared], (char) =>
      char === 'ё' ? 0xb8 : char >= 'А' && char <= 'я' ? char.charCodeAt(0) - 0x350 : char.charCodeAt(0),
    )
    const wide = (xml: string): Uint8Array =>
      new Uint8Array(new Uint16Array([...xml].map((char) => char.charCodeAt(0))).buffer)
    const cases: [Uint8Array, string][] = [
      [cp1251, 'windows-1251'],
      [encode(declared), 'utf-8'],
      [wide(text), 'utf-16le'],
      [wide(`\uFEFF${text.replace('UTF-8', 'UTF-16')}`), 'utf-16le'],
    ]
    for (const [bytes, encoding] of cases) {
      const found = detect(bytes)
      expect(found).toMatchObject({ format: 'camt.053', encoding })
      expect(readAll(createCamtReader, bytes, { encoding: found.encoding }).lines[0]?.purpose).toBe('Счёт')
    }
  })
})

describe('places', () => {
  const text = stmt(
    `${account}\r\n${entry('1', { more: '<AddtlNtryInf>Оплата 😀</AddtlNtryInf>' })}\n` +
      entry('3', {
        details: ['1', '2']
          .map((amount) => details(`<Amt Ccy="EUR">${amount}</Amt><AddtlTxInf>№ ${amount}</AddtlTxInf>`))
          .join('\n'),
      }),
  )
  const bytes = encode(text)

  it('are the bytes of the entry, and of the detail in a batch', () => {
    const { lines } = readAll(createCamtReader, bytes)
    expect(lines.map((line) => bytesAt(bytes, line.place))).toEqual([
      entry('1', { more: '<AddtlNtryInf>Оплата 😀</AddtlNtryInf>' }),
      details('<Amt Ccy="EUR">1</Amt><AddtlTxInf>№ 1</AddtlTxInf>'),
      details('<Amt Ccy="EUR">2</Amt><AddtlTxInf>№ 2</AddtlTxInf>'),
    ])
    expect(lines.map((line) => line.place.line)).toEqual([5, 6, 7])
  })

  it('and everything else are the same wherever the chunks are cut', () => {
    const whole = readAll(createCamtReader, bytes)
    for (const size of [1, 2, 3, 7, 64]) expect(readAll(createCamtReader, bytes, {}, size)).toEqual(whole)
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 6 }), (cuts) => {
        expect(readCut(createCamtReader, bytes, cuts)).toEqual(whole)
      }),
      { numRuns: 100 },
    )
  })

  it('do not depend on the cuts in a damaged file either', () => {
    const damaged = Uint8Array.from(bytes)
    for (const [i, byte] of damaged.entries()) if (byte === 0xd0 && i % 3 === 0) damaged[i] = 0xf1
    const whole = readAll(createCamtReader, damaged)
    expect(whole.issues.some((issue) => issue.code === 'encoding.replacement')).toBe(true)
    for (const size of [1, 2, 5]) expect(readAll(createCamtReader, damaged, {}, size)).toEqual(whole)
  })
})

describe('written and read back', () => {
  const name = fc.string({
    unit: fc.constantFrom('А', 'я', 'x', 'Z', '5', '№', 'é'),
    minLength: 1,
    maxLength: 20,
  })
  const one = fc.record({
    minor: fc.integer({ min: 0, max: 10 ** 12 }),
    out: fc.boolean(),
    name,
    day: fc.integer({ min: 1, max: 28 }),
  })

  it('lines are the entries', () => {
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (entries) => {
        const xml = entries.map(({ minor, out, name: who, day }) =>
          entry(`${String(Math.floor(minor / 100))}.${String(minor % 100).padStart(2, '0')}`, {
            sign: out ? 'DBIT' : 'CRDT',
            dates: `<BookgDt><Dt>2026-03-${String(day).padStart(2, '0')}</Dt></BookgDt>`,
            details: details(
              `<RltdPties><${out ? 'Cdtr' : 'Dbtr'}><Nm>${who}</Nm></${out ? 'Cdtr' : 'Dbtr'}></RltdPties>`,
            ),
          }),
        )
        const { lines, issues } = readAll(createCamtReader, stmt(account + xml.join('')))
        expect(issues).toEqual([])
        expect(lines.map((line) => [line.amountMinor, line.counterparty.name, line.bankDay])).toEqual(
          entries.map(({ minor, out, name: who, day }) => [
            out && minor > 0 ? -minor : minor,
            who,
            `2026-03-${String(day).padStart(2, '0')}`,
          ]),
        )
      }),
      { numRuns: 150 },
    )
  })
})
