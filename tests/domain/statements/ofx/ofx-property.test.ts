// What is written in any shape of the format is read back, whatever its bytes are cut into and whatever breaks.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDecimal, type Currency } from '../../../../electron/contract/money.ts'
import { createOfxReader } from '../../../../electron/domain/statements/ofx/ofx.ts'
import { balance, header } from './ofx-file.ts'
import { bytesAt, readAll, readCut, refusalOf } from '../table/table-collect.ts'

interface Item {
  minor: number
  day: number
  id: string
  name: string
  memo: string
  other: string
}

const words = fc
  .array(
    fc.constantFrom('Acme', 'Ltd', '&', '<3', 'Größe', 'счёт', '№', '305', '"x"', "O'Neil", '5%', '😀', 'a;'),
    {
      maxLength: 6,
    },
  )
  .map((parts) => parts.join(' '))
const item: fc.Arbitrary<Item> = fc.record({
  minor: fc.integer({ min: -(10 ** 12), max: 10 ** 12 }),
  day: fc.integer({ min: 1, max: 30 }),
  id: fc.stringMatching(/^[A-Z0-9]{1,20}$/),
  name: words,
  memo: words,
  other: fc.stringMatching(/^[A-Z0-9]{0,20}$/),
})
const shape = fc.record({
  xml: fc.boolean(),
  lineEnd: fc.constantFrom('\r\n', '\n', '\r', '', '\n\n  '),
  comma: fc.boolean(),
  cdata: fc.boolean(),
  time: fc.constantFrom('', '120000', '235959.999[-5:EST]', '000000[+12:NZST]'),
  currency: fc.constantFrom('USD', 'JPY', 'KWD'),
})
type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never

const day = (item: Item) => String(item.day).padStart(2, '0')

function write(items: Item[], form: Shape): string {
  const { xml, lineEnd, time, currency } = form
  const escape = (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const leaf = (tag: string, text: string) => `<${tag}>${text}${xml ? `</${tag}>` : ''}${lineEnd}`
  const prose = (tag: string, text: string) => leaf(tag, form.cdata ? `<![CDATA[${text}]]>` : escape(text))
  const sum = (minor: number) => {
    const text = formatDecimal({ minor, currency: currency as Currency })
    return form.comma ? text.replace('.', ',') : text
  }
  const records = items.map((item) =>
    [
      `<STMTTRN>${lineEnd}`,
      leaf('TRNTYPE', 'OTHER'),
      leaf('DTPOSTED', `202606${day(item)}${time}`),
      leaf('TRNAMT', sum(item.minor)),
      leaf('FITID', item.id),
      prose('NAME', item.name),
      item.other === '' ? '' : `<BANKACCTTO>${leaf('ACCTID', item.other)}</BANKACCTTO>${lineEnd}`,
      prose('MEMO', item.memo),
      `</STMTTRN>${lineEnd}`,
    ].join(''),
  )
  const head = xml ? `<?xml version="1.0"?>${lineEnd}<?OFX OFXHEADER="200"?>` : header.join(lineEnd)
  return (
    `${head}${lineEnd}<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>${leaf('CURDEF', currency)}` +
    `<BANKACCTFROM>${leaf('ACCTID', 'OWN-1')}</BANKACCTFROM><BANKTRANLIST>${leaf('DTSTART', '20260601')}${leaf('DTEND', '20260630')}` +
    `${records.join('')}</BANKTRANLIST>${balance}</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`
  )
}

describe('any file', () => {
  it('is read back as it was written, in SGML and in XML, with exact places', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 8 }), shape, (items, form) => {
        const bytes = new TextEncoder().encode(write(items, form))
        const collected = readAll(createOfxReader, bytes)
        expect(collected.statements).toMatchObject([{ head: { account: 'OWN-1', currency: form.currency } }])
        expect(
          collected.lines.map(({ amountMinor, bankDay, bankReference, counterparty, purpose }) => [
            amountMinor,
            bankDay,
            bankReference,
            counterparty.name,
            counterparty.account,
            purpose,
          ]),
        ).toEqual(
          items.map((item) => [
            item.minor,
            `2026-06-${day(item)}`,
            item.id,
            item.name,
            item.other,
            item.memo || item.name,
          ]),
        )
        for (const { place } of collected.lines)
          expect(bytesAt(bytes, place)).toMatch(/^<STMTTRN>[^]*?<\/STMTTRN>$/)
      }),
      { numRuns: 200 },
    )
  })

  it('is read the same from any chunks', () => {
    fc.assert(
      fc.property(
        fc.array(item, { maxLength: 4 }),
        shape,
        fc.array(fc.nat(3000), { maxLength: 6 }),
        (items, form, cuts) => {
          const bytes = new TextEncoder().encode(write(items, form))
          expect(readCut(createOfxReader, bytes, cuts)).toEqual(readAll(createOfxReader, bytes))
        },
      ),
      { numRuns: 200 },
    )
  })

  it('that is broken throws nothing but a refusal, and the same for any chunks', () => {
    const pieces = [
      '<',
      '>',
      '</',
      '<STMTTRN>',
      '</STMTTRN>',
      '<STMTRS>',
      '</STMTTRNRS>',
      '<BANKACCTFROM><ACCTID>7',
      '<MEMO>',
      '&',
      '<![CDATA[',
      ']]>',
      '<!--',
      '<?',
      '\0',
      '\r',
      '\x80',
      '€',
      '<INVSTMTRS>',
      '</OFX>',
      '<OFX>',
    ]
    const damage = fc.record({
      at: fc.nat(2000),
      cut: fc.nat(40),
      piece: fc.constantFrom(...pieces),
      chunk: fc.integer({ min: 1, max: 700 }),
    })
    fc.assert(
      fc.property(
        fc.array(item, { minLength: 1, maxLength: 4 }),
        shape,
        fc.array(damage),
        (items, form, damages) => {
          let text = write(items, form)
          for (const { at, cut, piece } of damages) text = text.slice(0, at) + piece + text.slice(at + cut)
          const bytes = new TextEncoder().encode(text)
          const outcome = (size: number) => {
            try {
              return readAll(createOfxReader, bytes, {}, size)
            } catch {
              return refusalOf(() => readAll(createOfxReader, bytes, {}, size))
            }
          }
          expect(outcome(damages[0]?.chunk ?? 1)).toEqual(outcome(Number.POSITIVE_INFINITY))
        },
      ),
      { numRuns: 300 },
    )
  })
})
